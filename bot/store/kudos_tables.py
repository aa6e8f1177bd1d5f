"""The tables of kudos. Reasons are words of ours to ours; of a message that was thanked for, only its place is kept."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Table, Text, UniqueConstraint, false, text

from bot.store.columns import Id, UtcDateTime, metadata

kudos = Table(
    "kudos",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("giver", Text, nullable=False),
    Column("behaviours", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("where", Text, nullable=False),
    Column("announce_in", Text),  # the channel that may hear of it
    Column("source_channel", Text),
    Column("source_ts", Text),
    Column("source_root_ts", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime),
    Column("taken_back_at", UtcDateTime),
    Index(None, "team_id", "giver", "created_at"),
    Index(None, "team_id", "created_at"),
    Index(
        "ix_kudos_source",
        "team_id",
        "source_channel",
        "source_ts",
        sqlite_where=text("source_ts IS NOT NULL"),
        postgresql_where=text("source_ts IS NOT NULL"),
    ),
)

kudos_receivers = Table(
    "kudos_receivers",
    metadata,
    Column("kudos_id", Id, primary_key=True, autoincrement=False),
    Column("user_id", Text, primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("place", Integer, nullable=False),  # as the giver named them
    Column("may_announce", Boolean),  # None: asked, and not answered yet
    Column("hidden_at", UtcDateTime),
    Column("thanked_at", UtcDateTime),
    Column("shown_at", UtcDateTime),
    Index(None, "team_id", "user_id", "kudos_id"),
)

# What a person wants; who has not chosen has no row.
kudos_choices = Table(
    "kudos_choices",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("announce", Text, nullable=False),
    Column("keep_thanks", Boolean, nullable=False, server_default=false()),  # ask me to keep customers' thanks
)

# How many receivers a giver has had on a day (UTC).
kudos_days = Table(
    "kudos_days",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("giver", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)

# How often the same two in an ISO week (UTC).
kudos_pairs = Table(
    "kudos_pairs",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("giver", Text, primary_key=True),
    Column("receiver", Text, primary_key=True),
    Column("week", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)

# Asked in private: say why? (a reaction on an agent's message), keep this? (a customer's thanks).
kudos_asks = Table(
    "kudos_asks",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("user_id", Text, nullable=False),  # who is asked
    Column("kind", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("ts", Text, nullable=False),
    Column("root_ts", Text, nullable=False),
    Column("about", Text, nullable=False),  # who wrote that message
    Column("emoji", Text),
    Column("at_ts", Text, nullable=False),  # when what is asked about last happened
    Column("created_at", UtcDateTime, nullable=False),
    Column("outcome", Text),  # None: open
    Column("settled_at", UtcDateTime),
    Column("kudos_id", Id),  # what became of it
    UniqueConstraint("team_id", "channel", "ts", "user_id", "kind"),
    Index(None, "team_id", "user_id", "created_at"),
    Index(
        "ix_kudos_asks_kudos",
        "kudos_id",
        sqlite_where=text("kudos_id IS NOT NULL"),
        postgresql_where=text("kudos_id IS NOT NULL"),
    ),
)

# Where what was said of kudos stands in Slack, by its key in the outbox, so that it can be said anew or taken away.
kudos_posts = Table(
    "kudos_posts",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("about", Text, nullable=False),  # what begins the key: kudos:12, kudos-ask:7
    Column("channel", Text, nullable=False),
    Column("ts", Text, nullable=False),
    Column("digest", Text, nullable=False),  # of what it says: what would say the same is not said anew
    Column("redrawn", Integer, nullable=False, server_default=text("0")),  # how many times
    Index(None, "team_id", "about"),
)
