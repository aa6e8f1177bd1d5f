"""Who has too much? Looks at everybody's load, so that those who lead them can take something off."""

from bot.deps import Deps
from bot.store import overloads
from jobs.taking import in_each


async def watch(deps: Deps) -> int:
    """Returns of how many people there was something new."""
    return await in_each(deps, overloads.watch, overloads.to_watch)
