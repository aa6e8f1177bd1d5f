"""The lists' clock ticks: what is new, over or changed is told where each person's list stands."""

from bot.deps import Deps
from bot.store import list_clock, living_lists
from jobs import taking

NEWS, LISTS = 500, 20  # taken at once: whoever draws a list holds it


async def sweep(deps: Deps) -> int:
    """Put in the outbox what is due to be said; returns how many news and lists were taken."""
    heard = await taking.all_due(deps, lambda tx, _known, _now, limit: living_lists.take_up(tx, limit), NEWS)
    return heard + await taking.all_due(deps, list_clock.take_due, LISTS)
