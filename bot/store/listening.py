"""Until when CareCue has heard everything, and what follows from having been deaf."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.domain.gaps import LOOK_BACK, PATIENCE, missed_since
from bot.domain.moments import moment
from bot.domain.moves import SPOKEN
from bot.store import gaps, limits, lists, living_lists, outbox
from bot.store.db import is_sqlite
from bot.store.gap_tables import listened_channels, listening
from bot.store.standing import is_here
from bot.store.tables import moves
from bot.store.upserts import new, upsert
from bot.store.workspaces import Workspace


def beat(tx: Connection, workspace: Workspace, now: datetime) -> bool:
    """Events reach us. Whether there was a silence before, so that something is to be read now."""
    here = listening.c.team_id == workspace.team_id
    row = tx.execute(select(listening).where(here).with_for_update()).first()
    if row is None or row.heard_until is None:
        keep(tx, workspace.team_id, now)
        return False
    since = missed_since(row.heard_until, now, _last_heard(tx, workspace.team_id) if now < row.heard_until else None)
    if since:
        if now < row.heard_until:
            gaps.at_once(tx, workspace.team_id, now)
            living_lists.wake(tx, now)
            outbox.wake(tx, workspace.team_id, now)
            limits.wake(tx, workspace.team_id, now)
        told = gaps.silence(tx, workspace.team_id, now)
        away = {"away_from": min(told.away_from if told else now, row.heard_until, now), "away_until": now}
        tx.execute(update(listening).where(here).values(away))
        gaps.open_for(tx, workspace, gaps.customer_channels(tx, workspace, listened=True), since, now)
    keep(tx, workspace.team_id, now)
    return since is not None


def go_on_hearing(tx: Connection, now: datetime) -> set[str]:
    """A beat of every workspace in which there was no silence before: which they are.

    Left out are those whose row somebody holds right now.
    """
    lately = listening.c.heard_until.between(now - PATIENCE, now + PATIENCE)
    ours = select(listening.c.team_id).where(lately, is_here(listening)).order_by(listening.c.team_id)
    free = tx.execute(ours.with_for_update(skip_locked=True)).scalars().all()
    if free:
        beaten = update(listening).where(listening.c.team_id.in_(lists.texts(is_sqlite(tx), "teams")))
        tx.execute(beaten.values(heard_until=now), {"teams": lists.packed(free)})
        gaps.put_right(tx, now)
    return set(free)


def keep(tx: Connection, team_id: str, now: datetime) -> None:
    """Everything has been heard until now."""
    row = new(tx, listening).values(team_id=team_id, heard_until=now)
    tx.execute(row.on_conflict_do_update(index_elements=["team_id"], set_={"heard_until": now}))


def heard_until(tx: Connection, team_id: str) -> datetime | None:
    """The last beat; None where there was none yet."""
    return tx.execute(select(listening.c.heard_until).where(listening.c.team_id == team_id)).scalar()


def go_on(tx: Connection, now: datetime) -> None:
    """Wherever that is kept, everything has been heard until now."""
    tx.execute(update(listening).where(listening.c.heard_until.is_not(None)).values(heard_until=now))


def welcome(tx: Connection, workspace: Workspace, now: datetime) -> int:
    """Read the past of channels that CareCue has just come to; how many they are."""
    met = gaps.customer_channels(tx, workspace, listened=False)
    gaps.open_for(tx, workspace, met, now - LOOK_BACK, now, is_new=True)
    known_for_good(tx, workspace.team_id, met, now)
    return len(met)


def known_for_good(tx: Connection, team_id: str, ids: Iterable[str], now: datetime) -> None:
    """The past of these channels is known, or is being read."""
    rows = [{"team_id": team_id, "channel": channel, "since": now} for channel in ids]
    upsert(tx, listened_channels, rows, keep=None)


def _last_heard(tx: Connection, team_id: str) -> datetime | None:
    """When the last message was written that we have heard, by Slack's clock."""
    said = select(moves.c.ts).where(moves.c.team_id == team_id, moves.c.kind.in_(SPOKEN))
    ts = tx.execute(said.order_by(moves.c.ts.desc()).limit(1)).scalar()
    return moment(ts) if ts else None
