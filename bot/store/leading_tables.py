"""The tables of the leader's clock. Lines and answers are words of ours to ours; of customers there is only a place."""

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, false, text

from bot.store.columns import Id, UtcDateTime, metadata

# Agents' calls on those who lead them: help, a snag, a boundary.
asks = Table(
    "asks",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("team", Text, nullable=False),  # the key of the team that is asked for
    Column("kind", Text, nullable=False),
    Column("case", Text),  # which of the three, of a boundary
    Column("by", Text, nullable=False),  # the agent
    Column("line", Text, nullable=False),  # what the agent wrote
    Column("channel", Text),  # the message that it is about
    Column("ts", Text),
    Column("root_ts", Text),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("target_s", Integer, nullable=False),
    Column("owner", Text),  # who said that they have it
    Column("steps_done", Integer, nullable=False, server_default=text("0")),
    Column("snoozed_until", UtcDateTime),
    Column("next_nudge_at", UtcDateTime),
    Column("nudged_at", UtcDateTime),  # when those who lead last heard of it
    Column("ended_at", UtcDateTime),  # the first answer, or taken back
    Column("ended_user", Text),
    Column("outcome", Text),  # None: open
    Column("answer", Text),  # the line that came with it
    Column("answers", Integer, nullable=False, server_default=text("0")),  # how many times; "when" may become "fixed"
    Column("answered_at", UtcDateTime),  # the latest time
    Column("working_s", Integer),  # once ended: the working time it took
    Index(None, "team_id", "team", "opened_at"),
    Index(None, "team_id", "by", "opened_at"),
    Index(
        "ix_asks_due",
        "next_nudge_at",
        sqlite_where=text("next_nudge_at IS NOT NULL"),
        postgresql_where=text("next_nudge_at IS NOT NULL"),
    ),
    Index(
        "ix_asks_answered",
        "team_id",
        "team",
        "answered_at",
        sqlite_where=text("answered_at IS NOT NULL"),
        postgresql_where=text("answered_at IS NOT NULL"),
    ),
)

# Who says of a snag: me too.
ask_joins = Table(
    "ask_joins",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("ask_id", Id, primary_key=True, autoincrement=False),
    Column("user_id", Text, primary_key=True),
    Column("joined_at", UtcDateTime, nullable=False),
)

# Leaders who let their team see how soon they answer; who has not chosen has no row.
leader_choices = Table(
    "leader_choices",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("show_time", Boolean, nullable=False),
)

# Boundary calls, each an ask: what the conversation, the agent and the next agent are to be spared or told.
boundaries = Table(
    "boundaries",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("ask_id", Id, primary_key=True, autoincrement=False),
    Column("user_id", Text, nullable=False),  # the agent
    Column("case", Text, nullable=False),
    Column("customer", Text),
    Column("channel", Text),  # the conversation that nobody is reminded of any more; None: of no place in Slack
    Column("root_ts", Text),
    Column("called_at", UtcDateTime, nullable=False),
    Column("breather_until", UtcDateTime),
    Column("check_in_at", UtcDateTime),  # when to ask how they are; None once asked
    Column("met_channel", Text),  # the conversation whose agent has read of it
    Column("met_root_ts", Text),
    Column("taken_back", Boolean, nullable=False, server_default=false()),
    Index(None, "team_id", "breather_until"),
    Index(None, "team_id", "customer"),
    Index(
        "ix_boundaries_check_in",
        "check_in_at",
        sqlite_where=text("check_in_at IS NOT NULL"),
        postgresql_where=text("check_in_at IS NOT NULL"),
    ),
)
