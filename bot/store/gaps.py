"""Gaps: what is to be read of Slack's history after a silence, page by page, by whichever process is free.

While a channel has a gap, what happens there waits in `unresolved` and nobody is nudged about it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, case, delete, insert, select, update
from sqlalchemy.sql.functions import coalesce

from bot.domain.gaps import INSTANT, LOOK_BACK, PATIENCE, Silence
from bot.domain.moments import moment, ts_of
from bot.domain.moves import Kind
from bot.store import unresolved
from bot.store.conversations import Place
from bot.store.gap_tables import gaps, listened_channels, listening
from bot.store.locks import lock_channels
from bot.store.standing import is_here
from bot.store.tables import channels, moves, waits
from bot.store.tables import unresolved as held
from bot.store.upserts import upsert
from bot.store.workspaces import Workspace

LEASE = timedelta(minutes=1)  # so long a page may take; then another process asks for it
LONGEST = timedelta(minutes=12)  # more than any pause: what waits longer was put off by a clock that was ahead
AHEAD = timedelta(days=1)  # history is read from the future on, since Slack's clock is not ours
TOLD_FOR = timedelta(hours=1)  # how long after a silence, and after what was missed is known, people are told of it
WORTH_TELLING = timedelta(minutes=6)  # so long Slack repeats what it could not deliver

UNREAD = "what was missed in its channel is still being read"  # why something is not said yet

AFTER_WAITS, HISTORY, ELSE = 0, 1, 2  # the parts of a gap


@dataclass(frozen=True, slots=True)
class Pace:
    """`burst` pages at once, then one each `interval`; `limit` messages a page."""

    interval: timedelta
    burst: int
    limit: int

    @property
    def ahead(self) -> timedelta:
        """How far before its turn a page may be asked for."""
        return self.interval * (self.burst - 1)


TIER_3 = Pace(timedelta(seconds=1.2), 50, 200)  # fifty and more a minute
SLOW = Pace(timedelta(minutes=1), 1, 15)


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of one, taken to be read: from `reached` on. A `root_ts` of "" is the history."""

    id: int
    team_id: str
    channel: str
    root_ts: str
    oldest: str
    reached: str
    is_new: bool
    tries: int

    @property
    def read_from(self) -> str:
        """How far back a history is read: its older messages tell which threads went on."""
        back = timedelta() if self.is_new else LOOK_BACK
        return ts_of(moment(self.oldest) - back - INSTANT)


class Asked(NamedTuple):
    """A customer's message for which somebody waits; `root_ts` is that of its thread, or its own."""

    channel: str
    ts: str
    root_ts: str


def open_in(tx: Connection, team_id: str, ids: Collection[str], now: datetime) -> set[str]:
    """Those of the channels in which something is still to be read or to be applied; all, while nobody listens.

    Of these nobody is to be told anything.
    """
    if not ids:
        return set()
    if tx.execute(select(listening.c.team_id).where(listening.c.team_id == team_id, _is_deaf(now))).first():
        return set(ids)
    here = (held.c.team_id == team_id) & held.c.channel.in_(sorted(set(ids)))
    return set(tx.execute(select(held.c.channel).where(here).distinct()).scalars())


def is_whole(table: Table, now: datetime) -> ColumnElement[bool]:
    """The same of rows with a channel, turned round: those of which people may be told."""
    here = (held.c.team_id == table.c.team_id) & (held.c.channel == table.c.channel)
    deaf = select(listening.c.team_id).where(listening.c.team_id == table.c.team_id, _is_deaf(now))
    return ~select(held.c.id).where(here).exists() & ~deaf.exists()


def _is_deaf(now: datetime) -> ColumnElement[bool]:
    return listening.c.heard_until < now - PATIENCE


