"""One app in several workspaces: let in by OAuth, told apart by tokens and events, taken out of one alone."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.sandbox import Refused, Sandbox
from tests.sandbox.installs import BACK, SECRET, address, asked, code_of, exchange, heard, installed, sandbox, world

__all__ = ["sandbox", "world"]


async def test_a_second_workspace_gets_a_bot_and_a_token_of_its_own(sandbox: Sandbox) -> None:
    told = await installed(sandbox, "U8")
    assert told["team"] == {"id": "T2", "name": "Fabrikam"}
    assert told["scope"] == "chat:write,users:read"
    assert (told["authed_user"], told["token_type"], told["is_enterprise_install"]) == ({"id": "U8"}, "bot", False)
    who = await asked(sandbox, "auth.test", told["access_token"])
    assert (who["team_id"], who["user_id"]) == ("T2", told["bot_user_id"])
    assert told["bot_user_id"] != sandbox.world.app.bot_user_id
    assert (await asked(sandbox, "auth.test", sandbox.world.app.bot_token))["team_id"] == "T1"


async def test_each_token_reads_and_writes_where_its_bot_is(sandbox: Sandbox) -> None:
    theirs = await installed(sandbox, "U8")
    sandbox.world.invite("U8", "C7", theirs["bot_user_id"])
    said = await asked(sandbox, "chat.postMessage", theirs["access_token"], channel="C7", text="hello")
    assert said["message"]["user"] == theirs["bot_user_id"]
    assert (await asked(sandbox, "chat.postMessage", theirs["access_token"], channel="C4", text="x"))["error"] == (
        "channel_not_found"
    )
    ours = sandbox.world.app.bot_token
    assert (await asked(sandbox, "chat.update", ours, channel="C7", ts=said["ts"], text="x"))["error"] == (
        "channel_not_found"
    )
    members = (await asked(sandbox, "users.list", theirs["access_token"]))["members"]
    assert {"U8", "U9"} <= {one["id"] for one in members}
    assert "U1" not in {one["id"] for one in members}


async def test_what_was_not_granted_is_a_missing_scope(sandbox: Sandbox) -> None:
    theirs = await installed(sandbox, "U8")
    told = await asked(sandbox, "users.conversations", theirs["access_token"])
    assert told["error"] == "missing_scope"
    assert told["provided"] == "chat:write,users:read"


async def test_an_event_names_the_installation_that_hears_it_and_comes_once(sandbox: Sandbox) -> None:
    theirs = await installed(sandbox, "U8")
    sandbox.world.invite("U8", "C7", theirs["bot_user_id"])
    sandbox.world.say("U9", "C7", "only ours")
    sandbox.world.say("U1", "C3", "nobody's")
    assert heard(sandbox, "message")[-1] == ("T2", "T2")
    sandbox.world.invite("U9", "C1", theirs["bot_user_id"])
    before = len(sandbox.record.events("message"))
    sandbox.world.say("U9", "C1", "both are here")
    (sent,) = sandbox.record.events("message")[before:]
    assert (sent.payload["team_id"], sent.payload["authorizations"][0]["team_id"]) == ("T2", "T1")
    context = sent.payload["event_context"]
    app_token = sandbox.world.app.app_token
    told = await asked(sandbox, "apps.event.authorizations.list", app_token, event_context=context)
    assert [one["team_id"] for one in told["authorizations"]] == ["T1", "T2"]


async def test_commands_and_homes_are_those_of_ones_own_workspace(sandbox: Sandbox) -> None:
    theirs = await installed(sandbox, "U8")
    await sandbox.command("U8", "C7", "/bell")
    assert sandbox.record.sent[-1].payload["team_id"] == "T2"
    sandbox.open_home("U8")
    assert heard(sandbox, "app_home_opened") == [("T2", "T2")]
    view = {"type": "home", "blocks": []}
    drawn = await asked(
        sandbox, "views.publish", theirs["access_token"], user_id="U8", view=str(view).replace("'", '"')
    )
    assert drawn["view"]["app_installed_team_id"] == "T2"


async def test_windows_open_and_change_by_the_token_of_the_workspace_that_was_told(sandbox: Sandbox) -> None:
    theirs, ours = (await installed(sandbox, "U8"))["access_token"], sandbox.world.app.bot_token
    view = '{"type": "modal", "title": {"type": "plain_text", "text": "Why?"}, "blocks": []}'
    await sandbox.command("U8", "C7", "/bell")
    trigger = sandbox.record.sent[-1].payload["trigger_id"]
    assert (await asked(sandbox, "views.open", ours, trigger_id=trigger, view=view))["error"] == "invalid_trigger_id"
    opened = await asked(sandbox, "views.open", theirs, trigger_id=trigger, view=view)
    changed = {"view_id": opened["view"]["id"], "view": view}
    assert (await asked(sandbox, "views.update", ours, **changed))["error"] == "not_found"
    assert (await asked(sandbox, "views.update", theirs, **changed))["ok"]


async def test_a_workspace_that_never_let_it_in_has_no_token_that_is_good(sandbox: Sandbox) -> None:
    sandbox.world.app.installed = False
    assert (await asked(sandbox, "auth.test", sandbox.world.app.bot_token))["error"] == "account_inactive"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_id": "9.9"}, "invalid_client_id"),
        ({"redirect_uri": "https://evil.example/"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://bell.example/slack/oauth_redirect.evil"}, "bad_redirect_uri"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "chat:write,admin"}, "invalid_scope"),
    ],
)
async def test_the_page_refuses_what_slack_refuses(sandbox: Sandbox, changed: Any, error: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(sandbox.url + address(**changed)) as page:
        assert page.status == 400
        assert error in await page.text()


async def test_allow_and_cancel_lead_back_to_the_app_with_its_state(sandbox: Sandbox) -> None:
    async def answered(**form: str) -> str:
        url = sandbox.url + address()
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=form, allow_redirects=False) as answer,
        ):
            return answer.headers["location"]

    assert await answered(answer="cancel", user="U8") == f"{BACK}?error=access_denied&state=s%2F1"
    allowed = await answered(answer="allow", user="U8")
    assert parse_qs(urlsplit(allowed).query)["state"] == ["s/1"]
    assert "T2" not in sandbox.world.apps  # until the app exchanges the code
    assert (await exchange(sandbox, code=code_of(allowed), redirect_uri=BACK))["ok"]


async def test_another_sites_page_cannot_answer_for_somebody(sandbox: Sandbox) -> None:
    headers = {"origin": "https://evil.example"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(sandbox.url + address(), data={"answer": "allow", "user": "U8"}, headers=headers) as answer,
    ):
        assert answer.status == 403


async def test_guests_let_no_app_in(sandbox: Sandbox) -> None:
    with pytest.raises(Refused, match="user_not_allowed"):
        sandbox.world.allow("U2", address())


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"client_id": "9.9"}, "invalid_client_id"),
        ({"client_secret": "guessed"}, "bad_client_secret"),
        ({"code": "1.1.made-up"}, "invalid_code"),
        ({"redirect_uri": "https://bell.example/other"}, "bad_redirect_uri"),
        ({"grant_type": "password"}, "invalid_grant_type"),
    ],
)
async def test_a_wrong_exchange_is_refused(sandbox: Sandbox, args: dict[str, str], error: str) -> None:
    code = code_of(sandbox.world.allow("U8", address()))
    told = await exchange(sandbox, **({"code": code, "redirect_uri": BACK} | args))
    assert (told["ok"], told["error"]) == (False, error)


async def test_a_code_is_good_once_and_for_ten_minutes(sandbox: Sandbox) -> None:
    code = code_of(sandbox.world.allow("U8", address()))
    assert (await exchange(sandbox, code=code, redirect_uri=BACK))["ok"]
    assert (await exchange(sandbox, code=code, redirect_uri=BACK))["error"] == "invalid_code"
    late = code_of(sandbox.world.allow("U8", address()))
    sandbox.clock.advance(timedelta(minutes=11))
    assert (await exchange(sandbox, code=late, redirect_uri=BACK))["error"] == "invalid_code"


async def test_who_installs_again_keeps_the_token_and_what_was_granted(sandbox: Sandbox) -> None:
    first = await installed(sandbox, "U8")
    where = sandbox.world.allow("U9", address(scope="reactions:read"))
    again = await exchange(sandbox, code=code_of(where), redirect_uri=BACK)
    assert again["access_token"] == first["access_token"]
    assert again["scope"] == "chat:write,reactions:read,users:read"


async def test_taken_out_of_one_workspace_the_app_stays_in_the_other(sandbox: Sandbox) -> None:
    theirs = await installed(sandbox, "U8")
    sandbox.world.uninstall("T2")
    assert heard(sandbox, "app_uninstalled") == heard(sandbox, "tokens_revoked") == [("T2", "T2")]
    assert (await asked(sandbox, "auth.test", theirs["access_token"]))["error"] == "account_inactive"
    assert (await asked(sandbox, "auth.test", sandbox.world.app.bot_token))["ok"]
    again = await installed(sandbox, "U8")
    assert again["bot_user_id"] == theirs["bot_user_id"]
    assert again["access_token"] != theirs["access_token"]


async def test_a_revoked_token_takes_the_app_out(sandbox: Sandbox) -> None:
    theirs = await installed(sandbox, "U8")
    assert await asked(sandbox, "auth.revoke", theirs["access_token"]) == {"ok": True, "revoked": True}
    assert (await asked(sandbox, "auth.test", theirs["access_token"]))["error"] == "token_revoked"
    assert heard(sandbox, "app_uninstalled") == [("T2", "T2")]


async def test_the_app_takes_itself_out_with_its_secret(sandbox: Sandbox) -> None:
    theirs = await installed(sandbox, "U8")
    client = {"client_id": "1.1", "client_secret": "guessed"}
    assert (await asked(sandbox, "apps.uninstall", theirs["access_token"], **client))["error"] == "bad_client_secret"
    assert (await asked(sandbox, "apps.uninstall", theirs["access_token"], **client | {"client_secret": SECRET}))["ok"]
    assert (await asked(sandbox, "auth.test", theirs["access_token"]))["error"] == "account_inactive"


@pytest.mark.parametrize("world", [{"token_rotation_enabled": True}], indirect=True)
async def test_tokens_expire_and_are_refreshed_once(sandbox: Sandbox) -> None:
    first = await installed(sandbox, "U8")
    assert (first["expires_in"], first["access_token"].split("-")[0]) == (43_200, "xoxe.xoxb")
    refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    sandbox.clock.advance(timedelta(hours=11))
    second = await exchange(sandbox, **refresh)
    assert second["access_token"] != first["access_token"]
    assert (await exchange(sandbox, **refresh))["error"] == "invalid_refresh_token"
    assert (await asked(sandbox, "auth.test", first["access_token"]))["ok"]
    sandbox.clock.advance(timedelta(hours=1))
    assert (await asked(sandbox, "auth.test", first["access_token"]))["error"] == "token_expired"
    assert (await asked(sandbox, "auth.test", second["access_token"]))["ok"]
    sandbox.world.uninstall("T2")
    refresh["refresh_token"] = second["refresh_token"]
    assert (await exchange(sandbox, **refresh))["error"] == "invalid_refresh_token"


async def test_the_record_says_by_whose_token_a_call_came_and_keeps_no_secrets(sandbox: Sandbox) -> None:
    theirs = await installed(sandbox, "U8")
    await asked(sandbox, "auth.test", theirs["access_token"])
    sandbox.world.uninstall("T2")
    await asked(sandbox, "auth.test", theirs["access_token"])
    assert [(one.by, one.outcome) for one in sandbox.record.called("auth.test")] == [
        ("T2", "ok"),
        ("T2", "account_inactive"),
    ]
    (exchanged,) = sandbox.record.called("oauth.v2.access")
    assert set(exchanged.args) == {"client_id", "redirect_uri"}
