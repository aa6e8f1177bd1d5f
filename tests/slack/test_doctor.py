"""The doctor: each line is ok, or says what to do."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import insert

from bot.app import examined
from bot.domain.arrivals import SUBSCRIBED
from bot.domain.setup import Setup, Team
from bot.settings import Settings
from bot.slack.client import Slack
from bot.slack.doctor import Check, checks
from bot.slack.manifest import Command, Doors
from bot.slack.scopes import needed
from bot.store import listening, uninstalls, workspaces
from bot.store.db import Db
from bot.store.tables import conversations
from tests.slack.bench import Bench

DOORS = Doors((Command("/care", "Your waiting customers"),), (), SUBSCRIBED)


@pytest.fixture
def healthy(bench: Bench) -> Bench:
    app = bench.sandbox.world.app
    app.manifest["oauth_config"]["scopes"]["bot"] = needed(SUBSCRIBED)
    return bench


async def test_all_is_well(healthy: Bench) -> None:
    found = await _checks(healthy)
    names = ["database", "migrations", "bot token", "scopes", "app token", "clock", "channels", "retention"]
    assert [check.name for check in found] == names
    assert all(check.ok for check in found), found
    assert "Northwind" in _of(found, "bot token").sentence


async def test_without_socket_mode_no_app_token_is_asked_for(healthy: Bench) -> None:
    assert "app token" not in [check.name for check in await _checks(healthy, app_token=None)]


async def test_where_neither_mode_is_set_up_it_says_which_there_are(tmp_path: Path) -> None:
    """Else all were well, and `carecue run` refused to start."""
    url = f"sqlite:///{tmp_path}/carecue.db"
    way_in = _of(await examined(Settings.stated(database_url=url)), "way in")
    assert not way_in.ok
    assert "SLACK_APP_TOKEN" in way_in.sentence
    assert "SLACK_SIGNING_SECRET" in way_in.sentence
    for mode in ("app_token", "signing_secret"):
        settings = Settings.stated(database_url=url, **{mode: SecretStr("x")})
        assert "way in" not in [check.name for check in await examined(settings)]


async def test_without_a_token_it_says_which_to_set(healthy: Bench) -> None:
    token = _of(await _checks(healthy, slack=None), "bot token")
    assert not token.ok
    assert "SLACK_BOT_TOKEN" in token.sentence


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"kind": "error", "error": "invalid_auth"}, "copy it anew"),
        ({"kind": "error", "error": "account_inactive"}, "account_inactive"),
        ({"kind": "drop_before"}, "cannot be reached"),
        ({"kind": "ratelimited", "retry_after": 60}, "cannot be reached"),
    ],
)
async def test_a_bad_token_and_a_bad_network_are_told_apart(healthy: Bench, fault: dict[str, Any], told: str) -> None:
    healthy.fault(method="auth.test", times=99, **fault)
    found = await _checks(healthy)
    assert [check.name for check in found] == ["database", "migrations", "bot token"]
    assert told in found[-1].sentence


async def test_missing_scopes_are_named_with_the_remedy(healthy: Bench) -> None:
    scopes = healthy.sandbox.world.app.manifest["oauth_config"]["scopes"]["bot"]
    scopes.remove("reactions:read")
    scopes.remove("commands")
    found = _of(await _checks(healthy), "scopes")
    assert not found.ok
    assert "commands, reactions:read" in found.sentence
    assert "carecue manifest" in found.sentence


async def test_a_wrong_app_token_is_found(healthy: Bench) -> None:
    found = _of(await _checks(healthy, app_token="xapp-wrong"), "app token")
    assert not found.ok
    assert "SLACK_APP_TOKEN" in found.sentence


async def test_an_app_token_without_its_scope_is_told(healthy: Bench) -> None:
    healthy.fault("error", "apps.connections.open", error="missing_scope")
    assert not _of(await _checks(healthy), "app token").ok


@pytest.mark.parametrize(("seconds", "told"), [(90, "ahead of"), (-90, "behind")])
async def test_a_clock_that_is_off_is_told(healthy: Bench, seconds: float, told: str) -> None:
    found = _of(await _checks(healthy, off=seconds), "clock")
    assert not found.ok
    assert told in found.sentence


async def test_old_tables_are_told(healthy: Bench) -> None:
    found = _of(await _checks(healthy, newest=False), "migrations")
    assert not found.ok
    assert "carecue migrate" in found.sentence


async def test_a_database_that_is_not_there_is_told_without_its_password(healthy: Bench) -> None:
    nowhere = Db("postgresql://someone:secret@127.0.0.1:9/none")
    found = (await _checks(healthy, db=nowhere))[0]
    nowhere.close()
    assert not found.ok
    assert "DATABASE_URL" in found.sentence
    assert "secret" not in found.sentence


async def test_channels_that_wait_for_an_invitation_are_named(healthy: Bench) -> None:
    healthy.sandbox.world.leave(healthy.sandbox.world.app.bot_user_id, "C4")
    found = _of(await _checks(healthy), "channels")
    assert not found.ok
    assert "C4" in found.sentence
    assert "/invite" in found.sentence


@pytest.mark.parametrize(("setup", "ok"), [(Setup(), True), (Setup(teams=(Team("care", "Care"),)), False)])
async def test_no_channel_is_fine_on_the_first_day_and_not_once_a_team_is_set_up(
    healthy: Bench, setup: Setup, ok: bool
) -> None:
    """Either way it says what to do next."""
    world = healthy.sandbox.world
    for channel in [one for one in world.channels.values() if world.app.bot_user_id in one.members]:
        world.leave(world.app.bot_user_id, channel.id)
    with healthy.db.begin() as tx:
        workspaces.save_setup(tx, world.app.team_id, setup)
    found = _of(await _checks(healthy), "channels")
    assert found.ok is ok
    assert ("`carecue run`" if ok else "/invite") in found.sentence


async def test_before_the_tables_are_made_it_says_so_and_no_more(healthy: Bench, tmp_path: Path) -> None:
    """Whoever calls the doctor first is sent to `carecue migrate`, and not shown a trace."""
    fresh = Db(f"sqlite:///{tmp_path}/fresh.db")
    found = await checks(fresh, healthy.slack, None, DOORS, lambda _: False, lambda: datetime.now(UTC))  # noqa: TID251
    fresh.close()
    assert "run `carecue migrate`" in _of(found, "migrations").sentence
    assert [check.name for check in found] == ["database", "migrations", "bot token", "scopes", "clock"]


@pytest.mark.parametrize(("ago", "told"), [(30, "Somebody listens to Slack."), (600, "Nobody has listened to Slack")])
async def test_whether_anybody_listens_is_told(healthy: Bench, ago: int, told: str) -> None:
    team_id = healthy.sandbox.world.app.team_id
    with healthy.db.begin() as tx:
        listening.keep(tx, team_id, datetime.now(UTC) - timedelta(seconds=ago))  # noqa: TID251 - as above
    found = _of(await _checks(healthy), "listening")
    assert (found.ok, found.sentence.startswith(told)) == (ago < 90, True)


async def test_a_region_that_the_holidays_know_no_longer_is_told(healthy: Bench) -> None:
    """Work goes on by the country's."""
    setup = Setup(teams=(Team("care", "Care", country="DE", region="XX"),))
    await healthy.db.run(workspaces.save_setup, healthy.sandbox.world.app.team_id, setup)
    found = _of(await _checks(healthy), "holidays")
    assert not found.ok
    assert "team care, region: `XX` is not a region of `DE`" in found.sentence