def silence(tx: Connection, team_id: str, now: datetime) -> Silence | None:
    """The last silence, while people are to be told of it: until an hour after what was missed is known."""
    row = tx.execute(select(listening).where(listening.c.team_id == team_id)).first()
    if row is None or row.away_until is None or row.away_until - row.away_from < WORTH_TELLING:
        return None
    open_still = tx.execute(select(gaps.c.id).where(gaps.c.team_id == team_id, ~gaps.c.is_new).limit(1)).first()
    if open_still is None and now - row.away_until > TOLD_FOR:
        return None
    return Silence(row.away_from, row.away_until)


def open_for(
    tx: Connection, workspace: Workspace, ids: Collection[str], since: datetime, now: datetime, *, is_new: bool = False
) -> None:
    """All that happened in these channels since then is to be read, and in threads that go on."""
    if not ids:
        return
    team_id, oldest = workspace.team_id, ts_of(since)
    lock_channels(tx, team_id, ids)
    upsert(tx, listening, [{"team_id": team_id}], keep=None)
    unresolved.await_gap(tx, team_id, ids)
    asked = waiting(tx, team_id, ids)
    waits_there = {one.channel for one in asked}
    for channel in sorted(ids):
        rank = 2 if is_new else 0 if channel in waits_there else 1
        row = _row(team_id, channel, now) | {"rank": rank, "is_new": is_new}
        _read(tx, row | {"oldest": oldest, "part": HISTORY}, ts_of(now + AHEAD))
        for root_ts in sorted({one.root_ts for one in asked if one.channel == channel}):
            first = min(one.ts for one in asked if (one.channel, one.root_ts) == (channel, root_ts))
            _thread(tx, row | {"root_ts": root_ts, "oldest": min(first, oldest), "part": AFTER_WAITS})
    for channel, root_ts in [] if is_new else _old_threads(tx, team_id, ids, since):
        rank = 0 if channel in waits_there else 1
        _thread(
            tx,
            _row(team_id, channel, now) | {"rank": rank, "root_ts": root_ts, "oldest": oldest, "part": ELSE},
        )


def follow(tx: Connection, gap: Gap, threads: Sequence[tuple[str, str]], now: datetime) -> None:
    """A page of history leads to threads: those with replies since the gap began are to be read too."""
    rank = tx.execute(select(gaps.c.rank).where(gaps.c.id == gap.id)).scalar_one()
    row = _row(gap.team_id, gap.channel, now) | {"rank": rank, "is_new": gap.is_new}
    for root_ts in sorted({root_ts for root_ts, last_ts in threads if last_ts >= gap.oldest}):
        _thread(tx, row | {"root_ts": root_ts, "oldest": gap.oldest, "part": ELSE})


def take(tx: Connection, pace: Pace, now: datetime) -> Gap | None:
    """What is to be read next; whoever asks at the same time gets another. None where nothing is, or not yet."""
    free = case((gaps.c.root_ts == "", listening.c.history_free_at), else_=listening.c.replies_free_at)
    is_ready = (gaps.c.due_at <= now) & (coalesce(free, now) <= now + pace.ahead)
    wanted = select(gaps, free.label("free_at")).join_from(gaps, listening, gaps.c.team_id == listening.c.team_id)
    wanted = (
        wanted.where(is_ready, is_here(gaps)).order_by(gaps.c.rank, gaps.c.channel, gaps.c.part, gaps.c.id).limit(1)
    )
    # Both rows: of two who ask at once, one gets none, since what is left of the pace is the workspace's.
    row = tx.execute(wanted.with_for_update(of=[gaps, listening], skip_locked=True)).first()
    if row is None:
        return None
    tx.execute(update(gaps).where(gaps.c.id == row.id).values(due_at=now + LEASE, tries=gaps.c.tries + 1))
    _set_free(tx, row.team_id, row.root_ts, max(row.free_at or now, now) + pace.interval)
    return Gap(*(getattr(row, name) for name in Gap.__dataclass_fields__))


