"""/care: who is waiting for me? And what comes once a week."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.care_command import Order, Verb, read
from bot.domain.roles import Role
from bot.store import ask_rows, presence, promises, waiting
from bot.store import asks as ask_store
from bot.views import care as views
from bot.views.message import Message
from bot.views.words import common
from bot.views.words import roles as role_words
from handlers import asks, backing, boundary, privacy, prompts, roles, setup, why
from handlers import presence as peace
from handlers.digest import digest, export
from handlers.doors import Knock, refusal
from handlers.pulse import trend


async def _prompt(deps: Deps, knock: Knock, order: Order) -> Message | None:
    return await prompts.typed(deps, knock, order.line)


async def _setup(deps: Deps, knock: Knock, _order: Order) -> None:
    await setup.begin(deps, knock)


async def _privacy(deps: Deps, knock: Knock, _order: Order) -> None:
    await privacy.show(deps, knock)


PLAIN: Mapping[Verb, Callable[[Deps, Knock], Awaitable[Message]]] = {
    Verb.EXPORT: export,
    Verb.PULSE: trend,
    Verb.BACKING: backing.page,
    Verb.RESUME: peace.resume,
}
ORDERED: Mapping[Verb, Callable[[Deps, Knock, Order], Awaitable[Message | None]]] = {
    Verb.ASK: asks.typed,
    Verb.SNAG: asks.typed,
    Verb.LEADER_TIME: asks.leader_time,
    Verb.BOUNDARY: boundary.typed,
    Verb.PROMPT: _prompt,
    Verb.WHY: why.typed,
    Verb.PAUSE: peace.pause,
    Verb.QUIET: peace.be,
    Verb.DIGEST_ONLY: peace.be,
    Verb.HOURS: peace.hours,
    Verb.SETUP: _setup,
    Verb.PRIVACY: _privacy,
}


async def care(deps: Deps, knock: Knock) -> Message | None:
    """My waiting customers, longest first, or what else is asked for."""
    typed = str(knock.body.get("text") or "").strip()
    order = read(typed)
    works = roles.works(knock.roles)
    if order.verb not in works:
        return Message(await _not_for(deps, knock, order.verb))
    if order.verb in (Verb.HELP, Verb.UNKNOWN):
        return views.usage(typed, order, works)
    if order.verb is Verb.LIST:
        return await deps.db.run(_mine, knock, deps.now())
    if order.verb in PLAIN:
        return await PLAIN[order.verb](deps, knock)
    return await ORDERED.get(order.verb, digest)(deps, knock, order)


async def _not_for(deps: Deps, knock: Knock, verb: Verb) -> str:
    least = min(roles.VERBS[verb])
    if least is Role.AGENT and Role.ADMIN in knock.roles:
        return role_words.ADD_YOURSELF()
    return common.escape(await refusal(deps, knock.workspace, knock.user, least))


def _mine(tx: Connection, knock: Knock, now: datetime) -> Message:
    """Who waits for me, what I promised, and for what I wait."""
    mine, count = waiting.mine(tx, knock.workspace, knock.user, now, views.MOST_LINES)
    open_asks = ask_store.current(tx, knock.workspace, knock.user)
    asked = [ask_rows.tell(tx, knock.workspace, one, now) for one in open_asks[: views.MOST_ASKS]]
    promised = promises.mine(tx, knock.workspace, knock.user, now)
    quiet = presence.quiet(tx, knock.workspace, knock.user, now)
    return views.listed(mine, count, asked, promised, quiet)
