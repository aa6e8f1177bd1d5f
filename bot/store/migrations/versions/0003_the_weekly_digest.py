"""The weekly digest."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _digest_choices()
    _digest_stories()
    _homes()
    _occurrences()
    _waits()


def _digest_choices() -> None:
    op.create_table(
        "digest_choices",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("mine", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("managers", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_digest_choices")),
    )


def _digest_stories() -> None:
    op.create_table(
        "digest_stories",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column(
            "kudos_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.PrimaryKeyConstraint("team_id", "team", "period", "kudos_id", name=op.f("pk_digest_stories")),
    )
    with op.batch_alter_table("digest_stories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digest_stories_team_id_kudos_id"), ["team_id", "kudos_id"], unique=False)


def _homes() -> None:
    op.create_table(
        "homes",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("published", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_homes")),
    )
    with op.batch_alter_table("homes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_homes_team_id_opened_at"), ["team_id", "opened_at"], unique=False)


def _occurrences() -> None:
    op.create_table(
        "occurrences",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("redrawn", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "job", "whose", "period", name=op.f("pk_occurrences")),
    )


def _waits() -> None:
    with op.batch_alter_table("waits", schema=None) as batch_op:
        batch_op.add_column(sa.Column("team", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("working_s", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("after_hours", sa.Boolean(), nullable=True))
        batch_op.create_index(
            "ix_waits_ended",
            [
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
            ],
            unique=False,
            sqlite_where=sa.text("ended_at IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NOT NULL"),
        )
