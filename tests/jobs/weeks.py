"""Weeks in the office, played quickly: who asks, who answers after how long; and what the page then says."""

from typing import Any

from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, GITA, GUESTS, LEE, OMAR
from bot.views.words import digest as words
from tests.handlers.office import Office

Json = dict[str, Any]

PLACES = ((ADA, EXT_ACME, ANA), (BOB, EXT_BLUEBIRD, LEE), (GITA, GUESTS, OMAR))


async def day(office: Office, minutes: int = 20) -> None:
    """Three customers ask, three agents answer, each after so many minutes; one customer says thanks."""
    asked = [(await office.say(who, where, "Where do we find the form?"), where, by) for who, where, by in PLACES]
    await office.wait(minutes=minutes)
    for ts, where, by in asked:
        await office.say(by, where, "Under Billing, at the top.", ts)
    await office.wait(minutes=10)
    await office.say(ADA, EXT_ACME, "Thanks, that works!", asked[0][0])


async def week(office: Office, minutes: int = 20) -> None:
    """Monday and Tuesday as above, then on to Monday at ten."""
    await day(office, minutes)
    await office.morning()
    await day(office, minutes + 10)
    await monday(office)


async def monday(office: Office) -> None:
    """Nothing happens until the next Monday at ten."""
    while True:
        await office.morning()
        if office.clock.now().weekday() == 0:
            return


def weeks(office: Office) -> list[Json]:
    """The team's pages, in the order in which they came."""
    return [message for message in office.home_posts() if words.TITLE() in message["text"]]


def threads(office: Office) -> list[Json]:
    """What stands in their threads."""
    return [message for message in office.home_posts() if message["text"] == words.DETAILS()]
