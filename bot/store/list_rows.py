"""What stands in a person's list: read from the tables that tell of it, whenever it is drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, bindparam, select

from bot.domain import because
from bot.domain.asks import Asked, Outcome
from bot.domain.because import Cause
from bot.domain.conversations import EndedBy
from bot.domain.living_list import Fresh
from bot.domain.nudges import NEVER_AGAIN
from bot.domain.presence import Mode, Quiet
from bot.store import ask_rows, asks, boundary, gaps, lists, overloads, people, promises
from bot.store.columns import UtcDateTime
from bot.store.conversations import Place
from bot.store.db import is_sqlite
from bot.store.leading_tables import asks as asks_table
from bot.store.overloads import Overload
from bot.store.promise_notes import customer_waits
from bot.store.promise_tables import promises as promises_table
from bot.store.promises import Stored
from bot.store.tables import nudges, waits
from bot.store.waiting import TOLD, Desk, Told, set_aside_until
from bot.store.workspaces import Workspace
from bot.views.living_list import MOST_LINES, MOST_OVER, Line, Load, Over, Page
from bot.views.nudges import Waiting

LEADING = "how_help"  # the manager's step
FOR_AGENTS = ("reply", "help", "handed", "passed", "snoozed", "paused")
FAR = timedelta(hours=2)  # between clocks, from which on the customer's matters
MAY_SAY_MORE = timedelta(days=7)


class Entry(NamedTuple):
    """A customer who waits, with the latest nudge about it."""

    nudge: Row[Any]
    told: Told

    @property
    def because(self) -> str:
        """Why it came to its reader, also once the ladder has spoken to them again."""
        kept = self.told.because if self.told.owner == self.nudge.to else None
        return str(self.nudge.because or kept or "")

    def rests(self, now: datetime) -> bool:
        """Whether nothing is asked of anybody for now."""
        return set_aside_until(self.told, now) is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that there is for one person now."""

    workspace: Workspace
    reader: str
    desk: Desk
    entries: Sequence[Entry]
    asks: Sequence[Asked]
    promised: Sequence[Stored]
    loads: Sequence[Overload] = ()
    is_whole: bool = True  # nothing was left out because what was missed in its channel is still being read

    def __bool__(self) -> bool:
        return bool(self.entries or self.asks or self.promised or self.loads)


def read(tx: Connection, workspace: Workspace, reader: str, now: datetime) -> Standing:
    """What this person is to be told of, as it is in this transaction."""
    latest = {row.wait_id: row for row in tx.execute(_NUDGES, {"team": workspace.team_id, "reader": reader})}
    all_told = _told(tx, list(latest))
    all_promised = _promised(tx, workspace, reader)
    unread = gaps.open_in(tx, workspace.team_id, {row.channel for row in (*all_told, *all_promised)}, now)
    told = [row for row in all_told if row.channel not in unread]
    desk = Desk(tx, workspace, told)
    entries = [Entry(latest[row.id], row) for row in told if desk.is_customer_channel(row.channel)]
    called = [*asks.on_clock(tx, workspace, reader), *_when(tx, workspace, reader, now)]
    promised = [row for row in all_promised if row.channel not in unread]
    loads = overloads.told_to(tx, workspace, reader)
    return Standing(workspace, reader, desk, entries, called, promised, loads, not unread)


def fresh(tx: Connection, standing: Standing, since: datetime | None, now: datetime) -> Fresh:
    """What of it is new since then; nothing where there were no news."""
    if since is None:
        return Fresh()
    new = [one for one in standing.entries if one.nudge.created_at >= since and not one.rests(now)]
    own = any(one.nudge.say != LEADING for one in new) or any(
        row.nudged_at >= since and not (row.snoozed_until and row.snoozed_until > now) for row in standing.promised
    )
    leading = any(one.nudge.say == LEADING for one in new) or _calls(tx, standing, since, now)
    leading = leading or any(one.rung_at and one.rung_at >= since for one in standing.loads)
    return Fresh(own, leading)


def page(tx: Connection, standing: Standing, quiet: Quiet, now: datetime, posted_at: datetime | None = None) -> Page:
    """The same for its reader's eyes, what presses most first; and what is over since the list was posted."""
    workspace, desk = standing.workspace, standing.desk
    silence = gaps.silence(tx, workspace.team_id, now)
    described = [(one, desk.describe(one.told, now, _who(one.nudge))) for one in standing.entries]
    shown = sorted(described, key=lambda one: _urgency(one, now))[:MOST_LINES]
    return Page(
        reader=standing.reader,
        lines=tuple(_lines(tx, workspace, shown, quiet, now)),
        count=len(described),
        asks=tuple(ask_rows.tell(tx, workspace, asked, now) for asked in standing.asks),
        promised=tuple(promises.tell(tx, workspace, standing.promised, now)),
        loads=tuple(Load(one.user, one.open, one.limit) for one in standing.loads),
        over=tuple(_over(tx, standing, posted_at, now)) if posted_at else (),
        away_from=silence.away_from if silence else None,
        away_until=silence.away_until if silence else None,
        quiet=quiet.mode is Mode.QUIET,
    )


