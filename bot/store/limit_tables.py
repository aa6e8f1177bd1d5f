"""How long Slack wants to be left alone, for every process to see."""

from sqlalchemy import Column, Table, Text

from bot.store.columns import UtcDateTime, metadata

# A row may be long over: what counts is `until`.
limits = Table(
    "limits",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("method", Text, primary_key=True),  # of Slack's; or "gap", between two posts
    Column("target", Text, primary_key=True),  # a channel or a person; '': the whole workspace
    Column("until", UtcDateTime, nullable=False),
)
