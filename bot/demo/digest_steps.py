"""The steps of the demo about the weekly digest: the page that a team finds on a Monday morning."""

import asyncio
import re
from datetime import datetime, time, timedelta
from typing import Any

from bot.app import assembled
from bot.demo.place import ANA, CARE, LEE, MIA, OMAR, ZONE
from bot.demo.proof import Act, expect, texts
from bot.demo.reading import read
from bot.demo.rounds import Week, lines, live
from bot.demo.stage import Stage
from bot.sandbox import Fault
from bot.sandbox.record import Entry
from bot.slack.pace import Pace
from jobs import digest

KEY = "digest:care:"
PROMPT = "prompt:"
NINE = time(9)
CHART, TABLE = "data_visualization", "table"
NAMES = tuple(f"<@{user}>" for user in (ANA, LEE, OMAR, MIA))


async def weekly(stage: Stage) -> str:
    """On Monday at nine the team finds the week that is over in its own channel, once, with details in the thread."""
    monday = await _a_week(stage)
    page = await _page_of(stage, monday)
    expect((page.channel, page.at) == (CARE, monday), f"it came to {page.channel} at {page.at}")
    expect(bool(re.search(r"\d+ new conversations", page.text)), "no count of conversations in the text")
    expect("minutes" in page.text, "no reply time in the text")
    expect(_threads(stage, page) != [], "nothing in the thread")
    told = [text for one in (page, *_threads(stage, page)) for text in texts(one.message)]
    timed = [text for text in told if _names_with_a_time(text)]
    expect(not timed, f"somebody named with a time: {timed}")
    return _said(stage, page)


async def once(stage: Stage) -> str:
    """However often it is asked for, by however many processes, over whatever jumps of the clock: one page a week."""
    monday = await _a_week(stage)
    before = len(pages(stage))
    stage.clock.advance_to(monday)
    deps = stage.bot.deps
    async with assembled(deps.settings, stage.clock.now, Pace(gap=0)) as second:
        await asyncio.gather(*(digest.post(one) for one in (deps, second.deps) * 4))
        await asyncio.gather(deps.sender.drain(), second.deps.sender.drain())
        await stage.settle()
        for _ in range(4):
            await stage.wait(days=1)
            await digest.post(second.deps)
            await second.deps.sender.drain()
    found = pages(stage)[before:]
    expect(len(found) == 1, f"{len(found)} pages")
    return _said(stage, found[0])


async def chart(stage: Stage) -> str:
    """One chart, drawn by Slack: reply time by week, and the target as a line; the text says the figures as well."""
    page = await _page_of(stage, await _a_week(stage))
    charts = [block for block in page.message["blocks"] if block["type"] == CHART]
    expect(len(charts) == 1, f"{len(charts)} charts")
    (drawn,) = charts
    reply, target = drawn["chart"]["series"]
    expect(drawn["chart"]["type"] == "line", "no line chart")
    expect(len({point["value"] for point in target["data"]}) == 1, "the target is not one line")
    expect(len(reply["data"]) >= 2, "a line of one point")
    expect(bool(re.search(r"\d", page.text)), "the text has no figures")
    return f"{drawn['title']}: {', '.join(one['name'] for one in drawn['chart']['series'])}"


async def chart_fallback(stage: Stage) -> str:
    """A Slack that refuses charts gets the same page with a table in its place."""
    refused = len(_refused(stage))
    stage.sandbox.faults.add(Fault("refuse_block", block=CHART))
    try:
        page = await _page_of(stage, await _a_week(stage))
    finally:
        stage.sandbox.faults.clear()
    kinds = [block["type"] for block in page.message["blocks"]]
    expect(len(_refused(stage)) > refused, "Slack has refused nothing")
    expect(CHART not in kinds, "a chart all the same")
    expect(kinds.count(TABLE) == 1, "no table")
    (table,) = [block for block in page.message["blocks"] if block["type"] == TABLE]
    return " | ".join(str(cell["text"]) for cell in table["rows"][-1])


async def quiet_week(stage: Stage) -> str:
    """A week in which nothing happened: no page, and nothing said about it."""
    await stage.until(_monday_after(stage.clock.now()) + timedelta(minutes=30))
    before = len(stage.sandbox.record.posts(by_bot=True))
    await stage.until(_monday_after(stage.clock.now()) + timedelta(minutes=30))
    posted = stage.sandbox.record.posts(by_bot=True)[before:]
    said = [post for post in posted if not _key(post).startswith(PROMPT)]  # what a manager may do comes in any week
    expect(not said, f"it said {[post.text for post in said]}")
    return "nothing"


STEPS: tuple[tuple[str, Act], ...] = (
    ("digest.quiet_week", quiet_week),
    ("digest.weekly", weekly),
    ("digest.once", once),
    ("digest.chart", chart),
    ("digest.chart_fallback", chart_fallback),
)


def pages(stage: Stage) -> list[Entry]:
    """The team's pages, as Slack has recorded that they were posted."""
    return [post for post in stage.sandbox.record.posts(by_bot=True) if _key(post).startswith(KEY) and _is_root(post)]


def _key(post: Entry) -> str:
    return str((post.message.get("metadata") or {}).get("event_payload", {}).get("key", ""))


def _is_root(post: Entry) -> bool:
    return post.thread_ts in (None, post.ts)


def _threads(stage: Stage, page: Entry) -> list[Entry]:
    posts = stage.sandbox.record.posts(channel=page.channel, by_bot=True)
    return [post for post in posts if post.thread_ts == page.ts and post.ts != page.ts]


def _refused(stage: Stage) -> list[Any]:
    return [call for call in stage.sandbox.record.called("chat.postMessage") if call.outcome == "invalid_blocks"]


async def _a_week(stage: Stage) -> datetime:
    """Everybody answers somebody. Then it is a minute before the next Monday at nine, which is given back."""
    monday = _monday_after(stage.clock.now())
    began = monday.date() - timedelta(weeks=1)
    await live(stage, lines(Week(pace=40, a_day=2), began, began.toordinal() // 7))
    await stage.until(monday - timedelta(minutes=1))
    return monday


async def _page_of(stage: Stage, monday: datetime) -> Entry:
    """The one page that comes in the minute before this moment."""
    before = len(pages(stage))
    await stage.until(monday)
    found = pages(stage)[before:]
    expect(len(found) == 1, f"{len(found)} pages")
    return found[0]


def _monday_after(now: datetime) -> datetime:
    """At nine, in the team's zone."""
    today = now.astimezone(ZONE).date()
    monday = datetime.combine(today - timedelta(days=today.weekday()), NINE, ZONE)
    return monday if monday > now else datetime.combine(monday.date() + timedelta(weeks=1), NINE, ZONE)


def _names_with_a_time(text: str) -> bool:
    """One of ours and how long something took."""
    return any(name in text for name in NAMES) and bool(re.search(r"\b\d+ (?:min|h|minutes?|hours?)\b", text))


def _said(stage: Stage, page: Entry) -> str:
    """The text that a notification shows, on one line."""
    return " ".join(read(stage.sandbox.world, page.text).split())
