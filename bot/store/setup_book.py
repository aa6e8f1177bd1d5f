"""The one way in which a workspace's setup is read and written: one change at a time, each of them kept."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.domain.setup import ChannelRule, Setup
from bot.domain.setup_changes import changes
from bot.domain.setup_data import from_dict
from bot.domain.setup_undo import difference
from bot.store.setup_tables import setup_changes
from bot.store.tables import workspaces
from bot.store.workspaces import save_setup

Edit = Callable[[Setup], Setup]


class WhichWorkspace(LookupError):
    """It is not clear which workspace is meant; the message is a sentence for who asked."""


def read(tx: Connection, team_id: str, last: bool = False) -> Setup:
    """As it is now; with `last` nobody else changes it until this transaction ends. Raises WhichWorkspace.

    Who means to write conversations too takes their channels first: everybody does it in this order.
    """
    wanted = select(workspaces.c.setup).where(workspaces.c.team_id == team_id)
    row = tx.execute(wanted.with_for_update() if last else wanted).first()
    if row is None:
        raise WhichWorkspace(f"CareCue is not installed in {team_id}.")
    return from_dict(row.setup)


def rules(tx: Connection, team_id: str) -> tuple[ChannelRule, ...]:
    """The channel rules alone; none where CareCue is not installed."""
    data = tx.execute(select(workspaces.c.setup).where(workspaces.c.team_id == team_id)).scalar()
    return from_dict({"rule": data["rule"]}).rules if data and "rule" in data else ()


def rewrite(tx: Connection, team_id: str, edit: Edit, now: datetime, by: str | None) -> None:
    """Change it, whatever others changed a moment ago; open waits stay as they are."""
    before = read(tx, team_id, last=True)
    after = edit(before)
    if told := changes(before, after):
        save_setup(tx, team_id, after)
        keep(tx, team_id, before, after, told, now, by)


def keep(
    tx: Connection,
    team_id: str,
    before: Setup,
    after: Setup,
    told: tuple[str, ...],
    now: datetime,
    by: str | None,
    undoes: int | None = None,
) -> None:
    """Who changed what, when: None for a file."""
    change = difference(before, after)
    row = {"before": change.before, "after": change.after, "sentences": list(told), "undoes": undoes}
    tx.execute(insert(setup_changes).values(team_id=team_id, by=by, at=now, **row))
