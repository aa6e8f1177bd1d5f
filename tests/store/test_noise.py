"""What Slack tells beside people's words: broadcasts, edits, joins, bots, reminders, huddles. None of it confuses.

The events are shaped as Slack sends them.
"""

from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.arrivals import Delivery, Posted, read, read_event
from bot.store.db import Db
from bot.store.ingest import ingest
from bot.store.tables import conversations
from tests.store.test_loop import MONDAY, OURS, Office, at

Json = dict[str, Any]

ROOT: Json = {
    "client_msg_id": "0a4a-1",
    "type": "message",
    "user": "U0ADA",
    "text": "How do we log in?",
    "ts": at(0),
    "team": "T0ACME",
}
RICH = [{"type": "rich_text", "block_id": "b1", "elements": []}]


@pytest.fixture
def office(db: Db) -> Office:
    return Office(db)


def hear(office: Office, event: Json) -> None:
    """As it comes from Slack, in its envelope."""
    office.events += 1
    said = {"type": "message", "channel": "C0ACME", "channel_type": "channel"} | event
    body = {
        "type": "event_callback",
        "team_id": OURS,
        "event_id": f"Ev{office.events}",
        "event_time": 1772442000,
        "authorizations": [{"team_id": OURS, "user_id": "U0BOT", "is_bot": True}],
        "event": said | {"event_ts": said["ts"]},
    }
    delivery = read(body)
    if delivery is None:
        return
    assert isinstance(delivery, Delivery)
    with office.db.begin() as tx:
        ingest(tx, office.workspaces, [delivery], MONDAY)


def said(minutes: float, user: str, text: str, **more: Any) -> Json:
    return {"client_msg_id": f"0a4a-{minutes}", "user": user, "text": text, "ts": at(minutes), "blocks": RICH} | more


def rooted(office: Office) -> list[str]:
    with office.db.begin() as tx:
        return list(tx.execute(select(conversations.c.root_ts).order_by(conversations.c.root_ts)).scalars())


def edited(minutes: float, was: Json, **now: Any) -> Json:
    return {
        "subtype": "message_changed",
        "hidden": True,
        "ts": at(minutes),
        "message": was | now | {"edited": {"user": was["user"], "ts": at(minutes)}},
        "previous_message": was,
    }


NOBODYS = {
    "a join": said(3, "U0LEE", "<@U0LEE> has joined the channel", subtype="channel_join", inviter="U0ANA"),
    "a leave": said(3, "U0LEE", "<@U0LEE> has left the channel", subtype="channel_leave"),
    "a new name": said(3, "U0LEE", "has renamed the channel", subtype="channel_name", old_name="x", name="y"),
    "a new topic": said(3, "U0LEE", "set the channel topic: Acme", subtype="channel_topic", topic="Acme"),
    "an app that is added": said(3, "U0LEE", "added an integration", subtype="bot_add", bot_id="B0POLL"),
    "a reminder that is set": said(3, "U0LEE", "set up a reminder “call Ada”", subtype="reminder_add"),
    "a reminder": said(3, "USLACKBOT", "Reminder: call Ada."),
    "an answer of Slackbot's": said(3, "USLACKBOT", "The wifi is on page 3.", subtype="slackbot_response"),
    "an app": said(3, "U0POLL", "New deployment!", subtype="bot_message", bot_id="B0POLL", username="deploys"),
    "an app that speaks as a person does": said(3, "U0POLL", "Build 7 is done.", bot_id="B0POLL", app_id="A0POLL"),
    "our own words": said(3, "U0BOT", "Hello", bot_id="B0BOT", app_id="A0CARE"),
    "a huddle": said(
        3,
        "U0LEE",
        "",
        subtype="huddle_thread",
        channel="C0ACME",
        no_notifications=True,
        room={"id": "R0", "created_by": "U0LEE", "participants": ["U0LEE"], "call_family": "huddle"},
    ),
    "a pinned message": said(3, "U0LEE", "pinned a message", subtype="pinned_item", item_type="C"),
    "the notice that a thread was answered": {
        "subtype": "message_replied",
        "hidden": True,
        "ts": at(3),
        "message": ROOT,
    },
    "an edit of the question": edited(3, ROOT, text="How do we log in?!"),
    "a link that unfolds": edited(3, ROOT, attachments=[{"from_url": "https://acme.example"}]),
}


