"""Where CareCue is in many workspaces: who is let through to the doors, and what that costs."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import web

from bot.slack.errors import SlackError
from bot.views.words.common import OUTSIDERS
from tests.handlers.installs import Town, town
from tests.handlers.test_http import signed
from tests.hostile.test_answers import elsewhere


@pytest.fixture
async def some(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(f"sqlite:///{tmp_path}/carecue.db") as found:
        yield found


async def test_presses_and_events_ask_neither_slack_nor_the_database_who_has_installed_it(some: Town) -> None:
    """But once in a while, for all workspaces at once."""
    await some.install("U1")
    installed = some.bot.deps.installed
    assert installed
    await installed.of("T1")
    asked = some.by_token("auth.test")
    statements: list[str] = []
    read = some.bot.deps.db.read

    async def noted(work: object, *args: object) -> object:
        statements.append(getattr(work, "__name__", ""))
        return await read(work, *args)  # type: ignore[arg-type]

    object.__setattr__(some.bot.deps.db, "read", noted)
    for _ in range(20):
        assert (await some.sandbox.command("U1", "C1", "/care", "help")).ok
    looked = [name for name in statements if name in ("stamp", "find", "versions", "get")]
    assert len(looked) <= 3
    assert "find" not in looked
    assert some.by_token("auth.test") == asked


async def test_what_slack_sends_of_a_workspace_that_never_installed_it_is_turned_away(some: Town) -> None:
    await some.install("U1")
    with pytest.raises(SlackError, match="not_authed"):
        await some.bot.deps.slack.of("T2")
    answer = await typed(some, "U2", "T2")
    assert answer == (200, OUTSIDERS())


async def test_and_its_answer_goes_to_no_address_that_it_names(some: Town) -> None:
    """Bolt would answer there by itself, and may reach what strangers cannot."""
    await some.install("U1")
    async with elsewhere(lambda _: web.Response(text="ok")) as (url, came):
        assert (await typed(some, "U2", "T2", response_url=f"{url}/latest/meta-data/"))[0] == 200
    assert came == []


async def typed(town: Town, user: str, team_id: str, **more: str) -> tuple[int, str]:
    """What `/care help` is answered, as Slack sends it."""
    told = {"command": "/care", "text": "help", "trigger_id": "1.2.3", "channel_id": "C1", "user_id": user}
    body = urlencode(told | {"team_id": team_id} | more)
    headers = signed(body, town.sandbox.world.app.signing_secret, kind="application/x-www-form-urlencoded")
    async with town.browser.post(f"{town.address}/slack/events", data=body, headers=headers) as answer:
        return answer.status, await answer.text()
