"""The table of promises: what our people said that they would come back with, and by when."""

from sqlalchemy import Boolean, Column, Index, Table, Text, UniqueConstraint, text

from bot.store.columns import Id, UtcDateTime, metadata

# Kept equal to what the conversations say, as waits are; a row apart, since figures count waits.
promises = Table(
    "promises",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("root_ts", Text, nullable=False),
    Column("ts", Text, nullable=False),  # the message that promised
    Column("by", Text, nullable=False),  # who promised
    Column("named", Boolean, nullable=False),  # whether they named the time, or it follows from the target
    Column("due_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by", Text),  # how it ended: kept, or what else became of it
    Column("nudged_at", UtcDateTime),
    Column("snoozed_until", UtcDateTime),
    Column("next_nudge_at", UtcDateTime),
    UniqueConstraint("team_id", "ts", "channel"),
    Index(None, "team_id", "root_ts", "channel"),
    Index(
        "ix_promises_due",
        "next_nudge_at",
        sqlite_where=text("next_nudge_at IS NOT NULL"),
        postgresql_where=text("next_nudge_at IS NOT NULL"),
    ),
    Index(
        "ix_promises_open",
        "team_id",
        "by",
        "due_at",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)
