"""The tables of what was changed in a setup, and of what is about to be."""

from sqlalchemy import JSON, Column, Index, Table, Text

from bot.store.columns import Id, UtcDateTime, metadata

# Each change of a setup: what it said before and after, value by value, as bot.domain.setup_undo has them.
setup_changes = Table(
    "setup_changes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("by", Text),  # None: a file, from the command line
    Column("at", UtcDateTime, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("sentences", JSON, nullable=False),
    Column("undoes", Id),  # the change that this one puts back
    Index(None, "team_id", "at"),
)

# Setups of which somebody was shown the effect, and which count once they say so.
setup_drafts = Table(
    "setup_drafts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("setup", JSON, nullable=False),
    Column("basis", Text, nullable=False),  # a digest of the setup whose place it is to take
)
