"""Working time: which moments count, and the sums over them.

The clock on the wall decides: a moment counts when the local time it shows lies in a block of that local day.
So an hour that a clock shows twice (autumn) counts twice, one that it skips (spring) never, and a night shift is
as long as the hours that its clock really showed. A holiday is a local date and empties exactly that date, from
midnight to midnight: a shift begun the evening before stops at midnight, one that begins on its evening works
from the midnight after.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.openings import DAY, EMPTY, NONE, Opening, Table, spans

Block = tuple[time, time]
Day = tuple[Block, ...]  # an end at or before its start lies in the next day; (00:00, 00:00) is the whole day
Days = tuple[Day, Day, Day, Day, Day, Day, Day]  # Monday first

MARGIN = timedelta(days=183)  # how far past what is asked the table is built
HORIZON = timedelta(days=50 * 366)  # a search over endless holidays has to end somewhere
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class BadHours(ValueError):
    """Hours that cannot be meant; the message is a sentence for the person who wrote them."""


class NoWorkingTime(ValueError):
    """The working time asked for does not come within 50 years, or ever."""


@dataclass(frozen=True, slots=True)
class Week:
    """The blocks of a usual week, Monday first, in the wall-clock time of one IANA zone. Raises BadHours."""

    zone: str
    days: Days

    def __post_init__(self) -> None:
        _zone(self.zone)
        if len(self.days) != len(NAMES):
            raise BadHours(f"A week has 7 days, but {len(self.days)} are given.")
        for name, pieces in zip(NAMES, _by_weekday(self), strict=True):
            for earlier, later in pairwise(pieces):
                if later.opens < earlier.shuts:
                    raise BadHours(f"{name}: {_written(earlier.block)} overlaps {_written(later.block)}.")


class Schedule:
    """A week without its holidays, as sums over UTC. Takes aware datetimes of any zone, gives UTC.

    Immutable to those who use it, hashable, and safe to share between threads: the table of openings grows
    with what is asked and is only ever replaced as a whole. Naive datetimes raise ValueError.
    """

    __slots__ = ("_pattern", "_table", "_zone", "holidays", "week")

    def __init__(self, week: Week, holidays: Collection[date] = ()) -> None:
        self.week = week
        self.holidays = frozenset(holidays)
        self._zone = _zone(week.zone)
        self._pattern = _by_weekday(week)
        self._table = EMPTY

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Schedule):
            return NotImplemented
        return (self.week, self.holidays) == (other.week, other.holidays)

    def __hash__(self) -> int:
        return hash((self.week, self.holidays))

    def __repr__(self) -> str:
        return f"Schedule({self.week!r}, {sorted(self.holidays)!r})"

    def due(self, start: datetime, working: timedelta) -> datetime:
        """The moment by which `working` working time has passed since `start`.

        It may be the very end of a block (17:00 on Friday, not 09:00 on Monday). No working time at all is
        due at `start` when that is open, else at the next opening. Raises NoWorkingTime.
        """
        if working <= NONE:
            if working < NONE:
                raise ValueError("working time cannot be negative")
            return self.next_open(start)
        at = _utc(start)
        table = self._around(at, at)
        goal = table.worked(at) + working
        while goal > table.worked_by[-1]:
            table = self._later(table, at)
        place = bisect_left(table.worked_by, goal)
        return table.ends[place] - (table.worked_by[place] - goal)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` to `end`; none if `end` is not later."""
        since, until = _utc(start), _utc(end)
        if until <= since:
            return NONE
        table = self._around(since, until)
        return table.worked(until) - table.worked(since)

    def is_open(self, at: datetime) -> bool:
        """Whether `at` counts. A block's first moment does, its end does not."""
        moment = _utc(at)
        table = self._around(moment, moment)
        return moment < table.ends[table.place(moment)]

    def next_open(self, at: datetime) -> datetime:
        """`at` itself when it is open, else the start of the next block. Raises NoWorkingTime."""
        moment = _utc(at)
        table, place = self._block(moment)
        return max(moment, table.starts[place])

    def closes(self, at: datetime) -> datetime:
        """The end of the block that `at` is in, else of the next one. Raises NoWorkingTime.

        Blocks that touch stay apart, so a team that never closes has an end of its day too: local midnight.
        """
        moment = _utc(at)
        table, place = self._block(moment)
        while table.ends[place] == table.until:  # cut by the table's edge, perhaps not by the wall clock
            table = self._later(table, moment)
        return table.ends[place]

    def _around(self, first: datetime, last: datetime) -> Table:
        table = self._table
        if table.since <= first and last < table.until:
            return table
        return self._grown(table, first - MARGIN, last + MARGIN)

    def _later(self, table: Table, at: datetime) -> Table:
        """The table with its end twice as far: what is looked for after `at` was not in it."""
        if not any(self._pattern):
            raise NoWorkingTime("This week has no working time.")
        if table.until - at > HORIZON:
            raise NoWorkingTime("There is not that much working time within 50 years.")
        return self._grown(table, table.since, table.until + (table.until - table.since))

    def _grown(self, table: Table, since: datetime, until: datetime) -> Table:
        if table is EMPTY:
            table = Table.of([], since, since)
        since, until = min(since, table.since), max(until, table.until)
        before = self._openings(since, table.since)
        after = self._openings(table.until, until)
        self._table = Table.of([*before, *table.openings, *after], since, until)
        return self._table

    def _block(self, at: datetime) -> tuple[Table, int]:
        """The block that `at` is in, else the next one: its place in a table."""
        table = self._around(at, at)
        place = table.place(at)
        if at >= table.ends[place]:
            place += 1
        while place == len(table.starts):
            table = self._later(table, at)
        return table, place

    def _openings(self, since: datetime, until: datetime) -> Iterator[Opening]:
        for begun, ended, offset in spans(self._zone, since, until):
            for ordinal in range((begun + offset).toordinal(), (ended + offset).toordinal() + 1):
                today = date.fromordinal(ordinal)
                if today in self.holidays:
                    continue
                midnight = datetime.combine(today, time.min, UTC) - offset
                for piece in self._pattern[today.weekday()]:
                    start, end = max(midnight + piece.opens, begun), min(midnight + piece.shuts, ended)
                    if start < end:
                        yield Opening(start, end, (ordinal - piece.age, piece.block))


