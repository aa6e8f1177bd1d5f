"""What is wrong in one workspace holds up no other: a token that Slack refuses, or CareCue taken out of it."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import func, select, update

from bot.store import channels, people, unresolved
from bot.store.installation_tables import installations
from bot.store.tables import channels as channels_table
from jobs import channels as channel_jobs
from jobs import people as people_jobs
from tests.handlers.installs import Town, town

MANY = 25  # more than are asked about at once


def refused(both: Town) -> None:
    """Slack does not take the first workspace's token."""
    assert both.bot.deps.installed
    wrong = both.bot.deps.installed.box.seal("T1", "xoxb-wrong")
    with both.bot.deps.db.begin() as tx:
        tx.execute(update(installations).where(installations.c.team_id == "T1").values(token=wrong, version=99))
    both.bot.deps.installed.look_again()


def taken_out(both: Town) -> None:
    both.sandbox.deliveries.deaf = True
    both.sandbox.world.uninstall("T1")


@pytest.fixture(params=[refused, taken_out], ids=["refused", "taken out"])
async def both(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    """Of two, the first is in trouble."""
    async with town(database_url) as found:
        await found.install("U1")
        await found.install("U2")
        trouble: Callable[[Town], None] = request.param
        trouble(found)
        await found.later(hours=1)
        yield found


async def test_people_of_the_other_are_learned(both: Town) -> None:
    with both.bot.deps.db.begin() as tx:
        unresolved.ask(tx, "T1", {f"U1{n:03}" for n in range(MANY)})
        unresolved.ask(tx, "T2", {"U2"})
    assert await people_jobs.learn(both.bot.deps) == 1
    with both.bot.deps.db.begin() as tx:
        assert people.get(tx, "T2", "U2")


async def test_channels_of_the_other_are_read(both: Town) -> None:
    bot = both.sandbox.world.apps["T2"].bot_user_id
    both.sandbox.deliveries.deaf = True
    both.sandbox.world.invite("U2", "C1", bot)
    with both.bot.deps.db.begin() as tx:
        for team_id in ("T1", "T2"):
            channels.arrive(tx, team_id, "C1", None)
    await channel_jobs.refresh(both.bot.deps)
    with both.bot.deps.db.begin() as tx:
        read = select(func.count()).where(channels_table.c.team_id == "T2", channels_table.c.read_at.is_not(None))
        assert tx.execute(read).scalar() == 1
