"""Where what was said of kudos stands in Slack, so that it can be said anew, or taken away, when things change."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from bot.store import outbox
from bot.store.kudos_tables import kudos_posts
from bot.store.upserts import upsert
from bot.views.message import Message

UPDATE, DELETE = "chat.update", "chat.delete"

Post = Row[Any]


def standing(tx: Connection, team_id: str, about: str) -> list[Post]:
    """What stands of these kudos, or of this question."""
    here = (kudos_posts.c.team_id == team_id) & (kudos_posts.c.about == about)
    return list(tx.execute(select(kudos_posts).where(here).order_by(kudos_posts.c.key)))


def stand(tx: Connection, row: outbox.Row, about: str, channel: str, ts: str) -> None:
    """Slack has what the outbox said."""
    values = {"team_id": row.team_id, "key": row.key, "about": about, "channel": channel, "ts": ts}
    upsert(tx, kudos_posts, [values])


def say_anew(tx: Connection, post: Post, message: Message | None, now: datetime) -> None:
    """Put this in its place; None takes it away."""
    here = (kudos_posts.c.team_id == post.team_id) & (kudos_posts.c.key == post.key)
    if message is None:
        tx.execute(delete(kudos_posts).where(here))
    else:
        tx.execute(update(kudos_posts).where(here).values(redrawn=post.redrawn + 1))
    payload = (message.payload() if message else {}) | {"ts": post.ts}
    again = f"again:{post.ts}:{post.redrawn + 1}:{post.key}"
    outbox.put(tx, post.team_id, outbox.Saying(again, UPDATE if message else DELETE, post.channel, payload), now)


def catch_up(tx: Connection, row: outbox.Row, about: str, message: Message | None, now: datetime) -> None:
    """What has just been sent was decided a while ago: say anew what would be said otherwise by now."""
    if message is not None and message.payload() == row.payload:
        return
    for post in standing(tx, row.team_id, about):
        if post.key == row.key:
            say_anew(tx, post, message, now)


def restate(tx: Connection, team_id: str, key: str, message: Message | None) -> None:
    """What is still on its way gets these words; None: whoever sends it will see that it no longer holds."""
    if message is not None:
        outbox.restate(tx, team_id, key, message.payload())


def is_under_way(tx: Connection, team_id: str, about: str, key: str) -> bool:
    """Whether this stands or is on its way."""
    return key in {post.key for post in standing(tx, team_id, about)} or outbox.waits(tx, team_id, key)
