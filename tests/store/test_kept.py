"""What is kept about people: nothing that is not on the list, and nothing left of whoever is forgotten."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Connection, Text, insert, select

from bot.domain.conversations import Conversation, Kind, Move, read
from bot.domain.policy import Policy
from bot.domain.someone import SOMEONE, apart
from bot.store import erasing
from bot.store.columns import UtcDateTime
from bot.store.db import Db
from bot.store.kept import KEPT, Goes
from bot.store.tables import metadata

TEAM, ANA, DM, LEE = "T0LINDEN", "U0ANA", "D0ANA", "U0LEE"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

# Texts in which nobody can stand. A new column goes in here or, if it can name somebody, into bot.store.kept.
NOBODY = {
    "absences": "source",
    "asks": "team kind case channel ts root_ts outcome",
    "boundaries": "case channel root_ts met_channel met_root_ts",
    "channel_questions": "channel",
    "channels": "channel name",
    "conversations": "channel root_ts turn last_ts",
    "departures": "channel",
    "digest_stories": "team period",
    "events": "event_id",
    "first_runs": "channel ts",
    "gaps": "channel root_ts oldest reached",
    "homes": "hash digest",
    "installations": "name url enterprise_id bot_user_id bot_id scopes token refresh_token trouble",
    "oauth_states": "state browser",
    "kudos": "behaviours where announce_in source_channel source_ts source_root_ts",
    "kudos_asks": "kind channel ts root_ts emoji at_ts outcome",
    "kudos_choices": "announce",
    "kudos_days": "day",
    "kudos_pairs": "week",
    "kudos_posts": "about ts digest",
    "list_news": "news",
    "listened_channels": "channel",
    "living_lists": "channel ts digest sending day",  # of a row that goes with its reader
    "members": "channel",
    "moves": "channel ts kind root_ts about reason leaves closes_after promise routed",
    "nudges": "say channel ts post_key",
    "occurrences": "job period channel ts",
    "limits": "method",
    "outbox": "method error",
    "set_aside": "kind reference error channel ts",
    "over_channels": "channel",
    "people": "home_team enterprise_id name zone locale status_emoji",  # the same
    "presences": "mode hours noticed",  # the same
    "promises": "channel root_ts ts ended_by",
    "prompts": "period prompt team became outcome",
    "pulse_counts": "team period",
    "pulse_people": "period team",
    "pulse_rounds": "team period question verdict",
    "rotas": "team",
    "setup_drafts": "basis",
    "silent_rules": "rule",
    "unresolved": "channel ts",
    "user_groups": "group_id",
    "waits": "channel root_ts from_ts ended_by team pauses",
    "workspaces": "name url enterprise_id bot_user_id bot_id",
}


def texts() -> Iterator[Column[Any]]:
    for table in metadata.sorted_tables:
        yield from (one for one in table.columns if isinstance(one.type, Text | JSON) and one.name != "team_id")


def test_every_column_that_can_name_somebody_says_what_becomes_of_it() -> None:
    listed = {kept.column for kept in KEPT}
    nobody = {metadata.tables[table].c[name] for table, names in NOBODY.items() for name in names.split()}
    unsaid = [str(one) for one in texts() if one not in listed | nobody]
    assert not unsaid, f"can these name somebody? Say so in bot/store/kept.py, or here: {unsaid}"
    assert not listed & nobody


def test_what_stays_says_why() -> None:
    assert all(bool(kept.why) is (kept.goes is Goes.STAYS) for kept in KEPT)


def test_of_whoever_is_forgotten_nothing_is_left_but_what_says_why(db: Db) -> None:
    with db.begin() as tx:
        fill(tx, ANA, DM)
        fill(tx, LEE, "D0LEE", more=1)
        before = named(tx, LEE, "D0LEE")
        forget(tx, ANA)
        stays = {str(kept.column) for kept in KEPT if kept.goes is Goes.STAYS}
        assert named(tx, ANA, DM) <= stays
        assert named(tx, LEE, "D0LEE") == before


def test_who_is_forgotten_twice_is_no_more_forgotten(db: Db) -> None:
    with db.begin() as tx:
        fill(tx, ANA, DM)
        erasing.ask(tx, TEAM, ANA, NOON)
        erasing.ask(tx, TEAM, ANA, NOON)
        forget(tx, ANA)
        assert erasing.asked(tx) == []
        after = everything(tx)
        forget(tx, ANA)
        assert everything(tx) == after


def test_two_may_be_forgotten_of_the_same_conversation(db: Db) -> None:
    with db.begin() as tx:
        fill(tx, ANA, DM)
        moves = metadata.tables["moves"]
        theirs = tx.execute(select(moves)).mappings().one()
        tx.execute(insert(moves).values(dict(theirs) | {"user_id": LEE}))
        forget(tx, ANA)
        forget(tx, LEE)
        users = tx.execute(select(moves.c.user_id)).scalars().all()
    assert len(set(users)) == len(users) == 2
    assert all(user.startswith(SOMEONE) for user in users)


PEOPLE = (ANA, LEE, "U0MIA", "U0ADA")
SPOKEN = st.sampled_from(["1.000001", "2.000001", "3.000001"])
MOVES = st.builds(
    Move,
    ts=st.integers(1, 9).map(lambda second: f"{second}.000001"),
    kind=st.sampled_from([kind for kind in Kind if kind not in (Kind.SPLIT, Kind.JOINED, Kind.PAUSE, Kind.RESUME)]),
    user=st.sampled_from(PEOPLE),
    about=SPOKEN,
    needs_reply=st.booleans(),
    promise=st.sampled_from(["", "8.000001"]),
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MOVES, max_size=9, unique_by=lambda move: move.ts), st.sets(st.sampled_from(PEOPLE)))
def test_a_conversation_reads_the_same_whoever_of_it_is_forgotten(moves: list[Move], gone: set[str]) -> None:
    names = {user: apart(str(at)) for at, user in enumerate(sorted(gone))}

    def renamed(user: str | None) -> str | None:
        return names.get(user, user) if user else user

    def told(said: Conversation) -> list[Any]:
        waits = [wait._replace(by=renamed(wait.by)) for wait in said.waits]
        promises = [one._replace(by=renamed(one.by) or "") for one in said.promises]
        by = [renamed(user) for user in (said.customer, said.claimed_by, said.answered_by, said.helped_by)]
        return [said.turn, waits, promises, *by]

    policy = Policy()
    known = {move[:3]: move for move in moves}
    before = read(Conversation("C0ACME", "1.000001", tuple(sorted(known.values()))), policy)
    after = [move._replace(user=renamed(move.user) or "") for move in known.values()]
    assert told(read(Conversation("C0ACME", "1.000001", tuple(sorted(after))), policy)) == told(before)


@pytest.mark.parametrize("text", ["U0ANAB", "xU0ANA1", "D0ANAX"])
def test_a_name_that_merely_begins_alike_is_somebody_elses(db: Db, text: str) -> None:
    with db.begin() as tx:
        fill(tx, ANA, DM)
        fill(tx, LEE, "D0LEE", more=1)
        asks = metadata.tables["asks"]
        tx.execute(asks.update().where(asks.c.by == LEE).values(line=text))
        forget(tx, ANA)
        assert text in tx.execute(select(asks.c.line)).scalars().all()


def forget(tx: Connection, user: str) -> None:
    some = erasing.places(tx, TEAM, user)
    if some:
        erasing.leave(tx, TEAM, user, some)
    erasing.finish(tx, TEAM, user, NOON)


def fill(tx: Connection, user: str, dm: str, more: int = 0) -> None:
    """A row in every table, that names this person wherever it can. `more`: another row than the one before."""
    listed = {kept.column: kept for kept in KEPT}
    for table in metadata.sorted_tables:
        row = {one.name: _value(one, more) for one in table.columns}
        for one in table.columns:
            if one in listed:
                who = dm if one.name == "dm_channel" or str(one) == "kudos_posts.channel" else user
                row[one.name] = _inside(one, who) if listed[one].inside else who
        if not more or list(table.primary_key) != [table.c.team_id]:
            tx.execute(insert(table).values(row | {"team_id": TEAM}))


def _inside(column: Column[Any], user: str) -> object:
    if column.name == "key":
        return f"what:1:{user}"
    return {"said": [f"<@{user}>, {user}"]} if isinstance(column.type, JSON) else f"x:{user} <@{user}>"


def _value(column: Column[Any], more: int) -> object:
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, UtcDateTime):
        return NOON
    if isinstance(column.type, JSON):
        return {}
    if not isinstance(column.type, Text):
        return more + 1
    if column.name in ("channel", "root_ts"):
        return f"C{more}"
    return f"{column.name}{more}"


def everything(tx: Connection) -> dict[str, list[str]]:
    return {table.name: sorted(map(repr, tx.execute(select(table)))) for table in metadata.sorted_tables}


def named(tx: Connection, *ids: str) -> set[str]:
    """The columns in which any of these still stands."""
    found = set()
    for table in metadata.sorted_tables:
        for row in tx.execute(select(table)).mappings():
            found |= {str(one) for one in table.columns if any(who in str(row[one.name]) for who in ids)}
    return found
