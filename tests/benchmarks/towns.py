"""Many workspaces in one database, each with a team that works, customers who wait, and a past."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert, text

from bot.domain.arrivals import Account
from bot.domain.moments import ts_of
from bot.domain.setup import Channel, Setup, Team
from bot.domain.setup_data import to_dict
from bot.store import digest, digest_people, migrate, people, prompts, pulse
from bot.store.db import Db
from bot.store.digest_tables import occurrences
from bot.store.first_run_tables import first_runs
from bot.store.gap_tables import listened_channels, listening
from bot.store.presence_tables import presences
from bot.store.tables import channels, conversations, members, waits, workspaces
from bot.store.workspaces import Workspaces

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "UTC")
AT_A_TIME, TOWNS = 5_000, 100
HOME = "C0HOME"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Town:
    """Of one workspace: how many of what."""

    agents: int = 5
    channels: int = 10
    customers: int = 20
    open: int = 20
    ended: int = 200


def name(number: int) -> str:
    """A workspace's id."""
    return f"T{number:08}"


def agents(town: Town, number: int) -> list[str]:
    """Ids are their own in every workspace, as Slack's are."""
    return [f"U{number:05}A{one}" for one in range(town.agents)]


def customers(town: Town, number: int) -> list[str]:
    return [f"U{number:05}C{one}" for one in range(town.customers)]


def places(town: Town, number: int) -> list[str]:
    return [f"C{number:05}{one}" for one in range(town.channels)]


def set_up(url: str, count: int, now: datetime, town: Town | None = None, begin: int = 0) -> None:
    """So many workspaces in which all is as after a quiet hour: everybody known, every weekly page written.

    They are numbered from `begin` on.
    """
    town = town or Town()
    db = Db(url)
    migrate.upgrade(db.engine)
    for first in range(begin, begin + count, TOWNS):
        some = range(first, min(first + TOWNS, begin + count))
        with db.begin() as tx:
            for table, rows in _rows(town, some, now):
                _insert(tx, table, rows)
            for number in some:
                _know(tx, town, number, now)
    with db.begin() as tx:
        _write_pages(tx, range(begin, begin + count), now)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    db.close()


def _rows(town: Town, some: range, now: datetime) -> Iterator[tuple[Table, Iterator[Json]]]:
    for table, rows in (
        (workspaces, _workspace),
        (channels, _channels),
        (members, _members),
        (listened_channels, _listened),
        (conversations, _conversations),
        (waits, _waits),
    ):
        yield table, (row for number in some for row in rows(town, number, now))
    yield listening, ({"team_id": name(number), "heard_until": now} for number in some)
    yield first_runs, ({"team_id": name(one), "user_id": None, "greeted_at": now, "ended_at": now} for one in some)
    yield (
        presences,
        (
            {"team_id": name(number), "user_id": user, "dnd_read_at": now}
            for number in some
            for user in agents(town, number)
        ),
    )


def _insert(tx: Connection, table: Table, rows: Iterator[Json]) -> None:
    while some := list(islice(rows, AT_A_TIME)):
        tx.execute(insert(table), some)


def _workspace(town: Town, number: int, _now: datetime) -> Iterator[Json]:
    ours = agents(town, number)
    home = f"{HOME}{number:05}"
    team = Team("care", "Care", agents=tuple(ours), managers=(ours[0],), home=home)
    setup = Setup((team,), (*(Channel(one, team="care") for one in places(town, number)), Channel(home, "team")))
    row = {"team_id": name(number), "name": f"Town {number}", "url": f"https://town{number}.slack.com/"}
    yield row | {"bot_user_id": f"U{number:05}BOT", "setup": to_dict(setup), "setup_version": 1}


def _channels(town: Town, number: int, now: datetime) -> Iterator[Json]:
    facts: Json = {"is_private": False, "is_pending_ext_shared": False, "is_archived": False, "is_member": True}
    facts |= {"is_stale": False, "read_at": now, "members_read_at": now, "invited_by": None, "team_id": name(number)}
    for one in places(town, number):
        yield facts | {"channel": one, "name": one.lower(), "is_ext_shared": True}
    yield facts | {"channel": f"{HOME}{number:05}", "name": "care", "is_ext_shared": False}


def _members(town: Town, number: int, _now: datetime) -> Iterator[Json]:
    for place, channel in enumerate(places(town, number)):
        for user in (*agents(town, number), *customers(town, number)[place :: town.channels]):
            yield {"team_id": name(number), "channel": channel, "user_id": user}


def _listened(town: Town, number: int, now: datetime) -> Iterator[Json]:
    yield from ({"team_id": name(number), "channel": one, "since": now} for one in places(town, number))


def _talks(town: Town, number: int, now: datetime) -> Iterator[tuple[Json, datetime, str, str]]:
    """Where, when it began, who asked, and whose it is; those that are open come first."""
    theirs, ours, there = customers(town, number), agents(town, number), places(town, number)
    for one in range(town.open + town.ended):
        began = now - timedelta(minutes=10 + one, microseconds=one + number)
        if one >= town.open:
            began -= timedelta(hours=one)
        place = {"team_id": name(number), "channel": there[one % len(there)], "root_ts": ts_of(began)}
        yield place, began, theirs[one % len(theirs)], ours[one % len(ours)]


def _conversations(town: Town, number: int, now: datetime) -> Iterator[Json]:
    for one, (place, _, customer, agent) in enumerate(_talks(town, number, now)):
        over = {"turn": "theirs" if one >= town.open else "ours", "answered_by": agent if one >= town.open else None}
        yield place | over | {"customer": customer, "last_ts": place["root_ts"]}


def _waits(town: Town, number: int, now: datetime) -> Iterator[Json]:
    for one, (place, began, _, agent) in enumerate(_talks(town, number, now)):
        row = place | {"from_ts": place["root_ts"], "started_at": began, "first": True, "target_s": 3600}
        ended = began + timedelta(minutes=9) if one >= town.open else None
        closed = ("answer", agent, 540, False) if ended else (None, None, None, None)
        row |= dict(zip(("ended_by", "ended_user", "working_s", "after_hours"), closed, strict=True))
        yield row | {
            "team": "care",
            "owner": agent,
            "ended_at": ended,
            "next_nudge_at": None if ended else now + timedelta(days=1),
        }


def _know(tx: Connection, town: Town, number: int, now: datetime) -> None:
    zone = ZONES[number % len(ZONES)]
    home = name(number)
    accounts = [_account(user, home, zone) for user in agents(town, number)]
    accounts += [_account(user, f"{home}X", zone) for user in customers(town, number)]
    people.save_many(tx, home, accounts, now)


def _account(user: str, home: str, zone: str) -> Account:
    return Account(user, home, None, user.title(), zone, False, False, False, False, False, locale="en-US")


def _write_pages(tx: Connection, some: range, now: datetime) -> None:
    """In silence, so that no weekly page is due."""
    known = Workspaces()
    rows: list[Json] = []
    for team_id in map(name, some):
        here = known.get(tx, team_id, now)
        assert here
        dues = (*digest.due(here, now), *digest_people.due(tx, here, now), *prompts.due(tx, here, now))
        rows += [{"team_id": team_id} | asdict(due) for due in (*dues, *pulse.due(here, now))]
    _insert(tx, occurrences, iter(rows))
