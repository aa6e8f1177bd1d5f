"""Kudos, by whom they are for: the buttons of the note, and what a customer's thanks may become."""

from collections.abc import Callable
from functools import partial

from bot.deps import Deps
from bot.domain.kudos import Code, Refused
from bot.store import kudos as store
from bot.store import kudos_asks
from bot.views.message import read_press
from bot.views.words import kudos as words
from handlers.doors import Knock

Verb = Callable[..., Refused | None]


async def thank(deps: Deps, knock: Knock) -> str | None:
    """*Say thanks.*"""
    return await _do(deps, knock, store.say_thanks)


async def show_manager(deps: Deps, knock: Knock) -> str | None:
    """*Show to my manager.*"""
    return await _do(deps, knock, store.show_manager)


async def hide(deps: Deps, knock: Knock) -> str | None:
    """*Hide.*"""
    return await _do(deps, knock, store.hide)


async def announce(deps: Deps, knock: Knock) -> str | None:
    """*Yes, announce it.*"""
    return await _do(deps, knock, partial(store.answer_announce, yes=True))


async def keep_quiet(deps: Deps, knock: Knock) -> str | None:
    """*No, keep it here.*"""
    return await _do(deps, knock, partial(store.answer_announce, yes=False))


async def keep(deps: Deps, knock: Knock) -> str | None:
    """*Keep it*, of a customer's thanks."""
    return await _do(deps, knock, kudos_asks.keep)


async def let_be(deps: Deps, knock: Knock) -> str | None:
    """*No, thanks*, or *Not now*."""
    return await _do(deps, knock, kudos_asks.let_be)


async def _do(deps: Deps, knock: Knock, verb: Verb) -> str | None:
    """What there is to see, the message itself says from then on."""
    kudos_id = read_press(knock.action) or 0
    refused = await deps.db.run(lambda tx: verb(tx, knock.workspace, kudos_id, knock.user, now=deps.now()))
    deps.sender.wake()
    if refused is None:
        return None
    return words.NO_MANAGER() if refused.code is Code.NOBODY else words.refused(refused, [])
