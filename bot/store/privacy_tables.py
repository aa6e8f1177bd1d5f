"""The table of who has asked to be forgotten, until that is done."""

from sqlalchemy import Column, Table, Text

from bot.store.columns import UtcDateTime, metadata

erasures = Table(
    "erasures",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
)
