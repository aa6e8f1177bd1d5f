"""/care: who is waiting for me? And what comes once a week."""

from bot.deps import Deps
from bot.domain.care_command import Verb, read
from bot.store import waiting
from bot.views import care as views
from bot.views.message import Message
from handlers.digest import digest, export
from handlers.doors import Knock
from handlers.pulse import trend


async def care(deps: Deps, knock: Knock) -> Message:
    """My waiting customers, longest first, or what else is asked for."""
    typed = str(knock.body.get("text") or "").strip()
    order = read(typed)
    if order.verb in (Verb.HELP, Verb.UNKNOWN):
        return views.usage(typed, order)
    if order.verb is Verb.EXPORT:
        return await export(deps, knock)
    if order.verb is Verb.PULSE:
        return await trend(deps, knock)
    if order.verb is not Verb.LIST:
        return await digest(deps, knock, order)
    mine, count = await deps.db.run(waiting.mine, knock.workspace, knock.user, deps.now(), views.MOST_LINES)
    return views.listed(mine, count)
