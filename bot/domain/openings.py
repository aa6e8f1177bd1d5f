"""Openings in UTC, in order and summed up: what `hours` searches. And the clock changes of a zone."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

NONE = timedelta(0)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


class Opening(NamedTuple):
    start: datetime
    end: datetime
    origin: tuple[int, tuple[time, time]]  # the ordinal of the local date on which the block began, and the block


@dataclass(frozen=True, slots=True)
class Table:
    """Every opening from `since` to `until`, in order, with the working time until the end of each.

    Place 0 is an empty opening before all others, so that every moment has a place.
    """

    since: datetime
    until: datetime
    openings: list[Opening]
    starts: list[datetime]
    ends: list[datetime]
    worked_by: list[timedelta]

    @classmethod
    def of(cls, pieces: list[Opening], since: datetime, until: datetime) -> "Table":
        openings = list(_joined(pieces))
        starts = [since, *(opening.start for opening in openings)]
        ends = [since, *(opening.end for opening in openings)]
        lengths = (end - start for start, end in zip(starts, ends, strict=True))
        return cls(since, until, openings, starts, ends, list(accumulate(lengths)))

    def place(self, at: datetime) -> int:
        """Of the last opening that starts at or before `at`."""
        return bisect_right(self.starts, at) - 1

    def worked(self, at: datetime) -> timedelta:
        """Working time from the table's start to `at`."""
        place = self.place(at)
        end = self.ends[place]
        return self.worked_by[place] - (end - at) if at < end else self.worked_by[place]


def _joined(pieces: list[Opening]) -> Iterator[Opening]:
    """One opening a block, where midnight, a clock change or a table's edge had cut it without a gap."""
    last: Opening | None = None
    for piece in pieces:
        if last and (last.end, last.origin) == (piece.start, piece.origin):
            last = last._replace(end=piece.end)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def spans(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Stretches of constant UTC offset, found by a look a day: no zone changes its clocks more often."""
    begun = seen = since
    offset = _offset(zone, since)
    while seen < until:
        look = min(seen + DAY, until)
        if _offset(zone, look) == offset:
            seen = look
            continue
        switch = _switch(zone, offset, seen, look)
        yield begun, switch, offset
        begun = seen = switch
        offset = _offset(zone, switch)
    if begun < until:
        yield begun, until, offset


def _switch(zone: ZoneInfo, offset: timedelta, before: datetime, after: datetime) -> datetime:
    """The second between the two at which `offset` stopped."""
    low, high = 0, (after - before) // SECOND + 1
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, before + middle * SECOND) == offset:
            low = middle
        else:
            high = middle
    return (before + high * SECOND).replace(microsecond=0)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or NONE


EMPTY = Table.of([], datetime.max.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
