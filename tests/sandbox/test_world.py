"""People act in the world, and the world tells of it as Slack would."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.manifest import ManifestError
from bot.sandbox.refused import Refused
from bot.sandbox.state import Happening
from bot.sandbox.world import World

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOT = "U0SANDBOXBOT"
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Bell"},
    "oauth_config": {"scopes": {"bot": ["channels:history", "chat:write", "users:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["message.channels"]}},
}
DATA: dict[str, Any] = {
    "app": {"team_id": "T1", "manifest": MANIFEST},
    "workspaces": [
        {"team_id": "T1", "name": "Northwind", "domain": "northwind"},
        {"team_id": "T2", "name": "Fabrikam", "domain": "fabrikam"},
    ],
    "people": [
        {"id": "U1", "team_id": "T1", "name": "ann", "real_name": "Ann Lee"},
        {"id": "U2", "team_id": "T1", "name": "bo", "is_ultra_restricted": True},
        {"id": "U9", "team_id": "T2", "name": "cy", "real_name": "Cy Fox"},
    ],
    "channels": [
        {"id": "C1", "name": "fabrikam", "members": ["U1", "U9", BOT], "shared_with": ["T2"]},
        {"id": "C2", "name": "secret", "members": ["U1"], "is_private": True},
        {"id": "C3", "name": "lobby", "members": ["U1"]},
    ],
}


@pytest.fixture
def world() -> World:
    world = World.from_dict(DATA)
    world.clock = Clock(MONDAY, speed=0)
    return world


@pytest.fixture
def heard(world: World) -> list[Happening]:
    happenings: list[Happening] = []
    world.listeners.append(happenings.append)
    return happenings


def test_timestamps_rise_even_when_the_clock_stands_still(world: World) -> None:
    stamps = [world.say("U1", "C1", str(n)).ts for n in range(3)]
    assert stamps == ["1772442000.000000", "1772442000.000001", "1772442000.000002"]


def test_a_message_from_another_company_says_where_its_author_belongs(world: World, heard: list[Happening]) -> None:
    world.say("U9", "C1", "is it up?")
    event = heard[0].event
    assert heard[0].kind == "message.channels"
    assert heard[0].team_id == event["user_team"] == event["source_team"] == event["team"] == "T2"
    assert event["user_profile"]["real_name"] == "Cy Fox"


def test_typed_text_is_escaped_and_mentions_stay(world: World) -> None:
    message = world.say("U1", "C1", "a < b & <@U9> :eyes:")
    assert message.text == "a &lt; b &amp; <@U9> :eyes:"
    kinds = [element["type"] for element in message.blocks[0]["elements"][0]["elements"]]
    assert kinds == ["text", "user", "text", "emoji"]


def test_a_thread_counts_its_replies_and_an_answer_in_it_names_the_root(world: World) -> None:
    root = world.say("U9", "C1", "help")
    first = world.say("U1", "C1", "on it", thread_ts=root.ts)
    nested = world.say("U9", "C1", "thanks", thread_ts=first.ts)
    assert (nested.thread_ts, nested.parent_user_id) == (root.ts, "U9")
    assert [reply.ts for reply in world.channel("C1").replies(root.ts)] == [first.ts, nested.ts]


def test_a_deleted_root_with_replies_leaves_a_tombstone(world: World, heard: list[Happening]) -> None:
    root = world.say("U9", "C1", "help")
    world.say("U1", "C1", "on it", thread_ts=root.ts)
    world.delete("U9", "C1", root.ts)
    assert heard[-1].event["subtype"] == "message_changed"
    assert heard[-1].event["message"]["subtype"] == "tombstone"


def test_a_deleted_message_is_gone_and_its_event_carries_what_it_was(world: World, heard: list[Happening]) -> None:
    message = world.say("U9", "C1", "never mind")
    world.delete("U9", "C1", message.ts)
    assert heard[-1].event["subtype"] == "message_deleted"
    assert heard[-1].event["previous_message"]["text"] == "never mind"
    with pytest.raises(Refused, match="message_not_found"):
        world.message("C1", message.ts)


REFUSALS = [
    (lambda w: w.say("U2", "C3", "hi"), "channel_not_found"),
    (lambda w: w.say("U9", "C2", "hi"), "channel_not_found"),
    (lambda w: w.say("U1", "C1", ""), "no_text"),
    (lambda w: w.say("U1", "C1", "x", thread_ts="1.1"), "thread_not_found"),
    (lambda w: w.edit("U9", "C1", w.say("U1", "C1", "x").ts, "y"), "cant_update_message"),
    (lambda w: w.delete("U9", "C1", w.say("U1", "C1", "x").ts), "cant_delete_message"),
    (lambda w: w.invite("U1", "C3", "U9"), "user_team_not_in_channel"),
    (lambda w: w.join("U9", "C3"), "channel_not_found"),
    (lambda w: w.unreact("U1", "C1", w.say("U1", "C1", "x").ts, "eyes"), "no_reaction"),
]


@pytest.mark.parametrize(("act", "code"), REFUSALS)
def test_what_slack_would_not_let_a_person_do_is_refused(world: World, act: Any, code: str) -> None:
    with pytest.raises(Refused, match=code):
        act(world)


def test_the_bot_hears_only_of_channels_that_it_is_in(world: World, heard: list[Happening]) -> None:
    world.say("U1", "C3", "hello")
    world.say("U1", "C1", "hello")
    assert [(h.channel, h.to_app) for h in heard] == [("C3", False), ("C1", True)]


def test_a_bot_that_is_brought_in_and_removed_hears_of_both(world: World, heard: list[Happening]) -> None:
    world.invite("U1", "C3", BOT)
    world.leave(BOT, "C3")
    told = [(h.kind, h.event.get("inviter")) for h in heard if h.to_app and not h.kind.startswith("message")]
    assert told == [("member_joined_channel", "U1"), ("member_left_channel", None), ("channel_left", None)]


def test_ending_a_share_takes_the_other_company_out_of_the_channel(world: World, heard: list[Happening]) -> None:
    world.unshare("C1", "T2")
    assert world.channel("C1").members == ["U1", BOT]
    assert heard[-1].event["type"] == "channel_unshared"
    assert not world.channel("C1").is_ext_shared


def test_history_is_stated_as_data_with_threads_by_label() -> None:
    messages = [
        {"channel": "C1", "user": "U9", "text": "late?", "at": MONDAY, "label": "q", "reactions": {"eyes": ["U1"]}},
        {"channel": "C1", "user": "U1", "text": "soon", "at": "2026-03-02T10:00:00+01:00", "thread_of": "q"},
    ]
    world = World.from_dict(DATA | {"messages": messages})
    root = next(world.channel("C1").top_level())
    assert [reply.text for reply in world.channel("C1").replies(root.ts)] == ["soon"]


def test_a_manifest_that_subscribes_without_the_scope_is_refused() -> None:
    settings = {"event_subscriptions": {"bot_events": ["reaction_added"]}}
    with pytest.raises(ManifestError, match="reactions:read"):
        World.from_dict(DATA | {"app": {"team_id": "T1", "manifest": MANIFEST | {"settings": settings}}})


async def test_whoever_waits_for_a_moment_of_a_frozen_clock_wakes_when_it_jumps() -> None:
    clock = Clock(MONDAY, speed=0)
    clock.advance(timedelta(minutes=1))
    await clock.until(MONDAY + timedelta(minutes=1))
    assert clock.now() == MONDAY + timedelta(minutes=1)
