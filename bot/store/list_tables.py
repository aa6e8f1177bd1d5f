"""The tables of the living lists: where each person's stands, when it is to be looked at, and what is new."""

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, false, text

from bot.store.columns import Id, UtcDateTime, metadata

# What a list says is drawn from the tables that tell of it; here is only when, where, and how often.
living_lists = Table(
    "living_lists",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("channel", Text),  # where it stands; None: nowhere
    Column("ts", Text),
    Column("number", Integer, nullable=False, server_default=text("0")),  # of the post that was written last
    Column("edits", Integer, nullable=False, server_default=text("0")),
    Column("digest", Text),  # of what it says, so that nothing is said anew that says the same
    Column("news_at", UtcDateTime),  # since when something is new that has not rung
    Column("ringing_at", UtcDateTime),  # the same, of what the post under way is to ring for
    Column("changed_at", UtcDateTime),  # since when it says something else than the tables
    Column("urgent", Boolean, nullable=False, server_default=false()),  # edit it at once: something is done
    Column("wanted", Boolean, nullable=False, server_default=false()),  # post it, since its reader asks for it
    Column("sending", Text),  # which kind of post is under way
    Column("drawn_at", UtcDateTime),
    Column("pinged_at", UtcDateTime),
    Column("day", Text),  # of the last ping, by its reader's calendar
    Column("pings", Integer, nullable=False, server_default=text("0")),  # on that day, but for those outside the cap
    Column("look_at", UtcDateTime),
    Index(
        "ix_living_lists_due",
        "look_at",
        sqlite_where=text("look_at IS NOT NULL"),
        postgresql_where=text("look_at IS NOT NULL"),
    ),
)

# People with more customers waiting than is fair, as those who lead them are told.
overloads = Table(
    "overloads",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("since", UtcDateTime),  # None: not any more
    Column("open", Integer, nullable=False),
    Column("limit", Integer, nullable=False),
    Column("rung_at", UtcDateTime),  # when those who lead last heard of it: once a day
)

# News of lists, put down by whoever makes them and taken up by the job. Rows that nobody else has: whoever writes one
# waits for nobody, in whatever order the lists of many come up.
list_news = Table(
    "list_news",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("news", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "team_id", "user_id"),
)