def still(tx: Connection, gap: Gap) -> bool:
    """Whether it is as it was taken: nobody has read on meanwhile. Nobody else does until this transaction ends."""
    here = (gaps.c.id == gap.id) & (gaps.c.reached == gap.reached)
    return tx.execute(select(gaps.c.id).where(here).with_for_update()).first() is not None


def reach(tx: Connection, gap: Gap, reached: str, now: datetime) -> None:
    """What a page held is stored; where the next one begins, "" after the last."""
    if not reached:
        tx.execute(delete(gaps).where(gaps.c.id == gap.id))
    else:
        tx.execute(update(gaps).where(gaps.c.id == gap.id).values(reached=reached, due_at=now, tries=0))


def later(tx: Connection, gap: Gap, due_at: datetime, tries: int, *, limited: Pace | None = None) -> None:
    """Not now. `limited`: Slack wants to be left alone until then, which holds for all gaps that are read alike."""
    if limited:  # before the gap, as a beat does
        _set_free(tx, gap.team_id, gap.root_ts, due_at + limited.ahead)
    tx.execute(update(gaps).where(gaps.c.id == gap.id).values(due_at=due_at, tries=tries))


def let_go(tx: Connection, team_id: str, channel: str) -> None:
    """The channel cannot be read."""
    tx.execute(delete(gaps).where(gaps.c.team_id == team_id, gaps.c.channel == channel))


def is_open(tx: Connection, team_id: str, channel: str) -> bool:
    """Whether there is something left to be read."""
    here = (gaps.c.team_id == team_id) & (gaps.c.channel == channel)
    return tx.execute(select(gaps.c.id).where(here).limit(1)).first() is not None


def left(tx: Connection, team_id: str) -> int:
    """In how many channels of a workspace there is."""
    return len(tx.execute(select(gaps.c.channel).where(gaps.c.team_id == team_id).distinct()).all())


def next_due(tx: Connection) -> datetime | None:
    """When something may be read next; None where nothing is left."""
    free = case((gaps.c.root_ts == "", listening.c.history_free_at), else_=listening.c.replies_free_at)
    found = select(gaps.c.due_at, free).join_from(gaps, listening, gaps.c.team_id == listening.c.team_id)
    return min((max(due, free_at or due) for due, free_at in tx.execute(found.limit(100))), default=None)


def at_once(tx: Connection, team_id: str, now: datetime) -> None:
    """The clock has jumped: what waits for a moment waits for none of another clock's."""
    tx.execute(update(gaps).where(gaps.c.team_id == team_id, gaps.c.due_at > now + LEASE).values(due_at=now))
    free = {"history_free_at": None, "replies_free_at": None}
    tx.execute(update(listening).where(listening.c.team_id == team_id).values(free))


def put_right(tx: Connection, now: datetime) -> None:
    """What another machine's clock put off while it was ahead waits no longer; by ours there was no jump to be seen."""
    latest = now + LONGEST
    tx.execute(update(gaps).where(gaps.c.due_at > latest).values(due_at=now))
    for free_at in (listening.c.history_free_at, listening.c.replies_free_at):
        tx.execute(update(listening).where(free_at > latest).values({free_at.name: None}))


def waiting(tx: Connection, team_id: str, ids: Collection[str]) -> list[Asked]:
    """The messages of these channels for which customers wait."""
    told = (moves.c.team_id == waits.c.team_id) & (moves.c.channel == waits.c.channel)
    here = (waits.c.team_id == team_id) & waits.c.channel.in_(sorted(ids)) & waits.c.ended_at.is_(None)
    wanted = select(*moves.c["channel", "ts", "kind", "about", "threaded"], waits.c.from_ts)
    kinds = moves.c.kind.in_([Kind.THEIRS, Kind.DELETE])
    rows = tx.execute(
        wanted.join_from(waits, moves, told & (moves.c.root_ts == waits.c.root_ts)).where(here, kinds)
    ).all()
    gone: set[Place] = {(row.channel, row.about) for row in rows if row.kind == Kind.DELETE}
    asked = [row for row in rows if row.kind == Kind.THEIRS and row.ts >= row.from_ts]
    roots = {(row.channel, row.ts): row.about if row.threaded and row.about else row.ts for row in asked}
    return [Asked(*place, root_ts) for place, root_ts in roots.items() if place not in gone]


