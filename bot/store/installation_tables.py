"""The tables of who installed CareCue by OAuth, where there are many workspaces; empty with a token in the settings."""

from sqlalchemy import Boolean, Column, Integer, Table, Text, false

from bot.store.columns import UtcDateTime, metadata

# By which token a workspace is spoken to, or all of an organization that CareCue is installed in as a whole.
installations = Table(
    "installations",
    metadata,
    Column("team_id", Text, primary_key=True),  # of an organization its E… id
    Column("is_org", Boolean, nullable=False, server_default=false()),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("enterprise_id", Text),
    Column("bot_user_id", Text),
    Column("bot_id", Text),
    Column("scopes", Text, nullable=False),  # with commas between them
    Column("token", Text),  # encrypted, as bot.store.token_box does it; None: taken back
    Column("refresh_token", Text),  # encrypted as well; None: the token does not expire
    Column("expires_at", UtcDateTime, index=True),
    Column("refreshing_until", UtcDateTime),  # somebody changes it for a new one, or nobody is to try before
    Column("trouble", Text),  # why Slack gives no new one, by its name for it
    Column("asked_at", UtcDateTime, nullable=False, index=True),  # when Slack was last asked whether it still is
    Column("installed_at", UtcDateTime, nullable=False),
    Column("user_id", Text),  # who installed it, and is greeted
    Column("version", Integer, nullable=False),  # grows with every change, so that every process notices
)

# Installs that somebody has begun in a browser: neither what Slack sends back nor the browser's cookie stands here,
# only what recognizes them.
oauth_states = Table(
    "oauth_states",
    metadata,
    Column("state", Text, primary_key=True),
    Column("browser", Text, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Column("team_id", Text, nullable=False),  # nobody's yet: empty
)
