"""Waits in the table, kept equal to what the conversations say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import zip_longest
from typing import Any

from sqlalchemy import Column, Connection, Insert, Row, Select, Update, bindparam, insert, select, tuple_, update

from bot.domain.conversations import Conversation, EndedBy, Wait
from bot.domain.moments import moment
from bot.domain.nudges import next_at, settled_owner
from bot.domain.policy import Policy
from bot.store import lists
from bot.store.conversations import Place
from bot.store.db import is_sqlite
from bot.store.tables import waits

Values = dict[str, Any]
Stored = Row[Any]


def sync(
    tx: Connection, team_id: str, changed: Mapping[Place, Conversation], policies: Mapping[str, Policy]
) -> list[int]:
    """Bring the waits of these conversations up to date; the ids of those that are over."""
    stored = _stored(tx, team_id, changed)
    added: list[Values] = []
    updated: list[Values] = []
    for place, conversation in changed.items():
        for row, wait in _paired(stored[place], conversation.waits):
            if wait is None:
                updated += [_never_was(row)] if row is not None else []
                continue
            values = _values(conversation, wait, policies[place[0]], row)
            if row is None:
                added.append({"team_id": team_id, "channel": place[0], "root_ts": place[1]} | values)
            elif any(getattr(row, name) != value for name, value in values.items()):
                updated.append({"id": row.id} | values)
    _write(tx, added, updated)
    return [values["id"] for values in updated if values["ended_at"]]


def _write(tx: Connection, added: list[Values], updated: list[Values]) -> None:
    if updated:
        tx.execute(_updating(is_sqlite(tx)), {"rows": lists.packed_rows(updated)})
    if added:
        tx.execute(_adding(is_sqlite(tx)), {"rows": lists.packed_rows(added)})


def _told() -> list[Column[Any]]:
    """What conversations say of their waits."""
    ours = {"id", "team_id", "channel", "root_ts", "steps_done", "snoozed_until"}
    return [column for column in waits.c if column.name not in ours]


@cache
def _updating(on_sqlite: bool) -> Update:
    given = lists.rows(on_sqlite, [waits.c.id, *_told()], "rows").subquery()
    fresh = {column.name: given.c[column.name] for column in _told()}
    return update(waits).where(waits.c.id == given.c.id).values(fresh)


@cache
def _adding(on_sqlite: bool) -> Insert:
    columns = [waits.c.team_id, waits.c.channel, waits.c.root_ts, *_told()]
    return insert(waits).from_select(columns, lists.rows(on_sqlite, columns, "rows"))


def _stored(tx: Connection, team_id: str, places: Iterable[Place]) -> dict[Place, list[Stored]]:
    found: dict[Place, list[Stored]] = defaultdict(list)
    for row in tx.execute(_of_places(is_sqlite(tx)), {"team": team_id, "places": lists.packed(places)}):
        found[row.channel, row.root_ts].append(row)
    return found


@cache
def _of_places(on_sqlite: bool) -> Select[Any]:
    here = tuple_(waits.c.channel, waits.c.root_ts).in_(lists.pairs(on_sqlite, "places"))
    return select(waits).where(waits.c.team_id == bindparam("team"), here).order_by(waits.c.from_ts)


def _paired(rows: list[Stored], told: Iterable[Wait]) -> list[tuple[Stored | None, Wait | None]]:
    """Which row tells of which wait: by where it starts; one whose start has moved is still the same wait."""
    by_start = {wait.from_ts: wait for wait in told}
    kept = [(row, by_start.pop(row.from_ts)) for row in rows if row.from_ts in by_start]
    found = {row.id for row, _ in kept}
    others = [row for row in rows if row.id not in found]
    return [*kept, *zip_longest(others, by_start.values())]


def _never_was(row: Stored) -> Values:
    """Later news told the story otherwise (an answer was older than it seemed): nobody waited here."""
    kept = ("from_ts", "first", "started_at", "target_s", "team", "owner")
    over = {"ended_at": row.started_at, "ended_by": EndedBy.DELETED, "ended_user": None, "next_nudge_at": None}
    over |= {"working_s": 0, "after_hours": False}
    return {"id": row.id} | {name: getattr(row, name) for name in kept} | over


def _values(conversation: Conversation, wait: Wait, policy: Policy, row: Stored | None) -> Values:
    values: Values = {
        "from_ts": wait.from_ts,
        "first": wait.first,
        "started_at": moment(wait.from_ts),
        "ended_at": moment(wait.to_ts) if wait.to_ts else None,
        "ended_by": wait.ended_by,
        "ended_user": wait.by,
    }
    if not wait.open:
        # What was agreed while it ran stays with it, whatever has been agreed since.
        target_s, owner, team = (row.target_s, row.owner, row.team) if row is not None else (_seconds(wait), None, None)
        agreed = {"target_s": target_s, "owner": owner, "team": team or policy.team, "next_nudge_at": None}
        return values | agreed | _took(values, policy, row)
    done, snoozed = (row.steps_done, row.snoozed_until) if row is not None else (0, None)
    owner = settled_owner(conversation, policy) or (row.owner if row is not None else None)
    due = next_at(wait, policy, done, snoozed)
    running = {"team": policy.team, "working_s": None, "after_hours": None}
    return values | running | {"target_s": _seconds(wait), "owner": owner, "next_nudge_at": due}


def _took(values: Values, policy: Policy, row: Stored | None) -> Values:
    """What an ended wait took, by the hours that held when it ended."""
    start, end = values["started_at"], values["ended_at"]
    if row is not None and row.working_s is not None and (row.started_at, row.ended_at) == (start, end):
        return {"working_s": row.working_s, "after_hours": row.after_hours}
    took = policy.schedule.elapsed(start, end).total_seconds()
    return {"working_s": int(took), "after_hours": not policy.schedule.is_open(end)}


def _seconds(wait: Wait) -> int:
    return int(wait.target.total_seconds())
