"""A workspace's setup as a file: read with every check, exported, applied; what customers wait for follows it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.domain import care_file
from bot.domain.because import Cause
from bot.domain.policy import Policy
from bot.domain.setup import Setup, Team
from bot.domain.setup_changes import changes
from bot.domain.setup_data import from_dict
from bot.store import calendars, leaving, precision
from bot.store.conversations import Place
from bot.store.ledger import Ledger
from bot.store.locks import lock_channels
from bot.store.tables import waits, workspaces
from bot.store.waits import sync
from bot.store.workspaces import Workspace, Workspaces, save_setup
from bot.store.workspaces import save_group as keep_group

BATCH = 500  # conversations that are read and written at a time


class WhichWorkspace(LookupError):
    """It is not clear which workspace is meant; the message is a sentence for who asked."""


def pick(tx: Connection, team_id: str | None = None) -> str:
    """The workspace that is meant: the one that is named, else the only one. Raises WhichWorkspace."""
    rows = tx.execute(select(workspaces.c.team_id, workspaces.c.name).order_by(workspaces.c.team_id))
    names = {row.team_id: f"{row.team_id} ({row.name})" for row in rows}
    if not names:
        raise WhichWorkspace("CareCue is not installed in any workspace yet")
    if team_id is None and len(names) > 1:
        raise WhichWorkspace(f"CareCue is installed in several workspaces: choose of {', '.join(names.values())}")
    found = team_id or next(iter(names))
    if found not in names:
        raise WhichWorkspace(f"CareCue is not installed in {found}, but in {', '.join(names.values())}")
    return found


def read(source: str | bytes) -> Setup:
    """The setup that a file says, also held against the holidays that are known. Raises BadSetup."""
    return care_file.read(source, calendars.findings)


def export(tx: Connection, team_id: str) -> str:
    """The file that `read` makes the workspace's setup of. Raises WhichWorkspace."""
    return care_file.write(_setup(tx, team_id))


def apply(tx: Connection, team_id: str, setup: Setup, now: datetime) -> tuple[str, ...]:
    """What has changed, in sentences; without any, nothing was written. Raises WhichWorkspace.

    The setup is one that `read` has passed.
    """
    told = changes(_setup(tx, team_id), setup)
    if not told:
        return ()
    # Channels come before the workspace's own row: whoever corrects a message has its channel, and then changes that.
    hold(tx, team_id)
    save_setup(tx, team_id, setup)
    moved = _move(tx, team_id, now)
    return (*told, f"{moved} open wait{'s' if moved > 1 else ''} moved") if moved else told


def change(tx: Connection, workspace: Workspace, teams: Iterable[Team], now: datetime) -> None:
    """Put these in the place of the teams that have their keys."""
    changed = {team.key: team for team in teams}
    after = tuple(changed.get(team.key, team) for team in workspace.setup.teams)
    apply(tx, workspace.team_id, replace(workspace.setup, teams=after), now)


def move_waits(tx: Connection, team_id: str, now: datetime) -> int:
    """Hold open waits to the setup as it is now; of how many the target, the owner or the next nudge is another.

    Every step of the ladder that was taken stays taken, and a snooze goes on. Those that rest on rules alone that have
    fallen silent come to nobody, whatever moves.
    """
    hold(tx, team_id)
    return _move(tx, team_id, now)


def hold(tx: Connection, team_id: str) -> None:
    """From now on nobody else moves the conversations of those who wait: to be asked before anything is written."""
    here = (waits.c.team_id == team_id) & waits.c.ended_at.is_(None)
    lock_channels(tx, team_id, set(tx.execute(select(waits.c.channel).where(here).distinct()).scalars()))


def _move(tx: Connection, team_id: str, now: datetime) -> int:
    workspace = Workspaces().get(tx, team_id, now)
    assert workspace is not None
    before = _open(tx, team_id)
    places = sorted({(row.channel, row.root_ts) for row in before.values()})
    policies: dict[str, Policy] = {}
    for start in range(0, len(places), BATCH):
        policies |= _reckon(tx, workspace, places[start : start + BATCH])
    _release(tx, team_id, _open(tx, team_id), policies, now)
    after = _open(tx, team_id)
    heard = before.keys() - precision.unheard(tx, workspace, after.values())
    return sum(_decided(before[wait]) != _decided(after[wait]) for wait in heard)


def save_group(tx: Connection, team_id: str, group_id: str, users: Collection[str], now: datetime) -> None:
    """Who is in a user group now; waits of those who have left it move."""
    if keep_group(tx, team_id, group_id, users):
        move_waits(tx, team_id, now)


def _open(tx: Connection, team_id: str) -> dict[int, Row[Any]]:
    """Open waits by their id, which no sweep takes until the transaction ends."""
    here = (waits.c.team_id == team_id) & waits.c.ended_at.is_(None)
    return {row.id: row for row in tx.execute(select(waits).where(here).order_by(waits.c.id).with_for_update())}


def _decided(row: Row[Any]) -> tuple[int, datetime | None, str | None]:
    """What of a wait follows from the setup."""
    return row.target_s, row.next_nudge_at, row.owner


def _reckon(tx: Connection, workspace: Workspace, places: Sequence[Place]) -> dict[str, Policy]:
    """Write what conversations make of the setup; what holds in their channels."""
    ledger = Ledger(tx, workspace)
    ledger.open(places)
    policies = {channel: ledger.policy(channel) for channel, _ in ledger.known}
    sync(tx, workspace.team_id, ledger.known, policies)
    return policies


def _release(
    tx: Connection, team_id: str, rows: Mapping[int, Row[Any]], policies: Mapping[str, Policy], now: datetime
) -> None:
    """Who has left the team owns nothing: the rota finds somebody at once."""
    # A channel that is not among them has begun to wait only now, by what held a moment ago.
    owned = [row for row in rows.values() if row.owner and row.channel in policies]
    gone = [row for row in owned if not policies[row.channel].on_team(row.owner)]
    leaving.release(tx, team_id, gone, Cause.TEAM, now)


def _setup(tx: Connection, team_id: str) -> Setup:
    row = tx.execute(select(workspaces.c.setup).where(workspaces.c.team_id == team_id)).first()
    if row is None:
        raise WhichWorkspace(f"CareCue is not installed in {team_id}")
    return from_dict(row.setup)
