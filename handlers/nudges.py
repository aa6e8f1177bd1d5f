"""The buttons of a nudge that is a post of its own, as in a home channel."""

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import ways_out
from bot.views.message import read_press
from handlers.doors import Knock


async def open_thread(_deps: Deps, _knock: Knock) -> None:
    """A link, which Slack opens by itself and tells us of."""


async def claim(deps: Deps, knock: Knock) -> str | None:
    """*I'm on it*, by anyone of ours who reads it there."""
    nudge_id, now = read_press(knock.action) or 0, deps.now()

    def take(tx: Connection) -> str | None:
        refusal = ways_out.not_for(tx, knock.workspace, nudge_id, knock.user)
        return refusal or ways_out.claim(tx, knock.workspace, nudge_id, knock.user, now)

    refusal = await deps.db.run(take)
    deps.sender.wake()
    return refusal
