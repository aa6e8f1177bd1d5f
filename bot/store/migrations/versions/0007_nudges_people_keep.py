"""Nudges people keep."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _absences()
    _departures()
    _gaps()
    _list_news()
    _listened_channels()
    _listening()
    _living_lists()
    _overloads()
    _presences()
    _silent_rules()
    _asks()
    _nudges()
    _people()
    _waits()
    _ring()


def _absences() -> None:
    op.create_table(
        "absences",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", "source", "starts_at", "ends_at", name=op.f("pk_absences")),
    )
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absences_team_id_ends_at"), ["team_id", "ends_at"], unique=False)


def _departures() -> None:
    op.create_table(
        "departures",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel", "user_id", name=op.f("pk_departures")),
    )


def _gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("root_ts", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("oldest", sa.Text(), nullable=False),
        sa.Column("reached", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("is_new", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gaps")),
    )
    with op.batch_alter_table("gaps", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gaps_rank_channel_part_id"), ["rank", "channel", "part", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_gaps_team_id_channel"), ["team_id", "channel"], unique=False)


def _list_news() -> None:
    op.create_table(
        "list_news",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("news", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_news")),
    )
    with op.batch_alter_table("list_news", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_news_team_id_user_id"), ["team_id", "user_id"], unique=False)


def _listened_channels() -> None:
    op.create_table(
        "listened_channels",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel", name=op.f("pk_listened_channels")),
    )


def _listening() -> None:
    op.create_table(
        "listening",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("heard_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("away_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("away_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("history_free_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replies_free_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_listening")),
    )


def _living_lists() -> None:
    op.create_table(
        "living_lists",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("edits", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("news_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ringing_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("wanted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sending", sa.Text(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pinged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("pings", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_living_lists")),
    )
    with op.batch_alter_table("living_lists", schema=None) as batch_op:
        batch_op.create_index(
            "ix_living_lists_due",
            ["look_at"],
            unique=False,
            sqlite_where=sa.text("look_at IS NOT NULL"),
            postgresql_where=sa.text("look_at IS NOT NULL"),
        )


def _overloads() -> None:
    op.create_table(
        "overloads",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_overloads")),
    )


def _presences() -> None:
    op.create_table(
        "presences",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), server_default=sa.text("'loud'"), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hours", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("dnd_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dnd_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dnd_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("noticed", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_presences")),
    )


def _silent_rules() -> None:
    op.create_table(
        "silent_rules",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("silent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "rule", name=op.f("pk_silent_rules")),
    )


def _asks() -> None:
    with op.batch_alter_table("asks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True))


def _nudges() -> None:
    with op.batch_alter_table("nudges", schema=None) as batch_op:
        batch_op.add_column(sa.Column("because", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("post_key", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("not_needed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_nudges_team_id_to_cleared_at"), ["team_id", "to", "cleared_at"], unique=False
        )
        batch_op.create_index(
            "ix_nudges_post",
            ["team_id", "post_key"],
            unique=False,
            sqlite_where=sa.text("post_key IS NOT NULL"),
            postgresql_where=sa.text("post_key IS NOT NULL"),
        )


def _people() -> None:
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("status_emoji", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("status_until", sa.DateTime(timezone=True), nullable=True))


def _waits() -> None:
    with op.batch_alter_table("waits", schema=None) as batch_op:
        batch_op.add_column(sa.Column("covers_for", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("because", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("had_by", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("look_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("pauses", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))


def _ring() -> None:
    """Let lists ring for what stood in messages of its own until now, which go when the lists stand."""
    op.execute(
        """INSERT INTO list_news (team_id, user_id, news, at)
        SELECT n.team_id, n."to", 'ring', MIN(n.created_at) FROM nudges n JOIN waits w ON w.id = n.wait_id
        WHERE n.cleared_at IS NULL AND w.ended_at IS NULL AND SUBSTR(n."to", 1, 1) IN ('U', 'W')
        GROUP BY n.team_id, n."to" """
    )
    op.execute(
        """INSERT INTO list_news (team_id, user_id, news, at)
        SELECT team_id, "by", 'ring', MIN(nudged_at) FROM promises
        WHERE ended_at IS NULL AND nudged_at IS NOT NULL GROUP BY team_id, "by" """
    )
    op.execute("UPDATE asks SET nudged_at = opened_at WHERE ended_at IS NULL AND steps_done > 0")
    op.execute(
        """INSERT INTO list_news (team_id, user_id, news, at)
        SELECT a.team_id, p.user_id, 'ring', MIN(a.opened_at) FROM asks a JOIN people p ON p.team_id = a.team_id
        JOIN kudos_posts k ON k.team_id = a.team_id AND k.about = 'ask:' || a.id AND k.key LIKE 'ask:%:' || p.user_id
        WHERE a.ended_at IS NULL GROUP BY a.team_id, p.user_id"""
    )
