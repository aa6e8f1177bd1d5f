"""The tables of the weekly prompts to those who lead a team."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Table, Text, UniqueConstraint, text, true

from bot.store.columns import Id, UtcDateTime, metadata

# Every prompt that somebody was shown, what they made of it, and the note that nobody else sees.
prompts = Table(
    "prompts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("whose", Text, nullable=False),  # a manager, or the managers' channel
    Column("period", Text, nullable=False),  # the local Monday on which the week began that it was chosen from
    Column("number", Integer, nullable=False),  # 0 is the first of that week, then one for each *Another*
    Column("prompt", Text, nullable=False),  # its id in the book
    Column("team", Text),  # the key of the team whose week it was chosen from
    Column("reason", JSON(none_as_null=True)),  # the signal with what it counted, or whose turn it was
    Column("told_at", UtcDateTime, nullable=False),
    Column("became", Text),  # taken, passed, another; None: nothing was pressed
    Column("taken_at", UtcDateTime),
    Column("remind_at", UtcDateTime),
    Column("reminders", Integer, nullable=False, server_default=text("0")),  # how often an hour was chosen
    Column("shared", Text),  # the commitment as its team may read it, in the manager's words; None: private
    Column("outcome", Text),  # done, partly, not_yet
    Column("outcome_at", UtcDateTime),
    Column("note", Text),  # for the manager alone
    UniqueConstraint("team_id", "whose", "period", "number"),
    Index(None, "team_id", "team", "taken_at"),
)

# Whether and when a manager wants a prompt; who has not chosen has no row.
prompt_choices = Table(
    "prompt_choices",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("wanted", Boolean, nullable=False, server_default=true()),
    Column("weekday", Integer),  # 0 is Monday; None: with the other weekly pages
    Column("minute", Integer),  # since local midnight, in the person's zone
)
