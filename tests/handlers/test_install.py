"""CareCue comes into workspaces by OAuth, is spoken to each by its own token, and leaves one among many."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.app import listening, serving
from bot.cli.live import _running
from bot.slack.errors import SlackError
from bot.store import uninstalls
from bot.store.installations import Tokens
from jobs import first_run
from tests.handlers.installs import Town, a_browser, another_process, town


@pytest.fixture
async def many(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url) as found:
        yield found


@pytest.fixture
async def some(tmp_path: object) -> AsyncIterator[Town]:
    """On SQLite, for what is alike on both."""
    async with town(f"sqlite:///{tmp_path}/carecue.db") as found:
        yield found


async def test_two_workspaces_let_it_in_and_each_hears_its_own(many: Town) -> None:
    assert many.here() == []
    assert "CareCue is installed in Northwind" in await many.install("U1")
    assert "CareCue is installed in Fabrikam" in await many.install("U2")
    assert many.here() == ["T1", "T2"]
    await first_run.greet(many.bot.deps)
    await many.settle()
    for user in ("U1", "U2"):
        (greeting,) = many.sandbox.record.dm(user)
        assert greeting["text"]


async def test_whoever_installed_it_is_greeted_and_not_the_owner_who_may_know_nothing_of_it(some: Town) -> None:
    some.sandbox.world.add_person(id="U7", team_id="T1", name="eva")
    await some.install("U7")
    await first_run.greet(some.bot.deps)
    await some.settle()
    assert [len(some.sandbox.record.dm(user)) for user in ("U7", "U1")] == [1, 0]


async def test_whoever_types_is_answered_in_their_own_workspace(some: Town) -> None:
    await some.install("U1")
    await some.install("U2")
    for user in ("U1", "U2"):
        outcome = await some.sandbox.command(user, "C1", "/care", "help")
        assert outcome.ok, outcome
        assert "/care" in some.sandbox.record.ephemerals(user)[-1].text


async def test_taken_out_of_one_it_goes_on_in_the_other(many: Town) -> None:
    await many.install("U1")
    await many.install("U2")
    many.sandbox.world.uninstall("T2")
    await many.sandbox.until(lambda: many.gone() == ["T2"])
    assert many.here() == ["T1"]
    with pytest.raises(SlackError, match="not_authed"):
        await many.bot.deps.slack.of("T2")
    assert await (await many.bot.deps.slack.of("T1")).identity()
    assert "CareCue is installed in Fabrikam" in await many.install("U2")
    assert many.here() == ["T1", "T2"]
    assert await (await many.bot.deps.slack.of("T2")).identity()


async def test_another_process_notices(database_url: str) -> None:
    async with town(database_url) as many, another_process(many.sandbox, database_url) as other:
        await many.install("U1")
        assert await (await other.deps.slack.of("T1")).identity()
        many.sandbox.world.uninstall("T1")
        await many.sandbox.until(lambda: many.gone() == ["T1"])
        assert other.deps.installed
        other.deps.installed.look_again()  # or two seconds later
        with pytest.raises(SlackError, match="not_authed"):
            await other.deps.slack.of("T1")


async def test_installed_again_when_nothing_was_kept_any_more_it_is_spoken_to_by_the_new_token(
    database_url: str,
) -> None:
    """By a process, too, that had nothing to say all the while."""
    async with town(database_url) as many, another_process(many.sandbox, database_url) as idle:
        await many.install("U1")
        assert await (await idle.deps.slack.of("T1")).identity()
        many.sandbox.world.uninstall("T1")
        await many.sandbox.until(lambda: many.gone() == ["T1"])
        many.sandbox.clock.advance(timedelta(days=31))
        while await many.bot.deps.db.run(uninstalls.forget, many.sandbox.clock.now(), 100):
            pass
        await many.install("U1")
        assert idle.deps.installed
        idle.deps.installed.look_again()  # or two seconds later
        assert await (await idle.deps.slack.of("T1")).identity()


async def test_what_nobody_told_is_found_out_within_the_hour(some: Town) -> None:
    await some.install("U1")
    await some.install("U2")
    some.sandbox.deliveries.deaf = True
    some.sandbox.world.uninstall("T2")
    await some.sandbox.settled()
    assert some.gone() == []
    await some.later(hours=1)
    assert some.gone() == ["T2"]


async def test_it_is_installed_by_the_browser_that_began_it_and_no_other(some: Town) -> None:
    """Somebody could send another a link that installs what they began themselves."""
    where = await some.sent_back("U1")
    async with a_browser() as other:
        status, page, _ = await some.asked(where, other)
    assert (status, some.here()) == (400, [])
    assert "Please start again" in page
    status, _, _ = await some.asked(where)
    assert (status, some.here()) == (400, []), "it counts once, whoever came"


async def test_an_answer_that_nobody_asked_for_installs_nothing(some: Town) -> None:
    for path in ("/slack/oauth_redirect", "/slack/oauth_redirect?code=1", "/slack/oauth_redirect?code=1&state=2"):
        status, page, _ = await some.asked(path)
        assert status == 400
        assert "Nothing was installed" in page
    assert some.by_token("oauth.v2.access") == 0


async def test_it_counts_once_and_for_ten_minutes(some: Town) -> None:
    where = await some.sent_back("U1")
    some.sandbox.clock.advance_to(some.sandbox.clock.now().replace(minute=10))
    assert (await some.asked(where))[0] == 400
    where = await some.sent_back("U1")
    assert (await some.asked(where))[0] == 200
    assert (await some.asked(where))[0] == 400


async def test_two_tabs_do_not_disturb_each_other(some: Town) -> None:
    first = await some.sent_back("U1")
    second = await some.sent_back("U1")
    assert [(await some.asked(where))[0] for where in (first, second)] == [200, 200]


async def test_whoever_says_no_has_changed_nothing(some: Town) -> None:
    _, _, where = await some.asked("/slack/install")
    status, page, _ = await some.asked(some.back(some.sandbox.world.cancel(where)))
    assert (status, some.here()) == (200, [])
    assert "Nothing has changed" in page


async def test_a_code_that_slack_does_not_know_is_told_with_a_reference(
    some: Town, caplog: pytest.LogCaptureFixture
) -> None:
    where = await some.sent_back("U1")
    some.sandbox.world.grants.clear()
    status, page, _ = await some.asked(where)
    assert (status, some.here()) == (502, [])
    reference = page.split("reference ")[1][:8]
    assert f"oauth.v2.access: invalid_code. Reference: {reference}" in caplog.text


async def test_pages_load_nothing_and_pass_nothing_on(some: Town) -> None:
    async with some.browser.get(some.address + await some.sent_back("U1")) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    async with some.browser.get(f"{some.address}/slack/install", allow_redirects=False) as answer:
        cookie = answer.headers["Set-Cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=lax", "Max-Age=600", "Path=/slack"))


@pytest.mark.parametrize(("host", "secure"), [("care.example.com", True), ("127.0.0.1", False)])
async def test_the_cookie_goes_over_tls_alone_but_on_this_machine(some: Town, host: str, secure: bool) -> None:
    url = f"{some.address}/slack/install"
    async with some.browser.get(url, headers={"Host": host}, allow_redirects=False) as answer:
        assert ("Secure" in answer.headers["Set-Cookie"]) is secure


async def test_while_the_database_is_away_a_page_says_so(some: Town, caplog: pytest.LogCaptureFixture) -> None:
    with some.bot.deps.db.begin() as tx:
        tx.exec_driver_sql("ALTER TABLE oauth_states RENAME TO away")
    for path in ("/slack/install", "/slack/oauth_redirect?state=1&code=1"):
        status, page, _ = await some.asked(path)
        assert status == 503
        assert "try again soon" in page
        assert "oauth_states" not in page + caplog.text


async def test_by_socket_mode_too(tmp_path: object) -> None:
    """One app token hears all workspaces; browsers still need an address."""
    async with town(f"sqlite:///{tmp_path}/carecue.db") as found:
        world = found.sandbox.world
        world.app.manifest["settings"]["socket_mode_enabled"] = True
        settings = {"app_token": SecretStr(world.app.app_token)}
        url = f"sqlite:///{tmp_path}/carecue.db"
        async with another_process(found.sandbox, url, **settings) as worker, listening(worker):
            await found.sandbox.sockets.wait_for()
            await found.install("U1")
            await found.install("U2")
            for user in ("U1", "U2"):
                assert (await found.sandbox.command(user, "C1", "/care", "help")).ok
                assert "/care" in found.sandbox.record.ephemerals(user)[-1].text
            world.uninstall("T2")
            await found.sandbox.until(lambda: found.gone() == ["T2"])


async def test_who_serves_installs_beside_socket_mode_does_not_say_that_anybody_hears(tmp_path: object) -> None:
    """Or nobody would notice that no worker listens, and what was missed would never be read."""
    url = f"sqlite:///{tmp_path}/carecue.db"
    async with town(url) as found:
        settings = found.bot.deps.settings.model_copy(
            update={"app_token": SecretStr("xapp-1"), "signing_secret": None, "host": "127.0.0.1", "port": 0}
        )
        async with _running(settings, web=True, jobs=False):
            assert "heartbeat" not in {task.get_name() for task in asyncio.all_tasks()}
        async with (
            another_process(found.sandbox, url, app_token=SecretStr("xapp-1"), signing_secret=None) as web,
            serving(web, "127.0.0.1", 0) as port,
        ):
            status, page, _ = await replace(found, address=f"http://127.0.0.1:{port}").asked("/readyz")
    assert status == 200
    assert "slack" not in page


async def test_a_name_that_is_no_name_stays_text(some: Town) -> None:
    some.sandbox.world.workspaces["T1"].name = "<script>alert(1)</script>"
    assert "<script>" not in await some.install("U1")


async def test_only_those_that_are_named_may_have_it(tmp_path: object) -> None:
    async with town(f"sqlite:///{tmp_path}/carecue.db", allowed=("T2", "E1")) as found:
        status, page, _ = await found.asked(await found.sent_back("U1"))
        assert (status, found.here()) == (403, [])
        assert "is not for your workspace" in page
        assert found.by_token("auth.revoke") == 1
        await found.install("U2")
        await found.install("W3")
        assert found.here() == ["T2", "T3"]


async def test_no_secret_stands_in_the_database_or_in_the_log(some: Town, caplog: pytest.LogCaptureFixture) -> None:
    await some.install("U1")
    token = some.sandbox.world.apps["T1"].bot_token
    with some.bot.deps.db.begin() as tx:
        kept = str(tx.exec_driver_sql("SELECT * FROM installations").all())
    assert "xox" in token
    assert token not in kept + caplog.text
    assert token not in repr(Tokens(token))
    assert some.sandbox.world.app.client_secret not in kept + caplog.text


async def test_both_sides_of_a_shared_channel_hear_of_what_slack_tells_once(many: Town) -> None:
    """Each is the other's customer; Slack names one of the two installations, as it likes."""
    await many.install("U1")
    await many.install("U2")
    world, deps = many.sandbox.world, many.bot.deps
    for user, team in (("U1", "T1"), ("U2", "T2")):
        world.invite(user, "C1", world.apps[team].bot_user_id)
    await many.sandbox.until(lambda: len(_in_channel(many)) == 2)
    before = len(many.sandbox.record.events("message"))
    world.say("U1", "C1", "When will it be there?")
    world.say("U2", "C1", "How many do you need?")
    await many.settle()
    assert len(many.sandbox.record.events("message")) == before + 2
    with deps.db.begin() as tx:
        rows = tx.exec_driver_sql("SELECT team_id, user_id FROM waits JOIN moves USING (team_id) ORDER BY 1, 2")
        heard = {tuple(row) for row in rows.all()}
    assert heard >= {("T1", "U2"), ("T2", "U1")}


def _in_channel(many: Town) -> list[str]:
    with many.bot.deps.db.begin() as tx:
        rows = tx.exec_driver_sql("SELECT team_id FROM channels WHERE channel = 'C1' AND is_member")
        return [row[0] for row in rows]
