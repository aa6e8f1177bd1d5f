"""Waits of older releases get what is kept of waits today."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.arrivals import Account, Delivery, Posted
from bot.domain.moments import ts_of
from bot.domain.setup import Channel, Setup, Team
from bot.store import completing, people, workspaces
from bot.store.db import Db
from bot.store.ingest import ingest
from bot.store.tables import waits
from bot.store.workspaces import Installation, Workspaces

MONDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
OURS = "T0CARE"
SETUP = Setup((Team("care", "Care", agents=("U0ANA",)),), (Channel("C0ACME", team="care"), Channel("C0ELSE")))
TWO_TEAMS = Setup((*SETUP.teams, Team("other", "Other")), SETUP.channels)  # so that C0ELSE is nobody's
MINUTES = (10, 100, 200, 1_000, 2_000)  # within the hour, after hours, over night
BLANK = {"team": None, "working_s": None, "after_hours": None}


@pytest.fixture
def told(db: Db) -> Db:
    """Questions answered after so many minutes, and one that waits."""
    with db.begin() as tx:
        workspaces.install(tx, Installation(OURS, "Care", "https://care.slack.com/"))
        workspaces.save_setup(tx, OURS, TWO_TEAMS)
        for user, home in (("U0ANA", OURS), ("U0ADA", "T0ACME")):
            people.save(tx, OURS, Account(user, home, None, user, "UTC", False, False, False, False, False), MONDAY)
        said = [said for number, after in enumerate(MINUTES) for said in _exchange("C0ACME", number, after)]
        said += [*_exchange("C0ELSE", 0, 10), _posted("U0ADA", "C0ACME", MONDAY + timedelta(days=9))]
        named = [Delivery(OURS, f"Ev{number}", one) for number, one in enumerate(said)]
        ingest(tx, Workspaces(), named, MONDAY)
    return db


def _exchange(channel: str, number: int, after: int) -> tuple[Posted, Posted]:
    asked = MONDAY + timedelta(days=number, seconds=number)
    root = ts_of(asked)
    return _posted("U0ADA", channel, asked), _posted("U0ANA", channel, asked + timedelta(minutes=after), root)


def _posted(user: str, channel: str, at: datetime, root: str | None = None) -> Posted:
    home = "T0ACME" if user == "U0ADA" else OURS
    return Posted(channel, ts_of(at), root or ts_of(at), user, home, False, (), (), True, "")


def _kept(db: Db) -> list[dict[str, Any]]:
    with db.begin() as tx:
        return [dict(row) for row in tx.execute(select(waits).order_by(waits.c.id)).mappings()]


def _complete(db: Db) -> int:
    """Returns how many steps it took."""
    since: datetime | None = datetime(1970, 1, 1, tzinfo=UTC)
    steps = 0
    while since is not None:
        with db.begin() as tx:
            workspace = Workspaces().get(tx, OURS, MONDAY)
            assert workspace
            completing.assign(tx, workspace)
            since = completing.complete(tx, workspace, since)
        steps += 1
    return steps


@pytest.mark.parametrize("at_a_time", [1, 2, 500])
def test_what_is_filled_in_is_what_would_have_been_kept(
    told: Db, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    monkeypatch.setattr(completing, "AT_A_TIME", at_a_time)
    before = _kept(told)
    assert len({(row["team"], row["working_s"], row["after_hours"]) for row in before}) >= 4
    with told.begin() as tx:
        tx.execute(update(waits).values(BLANK))
    _complete(told)
    assert _kept(told) == before


def test_what_is_there_is_left_alone(told: Db) -> None:
    with told.begin() as tx:
        tx.execute(update(waits).where(waits.c.ended_at.is_not(None)).values(working_s=7))
    before = _kept(told)
    assert _complete(told) == 1
    assert _kept(told) == before
