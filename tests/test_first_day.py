"""The README's path, walked with real processes against an empty pretend Slack: from nothing to a first nudge."""

import asyncio
import json
import re
import signal
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.deps import wall_clock
from bot.sandbox import Sandbox
from bot.sandbox.alone import alone
from bot.sandbox.empty import ASKED, BOT, EXT_ACME, OWNER
from bot.views import channel_questions as channel_views
from bot.views import first_run as views
from bot.views import living_list as list_views
from tests.first_day import begun, carecue, control, running
from tests.leaks import tight

Json = dict[str, Any]

PATIENCE = 30.0  # real seconds for what takes two, on a machine with its hands full
README = Path(__file__).parents[1] / "README.md"
ALWAYS = "around the clock"  # whenever these tests are run


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    """Whatever is done in it: nothing is said where the customer reads."""
    async with alone(wall_clock()) as sandbox:
        with tight(sandbox.world):
            yield sandbox


def told(slack: Sandbox, containing: str) -> Json | None:
    """CareCue's message to the owner that says this, as it reads now."""
    mine = [one for one in slack.record.dm(OWNER) if one["user"] == BOT]
    return next((one for one in mine if containing in json.dumps(one, ensure_ascii=False)), None)


async def heard(slack: Sandbox, containing: str) -> Json:
    """The same, as soon as it is said."""
    message = await slack.until(lambda: told(slack, containing), PATIENCE)
    assert message
    return message


async def pressed(slack: Sandbox, message: Json, action_id: str) -> None:
    dm = slack.world.direct(OWNER, BOT).id
    await control(slack, "press", user=OWNER, channel=dm, ts=message["ts"], action_id=action_id)


async def sent_off(slack: Sandbox, callback_id: str, values: Mapping[str, Any]) -> None:
    """The form, as soon as it is open, filled in."""

    def is_open() -> Any:
        views = slack.windows.stacks.get(OWNER) or []
        return next((view for view in views if view.stated.get("callback_id") == callback_id), None)

    view = await slack.until(is_open, PATIENCE)
    await control(slack, "submit", user=OWNER, view_id=view.id, values=values)


async def tokens(slack: Sandbox, at: Path) -> None:
    """Steps 1 and 2: the app from its manifest, and two tokens into .env."""
    _, manifest = await carecue(at, "manifest")
    created = await control(slack, "create_app", manifest=manifest)
    installed = await control(slack, "install")
    lines = {
        "SLACK_BOT_TOKEN": installed["bot_token"],
        "SLACK_APP_TOKEN": created["app_token"],
        "CARECUE_SLACK_URL": f"{slack.url}/api/",
    }
    (at / ".env").write_text("".join(f"{name}={value}\n" for name, value in lines.items()))


async def test_from_nothing_to_the_first_nudge_by_the_readme(slack: Sandbox, tmp_path: Path) -> None:
    """No file is edited but .env."""
    await tokens(slack, tmp_path)
    assert (await carecue(tmp_path, "migrate"))[0] == 0
    code, said = await carecue(tmp_path, "doctor")
    assert (code, "NOT" in said) == (0, False), said
    assert "it then asks the workspace's owner in Slack" in said
    await control(slack, "customer")
    async with running(tmp_path):
        await pressed(slack, await heard(slack, views.START), views.START)
        await sent_off(slack, views.TEAM_FORM, {})
        await sent_off(slack, views.HOURS_FORM, {views.HOURS: ALWAYS})
        await sent_off(slack, views.CHANNELS_FORM, {views.CHANNELS: [EXT_ACME]})
        await heard(slack, "waits for your invitation")
        await control(slack, "invite", inviter=OWNER, channel=EXT_ACME, user=BOT)
        nudge = await heard(slack, list_views.REPLY)
        assert nudge["text"].startswith("1 customer waits for you"), nudge["text"]
        assert f"Ada in <#{EXT_ACME}" in json.dumps(nudge)
        assert await heard(slack, "I am in all of its channels")
        code, said = await carecue(tmp_path, "doctor")
        assert (code, "NOT" in said) == (0, False), said
    assert ASKED.encode() not in (tmp_path / "carecue.db").read_bytes()


async def test_who_only_invites_it_is_asked_what_the_channel_is(slack: Sandbox, tmp_path: Path) -> None:
    """The other way in: no first steps at all."""
    await tokens(slack, tmp_path)
    await control(slack, "customer")
    async with running(tmp_path):
        await pressed(slack, await heard(slack, views.NOT_NOW), views.NOT_NOW)
        await control(slack, "invite", inviter=OWNER, channel=EXT_ACME, user=BOT)
        question = await heard(slack, channel_views.ANSWER)
        await pressed(slack, question, channel_views.ANSWER)
        await heard(slack, "Noted: customers write in")


async def test_the_sandbox_of_its_own_says_where_it_is_and_ends_when_asked(tmp_path: Path) -> None:
    process = await begun(tmp_path, "sandbox", "--port", "0", stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    line = (await process.stdout.readline()).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+/apps", line)
    assert found, line
    async with aiohttp.ClientSession() as session, session.get(found.group()) as page:
        assert "Paste what <code>carecue manifest</code> prints" in await page.text()
    process.send_signal(signal.SIGINT)
    assert await process.wait() == 0


async def test_before_the_app_is_installed_its_tokens_open_nothing(slack: Sandbox, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKEN={slack.world.app.bot_token}\nCARECUE_SLACK_URL={slack.url}/api/\n")
    await carecue(tmp_path, "migrate")
    code, said = await carecue(tmp_path, "doctor")
    assert code == 1
    assert "Slack refuses the token (account_inactive)" in said


def test_the_readme_names_every_step_of_this_path() -> None:
    text = README.read_text("utf-8")
    at = [text.index(f"carecue {word}") for word in ("manifest", "migrate", "doctor", "run")]
    assert at == sorted(at)
    assert "carecue sandbox" in text
