"""What broke whoever took it, so that it holds up nothing else. Names and numbers alone: no word of anybody."""

from sqlalchemy import Column, Integer, Table, Text

from bot.store.columns import UtcDateTime, metadata

# One row for each thing that broke, from the first time on.
set_aside = Table(
    "set_aside",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),  # a wait, an event, a row of the outbox, or the name of a job
    Column("key", Text, primary_key=True),  # which of them; '': the job in this workspace
    Column("reference", Text, nullable=False),  # by which the log tells what happened
    Column("error", Text, nullable=False),  # the kind of error, and nothing of what it says
    Column("channel", Text),  # where it is about a message
    Column("ts", Text),
    Column("tries", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),  # it is not tried before
    Column("set_aside_at", UtcDateTime),  # when it was given up for the day; None: it is to be tried again soon
)