class _Piece(NamedTuple):
    """What of a block lies within one local day, as time since midnight; age 1: it began the day before."""

    opens: timedelta
    shuts: timedelta
    age: int
    block: Block


def _by_weekday(week: Week) -> tuple[tuple[_Piece, ...], ...]:
    pieces: list[list[_Piece]] = [[] for _ in week.days]
    for weekday, blocks in enumerate(week.days):
        for block in blocks:
            opens, shuts = _since_midnight(block[0]), _since_midnight(block[1])
            if opens < shuts:
                pieces[weekday].append(_Piece(opens, shuts, 0, block))
                continue
            pieces[weekday].append(_Piece(opens, DAY, 0, block))
            if shuts:
                pieces[(weekday + 1) % len(NAMES)].append(_Piece(NONE, shuts, 1, block))
    return tuple(tuple(sorted(day)) for day in pieces)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is UTC:
        return at
    if at.utcoffset() is None:
        raise ValueError("a moment needs its zone: naive datetimes are not taken")
    return at.astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadHours(f"{name!r} is not a time zone such as Europe/Berlin or UTC.") from error


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)


def _written(block: Block) -> str:
    return "–".join(f"{at:%H:%M}" for at in block)


_WHOLE_DAY: Day = ((time(0), time(0)),)
_NINE_TO_FIVE: Day = ((time(9), time(17)),)
ROUND_THE_CLOCK = Week("UTC", (_WHOLE_DAY,) * 7)
OFFICE = Week("UTC", (_NINE_TO_FIVE,) * 5 + ((), ()))
