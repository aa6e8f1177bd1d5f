"""Ordinary weeks: customers ask, the team answers, now and then somebody is thanked. No two weeks read the same."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, EXT_BLUEBIRD, GITA, GUESTS, LEE, MIA, OMAR, ZONE
from bot.demo.stage import Stage

# question, answer
TALK = (
    ("Can we add two people to the group on the 14th?", "Done, you are at sixteen now."),
    ("The confirmation shows the wrong arrival time. Is that only the PDF?", "Only the PDF; a new one is on its way."),
    ("Which form do we need for the deposit?", "The short one, under Billing. I have filled in your part."),
    ("Our driver has no access to the app any more. What can he do?", "He was logged out; the new link works."),
    ("Could you move Friday's delivery to the back door?", "With pleasure, the driver has a note."),
    ("Is it possible to pay by direct debit?", "It is. I have sent you the mandate to sign."),
    ("We are missing the invoice for February, could you send it again?", "Here it is, sorry about that."),
    ("How do I invite a colleague to our account?", "Under People, Invite; she has a mail already."),
    ("The seat map stays empty on my phone. Do you know why?", "An old version: please update, then it loads."),
    ("What happens to our booking if the train is late?", "It is held for two hours, and you can call us."),
    ("Can I have the price list in English?", "Attached, with the summer prices in it."),
    ("Do you know when the new menu goes online?", "On Thursday at nine, and you will get a mail."),
    ("Where can I see how many seats are left?", "On the overview, at the top right."),
    ("Two of our orders look the same, is one of them a mistake?", "It was, and I have cancelled the second."),
    ("Who is our contact while you are on holiday?", "Lee is, and he knows all about you."),
    ("Could the export have a column for the cost centre?", "It has one from today on."),
    ("My password mail does not arrive. Can you check?", "It was in quarantine; it is through now."),
)
# giver, receiver, what for
PRAISE = (
    (ANA, "omar", "#welcoming for walking Gita through the badge form, field by field, on her first morning"),
    (LEE, "ana", "#responsiveness for answering Ada from the train, so that she could book before noon"),
    (OMAR, "lee", "#solutions for the little script that checks every delivery address before it goes out"),
    (MIA, "lee", "#kindness for taking over my shift so that I could see my daughter's play"),
    (ANA, "lee", "#customer-focus for calling Bob back twice, until his invoice was really right"),
    (LEE, "omar", "#optimism for making us laugh in the longest release meeting of the year"),
    (OMAR, "ana", "#solutions for finding out why the seat map stayed empty, and writing it down for all of us"),
    (MIA, "ana", "#customer-focus for sending Ada the two dates that she had not thought of"),
    (LEE, "ana", "#kindness for saving me a seat, a coffee and the agenda when my train was late"),
    (ANA, "omar", "#responsiveness for telling all three who had asked, the minute the app was back"),
    (MIA, "omar", "#optimism for believing in the new form when two of us had given up on it"),
    (OMAR, "lee", "#welcoming for learning how to say good morning in Portuguese for Gita"),
    (LEE, "omar", "#customer-focus for driving the forgotten passports to the station"),
    (ANA, "lee", "#solutions for a template that answers the VAT question for good"),
    (OMAR, "ana", "#kindness for asking how my exam went, and remembering the date"),
    (MIA, "lee", "#responsiveness for picking up the phone at five to five, every time"),
)
ROOMS = ((EXT_ACME, ADA, (ANA, LEE)), (EXT_BLUEBIRD, BOB, (LEE, ANA)), (GUESTS, GITA, (OMAR, ANA)))  # who answers there
STARTS = (time(9, 20), time(11, 5), time(13, 30), time(15, 10))
SPREAD = (45, 80, 100, 65, 150, 90, 120)  # percent of the week's pace
AGAIN = 5  # after every so many answers the customer has to ask once more


class Line(NamedTuple):
    """Something said at a moment, in the thread of its round's question; a text that begins with a slash is typed."""

    at: datetime
    who: str
    where: str
    text: str
    round: int


class Week(NamedTuple):
    """`pace`: minutes of a typical first reply; `late`: how many hear from us a day later; `away`: who is not there."""

    pace: int
    a_day: int = 3
    days: int = 5
    away: tuple[str, ...] = ()
    late: int = 0


def lines(week: Week, monday: date, number: int = 0) -> list[Line]:
    """What is said in it, in order of time; `number` turns the wheel of questions and of thanks."""
    said = [line for turn in range(week.days * week.a_day) for line in _round(week, monday, number, turn)]
    return sorted([*said, *_thanks(week, monday, number)], key=lambda line: line.at)


async def live(on: Stage, said: list[Line]) -> None:
    """Say it all at its time, through the bot; a round that should have begun before now is left out."""
    begun = {line.round for line in said if line.at < on.clock.now()}
    threads: dict[int, str] = {}
    for line in (line for line in said if line.round not in begun):
        await on.until(line.at)
        if line.text.startswith("/"):
            await typed(on, line.who, line.where, line.text)
        else:
            ts = await on.say(line.who, line.where, line.text, threads.get(line.round))
            threads.setdefault(line.round, ts)


async def typed(on: Stage, who: str, where: str, text: str) -> None:
    """A command; what only they saw of the answer, they have dismissed since."""
    name, _, words = text.partition(" ")
    await on.sandbox.command(who, where, name, words)
    await on.settle()
    on.sandbox.dismiss(who, where, on.sandbox.record.ephemerals(who)[-1].ts)


def _round(week: Week, monday: date, number: int, turn: int) -> Iterator[Line]:
    """A question and what follows from it."""
    day, slot = divmod(turn, week.a_day)
    step = number * 5 * week.a_day + turn
    where, customer, team = ROOMS[(turn + turn // len(ROOMS)) % len(ROOMS)]
    agent = next(one for one in team if one not in week.away)
    question, answer = TALK[step % len(TALK)]
    asked = datetime.combine(monday + timedelta(days=day), STARTS[slot], ZONE) + timedelta(minutes=step * 7 % 25)
    after = timedelta(minutes=week.pace * SPREAD[step % len(SPREAD)] // 100)
    answered = asked + (timedelta(days=1, minutes=40) if turn < week.late else after)
    yield Line(asked, customer, where, question, turn)
    yield Line(answered, agent, where, answer, turn)
    if step % AGAIN == AGAIN - 1:
        yield Line(answered + timedelta(minutes=30), customer, where, "And where do I see whether it worked?", turn)
        yield Line(answered + timedelta(minutes=48), agent, where, "Under History, with a green tick.", turn)
    elif step % 3 == 0:
        yield Line(answered + timedelta(minutes=6), customer, where, "Great, thank you!", turn)


def _thanks(week: Week, monday: date, number: int) -> Iterator[Line]:
    """Two a week, announced, from Tuesday on."""
    for turn in range(2 if week.a_day else 0):
        giver, receiver, words = PRAISE[(number * 2 + turn) % len(PRAISE)]
        at = datetime.combine(monday + timedelta(days=1 + 2 * turn), time(16, 10), ZONE)
        if giver not in week.away:
            yield Line(at, giver, CARE, f"/kudos public @{receiver} {words}", -1 - turn)
