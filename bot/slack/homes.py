"""Home tabs: published where they show something else than is true, and never over what somebody else put there."""

from collections.abc import Callable

from sqlalchemy import Connection

from bot.slack.client import Slack
from bot.slack.errors import SlackError
from bot.store import homes
from bot.store.db import Db
from bot.store.homes import Standing
from bot.views.home import Drawn

CONFLICT = "hash_conflict"

Draw = Callable[[Connection], Drawn | None]


async def show(db: Db, slack: Slack, team_id: str, user: str, draw: Draw) -> bool:
    """Have a person's Home show what `draw` reads, unless it does already. Whether it was published.

    Whoever publishes says what they take to stand there, so that an older page never covers a newer one: of two at the
    same time one is refused by Slack, reads anew and tries once more. Raises SlackError.
    """
    before, drawn = await db.run(_read, team_id, user, draw)
    if drawn is None or _says(before, drawn):
        return False
    try:
        fresh = await slack.publish_home(user, drawn.view, before.hash)
    except SlackError as error:
        if error.error != CONFLICT:
            raise
        return await _again(db, slack, team_id, user, draw, before)
    await db.run(homes.shown, team_id, user, before, fresh, drawn.digest)
    return True


async def _again(db: Db, slack: Slack, team_id: str, user: str, draw: Draw, first: Standing) -> bool:
    """Something else stands there than we knew. If nobody has told what by now, whatever it is goes."""
    now, drawn = await db.run(_read, team_id, user, draw)
    if drawn is None or _says(now, drawn):
        return False
    fresh = await slack.publish_home(user, drawn.view, now.hash if now.hash != first.hash else None)
    await db.run(homes.shown, team_id, user, now, fresh, drawn.digest)
    return True


def _read(tx: Connection, team_id: str, user: str, draw: Draw) -> tuple[Standing, Drawn | None]:
    return homes.get(tx, team_id, user), draw(tx)


def _says(standing: Standing, drawn: Drawn) -> bool:
    return drawn.digest is not None and standing.digest == drawn.digest
