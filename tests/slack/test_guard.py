"""Nothing internal where a customer could read it. When in doubt, Slack is asked; until then nothing is said."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.people import Person
from bot.slack.guard import ASK, SPEAK, may_speak
from bot.store import channels
from bot.store.channels import Channel
from bot.store.workspaces import Workspace
from tests.slack.bench import Bench
from tests.slack.conftest import BOT, MONDAY

HOME = Channel(
    channel="C4",
    name="care-home",
    is_private=True,
    is_ext_shared=False,
    is_pending_ext_shared=False,
    is_archived=False,
    is_member=True,
    invited_by=None,
    is_stale=False,
    read_at=MONDAY,
    members_read_at=MONDAY,
)
ANN = Person("U1", "T1", None, "Ann", "UTC", False, False, False, False, False, MONDAY)


@pytest.fixture
def workspace(bench: Bench) -> Workspace:
    with bench.db.begin() as tx:
        found = bench.known.get(tx, "T1", MONDAY)
    assert found
    return found


UNFIT: list[tuple[dict[str, Any], str]] = [
    ({"is_ext_shared": True}, "shared with another company"),
    ({"is_pending_ext_shared": True}, "about to be shared"),
    ({"is_archived": True}, "archived"),
    ({"is_member": False}, "not in the channel"),
]
UNKNOWN: list[dict[str, Any]] = [
    {"is_stale": True},
    {"members_read_at": None},
    {"read_at": None},
    {"read_at": MONDAY - timedelta(minutes=11)},
    {"members_read_at": MONDAY - timedelta(minutes=11)},
    {"members_read_at": MONDAY + timedelta(minutes=11)},  # by a clock that was ahead
]
OUTSIDE: list[dict[str, Any]] = [
    {"is_guest": True},
    {"home_team": "T2"},
    {"home_team": None},
    {"is_stranger": True},
    {"is_app": True, "home_team": "T2"},
]


@pytest.mark.parametrize(("change", "why"), UNFIT)
def test_an_unfit_channel_is_not_spoken_to_and_it_is_said_why(
    workspace: Workspace, change: dict[str, Any], why: str
) -> None:
    verdict = may_speak(workspace, replace(HOME, **change), {"U1": ANN}, MONDAY)
    assert not verdict.speak
    assert why in verdict.why


@pytest.mark.parametrize("change", UNKNOWN)
def test_what_may_have_changed_is_asked_first(workspace: Workspace, change: dict[str, Any]) -> None:
    assert may_speak(workspace, replace(HOME, **change), {"U1": ANN}, MONDAY) == ASK


@pytest.mark.parametrize("change", OUTSIDE)
def test_one_guest_or_stranger_is_enough_to_stay_silent(workspace: Workspace, change: dict[str, Any]) -> None:
    verdict = may_speak(workspace, HOME, {"U1": ANN, "U5": replace(ANN, user="U5", **change)}, MONDAY)
    assert not verdict.speak
    assert "U5" in verdict.why


def test_among_ourselves_we_speak_and_about_the_unknown_we_ask(workspace: Workspace) -> None:
    assert may_speak(workspace, HOME, {"U1": ANN}, MONDAY) == SPEAK
    assert may_speak(workspace, HOME, {"U1": ANN}, MONDAY + timedelta(minutes=10)) == SPEAK
    assert may_speak(workspace, HOME, {"U1": ANN, "U2": None}, MONDAY) == ASK
    assert may_speak(workspace, HOME, {}, MONDAY) == ASK
    assert may_speak(workspace, replace(HOME, members_read_at=MONDAY - timedelta(minutes=11)), {}, MONDAY) == ASK
    assert may_speak(workspace, None, {}, MONDAY) == ASK


async def test_a_teams_home_is_read_from_slack_once_and_then_spoken_to(bench: Bench) -> None:
    for key in ("k1", "k2"):
        bench.say(key, "C4")
    assert await bench.sender().drain() == 2
    assert bench.called("conversations.members") == 1
    assert bench.called("users.info") == 3  # two people and CareCue itself


async def test_after_ten_minutes_it_is_read_again_but_not_those_we_know(bench: Bench) -> None:
    await _say(bench, "k1")
    bench.later(601)
    await _say(bench, "k2")
    assert bench.called("conversations.members") == 2
    assert bench.called("users.info") == 3


@pytest.mark.parametrize(("target", "why"), [("C1", "no team's home"), ("C2", "no team's home"), ("C9", "no team's")])
async def test_no_other_channel_is_ever_spoken_to(bench: Bench, target: str, why: str) -> None:
    await _say(bench, "k1", target)
    assert why in (bench.errors()["k1"] or "")
    assert bench.called("chat.postMessage") == 0


async def test_a_guest_who_joined_since_keeps_us_silent(bench: Bench) -> None:
    """The event is enough; Slack is asked who they are."""
    await _say(bench, "k1")
    bench.sandbox.world.invite("U1", "C4", "U3")
    with bench.db.begin() as tx:
        channels.join(tx, "T1", "C4", "U3")
    await _say(bench, "k2")
    assert bench.posted() == ["k1"]
    assert "U3" in (bench.errors()["k2"] or "")


async def test_a_guest_whose_arrival_nobody_told_us_is_found_after_ten_minutes(bench: Bench) -> None:
    await _say(bench, "k1")
    bench.sandbox.world.invite("U1", "C4", "U3")
    bench.later(601)
    await _say(bench, "k2")
    assert bench.posted() == ["k1"]


async def test_a_home_that_is_being_shared_is_silent(bench: Bench) -> None:
    bench.sandbox.world.ask_to_share("C4", "T2")
    await _say(bench, "k1")
    assert "about to be shared" in (bench.errors()["k1"] or "")


async def test_a_home_that_carecue_is_not_in_is_silent(bench: Bench) -> None:
    bench.sandbox.world.leave(BOT, "C4")
    await _say(bench, "k1")
    assert "not in the channel" in (bench.errors()["k1"] or "")


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members", "users.info"])
async def test_while_slack_cannot_be_asked_nothing_is_said_and_nothing_lost(bench: Bench, method: str) -> None:
    bench.fault("status", method, times=3 * (3 if method == "users.info" else 1))  # as often as a read is tried
    await _say(bench, "k1")
    assert (bench.posted(), bench.errors()) == ([], {})
    bench.later(30)
    await bench.sender().drain()
    assert bench.posted() == ["k1"]
    assert bench.called("conversations.history") == 0


async def test_an_update_in_a_channel_passes_the_guard_too_and_a_deletion_need_not(bench: Bench) -> None:
    await _say(bench, "k1")
    [place] = [(channel, ts) for _, channel, ts in bench.told]
    bench.sandbox.world.invite("U1", "C4", "U3")
    bench.later(601)
    bench.say("k2", place[0], "chat.update", ts=place[1])
    bench.say("k3", place[0], "chat.delete", ts=place[1])
    await bench.sender().drain()
    assert [entry.what for entry in bench.sandbox.record.of(*place)] == ["posted", "deleted"]


async def _say(bench: Bench, key: str, target: str = "C4") -> None:
    bench.say(key, target)
    await bench.sender().drain()
