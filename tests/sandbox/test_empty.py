"""A workspace on its first day: an app is made of its manifest, let in, and brought to a customer."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest

from bot.domain.moments import moment
from bot.sandbox import Refused, Sandbox
from bot.sandbox.alone import alone
from bot.sandbox.empty import ASKED, BOT, EXT_ACME, OWNER, TOM, a_customer_comes
from bot.slack.manifest import build
from handlers import DOORS

Json = dict[str, Any]

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
MANIFEST = json.dumps(build(DOORS))


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with alone(NOW) as sandbox:
        yield sandbox


async def asked(slack: Sandbox, path: str, token: str = "", **fields: Any) -> Json:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    url = f"{slack.url}/{path}"
    async with aiohttp.ClientSession() as session, session.post(url, json=fields, headers=headers) as answer:
        told: Json = await answer.json()
    return told


async def test_there_is_nobody_but_its_owner_and_no_app(slack: Sandbox) -> None:
    people = [person.id for person in slack.world.people.values() if not person.deleted]
    assert people == [OWNER]
    assert [channel.name for channel in slack.world.channels.values()] == ["general"]
    assert (await asked(slack, "api/auth.test", slack.world.app.bot_token))["error"] == "account_inactive"
    with pytest.raises(Refused, match="account_inactive"):
        slack.world.invite(OWNER, "C0GENERAL", BOT)


async def test_a_manifest_and_two_clicks_make_tokens_that_are_good(slack: Sandbox) -> None:
    created = await asked(slack, "control/create_app", manifest=MANIFEST)
    installed = await asked(slack, "control/install")
    told = await asked(slack, "api/auth.test", installed["bot_token"])
    assert (told["team"], told["user"]) == ("Linden", "carecue")
    opened = await asked(slack, "api/apps.connections.open", created["app_token"])
    assert opened["url"].startswith("ws://127.0.0.1:")


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ("", "Expecting value"),
        ("oauth_config: {}", "Expecting value"),
        ("[]", ""),
        ("{}", "display_information"),
        ('{"settings": {"event_subscriptions": {"bot_events": ["message.im"]}}}', "message.im needs the scope"),
    ],
)
async def test_a_manifest_that_slack_would_not_take_is_refused_with_the_reason(
    slack: Sandbox, manifest: str, says: str
) -> None:
    told = await asked(slack, "control/create_app", manifest=manifest)
    assert told["error"] == "invalid_manifest"
    assert says in told["message"]


async def test_nothing_is_installed_before_it_is_created(slack: Sandbox) -> None:
    assert (await asked(slack, "control/install"))["error"] == "no_app"


async def test_what_was_uninstalled_can_be_installed_again(slack: Sandbox) -> None:
    await asked(slack, "control/create_app", manifest=MANIFEST)
    token = (await asked(slack, "control/install"))["bot_token"]
    await asked(slack, "control/uninstall")
    assert (await asked(slack, "api/auth.test", token))["error"] == "account_inactive"
    await asked(slack, "control/install")
    assert (await asked(slack, "api/auth.test", token))["ok"]


async def test_a_customer_has_been_waiting_for_an_hour_whenever_she_comes(slack: Sandbox) -> None:
    """And comes once; the app, which is in no channel, hears of nothing."""
    slack.world.say(OWNER, "C0GENERAL", "Good morning!")
    channel = a_customer_comes(slack.world)
    (ts,) = channel.messages
    assert channel.messages[ts].text == ASKED
    assert NOW - moment(ts) > timedelta(hours=1)
    assert (await asked(slack, "control/customer"))["channel"]["id"] == EXT_ACME
    assert len(channel.messages) == 1
    assert channel.is_ext_shared
    assert slack.record.sent == []


async def test_its_page_says_what_to_paste_and_runs_nothing_but_its_own(slack: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{slack.url}/apps") as page:
        assert "Paste what <code>carecue manifest</code> prints" in await page.text()
        assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_the_page_does_not_offer_to_move_a_clock_by_which_nobody_lives(slack: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{slack.url}/page/state") as state:
        assert (await state.json())["wall_time"] is True


async def test_an_app_for_many_workspaces_is_installed_from_its_own_address(slack: Sandbox) -> None:
    manifest = json.dumps(build(DOORS, "https://carecue.example", many=True))
    created = await asked(slack, "control/create_app", manifest=manifest)
    assert created["many"]
    opened = await asked(slack, "control/second_workspace")
    query = {"client_id": created["client_id"], "scope": "chat:write", "team": opened["team_id"]}
    where = await asked(slack, "control/allow", user=TOM, address="/oauth/v2/authorize?" + urlencode(query))
    (code,) = parse_qs(urlsplit(where["result"]).query)["code"]
    client = {"client_id": created["client_id"], "client_secret": created["client_secret"], "code": code}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.url}/api/oauth.v2.access", data=client) as answer,
    ):
        told = await answer.json()
    assert told["team"]["name"] == "Harbour"
    assert (await asked(slack, "api/auth.test", slack.world.app.bot_token))["error"] == "account_inactive"
