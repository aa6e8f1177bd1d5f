"""Where what was said of kudos stands in Slack, so that it can be said anew, or taken away, when things change."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, select, update

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


def stand(tx: Connection, row: outbox.Row, about: str, channel: str, ts: str) -> Post:
    """Slack has what the outbox said."""
    place = {"team_id": row.team_id, "key": row.key, "about": about, "channel": channel, "ts": ts}
    upsert(tx, kudos_posts, [place | {"digest": _digest(row.payload)}])
    return tx.execute(select(kudos_posts).where(_here(row.team_id, row.key))).one()


def say_anew(tx: Connection, post: Post, message: Message | None, now: datetime) -> None:
    """Put this in its place, if it says something else; None takes it away."""
    payload = message.payload() if message else {}
    digest, here = _digest(payload), _here(post.team_id, post.key)
    if message is None:
        tx.execute(delete(kudos_posts).where(here))
    elif digest != post.digest:
        tx.execute(update(kudos_posts).where(here).values(digest=digest, redrawn=post.redrawn + 1))
    else:
        return
    method = UPDATE if message else DELETE
    again = outbox.Saying(
        f"again:{post.ts}:{post.redrawn + 1}:{post.key}", method, post.channel, payload | {"ts": post.ts}
    )
    outbox.put(tx, post.team_id, again, now)


def forget(tx: Connection, team_id: str, about: str) -> None:
    """What stands of this stays as it is from now on, and nobody knows where."""
    tx.execute(delete(kudos_posts).where(kudos_posts.c.team_id == team_id, kudos_posts.c.about == about))


def restate(tx: Connection, team_id: str, key: str, message: Message | None) -> None:
    """What is still on its way gets these words; None: whoever sends it will see that it no longer holds."""
    if message is not None:
        outbox.restate(tx, team_id, key, message.payload())


def is_under_way(tx: Connection, team_id: str, about: str, key: str) -> bool:
    """Whether this stands or is on its way."""
    return key in {post.key for post in standing(tx, team_id, about)} or outbox.waits(tx, team_id, key)


def _here(team_id: str, key: str) -> ColumnElement[bool]:
    return (kudos_posts.c.team_id == team_id) & (kudos_posts.c.key == key)


def _digest(payload: Mapping[str, Any]) -> str:
    return sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