def customer_channels(tx: Connection, workspace: Workspace, *, listened: bool) -> list[str]:
    """Those of customers that CareCue is in: those whose past it knows, or the others."""
    here = channels.c.team_id == workspace.team_id
    rows = tx.execute((_HEARD if listened else _MET).where(here).order_by(channels.c.channel))
    return [row.channel for row in rows if workspace.kind(row.channel, row.is_ext_shared) == "customer"]


def with_new_channels(tx: Connection, every: Mapping[str, Workspace], _now: datetime) -> set[str]:
    """The workspaces with customers' channels that CareCue is in and whose past it does not know."""
    met = tx.execute(_MET).all()
    here = (row for row in met if row.team_id in every)
    return {row.team_id for row in here if every[row.team_id].kind(row.channel, row.is_ext_shared) == "customer"}


_IN_IT = select(*channels.c["team_id", "channel", "is_ext_shared"]).where(channels.c.is_member, ~channels.c.is_archived)
_PAST = (listened_channels.c.team_id == channels.c.team_id) & (listened_channels.c.channel == channels.c.channel)
_KNOWN = select(listened_channels.c.channel).where(_PAST).exists()
_HEARD = _IN_IT.where(_KNOWN)
_MET = _IN_IT.where(~_KNOWN, ~channels.c.is_stale, channels.c.read_at.is_not(None))


def _row(team_id: str, channel: str, now: datetime) -> dict[str, Any]:
    return {"team_id": team_id, "channel": channel, "due_at": now, "is_new": False}


def _thread(tx: Connection, row: dict[str, Any]) -> None:
    """A thread is to be read since `oldest`. One that is being read goes on to its end, and so to what is new."""
    _read(tx, row, ts_of(moment(row["oldest"]) - INSTANT))


def _read(tx: Connection, row: dict[str, Any], start: str) -> None:
    """This is to be read from `start` on. Where it is being read already, it is begun anew, since the earlier of both.

    A history in any case: what is new in it stands where the reading begins.
    """
    root_ts = row.get("root_ts", "")
    here = (gaps.c.team_id == row["team_id"]) & (gaps.c.channel == row["channel"]) & (gaps.c.root_ts == root_ts)
    known = tx.execute(select(*gaps.c["id", "oldest", "rank"]).where(here)).first()
    if known is None:
        tx.execute(insert(gaps).values(row | {"reached": start}))
    elif not root_ts or row["oldest"] < known.oldest:
        wider = {"oldest": min(row["oldest"], known.oldest), "rank": min(row["rank"], known.rank), "reached": start}
        tx.execute(update(gaps).where(gaps.c.id == known.id).values(wider))


def _old_threads(tx: Connection, team_id: str, ids: Collection[str], since: datetime) -> list[Place]:
    """Threads in which somebody wrote lately, below messages that the history does not reach."""
    back = ts_of(since - LOOK_BACK)
    here = (moves.c.team_id == team_id) & (moves.c.ts >= back) & moves.c.channel.in_(sorted(ids))
    is_old = moves.c.threaded & (moves.c.about != "") & (moves.c.about < back)
    rows = tx.execute(select(moves.c.channel, moves.c.about).where(here, is_old).distinct())
    return sorted((row.channel, row.about) for row in rows)


def _set_free(tx: Connection, team_id: str, root_ts: str, at: datetime) -> None:
    column = "replies_free_at" if root_ts else "history_free_at"
    tx.execute(update(listening).where(listening.c.team_id == team_id).values({column: at}))