async def test_for_how_long_what_is_kept_is_told(healthy: Bench) -> None:
    found = _of(await _checks(healthy), "retention")
    assert found == Check(
        "retention",
        True,
        "Kept: conversations 400 days, kudos for good, answers 400 days, statistics for good, changes 400 days; "
        "after an uninstall all of it 30 days.",
    )


async def test_conversations_that_nobody_lets_go_of_are_told(healthy: Bench) -> None:
    row = {
        "team_id": healthy.sandbox.world.app.team_id,
        "channel": "C0ACME",
        "root_ts": "1.0",
        "last_ts": "1.0",
        "turn": "closed",
    }
    await healthy.db.run(lambda tx: tx.execute(insert(conversations).values(row)))
    found = _of(await _checks(healthy), "retention")
    assert not found.ok
    assert "should have gone" in found.sentence


async def test_who_was_taken_out_reads_when_all_of_it_goes(healthy: Bench) -> None:
    now = datetime(2026, 3, 2, 10, tzinfo=UTC)
    await healthy.db.run(uninstalls.note, healthy.sandbox.world.app.team_id, now)
    healthy.fault(method="auth.test", times=99, kind="error", error="account_inactive")
    found = _of(await _checks(healthy), "uninstalled")
    assert not found.ok
    assert "on 2026-03-02. All that is kept of it is deleted after 2026-04-01 10:00 UTC" in found.sentence


async def _checks(bench: Bench, **given: Any) -> list[Check]:
    wall = datetime.now(UTC) + timedelta(seconds=given.get("off", 0))  # noqa: TID251 - Slack's Date is real time
    slack: Slack | None = given.get("slack", bench.slack)
    app_token = given.get("app_token", bench.sandbox.world.app.app_token)
    newest = given.get("newest", True)
    db = given.get("db", bench.db)
    if db is not bench.db:
        slack = None
    return await checks(db, slack, app_token, DOORS, lambda _: newest, lambda: wall)


def _of(found: Sequence[Check], name: str) -> Check:
    return next(check for check in found if check.name == name)
