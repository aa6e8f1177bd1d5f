"""Keys begin with time, and a wait knows the answer before it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

PLACE = ["team_id", "root_ts", "channel"]

# What a customer took back asked nothing again.
BEFORE = """
    SELECT CASE WHEN earlier.ended_by = 'answer' THEN earlier.{} END FROM waits AS earlier
    WHERE earlier.team_id = waits.team_id AND earlier.root_ts = waits.root_ts AND earlier.channel = waits.channel
      AND earlier.from_ts < waits.from_ts AND earlier.ended_by <> 'deleted'
    ORDER BY earlier.from_ts DESC LIMIT 1
"""


def upgrade() -> None:
    _key("conversations", "pk_conversations", PLACE)
    _key("moves", "pk_moves", ["team_id", "ts", "channel", "kind", "user_id"])
    _conversations()
    _moves()
    _waits()


def _key(table: str, name: str, columns: Sequence[str]) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="primary")
        batch_op.create_primary_key(name, list(columns))


def _conversations() -> None:
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_thread", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_index("ix_conversations_waiting")
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_conversations_waiting",
            ["team_id", "channel", "last_ts"],
            unique=False,
            sqlite_where=sa.text("turn = 'ours' AND in_thread = 0"),
            postgresql_where=sa.text("turn = 'ours' AND NOT in_thread"),
        )


def _moves() -> None:
    with op.batch_alter_table("moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moves_team_id_channel_root_ts"))
        batch_op.create_index(batch_op.f("ix_moves_team_id_root_ts_channel"), PLACE, unique=False)


def _waits() -> None:
    with op.batch_alter_table("waits", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_waits_team_id_channel_root_ts_from_ts"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_waits_team_id_root_ts_channel_from_ts"), [*PLACE, "from_ts"])
        batch_op.add_column(sa.Column("last_answer_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("last_answer_by", sa.Text(), nullable=True))
    at, by = BEFORE.format("ended_at"), BEFORE.format("ended_user")
    # Nothing but our own words goes into it.
    op.execute(f"UPDATE waits SET last_answer_at = ({at}), last_answer_by = ({by}) WHERE NOT first")  # noqa: S608
    with op.batch_alter_table("waits", schema=None) as batch_op:
        batch_op.create_index(
            "ix_waits_again",
            ["team_id", "team", "last_answer_at", "started_at", "ended_by", "last_answer_by"],
            unique=False,
            sqlite_where=sa.text("last_answer_at IS NOT NULL"),
            postgresql_where=sa.text("last_answer_at IS NOT NULL"),
        )
