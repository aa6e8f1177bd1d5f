"""A quiet start: CareCue lives beside the team, tells nobody anything, and shows its admins a page each week."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from inspect import unwrap
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select
from typer.testing import CliRunner

from bot.__main__ import app
from bot.app import Bot, assembled, introduce, listening
from bot.demo.place import ADA, ANA, BOB, CARE, CARE_FILE, EXT_ACME, EXT_BLUEBIRD, GENERAL, LEE, NIA, OMAR, world
from bot.replay import quiet, seen
from bot.sandbox import Clock, Fault, Sandbox, World
from bot.settings import Settings
from bot.slack.pace import Pace
from bot.store import migrate, outbox, promise_clock, setup
from bot.store.ladder import take_due
from bot.store.tables import waits
from bot.views.words import common
from jobs import living_lists, people, timetable
from tests.leaks import tight

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
ADMIN = f'admins = ["{NIA}"]\n\n{CARE_FILE}'
# What asks Slack something; and how a file comes into a direct message.
ASKS = {"auth.test", "apps.connections.open", "conversations.info", "conversations.members", "users.conversations"}
ASKS |= {"users.info", "usergroups.users.list", "conversations.history", "conversations.replies"}
PAGE = ["conversations.open", "files.getUploadURLExternal", "files.completeUploadExternal"]


@dataclass
class Watch:
    """The office in a quiet start; jobs run when a test says so."""

    sandbox: Sandbox
    bot: Bot

    async def work(self) -> None:
        """Each job of the timetable once, then the sender."""
        await self.sandbox.settled()
        for job in timetable(self.bot.deps, quiet.TIMETABLE).get_jobs():
            await unwrap(job.func)(*job.args)
        await self.bot.deps.sender.drain()

    async def pass_days(self, days: int) -> None:
        for _ in range(days):
            self.sandbox.clock.advance(timedelta(days=1))
            await self.work()

    def pages(self, user: str) -> list[str]:
        """The files that somebody got from CareCue."""
        told = [file for message in self.sandbox.record.dm(user) for file in message.get("files", ())]
        return [self.sandbox.world.files[file["id"]].content.decode() for file in told]

    def calls(self) -> list[str]:
        """What CareCue has asked of Slack, but for questions."""
        return [call.method for call in self.sandbox.record.calls if call.method not in ASKS]


@asynccontextmanager
async def running(folder: Path, sandbox: Sandbox, dry_run: bool = True) -> AsyncIterator[Watch]:
    slack = sandbox.world.app
    settings = Settings.stated(
        bot_token=SecretStr(slack.bot_token),
        app_token=SecretStr(slack.app_token),
        slack_url=f"{sandbox.url}/api/",
        database_url=f"sqlite:///{folder}/carecue.db",
        dry_run=dry_run,
    )
    async with assembled(settings, sandbox.clock.now, Pace(gap=0)) as bot:
        migrate.upgrade(bot.deps.db.engine)
        team_id = await introduce(bot.deps)
        await bot.deps.db.run(setup.apply, team_id, setup.read(ADMIN), bot.deps.now(), None)
        await people.meet_teams(bot.deps)
        async with listening(bot):
            await sandbox.sockets.wait_for()
            yield Watch(sandbox, bot)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(World.from_dict(world()), Clock(MONDAY, speed=0)) as here:
        with tight(here.world):
            yield here


@pytest.fixture
async def watch(tmp_path: Path, sandbox: Sandbox) -> AsyncIterator[Watch]:
    async with running(tmp_path, sandbox) as here:
        await here.work()
        yield here


async def _live(watch: Watch) -> None:
    """A day: Ada is answered after half an hour and says thanks, Bob is not; and somebody reacts."""
    world = watch.sandbox.world
    asked = world.say(ADA, EXT_ACME, "Where is the form?")
    world.say(BOB, EXT_BLUEBIRD, "Does the oven come today?")
    watch.sandbox.clock.advance(timedelta(minutes=30))
    world.say(ANA, EXT_ACME, "Under Settings.", thread_ts=asked.ts)
    watch.sandbox.clock.advance(timedelta(minutes=1))
    world.say(ADA, EXT_ACME, "Thanks, that works!", thread_ts=asked.ts)
    await watch.work()


async def test_nobody_hears_anything_until_a_week_is_over(watch: Watch) -> None:
    await _live(watch)
    await watch.pass_days(6)
    assert watch.calls() == []
    assert watch.sandbox.record.posts(by_bot=True) == []


async def test_what_stands_in_the_outbox_is_let_go(watch: Watch) -> None:
    """Also what a bot that was live before has left there."""
    deps = watch.bot.deps
    left = [outbox.Saying(to, outbox.POST, to, {"text": "Ada is waiting."}) for to in (ANA, CARE)]
    await deps.db.run(outbox.put_many, "T0LINDEN", left, deps.now())
    await watch.work()
    with deps.db.begin() as tx:
        assert outbox.pending(tx) == 0
    assert watch.calls() == []


async def test_after_a_week_the_admin_alone_gets_the_page(watch: Watch) -> None:
    await _live(watch)
    await watch.pass_days(8)
    assert watch.calls() == PAGE
    [page] = watch.pages(NIA)
    assert "What CareCue has seen while it kept quiet" in page
    assert "4 messages in 2 channels" in page
    assert "with the targets that are set up" in page
    assert "Bob in #ext-bluebird" in page
    assert "https://linden.slack.com/archives/C0BLUEBIRD/p" in page
    assert [watch.pages(user) for user in (ANA, LEE, OMAR)] == [[], [], []]
    assert "Ana" not in page


async def test_each_week_has_its_page_once_however_many_ask(watch: Watch) -> None:
    for day in range(1, 22):
        await watch.pass_days(1)
        await quiet.report(watch.bot.deps)
        assert len(watch.pages(NIA)) == day // 7


async def test_a_week_counts_from_the_first_quiet_day_also_over_a_restart(tmp_path: Path, sandbox: Sandbox) -> None:
    async with running(tmp_path, sandbox) as first:
        await first.work()
        await first.pass_days(4)
    async with running(tmp_path, sandbox) as second:
        await second.pass_days(2)
        assert second.pages(NIA) == []
        await second.pass_days(1)
        assert len(second.pages(NIA)) == 1


async def test_without_an_admin_set_up_those_of_the_workspace_get_it(watch: Watch) -> None:
    deps = watch.bot.deps
    await deps.db.run(setup.apply, "T0LINDEN", setup.read(CARE_FILE), deps.now(), None)
    await watch.sandbox.command(NIA, GENERAL, "/care", "")  # so that CareCue meets her
    await watch.pass_days(7)
    assert len(watch.pages(NIA)) == 1


async def test_a_page_that_cannot_be_sent_holds_up_nothing(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    watch.sandbox.faults.add(Fault("error", method="files.completeUploadExternal", error="internal_error"))
    await watch.pass_days(7)
    assert watch.pages(NIA) == []
    assert "`carecue report` makes it anew" in caplog.text
    await watch.pass_days(7)
    assert len(watch.pages(NIA)) == 1


async def test_who_knocks_is_told_that_nothing_is_said_yet(watch: Watch) -> None:
    before = watch.calls()
    await watch.sandbox.command(ANA, EXT_ACME, "/care", "")
    await watch.sandbox.command(ANA, EXT_ACME, "/kudos", f"<@{LEE}> for the help with Ada")
    assert [entry.text for entry in watch.sandbox.record.ephemerals(ANA)] == [common.QUIET()] * 2
    watch.sandbox.open_home(ANA)
    await watch.work()
    assert watch.calls() == before


async def test_what_was_to_be_said_is_not_said_later_either(tmp_path: Path, sandbox: Sandbox) -> None:
    """Bob waited through the quiet start; live, nobody is nudged about him, but about who writes from then on."""
    async with running(tmp_path, sandbox) as watch:
        await watch.work()
        await _live(watch)
        await watch.pass_days(2)
        with watch.bot.deps.db.begin() as tx:
            bobs = tx.execute(select(waits.c.from_ts).where(waits.c.channel == EXT_BLUEBIRD)).scalars().all()
    async with running(tmp_path, sandbox, dry_run=False) as live:
        deps = live.bot.deps
        assert await deps.db.run(take_due, deps.workspaces, deps.now(), 100) == 0
        world = live.sandbox.world
        world.say(BOB, EXT_BLUEBIRD, "Hello?", thread_ts=bobs[0])
        world.say(ADA, EXT_ACME, "And where is the other form?")
        await live.sandbox.settled()
        live.sandbox.clock.advance(timedelta(hours=1))
        assert await deps.db.run(take_due, deps.workspaces, deps.now(), 100) == 1
        await living_lists.sweep(deps)
        await deps.sender.drain()
        assert [post.channel for post in sandbox.record.posts(by_bot=True)] != []


async def test_a_promise_of_the_quiet_start_is_not_brought_up_later(tmp_path: Path, sandbox: Sandbox) -> None:
    async with running(tmp_path, sandbox) as watch:
        asked = watch.sandbox.world.say(ADA, EXT_ACME, "Where is the form?")
        watch.sandbox.world.say(ANA, EXT_ACME, "Let me check and get back to you by 3pm.", thread_ts=asked.ts)
        await watch.work()
        with watch.bot.deps.db.begin() as tx:
            assert promise_clock.next_due(tx) is not None
        await watch.pass_days(1)
    async with running(tmp_path, sandbox, dry_run=False) as live:
        live.sandbox.world.say(ANA, EXT_ACME, "Still looking into it.", thread_ts=asked.ts)
        await live.sandbox.settled()
        deps = live.bot.deps
        assert await deps.db.run(promise_clock.take_due, deps.workspaces, deps.now(), 100) == 0


async def test_figures_of_what_was_seen_are_those_of_the_tables(watch: Watch) -> None:
    await _live(watch)
    await watch.pass_days(1)
    deps = watch.bot.deps
    with deps.db.begin() as tx:
        workspace = deps.workspaces.get(tx, "T0LINDEN", deps.now())
        assert workspace is not None
        result = seen.look(tx, workspace, MONDAY, deps.now())
        stored = tx.execute(select(waits)).all()
        none = seen.look(tx, workspace, deps.now(), deps.now())
    assert (result.messages, result.waits, result.conversations) == (4, len(stored), 2)
    assert result.first_reply_s.p50 == 1800
    assert (result.unanswered, result.tried[0].kept, result.tried[0].first_s) == (1, 0.5, None)
    assert [one.first_s for one in result.tried[1:]] == [1800, 3600, 7200, 14400]
    assert (none.messages, none.waits, none.conversations) == (0, 0, 0)


async def test_the_page_can_be_made_at_any_time(watch: Watch, tmp_path: Path) -> None:
    env = {"CARECUE_DATABASE_URL": f"sqlite:///{tmp_path}/carecue.db"}
    done = CliRunner().invoke(app, ["report", str(tmp_path / "now.html"), "--weeks", "2"], env=env)
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path / 'now.html'} is written.\n")
    assert (tmp_path / "now.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    done = CliRunner().invoke(app, ["report", str(tmp_path / "no" / "now.html")], env=env)
    assert done.exit_code == 2
    assert "cannot be written: No such file or directory" in done.stderr


def test_the_setting_makes_any_process_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARECUE_DRY_RUN", "1")
    assert Settings().dry_run
    monkeypatch.delenv("CARECUE_DRY_RUN")
    assert not Settings.stated().dry_run


def test_a_quiet_timetable_has_nothing_in_it_that_speaks() -> None:
    class Deps:
        settings = Settings.stated(dry_run=True)

    deps: Any = Deps()
    jobs = {f"{job.func.__module__}.{job.func.__name__}" for job in timetable(deps, quiet.TIMETABLE).get_jobs()}
    assert jobs == {
        "jobs.people.learn",
        "jobs.people.meet_teams",
        "jobs.channels.refresh",
        "jobs.gaps.fill",
        "jobs.gaps.welcome",
        "jobs.channels.refresh_groups",
        "jobs.figures.complete",
        "jobs.housekeeping.purge",
        "jobs.privacy.council_forgets",
        "jobs.privacy.erase",
        "jobs.retention.purge",
        "jobs.departures.follow",
        "jobs.departures.forget",
        "jobs.uninstalls.look",
        "jobs.installations.look",
        "jobs.installations.renew",
        "bot.replay.quiet.pass_over",
        "bot.replay.quiet.report",
    }
