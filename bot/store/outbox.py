"""What is to be said, once: written with the decision, leased by a sender, settled after Slack has answered.

A row is due at `due_at` and settled when that is None: sent (`sent_at`), or set aside or dropped (`error` says why).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, delete, func, select, update

from bot.domain.someone import is_someone
from bot.store import limits
from bot.store.db import is_sqlite
from bot.store.tables import outbox
from bot.store.upserts import new

POST, UPDATE, DELETE = limits.POST, "chat.update", "chat.delete"
ANSWER, NEWS, PAGE = 0, 1, 2  # ranks: what somebody has just pressed for, what has just happened, what comes weekly
NOTED = "outbox"  # beside a connection: something was put
LONGEST_LEASE = timedelta(minutes=1)  # of a row that is on its way
DROPPED = "dropped: "  # before why something no longer needed saying


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing to be said to a `target`: a person (U…, W…), or a channel. `payload` is what the method takes.

    `key` is what makes it once; `due_at` None is at once. Of what is due, the lower `rank` comes first.
    """

    key: str
    method: str
    target: str
    payload: Mapping[str, Any]
    nudge_id: int | None = None
    due_at: datetime | None = None
    rank: int = NEWS


Target = tuple[str, str]  # the workspace, and a person or a channel in it
Method = tuple[str, str]  # the workspace, and a method: Slack's limits are each workspace's own


@dataclass(frozen=True, slots=True)
class Row:
    """A leased saying. `attempts` counts this try and those before of which nobody knows whether they took effect."""

    id: int
    team_id: str
    key: str
    method: str
    target: str
    payload: Mapping[str, Any]
    nudge_id: int | None
    created_at: datetime
    attempts: int


def put(tx: Connection, team_id: str, saying: Saying, now: datetime) -> bool:
    """Have it said; False where its key has been given before, whatever became of that."""
    return bool(put_many(tx, team_id, [saying], now))


def put_many(tx: Connection, team_id: str, sayings: Sequence[Saying], now: datetime) -> set[str]:
    """The keys of those that were new. Who was forgotten is told nothing more."""
    told = [saying for saying in sayings if not is_someone(saying.target)]
    if not told:
        return set()
    tx.info[NOTED] = True
    once = new(tx, outbox).on_conflict_do_nothing(index_elements=["team_id", "key"]).returning(outbox.c.key)
    return set(tx.execute(once, [_values(team_id, saying, now) for saying in told]).scalars())


def has_news(tx: Connection) -> bool:
    """Whether something may have been put in this transaction; asked once, at its end."""
    return bool(tx.info.pop(NOTED, False))


def restate(tx: Connection, team_id: str, key: str, payload: Mapping[str, Any]) -> None:
    """Other words for what is not settled yet, unless that is happening right now."""
    _amend(tx, team_id, key, payload=dict(payload))


def withdraw(tx: Connection, team_id: str, key: str, why: str) -> None:
    """Do not say what is not settled yet, unless that is happening right now."""
    _amend(tx, team_id, key, due_at=None, error=f"{DROPPED}{why}")


def waits(tx: Connection, team_id: str, key: str) -> bool:
    """Whether this is not settled yet."""
    return tx.execute(_unsettled(team_id, key)).first() is not None


def due_of(tx: Connection, team_id: str, key: str) -> datetime | None:
    """When it is to be tried, or was; None once it is settled."""
    return tx.execute(select(outbox.c.due_at).where(_of_key(team_id, key))).scalar()


def error_of(tx: Connection, team_id: str, key: str) -> str | None:
    """Why what was settled was not said; begins with DROPPED where it no longer needed to be."""
    return tx.execute(select(outbox.c.error).where(_of_key(team_id, key))).scalar()


def forget(tx: Connection, team_id: str, key: str) -> None:
    """Let a settled key be put once more, after what it said has been taken away."""
    tx.execute(delete(outbox).where(_of_key(team_id, key), outbox.c.due_at.is_(None)))


