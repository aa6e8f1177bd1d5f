"""Slack's own client calls the pretend Slack, and gets what Slack would answer."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Fault, Sandbox

BOT = "U0SANDBOXBOT"


async def test_the_token_says_who_the_app_is_and_what_it_may(web: AsyncWebClient) -> None:
    answer = await web.auth_test()
    assert (answer["user_id"], answer["team_id"], answer["bot_id"]) == (BOT, "T1", "B0SANDBOX")
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_a_message_by_the_app_is_posted_updated_and_deleted(web: AsyncWebClient, sandbox: Sandbox) -> None:
    metadata = {"event_type": "nudge", "event_payload": {"key": "k1"}}
    posted = await web.chat_postMessage(channel="C1", text="hi", metadata=metadata)
    await web.chat_update(channel="C1", ts=posted["ts"], text="hello")
    found = await web.conversations_history(channel="C1", include_all_metadata=True)
    assert [(m["text"], m["bot_id"], m["metadata"]) for m in found["messages"]] == [("hello", "B0SANDBOX", metadata)]
    await web.chat_delete(channel="C1", ts=posted["ts"])
    assert [entry.what for entry in sandbox.record.of("C1", posted["ts"])] == ["posted", "edited", "deleted"]


async def test_an_update_keeps_blocks_that_it_does_not_name(web: AsyncWebClient, sandbox: Sandbox) -> None:
    ts = (await web.chat_postMessage(channel="C1", text="?", blocks=[{"type": "divider"}]))["ts"]
    await web.chat_update(channel="C1", ts=ts, text="done")
    assert [block["type"] for block in sandbox.world.message("C1", ts).blocks] == ["divider"]
    await web.chat_update(channel="C1", ts=ts, text="done", blocks=[])
    assert sandbox.world.message("C1", ts).blocks == []


async def test_metadata_is_told_only_to_who_asks(web: AsyncWebClient) -> None:
    await web.chat_postMessage(channel="C1", text="hi", metadata={"event_type": "x", "event_payload": {}})
    assert "metadata" not in (await web.conversations_history(channel="C1"))["messages"][0]


async def test_notification_hours_are_told_but_no_snooze_of_others(web: AsyncWebClient, sandbox: Sandbox) -> None:
    sandbox.world.set_dnd("U1", enabled=True, next_start_ts=100, next_end_ts=200, snooze_until=2_000_000_000)
    told = (await web.dnd_teamInfo(users="U1,U3"))["users"]
    assert told["U1"] == {"dnd_enabled": True, "next_dnd_start_ts": 100, "next_dnd_end_ts": 200}
    assert told["U3"] == {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


async def test_a_person_as_target_is_their_direct_message(web: AsyncWebClient, sandbox: Sandbox) -> None:
    posted = await web.chat_postMessage(channel="U1", text="psst")
    opened = await web.conversations_open(users="U1")
    assert posted["channel"] == opened["channel"]["id"]
    assert [message["text"] for message in sandbox.record.dm("U1")] == ["psst"]


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", {"channel": "C2", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C3", "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "C1"}, "no_text"),
    ("chat.postMessage", {"channel": "C1", "text": "x" * 40_001}, "msg_too_long"),
    ("chat.postMessage", {"channel": "C1", "blocks": [{"type": "section"}]}, "invalid_blocks"),
    ("chat.postMessage", {"channel": "C1", "blocks": "nope"}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": "C1", "text": "x", "metadata": {"event_type": 1}}, "invalid_metadata_schema"),
    ("chat.postMessage", {"channel": "C1", "text": "x", "username": "boss"}, "missing_scope"),
    ("dnd.teamInfo", {}, "no_users_provided"),
    ("dnd.teamInfo", {"users": ",".join(f"U{number}" for number in range(51))}, "too_many_users"),
    ("dnd.teamInfo", {"users": "U1,U404"}, "user_not_visible"),
    ("chat.postEphemeral", {"channel": "C1", "user": "U3", "text": "x"}, "user_not_in_channel"),
    ("chat.update", {"channel": "C1", "ts": "1.1", "text": "x"}, "message_not_found"),
    ("conversations.info", {"channel": "C2"}, "channel_not_found"),
    ("conversations.history", {"channel": "C3"}, "not_in_channel"),
    ("conversations.history", {"channel": "C1", "cursor": "made up"}, "invalid_cursor"),
    ("conversations.history", {"channel": "C1", "limit": "0"}, "invalid_limit"),
    ("conversations.history", {"channel": "C1", "limit": "many"}, "invalid_arguments"),
    ("conversations.replies", {"channel": "C1", "ts": "1.1"}, "thread_not_found"),
    ("conversations.list", {"types": "mail"}, "invalid_arguments"),
    ("users.info", {"user": "U0"}, "user_not_found"),
    ("users.info", {}, "invalid_arguments"),
    ("users.profile.get", {"user": "U1"}, "missing_scope"),
    ("reactions.add", {"channel": "C1", "timestamp": "1.1", "name": "eyes"}, "message_not_found"),
    ("reactions.add", {"channel": "C1", "timestamp": "1.1", "name": "not a name"}, "invalid_name"),
    ("views.open", {"trigger_id": "1.2.3", "view": {"type": "modal"}}, "invalid_arguments"),
    ("chat.fly", {}, "unknown_method"),
]


@pytest.mark.parametrize(("method", "args", "error"), REFUSED)
async def test_a_refusal_has_slacks_name(web: AsyncWebClient, method: str, args: dict[str, Any], error: str) -> None:
    nested = any(isinstance(value, list | dict) for value in args.values())
    with pytest.raises(SlackApiError) as caught:
        await web.api_call(method, json=args if nested else None, params=None if nested else args)
    assert caught.value.response["error"] == error


TOKENS = [(None, "not_authed"), ("xoxb-other", "invalid_auth"), ("xapp-1-A0SANDBOX-sandbox", "not_allowed_token_type")]


@pytest.mark.parametrize(("token", "error"), TOKENS)
async def test_a_wrong_token_is_refused(sandbox: Sandbox, token: str | None, error: str) -> None:
    web = AsyncWebClient(token=token, base_url=f"{sandbox.url}/api/")
    with pytest.raises(SlackApiError, match=error):
        await web.auth_test()


async def test_after_the_app_is_removed_its_token_is_dead(web: AsyncWebClient, sandbox: Sandbox) -> None:
    sandbox.world.uninstall()
    with pytest.raises(SlackApiError, match="account_inactive"):
        await web.auth_test()


async def test_a_missing_scope_is_named(web: AsyncWebClient, sandbox: Sandbox) -> None:
    sandbox.world.app.manifest["oauth_config"]["scopes"]["bot"].remove("users:read")
    with pytest.raises(SlackApiError) as caught:
        await web.users_info(user="U1")
    assert caught.value.response["needed"] == "users:read"


async def test_arguments_come_as_form_query_or_json(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    url, auth = f"{sandbox.url}/api/chat.postMessage", {"Authorization": f"Bearer {sandbox.world.app.bot_token}"}
    args = {"channel": "C1", "text": "hi"}
    form = {**args, "token": sandbox.world.app.bot_token, "blocks": '[{"type":"divider"}]'}
    for sent in ({"data": form}, {"params": args, "headers": auth}, {"json": args, "headers": auth}):
        async with session.post(url, **sent) as response:  # type: ignore[arg-type]
            assert (await response.json())["ok"], sent
    async with session.get(url, params=args, headers=auth) as response:
        assert (await response.json())["ok"]


async def test_methods_that_only_read_take_no_json(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    auth = {"Authorization": f"Bearer {sandbox.world.app.bot_token}"}
    async with session.post(f"{sandbox.url}/api/users.info", json={"user": "U1"}, headers=auth) as response:
        assert (await response.json())["error"] == "invalid_arguments"
    async with session.post(
        f"{sandbox.url}/api/auth.test", data="{", headers=auth | {"Content-Type": "application/json"}
    ) as response:
        assert (await response.json())["error"] == "invalid_json"


async def test_a_long_history_comes_in_pages_newest_first(web: AsyncWebClient, sandbox: Sandbox) -> None:
    for number in range(5):
        sandbox.world.say("U1", "C1", str(number))
    seen: list[str] = []
    async for page in await web.conversations_history(channel="C1", limit=2):
        seen += [message["text"] for message in page["messages"]]
    assert seen == ["4", "3", "2", "1", "0"]


async def test_bounds_of_a_history_leave_out_their_ends_unless_inclusive(web: AsyncWebClient, sandbox: Sandbox) -> None:
    stamps = [sandbox.world.say("U1", "C1", str(number)).ts for number in range(4)]
    bounds: dict[str, Any] = {"oldest": stamps[0], "latest": stamps[3]}
    inner = await web.conversations_history(channel="C1", **bounds)
    whole = await web.conversations_history(channel="C1", inclusive=True, **bounds)
    assert [m["text"] for m in inner["messages"]] == ["2", "1"]
    assert [m["text"] for m in whole["messages"]] == ["3", "2", "1", "0"]


async def test_replies_begin_with_the_root(web: AsyncWebClient, sandbox: Sandbox) -> None:
    root = sandbox.world.say("U9", "C1", "help")
    reply = sandbox.world.say("U1", "C1", "yes", thread_ts=root.ts)
    answer = await web.conversations_replies(channel="C1", ts=reply.ts)
    assert [message["text"] for message in answer["messages"]] == ["help", "yes"]
    assert answer["messages"][0]["reply_count"] == 1
    assert answer["messages"][0]["user_team"] == "T2"


async def test_people_of_another_company_are_strangers_and_guests_are_marked(web: AsyncWebClient) -> None:
    stranger, guest = await web.users_info(user="U9"), await web.users_info(user="U2")
    assert (stranger["user"]["team_id"], stranger["user"]["is_stranger"]) == ("T2", True)
    assert guest["user"]["is_restricted"]
    assert "email" not in (await web.users_info(user="U1"))["user"]["profile"]


async def test_a_shared_channel_says_so_to_the_app(web: AsyncWebClient, sandbox: Sandbox) -> None:
    shared = (await web.conversations_info(channel="C1"))["channel"]
    assert (shared["is_ext_shared"], shared["connected_team_ids"]) == (True, ["T2"])
    sandbox.world.ask_to_share("C3", "T2")
    pending = (await web.conversations_info(channel="C3"))["channel"]
    assert (pending["is_pending_ext_shared"], pending["is_ext_shared"]) == (True, False)


async def test_lists_show_what_the_bot_can_see(web: AsyncWebClient) -> None:
    listed = await web.conversations_list(types="public_channel,private_channel")
    assert [channel["id"] for channel in listed["channels"]] == ["C1", "C3", "C4"]
    mine = await web.users_conversations(types="public_channel,private_channel")
    assert [channel["id"] for channel in mine["channels"]] == ["C1", "C4"]
    people = await web.users_list()
    assert [person["id"] for person in people["members"]] == ["U1", "U2", "U3", BOT]
    assert (await web.usergroups_users_list(usergroup="S1"))["users"] == ["U1", "U3"]


async def test_a_file_is_uploaded_in_three_steps(web: AsyncWebClient, sandbox: Sandbox) -> None:
    await web.files_upload_v2(channel="C1", content="a,b\n1,2\n", filename="report.csv", initial_comment="here")
    (post,) = sandbox.record.posts(channel="C1", by_bot=True)
    assert post.message["files"][0]["name"] == "report.csv"
    assert next(iter(sandbox.world.files.values())).content == b"a,b\n1,2\n"


async def test_a_rate_limit_names_how_long_to_wait(web: AsyncWebClient, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("ratelimited", method="chat.postMessage", retry_after=7))
    with pytest.raises(SlackApiError) as caught:
        await web.chat_postMessage(channel="C1", text="hi")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["retry-after"] == "7"
    assert (await web.chat_postMessage(channel="C1", text="hi"))["ok"]


@pytest.mark.parametrize(("kind", "posted"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_dropped_connection_says_nothing_about_the_effect(
    web: AsyncWebClient, sandbox: Sandbox, kind: str, posted: int
) -> None:
    sandbox.faults.add(Fault(kind, method="chat.postMessage"))
    with pytest.raises(aiohttp.ClientConnectionError):
        await web.chat_postMessage(channel="C1", text="hi")
    assert len(sandbox.record.posts(channel="C1")) == posted


async def test_a_server_error_is_no_json(web: AsyncWebClient, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("status", method="auth.test", status=503))
    with pytest.raises(SlackApiError):
        await web.auth_test()


async def test_a_block_type_can_be_made_unknown(web: AsyncWebClient, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("refuse_block", block="divider"))
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await web.chat_postMessage(channel="C1", text="x", blocks=[{"type": "divider"}])


CHART: dict[str, Any] = {
    "type": "data_visualization",
    "title": "Replies",
    "chart": {"type": "pie", "segments": [{"label": "a", "value": 1}]},
}


async def test_a_slack_that_knows_no_charts_refuses_them_until_it_learns(
    web: AsyncWebClient, sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    """Messages, updates, ephemerals and response_urls alike; what else stands in the message does not matter."""
    ts = (await web.chat_postMessage(channel="C1", text="x"))["ts"]
    sandbox.faults.add(Fault("refuse_block", block="data_visualization"))
    blocks: list[dict[str, Any]] = [{"type": "divider"}, CHART]
    for method, fields in (
        ("chat.postMessage", {}),
        ("chat.update", {"ts": ts}),
        ("chat.postEphemeral", {"user": "U1"}),
    ):
        with pytest.raises(SlackApiError, match="invalid_blocks") as caught:
            await web.api_call(method, json={"channel": "C1", "text": "x", "blocks": blocks} | fields)
        assert caught.value.response["errors"] == ["unsupported type: data_visualization [json-pointer:/blocks/1/type]"]
    async with session.post(sandbox.url + sandbox.hooks.issue("U1", "C1"), json={"blocks": blocks}) as response:
        assert (await response.json())["error"] == "invalid_blocks"
    assert (await web.chat_postMessage(channel="C1", text="x", blocks=blocks[:1]))["ok"]
    sandbox.faults.clear()
    assert (await web.chat_postMessage(channel="C1", text="x", blocks=blocks))["ok"]


async def test_the_record_keeps_calls_without_their_secrets(web: AsyncWebClient, sandbox: Sandbox) -> None:
    await web.auth_test()
    (call,) = sandbox.record.called("auth.test")
    assert (call.outcome, call.args) == ("ok", {})


async def test_a_share_of_calls_goes_wrong_and_the_same_ones_again(web: AsyncWebClient, sandbox: Sandbox) -> None:
    async def refused() -> list[int]:
        sandbox.faults.clear()
        sandbox.faults.seed(7)
        sandbox.faults.add(Fault("error", method="auth.test", share=0.25, times=1000))
        calls = [await asyncio.gather(web.auth_test(), return_exceptions=True) for _ in range(40)]
        return [number for number, (answer,) in enumerate(calls) if isinstance(answer, SlackApiError)]

    first = await refused()
    assert 3 <= len(first) <= 20
    assert await refused() == first
