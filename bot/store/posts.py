"""Where what was said stands in Slack, so that it can be said anew, or taken away, when things change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, select, update

from bot.store import outbox
from bot.store.kudos_tables import kudos_posts
from bot.store.upserts import upsert
from bot.views.message import Message, digest_of

Post = Row[Any]


def standing(tx: Connection, team_id: str, about: str) -> list[Post]:
    """All that stands about this: kudos, an ask, a round of the pulse."""
    here = (kudos_posts.c.team_id == team_id) & (kudos_posts.c.about == about)
    return list(tx.execute(select(kudos_posts).where(here).order_by(kudos_posts.c.key)))


def stand(tx: Connection, row: outbox.Row, about: str, channel: str, ts: str) -> Post:
    """Slack has what the outbox said."""
    place = {"team_id": row.team_id, "key": row.key, "about": about, "channel": channel, "ts": ts}
    upsert(tx, kudos_posts, [place | {"digest": digest_of(row.payload)}])
    return tx.execute(select(kudos_posts).where(_here(row.team_id, row.key))).one()


def say_anew(tx: Connection, post: Post, message: Message | None, now: datetime) -> None:
    """Put this in its place, if it says something else; None takes it away."""
    payload = message.payload() if message else {}
    digest, here = digest_of(payload), _here(post.team_id, post.key)
    if message is None:
        tx.execute(delete(kudos_posts).where(here))
    elif digest != post.digest:
        tx.execute(update(kudos_posts).where(here).values(digest=digest, redrawn=post.redrawn + 1))
    else:
        return
    again = in_place(post.key, post.redrawn + 1, post.channel, post.ts, payload)
    outbox.put(tx, post.team_id, again, now)


def in_place(key: str, number: int, channel: str, ts: str, payload: Mapping[str, Any]) -> outbox.Saying:
    """What Slack shows from now on where this stands; nothing, where the payload is empty. `number` makes it once."""
    method = outbox.UPDATE if payload else outbox.DELETE
    return outbox.Saying(f"again:{ts}:{number}:{key}", method, channel, {**payload, "ts": ts})


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


def id_of(key: str) -> int:
    """What a key is about, such as `ask:12:0:U0ANA`, by its id."""
    return int(key.split(":")[1])


def _here(team_id: str, key: str) -> ColumnElement[bool]:
    return (kudos_posts.c.team_id == team_id) & (kudos_posts.c.key == key)
