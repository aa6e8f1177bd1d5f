"""Production."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _outbox()


def _outbox() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_aside",
            ["id"],
            unique=False,
            sqlite_where=sa.text("due_at IS NULL AND sent_at IS NULL AND substr(error, 1, 8) <> 'dropped:'"),
            postgresql_where=sa.text("due_at IS NULL AND sent_at IS NULL AND substr(error, 1, 8) <> 'dropped:'"),
        )
