"""What is not needed any more goes, in small steps, so that nobody waits for it."""

from datetime import timedelta

from bot.deps import Deps
from bot.store import absences, ingest, installations, limits, oauth_states, outbox, setup_drafts, uninstalls

STEP = 1_000
EVENTS_KEPT = timedelta(days=2)  # Slack repeats an event for minutes; a redelivery by hand comes within a day
SAYINGS_KEPT = timedelta(days=30)
ABSENCES_KEPT = timedelta(days=1)


async def purge(deps: Deps) -> int:
    """Returns how many rows went."""
    gone = 0
    while count := await deps.db.run(uninstalls.forget, deps.now(), STEP):
        gone += count
    while said := await deps.db.read(outbox.old, deps.now() - SAYINGS_KEPT, STEP):
        await deps.db.run(outbox.purge, said)
        gone += len(said)
    drafts = (setup_drafts.forget, setup_drafts.KEPT)
    rests = (limits.forget, limits.KEPT)
    begun = (oauth_states.forget, timedelta())
    for forget, kept in ((ingest.forget, EVENTS_KEPT), (absences.forget, ABSENCES_KEPT), rests, drafts, begun):
        before = deps.now() - kept
        while count := await deps.db.run(forget, before, STEP):
            gone += count
    return gone + await deps.db.run(installations.purge)
