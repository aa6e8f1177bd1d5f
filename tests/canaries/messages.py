"""What people write, in every shape in which Slack sends it, with a place for a canary wherever words can stand."""

from typing import Any

from tests.canaries.planting import HERE as W

Json = dict[str, Any]

# Whatever a sentence is read for, its words are not kept: closings, thanks, promises, openings, people, times.
SENTENCES = {
    "a question": f"Where is {W}, can you help us please?",
    "thanks": f"Thanks {W}, that works! {W} is great",
    "a closing": f"ok {W}",
    "a promise": f"Let me check {W} and get back to you by 3pm {W}",
    "a promise of a day": f"I will send you {W} on friday, {W}",
    "looking into it": f"Looking into {W}",
    "an opening": f"Hi {W}, another question: what about {W}?",
    "a mention": f"<@U0ANA> <@U0ANA|{W}> do you know {W}?",
    "a channel and a group": f"See <#C0ACME|{W}> and <!subteam^S0CARE|@{W}>, {W}",
    "links": f"<https://example.com/{W}?q={W}|{W}> <mailto:{W}@example.com|{W}>",
    "a quotation": f"> {W} wrote\n&gt; {W}\n```{W}```\n`{W}` “{W}”",
    "an emoji": f":{W}: :thumbsup: {W}",
    "a date": f"<!date^1772445600^{{date}} {W}|{W}>",
    "shouting": f"<!here|{W}> {W}!!!",
    "another alphabet": f"Спасибо {W} 谢谢 {W} شكرا {W}",
    "nothing a database likes": f"{W}\u2028{W}\ufeff'); DROP TABLE waits;-- {W}",
}

_PLAIN = {"type": "plain_text", "text": W, "emoji": True}
_MRKDWN = {"type": "mrkdwn", "text": f"*{W}*"}
_STYLED = [
    {"type": "text", "text": W},
    {"type": "link", "url": f"https://example.com/{W}", "text": W},
    {"type": "emoji", "name": "wave", "unicode": W},
    {"type": "user", "user_id": "U0ANA"},
    {"type": "date", "timestamp": 1772445600, "format": f"{{date}} {W}", "fallback": W},
]
BLOCKS: list[Json] = [
    {
        "type": "rich_text",
        "block_id": "a",
        "elements": [
            {"type": "rich_text_section", "elements": _STYLED},
            {"type": "rich_text_quote", "elements": _STYLED},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": W}]},
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": _STYLED}],
            },
        ],
    },
    {"type": "header", "text": _PLAIN},
    {"type": "section", "text": _MRKDWN, "fields": [_MRKDWN, _PLAIN]},
    {"type": "context", "elements": [_MRKDWN, {"type": "image", "image_url": f"https://e.com/{W}", "alt_text": W}]},
    {"type": "image", "image_url": f"https://e.com/{W}.png", "alt_text": W, "title": _PLAIN},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "theirs", "text": _PLAIN, "value": W, "url": f"https://e.com/{W}"},
            {"type": "static_select", "placeholder": _PLAIN, "options": [{"text": _PLAIN, "value": W}]},
        ],
    },
    {"type": "video", "title": _PLAIN, "description": _PLAIN, "alt_text": W, "author_name": W, "provider_name": W},
    {"type": "table", "rows": [[{"type": "raw_text", "text": W}, {"type": "rich_text", "elements": _STYLED}]]},
    {"type": "call", "call": {"v1": {"name": W, "desktop_app_join_url": f"https://e.com/{W}"}}},
]

FILES: list[Json] = [
    {
        "id": "F0CANARY",
        "name": f"{W}.eml",
        "title": W,
        "mimetype": "text/plain",
        "filetype": "email",
        "user": "U0ADA",
        "preview": W,
        "preview_highlight": f"<div>{W}</div>",
        "plain_text": W,
        "simplified_html": W,
        "subject": W,
        "from": [{"address": f"{W}@example.com", "name": W, "original": W}],
        "to": [{"address": f"{W}@example.com", "name": W, "original": W}],
        "headers": {"date": W, "in_reply_to": W, "message_id": W},
        "initial_comment": {"comment": W, "user": "U0ADA"},
        "transcription": {"status": "complete", "preview": {"content": W}},
        "attachments": [{"filename": W}],
        "alt_txt": W,
        "permalink": f"https://linden.slack.com/files/U0ADA/F0CANARY/{W}.eml",
        "url_private": f"https://files.slack.com/files-pri/T0LINDEN-F0CANARY/{W}.eml",
    }
]

ATTACHMENTS: list[Json] = [
    {
        "id": 1,
        "fallback": W,
        "pretext": W,
        "title": W,
        "title_link": f"https://e.com/{W}",
        "text": W,
        "author_name": W,
        "author_subname": W,
        "footer": W,
        "service_name": W,
        "from_url": f"https://e.com/{W}",
        "fields": [{"title": W, "value": W, "short": True}],
        "actions": [{"name": W, "text": W, "type": "button", "value": W}],
        "blocks": BLOCKS,
        "files": FILES,
    },
    {
        "is_msg_unfurl": True,
        "is_share": True,
        "channel_id": "C0ACME",
        "channel_name": W,
        "ts": "1772445000.000100",
        "text": W,
        "fallback": W,
        "message_blocks": [{"team": "T0ACME", "channel": "C0ACME", "message": {"text": W, "blocks": BLOCKS}}],
    },
]

# All of a message but who wrote it, where and when.
WORDS: Json = {
    "text": f"Where is {W}? Can you help us by 3pm please?",
    "blocks": BLOCKS,
    "attachments": ATTACHMENTS,
    "files": FILES,
    "metadata": {"event_type": W, "event_payload": {"title": W, W: W}},
    "topic": W,
    "purpose": W,
    "title": W,
    "username": W,
    "icons": {"emoji": f":{W}:", "image_64": f"https://e.com/{W}"},
    "bot_profile": {"id": "B0THEIRS", "name": W, "app_id": "A0THEIRS", "icons": {"image_36": W}},
    "x_files": [W],
    "room": {"name": W, "participants": ["U0ADA"]},
    "assistant_app_thread": {"title": W, "title_blocks": BLOCKS},
    "reactions": [{"name": "eyes", "users": ["U0ADA"], "count": 1}],
    "something_of_tomorrow": {"words": [W, {"deeper": W}]},
}

SUBTYPES = (
    None,
    "file_share",
    "me_message",
    "thread_broadcast",
    "bot_message",
    "channel_topic",
    "channel_purpose",
    "channel_name",
    "channel_join",
    "channel_archive",
    "pinned_item",
    "reminder_add",
    "huddle_thread",
    "sh_room_created",
    "tombstone",
    "ekm_access_denied",
    "reply_broadcast",
    "of_tomorrow",
)

# Where Slack puts the copy of another message into one.
NESTED = ("message", "previous_message", "root", "original_message", "item")

# Of somebody's account all but their name, which CareCue calls them by.
PROFILE: Json = {
    "title": W,
    "phone": W,
    "skype": W,
    "pronouns": W,
    "email": f"{W}@example.com",
    "status_text": W,
    "status_text_canonical": W,
    "status_emoji": ":palm_tree:",
    "status_emoji_display_info": [{"emoji_name": "palm_tree", "display_url": W}],
    "start_date": W,
    "fields": {"Xf1": {"value": W, "alt": W}},
    "huddle_state": W,
    "image_72": f"https://e.com/{W}",
    "guest_invited_by": W,
}
