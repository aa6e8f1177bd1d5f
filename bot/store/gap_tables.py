"""What CareCue could not hear, and how far it has been read since. Verdicts alone: what people wrote is in Slack."""

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, false, text

from bot.store.columns import Id, UtcDateTime, metadata

# One row a workspace: until when events reached some process of ours, and the last time that they did not.
listening = Table(
    "listening",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("heard_until", UtcDateTime),
    Column("away_from", UtcDateTime),
    Column("away_until", UtcDateTime),
    # When the next page may be asked for: the limits of these two methods are the workspace's, whoever asks.
    Column("history_free_at", UtcDateTime),
    Column("replies_free_at", UtcDateTime),
)

# Channels whose past is known, and since when; one that is not in here was just met.
listened_channels = Table(
    "listened_channels",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)

# What is still to be read: a channel's history, or one of its threads.
gaps = Table(
    "gaps",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("root_ts", Text, nullable=False, server_default=text("''")),  # of the thread; '': the history
    Column("oldest", Text, nullable=False),  # from here on messages were missed
    Column("reached", Text, nullable=False),  # history is read from new to old, a thread from old to new
    Column("rank", Integer, nullable=False),  # channels in which somebody waits come first, new ones last
    Column("part", Integer, nullable=False),  # open waits, then history, then what else history leads to
    Column("is_new", Boolean, nullable=False, server_default=false()),  # of a channel that was just met
    Column("due_at", UtcDateTime, nullable=False),  # after a page was asked for, when somebody else may
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Index(None, "team_id", "channel"),
    Index(None, "rank", "channel", "part", "id"),
)