def _over(tx: Connection, standing: Standing, since: datetime, now: datetime) -> Iterator[Over]:
    """What ended, or was passed on, latest first."""
    workspace, reader = standing.workspace, standing.reader
    given = {"team": workspace.team_id, "reader": reader, "since": since}
    waiting = {one.told.id for one in standing.entries}
    wait_ids = [wait_id for wait_id in tx.execute(_GONE, given).scalars() if wait_id not in waiting]
    told = {row.id: row for row in _told(tx, wait_ids)}
    desk = Desk(tx, workspace, list(told.values()))
    for row in [told[wait_id] for wait_id in dict.fromkeys(wait_ids) if wait_id in told]:
        if row.ended_by:
            yield Over(desk.describe(row, now), EndedBy(row.ended_by), row.ended_user)
        elif row.owner and row.owner != reader and row.steps_done < NEVER_AGAIN:
            yield Over(desk.describe(row, now), to=row.owner)


def _urgency(one: tuple[Entry, Waiting], now: datetime) -> tuple[bool, float, int]:
    entry, waiting = one
    return entry.rests(now), -waiting.waited / waiting.target if waiting.target else 0.0, entry.nudge.id


def _lines(
    tx: Connection, workspace: Workspace, shown: Sequence[tuple[Entry, Waiting]], quiet: Quiet, now: datetime
) -> Iterator[Line]:
    zones = _zones(tx, workspace, [one.told.customer for one, _ in shown if one.told.customer])
    before = _before(tx, workspace, [one for one, _ in shown])
    for one, waiting in shown:
        told = one.told
        yield Line(
            nudge_id=one.nudge.id,
            waiting=waiting,
            say=one.nudge.say,
            because=one.because,
            claimed_by=told.claimed_by,
            local=_local(zones.get(told.customer), quiet, now),
            before=before.get(told.id),
        )


def _who(nudge: Row[Any]) -> str | None:
    """Whoever handed it over stands in its reason, the owner in the wait itself."""
    known = because.read(nudge.because) if nudge.say == "handed" else None
    return known.user if known and known.cause is Cause.BY else None


def _zones(tx: Connection, workspace: Workspace, customers: Sequence[str]) -> dict[str, str]:
    return {user: one.zone for user, one in people.get_many(tx, workspace.team_id, customers).items()}


def _local(zone: str | None, quiet: Quiet, now: datetime) -> datetime | None:
    """Now on the customer's clock, where that is another than the reader's."""
    if not zone:
        return None
    theirs, ours = now.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(quiet.zone))
    far = abs((theirs.utcoffset() or timedelta()) - (ours.utcoffset() or timedelta())) >= FAR
    return theirs if far else None


def _before(tx: Connection, workspace: Workspace, shown: Sequence[Entry]) -> dict[int, Any]:
    """What agents are to know before they answer, by wait: not who called, and of each call before one place alone."""
    to_agents = [one for one in shown if one.nudge.say in FOR_AGENTS]
    known = boundary.notes(tx, workspace.team_id, [one.told.id for one in to_agents])
    spoken: dict[int, Place] = {}
    found: dict[int, Any] = {}
    for one in to_agents:
        note = known.get(one.told.id)
        if note is None or note.agent == one.nudge.to or spoken.setdefault(note.ask_id, note.place) != note.place:
            continue
        found[one.told.id] = note.told
        if not note.read_here:
            boundary.met(tx, workspace.team_id, note)
    return found


def _told(tx: Connection, wait_ids: Sequence[int]) -> Sequence[Told]:
    if not wait_ids:
        return ()
    return tx.execute(_of_waits(is_sqlite(tx)), {"waits": lists.packed(wait_ids)}).all()


def _when(tx: Connection, workspace: Workspace, reader: str, now: datetime) -> list[Asked]:
    """Asks that this person answered with a time: for a week, they may say what came of it."""
    here = (asks_table.c.ended_user == reader) & (asks_table.c.outcome == Outcome.WHEN)
    return ask_rows.find(tx, workspace.team_id, here & (asks_table.c.answered_at > now - MAY_SAY_MORE))


def _promised(tx: Connection, workspace: Workspace, reader: str) -> list[Stored]:
    """Promises that were brought up. Where the customer waits meanwhile, that is told instead."""
    here = (promises_table.c.by == reader) & promises_table.c.ended_at.is_(None)
    rows = promises.find(tx, workspace.team_id, here & promises_table.c.nudged_at.is_not(None))
    return [row for row in rows if not customer_waits(tx, row)]


def _calls(tx: Connection, standing: Standing, since: datetime, now: datetime) -> bool:
    """Whether an agent's call has come to this person since then, or come back."""
    ids = [one.id for one in standing.asks if one.open and not (one.snoozed_until and one.snoozed_until > now)]
    if not ids:
        return False
    new = select(asks_table.c.id).where(asks_table.c.id.in_(ids), asks_table.c.nudged_at >= since)
    return tx.execute(new.limit(1)).first() is not None


_NUDGES: Select[Any] = (
    select(nudges)
    .join_from(nudges, waits, nudges.c.wait_id == waits.c.id)
    .where(
        nudges.c.team_id == bindparam("team"),
        nudges.c.to == bindparam("reader"),
        nudges.c.cleared_at.is_(None),
        waits.c.ended_at.is_(None),
    )
    .order_by(nudges.c.id)
)


_GONE = (
    select(nudges.c.wait_id)
    .where(
        nudges.c.team_id == bindparam("team"),
        nudges.c.to == bindparam("reader"),
        nudges.c.cleared_at > bindparam("since", type_=UtcDateTime),
        nudges.c.not_needed_at.is_(None),
    )
    .order_by(nudges.c.cleared_at.desc(), nudges.c.id.desc())
    .limit(2 * MOST_OVER)
)


@cache
def _of_waits(on_sqlite: bool) -> Select[Any]:
    return TOLD.where(waits.c.id.in_(lists.numbers(on_sqlite, "waits")))
