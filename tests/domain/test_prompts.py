"""Which prompt comes, and why: by what the week calls for, never twice in a quarter, all seven dimensions in a year."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.behaviours import Behaviour
from bot.domain.prompt_book import Dimension, Prompt, Signal, book
from bot.domain.prompts import MOST, QUARTER, Chosen, Told, Turn, active, choose, reminder_day
from bot.domain.pulse import About
from bot.domain.signals import Facts, Heard, heard

MONDAY = date(2026, 3, 2)
WEEK = timedelta(weeks=1)
DIMENSIONS = {one.id: one.dimension for one in book()}
QUIET = Facts(team="care", arrivals=20, arrivals_before=(19, 20, 22), answers=20, in_time=(0.8, 0.8, 0.85))
COUNTS = st.integers(0, 60)
FACTS = st.builds(
    Facts,
    team=st.sampled_from(["care", "night"]),
    arrivals=COUNTS,
    arrivals_before=st.lists(COUNTS, max_size=8).map(tuple),
    answers=COUNTS,
    in_time=st.lists(st.none() | st.floats(0, 1), max_size=9).map(tuple),
    after_hours=st.none() | COUNTS,
    unthanked=st.integers(0, 5),
    thanks_days=st.integers(1, 365),
    slow_asks=st.integers(0, 5),
    open_snags=st.integers(0, 5),
    boundary_calls=st.integers(0, 3),
    newcomers=st.integers(0, 2),
    pulse_down=st.none() | st.sampled_from(About),
)


def pick(
    facts: Sequence[Facts] = (), told: Sequence[Told] = (), monday: date = MONDAY, reader: str = "U0MIA"
) -> Chosen:
    found = choose(book(), heard(*facts), told, monday, reader, DIMENSIONS)
    assert found
    return found


# -- the book ----------------------------------------------------------------------------------------------------


def test_there_are_enough_of_them_and_no_two_are_alike() -> None:
    assert len(book()) >= 60
    for name in ("id", "title", "why", "act", "question", "notice"):
        assert len({getattr(one, name).casefold() for one in book()}) == len(book()), name


def test_no_two_ask_for_the_same_act_in_other_words() -> None:
    """At most two of the longer words of one act stand in any other, or less than half of them."""
    words = {one.id: {word.strip(".,:;“”").casefold() for word in one.act.split() if len(word) > 4} for one in book()}
    for one, mine in words.items():
        for other, theirs in words.items():
            assert one == other or len(mine & theirs) < max(3, len(mine) / 2, len(theirs) / 2), (one, other)


@pytest.mark.parametrize("one", book(), ids=lambda one: one.id)
def test_each_is_short_and_whole(one: Prompt) -> None:
    assert len(one.title) <= 40
    for text in (one.why, one.act, one.notice):
        assert text[0].isupper()
        assert text.count(".") == 1
        assert text.endswith(".")
        assert len(text) <= 130
    assert one.question.endswith("?")
    assert len(one.question) <= 100
    assert "!" not in one.why + one.act + one.question + one.notice


def test_every_dimension_and_behaviour_has_prompts_and_every_signal_some_of_several_dimensions() -> None:
    for dimension in Dimension:
        assert sum(one.dimension is dimension and one.anytime for one in book()) >= 5
    assert {one.feeds for one in book()} == set(Behaviour)
    for signal in Signal:
        called = [one for one in book() if signal in one.signals]
        assert len(called) >= 6
        assert len({one.dimension for one in called}) >= 4
    assert all(one.anytime or one.signals for one in book())


# -- what a week calls for ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (replace(QUIET, boundary_calls=1), Heard(Signal.BOUNDARY_CALLS, 1, team="care")),
        (replace(QUIET, slow_asks=3), Heard(Signal.SLOW_ASKS, 3, team="care")),
        (replace(QUIET, pulse_down=About.LOAD), Heard(Signal.PULSE_DOWN, about=About.LOAD, team="care")),
        (replace(QUIET, arrivals=40), Heard(Signal.OVERLOAD, 40, 20, team="care")),
        (replace(QUIET, after_hours=3), Heard(Signal.AFTER_HOURS, 3, team="care")),
        (replace(QUIET, newcomers=2), Heard(Signal.NEW_COLLEAGUE, 2, 4, team="care")),
        (replace(QUIET, in_time=(0.9, 0.7, 0.5, 0.74)), Heard(Signal.OUT_OF_REACH, 3, 75, team="care")),
        (replace(QUIET, open_snags=2), Heard(Signal.OPEN_SNAGS, 2, team="care")),
        (replace(QUIET, unthanked=1, thanks_days=45), Heard(Signal.UNTHANKED, 1, 45, team="care")),
        (replace(QUIET, in_time=(0.8, 0.96)), Heard(Signal.GOOD_WEEK, 20, 96, team="care")),
    ],
)
def test_each_signal_is_heard_and_calls_a_prompt_of_its_own(facts: Facts, expected: Heard) -> None:
    assert heard(facts) == (expected,)
    for reader in ("U0MIA", "U0LEE", "U0OMAR"):
        found = pick([facts], reader=reader)
        assert found.reason == expected
        assert expected.signal in found.prompt.signals


@pytest.mark.parametrize(
    "facts",
    [
        QUIET,
        replace(QUIET, arrivals=24),  # a little more than usual
        replace(QUIET, arrivals=9, arrivals_before=(2, 2, 2)),  # few can double easily
        replace(QUIET, arrivals=99, arrivals_before=(2, 2)),  # nobody knows yet what is usual
        replace(QUIET, after_hours=2),
        replace(QUIET, after_hours=None),  # of too few to be told
        replace(QUIET, open_snags=1),
        replace(QUIET, in_time=(0.5, 0.5)),
        replace(QUIET, in_time=(0.5, 0.5, None)),
        replace(QUIET, in_time=(0.5, 0.5, 0.76)),
        replace(QUIET, answers=9, in_time=(1.0,)),  # a good week of too few
    ],
)
def test_a_week_like_others_calls_nothing_and_the_turn_decides(facts: Facts) -> None:
    assert heard(facts) == ()
    assert pick([facts]).reason == Turn(None, quiet=True)


def test_what_is_most_pressing_comes_first_whichever_team_it_is() -> None:
    night = replace(QUIET, team="night", boundary_calls=1)
    assert [one.team for one in heard(replace(QUIET, open_snags=9, unthanked=3), night)] == ["night", "care", "care"]


def test_a_signal_that_called_lately_lets_another_speak() -> None:
    facts = replace(QUIET, slow_asks=2, open_snags=3)
    first = pick([facts])
    told = [Told(first.prompt.id, Signal.SLOW_ASKS, MONDAY)]
    assert pick([facts], told, MONDAY + WEEK).reason == Heard(Signal.OPEN_SNAGS, 3, team="care")
    assert pick([facts], told, MONDAY + 5 * WEEK).reason == Heard(Signal.SLOW_ASKS, 2, team="care")


def test_where_all_that_a_signal_calls_has_come_the_turn_goes_on_and_says_so() -> None:
    told = [Told(one.id, Signal.OPEN_SNAGS, MONDAY) for one in book() if Signal.OPEN_SNAGS in one.signals]
    reason = pick([replace(QUIET, open_snags=3)], told, MONDAY + WEEK).reason
    assert isinstance(reason, Turn)
    assert not reason.quiet


def test_what_makes_sense_only_when_it_is_called_never_comes_by_turn() -> None:
    told: list[Told] = []
    for week in range(QUARTER):
        found = pick([QUIET], told, MONDAY + week * WEEK)
        assert found.prompt.anytime
        told.append(Told(found.prompt.id, None, MONDAY + week * WEEK))


def test_where_everything_was_shown_within_the_quarter_nothing_comes() -> None:
    told = [Told(one.id, None, MONDAY) for one in book()]
    assert choose(book(), (), told, MONDAY + 12 * WEEK, "U0MIA", DIMENSIONS) is None
    assert choose(book(), (), told, MONDAY + 13 * WEEK, "U0MIA", DIMENSIONS)


def test_readers_take_different_paths() -> None:
    assert len({pick(reader=f"U{number}").prompt.id for number in range(50)}) > 20


# -- a year of fifty managers ------------------------------------------------------------------------------------


def year(reader: str, weeks: Iterator[Sequence[Facts]], chance: random.Random) -> list[tuple[Chosen, Told]]:
    """What somebody is shown in a year, who sometimes asks for another one."""
    shown: list[tuple[Chosen, Told]] = []
    for number, facts in zip(range(52), weeks, strict=False):
        monday = MONDAY + number * WEEK
        for _ in range(chance.choice([1, 1, 1, 1, 2, MOST])):
            found = pick(facts, [told for _, told in shown], monday, reader)
            signal = found.reason.signal if isinstance(found.reason, Heard) else None
            check(found, facts, [told for _, told in shown], monday)
            shown.append((found, Told(found.prompt.id, signal, monday)))
    return shown


def check(found: Chosen, facts: Sequence[Facts], told: Sequence[Told], monday: date) -> None:
    """The reason is true of what it names."""
    if isinstance(found.reason, Heard):
        assert found.reason in heard(*facts)
        assert found.reason.signal in found.prompt.signals
        return
    served = [one.monday for one in told if DIMENSIONS[one.prompt] is found.prompt.dimension]
    assert found.reason.weeks == ((monday - max(served)) // WEEK if served else None)
    assert found.reason.quiet == (heard(*facts) == ())


def keeps_the_rules(shown: Sequence[tuple[Chosen, Told]]) -> None:
    last: dict[str, date] = {}
    served: dict[Dimension, list[date]] = defaultdict(list)
    for found, told in shown:
        before = last.get(found.prompt.id)
        assert before is None or told.monday - before >= QUARTER * WEEK
        last[found.prompt.id] = told.monday
        served[found.prompt.dimension].append(told.monday)
    assert set(served) == set(Dimension)


def test_a_year_of_fifty_managers() -> None:
    """Each with weeks of their own: quiet ones, hard ones, and ones in which everything happens."""
    chance = random.Random(5)
    for number in range(50):
        hard = chance.random()

        def weeks(hard: float = hard) -> Iterator[Sequence[Facts]]:
            while True:
                yield [_some(chance, hard, team) for team in chance.choice([["care"], ["care", "night"]])]

        keeps_the_rules(year(f"U{number}", weeks(), chance))


def _some(chance: random.Random, hard: float, team: str) -> Facts:
    def often(most: int) -> int:
        return chance.randint(1, most) if chance.random() < hard else 0

    return replace(
        QUIET,
        team=team,
        arrivals=chance.choice([20, 20, 45]),
        after_hours=often(9),
        unthanked=often(4),
        slow_asks=often(4),
        open_snags=often(6),
        boundary_calls=often(2),
        newcomers=often(2),
        pulse_down=chance.choice([None, None, *About]) if hard > 0.5 else None,
        in_time=tuple(chance.choice([0.6, 0.8, 0.95]) for _ in range(9)),
    )


@settings(max_examples=25)
@given(st.lists(st.lists(FACTS, max_size=2), min_size=1, max_size=6), st.text(max_size=5), st.integers())
def test_whatever_a_year_brings_the_rules_hold(weeks: list[list[Facts]], reader: str, seed: int) -> None:
    """Also where the same signal is heard all year long."""

    def again() -> Iterator[Sequence[Facts]]:
        while True:
            yield from weeks

    keeps_the_rules(year(reader, again(), random.Random(seed)))


def test_a_dimension_that_the_weeks_never_call_comes_within_a_quarter_all_the_same() -> None:
    """Many questions and good answers, week after week: nothing that these call is about empowering."""
    facts = replace(QUIET, arrivals=40, in_time=(0.8, 0.96))
    called = {one.signal for one in heard(facts)}
    assert not any(one.dimension is Dimension.EMPOWERING and called & set(one.signals) for one in book())
    shown = year("U0MIA", iter([[facts]] * 52), random.Random(1))
    keeps_the_rules(shown)
    weeks = [told.monday for found, told in shown if found.prompt.dimension is Dimension.EMPOWERING]
    assert len(weeks) >= 2
    assert all(after - before <= (QUARTER + 1) * WEEK for before, after in pairwise(weeks))


# -- adding and retiring -----------------------------------------------------------------------------------------

OWN = replace(book()[0], id="own")


def test_ones_own_come_beside_the_others_and_only_for_their_team() -> None:
    assert OWN in active(book(), [OWN], (), {"care": ()})
    assert replace(OWN, team="care") in active(book(), [replace(OWN, team="care")], (), {"care": (), "night": ()})
    assert len(active(book(), [replace(OWN, team="care")], (), {"night": ()})) == len(book())


def test_what_is_retired_does_not_come() -> None:
    found = {one.id for one in active(book(), [OWN], ["worst-hour"], {"care": ["own"], "night": ["empty-rota"]})}
    assert found == {one.id for one in book()} - {"worst-hour", "empty-rota"}


@given(st.sets(st.sampled_from([one.id for one in book()])))
def test_a_dimension_without_prompts_holds_up_no_other(retired: set[str]) -> None:
    """Whatever is retired: while a signal is heard and calls something, that comes within a quarter."""
    left = active(book(), (), retired, {"care": ()})
    told: list[Told] = []
    signals = set()
    for week in range(2 * QUARTER):
        monday = MONDAY + week * WEEK
        found = choose(left, heard(replace(QUIET, slow_asks=2)), told, monday, "U0MIA", DIMENSIONS)
        if found:
            assert found.prompt.id not in retired
            signals.add(found.reason.signal if isinstance(found.reason, Heard) else None)
            told.append(Told(found.prompt.id, None, monday))
    assert Signal.SLOW_ASKS in signals or not any(Signal.SLOW_ASKS in one.signals for one in left)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 3, 2), date(2026, 3, 4)),  # on Monday for Wednesday
        (date(2026, 3, 4), date(2026, 3, 6)),
        (date(2026, 3, 5), date(2026, 3, 9)),  # on Thursday for the Monday after
        (date(2026, 3, 6), date(2026, 3, 9)),
        (date(2026, 3, 7), date(2026, 3, 9)),
        (date(2026, 3, 8), date(2026, 3, 10)),
    ],
)
def test_the_day_that_is_offered_leaves_some_room_and_is_no_weekend(today: date, day: date) -> None:
    assert reminder_day(today) == day
