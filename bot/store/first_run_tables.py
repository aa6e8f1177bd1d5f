"""The tables of how CareCue is brought in: who sets up the first team, and what the channels are that it comes to."""

from sqlalchemy import Column, Table, Text

from bot.store.columns import UtcDateTime, metadata

# Whoever walks through the first steps of a workspace; a row stands for good, so that nobody is asked again.
first_runs = Table(
    "first_runs",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text),  # None: nobody could be found to ask
    Column("greeted_at", UtcDateTime, nullable=False),
    Column("channel", Text),  # where the message about it stands
    Column("ts", Text),
    Column("ended_at", UtcDateTime),  # everything is done, or is not wanted
)

# Channels to which CareCue was brought, and who says what they are. Those that it was in before have no row.
channel_questions = Table(
    "channel_questions",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("user_id", Text),  # who brought it, and is asked; None where Slack did not say
    Column("came_at", UtcDateTime, nullable=False),
    Column("asked_at", UtcDateTime),  # when that was done with: asked, or not worth asking
    Column("answered_at", UtcDateTime),
)
