"""The steps of the demo about weekly prompts: one comes, its reason is true, and the next one asks after it."""

import re
from datetime import datetime, timedelta
from typing import Any

from bot.demo.place import ANA, BOT, LEE, MIA, OMAR
from bot.demo.proof import Act, Wrong, buttons, expect, texts
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.domain.moments import moment
from bot.views import kudos as kudos_views
from bot.views import prompt_forms as forms
from bot.views import prompts as views
from bot.views.words import prompts as words

Json = dict[str, Any]

UNTHANKED = re.compile(r"Chosen because (\d+) (?:person|people) had no kudos in the last (\d+) days\.")
SHARED = "I answer your questions before my own mail this week."


async def weekly(stage: Stage) -> str:
    """Once a week whoever leads the team finds one small act, in private; nobody else gets any."""
    before = len(cues(stage))
    await _monday(stage)
    found = cues(stage)
    expect(len(found) == before + 1, f"{len(found) - before} prompts in a week")
    expect(words.ACT() in str(found[-1]), "no small act")
    others = [user for user in (ANA, LEE, OMAR) if any(words.FOR_YOU() in str(one) for one in stage.dm(user))]
    expect(not others, f"{others} got one, too")
    return str(found[-1]["text"])


async def reason_true(stage: Stage) -> str:
    """What is printed as the reason is what Slack has seen: so many got no kudos in that time."""
    for _ in range(8):
        await _monday(stage)
        reason = _reason(cues(stage)[-1])
        if named := UNTHANKED.search(reason):
            found = _unthanked(stage, cues(stage)[-1], int(named[2]))
            expect(int(named[1]) == len(found), f"{found} went unthanked, and it said {reason}")
            return reason
    raise Wrong("in two months nobody was found who had gone without thanks")


async def followed_up(stage: Stage) -> str:
    """The manager takes it up, is reminded at the chosen hour, and the next one asks what became of it."""
    await _monday(stage)
    cue = cues(stage)[-1]
    await stage.press(MIA, cue, views.TAKE)
    day = stage.clock.now() + timedelta(days=2)
    form = stage.sandbox.windows.top(MIA)
    expect(form is not None, "no form is open")
    values = {forms.DAY: f"{day:%Y-%m-%d}", forms.TIME: "09:30", forms.SHARE: SHARED}
    expect((await stage.sandbox.submit(MIA, form.id if form else "", values)).ok, "the hour was not taken")
    await stage.settle()
    before = len(_reminders(stage))
    await stage.wait(days=2, hours=1)
    expect(len(_reminders(stage)) == before + 1, "no reminder")
    await _monday(stage)
    cue = cues(stage)[-1]
    expect("*Last week you chose:*" in str(cue) and views.DONE in buttons(cue), "the next one does not ask")
    await stage.press(MIA, cue, views.DONE)
    said = next(text for text in texts(cues(stage)[-1]) if "you chose" in text)
    return read(stage.sandbox.world, said)


STEPS: tuple[tuple[str, Act], ...] = (
    ("prompt.weekly", weekly),
    ("prompt.reason_true", reason_true),
    ("prompt.followed_up", followed_up),
)


def cues(stage: Stage) -> list[Json]:
    """The prompts that the manager got, as they read by now."""
    return [message for message in stage.dm(MIA) if words.FOR_YOU() in message["text"]]


def _reminders(stage: Stage) -> list[Json]:
    return [message for message in stage.dm(MIA) if message["text"].startswith(words.reminder(""))]


def _reason(cue: Json) -> str:
    return next(text for text in texts(cue) if "Chosen because" in text or "Nothing in the week" in text)


def _unthanked(stage: Stage, cue: Json, days: int) -> list[str]:
    """Agents to whom no kudos came in so many days before, as Slack has recorded it."""
    until = moment(cue["ts"])
    notes = {user: _notes(stage, user) for user in (ANA, LEE, OMAR)}
    return [user for user, came in notes.items() if not any(until - timedelta(days) <= at < until for at in came)]


def _notes(stage: Stage, user: str) -> list[datetime]:
    """When kudos came to somebody."""
    channel = stage.sandbox.world.direct(user, BOT).id
    posts = stage.sandbox.record.posts(channel=channel, by_bot=True)
    return [post.at for post in posts if kudos_views.THANK in str(post.message)]


async def _monday(stage: Stage) -> None:
    """On to the next Monday at ten, an hour after the prompts have come."""
    while True:
        await stage.morning()
        if stage.clock.now().weekday() == 0:
            return
