"""CareCue is taken out of the workspace: it falls silent at once, keeps all for a while, and then nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.app import arrive, introduce, working
from bot.demo.place import ADA, ANA, EXT_ACME, OURS
from bot.domain.arrivals import Account
from bot.domain.setup import Setup
from bot.slack.errors import SlackError
from bot.store import outbox, people, tables, uninstalls, workspaces
from bot.store.outbox import DROPPED, POST, Saying
from bot.store.tables import metadata
from bot.store.workspaces import Installation
from jobs import housekeeping
from jobs import uninstalls as job
from tests.handlers.office import Office, on_both_databases

GRACE = timedelta(days=Setup().retention.grace)
QUESTION = "Where is the form?"


async def taken_out(office: Office) -> None:
    """An admin removes the app, and Slack tells."""
    office.sandbox.world.uninstall()
    await office.sandbox.settled()
    await office.sandbox.until(lambda: bool(gone(office)))


def gone(office: Office) -> list[uninstalls.Uninstall]:
    with office.bot.deps.db.begin() as tx:
        return uninstalls.all_of_them(tx)


def installed_again(office: Office) -> None:
    app = office.sandbox.world.app
    app.installed, app.token_revoked = True, False
    office.sandbox.world.bot.deleted = False


def left(office: Office, team_id: str = OURS) -> dict[str, int]:
    """How many rows each table has of a workspace, where it has any."""
    with office.bot.deps.db.begin() as tx:
        counted = {
            table.name: tx.execute(select(func.count()).where(table.c.team_id == team_id)).scalar_one()
            for table in metadata.sorted_tables
        }
    return {name: count for name, count in counted.items() if count}


@on_both_databases
async def test_what_was_to_be_said_is_not_said_and_all_else_is_kept(office: Office) -> None:
    await office.say(ADA, EXT_ACME, QUESTION)
    said = Saying("later", POST, ANA, {"text": "later"}, due_at=office.clock.now() + timedelta(hours=1))
    await office.bot.deps.db.run(outbox.put, OURS, said, office.clock.now())
    before = left(office)
    await taken_out(office)
    assert await office.bot.deps.db.run(outbox.pending) == 0
    assert left(office) == before | {"uninstalls": 1}


@on_both_databases
async def test_what_is_put_afterwards_is_dropped_and_does_not_look_late(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """An event may be heard late, and something follow from it. It is not tried every ten minutes for a month."""
    deps = office.bot.deps
    await taken_out(office)
    await deps.db.run(outbox.put, OURS, Saying("late", POST, ANA, {"text": "late"}), office.clock.now())
    assert await deps.sender.drain() == 0
    assert await deps.db.run(outbox.pending) == 0
    assert await deps.db.run(outbox.error_of, OURS, "late") == f"{DROPPED}{uninstalls.WHY}"
    assert "does not let CareCue in" not in caplog.text


async def test_jobs_rest_where_nobody_is_there_to_hear(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """Or they would ask Slack every second, and be refused."""
    await office.say(ADA, EXT_ACME, QUESTION)
    await taken_out(office)
    before = len(office.sandbox.record.calls)
    async with working(office.bot):
        office.clock.advance(timedelta(hours=2))
        await office.sandbox.until(lambda: "auth.test" in [one.method for one in office.sandbox.record.calls[before:]])
    assert office.dm(ANA) == []


@on_both_databases
async def test_who_installs_it_again_in_time_goes_on_as_before(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    before = left(office)
    await taken_out(office)
    office.clock.advance(GRACE - timedelta(minutes=1))
    assert await housekeeping.purge(office.bot.deps) >= 0
    installed_again(office)
    await introduce(office.bot.deps)
    assert gone(office) == []
    assert {name: left(office)[name] for name in ("conversations", "moves", "waits", "workspaces", "people")} == {
        name: before[name] for name in ("conversations", "moves", "waits", "workspaces", "people")
    }
    assert office.waits() == [(ts, None)]


@on_both_databases
async def test_after_the_grace_period_nothing_is_left_of_it_and_all_of_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    deps, other = office.bot.deps, "T0OTHER"
    await office.say(ADA, EXT_ACME, QUESTION)
    await taken_out(office)
    await deps.db.run(workspaces.install, Installation(other, "Other", "https://other.slack.com/"))
    someone = Account("U0OTHER", other, None, "Olu", "UTC", False, False, False, False, False)
    await deps.db.run(people.save, other, someone, office.clock.now())
    others = left(office, other)
    office.clock.advance(GRACE)
    monkeypatch.setattr(housekeeping, "STEP", 2)
    assert await housekeeping.purge(deps) > 10
    assert left(office) == {}
    assert left(office, other) == others


async def test_what_slack_tells_too_late_changes_nothing(office: Office) -> None:
    """Whoever takes it out and in again may be told of it in any order."""
    world = office.sandbox.world
    world.tell("app_uninstalled", {"type": "app_uninstalled", "event_ts": world.new_ts()}, everyone=True)
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [ADA]}, "event_ts": world.new_ts()}
    world.tell("tokens_revoked", revoked, everyone=True)
    await office.settle()
    assert gone(office) == []


async def test_what_slack_told_while_nobody_listened_is_found_out(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.sandbox.deliveries.deaf = True
    office.sandbox.world.uninstall()
    await office.sandbox.settled()
    assert gone(office) == []
    assert await job.look(office.bot.deps)
    (one,) = gone(office)
    assert (one.team_id, one.goes_at) == (OURS, office.clock.now() + GRACE)
    assert f"is deleted after {one.goes_at:%Y-%m-%d %H:%M} UTC" in caplog.text
    installed_again(office)
    assert not await job.look(office.bot.deps)
    assert gone(office) == []


async def test_a_process_that_starts_afterwards_stays_to_end_what_is_kept(office: Office) -> None:
    office.sandbox.world.uninstall()
    await arrive(office.bot.deps)
    assert [one.team_id for one in gone(office)] == [OURS]


async def test_a_token_that_was_never_good_is_no_uninstall(office: Office) -> None:
    """Somebody mistyped it: CareCue says so, and deletes nothing."""
    office.sandbox.world.app.bot_token = "xoxb-another"
    with pytest.raises(SlackError, match="invalid_auth"):
        await arrive(office.bot.deps)
    assert gone(office) == []


async def test_a_setup_that_nobody_can_read_keeps_nothing_for_longer(office: Office) -> None:
    broken = {"teams": 7}
    await office.bot.deps.db.run(
        lambda tx: tx.execute(update(tables.workspaces).where(tables.workspaces.c.team_id == OURS).values(setup=broken))
    )
    await office.bot.deps.db.run(uninstalls.note, OURS, office.clock.now())
    assert [one.goes_at - one.at for one in gone(office)] == [GRACE]
