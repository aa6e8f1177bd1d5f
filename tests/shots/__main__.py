"""`make shots`: people click through the demo in a real browser; what they see is asserted, and kept as pictures."""

import asyncio
import sys

from bot.demo.tour import playing
from tests.shots.browser import chromium
from tests.shots.first_day import the_first_day
from tests.shots.home import HOME
from tests.shots.installing import two_workspaces_let_it_in
from tests.shots.kudos import KUDOS, the_tour_goes_on_to_thanks
from tests.shots.leading import leading
from tests.shots.lists import the_living_list
from tests.shots.loop import LOOP, the_tour_leads_through
from tests.shots.page import PAGE
from tests.shots.reading import what_was_read
from tests.shots.replay import a_past_is_replayed
from tests.shots.setting_up import what_is_set_up
from tests.shots.weeks import twelve_weeks

TOUR = (the_tour_leads_through, the_tour_goes_on_to_thanks, *HOME, *KUDOS, *LOOP, *PAGE)


async def main(only: list[str]) -> None:
    """All checks, or only those named; those of the tour build on each other."""
    async with chromium() as browser:
        if wanted := [check for check in TOUR if not only or check.__name__ in only]:
            async with playing(speed=1) as on:
                for check in wanted:
                    await check(browser, on)
                    print(f"ok  {check.__name__.replace('_', ' ')}")
        for weeks in (
            the_first_day,
            the_living_list,
            leading,
            twelve_weeks,
            what_was_read,
            what_is_set_up,
            a_past_is_replayed,
            two_workspaces_let_it_in,
        ):  # each a place of its own
            if not only or weeks.__name__ in only:
                await weeks(browser)
                print(f"ok  {weeks.__name__.replace('_', ' ')}")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
