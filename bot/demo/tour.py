"""The demo to click in: a lived-in week behind it, a clock that runs, and a tour that says what to try."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

from bot.app import stopped, working
from bot.demo.listed import posts
from bot.demo.place import ADA, ANA, BOT, CARE, EXT_ACME, LEE, MIA
from bot.demo.stage import Stage, stage
from bot.demo.week import PAST, live_through
from bot.sandbox.page import Step, Tour
from bot.views import ask_forms, prompt_forms
from bot.views import asks as ask_views
from bot.views import boundary as boundary_views
from bot.views import care as care_views
from bot.views import kudos as kudos_views


class Tip(NamedTuple):
    """A step of the tour, and how Slack's record shows that somebody has done it; `since` counts what was there."""

    step: Step
    count: Callable[[Stage], int]


def _asked(on: Stage) -> int:
    return len(on.sandbox.record.posts(channel=EXT_ACME, user=ADA))


def _nudged(on: Stage) -> int:
    """Ana's list stands once, however often it has rung."""
    return len(posts(on, ANA))


def _pressed(on: Stage) -> int:
    return sum(sent.type == "block_actions" for sent in on.sandbox.record.sent)


def _answered(on: Stage) -> int:
    """By whoever has it: Ana may have handed it over."""
    return sum(entry.user in (ANA, LEE, MIA) for entry in on.sandbox.record.posts(channel=EXT_ACME))


def _listed(on: Stage) -> int:
    return len(on.sandbox.record.ephemerals(LEE)) + len(on.sandbox.record.ephemerals(ANA))


def _thanked(on: Stage) -> int:
    """Notes to whoever it was: each came with a way to answer it."""
    return sum(kudos_views.THANK in str(entry.message) for entry in on.sandbox.record.posts(by_bot=True))


def _thanked_back(on: Stage) -> int:
    sent = [one.payload for one in on.sandbox.record.sent if one.type == "block_actions"]
    return sum(payload["actions"][0]["action_id"] == kudos_views.THANK for payload in sent)


def _previewed(on: Stage) -> int:
    sent = [one.payload for one in on.sandbox.record.sent if one.kind == "slash_commands"]
    return sum(payload["command"] == care_views.COMMAND and payload["text"].startswith("digest") for payload in sent)


def _chose_at_home(on: Stage) -> int:
    sent = [one.payload for one in on.sandbox.record.sent if one.type == "block_actions"]
    return sum((payload.get("view") or {}).get("type") == "home" for payload in sent)


def _called(on: Stage) -> int:
    """By whatever way: each call starts with Mia's own message about it."""
    return sum(ask_views.ANSWER in str(entry.message) for entry in on.sandbox.record.posts(by_bot=True))


def _worded(on: Stage) -> int:
    return _sent_off(on, ask_forms.ANSWER_FORM)


def _bounded(on: Stage) -> int:
    return _sent_off(on, boundary_views.FORM)


def _took_up(on: Stage) -> int:
    return _sent_off(on, prompt_forms.TAKE_FORM)


def _sent_off(on: Stage, form: str) -> int:
    sent = [one.payload for one in on.sandbox.record.sent if one.type == "view_submission"]
    return sum(payload["view"]["callback_id"] == form for payload in sent)


TIPS = (
    Tip(
        Step(
            "ask",
            "A customer writes",
            "You are Ada of Acme Travel now. Ask something in #ext-acme, such as “Can we change our booking?”",
            ADA,
            EXT_ACME,
        ),
        _asked,
    ),
    Tip(
        Step(
            "wait",
            "Time passes",
            "Nobody answers. Press “+15 min” above three times: CareCue notices, and tells Ana in private.",
            ANA,
            BOT,
        ),
        _nudged,
    ),
    Tip(
        Step(
            "press",
            "Ana has ways out",
            "You are Ana. One list holds all who wait for her: press “⋯” to take it on, snooze it or hand it over.",
            ANA,
            BOT,
        ),
        _pressed,
    ),
    Tip(
        Step(
            "answer",
            "Ana answers",
            "Reply to Ada in her thread, then look at the list again: it has emptied itself.",
            ANA,
            EXT_ACME,
        ),
        _answered,
    ),
    Tip(
        Step(
            "thank",
            "Ada says thanks",
            "As Ada, say “Thanks, that works!” in the thread. However long you wait, nobody is nudged about it.",
            ADA,
            EXT_ACME,
        ),
        _asked,
    ),
    Tip(
        Step("list", "Who waits for me?", "Bob of Bluebird has been waiting as well. Type /care, as Lee.", LEE, CARE),
        _listed,
    ),
    Tip(
        Step(
            "kudos",
            "Lee says thanks",
            "As Lee, thank a colleague: type “/kudos @ana for …”, with what she did in a sentence. Only she hears it.",
            LEE,
            CARE,
        ),
        _thanked,
    ),
    Tip(
        Step(
            "kept",
            "Ana keeps it",
            "You are Ana. Lee's words came to you as a message: press “Say thanks”. Home keeps them all, as stories.",
            ANA,
            BOT,
        ),
        _thanked_back,
    ),
    Tip(
        Step(
            "digest",
            "A page for the team",
            "Every Monday at nine the team finds its week here. You are Mia: type “/care digest now” for a look ahead.",
            MIA,
            CARE,
        ),
        _previewed,
    ),
    Tip(
        Step(
            "home",
            "All in one place",
            "Mia's Home: who waits, how the week was, who has gone unthanked. Press something under “Your settings”.",
            MIA,
            BOT,
            "home",
        ),
        _chose_at_home,
    ),
    Tip(
        Step(
            "help",
            "Ana asks for help",
            "Leaders owe word, too. As Ana, type “/care ask …”, with what would help: Mia's clock starts.",
            ANA,
            CARE,
        ),
        _called,
    ),
    Tip(
        Step(
            "word",
            "Mia answers her",
            "You are Mia. Press “Answer” in your list. Ana reads your words, and sees till then by when.",
            MIA,
            BOT,
        ),
        _worded,
    ),
    Tip(
        Step(
            "boundary",
            "A customer goes too far",
            "As Ana, open the menu of a message of Ada's: “CareCue…”, then “Call a boundary”. Ada sees none of it.",
            ANA,
            EXT_ACME,
        ),
        _bounded,
    ),
    Tip(
        Step(
            "prompt",
            "One small act a week",
            "Mia found it this morning, with the reason: “For you this week”. Press “I'll do this”, and choose when.",
            MIA,
            BOT,
        ),
        _took_up,
    ),
)


async def show(speed: float, port: int) -> None:
    """Serve the page until the process is asked to stop."""
    async with playing(speed, port) as on:
        print(f"CareCue demo: open {on.sandbox.url} in your browser. Ctrl+C ends it.", flush=True)
        await stopped()


@asynccontextmanager
async def playing(speed: float, port: int = 0) -> AsyncIterator[Stage]:
    """The demo as whoever opens the page finds it; at `speed` 0 the clock moves only by its buttons."""
    tour = Tour(tip.step for tip in TIPS)
    async with stage(tour=tour, port=port, begins=PAST) as on:
        await live_through(on)
        on.clock.speed = speed
        ticking = asyncio.create_task(_tick(on, tour))
        try:
            async with working(on.bot):
                yield on
        finally:
            ticking.cancel()


async def _tick(on: Stage, tour: Tour) -> None:
    """Tick the steps that were done, in the tour's order: a step counts from when the one before it was done."""
    news = on.sandbox.subscribe()
    for step, count in TIPS:
        before = count(on)
        while count(on) <= before:
            await anext(news)
        tour.tick(step.name)
