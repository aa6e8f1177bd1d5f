"""Setups that somebody has been shown the effect of: they count once they say so."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from bot.domain.setup import Setup
from bot.domain.setup_data import from_dict, to_dict
from bot.store import roles, setup, setup_book
from bot.store.setup_tables import setup_drafts
from bot.store.workspaces import Workspace, Workspaces
from bot.views.message import digest_of
from bot.views.words import setup_changes as words
from bot.views.words import setup_effect as effect_words

KEPT = timedelta(days=1)


def propose(tx: Connection, workspace: Workspace, by: str, wanted: Setup, now: datetime) -> int:
    """Keep it for a day; its number. It is to take the place of the setup that this workspace has."""
    row = {"team_id": workspace.team_id, "by": by, "at": now, "setup": to_dict(wanted)}
    made = tx.execute(insert(setup_drafts).values(basis=_digest(workspace.setup), **row).returning(setup_drafts.c.id))
    return int(made.scalar_one())


def confirm(tx: Connection, team_id: str, draft_id: int, by: str, now: datetime) -> tuple[str, ...] | str:
    """Apply what this person proposed: what has changed, as `setup.apply` tells it, else a sentence why nothing has."""
    row = tx.execute(select(setup_drafts).where(_this(team_id, draft_id, by))).first()
    if row is None or row.at <= now - KEPT:
        return words.NO_DRAFT()
    setup.hold(tx, team_id)
    if row.basis != _digest(setup_book.read(tx, team_id, last=True)):
        return words.CHANGED_MEANWHILE()
    wanted, workspace = from_dict(row.setup), Workspaces().get(tx, team_id, now)
    # Slack may have made them less than they were, or a user group have lost them, which changes nothing of the setup.
    if workspace is None or not roles.may_make(tx, workspace, by, wanted):
        return effect_words.NOT_YOURS()
    tx.execute(delete(setup_drafts).where(_this(team_id, draft_id, by)))
    return setup.apply(tx, team_id, wanted, now, by)


def forget(tx: Connection, before: datetime, limit: int) -> int:
    """Delete those that nobody saved, a step at a time; how many these were."""
    old = select(setup_drafts.c.id).where(setup_drafts.c.at <= before).order_by(setup_drafts.c.at).limit(limit)
    gone = delete(setup_drafts).where(setup_drafts.c.id.in_(old)).returning(setup_drafts.c.id)
    return len(tx.execute(gone).all())


def _this(team_id: str, draft_id: int, by: str) -> ColumnElement[bool]:
    here = (setup_drafts.c.team_id == team_id) & (setup_drafts.c.by == by)
    return here & (setup_drafts.c.id == draft_id)


def _digest(of: Setup) -> str:
    return digest_of(to_dict(of))
