"""The tables of the pulse: apart from each other, and without anything by which they could be joined.

No row has a number or a time of its own: on SQLite they have no rowid, and every answer writes all rows of its round,
so that on PostgreSQL no transaction's number says which rows were written together.
"""

from sqlalchemy import Boolean, Column, Integer, Table, Text, false, text

from bot.store.columns import UtcDateTime, metadata

# A question to a team. Once closed it has a verdict and nothing else; one with too few answers is deleted.
pulse_rounds = Table(
    "pulse_rounds",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("period", Text, primary_key=True),  # the local Monday of the week in which it opened, as 2026-06-01
    Column("question", Text, nullable=False),
    Column("floor", Integer, nullable=False),  # answers below which nothing is told
    Column("closes_at", UtcDateTime, nullable=False),
    Column("verdict", Text),  # None: still open
    sqlite_with_rowid=False,
)

# How often each step was chosen, 0 for those who skipped: all of them from the beginning on, until the round closes.
pulse_counts = Table(
    "pulse_counts",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False, server_default=text("0")),
    sqlite_with_rowid=False,
)

# Who was asked, once in a period whatever teams they are in, and who is done; until the round closes.
pulse_people = Table(
    "pulse_people",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("team", Text, nullable=False),
    Column("done", Boolean, nullable=False, server_default=false()),
    sqlite_with_rowid=False,
)
