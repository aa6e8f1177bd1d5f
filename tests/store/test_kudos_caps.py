"""How many kudos one person may give: ten a day, three a week to the same other; counted without races."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from bot.domain.kudos import Code, Gift, Refused, Where
from bot.store import kudos, outbox, people
from bot.store.db import Db
from bot.store.kudos_tables import kudos as kudos_table
from bot.store.kudos_tables import kudos_receivers
from tests.store.kudos_desk import KIND, MONDAY, OURS, SETUP, WHY, Desk, someone

DAY = 24 * 60
CROWD = [f"U{number:03}" for number in range(250)]


@pytest.fixture
def desk(db: Db) -> Desk:
    desk = Desk(db)
    with db.begin() as tx:
        people.save_many(tx, OURS, [someone(user) for user in CROWD], MONDAY)
    return desk


async def at_once(desk: Desk, gifts: list[Gift]) -> Counter[object]:
    """What becomes of gifts that all arrive together: how many were given, and how many refused why."""

    async def one(gift: Gift) -> object:
        outcome = await desk.db.run(lambda tx: kudos.give(tx, desk.workspace(tx), gift, MONDAY))
        return outcome.code if isinstance(outcome, Refused) else "given"

    return Counter(await asyncio.gather(*map(one, gifts)))


async def test_two_hundred_at_once_never_exceed_the_day(desk: Desk) -> None:
    desk.given(CROWD[0])
    gifts = [Gift("U0ANA", (user,), KIND, WHY) for user in CROWD[1:201]]
    assert await at_once(desk, gifts) == {"given": 9, Code.DAY: 191}
    assert desk.count(kudos_table) == desk.count(kudos_receivers) == len(desk.outbox()) == 10


async def test_groups_at_once_never_exceed_the_day_either(desk: Desk) -> None:
    gifts = [Gift("U0ANA", tuple(CROWD[start : start + 3]), KIND, WHY) for start in range(0, 180, 3)]
    assert await at_once(desk, gifts) == {"given": 3, Code.DAY: 57}
    assert desk.count(kudos_receivers) == 9
    assert desk.give(CROWD[200]) != Refused(Code.DAY, limit=10)


async def test_the_same_pair_at_once_never_exceeds_the_week(desk: Desk) -> None:
    gifts = [Gift("U0ANA", ("U0LEE",), KIND, WHY) for _ in range(40)]
    outcome = await at_once(desk, gifts)
    assert outcome == {"given": 3, Code.PAIR: 37}


async def test_givers_do_not_count_for_each_other(desk: Desk) -> None:
    gifts = [Gift(giver, ("U0LEE",), KIND, WHY) for giver in CROWD[:30]]
    assert await at_once(desk, gifts) == {"given": 30}


def test_a_group_over_the_cap_is_refused_whole(desk: Desk) -> None:
    desk.given(*CROWD[:8])
    assert desk.give(*CROWD[8:11]) == Refused(Code.DAY, limit=10)
    assert desk.give(*CROWD[8:10]) == 2
    assert desk.give(*CROWD[20:31], giver="U0LEE") == Refused(Code.DAY, limit=10)


def test_a_group_with_one_who_has_had_enough_is_refused_whole_and_counts_for_nobody(desk: Desk) -> None:
    for _ in range(3):
        desk.given("U0LEE")
    for _ in range(5):
        assert desk.give("U0LEE", "U0TOM", "U0MIA") == Refused(Code.PAIR, ("U0LEE",), 3)
    desk.given("U0TOM", "U0MIA")
    desk.given(*CROWD[:5])


def test_a_day_ends_at_midnight_and_a_week_on_sunday(desk: Desk) -> None:
    for number in range(3):
        desk.given("U0LEE", minutes=number * DAY)
    assert desk.give("U0LEE", minutes=6 * DAY) == Refused(Code.PAIR, ("U0LEE",), 3)
    desk.given("U0LEE", minutes=7 * DAY)
    desk.given(*CROWD[:10], minutes=8 * DAY)
    midnight = 8 * DAY + 15 * 60
    assert desk.give(CROWD[11], minutes=midnight - 1) == Refused(Code.DAY, limit=10)
    desk.given(CROWD[11], minutes=midnight)


def test_what_was_taken_back_was_heard_and_counts(desk: Desk) -> None:
    first = desk.given(*CROWD[:10])
    desk.run(kudos.take_back, first, "U0ANA")
    assert desk.give(CROWD[10]) == Refused(Code.DAY, limit=10)


def test_managers_may_have_a_day_of_their_own_if_the_admin_says_so(desk: Desk) -> None:
    assert desk.give(*CROWD[:11], giver="U0MIA") == Refused(Code.DAY, limit=10)
    desk.set_up(replace(SETUP, kudos=replace(SETUP.kudos, manager_day_cap=20)))
    desk.given(*CROWD[:20], giver="U0MIA")
    assert desk.give(CROWD[21], giver="U0MIA") == Refused(Code.DAY, limit=20)
    assert desk.give(*CROWD[:11]) == Refused(Code.DAY, limit=10)


def test_a_give_is_one_message_a_person_and_one_to_the_channel_however_many(desk: Desk) -> None:
    desk.given(*CROWD[:10], where=Where.KUDOS)
    assert Counter(desk.outbox()) == Counter(
        {**{(outbox.POST, user): 1 for user in CROWD[:10]}, (outbox.POST, "C0KUDOS"): 1}
    )
