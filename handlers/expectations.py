"""What can reasonably be expected: the change of a target that a weekly page offers, in one click."""

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import expectations as store
from bot.views import expectations as views
from bot.views.words import expectations as words
from handlers.doors import Knock


async def take(deps: Deps, knock: Knock) -> str:
    """*Make it 75 minutes.*"""
    offer = views.read_offer(knock.action)
    if offer is None:
        return words.CHANGED()

    def change(tx: Connection) -> str:
        workspace = knock.workspace_now(tx, deps)
        return store.take(tx, workspace, offer, knock.user, deps.now()) or store.taken(workspace, offer)

    return await deps.db.run(change)
