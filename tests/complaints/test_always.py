"""What holds in every week, whatever happens in it: of lists and pings, by Slack's own record."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests import databases
from tests.complaints.room import entered
from tests.complaints.weeks import FILE, Act, Life, weeks

steady = settings(derandomize=True, database=None, suppress_health_check=list(HealthCheck))


@settings(steady, max_examples=6)
@given(weeks)
def test_in_every_week_pings_keep_within_cap_and_hours_and_nobody_is_forgotten(acts: list[Act]) -> None:
    """Never about whom nobody has to answer, never twice the same, one list at a time."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_lived(databases.on_sqlite(Path(folder)), acts))


A_WEEK = [
    *(Act(10, "ask", 0, 0), Act(1, "ask", 1, 0), Act(1, "ask", 2, 0), Act(75, "killed", 0, 0), Act(31, "snooze", 0, 1)),
    *(Act(75, "answer", 0, 0), Act(300, "ask", 1, 0), Act(75, "silence", 1, 1), Act(300, "hand_over", 0, 1)),
    *(Act(120, "pause", 1, 2), Act(4, "ask", 0, 0), Act(700, "restart", 0, 0), Act(120, "fault", 0, 1)),
]


@pytest.mark.parametrize("acts", [A_WEEK], ids=["with everything in it"])
def test_on_postgresql_as_well(acts: list[Act], postgres_tables: str) -> None:
    """The same of a week that has been written down."""
    asyncio.run(_lived(postgres_tables, acts))


async def _lived(url: str, acts: list[Act]) -> None:
    async with entered(url, file=FILE) as room:
        life = Life(room)
        await life.live(acts)
        life.look_back()
