"""Where CareCue is: what falls due in a workspace that it was taken out of rests until it is back, or is let go of."""

from sqlalchemy import ColumnElement, Table, select

from bot.store.retention_tables import uninstalls


def is_here(table: Table) -> ColumnElement[bool]:
    """Whether a row is of a workspace in which CareCue is."""
    return table.c.team_id.not_in(select(uninstalls.c.team_id))
