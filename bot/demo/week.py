"""The week before, and a few before that: what the demo's people wrote, so that the place is lived in."""

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.demo.place import (
    ADA,
    ANA,
    BEGINNING,
    BOB,
    CARE,
    EXT_ACME,
    EXT_BLUEBIRD,
    GENERAL,
    GITA,
    GUESTS,
    LEE,
    MIA,
    OMAR,
    ZONE,
)
from bot.demo.rounds import Week, lines, live, typed
from bot.demo.stage import Stage

ARRIVAL = "7 10:00"
WHEELS = (1, 3, 7)  # what turns in the weeks before; nobody has thanked Omar in them
CALM = Week(pace=29, a_day=2)
PAST = BEGINNING - timedelta(weeks=len(WHEELS))


class Line(NamedTuple):
    """`at` is the day (0 is the first Monday) and the time in Lisbon; `to` the line that it answers in a thread.

    A text that begins with a slash is a command.
    """

    name: str
    at: str
    who: str
    where: str
    text: str
    to: str = ""


WEEK = (
    Line("hello", "0 09:05", MIA, GENERAL, "Good morning all. Quiet week ahead, I hope :sunny:"),
    Line("seats", "0 09:40", ADA, EXT_ACME, "Hi! Can you add two seats to our March booking?"),
    Line("seats-1", "0 09:58", ANA, EXT_ACME, "Hi Ada, done: you are at 14 now.", "seats"),
    Line("seats-2", "0 10:02", ADA, EXT_ACME, "Perfect, thank you!", "seats"),
    Line("rye", "0 11:15", BOB, EXT_BLUEBIRD, "Is there a way to repeat last week's order with one click?"),
    Line("rye-1", "0 12:05", LEE, EXT_BLUEBIRD, "There is: open the order and press Repeat. Shall I show you?", "rye"),
    Line("rye-2", "0 12:20", BOB, EXT_BLUEBIRD, "Works now, thanks :+1:", "rye"),
    Line("form", "1 10:10", GITA, GUESTS, "Hello, where do I send the signed form?"),
    Line("form-1", "1 10:25", OMAR, GUESTS, "Here is fine, Gita, or to forms@linden.example.", "form"),
    Line("form-2", "1 10:31", GITA, GUESTS, "Great, thanks :pray:", "form"),
    Line("late", "1 14:00", ADA, EXT_ACME, "The driver app logs our people out every morning. What can we do?"),
    Line(
        "late-1", "1 15:20", ANA, EXT_ACME, "That is on us, sorry. A fix is out, please update and try again.", "late"
    ),
    Line("late-2", "2 09:12", ADA, EXT_ACME, "It works now, thank you so much!", "late"),
    Line("cake", "2 13:30", MIA, GENERAL, "There is cake in the kitchen, Omar has turned 30 :birthday:"),
    Line("vat", "3 09:30", BOB, EXT_BLUEBIRD, "Our VAT number has changed, whom do I tell?"),
    Line("vat-1", "3 09:51", LEE, EXT_BLUEBIRD, "Me! Send it here and I will put it on file.", "vat"),
    Line("vat-2", "3 09:55", BOB, EXT_BLUEBIRD, "DK 1234 5678", "vat"),
    Line("vat-3", "3 10:20", LEE, EXT_BLUEBIRD, "Done. The next invoice has it.", "vat"),
    Line("vat-4", "3 10:21", BOB, EXT_BLUEBIRD, "Thank you!", "vat"),
    Line(
        "kudos-lee",
        "3 15:10",
        ANA,
        CARE,
        "/kudos public @lee #customer-focus for seeing to Bluebird's VAT number, so that Bob need ask nobody else",
    ),
    Line("dentist", "4 09:05", LEE, CARE, "I am at the dentist until eleven, could somebody keep an eye on Bluebird?"),
    Line("dentist-1", "4 09:07", ANA, CARE, "With pleasure. Good luck, Lee!"),
    Line(
        "kudos-ana",
        "4 11:10",
        LEE,
        CARE,
        "/kudos public @ana #kindness for watching over Bluebird all morning, so that I could sit still at the dentist",
    ),
    Line("price", "4 11:20", ADA, EXT_ACME, "Do prices change in April?"),
    Line("price-1", "4 11:35", ANA, EXT_ACME, "No, they stay as they are until summer.", "price"),
    Line("price-2", "4 11:36", ADA, EXT_ACME, "Good to know, thanks!", "price"),
    Line("flour", "7 09:50", BOB, EXT_BLUEBIRD, "Can today's delivery come at four instead of two?"),
)


async def live_through(on: Stage) -> None:
    """Play the weeks at their own times, through the bot, up to a Monday morning, when Bob is waiting."""
    for week, wheel in enumerate(WHEELS):
        await live(on, lines(CALM, PAST.date() + timedelta(weeks=week), wheel))
    said: dict[str, str] = {}
    for line in WEEK:
        await on.until(_moment(line.at))
        if line.text.startswith("/"):
            await typed(on, line.who, line.where, line.text)
        else:
            said[line.name] = await on.say(line.who, line.where, line.text, said.get(line.to))
    await on.until(_moment(ARRIVAL))


def _moment(at: str) -> datetime:
    day, clock = at.split()
    hour, minute = clock.split(":")
    monday = BEGINNING.astimezone(ZONE).replace(hour=0)
    return monday + timedelta(days=int(day), hours=int(hour), minutes=int(minute))
