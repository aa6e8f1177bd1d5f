"""Kudos."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _kudos()
    _kudos_asks()
    _kudos_choices()
    _kudos_days()
    _kudos_pairs()
    _kudos_posts()
    _kudos_receivers()


def _kudos() -> None:
    op.create_table(
        "kudos",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("giver", sa.Text(), nullable=False),
        sa.Column("behaviours", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("announce_in", sa.Text(), nullable=True),
        sa.Column("source_channel", sa.Text(), nullable=True),
        sa.Column("source_ts", sa.Text(), nullable=True),
        sa.Column("source_root_ts", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kudos")),
    )
    with op.batch_alter_table("kudos", schema=None) as batch_op:
        batch_op.create_index(
            "ix_kudos_source",
            ["team_id", "source_channel", "source_ts"],
            unique=False,
            sqlite_where=sa.text("source_ts IS NOT NULL"),
            postgresql_where=sa.text("source_ts IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_kudos_team_id_created_at"), ["team_id", "created_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_kudos_team_id_giver_created_at"), ["team_id", "giver", "created_at"], unique=False
        )


def _kudos_asks() -> None:
    op.create_table(
        "kudos_asks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("root_ts", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("emoji", sa.Text(), nullable=True),
        sa.Column("at_ts", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kudos_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kudos_asks")),
        sa.UniqueConstraint(
            "team_id", "channel", "ts", "user_id", "kind", name=op.f("uq_kudos_asks_team_id_channel_ts_user_id_kind")
        ),
    )
    with op.batch_alter_table("kudos_asks", schema=None) as batch_op:
        batch_op.create_index(
            "ix_kudos_asks_kudos",
            ["kudos_id"],
            unique=False,
            sqlite_where=sa.text("kudos_id IS NOT NULL"),
            postgresql_where=sa.text("kudos_id IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_kudos_asks_team_id_user_id_created_at"), ["team_id", "user_id", "created_at"], unique=False
        )


def _kudos_choices() -> None:
    op.create_table(
        "kudos_choices",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("announce", sa.Text(), nullable=False),
        sa.Column("keep_thanks", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_kudos_choices")),
    )


def _kudos_days() -> None:
    op.create_table(
        "kudos_days",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("giver", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "giver", "day", name=op.f("pk_kudos_days")),
    )


def _kudos_pairs() -> None:
    op.create_table(
        "kudos_pairs",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("giver", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "giver", "receiver", "week", name=op.f("pk_kudos_pairs")),
    )


def _kudos_posts() -> None:
    op.create_table(
        "kudos_posts",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("redrawn", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "key", name=op.f("pk_kudos_posts")),
    )
    with op.batch_alter_table("kudos_posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kudos_posts_team_id_about"), ["team_id", "about"], unique=False)


def _kudos_receivers() -> None:
    op.create_table(
        "kudos_receivers",
        sa.Column(
            "kudos_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("may_announce", sa.Boolean(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thanked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kudos_id", "user_id", name=op.f("pk_kudos_receivers")),
    )
    with op.batch_alter_table("kudos_receivers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_kudos_receivers_team_id_user_id_kudos_id"), ["team_id", "user_id", "kudos_id"], unique=False
        )