def lease(
    tx: Connection,
    now: datetime,
    limit: int,
    lease_for: timedelta,
    busy: Collection[Target] = (),
    resting: Collection[Method] = (),
) -> list[Row]:
    """Take the next due rows, at most one a target; nobody else gets them meanwhile.

    Of one target in the order they were put. Of all by rank, and the workspaces in turns: one with much to say keeps
    no other waiting. Leaves out `busy` targets and `resting` methods, and what Slack wants to be left alone.
    """
    ready = _ready(now, busy, resting)
    wanted = select(outbox.c.id).join(ready, ready.c.id == outbox.c.id).where(outbox.c.due_at <= now, _free(now))
    wanted = wanted.order_by(outbox.c.rank, ready.c.turn, outbox.c.due_at, outbox.c.id).limit(limit)
    if not is_sqlite(tx):
        wanted = wanted.with_for_update(of=outbox, skip_locked=True)
    ids = list(tx.execute(wanted).scalars())
    if not ids:
        return []
    taken = update(outbox).where(outbox.c.id.in_(ids))
    columns = [outbox.c[name] for name in Row.__dataclass_fields__]
    leased = taken.values(leased_until=now + lease_for, attempts=outbox.c.attempts + 1).returning(*columns)
    return sorted((Row(**row) for row in tx.execute(leased).mappings()), key=lambda row: ids.index(row.id))


def hand_back(tx: Connection, row: Row) -> bool:
    """Whoever leased it goes, and has not begun: it is there for others at once."""
    return _settle(tx, row, attempts=row.attempts - 1)


def sent(tx: Connection, row: Row, now: datetime) -> bool:
    """Settle what Slack has. False where the lease ran out and another has taken over, who will find it there."""
    return _settle(tx, row, due_at=None, sent_at=now, error=None)


def later(tx: Connection, row: Row, due_at: datetime, error: str, *, untried: bool = False) -> bool:
    """Try again at `due_at`. `untried`: it is certain that this try did nothing, so it need not be looked for."""
    return _settle(tx, row, due_at=due_at, error=error, attempts=row.attempts - untried)


def failed(tx: Connection, row: Row, error: str) -> bool:
    """Set aside what Slack does not take; the row stays for people to look at and holds up nothing."""
    return _settle(tx, row, due_at=None, error=error)


def dropped(tx: Connection, row: Row, why: str) -> bool:
    """Settle what no longer needs saying."""
    return _settle(tx, row, due_at=None, error=f"{DROPPED}{why}")


def wake(tx: Connection, team_id: str, now: datetime) -> None:
    """The clock has been set back: what was put, tried or taken by one that was ahead keeps nobody waiting."""
    here = (outbox.c.team_id == team_id) & outbox.c.due_at.is_not(None)
    for row in tx.execute(
        select(outbox.c.id, outbox.c.created_at, outbox.c.due_at).where(here, outbox.c.created_at > now)
    ):
        values = {"created_at": now, "due_at": now + (row.due_at - row.created_at)}
        tx.execute(update(outbox).where(outbox.c.id == row.id).values(values))
    tx.execute(update(outbox).where(here, outbox.c.due_at > now, outbox.c.error.is_not(None)).values(due_at=now))
    latest = now + LONGEST_LEASE
    tx.execute(update(outbox).where(here, outbox.c.leased_until > latest).values(leased_until=latest))


def pending(tx: Connection) -> int:
    """How many rows are not settled."""
    return tx.execute(select(func.count()).where(outbox.c.due_at.is_not(None))).scalar_one()


def next_due(tx: Connection) -> datetime | None:
    """When the next row falls due, or fell due; None when all are settled."""
    return tx.execute(
        select(outbox.c.due_at).where(outbox.c.due_at.is_not(None)).order_by(outbox.c.due_at).limit(1)
    ).scalar()


def held_back(tx: Connection, now: datetime, busy: Collection[Target], resting: Collection[Method]) -> bool:
    """Whether something is due and not leased that waits for a busy target or a resting method."""
    due = select(outbox.c.id).where(outbox.c.due_at <= now, _free(now), _is_busy(busy) | _is_resting(resting))
    return tx.execute(due.limit(1)).first() is not None


def old(tx: Connection, before: datetime, limit: int) -> list[int]:
    """At most `limit` settled rows put before then. Only reads: where there are none, all that there is."""
    settled = outbox.c.due_at.is_(None) & (outbox.c.created_at < before)
    return list(tx.execute(select(outbox.c.id).where(settled).order_by(outbox.c.id).limit(limit)).scalars())


