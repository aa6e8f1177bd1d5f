"""The tables of who is away or has gone, and of who is to be left in peace."""

from sqlalchemy import JSON, Column, Index, Table, Text, text

from bot.store.columns import UtcDateTime, metadata

# What people said of themselves, and what Slack says of their notification hours; who is as usual has no row.
presences = Table(
    "presences",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("mode", Text, nullable=False, server_default=text("'loud'")),
    Column("paused_until", UtcDateTime),
    Column("hours", JSON(none_as_null=True)),  # own hours, as a table of the setup's file without its zone
    Column("dnd_from", UtcDateTime),  # the notification hours that are on, or come next
    Column("dnd_until", UtcDateTime),
    Column("dnd_read_at", UtcDateTime),
    Column("noticed", Text),  # the absence after which their waits were passed on; None: they were there
)

# Away by a calendar file; a row is one event.
absences = Table(
    "absences",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("source", Text, primary_key=True),  # the file's name
    Column("starts_at", UtcDateTime, primary_key=True),
    Column("ends_at", UtcDateTime, primary_key=True),
    Index(None, "team_id", "ends_at"),
)

# Who is known to have left a channel. Where its members have been read, those tell.
departures = Table(
    "departures",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
)
