"""`make shots`: people click through the demo in a real browser; what they see is asserted, and kept as pictures."""

import asyncio
import sys

from bot.demo.tour import playing
from tests.shots.browser import chromium
from tests.shots.kudos import KUDOS
from tests.shots.loop import LOOP, the_tour_leads_through
from tests.shots.page import PAGE


async def main(only: list[str]) -> None:
    async with playing(speed=1) as on, chromium() as browser:
        for check in (the_tour_leads_through, *KUDOS, *LOOP, *PAGE):
            if not only or check.__name__ in only:
                await check(browser, on)
                print(f"ok  {check.__name__.replace('_', ' ')}")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
