"""/care: who is waiting for me? And what comes once a week."""

from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.care_command import Verb, read
from bot.store import ask_rows, waiting
from bot.store import asks as ask_store
from bot.views import care as views
from bot.views.message import Message
from handlers import asks, boundary
from handlers.digest import digest, export
from handlers.doors import Knock
from handlers.pulse import trend


async def care(deps: Deps, knock: Knock) -> Message | None:
    """My waiting customers, longest first, or what else is asked for."""
    typed = str(knock.body.get("text") or "").strip()
    order = read(typed)
    if order.verb in (Verb.HELP, Verb.UNKNOWN):
        return views.usage(typed, order)
    if order.verb is Verb.EXPORT:
        return await export(deps, knock)
    if order.verb in asks.KINDS:
        return await asks.typed(deps, knock, order)
    if order.verb is Verb.BOUNDARY:
        return await boundary.typed(deps, knock, order)
    if order.verb is Verb.PULSE:
        return await trend(deps, knock)
    if order.verb is not Verb.LIST:
        return await digest(deps, knock, order)
    return await deps.db.run(_mine, knock, deps.now())


def _mine(tx: Connection, knock: Knock, now: datetime) -> Message:
    """Who waits for me, and for what I wait."""
    mine, count = waiting.mine(tx, knock.workspace, knock.user, now, views.MOST_LINES)
    open_asks = ask_store.current(tx, knock.workspace, knock.user)
    asked = [ask_rows.tell(tx, knock.workspace, one, now) for one in open_asks[: views.MOST_ASKS]]
    return views.listed(mine, count, asked)
