"""Waits counted in the database: however many there are, none of them is loaded.

What is counted stands in ix_waits_ended, where the waits that ended in a stretch of time lie side by side. PostgreSQL
ranks the times itself; SQLite hands them over one by one, and all that is kept is how often each of them occurred.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Executable,
    Interval,
    Text,
    func,
    literal,
    select,
    true,
    type_coerce,
    union_all,
)

from bot.domain.conversations import EndedBy
from bot.domain.statistics import AGAIN, SILENCE, Counts, nearest_rank
from bot.domain.weeks import Week
from bot.store.db import is_sqlite
from bot.store.tables import waits

AT_A_TIME = 10_000
MEDIAN, HIGH = 50, 90  # percent of the first answers that came within it
MOMENT = timedelta(microseconds=1)
# What a customer took back was no wait, nor what was told otherwise since; a call leaves every figure.
UNCOUNTED = (EndedBy.DELETED, EndedBy.NEVER, EndedBy.BOUNDARY)


def answers(
    tx: Connection, whose: ColumnElement[bool], weeks: Sequence[Week], now: datetime, by: str | None = None
) -> Iterator[Counts]:
    """All that is to be said of the waits that were answered in each of these weeks, oldest first; `by` one person."""
    times = _times_on_sqlite if is_sqlite(tx) else _times
    again = _asked_again(tx, whose & _by(waits.c.last_answer_by, by), weeks, now) if weeks else ()
    for week, asked_again in zip(weeks, again, strict=True):
        answered = _answered(whose & _by(waits.c.ended_user, by), week)
        median_s, p90_s = times(tx, answered)
        found = tx.execute(_totals(is_sqlite(tx), answered, now)).mappings().one()
        yield Counts(week, **found, median_s=median_s, p90_s=p90_s, asked_again=asked_again)


def totals(tx: Connection, whose: ColumnElement[bool], week: Week, now: datetime) -> Counts:
    """The same, but nothing of times and of what came after."""
    return Counts(week, **tx.execute(_totals(is_sqlite(tx), _answered(whose, week), now)).mappings().one())


def arrivals(tx: Connection, whose: ColumnElement[bool], since: datetime, until: datetime) -> Counter[datetime]:
    """How many waits began in each minute between two moments."""
    minute = _minute(is_sqlite(tx))
    began = whose & (waits.c.started_at >= since) & (waits.c.started_at < until)
    ended = select(minute).where(began, waits.c.ended_at >= since, waits.c.ended_by.not_in(UNCOUNTED))
    both = union_all(ended, select(minute).where(began, waits.c.ended_at.is_(None)))
    if is_sqlite(tx):  # which would sort them all to count them
        told = Counter(tx.execute(both, execution_options={"yield_per": AT_A_TIME}).scalars())
        return Counter({datetime.fromisoformat(f"{at}+00:00"): count for at, count in told.items()})
    each = both.subquery()
    found = tx.execute(select(each.c.minute, func.count()).group_by(each.c.minute))
    return Counter({row[0]: row[1] for row in found.all()})


def _by(column: Column[Any], person: str | None) -> ColumnElement[bool]:
    return column == person if person else true()


def _answered(whose: ColumnElement[bool], week: Week) -> ColumnElement[bool]:
    return whose & _in(week) & (waits.c.ended_by == EndedBy.ANSWER)


def _in(week: Week, at: Column[datetime] = waits.c.ended_at) -> ColumnElement[bool]:
    return (at >= week.start) & (at < week.end)


def _totals(on_sqlite: bool, answered: ColumnElement[bool], now: datetime) -> Executable:
    silence = waits.c.started_at < _later(on_sqlite, waits.c.ended_at, -SILENCE)
    return select(
        func.count().filter(waits.c.first).label("conversations"),
        func.count().label("answers"),
        _answerers(on_sqlite, answered).label("answerers"),
        _answerers(on_sqlite, answered, waits.c.first).label("first_answerers"),
        func.count().filter(waits.c.working_s <= waits.c.target_s).label("in_time"),
        func.count().filter(waits.c.ended_at <= now - AGAIN).label("settled"),
        func.count().filter(silence).label("silence_broken"),
        func.count().filter(waits.c.after_hours).label("after_hours"),
    ).where(answered)


def _answerers(
    on_sqlite: bool, answered: ColumnElement[bool], only: ColumnElement[bool] | None = None
) -> ColumnElement[int]:
    """How many people. PostgreSQL would sort all answers to count them in passing."""
    those = true() if only is None else only
    if on_sqlite:
        return func.count(waits.c.ended_user.distinct()).filter(those)
    people = select(waits.c.ended_user).where(answered, those, waits.c.ended_user.is_not(None)).distinct().subquery()
    return select(func.count()).select_from(people).scalar_subquery()


def _times(tx: Connection, answered: ColumnElement[bool]) -> tuple[int | None, int | None]:
    ranks = (func.percentile_disc(percent / 100).within_group(waits.c.working_s) for percent in (MEDIAN, HIGH))
    row = tx.execute(select(*ranks).where(answered, waits.c.first)).one()
    return row[0], row[1]


def _times_on_sqlite(tx: Connection, answered: ColumnElement[bool]) -> tuple[int | None, int | None]:
    timed = select(waits.c.working_s).where(answered, waits.c.first, waits.c.working_s.is_not(None))
    counted = Counter(tx.execute(timed, execution_options={"yield_per": AT_A_TIME}).scalars())
    return nearest_rank(counted, MEDIAN), nearest_rank(counted, HIGH)


def _asked_again(tx: Connection, whose: ColumnElement[bool], weeks: Sequence[Week], now: datetime) -> Sequence[int]:
    """For each week, of the answers that are old enough to tell, those after which another wait began too soon."""
    soon = waits.c.started_at <= _later(is_sqlite(tx), waits.c.last_answer_at, AGAIN)
    settled = Week(weeks[0].start, min(weeks[-1].end, now - AGAIN + MOMENT), weeks[0].monday)
    by_week = select(*(func.count().filter(_in(week, waits.c.last_answer_at)) for week in weeks))
    counts = waits.c.ended_by.is_(None) | waits.c.ended_by.not_in(UNCOUNTED)
    again = _in(settled, waits.c.last_answer_at) & soon & counts
    return tx.execute(by_week.where(whose, again)).one()


def _later(on_sqlite: bool, at: Column[datetime], by: timedelta) -> ColumnElement[datetime]:
    """Whole days after a moment. SQLite knows moments as text, and rounds them when it reckons with them."""
    if not on_sqlite:
        return type_coerce(at + literal(by, Interval), at.type)
    date = func.date(func.substr(at, 1, 10), f"{by.days:+d} days", type_=Text)
    return type_coerce(date.concat(func.substr(at, 11, type_=Text)), at.type)


def _minute(on_sqlite: bool) -> ColumnElement[Any]:
    """In which a wait began; on SQLite as text, such as 2026-03-02 09:30."""
    if on_sqlite:
        return func.substr(waits.c.started_at, 1, 16, type_=Text).label("minute")
    return func.date_trunc("minute", waits.c.started_at, "UTC", type_=waits.c.started_at.type).label("minute")
