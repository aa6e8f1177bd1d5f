"""What breaks in one workspace keeps no other from hearing what Slack tells of a channel that they share."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from bot.domain.arrivals import ChannelChanged, Delivery
from bot.store import channels, workspaces
from bot.store.db import Db
from bot.store.set_aside_tables import set_aside
from bot.store.tables import events
from bot.store.tables import workspaces as table
from bot.store.workspaces import Installation, Workspaces
from bot.store.writer import NotWritten, Writer

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("named", ["T1", "T2"])
async def test_what_breaks_in_one_workspace_is_heard_in_the_others(db: Db, named: str) -> None:
    with db.begin() as tx:
        for team_id in ("T1", "T2"):
            workspaces.install(tx, Installation(team_id, team_id, "https://x.slack.com/"))
            channels.arrive(tx, team_id, "C1", None)
        tx.execute(update(table).where(table.c.team_id == "T2").values(setup={"teams": "no teams at all"}))
    writer = Writer(db, Workspaces(share=True), lambda: NOON, lambda: None)
    told = Delivery(named, "Ev1", ChannelChanged("C1"), ext_shared=True)
    for _ in range(2):
        with pytest.raises(NotWritten):
            await writer.put(told)
    await writer.put(told)
    with db.begin() as tx:
        assert list(tx.execute(select(events.c.team_id)).scalars()) == ["T1"]
        [aside] = tx.execute(select(set_aside)).all()
    assert (aside.team_id, aside.key, aside.tries) == ("T2", "Ev1", 3)
