"""The tables of the weekly digest and the App Home."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Table, Text, false, text, true

from bot.store.columns import Id, UtcDateTime, metadata

# What comes once a week, by the week it is about: a row is written with what is to be said, or with the silence.
occurrences = Table(
    "occurrences",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("job", Text, primary_key=True),  # digest, my_digest, managers_digest
    Column("whose", Text, primary_key=True),  # a team's key, or a person
    Column("period", Text, primary_key=True),  # the local Monday on which the week began, as 2026-06-01
    Column("at", UtcDateTime, nullable=False),
    Column("payload", JSON(none_as_null=True)),  # what it says by now; None: nothing was worth saying
    Column("channel", Text),  # where it stands, once Slack has it
    Column("ts", Text),
    Column("redrawn", Integer, nullable=False, server_default=text("0")),  # how many times
)

# The kudos that a team's page told as stories, so that they rotate, and so that the page follows them.
digest_stories = Table(
    "digest_stories",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("kudos_id", Id, primary_key=True, autoincrement=False),
    Index(None, "team_id", "kudos_id"),
)

# What a person wants by direct message; who has not chosen has no row.
digest_choices = Table(
    "digest_choices",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("mine", Boolean, nullable=False, server_default=false()),  # my own week
    Column("managers", Boolean, nullable=False, server_default=true()),  # the weeks of the teams that I lead
    Column("weekday", Integer),  # 0 is Monday; None: with the team
    Column("minute", Integer),  # since local midnight, in the person's zone
)

# Who has CareCue's Home tab open, as far as Slack tells: when it was opened, and what it shows.
homes = Table(
    "homes",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("hash", Text),  # Slack's, of the view that was published last
    Column("digest", Text),  # of what it shows: what would show the same is not published anew
    Column("published", Integer, nullable=False, server_default=text("0")),  # how many times
    Index(None, "team_id", "opened_at"),
)
