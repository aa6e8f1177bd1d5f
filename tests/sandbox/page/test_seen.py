"""Everybody sees what is theirs to see, and nothing else."""

from typing import Any

import pytest

from bot.sandbox.messages import Message
from bot.sandbox.page.reads import Reads
from bot.sandbox.page.seen import ROOTS_MAX, Seen, actors
from bot.sandbox.windows import Windows
from bot.sandbox.world import World

BOT = "U0SANDBOXBOT"


@pytest.fixture
def reads(world: World) -> Reads:
    return Reads(since=world.new_ts())


@pytest.fixture
def ann(world: World, windows: Windows, reads: Reads) -> Seen:
    return Seen(world, windows, reads, world.person("U1"))


@pytest.fixture
def cy(world: World, windows: Windows, reads: Reads) -> Seen:
    return Seen(world, windows, reads, world.person("U9"))


def in_place(seen: Seen, channel: str = "C1") -> list[str]:
    picture = seen.picture(seen.world.channel(channel))
    return [message["text"] for message in picture["place"]["messages"]]


def names(picture: dict[str, Any]) -> list[str]:
    return [channel["name"] for channel in picture["channels"] if channel["kind"] != "im"]


def whisper(world: World, to: str) -> None:
    message = Message(world.new_ts(), "C1", BOT, "T1", "psst", bot_id="B0SANDBOX", ephemeral_to=to)
    world.whisper(message)


def test_a_person_lists_only_the_channels_that_they_are_in(ann: Seen, cy: Seen) -> None:
    assert names(ann.picture(None)) == ["fabrikam", "lobby", "secret"]
    assert names(cy.picture(None)) == ["fabrikam"]


def test_a_channel_is_named_to_whoever_could_open_it(world: World, windows: Windows, reads: Reads) -> None:
    world.add_person(id="U4", team_id="T1", name="eli")
    assert Seen(world, windows, reads, world.person("U4")).picture(None)["names"] == {"C1": "fabrikam", "C3": "lobby"}


def test_what_only_one_person_may_see_is_in_nobody_elses_picture(world: World, ann: Seen, cy: Seen) -> None:
    world.say("U9", "C1", "is it up?")
    whisper(world, to="U1")
    assert in_place(ann) == ["is it up?", "psst"]
    assert in_place(cy) == ["is it up?"]


def test_who_is_from_elsewhere_depends_on_who_looks(ann: Seen, cy: Seen) -> None:
    assert ann.picture(None)["people"]["U9"]["kind"] == "other"
    assert cy.picture(None)["people"]["U1"]["kind"] == "other"
    assert cy.picture(None)["people"]["U9"]["kind"] == "member"
    assert ann.picture(None)["people"]["U3"]["kind"] == "guest"


def test_another_company_meets_no_app_of_ours(ann: Seen, cy: Seen) -> None:
    [app] = ann.picture(None)["apps"]
    assert (app["name"], app["commands"][0]["command"]) == ("CareCue", "/care")
    assert cy.picture(None)["apps"] == []


def test_a_shared_channel_names_the_other_company_to_each_side(ann: Seen, cy: Seen) -> None:
    shared = {seen.me.id: seen.picture(seen.world.channel("C1"))["place"]["shared"] for seen in (ann, cy)}
    assert shared == {"U1": ["Fabrikam"], "U9": ["Northwind"]}


def test_a_modal_is_open_only_for_whom_it_was_opened(windows: Windows, ann: Seen, cy: Seen) -> None:
    windows.open("U1", {"type": "modal", "title": {"type": "plain_text", "text": "Hello"}, "blocks": []})
    assert [view["title"]["text"] for view in ann.picture(None)["views"]] == ["Hello"]
    assert cy.picture(None)["views"] == []


def test_unread_counts_what_others_said_since_one_looked(world: World, reads: Reads) -> None:
    channel = world.channels["C1"]
    root = world.say("U9", "C1", "is it up?")
    world.say("U1", "C1", "looking")
    world.say("U9", "C1", "thanks", thread_ts=root.ts)
    assert reads.unread("U1", channel) == 1
    world.say("U9", "C1", "<@U1> hello?", thread_ts=root.ts)
    assert reads.unread("U1", channel) == 2
    reads.mark("U1", channel)
    assert reads.unread("U1", channel) == 0
    assert reads.unread("U2", channel) == 2


def test_history_from_before_the_page_opened_is_not_unread(world: World) -> None:
    world.say("U9", "C1", "long ago")
    assert Reads(since=world.new_ts()).unread("U1", world.channels["C1"]) == 0


def test_an_unread_direct_message_shows_at_the_name_of_whom_it_waits_for(world: World, ann: Seen) -> None:
    world.say("U1", world.direct("U1", "U2").id, "lunch?")
    waiting = {actor["id"]: actor["unread"] for actor in ann.picture(None)["actors"]}
    assert waiting == {"U1": 0, "U2": 1, "U3": 0, "U9": 0}


def test_a_long_channel_shows_its_end_and_the_thread_that_is_open(world: World, ann: Seen) -> None:
    old = world.say("U9", "C1", "first")
    for number in range(ROOTS_MAX):
        world.say("U9", "C1", str(number))
    world.say("U1", "C1", "late answer to the first", thread_ts=old.ts)
    place = ann.picture(world.channel("C1"))["place"]
    texts = [message["text"] for message in place["messages"]]
    assert place["more"]
    assert texts == [str(number) for number in range(ROOTS_MAX)]
    opened = ann.picture(world.channel("C1"), thread=old.ts)["place"]["messages"]
    assert opened[0]["text"] == "first"
    assert opened[-1]["text"] == "late answer to the first"


def test_one_can_act_as_any_person_but_no_app_and_nobody_who_left(world: World) -> None:
    world.change_person("U2", deleted=True)
    assert [person.id for person in actors(world)] == ["U1", "U3", "U9"]
