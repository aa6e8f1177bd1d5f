"""Four processes, kill -9, a database that crashes, clocks that jump, 429s, lost and doubled events: nothing is lost.

`make chaos` goes on for as long as one likes; this is one wave of the same, always with the same misdeeds.
"""

from tests.chaos.storm import storm

SEED = 4
MISDEEDS = 6


async def test_a_storm_loses_and_doubles_nothing_and_nothing_is_late() -> None:
    async with storm(SEED) as there:
        wrong = await there.wave(MISDEEDS, jumps=True)
        assert wrong == [], there.fleet.words()
        assert there.witness.lateness(), "nobody was told anything"