@pytest.mark.parametrize("event", NOBODYS.values(), ids=NOBODYS)
def test_what_is_nobodys_word_ends_no_wait_and_begins_none(office: Office, event: Json) -> None:
    hear(office, ROOT)
    hear(office, event)
    assert office.waits() == [(at(0), None)]
    assert (rooted(office), office.unresolved()) == ([at(0)], 0)


@pytest.mark.parametrize("event", NOBODYS.values(), ids=NOBODYS)
def test_nor_does_it_come_between_a_customers_words(office: Office, event: Json) -> None:
    hear(office, ROOT)
    hear(office, event)
    hear(office, said(4, "U0ADA", "And how do we log out?"))
    hear(office, said(5, "U0LEE", "<@U0ADA> it is on the first page."))
    assert (rooted(office), office.waits()) == ([at(0)], [(at(0), "answer")])


def broadcast(minutes: float, user: str, text: str) -> Json:
    """A reply in the thread that is sent to the channel too."""
    root = ROOT | {"thread_ts": at(0), "reply_count": 1, "latest_reply": at(minutes), "is_locked": False}
    return said(minutes, user, text, subtype="thread_broadcast", thread_ts=at(0), root=root)


def test_an_answer_that_is_sent_to_the_channel_too_is_one_in_its_thread(office: Office) -> None:
    hear(office, ROOT)
    hear(office, said(1, "U0BOB", "When is the invoice due?", user_team="T0ACME"))
    hear(office, broadcast(2, "U0LEE", "With your key."))
    assert office.waits() == [(at(0), "answer"), (at(1), None)]


def test_a_customers_reply_that_is_sent_to_the_channel_too_begins_nothing(office: Office) -> None:
    hear(office, ROOT)
    hear(office, said(1, "U0LEE", "With your key.", thread_ts=at(0), parent_user_id="U0ADA"))
    hear(office, broadcast(50, "U0ADA", "Which key do you mean?"))
    assert (rooted(office), office.waits()) == ([at(0)], [(at(0), "answer"), (at(50), None)])


def test_a_reply_that_is_sent_to_the_channel_later_stays_where_it_was(office: Office) -> None:
    """Slack tells it as an edit that makes a broadcast of it."""
    hear(office, ROOT)
    answer = said(1, "U0LEE", "With your key.", thread_ts=at(0))
    hear(office, answer)
    hear(office, edited(60, answer, subtype="thread_broadcast", root=ROOT))
    assert (rooted(office), office.waits()) == ([at(0)], [(at(0), "answer")])


def test_thanks_that_are_edited_into_a_question_start_no_clock(office: Office) -> None:
    thanks = said(2, "U0ADA", "Thanks!", thread_ts=at(0))
    for event in (ROOT, said(1, "U0LEE", "With your key.", thread_ts=at(0)), thanks):
        hear(office, event)
    hear(office, edited(3, thanks, text="Thanks! And the invoice?"))
    assert office.waits() == [(at(0), "answer")]


def test_words_below_a_huddle_are_a_conversation_of_their_own(office: Office) -> None:
    hear(office, NOBODYS["a huddle"])
    hear(office, said(9, "U0ADA", "Here is what we looked at: can you fix it?", thread_ts=at(3)))
    assert (rooted(office), office.waits()) == ([at(3)], [(at(9), None)])


def test_what_an_export_holds_of_a_broadcast_is_a_reply() -> None:
    event = {"type": "message", "channel": "C0ACME"} | broadcast(2, "U0LEE", "With your key.")
    arrival = read_event(event)
    assert isinstance(arrival, Posted)
    assert (arrival.threaded, arrival.root_ts) == (True, at(0))
