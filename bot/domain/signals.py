"""What a team's week calls for: figures that the team's own tables hold, and from which point on they say something.

Each threshold is low enough to be heard in time and high enough that it does not call every week.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from bot.domain.prompt_book import Signal
from bot.domain.pulse import About

ENOUGH = 3  # weeks that make something usual
BUSY = 10  # questions a week, from which on a flood can be told from a drop
FLOOD = 1.25  # times as much as usual
EVENINGS = 3  # answers after hours; one or two happen
SNAGS = 2
LOW, GOOD = 0.75, 0.9  # shares of answers in time
MISSED = 3  # weeks in a row
ANSWERS = 10  # in a week, without which a share says nothing


@dataclass(frozen=True, slots=True)
class Facts:
    """A team's week, and what stands open after it. None and nothing: not known, or of too few to be told.

    `arrivals_before` are the weeks before in which anything was known, oldest first; `in_time` are the shares of
    answers within the target, the week itself last. `thanks_days` is how long nobody thanked the `unthanked`.
    `slow_asks` took longer than their target. `newcomers` gave their first answer in the last `newcomer_weeks`.
    `pulse_down` is what the pulse told of as worse than the time before.
    """

    team: str = ""
    arrivals: int = 0
    arrivals_before: tuple[int, ...] = ()
    answers: int = 0
    in_time: tuple[float | None, ...] = ()
    after_hours: int | None = None
    unthanked: int = 0
    thanks_days: int = 30
    slow_asks: int = 0
    open_snags: int = 0
    boundary_calls: int = 0
    newcomers: int = 0
    newcomer_weeks: int = 4
    pulse_down: About | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A signal with what says why: how many, what to see it beside (the usual number, days, percent), what it is about.

    `team` is the key of the team whose week it was.
    """

    signal: Signal
    count: int = 0
    beside: int = 0
    about: About | None = None
    team: str = ""


def heard(*teams: Facts) -> tuple[Heard, ...]:
    """What the week of these teams calls for, the most pressing first."""
    order = list(Signal)
    found = [replace(one, team=facts.team) for facts in teams for one in _heard(facts)]
    return tuple(sorted(found, key=lambda one: order.index(one.signal)))


def _heard(facts: Facts) -> Iterator[Heard]:
    if facts.boundary_calls:
        yield Heard(Signal.BOUNDARY_CALLS, facts.boundary_calls)
    if facts.slow_asks:
        yield Heard(Signal.SLOW_ASKS, facts.slow_asks)
    if facts.pulse_down:
        yield Heard(Signal.PULSE_DOWN, about=facts.pulse_down)
    if (facts.after_hours or 0) >= EVENINGS:
        yield Heard(Signal.AFTER_HOURS, facts.after_hours or 0)
    if facts.newcomers:
        yield Heard(Signal.NEW_COLLEAGUE, facts.newcomers, facts.newcomer_weeks)
    if facts.open_snags >= SNAGS:
        yield Heard(Signal.OPEN_SNAGS, facts.open_snags)
    if facts.unthanked:
        yield Heard(Signal.UNTHANKED, facts.unthanked, facts.thanks_days)
    yield from _flow(facts)


def _flow(facts: Facts) -> Iterator[Heard]:
    """What the figures of answers say."""
    if len(facts.arrivals_before) >= ENOUGH and facts.arrivals >= BUSY:
        usual = round(median(facts.arrivals_before))
        if facts.arrivals >= FLOOD * usual:
            yield Heard(Signal.OVERLOAD, facts.arrivals, usual)
    missed = _last_below(facts.in_time, LOW)
    if missed >= MISSED:
        yield Heard(Signal.OUT_OF_REACH, missed, round(100 * LOW))
    share = facts.in_time[-1] if facts.in_time else None
    if share is not None and share >= GOOD and facts.answers >= ANSWERS:
        yield Heard(Signal.GOOD_WEEK, facts.answers, int(100 * share))


def _last_below(shares: Sequence[float | None], limit: float) -> int:
    """How many weeks in a row, up to the last one, lie below."""
    count = 0
    for share in reversed(shares):
        if share is None or share >= limit:
            break
        count += 1
    return count
