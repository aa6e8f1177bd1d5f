"""Kudos as pages: my stories, a team's counts, and whom a manager may want to look at."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.kudos import Behaviour, Gift, Source, Where
from bot.store import kudos, kudos_asks, kudos_lists
from bot.store.db import Db
from tests.store.kudos_desk import MONDAY, PUBLIC, SETUP, WHY, Desk, at, wrote

DAY = 24 * 60
WEEK = timedelta(weeks=1)
LINK = f"https://care.slack.com/archives/C0ACME/p{at(0).replace('.', '')}"


@pytest.fixture
def desk(db: Db) -> Desk:
    return Desk(db)


def give(desk: Desk, giver: str, *receivers: str, what: tuple[Behaviour, ...] = (), minutes: float = 0) -> int:
    outcome = desk.run(kudos.give, Gift(giver, receivers, what, WHY), minutes=minutes)
    assert isinstance(outcome, int)
    return outcome


def test_my_page_has_my_stories_newest_first(desk: Desk) -> None:
    first = desk.given("U0LEE", "U0TOM", where=Where.KUDOS, source=Source(PUBLIC, at(0), at(0)))
    second = desk.given("U0LEE", giver="U0MIA", minutes=5)
    received, given = desk.mine("U0LEE")
    assert [story.id for story in received] == [second, first]
    assert (received[1].receivers, received[1].link, received[1].where) == (("U0LEE", "U0TOM"), LINK, Where.KUDOS)
    assert given == ()
    assert [story.id for story in desk.mine("U0ANA")[1]] == [first]


def test_private_kudos_are_on_no_page_but_theirs(desk: Desk) -> None:
    desk.given("U0LEE")
    for user in ("U0TOM", "U0MIA", "U0BEN"):
        assert desk.mine(user) == ((), ())


def test_a_page_holds_what_fits(desk: Desk) -> None:
    for number in range(3):
        desk.given("U0LEE", minutes=number)
    assert [len(stories) for stories in desk.look(kudos_lists.mine, "U0LEE", 2)] == [2, 0]
    assert [len(stories) for stories in desk.look(kudos_lists.mine, "U0ANA", 2)] == [0, 2]


def test_what_everybody_has_hidden_is_not_on_the_givers_page(desk: Desk) -> None:
    first = desk.given("U0LEE")
    desk.run(kudos.hide, first, "U0LEE")
    assert desk.mine("U0ANA") == ((), ())


def test_i_see_what_i_am_thanked_for(desk: Desk) -> None:
    give(desk, "U0ANA", "U0LEE", what=(Behaviour.SOLUTIONS, Behaviour.KINDNESS))
    give(desk, "U0MIA", "U0LEE", what=(Behaviour.KINDNESS,))
    desk.run(kudos.hide, give(desk, "U0TOM", "U0LEE", what=(Behaviour.OPTIMISM,)), "U0LEE")
    received, _ = desk.mine("U0LEE")
    assert {one.giver: set(one.behaviours) for one in received} == {
        "U0ANA": {Behaviour.SOLUTIONS, Behaviour.KINDNESS},
        "U0MIA": {Behaviour.KINDNESS},
    }


def test_all_that_is_mine_can_be_taken_along(desk: Desk) -> None:
    desk.choose("U0LEE", keep_thanks=True)
    desk.hear(wrote("U0ADA", 0), wrote("U0LEE", 5, root=0), wrote("U0ADA", 6, root=0, thanks=True))
    desk.run(kudos_asks.keep, 1, "U0LEE")
    desk.given("U0LEE", source=Source(PUBLIC, at(0), at(0)))
    desk.given("U0TOM", giver="U0LEE")
    desk.given("U0TOM")
    rows = desk.look(kudos_lists.export, "U0LEE")
    assert [row["kind"] for row in rows] == ["received", "given", "customer_thanks"]
    assert rows[0] == {
        "kind": "received",
        "at": "2026-03-02T09:00:00+00:00",
        "giver": "U0ANA",
        "giver_name": "Ana",
        "receivers": ["U0LEE"],
        "receiver_names": ["Lee"],
        "behaviours": ["kindness"],
        "reason": WHY,
        "where": "private",
        "link": LINK,
    }
    assert json.loads(json.dumps(rows)) == rows


def test_a_team_sees_behaviours_week_by_week_and_nobodys_name(desk: Desk) -> None:
    give(desk, "U0ANA", "U0LEE", "U0TOM", what=(Behaviour.KINDNESS,))
    give(desk, "U0BEN", "U0ANA", what=(Behaviour.KINDNESS, Behaviour.OPTIMISM), minutes=14 * DAY)
    give(desk, "U0ANA", "U0BEN", what=(Behaviour.SOLUTIONS,))  # of another team
    desk.run(kudos.take_back, give(desk, "U0LEE", "U0ANA", what=(Behaviour.WELCOMING,)), "U0LEE")
    weeks = desk.look(kudos_lists.balance, "care", MONDAY - WEEK, MONDAY + 2 * WEEK)
    assert weeks == [
        {},
        {Behaviour.KINDNESS: 1},
        {},
        {Behaviour.KINDNESS: 1, Behaviour.OPTIMISM: 1},
    ]


def test_counts_of_a_team_too_small_to_hide_in_are_not_told(desk: Desk) -> None:
    give(desk, "U0ANA", "U0BEN", what=(Behaviour.SOLUTIONS,))
    assert desk.look(kudos_lists.balance, "sales", MONDAY, MONDAY) == []
    assert desk.look(kudos_lists.balance, "gone", MONDAY, MONDAY) == []


def test_a_manager_sees_who_goes_without_thanks_and_what_they_did_lately(desk: Desk) -> None:
    for start in (0, 100, 200, 300):
        desk.hear(wrote("U0ADA", start), wrote("U0TOM", start + 5, root=start))
    desk.given("U0LEE")
    found = desk.look(kudos_lists.unthanked, "care", MONDAY - timedelta(days=30))
    assert [one.user for one in found] == ["U0ANA", "U0TOM"]
    assert found[0].links == ()
    assert len(found[1].links) == 3
    assert at(300).replace(".", "") in found[1].links[0]


def test_thanks_of_long_ago_or_taken_back_do_not_count(desk: Desk) -> None:
    desk.given("U0LEE", minutes=-31 * DAY)
    desk.run(kudos.take_back, desk.given("U0TOM"), "U0ANA")
    found = desk.look(kudos_lists.unthanked, "care", MONDAY - timedelta(days=30))
    assert [one.user for one in found] == ["U0ANA", "U0LEE", "U0TOM"]


def test_people_of_a_user_group_belong_to_the_team(desk: Desk) -> None:
    found = desk.look(kudos_lists.unthanked, "sales", MONDAY)
    assert [one.user for one in found] == ["U0BEN", "U0SUE"]
    desk.set_up(replace(SETUP, teams=()))
    assert desk.look(kudos_lists.unthanked, "sales", MONDAY) == []
