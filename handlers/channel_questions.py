"""What is this channel? The answer of whoever brought CareCue there."""

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import channel_questions as store
from bot.views import channel_questions as views
from bot.views.message import Message
from bot.views.words import channel_questions as words
from handlers.doors import Knock


async def choose(_deps: Deps, _knock: Knock) -> None:
    """Something else was chosen than what was likely: it comes with the button."""


async def answer(deps: Deps, knock: Knock) -> str | Message:
    """*That's right.*"""
    channel, given = views.read_channel(knock.action), views.read(knock.body)
    if channel is None or given is None:
        return words.FORGOTTEN()

    def write(tx: Connection) -> str | Message:
        return store.answer(tx, knock.workspace_now(tx, deps), channel, knock.user, given, deps.now())

    return await deps.db.run(write)
