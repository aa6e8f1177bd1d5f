"""What is not needed any more goes, in small steps, so that nobody waits for it."""

from datetime import timedelta

from bot.deps import Deps
from bot.store import absences, ingest, outbox, setup_drafts, uninstalls

STEP = 1_000
EVENTS_KEPT = timedelta(days=2)  # Slack repeats an event for minutes; a redelivery by hand comes within a day
SAYINGS_KEPT = timedelta(days=30)
ABSENCES_KEPT = timedelta(days=1)


async def purge(deps: Deps) -> int:
    """Returns how many rows went."""
    gone = 0
    while count := await deps.db.run(uninstalls.forget, deps.now(), STEP):
        gone += count
    drafts = (setup_drafts.forget, setup_drafts.KEPT)
    old = ((ingest.forget, EVENTS_KEPT), (outbox.purge, SAYINGS_KEPT), (absences.forget, ABSENCES_KEPT), drafts)
    for forget, kept in old:
        before = deps.now() - kept
        while count := await deps.db.run(forget, before, STEP):
            gone += count
    return gone
