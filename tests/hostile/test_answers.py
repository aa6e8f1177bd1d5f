"""Answers go to Slack: no payload can send CareCue, which may reach what strangers cannot, to an address of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.demo.place import ANA, EXT_ACME
from bot.sandbox import payloads
from bot.sandbox.elements import Placed
from bot.slack import hooks
from bot.slack.hooks import HOSTS, slacks
from bot.views import kudos_answers
from bot.views import living_list as views
from tests.handlers.office import Office

API, SANDBOX = "https://slack.com/api/", "http://127.0.0.1:4040/api/"

SLACKS = [
    "https://hooks.slack.com/actions/T0LINDEN/1/x",
    "https://hooks.slack.com/commands/T0LINDEN/1/x",
    "https://hooks.slack.com:443/app/T0LINDEN/1/x",
    "https://hooks.slack-gov.com/actions/T0LINDEN/1/x",
    "https://HOOKS.slack.com/actions/x",
]
NOT_SLACKS = [
    "http://hooks.slack.com/actions/x",
    "https://hooks.slack.com.evil.example/x",
    "https://evil.example/hooks.slack.com",
    "https://hooks.slack.com@evil.example/x",
    "https://hooks.slack.com:pass@evil.example/x",
    "https://evil.example\\@hooks.slack.com/x",
    "https://user@hooks.slack.com/x",
    "https://hooks.slack.com:8443/x",
    "https://hooks.slack.com%2eevil.example/x",
    "https://hooks.slack.com\t.evil.example/x",
    "https://xhooks.slack.com/x",
    "https://evil.slack.com/x",
    "//hooks.slack.com/x",
    "/actions/x",
    "hooks.slack.com/actions/x",
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost:5432/",
    "http://127.0.0.1:4041/hooks/x",
    "http://[::1]/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "https://hooks.slack.com:port/",
    "https://[hooks.slack.com/",
    "",
    " ",
    "x" * 100_000,
]


@pytest.mark.parametrize("url", SLACKS)
def test_slacks_own_addresses_are_answered(url: str) -> None:
    found = slacks(url, API)
    assert found is not None
    assert (found.scheme, found.port) == ("https", 443)
    assert found.host in HOSTS


@pytest.mark.parametrize("url", NOT_SLACKS, ids=lambda url: url[:50])
def test_all_others_are_not(url: str) -> None:
    assert slacks(url, API) is None
    assert slacks(url, SANDBOX) is None


@pytest.mark.parametrize("url", [None, 1, True, [], {}, ["https://hooks.slack.com/x"], b"https://hooks.slack.com/x"])
def test_nor_is_what_is_no_address(url: object) -> None:
    assert slacks(url, API) is None


def test_a_sandboxs_answers_go_to_the_sandbox_and_to_no_other_port() -> None:
    assert slacks("http://127.0.0.1:4040/hooks/x", SANDBOX)
    assert slacks("http://127.0.0.1:4040/hooks/x", API) is None


@given(st.text() | st.from_regex(r"https?://[^/]*hooks\.slack\.com[^/]*(/.*)?", fullmatch=True))
def test_whatever_is_written_as_an_address_only_slack_is_answered(url: str) -> None:
    """The address that is looked at is the one that is asked: nobody reads it a second time, in another way."""
    found = slacks(url, API)
    assert found is None or (found.scheme, found.host in HOSTS, found.user) == ("https", True, None)


@asynccontextmanager
async def elsewhere(answer: Callable[[str], web.Response]) -> AsyncIterator[tuple[str, list[str]]]:
    """Somebody's own server: its address, and who came."""
    came: list[str] = []

    async def take(request: web.Request) -> web.Response:
        came.append(request.path)
        return answer(request.path)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", came
    finally:
        await runner.cleanup()


async def test_a_press_a_shortcut_and_a_command_that_name_another_address_leave_it_alone(office: Office) -> None:
    _, nudge = await office.asked()
    world, sandbox = office.sandbox.world, office.sandbox
    person, channel = world.person(ANA), world.channel(EXT_ACME)
    message = world.message(world.direct(ANA, world.app.bot_user_id).id, nudge["ts"])
    element = {"type": "button", "action_id": views.RESUME, "value": "0"}
    one = Placed({"block_id": "b", "type": "actions", "elements": [element]}, element)
    async with elsewhere(lambda _: web.Response(text="ok")) as (url, came):
        for kind, payload in (
            ("interactive", payloads.message_press(sandbox, person, message, one, {})),
            ("interactive", payloads.message_shortcut(sandbox, person, kudos_answers.SHORTCUT, message)),
            ("slash_commands", payloads.command(sandbox, person, channel, "/care", "help")),
        ):
            payload["response_url"] = f"{url}/latest/meta-data/"
            assert (await sandbox.deliveries.ask(kind, payload, takes_answer=True)).ok
            await office.settle()
        assert came == []


async def test_an_address_that_leads_on_to_another_is_not_followed() -> None:
    async with elsewhere(lambda _: web.Response(text="ok")) as (inside, came):
        leads_on = web.Response(status=307, headers={"Location": f"{inside}/admin"})
        async with elsewhere(lambda _: leads_on) as (outside, asked):
            await hooks.answer(URL(f"{outside}/hooks/x"), {"text": "Hello"})
    assert asked == ["/hooks/x"]
    assert came == []
