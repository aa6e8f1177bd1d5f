"""Home tabs: published where they show something else than is true, and never over what somebody else put there."""

import asyncio
from collections.abc import Callable

from sqlalchemy import Connection

from bot.slack.clients import Clients
from bot.slack.errors import SlackError
from bot.store import homes
from bot.store.db import Db
from bot.store.homes import Standing
from bot.views.home import Drawn

CONFLICT = "hash_conflict"

Read = Callable[[Connection], Callable[[], Drawn] | None]


async def show(db: Db, slack: Clients, team_id: str, user: str, read: Read) -> bool:
    """Have a person's Home show what is read, and drawn after the transaction, unless it does already.

    Whether it was published; nothing is where `read` gives None.

    Whoever publishes says what they take to stand there, so that an older page never covers a newer one: of two at the
    same time one is refused by Slack, reads anew and tries once more. Raises SlackError.
    """
    before, drawn = await _drawn(db, team_id, user, read)
    if drawn is None or _says(before, drawn):
        return False
    try:
        fresh = await (await slack.of(team_id)).publish_home(user, drawn.view(), before.hash)
    except SlackError as error:
        if error.error != CONFLICT:
            raise
        return await _again(db, slack, team_id, user, read, before)
    await db.run(homes.shown, team_id, user, before, fresh, drawn.digest)
    return True


async def _again(db: Db, slack: Clients, team_id: str, user: str, read: Read, first: Standing) -> bool:
    """Something else stands there than we knew. If nobody has told what by now, whatever it is goes."""
    now, drawn = await _drawn(db, team_id, user, read)
    if drawn is None or _says(now, drawn):
        return False
    fresh = await (await slack.of(team_id)).publish_home(
        user, drawn.view(), now.hash if now.hash != first.hash else None
    )
    await db.run(homes.shown, team_id, user, now, fresh, drawn.digest)
    return True


async def _drawn(db: Db, team_id: str, user: str, read: Read) -> tuple[Standing, Drawn | None]:
    before, draw = await db.run(lambda tx: (homes.get(tx, team_id, user), read(tx)))
    return before, await asyncio.to_thread(draw) if draw else None


def _says(standing: Standing, drawn: Drawn) -> bool:
    return drawn.digest is not None and standing.digest == drawn.digest
