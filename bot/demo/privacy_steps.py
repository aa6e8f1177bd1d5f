"""The steps of the demo about what is kept: somebody has it sent, and somebody has it erased."""

import json
from typing import Any

from bot.demo.place import ADA, ANA, BOB, BOT, EXT_ACME, EXT_BLUEBIRD, GENERAL, LEE
from bot.demo.proof import Act, expect, texts
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.views import privacy as views

Json = dict[str, Any]

REASON = "explaining the group fares twice and with patience"


async def exported(stage: Stage) -> str:
    """Ana asks what is kept about her: it is shown, and sent as a file that she alone gets."""
    ts = await stage.say(ADA, EXT_ACME, "Do group fares hold over Easter?")
    await stage.wait(minutes=10)
    await stage.say(ANA, EXT_ACME, "They do: I have put you down for fifteen.", ts)
    told = await _sent(stage, ANA)
    answered = [one["from_ts"] for one in told["waits"] if "ended_user" in one["as"]]
    expect(ts in answered, "nothing of her last answer")
    expect(told["setup"]["teams"] == {"care": ["agents"]}, f"her teams: {told['setup']}")
    return texts(_form(stage, ANA))[-1]


async def erased(stage: Stage) -> str:
    """Lee, thanked and thanking, has it erased: asked twice, nothing is left, and his thanks stay as someone's."""
    ts = await stage.say(BOB, EXT_BLUEBIRD, "Can we have the rye bread a day earlier?")
    await stage.wait(minutes=10)
    await stage.say(LEE, EXT_BLUEBIRD, "You can: it comes on Thursday.", ts)
    await stage.sandbox.command(LEE, GENERAL, "/kudos", f"@ana #kindness for {REASON}")
    await stage.settle()
    expect("waits" in await _sent(stage, LEE), "nothing to erase")
    asked = await _erase(stage, LEE)
    expect(len(asked) == 2, f"asked {len(asked)} times")
    left = await _sent(stage, LEE)
    # What he is in, his teams, and what came of asking for the file itself.
    slacks = {"members", "user_groups", "departures", "people", "homes"}
    gone = set(left) - slacks - {"person", "workspace", "written_at", "setup", "outbox"}
    expect(not any(left[name] for name in gone), f"still kept: {sorted(gone)}")
    stage.sandbox.open_home(ANA)
    await stage.settle()
    home = "\n".join(texts(stage.sandbox.record.views(ANA)[-1].view))
    expect(REASON in home and f"<@{LEE}>" not in home, "his thanks are gone, or still his")
    return read(stage.sandbox.world, texts(asked[-1])[0])


STEPS: tuple[tuple[str, Act], ...] = (
    ("privacy.exported", exported),
    ("privacy.erased", erased),
)


async def _sent(stage: Stage, user: str) -> Json:
    """What stands in the file that somebody has sent to them."""
    before = set(stage.sandbox.world.files)
    await _page(stage, user)
    await stage.sandbox.press_view(user, _form(stage, user)["id"], views.EXPORT)
    await stage.settle()
    (file,) = [file for name, file in stage.sandbox.world.files.items() if name not in before]
    expect(file.channels == [stage.sandbox.world.direct(user, BOT).id], f"it went to {file.channels}")
    found: Json = json.loads(file.content)
    return found


async def _erase(stage: Stage, user: str) -> list[Json]:
    """The forms that were agreed to."""
    await _page(stage, user)
    await stage.sandbox.press_view(user, _form(stage, user)["id"], views.ERASE)
    await stage.settle()
    asked = []
    while (form := _form(stage, user)).get("submit"):
        asked.append(form)
        await stage.sandbox.submit(user, form["id"])
        await stage.settle()
    return asked


async def _page(stage: Stage, user: str) -> None:
    """/care privacy."""
    await stage.sandbox.command(user, EXT_ACME, "/care", "privacy")
    await stage.settle()


def _form(stage: Stage, user: str) -> Json:
    view = stage.sandbox.windows.top(user)
    expect(view is not None, "no page is open")
    assert view is not None
    return stage.sandbox.windows.view_json(view)
