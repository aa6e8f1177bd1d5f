"""What breaks whoever takes it: tried again after a while, then set aside, so that it holds up nothing else.

It is set aside for a day and then tried once more, since the next release may know better; but for some kinds, that
is for good. Here stands what it is and by which reference the log tells of it, and nothing of what was in it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Row, select, update

from bot.store import languages, outbox
from bot.store.people import admins_of
from bot.store.set_aside_tables import set_aside
from bot.store.upserts import upsert
from bot.store.workspaces import Workspace
from bot.views import set_aside as views

PAUSES = (timedelta(minutes=1), timedelta(minutes=5))  # after the first and the second time
REST = timedelta(days=1)  # after all others
FORGOTTEN = 2 * REST  # after which it has not broken before

EVENT, SAYING, PERSON = "event", "outbox", "person"  # kinds; others are those of `Due`, and the names of jobs
NOT_PUT_OFF = {EVENT, PERSON}  # they come again by themselves, and are tried whenever they do
FOR_GOOD = {*NOT_PUT_OFF, SAYING}  # once set aside, they are tried again only where somebody asks for it
PREFIX = "set-aside:"
_TAKING = "taking"  # in what is noted beside a connection


class Thing(NamedTuple):
    """What broke. `key` tells it from others of its kind; the place is of the message that it is about, if any."""

    team_id: str
    kind: str
    key: str = ""
    channel: str | None = None
    ts: str | None = None


class Stumble(NamedTuple):
    """That it broke. `until`: it is not tried before then."""

    reference: str
    tries: int
    until: datetime

    @property
    def is_aside(self) -> bool:
        """Whether it is given up for the day."""
        return self.tries > len(PAUSES)

    @property
    def is_news(self) -> bool:
        """Whether it has just been given up for the first time."""
        return self.tries == len(PAUSES) + 1


class Due(NamedTuple):
    """A kind of rows that are taken when they fall due: `at`. `key` tells them from each other in their workspace."""

    kind: str
    at: Column[Any]
    key: Column[Any]


def taking(tx: Connection, due: Due, rows: Sequence[Row[Any]]) -> None:
    """Somebody has taken these: if that breaks, `taken` tells what it was. In memory alone."""
    tx.info[_TAKING] = (due, rows)


def taken(tx: Connection) -> tuple[Due, Row[Any]] | None:
    """The one row that was taken last with this connection; None where it was none, or more."""
    due, rows = tx.info.pop(_TAKING, (None, ()))
    return (due, rows[0]) if len(rows) == 1 else None


def thing_of(due: Due, row: Row[Any]) -> Thing:
    """A row that was taken."""
    ts = getattr(row, "from_ts", None) or getattr(row, "ts", None)
    return Thing(row.team_id, due.kind, str(getattr(row, due.key.name)), getattr(row, "channel", None), ts)


def put_off(tx: Connection, stumble: Stumble, due: Due, row: Row[Any]) -> None:
    """Have it taken later."""
    this = (due.key.table.c.team_id == row.team_id) & (due.key == getattr(row, due.key.name))
    tx.execute(update(due.key.table).where(this, due.at.is_not(None)).values({due.at.name: stumble.until}))


def note(tx: Connection, thing: Thing, error: BaseException, reference: str, now: datetime) -> Stumble:
    """It broke. The reference stays that of the first time.

    Where it rests already, others were at it at the same time: that is one try.
    """
    lately = set_aside.c.last_at > now - FORGOTTEN
    row = tx.execute(select(set_aside).where(_is(thing), lately).with_for_update()).first()
    if row and thing.kind not in NOT_PUT_OFF and now < row.until <= now + REST:
        return Stumble(row.reference, row.tries, row.until)
    tries = row.tries + 1 if row else 1
    stumble = Stumble(row.reference if row else reference, tries, now + (*PAUSES, REST)[min(tries, 3) - 1])
    aside = row.set_aside_at if row and row.set_aside_at else now if stumble.is_aside else None
    values = thing._asdict() | stumble._asdict() | {"error": type(error).__name__, "set_aside_at": aside}
    since = {"first_at": row.first_at if row else now, "last_at": now}
    upsert(tx, set_aside, [values | since])
    return stumble


def rests(tx: Connection, thing: Thing, now: datetime) -> bool:
    """Whether it broke so lately that it is not to be tried now; what a clock that was ahead wrote does not count."""
    lately = (set_aside.c.until > now) & (set_aside.c.until <= now + REST)
    return tx.execute(select(set_aside.c.key).where(_is(thing), lately)).first() is not None


def is_aside(now: datetime) -> ColumnElement[bool]:
    """What is given up; not what has rested, was tried once more and has not broken since."""
    return set_aside.c.set_aside_at.is_not(None) & ((set_aside.c.until > now) | set_aside.c.kind.in_(FOR_GOOD))


def every(tx: Connection, now: datetime) -> list[Row[Any]]:
    """All that is set aside, the latest first."""
    return list(tx.execute(select(set_aside).where(is_aside(now)).order_by(set_aside.c.last_at.desc())))


def tell(tx: Connection, workspace: Workspace, thing: Thing, stumble: Stumble, now: datetime) -> None:
    """Its admins hear of it in private: once a day at most, however much breaks."""
    sayings = []
    for user in workspace.people(workspace.setup.admins) or admins_of(tx, workspace.team_id):
        with languages.to_person(tx, workspace.team_id, user):
            link = workspace.link(thing.channel, thing.ts, thing.ts) if thing.channel and thing.ts else None
            payload = views.told(link, stumble.reference).payload()
        sayings.append(outbox.Saying(f"{PREFIX}{now.date()}:{user}", outbox.POST, user, payload))
    outbox.put_many(tx, workspace.team_id, sayings, now)


def _is(thing: Thing) -> ColumnElement[bool]:
    here = (set_aside.c.team_id == thing.team_id) & (set_aside.c.kind == thing.kind)
    return here & (set_aside.c.key == thing.key)
