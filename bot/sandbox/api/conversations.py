"""conversations.*: places, and what was said there."""

from typing import Any

from bot.sandbox.api.call import Call, invalid
from bot.sandbox.api.paging import page
from bot.sandbox.channels import Channel, channel_json
from bot.sandbox.messages import Message
from bot.sandbox.refused import Refused
from bot.sandbox.saying import message_json

Json = dict[str, Any]

KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


def info(call: Call) -> Json:
    channel = call.channel()
    call.channel_scope(channel, "read")
    shown = _shown(call, channel)
    if call.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    if call.flag("include_locale"):
        shown["locale"] = "en-US"
    return {"channel": shown}


def list_(call: Call) -> Json:
    kinds = _kinds(call)
    bot = call.world.app.bot_user_id
    seen = [c for c in call.world.channels.values() if c.kind in kinds and call.world.sees(bot, c)]
    if call.flag("exclude_archived"):
        seen = [channel for channel in seen if not channel.is_archived]
    rows, metadata = page(call, seen)
    return {"channels": [_shown(call, channel) for channel in rows], "response_metadata": metadata}


def of_user(call: Call) -> Json:
    """users.conversations: where somebody is, as far as the bot sees it too."""
    kinds = _kinds(call)
    bot = call.world.app.bot_user_id
    user = call.text("user") or bot
    call.world.person(user)
    seen = [
        c for c in call.world.channels.values() if c.kind in kinds and user in c.members and call.world.sees(bot, c)
    ]
    if call.flag("exclude_archived"):
        seen = [channel for channel in seen if not channel.is_archived]
    rows, metadata = page(call, seen)
    shown = [_shown(call, channel) for channel in rows]
    for row in shown:
        row.pop("is_member", None)
    return {"channels": shown, "response_metadata": metadata}


def members(call: Call) -> Json:
    channel = call.channel()
    call.channel_scope(channel, "read")
    rows, metadata = page(call, channel.members)
    return {"members": rows, "response_metadata": metadata}


def history(call: Call) -> Json:
    channel = call.inside()
    call.channel_scope(channel, "history")
    rows = [m for m in reversed(list(channel.top_level())) if _within(call, m)]
    chosen, metadata = page(call, rows, most=999)
    answer: Json = {"messages": _messages(call, chosen), "has_more": bool(metadata["next_cursor"])}
    answer |= {"pin_count": 0, "channel_actions_ts": None, "channel_actions_count": 0}
    return answer | ({"response_metadata": metadata} if answer["has_more"] else {})


def replies(call: Call) -> Json:
    """The root first, always; then the replies that the bounds let through, oldest first."""
    channel = call.inside()
    call.channel_scope(channel, "history")
    asked = channel.messages.get(call.need("ts"))
    if asked is None:
        raise Refused("thread_not_found")
    root = channel.messages.get(asked.thread_ts or asked.ts, asked)
    rows = [reply for reply in channel.replies(root.ts) if _within(call, reply)]
    chosen, metadata = page(call, rows, default=1000)
    answer: Json = {"messages": _messages(call, [root, *chosen]), "has_more": bool(metadata["next_cursor"])}
    return answer | ({"response_metadata": metadata} if answer["has_more"] else {})


def open_(call: Call) -> Json:
    users = call.words("users")
    if call.text("channel"):
        channel = call.channel()
    elif not users:
        raise Refused("users_list_not_supplied")
    else:
        channel = _direct(call, users)
    call.scope("im:write" if channel.is_im else "mpim:write")
    shown = _shown(call, channel) if call.flag("return_im") else {"id": channel.id}
    return {"no_op": False, "already_open": False, "channel": shown}


def join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    already = call.world.app.bot_user_id in channel.members
    call.world.join(call.world.app.bot_user_id, channel.id)
    answer = {"channel": _shown(call, channel)}
    return answer | ({"warning": "already_in_channel"} if already else {})


def invite(call: Call) -> Json:
    channel = call.inside()
    call.scope("groups:write", "groups:write.invites") if channel.is_private else call.scope(
        "channels:manage", "channels:write.invites"
    )
    users = call.words("users")
    if not users:
        raise Refused("no_user")
    for user in users:
        call.world.invite(call.world.app.bot_user_id, channel.id, user)
    return {"channel": _shown(call, channel)}


def leave(call: Call) -> Json:
    channel = call.channel()
    if call.world.app.bot_user_id not in channel.members:
        return {"not_in_channel": True}
    call.world.leave(call.world.app.bot_user_id, channel.id)
    return {}


def _direct(call: Call, users: list[str]) -> Channel:
    for user in users:
        person = call.world.person(user)
        if not call.knows(person):
            raise Refused("user_not_visible")
        if person.deleted:
            raise Refused("user_disabled")
    if len(users) == 1 and call.world.person(users[0]).is_bot:
        raise Refused("cannot_dm_bot")
    if len(users) > 8:
        raise Refused("too_many_users")
    return call.world.direct(call.world.app.bot_user_id, *users)


def _kinds(call: Call) -> set[str]:
    asked = call.words("types") or ["public_channel"]
    kinds = set()
    for name in asked:
        if name not in KINDS:
            raise invalid("types")
        family = {"public_channel": "channels", "private_channel": "groups"}.get(name, name)
        call.scope(f"{family}:read")
        kinds.add(KINDS[name])
    return kinds


def _shown(call: Call, channel: Channel) -> Json:
    return channel_json(channel, call.world.app.team_id, call.world.app.bot_user_id)


def _messages(call: Call, messages: list[Message]) -> list[Json]:
    with_metadata = call.flag("include_all_metadata")
    return [message_json(call.world, message, with_metadata=with_metadata) for message in messages]


def _within(call: Call, message: Message) -> bool:
    oldest, latest, inclusive = call.text("oldest"), call.text("latest"), call.flag("inclusive")
    at = _micros(message.ts)
    after = not oldest or at > _micros(oldest) or (inclusive and at == _micros(oldest))
    before = not latest or at < _micros(latest) or (inclusive and at == _micros(latest))
    return after and before


def _micros(ts: str) -> int:
    """Exactly: a float would take two messages of one instant for the same."""
    seconds, _, micros = ts.partition(".")
    try:
        return int(seconds) * 1_000_000 + int((micros + "000000")[:6])
    except ValueError:
        raise Refused("invalid_ts_latest") from None
