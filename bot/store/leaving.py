"""Somebody leaves a channel, a team or the company: the waits that they had are free at once, and the ladder looks."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, or_, select, update

from bot.domain import because
from bot.domain.arrivals import Delivery, Membership, PersonChanged
from bot.domain.because import Because, Cause
from bot.domain.nudges import NEVER_AGAIN
from bot.store.ladder import take_away
from bot.store.tables import waits
from bot.store.waiting import set_aside_until


class Leaving(NamedTuple):
    """`channel` is None where somebody leaves the company."""

    user: str
    channel: str | None = None

    @property
    def cause(self) -> Cause:
        """Why their waits come to somebody else."""
        return Cause.LEFT if self.channel else Cause.GONE


def heard_of(deliveries: Iterable[Delivery]) -> list[Leaving]:
    """Who leaves, by these deliveries."""
    found: list[Leaving] = []
    for delivery in deliveries:
        match delivery.arrival:
            case Membership(channel, user, _, False, _):
                found.append(Leaving(user, channel))
            case PersonChanged(account) if account.is_gone:
                found.append(Leaving(account.user))
    return found


def channels_of(tx: Connection, team_id: str, leavings: Collection[Leaving]) -> set[str]:
    """Where customers wait for them: to be locked before anything is written."""
    if not leavings:
        return set()
    return set(tx.execute(select(waits.c.channel).where(_of(team_id, leavings)).distinct()).scalars())


def pass_on(tx: Connection, team_id: str, leavings: Collection[Leaving], now: datetime) -> None:
    """Free what they had; its channels are locked."""
    if not leavings:
        return
    rows = tx.execute(select(waits).where(_of(team_id, leavings)).order_by(waits.c.id).with_for_update()).all()
    gone = {one.user for one in leavings if one.cause is Cause.GONE}
    for cause, here in ((Cause.GONE, True), (Cause.LEFT, False)):
        release(tx, team_id, [row for row in rows if (row.owner in gone) is here], cause, now)


def release(tx: Connection, team_id: str, rows: Sequence[Row[Any]], cause: Cause, now: datetime) -> None:
    """Their owners have these waits no longer. What is snoozed, or waits on the customer, moves when that ends."""
    if not rows:
        return
    freed = update(waits).where(waits.c.id == bindparam("wait_id"))
    tx.execute(freed, [_freed(row, cause, now) for row in rows])
    take_away(tx, team_id, {row.id: row.owner for row in rows}, now)


def _of(team_id: str, leavings: Iterable[Leaving]) -> ColumnElement[bool]:
    each = [
        and_(waits.c.owner == user, waits.c.channel == channel) if channel else waits.c.owner == user
        for user, channel in leavings
    ]
    return and_(waits.c.team_id == team_id, waits.c.ended_at.is_(None), or_(*each))


def _freed(row: Row[Any], cause: Cause, now: datetime) -> dict[str, Any]:
    by_turn = row.because is not None and row.covers_for is None
    is_silent = set_aside_until(row, now) is not None or row.steps_done >= NEVER_AGAIN
    return {
        "wait_id": row.id,
        "owner": None,
        "covers_for": None if by_turn else row.covers_for or row.owner,
        "because": because.write(Because(cause, row.owner)),
        "look_at": now,
        "next_nudge_at": row.next_nudge_at if is_silent else now,
    }
