"""`carecue demo --once`: a few scripted weeks, each step held against Slack's own record."""

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import Any

from bot.demo import place
from bot.demo.proof import Step, Wrong, play
from bot.demo.stage import Stage, stage
from bot.demo.steps import STEPS
from tests.leaks import tight

Json = dict[str, Any]
TOLD = Path(__file__).parents[2] / "docs" / "demo.md"

OF_THE_FIRST_ISSUE = [
    "nudge.sent",
    "nudge.cleared_by_reply",
    "nudge.not_after_thanks",
    "nudge.snoozed",
    "nudge.handed_over",
    "nudge.second_offers_help",
    "care.list",
]
OF_THE_WEEK = [
    "digest.weekly",
    "digest.once",
    "digest.chart",
    "digest.chart_fallback",
    "digest.quiet_week",
    "home.agent",
    "home.manager",
    "home.admin",
    "home.customer",
]
OF_LEADING = [
    "prompt.weekly",
    "prompt.reason_true",
    "prompt.followed_up",
    "ask.clock",
    "ask.answered",
    "boundary.abusive",
    "boundary.right",
    "boundary.unreasonable",
    "snag.closed_loop",
    "pulse.floor",
    "expectation.out_of_reach",
]
OF_READING = [
    "closing.thanks",
    "closing.trap",
    "promise.kept",
    "promise.nudged",
    "why.explained",
    "why.corrected",
    "replay.report",
]

OF_PEACE = [
    "list.one_message",
    "list.clears",
    "quiet.outside_hours",
    "quiet.out_of_office",
    "budget.capped",
    "load.manager_told",
    "rota.moved_on",
    "gap.filled_once",
    "waiting_on_customer.expires",
]

AT_HOME = [
    "setup.first_run",
    "setup.channel_asked",
    "roles.stranger_refused",
    "leak.shared_channel",
]

OF_MANY = [
    "install.oauth",
    "install.second_workspace",
    "install.uninstalled",
]


async def carecue(*words: str) -> tuple[int, str, str]:
    """The command as people run it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def test_once_as_json_says_what_was_seen_at_every_step() -> None:
    code, out, err = await carecue("demo", "--once", "--json")
    assert (code, err) == (0, ""), out
    told: Json = json.loads(out)
    assert set(told) == {"ok", "steps"}
    assert told["ok"] is True
    assert [set(step) for step in told["steps"]] == [{"name", "ok", "saw"}] * len(told["steps"])
    assert [step["name"] for step in told["steps"]] == [name for name, _ in STEPS]
    assert [step["name"] for step in told["steps"] if step["ok"] is not True or not step["saw"]] == []


def test_every_step_that_was_promised_is_played() -> None:
    names = [name for name, _ in STEPS]
    assert {*OF_THE_FIRST_ISSUE, *OF_THE_WEEK, *OF_LEADING, *OF_READING, *OF_PEACE, *AT_HOME, *OF_MANY} <= set(names)
    assert len(names) == len(set(names))


def test_the_docs_tell_of_every_step_in_the_order_of_the_demo() -> None:
    assert re.findall(r"^\| `(\w+\.\w+)` \|", TOLD.read_text("utf-8"), re.MULTILINE) == [name for name, _ in STEPS]


async def test_a_step_that_does_not_hold_says_what_was_seen_instead() -> None:
    async def impossible(on: Stage) -> str:
        await on.say(place.ADA, place.EXT_ACME, "Where is the form?")
        raise Wrong("nothing at all")

    async def missing(on: Stage) -> str:
        (nudge,) = on.dm(place.OMAR)
        return str(nudge)

    async with stage() as on:
        assert await play(on, "x.impossible", impossible) == Step("x.impossible", False, "wrong: nothing at all")
        failed = await play(on, "x.missing", missing)
        assert not failed.ok
        assert failed.saw.startswith("wrong: ")


async def test_what_a_day_shows_does_not_lean_on_the_days_before() -> None:
    async with stage() as on:
        with tight(on.sandbox.world):
            for name, act in reversed(STEPS):
                if name in OF_THE_FIRST_ISSUE:
                    step = await play(on, name, act)
                    assert step.ok, step
