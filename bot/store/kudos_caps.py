"""How many kudos one person may give: counted in the database, so that whoever comes at the same time waits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Table

from bot.domain.kudos import DAY_CAP, PAIR_CAP, Code, Gift, Refused
from bot.store.kudos_tables import kudos_days, kudos_pairs
from bot.store.upserts import new
from bot.store.workspaces import Workspace


def take(tx: Connection, workspace: Workspace, gift: Gift, now: datetime) -> Refused | None:
    """Count a gift's receivers for the day and the week; a gift that is over a cap counts for nothing.

    What is taken back later stays counted: it was heard.
    """
    with tx.begin_nested() as before:
        refused = _day(tx, workspace, gift, now) or _pairs(tx, workspace, gift, now)
        if refused:
            before.rollback()
    return refused


def day_cap(workspace: Workspace, giver: str) -> int:
    """Receivers a day. Managers may have another number, if the admin says so."""
    other = workspace.setup.kudos.manager_day_cap
    return other if other is not None and workspace.led_by(giver) else DAY_CAP


def _day(tx: Connection, workspace: Workspace, gift: Gift, now: datetime) -> Refused | None:
    cap, many = day_cap(workspace, gift.giver), len(gift.receivers)
    row = {"team_id": workspace.team_id, "giver": gift.giver, "day": now.date().isoformat()}
    fits = many <= cap and _count(tx, kudos_days, [row | {"count": many}], cap)
    return None if fits else Refused(Code.DAY, limit=cap)


def _pairs(tx: Connection, workspace: Workspace, gift: Gift, now: datetime) -> Refused | None:
    year, week, _ = now.isocalendar()
    row = {"team_id": workspace.team_id, "giver": gift.giver, "week": f"{year}-W{week:02}", "count": 1}
    counted = _count(tx, kudos_pairs, [row | {"receiver": user} for user in sorted(gift.receivers)], PAIR_CAP)
    over = tuple(user for user in gift.receivers if user not in {pair[2] for pair in counted})
    return Refused(Code.PAIR, over, PAIR_CAP) if over else None


def _count(tx: Connection, table: Table, rows: Sequence[dict[str, object]], cap: int) -> list[tuple[str, ...]]:
    """The keys of those rows that could be counted without going over the cap."""
    fresh = new(tx, table)
    key = [column.name for column in table.primary_key]
    total = table.c["count"] + fresh.excluded["count"]
    counted = fresh.on_conflict_do_update(index_elements=key, set_={"count": total}, where=total <= cap)
    return [tuple(row) for row in tx.execute(counted.returning(*table.primary_key), rows)]
