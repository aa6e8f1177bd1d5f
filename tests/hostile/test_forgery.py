"""What somebody of another workspace presses and sends off: its ids may be ours, and nothing of ours is touched."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo.place import ADA, ANA, EXT_ACME, LEE, MIA, OURS
from bot.domain.arrivals import Account
from bot.domain.boundary import Case
from bot.store import people, setup, workspaces
from bot.store.tables import metadata
from bot.store.workspaces import Installation
from bot.views.words import common
from tests import databases
from tests.handlers.calling import FACTS, LED, Calling
from tests.handlers.office import opened
from tests.hostile.knocks import Door, Made, doors

Json = dict[str, Any]

THEIRS, EVE = "T0ELSEWHERE", "U0EVE"
EVES = f"""\
admins = ["{EVE}", "{ANA}"]

[team.care]
name = "Care"
agents = ["{EVE}", "{ANA}"]
managers = ["{EVE}", "{ANA}"]

[team.care.hours]
zone = "Europe/Lisbon"
mon-fri = ["09:00-17:00"]
"""
IDS = (1, 2, 3)  # of what there is in the office: they are counted from one
_NUMBER = re.compile(r"(?<![\w.-])\d{1,19}(?![\w.-])")
ENOUGH = 6  # doors that do something, to be sure that forgeries would
CARRY = {"value", "private_metadata"}  # what a payload gives back of what was drawn


@pytest.fixture
async def calling(tmp_path: Path) -> AsyncIterator[Calling]:
    """Somebody waits, is owed something, has called for help, has made a boundary call and been thanked."""
    async with opened(databases.on_sqlite(tmp_path), http=True) as office:
        calling = Calling(office.sandbox, office.clock, office.bot)
        await calling.set_up(LED)
        ts, _ = await calling.asked()
        await calling.say(ANA, EXT_ACME, "Let me check and get back to you by 3pm.", ts)
        await calling.asked_for_help(LEE)
        again, _ = await calling.insulted("And where is my refund, you idiots?")
        await calling.calls(again, Case.ABUSIVE, FACTS)
        await calling.sandbox.command(MIA, EXT_ACME, "/kudos", f"<@{ANA}> for staying calm with them all day")
        await calling.say(ADA, EXT_ACME, "Can somebody look at our invoice?")
        await calling.settle()
        await calling.bot.deps.db.run(_move_in, calling.clock.now())
        yield calling


def _move_in(tx: Any, now: Any) -> None:
    """Another workspace, in which Eve may do everything; so may somebody with Ana's id, as in an organization."""
    workspaces.install(tx, Installation(THEIRS, "Elsewhere", "https://x.slack.com/", None, "U0BOTOFTHEIRS", "B0THEIRS"))
    setup.apply(tx, THEIRS, setup.read(EVES), now, None)
    for user in (EVE, ANA):
        people.save(tx, THEIRS, Account(user, THEIRS, None, "Eve", "UTC", False, False, False, True, False), now)


def ours(office: Calling) -> dict[str, list[str]]:
    """Everything that is stored of our workspace."""
    with office.bot.deps.db.begin() as tx:
        return {
            table.name: sorted(map(repr, tx.execute(select(table).where(table.c.team_id == OURS))))
            for table in metadata.sorted_tables
            if "team_id" in table.c
        }


def about(thing: Any, number: int, key: str = "") -> Any:
    """The same, with what it is about being the thing of this number."""
    if isinstance(thing, dict):
        return {name: about(value, number, name) for name, value in thing.items()}
    if isinstance(thing, list):
        return [about(one, number, key) for one in thing]
    return _NUMBER.sub(str(number), thing) if isinstance(thing, str) and key in CARRY else thing


def by_eve(payload: Json, eve: str) -> Json:
    """As Slack sends it when she knocks: who, where and how she is answered are Slack's to say, and nobody else's."""
    payload = {name: value for name, value in payload.items() if name != "response_url"}
    if "user_id" in payload:
        return payload | {"team_id": THEIRS, "user_id": eve}
    view = {"view": payload["view"] | {"team_id": THEIRS, "app_installed_team_id": THEIRS}} if "view" in payload else {}
    user = {"id": eve, "username": "eve", "name": "eve", "team_id": THEIRS}
    return payload | {"team": {"id": THEIRS, "domain": "elsewhere"}, "user": user} | view


def forgeries(office: Calling) -> Iterator[tuple[Door, list[Made]]]:
    """Every button and form that is about something, being about each thing of ours."""
    for door in doors():
        if door.name.startswith(("press", "form")) and not door.name.endswith("closed"):
            kind, payload = door.build(office, MIA)
            made = [about(payload, number) for number in IDS]
            yield door, [(kind, one) for at, one in enumerate(made) if one not in made[:at]]


@pytest.mark.parametrize("eve", [EVE, ANA])
async def test_whatever_somebody_of_another_workspace_names_ours_stays_as_it_is(calling: Calling, eve: str) -> None:
    before = ours(calling)
    assert {"waits", "asks", "boundaries", "kudos", "nudges", "promises"} <= {
        name for name, rows in before.items() if rows
    }
    for door, forged in forgeries(calling):
        for kind, payload in forged:
            await calling.sandbox.deliveries.ask(kind, by_eve(payload, eve), takes_answer="form" in door.name)
        assert ours(calling) == before, door
    await calling.settle()
    assert ours(calling) == before


async def test_the_same_by_one_of_ours_changes_something(calling: Calling) -> None:
    """Else the test above would hold nothing."""
    changed: set[str] = set()
    for door, forged in forgeries(calling):
        before = ours(calling)
        for kind, payload in forged:
            ana = {"user": {"id": ANA, "username": "ana", "name": "ana", "team_id": OURS}}
            await calling.sandbox.deliveries.ask(kind, payload | ana, takes_answer="form" in door.name)
        changed |= {door.name} if ours(calling) != before else set()
        if len(changed) > ENOUGH:
            return
    pytest.fail(f"only {changed} did anything")


async def test_who_claims_to_be_of_ours_and_is_not_is_turned_away(calling: Calling) -> None:
    """Slack would have to say so: even then whoever knocks has to be one of ours by what Slack tells of them."""
    before = ours(calling)
    for user, team_id in ((EVE, OURS), (ADA, OURS), (LEE, THEIRS)):
        payload = {"team_id": team_id, "user_id": user, "command": "/care", "text": "status", "trigger_id": "1.2.3"}
        answer = await calling.sandbox.deliveries.ask("slash_commands", payload, takes_answer=True)
        told = str(answer.body)
        assert common.OUTSIDERS() in told or common.SETTING_UP() in told, (user, team_id, told)
    assert {name: rows for name, rows in ours(calling).items() if name != "people"} == {
        name: rows for name, rows in before.items() if name != "people"
    }
