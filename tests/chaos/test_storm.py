"""Four processes, kill -9, a database that crashes, clocks that jump, 429s, lost and doubled events: nothing is lost.

`make chaos` goes on for as long as one likes; this is a short one, always with the same misdeeds.
"""

from tests.chaos.storm import storm
from tests.chaos.weather import Misdeed

SEED = 20261122
MISDEEDS = (Misdeed.KILL, Misdeed.JUMP, Misdeed.CRASH, Misdeed.LIMIT, Misdeed.KILL_ALIKE)


async def test_a_storm_loses_and_doubles_nothing_and_nothing_is_late() -> None:
    async with storm(SEED) as there:
        wrong = await there.wave(MISDEEDS)
        assert wrong == [], there.fleet.words()
        assert there.witness.lateness(), "nobody was told anything"
