"""One app in all of an enterprise: one token, for the workspaces that its admins add the app to."""

import aiohttp
import pytest

from bot.sandbox import Refused, Sandbox
from tests.sandbox.installs import BACK, address, asked, code_of, exchange, installed, sandbox, world

__all__ = ["sandbox", "world"]


@pytest.mark.parametrize("world", [{"org_deploy_enabled": True}], indirect=True)
async def test_an_enterprise_has_one_token_for_the_workspaces_it_adds(sandbox: Sandbox) -> None:
    org = await installed(sandbox, "W1", org=True)
    token, bot = org["access_token"], org["bot_user_id"]
    assert (org["team"], org["enterprise"]) == (None, {"id": "E1", "name": "Grid"})
    assert org["is_enterprise_install"]
    assert (await asked(sandbox, "auth.test", token))["team_id"] == "E1"
    assert (await asked(sandbox, "auth.teams.list", token))["teams"] == []
    assert (await asked(sandbox, "users.list", token))["error"] == "missing_argument"
    assert (await asked(sandbox, "users.list", token, team_id="T4"))["error"] == "team_access_not_granted"
    sandbox.world.add_to_workspaces("E1", "T4")
    granted = sandbox.record.events("team_access_granted")[-1].payload
    assert (granted.get("team_id"), granted["enterprise_id"], granted["event"]["team_ids"]) == (None, "E1", ["T4"])
    assert (await asked(sandbox, "auth.teams.list", token))["teams"] == [{"id": "T4", "name": "Pencils"}]
    assert [one["id"] for one in (await asked(sandbox, "users.list", token, team_id="T4"))["members"]] == ["W2"]
    sandbox.world.invite("W2", "C8", bot)
    sandbox.world.say("W2", "C8", "hello")
    sent = sandbox.record.events("message")[-1].payload
    assert (sent["team_id"], sent["authorizations"][0]) == (
        "T4",
        {"enterprise_id": "E1", "team_id": None, "user_id": bot, "is_bot": True, "is_enterprise_install": True},
    )
    assert (await asked(sandbox, "chat.postMessage", token, channel="C8", text="hi"))["message"]["team"] == "T4"
    sandbox.world.uninstall("E1")
    assert "team_id" not in sandbox.record.events("app_uninstalled")[-1].payload
    assert (await asked(sandbox, "auth.test", token))["error"] == "account_inactive"


@pytest.mark.parametrize("world", [{"org_deploy_enabled": True}], indirect=True)
async def test_its_token_reads_nothing_where_the_app_was_not_added(sandbox: Sandbox) -> None:
    where = sandbox.world.allow("W1", address(scope="channels:read"), org=True)
    token = (await exchange(sandbox, code=code_of(where), redirect_uri=BACK))["access_token"]
    for added in (False, True):
        told = await asked(sandbox, "conversations.info", token, channel="C6")
        assert told.get("error") == (None if added else "channel_not_found")
        if not added:
            sandbox.world.add_to_workspaces("E1", "T3")


@pytest.mark.parametrize("world", [{"org_deploy_enabled": True}], indirect=True)
async def test_an_answer_names_the_scopes_of_its_token(sandbox: Sandbox) -> None:
    for user, org in (("W1", True), ("U8", False)):
        told = await installed(sandbox, user, org=org)
        headers = {"authorization": f"Bearer {told['access_token']}"}
        url = f"{sandbox.url}/api/auth.test"
        async with aiohttp.ClientSession() as session, session.post(url, headers=headers) as answer:
            assert answer.headers["X-OAuth-Scopes"] == "chat:write,users:read"


@pytest.mark.parametrize("world", [{"org_deploy_enabled": True}], indirect=True)
async def test_only_an_owner_lets_an_app_into_the_whole_enterprise(sandbox: Sandbox) -> None:
    with pytest.raises(Refused, match="user_not_allowed"):
        sandbox.world.allow("W2", address(), org=True)
    with pytest.raises(Refused, match="org_login_required"):
        sandbox.world.allow("U8", address(), org=True)
