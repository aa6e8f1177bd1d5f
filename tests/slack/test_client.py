"""The verbs of the Web API, and the errors that say whether anything was done."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiohttp
import pytest

from bot.sandbox import Fault, Sandbox
from bot.slack.client import Slack
from bot.slack.errors import RateLimited, SlackError, Unclear
from tests.slack.bench import Wall
from tests.slack.conftest import BOT, MONDAY, SCOPES

Verb = Callable[[Slack], Awaitable[object]]


async def test_the_token_says_who_we_are_and_what_we_may(slack: Slack) -> None:
    identity = await slack.identity()
    here = identity.installation
    assert (here.team_id, here.name, here.bot_user_id, here.bot_id) == ("T1", "Northwind", BOT, "B0SANDBOX")
    assert here.url.startswith("https://northwind.")
    assert identity.scopes == set(SCOPES)
    assert identity.server_time


async def test_people_channels_and_members_are_read(slack: Slack) -> None:
    assert (await slack.user("U3")).is_guest
    assert (await slack.user("U9")).home_team == "T2"
    assert (await slack.channel("C1")).is_ext_shared
    home = await slack.channel("C4")
    assert (home.name, home.is_private, home.is_member, home.is_ext_shared) == ("care-home", True, True, False)
    assert await slack.members("C4") == {"U1", "U2", BOT}
    assert [channel.channel for channel in await slack.joined()] == ["C1", "C4"]
    assert await slack.group_members("S1") == ["U1", "U2"]


async def test_long_lists_are_read_to_their_end(slack: Slack, sandbox: Sandbox) -> None:
    many = {sandbox.world.add_person(name=f"p{n}", team_id="T1").id for n in range(450)}
    for user in many:
        sandbox.world.invite("U1", "C4", user)
    assert await slack.members("C4") == many | {"U1", "U2", BOT}
    assert len(sandbox.record.called("conversations.members")) == 3


async def test_a_post_is_found_by_its_key(slack: Slack) -> None:
    root = await slack.post("C4", {"text": "root"}, "k1")
    reply = await slack.post("C4", {"text": "reply", "thread_ts": root.ts}, "k2")
    since = MONDAY - timedelta(minutes=1)
    assert await slack.find_posted("C4", "k1", since) == root
    assert await slack.find_posted("C4", "k2", since) is None
    assert await slack.find_posted("C4", "k2", since, root.ts) == reply
    assert await slack.find_posted("C4", "k1", MONDAY + timedelta(hours=1)) is None


async def test_someone_elses_message_is_not_taken_for_ours(slack: Slack, sandbox: Sandbox) -> None:
    await slack.post("C4", {"text": "x", "metadata": {"event_type": "other", "event_payload": {"key": "k1"}}})
    sandbox.world.say("U1", "C4", "k1")
    assert await slack.find_posted("C4", "k1", MONDAY) is None


async def test_messages_are_changed_and_taken_away(slack: Slack, sandbox: Sandbox) -> None:
    place = await slack.post(await slack.open_dm("U1"), {"text": "one"})
    await slack.update(place.channel, place.ts, {"text": "two"})
    assert [message["text"] for message in sandbox.record.dm("U1")] == ["two"]
    await slack.delete(place.channel, place.ts)
    assert sandbox.record.dm("U1") == []


async def test_a_home_reaches_one_person(slack: Slack, sandbox: Sandbox) -> None:
    await slack.publish_home("U1", {"type": "home", "blocks": []})
    assert len(sandbox.record.views("U1")) == 1


READS: list[Verb] = [lambda s: s.user("U1"), lambda s: s.members("C4"), lambda s: s.identity()]
WRITES: list[Verb] = [
    lambda s: s.post("C4", {"text": "x"}),
    lambda s: s.open_dm("U1"),
    lambda s: s.update("C4", "1.1", {}),
]


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "status", "ratelimited"])
async def test_a_read_is_tried_again(slack: Slack, sandbox: Sandbox, read: Verb, kind: str) -> None:
    sandbox.faults.add(Fault(kind, method="*", times=2))
    await read(slack)


@pytest.mark.parametrize("read", READS)
async def test_a_read_is_not_tried_for_ever(slack: Slack, sandbox: Sandbox, read: Verb) -> None:
    sandbox.faults.add(Fault("status", method="*", times=99))
    with pytest.raises(Unclear):
        await read(slack)
    assert len(sandbox.record.calls) == 3


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(
    ("kind", "error"), [("drop_after", Unclear), ("status", Unclear), ("ratelimited", RateLimited)]
)
async def test_a_write_is_tried_once(
    slack: Slack, sandbox: Sandbox, write: Verb, kind: str, error: type[SlackError]
) -> None:
    sandbox.faults.add(Fault(kind, method="*", times=2))
    with pytest.raises(error):
        await write(slack)
    assert len(sandbox.record.calls) == 1


async def test_a_limit_says_how_long_and_a_read_waits_only_for_a_short_one(
    slack: Slack, sandbox: Sandbox, wall: Wall
) -> None:
    sandbox.faults.add(Fault("ratelimited", method="users.info", retry_after=3))
    await slack.user("U1")
    assert wall.slept == [3]
    sandbox.faults.add(Fault("ratelimited", method="users.info", retry_after=60))
    with pytest.raises(RateLimited) as limited:
        await slack.user("U1")
    assert (limited.value.method, limited.value.retry_after) == ("users.info", 60)


VIEW = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}
REFUSALS: list[tuple[Verb, str]] = [
    (lambda s: s.user("U404"), "user_not_found"),
    (lambda s: s.channel("C2"), "channel_not_found"),
    (lambda s: s.post("C2", {"text": "x"}), "channel_not_found"),
    (lambda s: s.update("C4", "1.1", {"text": "x"}), "message_not_found"),
    (lambda s: s.open_view("1.2.3", VIEW), "invalid_trigger_id"),
]


@pytest.mark.parametrize(("verb", "error"), REFUSALS)
async def test_a_refusal_has_slacks_name_and_is_neither_limit_nor_doubt(slack: Slack, verb: Verb, error: str) -> None:
    with pytest.raises(SlackError) as refused:
        await verb(slack)
    assert type(refused.value) is SlackError
    assert refused.value.error == error


async def test_a_missing_scope_is_named(slack: Slack, sandbox: Sandbox) -> None:
    scopes = sandbox.world.app.manifest["oauth_config"]["scopes"]
    scopes["bot"] = [scope for scope in scopes["bot"] if scope != "users:read"]
    with pytest.raises(SlackError) as refused:
        await slack.user("U1")
    assert (refused.value.error, refused.value.needed) == ("missing_scope", "users:read")


@pytest.mark.parametrize("kind", ["drop_before", "status", "error"])
async def test_neither_errors_nor_logs_repeat_what_was_said(
    slack: Slack, sandbox: Sandbox, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    sandbox.faults.add(Fault(kind, method="*"))
    with caplog.at_level(logging.DEBUG), pytest.raises(Unclear) as error:
        await slack.post("C4", {"text": "not to be told"})
    assert "not to be told" not in caplog.text + repr(error.value) + repr(error.value.__cause__)
    assert error.value.__suppress_context__


async def test_nobody_listening_is_as_unclear_as_a_lost_answer(session: aiohttp.ClientSession, wall: Wall) -> None:
    nowhere = Slack("xoxb-1", "http://127.0.0.1:9/api/", session, wall.sleep)
    with pytest.raises(Unclear):
        await nowhere.post("C4", {"text": "x"})


async def test_an_app_token_is_shown_to_be_good(slack: Slack, sandbox: Sandbox) -> None:
    assert (await slack.open_socket(sandbox.world.app.app_token)).startswith("ws://")
    with pytest.raises(SlackError, match="invalid_auth"):
        await slack.open_socket("xapp-wrong")
