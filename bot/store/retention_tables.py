"""The tables of what is over, so that what is kept of it goes after the grace period."""

from sqlalchemy import Column, Table, Text

from bot.store.columns import UtcDateTime, metadata

# Workspaces that CareCue was taken out of; a row goes when it is back, or with all else of the workspace.
uninstalls = Table(
    "uninstalls",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

# Channels in which no customer is looked after any more: archived, left, or shared with nobody; since when it is seen.
over_channels = Table(
    "over_channels",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)
