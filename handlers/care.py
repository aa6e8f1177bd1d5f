"""/care: who is waiting for me?"""

from bot.deps import Deps
from bot.store import waiting
from bot.views import care as views
from bot.views.message import Message
from handlers.doors import Knock


async def care(deps: Deps, knock: Knock) -> Message:
    """My waiting customers, longest first; `help` for help."""
    words = str(knock.body.get("text") or "").strip()
    if words:
        return views.usage(words)
    mine, count = await deps.db.run(waiting.mine, knock.workspace, knock.user, deps.now(), views.MOST_LINES)
    return views.listed(mine, count)
