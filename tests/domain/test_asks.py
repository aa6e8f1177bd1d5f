"""The leader's clock: whom an ask reaches, when, and by when word is to be expected."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asks import (
    ANSWERS,
    LADDER,
    Ask,
    Asked,
    Kind,
    Leaders,
    Outcome,
    audience,
    climbed,
    due_steps,
    fits,
    next_at,
    team_of,
    told,
    word_by,
)
from bot.domain.hours import OFFICE, Schedule, Week

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPEN = Schedule(OFFICE)
NEVER = Schedule(Week("UTC", ((),) * 7))
CALLS = Leaders.of("ana", ["mia"], ["omar"], ["nia"])
PEOPLE = st.lists(st.sampled_from("abcdef"), max_size=4)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=30)).map(lambda since: MONDAY + since)


def asked(at: datetime = MONDAY, **more: object) -> Asked:
    return Asked(1, Ask(Kind.HELP, "care", "ana", "Help"), at, HOUR, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("managers", "deputies", "above", "levels"),
    [
        (["mia"], ["omar"], ["nia"], [("mia",), ("omar",), ("nia",)]),
        (["ana"], ["omar"], ["nia"], [("omar",), ("nia",)]),
        (["ana", "mia"], [], ["nia"], [("mia",), ("nia",)]),
        (["mia"], ["mia", "omar"], ["omar"], [("mia",), ("omar",)]),
        ([], [], ["nia"], [("nia",)]),
        (["ana"], ["ana"], ["ana"], []),
    ],
)
def test_an_ask_goes_up_past_whoever_asks(
    managers: list[str], deputies: list[str], above: list[str], levels: list[tuple[str, ...]]
) -> None:
    assert list(Leaders.of("ana", managers, deputies, above)) == levels


@given(PEOPLE, PEOPLE, PEOPLE)
def test_everybody_is_called_once_and_nobody_calls_on_themselves(a: list[str], b: list[str], c: list[str]) -> None:
    calls = Leaders.of("a", a, b, c)
    assert sorted(calls.all) == sorted({*a, *b, *c} - {"a"})
    assert all(calls)


def test_the_manager_hears_at_once_and_once_more_then_the_deputy_then_who_leads_the_manager() -> None:
    story = []
    one = asked()
    while (at := next_at(one, CALLS, OPEN)) is not None:
        steps = due_steps(one, CALLS, OPEN, at)
        story += [(at - MONDAY, audience(one, CALLS, step)) for step in steps]
        one = asked(steps_done=climbed(one, OPEN, at))
    minutes = [(span.total_seconds() / 60, users) for span, users in story]
    assert minutes == [(0, ("mia",)), (45, ("mia",)), (60, ("omar",)), (120, ("nia",))]
    assert told(one, CALLS) == ("mia", "omar", "nia")


def test_of_several_steps_that_fell_due_together_each_hears_one() -> None:
    """As after a night in which nothing ran."""
    steps = due_steps(asked(), CALLS, OPEN, MONDAY + timedelta(hours=5))
    assert [(step, audience(asked(), CALLS, step)) for step in steps] == [(1, ("mia",)), (2, ("omar",)), (3, ("nia",))]


def test_the_reminder_goes_to_who_has_it() -> None:
    calls = Leaders.of("ana", ["mia", "tom"], [], [])
    assert audience(asked(owner="tom"), calls, 1) == ("tom",)
    assert audience(asked(owner="tom"), calls, 0) == ("mia", "tom")


@given(MOMENTS, st.integers(0, 4), st.timedeltas(timedelta(0), timedelta(days=3)))
def test_no_step_comes_outside_the_teams_hours(at: datetime, done: int, snooze: timedelta) -> None:
    for one in (asked(at, steps_done=done), asked(at, steps_done=done, snoozed_until=at + snooze)):
        again = next_at(one, CALLS, OPEN)
        assert again is None or OPEN.is_open(again)


@given(MOMENTS, MOMENTS)
def test_the_ladder_is_only_ever_climbed(at: datetime, now: datetime) -> None:
    one = asked(at, steps_done=1)
    done = climbed(one, OPEN, now)
    assert 1 <= done <= len(LADDER)
    assert climbed(one, OPEN, now + HOUR) >= done


def test_word_is_expected_within_the_target_or_when_the_snooze_ends() -> None:
    assert word_by(asked(), OPEN) == MONDAY + HOUR
    assert word_by(asked(snoozed_until=MONDAY + 3 * HOUR), OPEN) == MONDAY + 3 * HOUR
    assert word_by(asked(snoozed_until=MONDAY), OPEN) == MONDAY + HOUR
    assert word_by(asked(MONDAY + 11 * HOUR), OPEN) == datetime(2026, 3, 3, 10, tzinfo=UTC)


def test_where_nobody_works_or_nobody_leads_nothing_falls_due() -> None:
    assert word_by(asked(), NEVER) is None
    assert next_at(asked(), CALLS, NEVER) is None
    assert next_at(asked(), Leaders(), OPEN) is None
    assert next_at(asked(ended_at=MONDAY), CALLS, OPEN) is None


def test_every_outcome_is_an_answer_to_one_kind_but_taking_back() -> None:
    for outcome in Outcome:
        kinds = [kind for kind in Kind if fits(kind, outcome)]
        assert len(kinds) == (outcome is not Outcome.WITHDRAWN)
    assert sum(map(len, ANSWERS.values())) == len(Outcome) - 1


@pytest.mark.parametrize(
    ("mine", "here", "team"),
    [
        (["care"], None, "care"),
        (["care"], "night", "care"),
        (["care", "night"], "night", "night"),
        (["care", "night"], "sales", None),
        (["care", "night"], None, None),
        ([], "care", None),
    ],
)
def test_the_team_of_the_channel_is_called_if_it_is_the_agents(
    mine: list[str], here: str | None, team: str | None
) -> None:
    assert team_of(mine, here) == team


def test_a_step_due_at_the_end_of_the_day_waits_for_the_next_morning() -> None:
    four = datetime.combine(MONDAY.date(), time(16), UTC)
    assert next_at(asked(four, steps_done=2), CALLS, OPEN) == datetime(2026, 3, 3, 9, tzinfo=UTC)
