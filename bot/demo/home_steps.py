"""The steps of the demo about CareCue's Home: everybody finds what is theirs there, and customers find nothing."""

import re
from typing import Any

from bot.demo.place import ADA, ANA, EXT_ACME, GITA, GUESTS, LEE, MIA, NIA, OMAR
from bot.demo.proof import Act, buttons, expect, link_part, texts
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.views import home as views

Json = dict[str, Any]

BLOCKS_MAX = 100
INTERNAL = ("care", "team", "kudos", "digest", "waiting", "nudge", "agent", "manager", "week")


async def agent(stage: Stage) -> str:
    """Who waits for me, live; my week, my kudos, my settings, each a click away."""
    ts = await stage.say(ADA, EXT_ACME, "Is there a quiet carriage on the Friday train?")
    await stage.wait(minutes=20)
    home = await _opened(stage, ANA)
    expect(link_part(ts) in str(home), "no way to who waits")
    expect("Your week" in _headers(home), f"headers {_headers(home)}")
    await _press_all(stage, ANA)
    await stage.say(ANA, EXT_ACME, "There is, carriage 4; I have moved you there.", ts)
    later = _shown(stage, ANA)
    expect(later["hash"] != home["hash"] and link_part(ts) not in str(later), "an answered customer still waits")
    return " · ".join(_headers(home))


async def manager(stage: Stage) -> str:
    """The team's week and who has gone unthanked; of nobody a time."""
    home = await _opened(stage, MIA)
    expect("Team Care" in _headers(home), f"headers {_headers(home)}")
    timed = [text for text in texts(home) if re.search(rf"<@(?:{ANA}|{LEE}|{OMAR})>.*\b\d+ (?:min|h)\b", text)]
    expect(not timed, f"somebody named with a time: {timed}")
    expect("How CareCue is doing" not in _headers(home), "an admin's part")
    return _line(stage, home, "Last week")


async def admin(stage: Stage) -> str:
    """Whether CareCue hears and speaks, and which teams and channels it knows."""
    await stage.say(OMAR, GUESTS, "Good morning, Gita! Your badge is at the desk.")
    home = await _opened(stage, NIA)
    expect("How CareCue is doing" in _headers(home), f"headers {_headers(home)}")
    expect("Care" in str(home) and "1 team" not in str(home), "no team")
    return _line(stage, home, "heard")


async def customer(stage: Stage) -> str:
    """A guest, and a customer who finds CareCue through the shared channel: a friendly nothing, nothing to press."""
    for user in (GITA, ADA):
        home = await _opened(stage, user)
        told = " ".join(texts(home)).casefold()
        words = [word for word in INTERNAL if re.search(rf"\b{word}", told)]
        expect(not words, f"internal words: {words}")
        expect(not buttons(home), "something to press")
    return texts(home)[-1]


STEPS: tuple[tuple[str, Act], ...] = (
    ("home.agent", agent),
    ("home.manager", manager),
    ("home.admin", admin),
    ("home.customer", customer),
)


async def _opened(stage: Stage, user: str) -> Json:
    """Somebody opens the Home tab; what stands there then."""
    stage.sandbox.open_home(user)
    await stage.settle()
    return _shown(stage, user)


def _shown(stage: Stage, user: str) -> Json:
    (*_, last) = [shown for shown in stage.sandbox.record.views(user) if shown.what == "publish"]
    expect(len(last.view["blocks"]) <= BLOCKS_MAX, "more blocks than Slack takes")
    return last.view


async def _press_all(stage: Stage, user: str) -> None:
    """Every button does something in sight: it opens a form, or draws the Home anew."""
    for action in buttons(_shown(stage, user)):
        before = _shown(stage, user)
        await stage.sandbox.press_view(user, before["id"], action)
        await stage.settle()
        form = stage.sandbox.windows.top(user)
        expect(bool(form) or _shown(stage, user)["hash"] != before["hash"], f"{action} does nothing")
        if form:
            await stage.sandbox.close_view(user, form.id)
        if views.BACK in buttons(_shown(stage, user)):
            await stage.sandbox.press_view(user, before["id"], views.BACK)
            await stage.settle()


def _headers(home: Json) -> list[str]:
    return [str(block["text"]["text"]) for block in home["blocks"] if block["type"] == "header"]


def _line(stage: Stage, home: Json, part: str) -> str:
    """The first line that says something about it, as it is read."""
    said = [line for text in texts(home) for line in text.splitlines() if part in line]
    expect(bool(said), f"nothing about {part!r}")
    return read(stage.sandbox.world, said[0])