def purge(tx: Connection, ids: Collection[int]) -> None:
    """Forget these, their keys too."""
    tx.execute(delete(outbox).where(outbox.c.id.in_(ids), outbox.c.due_at.is_(None)))


def _amend(tx: Connection, team_id: str, key: str, **values: object) -> None:
    """Never waits for a sender, who may wait for us."""
    found = tx.execute(_unsettled(team_id, key).with_for_update(skip_locked=True)).scalar()
    if found is not None:
        tx.execute(update(outbox).where(outbox.c.id == found).values(**values))


def _unsettled(team_id: str, key: str) -> Select[tuple[int]]:
    return select(outbox.c.id).where(_of_key(team_id, key), outbox.c.due_at.is_not(None))


def _of_key(team_id: str, key: str) -> ColumnElement[bool]:
    return (outbox.c.team_id == team_id) & (outbox.c.key == key)


def _free(now: datetime) -> ColumnElement[bool]:
    return outbox.c.leased_until.is_(None) | (outbox.c.leased_until <= now)


# By one value, since SQLite would else walk all that was ever sent, along the index that begins with team_id.
_TARGET = outbox.c.team_id + " " + outbox.c.target
_METHOD = outbox.c.team_id + " " + outbox.c.method


def _is_busy(busy: Collection[Target]) -> ColumnElement[bool]:
    return _TARGET.in_([" ".join(one) for one in busy])


def _is_resting(resting: Collection[Method]) -> ColumnElement[bool]:
    return _METHOD.in_([" ".join(one) for one in resting])


def _ready(now: datetime, busy: Collection[Target], resting: Collection[Method]) -> Subquery:
    """What could be said now; beside it which one of its workspace and rank it is."""
    heads = _heads(now)
    own = [outbox.c.team_id, outbox.c.rank]
    turn = func.row_number().over(partition_by=own, order_by=[outbox.c.due_at, outbox.c.id]).label("turn")
    ready = select(outbox.c.id, turn).where(outbox.c.id.in_(select(heads.c.id)), outbox.c.due_at <= now, _free(now))
    return ready.where(~_is_busy(busy), ~_is_resting(resting), ~limits.rests(outbox, now)).subquery()


def _heads(now: datetime) -> Subquery:
    """The first due row of each target, leased or not: what comes behind waits for it.

    An update must not overtake an earlier one that waits to be tried again, or the older text would stay. Posts may:
    one that Slack cannot take does not hold up the rest.
    """
    again = _waiting_again(now)
    same = (outbox.c.team_id == again.c.team_id) & (outbox.c.target == again.c.target)
    in_order = (outbox.c.method == POST) | again.c.id.is_(None) | (outbox.c.id < again.c.id)
    due = select(func.min(outbox.c.id).label("id")).select_from(outbox.outerjoin(again, same))
    return due.where(outbox.c.due_at <= now, in_order).group_by(_TARGET).subquery()


def _waiting_again(now: datetime) -> Subquery:
    """The first row but posts of each target that was tried and waits. Few: so it is joined, not asked for each row."""
    tried = (outbox.c.due_at > now) & outbox.c.error.is_not(None) & (outbox.c.method != POST)
    columns = (outbox.c.team_id, outbox.c.target)
    return select(*columns, func.min(outbox.c.id).label("id")).where(tried).group_by(*columns).subquery()


def _settle(tx: Connection, row: Row, **values: object) -> bool:
    """The attempt is the lease's number: who lost the lease settles nothing."""
    ours = (outbox.c.id == row.id) & (outbox.c.attempts == row.attempts) & outbox.c.due_at.is_not(None)
    settled = update(outbox).where(ours).values(leased_until=None, **values).returning(outbox.c.id)
    return tx.execute(settled).first() is not None


def _values(team_id: str, saying: Saying, now: datetime) -> dict[str, object]:
    return {
        "team_id": team_id,
        "key": saying.key,
        "method": saying.method,
        "target": saying.target,
        "payload": dict(saying.payload),
        "nudge_id": saying.nudge_id,
        "created_at": now,
        "due_at": saying.due_at or now,
        "rank": ANSWER if saying.method != POST else saying.rank,
    }
