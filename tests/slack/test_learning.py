"""Learning from Slack who people are and what channels are; what cannot be had now is had later."""

import pytest

from bot.domain.conversations import Side
from bot.domain.people import side
from bot.slack.channels import learn_channel, learn_members
from bot.slack.errors import SlackError
from bot.slack.people import learn_people, learn_person
from bot.store import channels, people
from tests.slack.bench import Bench
from tests.slack.conftest import BOT, MONDAY


@pytest.mark.parametrize(
    ("user", "whose"), [("U1", Side.OURS), ("U3", Side.THEIRS), ("U9", Side.THEIRS), (BOT, Side.APP)]
)
async def test_asked_once_we_know_whose_side_someone_is_on(bench: Bench, user: str, whose: Side) -> None:
    await learn_person(bench.db, bench.slack, "T1", user, MONDAY)
    with bench.db.begin() as tx:
        known = people.get(tx, "T1", user)
    assert known
    assert side(known, "T1", None) is whose


@pytest.mark.parametrize(("user", "whose"), [("U404", Side.THEIRS), ("B404", Side.APP)])
async def test_nothing_waits_for_ever_for_someone_unknown_to_slack(bench: Bench, user: str, whose: Side) -> None:
    learned = await learn_person(bench.db, bench.slack, "T1", user, MONDAY)
    assert learned
    assert side(learned, "T1", None) is whose
    with bench.db.begin() as tx:
        assert people.get(tx, "T1", user)


async def test_while_slack_cannot_be_asked_nothing_is_made_up(bench: Bench) -> None:
    bench.fault("status", "users.info", times=3)
    assert await learn_person(bench.db, bench.slack, "T1", "U1", MONDAY) is None
    with bench.db.begin() as tx:
        assert people.get(tx, "T1", "U1") is None


async def test_a_missing_scope_is_no_reason_to_call_everyone_a_stranger(bench: Bench) -> None:
    bench.fault("error", "users.info", error="missing_scope")
    with pytest.raises(SlackError, match="missing_scope"):
        await learn_person(bench.db, bench.slack, "T1", "U1", MONDAY)


async def test_only_those_not_known_are_asked_about(bench: Bench) -> None:
    assert await learn_people(bench.db, bench.slack, "T1", ["U1", "U2"], MONDAY)
    assert await learn_people(bench.db, bench.slack, "T1", ["U1", "U2", "U3"], MONDAY)
    assert bench.called("users.info") == 3


async def test_a_channel_that_was_heard_of_is_looked_up(bench: Bench) -> None:
    with bench.db.begin() as tx:
        channels.mark_stale(tx, "T1", "C1")
    found = await learn_channel(bench.db, bench.slack, "T1", "C1", MONDAY)
    assert found
    assert (found.name, found.is_ext_shared, found.is_stale) == ("fabrikam", True, False)


async def test_a_channel_that_slack_does_not_show_is_one_we_are_not_in(bench: Bench) -> None:
    found = await learn_channel(bench.db, bench.slack, "T1", "C2", MONDAY)
    assert found
    assert (found.is_member, found.is_stale) == (False, False)


async def test_a_channel_that_cannot_be_asked_about_stays_to_be_asked_about(bench: Bench) -> None:
    bench.fault("status", "conversations.info", times=3)
    assert await learn_channel(bench.db, bench.slack, "T1", "C1", MONDAY) is None
    with bench.db.begin() as tx:
        assert channels.stale(tx) == [("T1", "C1")]


async def test_with_its_members_come_the_people(bench: Bench) -> None:
    assert await learn_members(bench.db, bench.slack, "T1", "C1", MONDAY)
    with bench.db.begin() as tx:
        assert channels.get_members(tx, "T1", "C1") == {"U1", "U9", BOT}
        assert set(people.get_many(tx, "T1", ["U1", "U9", BOT])) == {"U1", "U9", BOT}


async def test_members_are_not_known_before_everyone_is(bench: Bench) -> None:
    bench.fault("ratelimited", "users.info", retry_after=60)
    assert not await learn_members(bench.db, bench.slack, "T1", "C4", MONDAY)
    with bench.db.begin() as tx:
        found = channels.get(tx, "T1", "C4")
    assert found
    assert found.members_read_at is None
