"""Who is to be nudged about a wait, when, and with what."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversations import Conversation, EndedBy, Wait
from bot.domain.hours import Schedule, Week
from bot.domain.moments import ts_of
from bot.domain.nudges import Snooze, audience, cues, due_steps, next_at, settled_owner, snoozed_until
from bot.domain.policy import Policy
from bot.domain.setup import DEFAULT_LADDER, Step

OFFICE: tuple[tuple[time, time], ...] = ((time(9), time(17)),)
WEEK = Schedule(Week("Europe/Lisbon", (OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, (), ())))
LUNCH = ((time(9), time(12)), (time(15), time(18)))
SIESTA = Schedule(Week("Europe/Madrid", (LUNCH, LUNCH, LUNCH, LUNCH, LUNCH, (), ())))
NIGHT = ((time(22), time(6)),)
NIGHTS = Schedule(Week("Europe/Lisbon", (NIGHT,) * 7))
NEVER = Schedule(Week("UTC", ((),) * 7))

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
POLICY = Policy(
    schedule=WEEK, team="care", owner="U0ANA", agents=("U0ANA", "U0LEE"), managers=("U0MIA",), home="C0HOME"
)
WAIT = Wait(ts_of(MONDAY), first=True, target=timedelta(minutes=60))
TALK = Conversation("C0ACME", ts_of(MONDAY))


def after(**span: float) -> datetime:
    return MONDAY + timedelta(**span)


def test_the_steps_fall_due_by_their_share_of_the_target() -> None:
    assert [cue.at for cue in cues(WAIT, POLICY)] == [after(minutes=m) for m in (45, 60, 90, 120)]


def test_a_step_that_would_fall_into_the_evening_falls_into_the_morning() -> None:
    late = WAIT._replace(from_ts=ts_of(after(hours=6, minutes=30)))
    assert [cue.at for cue in cues(late, POLICY)][:2] == [after(hours=23, minutes=15), after(hours=23, minutes=30)]


def test_a_wait_is_looked_at_when_its_next_step_falls_due() -> None:
    assert [next_at(WAIT, POLICY, done) for done in range(5)] == [
        *(after(minutes=minutes) for minutes in (45, 60, 90, 120)),
        None,
    ]


def test_a_snooze_comes_before_the_ladder() -> None:
    assert next_at(WAIT, POLICY, 1, after(hours=3)) == after(hours=3)


@pytest.mark.parametrize("how", EndedBy)
def test_nobody_looks_at_a_wait_that_is_over(how: EndedBy) -> None:
    over = WAIT._replace(to_ts=ts_of(after(minutes=5)), ended_by=how)
    assert next_at(over, POLICY, 0) is None
    assert next_at(over, POLICY, 0, after(hours=1)) is None


def test_a_team_that_never_works_is_never_nudged() -> None:
    assert next_at(WAIT, replace(POLICY, schedule=NEVER), 0) is None


def test_an_empty_ladder_is_silence() -> None:
    quiet = replace(POLICY, ladder=())
    assert (next_at(WAIT, quiet, 0), due_steps(WAIT, quiet, 0, after(days=9))) == (None, ())


@pytest.mark.parametrize(
    ("minutes", "done", "steps"),
    [
        (44, 0, ()),
        (45, 0, (0,)),
        (60, 1, (1,)),
        (60, 0, (1,)),
        (90, 2, (2,)),
        (500, 0, (1, 2, 3)),
        (500, 3, (3,)),
        (500, 4, ()),
    ],
)
def test_of_steps_that_fell_due_together_each_audience_hears_the_last(
    minutes: int, done: int, steps: tuple[int, ...]
) -> None:
    assert due_steps(WAIT, POLICY, done, after(minutes=minutes)) == steps


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12), st.permutations(DEFAULT_LADDER))
def test_however_often_one_looks_every_step_is_taken_at_most_once(looks: list[int], ladder: list[Step]) -> None:
    policy = replace(POLICY, ladder=tuple(sorted(ladder, key=lambda step: step.at)))
    done = 0
    taken: list[int] = []
    for minutes in sorted(looks):
        steps = due_steps(WAIT, policy, done, after(minutes=minutes))
        taken += steps
        done = max(steps) + 1 if steps else done
    assert taken == sorted(set(taken))


@pytest.mark.parametrize(
    ("claimed", "answered", "channel", "owner"),
    [
        ("U0LEE", "U0ANA", "U0ANA", "U0LEE"),
        (None, "U0LEE", "U0ANA", "U0LEE"),
        (None, None, "U0ANA", "U0ANA"),
        ("U0EXT", "U0GONE", "U0ANA", "U0ANA"),
        ("U0MIA", None, "U0ANA", "U0MIA"),
        ("U0EXT", None, None, None),
    ],
)
def test_the_owner_is_who_claimed_it_else_who_answered_it_last_else_the_channels(
    claimed: str | None, answered: str | None, channel: str | None, owner: str | None
) -> None:
    """Only people of the team are nudged: others may help, and stay in peace."""
    talk = replace(TALK, claimed_by=claimed, answered_by=answered)
    assert settled_owner(talk, replace(POLICY, owner=channel)) == owner


@pytest.mark.parametrize(
    ("to", "owner", "more", "people"),
    [
        ("owner", "U0ANA", {}, ("U0ANA",)),
        ("owner", None, {}, ()),
        ("home", "U0ANA", {}, ("C0HOME",)),
        ("home", "U0ANA", {"home": None}, ()),
        ("manager", "U0ANA", {}, ("U0MIA",)),
        ("manager", "U0ANA", {"managers": ()}, ()),
        ("manager", "U0MIA", {"managers": ("U0MIA", "U0NOA")}, ("U0NOA",)),
        ("manager", "U0MIA", {}, ("U0MIA",)),
    ],
)
def test_whom_a_step_speaks_to(to: str, owner: str | None, more: dict[str, object], people: tuple[str, ...]) -> None:
    step = Step(100, to, "help")  # type: ignore[arg-type]
    assert audience(step, owner, replace(POLICY, **more)) == people  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("away", "people"),
    [
        ((), ("U0MIA", "U0NOA")),
        (("U0MIA",), ("U0NOA",)),
        (("U0MIA", "U0NOA"), ("U0TOM",)),
        (("U0MIA", "U0NOA", "U0TOM"), ("U0MIA", "U0NOA")),
    ],
)
def test_the_managers_step_is_for_who_can_help_now_else_for_those_who_lead(
    away: tuple[str, ...], people: tuple[str, ...]
) -> None:
    policy = replace(POLICY, managers=("U0MIA", "U0NOA"), deputies=("U0ANA", "U0TOM"))
    assert audience(Step(200, "manager", "how_help"), "U0ANA", policy, away) == people


SNOOZES = [
    ("an hour", WEEK, Snooze.HOUR, after(), after(hours=1)),
    ("an hour over closing time", WEEK, Snooze.HOUR, after(hours=6, minutes=40), after(hours=23, minutes=40)),
    ("an hour over lunch", SIESTA, Snooze.HOUR, after(minutes=30), after(hours=4, minutes=30)),
    ("an hour on Saturday", WEEK, Snooze.HOUR, after(days=5), after(days=7)),
    ("this afternoon", WEEK, Snooze.AFTERNOON, after(), after(hours=4)),
    ("this afternoon, closed at two", SIESTA, Snooze.AFTERNOON, after(), after(hours=4)),
    ("this afternoon, too late for it", WEEK, Snooze.AFTERNOON, after(hours=4), after(hours=23)),
    ("tomorrow", WEEK, Snooze.TOMORROW, after(), after(hours=23)),
    ("tomorrow is Saturday", WEEK, Snooze.TOMORROW, after(days=4), after(days=6, hours=23)),
    ("tomorrow for a night shift", NIGHTS, Snooze.TOMORROW, after(), after(hours=36)),
]


@pytest.mark.parametrize(
    ("schedule", "choice", "now", "until"), [row[1:] for row in SNOOZES], ids=[row[0] for row in SNOOZES]
)
def test_a_snooze_ends_in_working_time(schedule: Schedule, choice: Snooze, now: datetime, until: datetime) -> None:
    assert snoozed_until(choice, now, schedule) == until


@given(st.sampled_from(list(Snooze)), st.integers(0, 60 * 24 * 400))
def test_every_snooze_ends_later_and_while_somebody_works(choice: Snooze, minutes: int) -> None:
    now = after(minutes=minutes)
    until = snoozed_until(choice, now, WEEK)
    assert until > now
    assert WEEK.is_open(until) or WEEK.is_open(until - timedelta(minutes=1))
