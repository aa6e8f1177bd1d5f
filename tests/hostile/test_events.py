"""Events that no database would take, that nest without an end, or count beyond all numbers: acknowledged and gone."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import select

from bot.demo.place import ADA, ANA, EXT_ACME, OURS
from bot.domain.arrivals import account, read
from bot.store.set_aside_tables import set_aside
from tests.handlers.office import Office
from tests.hostile.conftest import Poster

Json = dict[str, Any]

MESSAGE: Json = {"type": "message", "channel": EXT_ACME, "user": ADA, "ts": "1772445600.000100", "text": "Where is it?"}
REACTION = {"type": "reaction_added", "user": ADA, "reaction": "eyes", "event_ts": "1772445600.000100"}
ITEM = {"type": "message", "channel": EXT_ACME, "ts": "1772445600.000100"}
UNKEPT = ("a\x00b", "\ud83d", "x\udfff", "\x00", "y" * 70_000)


def envelope(event: Json, **more: Any) -> Json:
    return {"type": "event_callback", "team_id": OURS, "event_id": "Ev1", "event": event} | more


def events(odd: str) -> list[Json]:
    """With something odd in every place where a text is kept."""
    told = [
        envelope(MESSAGE | {name: odd}) for name in ("channel", "user", "ts", "thread_ts", "bot_id", "team", "app_id")
    ]
    told += [envelope(REACTION | {"item": ITEM, name: odd}) for name in ("user", "reaction", "item_user", "event_ts")]
    told += [envelope(REACTION | {"item": ITEM | {name: odd}}) for name in ("channel", "ts")]
    joined = {"type": "member_joined_channel", "channel": EXT_ACME, "user": ADA, "team": OURS, "inviter": ANA}
    told += [envelope(joined | {name: odd}) for name in ("channel", "user", "team", "inviter")]
    told += [envelope({"type": "channel_rename", "channel": {"id": odd}}), envelope(MESSAGE, team_id=odd)]
    profile = dict.fromkeys(("display_name", "real_name", "status_emoji", "team"), odd)
    user = {"id": ADA, "team_id": odd, "name": odd, "tz": odd, "locale": odd, "profile": profile}
    return [*told, envelope({"type": "user_change", "user": user}), envelope(MESSAGE, event_id=odd)]


@pytest.mark.parametrize("odd", UNKEPT, ids=repr)
def test_what_cannot_be_kept_is_as_if_it_were_not_there(odd: str) -> None:
    for event in events(odd):
        found = repr(read(event))
        assert "\\x00" not in found
        assert "\\ud8" not in found
        assert "\\udf" not in found
        assert len(found) < 2_000


def test_somebody_whose_name_cannot_be_kept_is_called_by_their_next_one() -> None:
    assert account({"id": ADA, "profile": {"display_name": "A\x00da", "real_name": "Ada Obi"}}).name == "Ada Obi"
    assert account({"id": ADA, "name": "\ud800"}).name == ADA


@pytest.mark.parametrize("way", ["http-postgresql", "http-sqlite"])
async def test_every_event_is_acknowledged_and_none_is_set_aside(office: Office, poster: Poster) -> None:
    """One that the database refuses would be sent again, fail again, and at last be the app's fault."""
    for number, event in enumerate(event for odd in UNKEPT for event in events(odd)):
        event |= {"event_id": f"Ev{number}"} if event["event_id"] == "Ev1" else {}
        assert (await poster.signed(json.dumps(event)))[0] == 200, event
    await office.settle()
    assert await office.bot.deps.db.run(lambda tx: tx.execute(select(set_aside)).all()) == []


DEEP = '{"type":"event_callback","team_id":"T0LINDEN","event_id":"Ev2","event":{"type":"message","blocks":'
BOMBS = {
    "a list in a list in a list": "[" * 200_000,
    "a message whose blocks nest without an end": DEEP + "[" * 100_000,
    "a message whose blocks nest and end": DEEP + '{"a":[' * 20_000 + "]}" * 20_000 + "}}",
    "a number of five thousand digits": '{"type":"event_callback","event_id":"Ev3","event":{"ts":' + "9" * 5_000 + "}}",
    "the type said twice": '{"type":"event_callback","type":["event_callback"],"event_id":"Ev4","event":{}}',
    "no number at all": '{"type":"event_callback","event_id":"Ev5","team_id":NaN,"event":{"ts":Infinity}}',
}


async def test_a_body_that_is_a_bomb_does_not_go_off(
    office: Office, poster: Poster, caplog: pytest.LogCaptureFixture
) -> None:
    before = office.tables()
    for what, body in BOMBS.items():
        for sent in (body, f"payload={body}"):
            status, said = await poster.signed(sent, "application/x-www-form-urlencoded")
            assert status in (200, 400, 404), what
            assert len(said) < 100, what
    assert office.tables() == before
    assert "Traceback" not in caplog.text


async def test_a_message_as_deep_as_can_be_read_is_read(office: Office, poster: Poster) -> None:
    """Its blocks are not looked at: what it says stands in its text."""
    blocks: Any = "x"
    for _ in range(300):
        blocks = [{"elements": blocks}]
    event = envelope(MESSAGE | {"blocks": blocks, "attachments": blocks, "files": blocks, "metadata": blocks})
    assert (await poster.signed(json.dumps(event)))[0] == 200
    await office.settle()
    assert [ts for ts, _ in office.waits()] == [MESSAGE["ts"]]


# What the fuzzer found: each was a 500, or a trace in the log.
STUMBLED: list[Json] = [
    {"type": "block_actions", "actions": [None]},
    {"type": "block_actions", "actions": None},
    {"type": "block_actions", "action_id": "nudge.claim"},
    {"type": "block_actions", "actions": [{"action_id": "nudge.claim"}], "enterprise": 1},
    {"type": "view_submission", "view": []},
    {"type": "view_closed", "view": None},
    {"type": "block_actions", "actions": [{"block_id": "b"}]},
    {"type": "view_submission", "view": {"type": "modal"}},
    {"type": "message_action", "message": {}},
    {"type": "event_callback", "event_id": "Ev1", "team_id": OURS, "event": {"type": ["message"]}},
]


async def test_presses_and_forms_that_are_none_are_turned_away(
    office: Office, poster: Poster, caplog: pytest.LogCaptureFixture
) -> None:
    for payload in STUMBLED:
        status, _ = await poster.signed(f"payload={quote(json.dumps(payload))}", "application/x-www-form-urlencoded")
        assert status in (200, 400, 404), payload
    assert "Traceback" not in caplog.text
