"""All tables. Every one carries `team_id` (the workspace) and none a word of a customer."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.store import digest_tables as digest_tables
from bot.store import first_run_tables as first_run_tables
from bot.store import gap_tables as gap_tables
from bot.store import installation_tables as installation_tables
from bot.store import kudos_tables as kudos_tables
from bot.store import leading_tables as leading_tables
from bot.store import limit_tables as limit_tables
from bot.store import list_tables as list_tables
from bot.store import presence_tables as presence_tables
from bot.store import privacy_tables as privacy_tables
from bot.store import promise_tables as promise_tables
from bot.store import prompt_tables as prompt_tables
from bot.store import pulse_tables as pulse_tables
from bot.store import retention_tables as retention_tables
from bot.store import set_aside_tables as set_aside_tables
from bot.store import setup_tables as setup_tables
from bot.store.columns import Id
from bot.store.columns import UtcDateTime as UtcDateTime
from bot.store.columns import metadata as metadata

workspaces = Table(
    "workspaces",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),  # where its pages are: https://….slack.com/
    Column("enterprise_id", Text),
    Column("bot_user_id", Text),
    Column("bot_id", Text),
    Column("setup", JSON, nullable=False),  # who and where, as bot.domain.setup.to_dict gives it
    Column("setup_version", Integer, nullable=False),  # grows with every change, so that a process notices
)

people = Table(
    "people",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("home_team", Text),
    Column("enterprise_id", Text),
    Column("name", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("is_guest", Boolean, nullable=False),
    Column("is_app", Boolean, nullable=False),
    Column("is_stranger", Boolean, nullable=False),
    Column("is_admin", Boolean, nullable=False),
    Column("is_gone", Boolean, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    Column("dm_channel", Text),
    Column("status_emoji", Text, nullable=False, server_default=text("''")),  # no word of it, and nothing of guests'
    Column("status_until", UtcDateTime),  # when Slack takes the status away; None: when they do
    Column("locale", Text, nullable=False, server_default=text("''")),  # "pt-BR"; empty: Slack has not said
)

channels = Table(
    "channels",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("is_private", Boolean, nullable=False),
    Column("is_ext_shared", Boolean, nullable=False),
    Column("is_pending_ext_shared", Boolean, nullable=False),
    Column("is_archived", Boolean, nullable=False),
    Column("is_member", Boolean, nullable=False),
    Column("invited_by", Text),
    Column("is_stale", Boolean, nullable=False),  # something changed: ask Slack again
    Column("read_at", UtcDateTime),
    Column("members_read_at", UtcDateTime),
    Index(None, "channel"),  # the workspaces that share it
)

members = Table(
    "members",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
)

# The people of the user groups that the setup names.
user_groups = Table(
    "user_groups",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("group_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
)

# Event ids seen, so that a repeated delivery is recognized.
events = Table(
    "events",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False, index=True),
)

# People to ask Slack about, with the arrivals that wait for it, and those behind them in the same channel by `ts`.
unresolved = Table(
    "unresolved",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("user_id", Text),  # whom to ask about; None: only waits for its turn
    Column("channel", Text, nullable=False),
    Column("ts", Text, nullable=False),
    Column("arrival", JSON(none_as_null=True)),  # None: nothing waits, only the name is wanted
    Index(None, "team_id", "channel", "ts"),
    Index(None, "team_id", "user_id"),
)

# The keys of what grows begin with time, not with the channel: what is written together then lies together.
conversations = Table(
    "conversations",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("root_ts", Text, primary_key=True),
    Column("customer", Text),
    Column("turn", Text, nullable=False),
    Column("claimed_by", Text),
    Column("answered_by", Text),
    Column("helped_by", Text),  # another customer, who last joined in
    Column("new_here", Boolean, nullable=False, server_default=false()),
    Column("last_ts", Text, nullable=False),
    Column("in_thread", Boolean, nullable=False, server_default=false()),  # where the customer last wrote
    PrimaryKeyConstraint("team_id", "root_ts", "channel"),
    # Of all rows, but only for who asks by time: PostgreSQL would else look up one conversation by its channel, too.
    Index("ix_conversations_by_time", "team_id", "channel", "last_ts", postgresql_where=text("last_ts IS NOT NULL")),
    Index(None, "team_id", "customer", "last_ts"),
    Index(
        "ix_conversations_waiting",
        "team_id",
        "channel",
        "last_ts",
        sqlite_where=text("turn = 'ours' AND in_thread = 0"),
        postgresql_where=text("turn = 'ours' AND NOT in_thread"),
    ),
)

moves = Table(
    "moves",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("ts", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("root_ts", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("needs_reply", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("threaded", Boolean, nullable=False),
    Column("leaves", Text, nullable=False, server_default=text("''")),  # ours: what it leaves a weak closing to be
    Column("closes_after", Text, nullable=False, server_default=text("''")),  # theirs: after which of ours it closes
    Column("promise", Text, nullable=False, server_default=text("''")),  # ours: the `ts` by which it promised more
    Column("routed", Text, nullable=False, server_default=text("''")),  # where it had come to, if it was moved since
    PrimaryKeyConstraint("team_id", "ts", "channel", "kind", "user_id"),
    Index(None, "team_id", "root_ts", "channel"),
)

waits = Table(
    "waits",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("root_ts", Text, nullable=False),
    Column("from_ts", Text, nullable=False),
    Column("first", Boolean, nullable=False),
    Column("target_s", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by", Text),
    Column("ended_user", Text),
    Column("team", Text),  # the key of the team that looks after the channel
    Column("working_s", Integer),  # once ended: the working time it took
    Column("after_hours", Boolean),  # once ended: whether outside the team's working time
    Column("last_answer_at", UtcDateTime),  # the answer in this conversation after which the customer asked again
    Column("last_answer_by", Text),
    Column("owner", Text),  # who should answer, once that is known
    Column("covers_for", Text),  # whose it is by what was said or set up, while somebody else has it in their place
    Column("assigned_at", UtcDateTime),  # when CareCue gave it to them: by turn, or as cover
    Column("because", Text),  # why the owner has it, as bot.domain.because writes it
    Column("had_by", Text, nullable=False, server_default=text("''")),  # who had it by turn before, in a row
    Column("look_at", UtcDateTime),  # when the ladder looks at it whatever its steps: a turn ends, somebody is back
    Column("steps_done", Integer, nullable=False, server_default=text("0")),
    Column("snoozed_until", UtcDateTime),
    Column("pauses", Text, nullable=False, server_default=text("''")),  # as bot.domain.pauses writes them
    Column("paused_until", UtcDateTime),  # when one ends by itself; None once somebody was told that it has
    Column("next_nudge_at", UtcDateTime),
    UniqueConstraint("team_id", "root_ts", "channel", "from_ts"),
    Index(
        "ix_waits_due",
        "next_nudge_at",
        sqlite_where=text("next_nudge_at IS NOT NULL"),
        postgresql_where=text("next_nudge_at IS NOT NULL"),
    ),
    Index(
        "ix_waits_open",
        "team_id",
        "owner",
        "started_at",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index(  # all that figures are made of, so that they are read from here alone
        "ix_waits_ended",
        "team_id",
        "team",
        "ended_at",
        "ended_by",
        "first",
        "working_s",
        "target_s",
        "after_hours",
        "ended_user",
        "started_at",
        sqlite_where=text("ended_at IS NOT NULL"),
        postgresql_where=text("ended_at IS NOT NULL"),
    ),
    Index(
        "ix_waits_again",
        "team_id",
        "team",
        "last_answer_at",
        "started_at",
        "ended_by",
        "last_answer_by",
        sqlite_where=text("last_answer_at IS NOT NULL"),
        postgresql_where=text("last_answer_at IS NOT NULL"),
    ),
)

nudges = Table(
    "nudges",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("wait_id", Id, nullable=False),
    Column("key", Text, nullable=False),  # what makes it this nudge and no other: it is sent once
    Column("say", Text, nullable=False),
    Column("to", Text, nullable=False),  # a person, or the home channel
    Column("because", Text, nullable=False, server_default=text("''")),  # why it came to them
    Column("channel", Text),  # where it stands, once Slack has it
    Column("ts", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("cleared_at", UtcDateTime),
    Column("post_key", Text),  # of the one post in a home channel that tells of this wait and of others
    Column("not_needed_at", UtcDateTime),  # when its reader said that it was not needed
    UniqueConstraint("team_id", "key"),
    Index(None, "wait_id"),
    Index(None, "team_id", "to", "cleared_at"),
    Index(
        "ix_nudges_post",
        "team_id",
        "post_key",
        sqlite_where=text("post_key IS NOT NULL"),
        postgresql_where=text("post_key IS NOT NULL"),
    ),
)

# Rules by which messages are read (moves.reason) whose nudges were mostly not needed, now or once.
silent_rules = Table(
    "silent_rules",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("silent_at", UtcDateTime),  # None: switched on again
    Column("on_again_at", UtcDateTime),  # what was marked before then counts no more
)

# Whose turn it is on a team's rota.
rotas = Table(
    "rotas",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("turn", Integer, nullable=False),
)

# Said by nobody and never going to be, though it was still needed.
ASIDE = "due_at IS NULL AND sent_at IS NULL AND substr(error, 1, 8) <> 'dropped:'"

# What is to be said, once: a row is written with the decision and removed from the queue by the sender.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("target", Text, nullable=False),  # a person or a channel
    Column("payload", JSON, nullable=False),
    Column("nudge_id", Id),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),  # when it may be tried; None once it is settled
    Column("leased_until", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("sent_at", UtcDateTime),
    Column("error", Text),
    Column("rank", Integer, nullable=False, server_default=text("1")),  # what somebody waits for comes first
    UniqueConstraint("team_id", "key"),
    Index(
        "ix_outbox_due",
        "due_at",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    Index(  # what Slack or the guard refused, for people to look at
        "ix_outbox_aside",
        "id",
        sqlite_where=text(ASIDE),
        postgresql_where=text(ASIDE),
    ),
)
