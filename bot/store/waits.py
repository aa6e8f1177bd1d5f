"""Waits in the table, kept equal to what the conversations say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from itertools import zip_longest
from typing import Any, Literal

from sqlalchemy import Connection, Insert, Row, Select, bindparam, select, update

from bot.domain import pauses
from bot.domain.conversations import Conversation, EndedBy, Kind, Wait
from bot.domain.moments import moment, ts_of
from bot.domain.nudges import NEVER_AGAIN, next_at, settled_owner
from bot.domain.policy import Policy
from bot.domain.someone import SOMEONE, in_figures
from bot.store import lists
from bot.store.conversations import Place
from bot.store.db import is_sqlite
from bot.store.tables import waits
from bot.store.upserts import insert_into

Values = dict[str, Any]
Stored = Row[Any]


def sync(
    tx: Connection,
    team_id: str,
    changed: Mapping[Place, Conversation],
    policies: Mapping[str, Policy],
    before: Mapping[Place, Conversation] | None = None,
    *,
    council: bool = False,
) -> list[int]:
    """Bring the waits of these conversations up to date; the ids of those that are over.

    `before`: what is in the tables, where it is known; a conversation that is not in it begins here. In `council`,
    works-council mode, nobody stands in a wait that is over.
    """
    since = {place: _first_news(before.get(place) if before else None, told) for place, told in changed.items()}
    here = {place for place, ts in since.items() if ts is not None and (before is None or place in before)}
    stored = _stored(tx, team_id, {place: since[place] or "" for place in here})
    news: list[Values] = []
    moved: list[Values] = []
    paused: list[Values] = []
    for place, from_ts in since.items():
        if from_ts is None:
            continue
        conversation, answers = changed[place], _answers_before(changed[place].waits)
        for row, wait in _paired(stored[place], [wait for wait in conversation.waits if wait.from_ts >= from_ts]):
            if wait is None:
                news += [_never_was(row)] if row is not None else []
                continue
            values = _values(conversation, wait, policies[place[0]], row) | answers[wait.from_ts]
            values |= _nobody(values) if council else {}
            paused += _paused(team_id, place, wait, row)
            if row is None:
                news.append({"id": None, "team_id": team_id, "channel": place[0], "root_ts": place[1]} | values)
            elif any(getattr(row, name) != value for name, value in values.items()):
                (news if row.from_ts == wait.from_ts else moved).append(_identity(row) | values)
    lists.write(tx, _writing(is_sqlite(tx), by="id"), moved)
    lists.write(tx, _writing(is_sqlite(tx), by="start"), news)
    if paused:
        tx.execute(_PAUSING, paused)
    return [values["id"] for values in (*news, *moved) if values["id"] and values["ended_at"]]


_PLACE = ("team_id", "channel", "root_ts")
_OURS = {"id", *_PLACE, "steps_done", "snoozed_until", "pauses", "paused_until", "had_by", "look_at"}
_TOLD = [column for column in waits.c if column.name not in _OURS]  # what conversations say of their waits


def _identity(row: Stored) -> Values:
    return {name: getattr(row, name) for name in ("id", *_PLACE)}


@cache
def _writing(on_sqlite: bool, by: Literal["id", "start"]) -> Insert:
    """Waits that begin, and those that are there: found by where they begin, or by id where that has moved."""
    columns = [*waits.c[_PLACE], *_TOLD] + ([waits.c.id] if by == "id" else [])
    given = insert_into(on_sqlite, waits).from_select(columns, lists.rows(on_sqlite, columns))
    fresh = {column.name: given.excluded[column.name] for column in _TOLD}
    key = ["id"] if by == "id" else ["team_id", "root_ts", "channel", "from_ts"]
    return given.on_conflict_do_update(index_elements=key, set_=fresh)


def _first_news(before: Conversation | None, told: Conversation) -> str | None:
    """Where the first wait begins that may not be as it is in the tables; None where all are."""
    if before is None:
        return ""
    for old, new in zip_longest(before.waits, told.waits):
        if old != new or new.open:
            return min(wait.from_ts for wait in (old, new) if wait)
    return None


def _stored(tx: Connection, team_id: str, since: Mapping[Place, str]) -> dict[Place, list[Stored]]:
    found: dict[Place, list[Stored]] = defaultdict(list)
    if since:
        given = {"team": team_id, "places": lists.packed(since), "since": min(since.values())}
        for row in sorted(tx.execute(_of_places(is_sqlite(tx)), given), key=lambda row: str(row.from_ts)):
            if row.from_ts >= since[row.channel, row.root_ts]:
                found[row.channel, row.root_ts].append(row)
    return found


@cache
def _of_places(on_sqlite: bool) -> Select[Any]:
    wanted = select(waits).where(waits.c.team_id == bindparam("team"), waits.c.from_ts >= bindparam("since"))
    return lists.of_pairs(on_sqlite, wanted, waits.c.channel, waits.c.root_ts, "places")


def _paired(rows: list[Stored], told: Iterable[Wait]) -> list[tuple[Stored | None, Wait | None]]:
    """Which row tells of which wait: by where it starts; one whose start has moved is still the same wait."""
    by_start = {wait.from_ts: wait for wait in told}
    kept = [(row, by_start.pop(row.from_ts)) for row in rows if row.from_ts in by_start]
    found = {row.id for row, _ in kept}
    others = [row for row in rows if row.id not in found]
    return [*kept, *zip_longest(others, by_start.values())]


def _nobody(values: Values) -> Values:
    """Without whoever had a wait that is over, and whoever answered."""
    forgotten: Values = {"last_answer_by": SOMEONE if values["last_answer_by"] else None}
    if values["ended_at"]:
        forgotten |= _held(None) | {"ended_user": SOMEONE if values["ended_user"] else None}
    return forgotten


def _answers_before(told: Iterable[Wait]) -> dict[str, Values]:
    """For each wait by where it begins, the last answer before it. What a customer took back asks nothing again."""
    found: dict[str, Values] = {}
    last: Values = {"last_answer_at": None, "last_answer_by": None}
    for wait in told:
        found[wait.from_ts] = last
        if wait.to_ts and wait.ended_by is not EndedBy.DELETED:
            answered = wait.ended_by is EndedBy.ANSWER
            at, by = (moment(wait.to_ts), in_figures(wait.by)) if answered else (None, None)
            last = {"last_answer_at": at, "last_answer_by": by}
    return found


def _never_was(row: Stored) -> Values:
    """Later news told the story otherwise (an answer was older than it seemed): nobody waited here."""
    kept = ("from_ts", "first", "started_at", "target_s", "team", *_HELD)
    over = {"ended_at": row.started_at, "ended_by": EndedBy.NEVER, "ended_user": None, "next_nudge_at": None}
    over |= {"working_s": 0, "after_hours": False, "last_answer_at": None, "last_answer_by": None}
    return _identity(row) | {name: getattr(row, name) for name in kept} | over


def _values(conversation: Conversation, wait: Wait, policy: Policy, row: Stored | None) -> Values:
    values: Values = {
        "from_ts": wait.from_ts,
        "first": wait.first,
        "started_at": moment(wait.from_ts),
        "ended_at": moment(wait.to_ts) if wait.to_ts else None,
        "ended_by": wait.ended_by,
        "ended_user": in_figures(wait.by),
    }
    if not wait.open:
        # What was agreed while it ran stays with it, whatever has been agreed since.
        target_s = row.target_s if row is not None and row.first == wait.first else _seconds(wait)
        team = row.team if row is not None else None
        agreed = {"target_s": target_s, "team": team or policy.team, "next_nudge_at": None}
        return values | agreed | _held(row) | _took(values, wait, policy, row)
    done, snoozed = (row.steps_done, row.snoozed_until) if row is not None else (0, None)
    due = _look(next_at(wait, policy, done, snoozed, _paused_until(wait, row)), wait, row)
    running = {"team": policy.team, "working_s": None, "after_hours": None}
    held = _settled(conversation, policy, row)
    return values | running | {"target_s": _seconds(wait), "next_nudge_at": due} | held


_HELD = ("owner", "covers_for", "assigned_at", "because")


def _held(row: Stored | None) -> Values:
    return {name: getattr(row, name) if row is not None else None for name in _HELD}


def _settled(conversation: Conversation, policy: Policy, row: Stored | None) -> Values:
    """Whose the wait is: what CareCue gave somebody stays theirs until a claim, or whose it was, says otherwise."""
    settled = settled_owner(conversation, policy)
    if row is not None and row.because and settled in (None, row.covers_for):
        given = ts_of(row.assigned_at) if row.assigned_at else ""
        if not any(move.kind is Kind.CLAIM and move.user == settled and move.ts > given for move in conversation.moves):
            return _held(row)
    return _held(None) | {"owner": settled or (row.owner if row is not None else None)}


def _look(due: datetime | None, wait: Wait, row: Stored | None) -> datetime | None:
    """When the ladder looks at it: as its steps say, or before, where there is a reason to."""
    if row is None or row.look_at is None or row.snoozed_until:
        return due
    if row.steps_done >= NEVER_AGAIN or _paused_until(wait, row):
        return due
    return min(due, row.look_at) if due else row.look_at  # type: ignore[no-any-return]


# Most waits are never paused, so that this stands beside what is written of all.
_PAUSING = (
    update(waits)
    .where(waits.c.team_id == bindparam("in_team"), waits.c.channel == bindparam("in_channel"))
    .where(waits.c.root_ts == bindparam("in_root"), waits.c.from_ts == bindparam("begun"))
)


def _paused(team_id: str, place: Place, wait: Wait, row: Stored | None) -> list[Values]:
    if not wait.pauses and (row is None or not row.pauses):
        return []
    where = {"in_team": team_id, "in_channel": place[0], "in_root": place[1], "begun": wait.from_ts}
    return [where | {"pauses": pauses.written(wait.pauses), "paused_until": _paused_until(wait, row)}]


def _paused_until(wait: Wait, row: Stored | None) -> datetime | None:
    """When the pause that runs ends by itself: of one that is known already, as the ladder has left it."""
    if not wait.pauses or wait.pauses[-1].cut:
        return None
    if row is not None and row.pauses == pauses.written(wait.pauses):
        return row.paused_until  # type: ignore[no-any-return]
    return wait.pauses[-1].until


def _took(values: Values, wait: Wait, policy: Policy, row: Stored | None) -> Values:
    """What an ended wait took, by the hours that held when it ended."""
    start, end = values["started_at"], values["ended_at"]
    spans = (start, end, pauses.written(wait.pauses))
    if row is not None and row.working_s is not None and (row.started_at, row.ended_at, row.pauses) == spans:
        return {"working_s": row.working_s, "after_hours": row.after_hours}
    took = pauses.elapsed(policy.schedule, start, end, wait.pauses).total_seconds()
    return {"working_s": int(took), "after_hours": not policy.schedule.is_open(end)}


def _seconds(wait: Wait) -> int:
    return int(wait.target.total_seconds())
