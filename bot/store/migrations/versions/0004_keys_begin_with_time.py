"""Keys begin with time."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

PLACE = ["team_id", "root_ts", "channel"]


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
