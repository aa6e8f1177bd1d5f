"""What Slack asked for, for every process to keep to: rests of a method or a channel, and a gap between two posts."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, case, delete, select, update

from bot.store.limit_tables import limits
from bot.store.upserts import new

POST = "chat.postMessage"
GAP = "gap"  # in the place of a method
EVERYWHERE = ""  # in the place of a target
LONGEST = timedelta(seconds=30)  # that a rest is believed in after a clock was set back
KEPT = timedelta(hours=1)  # a rest that is over


def limited(tx: Connection, team_id: str, method: str, target: str, now: datetime, seconds: float) -> None:
    """Slack wants to be left alone for so long.

    A limit on posts is a channel's; when a second channel meets one while the first still rests, it is everyone's.
    Slack counts every other method for the whole workspace.
    """
    where = target if method == POST and not _others_rest(tx, team_id, method, target, now) else EVERYWHERE
    _rest(tx, team_id, method, where, now + timedelta(seconds=seconds))


def posted(tx: Connection, team_id: str, target: str, until: datetime) -> None:
    """A message went out; the next one there has to wait until then. To be written last: who waits for it has all."""
    _rest(tx, team_id, GAP, target, until)


def rests(outbox: Table, now: datetime) -> ColumnElement[bool]:
    """Of a row of the outbox, whether Slack wants its method or its target to be left alone."""
    of_method = (limits.c.method == outbox.c.method) | (outbox.c.method == POST)
    here = (limits.c.team_id == outbox.c.team_id) & limits.c.method.in_((outbox.c.method, GAP)) & of_method
    at = limits.c.target.in_((EVERYWHERE, outbox.c.target))
    return select(limits.c.team_id).where(here, at, limits.c.until > now).exists()


def rests_in(team_id: ColumnElement[str], method: str, now: datetime) -> ColumnElement[bool]:
    """Of a workspace, whether Slack wants this method to be left alone there."""
    here = (limits.c.team_id == team_id) & (limits.c.method == method) & (limits.c.target == EVERYWHERE)
    return select(limits.c.team_id).where(here, limits.c.until > now).exists()


def rest_until(tx: Connection, team_id: str, methods: Collection[str], now: datetime) -> datetime | None:
    """When all of these methods, which Slack counts for the whole workspace, may be called; None where they may now."""
    here = (limits.c.team_id == team_id) & limits.c.method.in_(methods) & (limits.c.target == EVERYWHERE)
    rests = select(limits.c.until).where(here, limits.c.until > now)
    return tx.execute(rests.order_by(limits.c.until.desc()).limit(1)).scalar()


def wake(tx: Connection, team_id: str, now: datetime) -> None:
    """The clock has been set back: what a clock that was ahead wrote is over soon. Slack says so again if it must."""
    latest = now + LONGEST
    tx.execute(update(limits).where(limits.c.team_id == team_id, limits.c.until > latest).values(until=latest))


def forget(tx: Connection, before: datetime, limit: int) -> int:
    """Let go of rests that were over before then, at most `limit`; how many they were."""
    over = select(limits.c.team_id, limits.c.method, limits.c.target).where(limits.c.until < before).limit(limit)
    rows = tx.execute(over).all()
    for row in rows:
        this = (limits.c.team_id == row.team_id) & (limits.c.method == row.method) & (limits.c.target == row.target)
        tx.execute(delete(limits).where(this, limits.c.until < before))
    return len(rows)


def _others_rest(tx: Connection, team_id: str, method: str, target: str, now: datetime) -> bool:
    others = select(limits.c.target).where(limits.c.team_id == team_id, limits.c.method == method)
    return tx.execute(others.where(limits.c.target != target, limits.c.until > now).limit(1)).first() is not None


def _rest(tx: Connection, team_id: str, method: str, target: str, until: datetime) -> None:
    """The longer of two counts."""
    row = new(tx, limits).values(team_id=team_id, method=method, target=target, until=until)
    later = case((limits.c.until > row.excluded.until, limits.c.until), else_=row.excluded.until)
    tx.execute(row.on_conflict_do_update(index_elements=["team_id", "method", "target"], set_={"until": later}))
