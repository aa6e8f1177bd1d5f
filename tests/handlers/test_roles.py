"""Every door and every kind of person: who comes in by which, and what the others are told."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from slack_bolt.async_app import AsyncApp
from sqlalchemy import Connection

import handlers
from bot.demo.place import ACME, ADA, ANA, BOT, EXT_ACME, GENERAL, GITA, LEE, MIA, NIA, OMAR, OURS
from bot.domain.arrivals import Account
from bot.domain.care_command import Verb
from bot.domain.roles import Role
from bot.store import first_run, home, people, why
from bot.store import roles as store
from bot.store.workspaces import Workspace
from bot.views import living_list as list_views
from bot.views import precision as precision_views
from bot.views.words import common
from bot.views.words.roles import not_for_you
from handlers import roles
from tests.handlers.office import CARE_FILE, Office

Json = dict[str, Any]
Listener = Callable[..., Awaitable[None]]
BY_EVENT = "event"  # Slack tells it, nobody knocks: tests/handlers/test_home.py

UMA, VAL, DEE = "U0UMA", "U0VAL", "U0DEE"
TWO_TEAMS = f"""\
admins = ["{VAL}"]
{CARE_FILE}
[team.night]
name = "Night"
agents = ["{OMAR}"]
managers = ["{UMA}"]
deputies = ["{DEE}"]
""".replace(f'"{LEE}", "{OMAR}"', f'"{LEE}"')


@dataclass
class Hung:
    """Stands in for Bolt, and keeps whatever is hung into it, by the kind of door and its name."""

    doors: dict[tuple[str, str], Listener] = field(default_factory=dict)

    def __getattr__(self, kind: str) -> Callable[[str], Callable[[Listener], None]]:
        return lambda name: lambda listener: self.doors.__setitem__((kind, name), listener)


def hung(office: Office) -> dict[tuple[str, str], Listener]:
    app = Hung()
    handlers.open_doors(cast(AsyncApp, app), office.bot.deps)
    return app.doors


@dataclass(frozen=True)
class Caller:
    """Somebody at a door, by the payload that Slack would send of them: who, and where CareCue is called."""

    user: str
    home: str = OURS
    called_in: str = OURS

    async def knock(self, office: Office, kind: str, name: str, listener: Listener) -> str:
        """All that they are told, by the answer itself or by its `response_url`."""
        told: list[Json] = []
        sandbox = office.sandbox
        answers = {"response_url": sandbox.url + sandbox.hooks.issue(self.user, EXT_ACME, app=sandbox.world.app)}

        async def say(**said: Any) -> None:
            told.append(said)

        bodies: Mapping[str, Callable[[str], Json]] = {
            "command": self._typed,
            "shortcut": self._pressed,
            "action": self._pressed,
            "view": self._filled,
        }
        before = len(sandbox.record.called("response_url"))
        await listener(body=bodies[kind](name) | ({} if kind == "view" else answers), ack=say)
        told += [call.args for call in sandbox.record.called("response_url")[before:]]
        return json.dumps(told, ensure_ascii=False, default=str)

    def _typed(self, name: str) -> Json:
        return {"team_id": self.called_in, "user_id": self.user, "command": name, "text": "help", "trigger_id": "0"}

    def _pressed(self, name: str) -> Json:
        pressed = {"action_id": name, "block_id": "b", "type": "button", "value": "0"}
        where = {"team": {"id": self.called_in}, "channel": {"id": EXT_ACME}, "message": {"ts": "1.0"}}
        who = {"user": {"id": self.user, "team_id": self.home}}
        return where | who | {"actions": [pressed], "trigger_id": "0"}

    def _filled(self, name: str) -> Json:
        view = {"id": "V0", "type": "modal", "callback_id": name, "private_metadata": "", "state": {"values": {}}}
        view |= {"app_installed_team_id": self.called_in}
        return {"team": {"id": self.home}, "user": {"id": self.user, "team_id": self.home}, "view": view}


def _new(office: Office, team_id: str = OURS, **facts: Any) -> str:
    return office.sandbox.world.add_person(team_id=team_id, name="new", **facts).id


def _deactivated(office: Office) -> str:
    office.sandbox.world.change_person(OMAR, deleted=True)
    return OMAR


OUTSIDE: Mapping[str, Callable[[Office], Caller]] = {
    "a customer, by Slack Connect": lambda _: Caller(ADA, ACME),
    "somebody of that company whom nobody has met": lambda o: Caller(_new(o, ACME), ACME),
    "a guest of several channels": lambda _: Caller(GITA),
    "a guest of one channel": lambda o: Caller(_new(o, is_ultra_restricted=True)),
    "a deactivated agent": lambda o: Caller(_deactivated(o)),
    "an app": lambda o: Caller(_new(o, is_bot=True, bot_id="B0DEPLOY")),
    "an agent, in the name of a workspace without CareCue": lambda _: Caller(ANA, OURS, ACME),
    "somebody whom Slack does not know": lambda _: Caller("U0GHOST", ACME),
}
INSIDE: Mapping[str, tuple[Role, Callable[[Office], Caller]]] = {
    "a colleague in no team": (Role.COLLEAGUE, lambda o: Caller(_new(o))),
    "an agent": (Role.AGENT, lambda _: Caller(ANA)),
    "a deputy": (Role.DEPUTY, lambda _: Caller(DEE)),
    "a manager": (Role.MANAGER, lambda _: Caller(MIA)),
    "another team's manager": (Role.MANAGER, lambda _: Caller(UMA)),
    "an admin of the workspace": (Role.ADMIN, lambda _: Caller(NIA)),
    "an owner of the workspace": (Role.ADMIN, lambda o: Caller(_new(o, is_owner=True))),
    "an admin by the setup": (Role.ADMIN, lambda _: Caller(VAL)),
}


@pytest.fixture
async def doors(office: Office) -> dict[tuple[str, str], Listener]:
    """Of an office with two teams, and with admins of both kinds."""
    for user, name in ((UMA, "uma"), (VAL, "val"), (DEE, "dee")):
        office.sandbox.world.add_person(id=user, team_id=OURS, name=name)
    await office.set_up(TWO_TEAMS)
    return {door: listener for door, listener in hung(office).items() if door[0] != BY_EVENT}


async def test_every_door_has_a_row(office: Office) -> None:
    rows = [door for row in roles.TABLE for door in row.doors]
    of_carecue = {*handlers.NOTICES, *handlers.ORG_NOTICES}  # nobody knocks
    there = [name for _, name in hung(office) if name not in of_carecue]
    wrong = [f"Say in handlers/roles.py who may come in by {one!r}: it has no row." for one in {*there} - {*rows}]
    wrong += [f"Take {one!r} out of handlers/roles.py: there is no such door." for one in {*rows} - {*there}]
    wrong += [f"Say only once who may come in by {one!r}." for one in {*rows} if rows.count(one) > 1]
    assert not wrong, "\n".join(sorted(wrong))


def test_every_word_of_care_has_those_for_whom_it_works() -> None:
    wrong = [f"Say in handlers/roles.py for whom `/care {verb}` works." for verb in {*Verb} - {*roles.VERBS}]
    assert not wrong, "\n".join(sorted(wrong))


def test_a_door_that_nobody_thought_of_is_for_admins_alone() -> None:
    assert roles.least("somebody's new button") is Role.ADMIN


@pytest.mark.parametrize("kind", OUTSIDE)
async def test_who_is_not_of_ours_comes_in_by_no_door(
    office: Office, doors: dict[tuple[str, str], Listener], kind: str
) -> None:
    caller = OUTSIDE[kind](office)
    await office.settle()
    before = office.decided()
    told = {door: await caller.knock(office, *door, listener) for door, listener in doors.items()}
    assert {door: said for door, said in told.items() if common.OUTSIDERS() not in said} == {}
    assert office.decided() == before
    assert office.sandbox.record.views(caller.user) == []


@pytest.mark.parametrize("kind", INSIDE)
async def test_ours_come_in_by_the_doors_of_their_role_and_by_no_other(
    office: Office, doors: dict[tuple[str, str], Listener], kind: str
) -> None:
    """Who is turned away is told what would work; whether a thing is their own is decided behind the door."""
    role, who = INSIDE[kind]
    caller = who(office)
    await office.settle()
    before = office.decided()
    told = {door: await caller.knock(office, *door, doors[door]) for door in doors if roles.least(door[1]) > role}
    wrong = {door: said for door, said in told.items() if not _is_refusal(said, roles.least(door[1]))}
    assert wrong == {}
    assert office.decided() == before
    told = {door: await caller.knock(office, *door, doors[door]) for door in doors if roles.least(door[1]) <= role}
    assert {door: said for door, said in told.items() if any(_is_refusal(said, least) for least in Role)} == {}


def _is_refusal(said: str, least: Role) -> bool:
    return common.OUTSIDERS() in said or (least > Role.COLLEAGUE and not_for_you(least, [])[:25] in said)


async def _roles(office: Office, user: str) -> set[Role]:
    """As a door finds them."""
    deps = office.bot.deps
    workspace = await deps.db.run(deps.workspaces.get, OURS, deps.now())
    person = await (await deps.slack.of(OURS)).user(user)
    assert workspace
    return set(await deps.db.run(store.of, workspace, person))


async def test_somebody_may_be_several_things_at_once(office: Office) -> None:
    await office.set_up(f'admins = ["{MIA}"]\n{CARE_FILE}')
    assert await _roles(office, MIA) == {Role.COLLEAGUE, Role.AGENT, Role.MANAGER, Role.ADMIN}
    assert await _roles(office, ANA) == {Role.COLLEAGUE, Role.AGENT}
    assert await _roles(office, NIA) == {Role.COLLEAGUE, Role.ADMIN}


async def test_who_is_in_no_team_is_an_agent_as_long_as_something_is_theirs(office: Office) -> None:
    """Somebody from sales who promises word: the reminder that CareCue then sends, they can press."""
    sal = _new(office)
    assert await _roles(office, sal) == {Role.COLLEAGUE}
    office.sandbox.world.invite(ANA, EXT_ACME, sal)
    ts = await office.say(ADA, EXT_ACME, "What does the large hall cost in May?")
    await office.say(sal, EXT_ACME, "I'll get back to you by three o'clock.", ts)
    assert await _roles(office, sal) == {Role.COLLEAGUE, Role.AGENT}
    await office.say(sal, EXT_ACME, "It costs 300 € a day.", ts)
    assert await _roles(office, sal) == {Role.COLLEAGUE}


async def test_whoever_brought_carecue_into_a_channel_is_its_agent(office: Office) -> None:
    sal = _new(office)
    office.sandbox.world.invite(ANA, GENERAL, sal)
    office.sandbox.world.invite(sal, GENERAL, BOT)
    await office.settle()
    assert await _roles(office, sal) == {Role.COLLEAGUE, Role.AGENT}


async def test_an_admin_of_another_workspace_of_the_enterprise_is_none_here(office: Office) -> None:
    """Slack calls them an admin, and means their own workspace."""
    world = office.sandbox.world
    for workspace in (world.workspaces[OURS], world.workspaces[ACME]):
        workspace.enterprise_id, workspace.enterprise_name = "E0LINDEN", "Linden Group"
    deps = office.bot.deps
    here = await deps.db.run(deps.workspaces.get, OURS, deps.now())
    assert here
    person = await (await deps.slack.of(OURS)).user(NIA)
    elsewhere = replace(person, home_team=ACME, enterprise="E0LINDEN", is_admin=True)
    assert not store.is_admin(here, elsewhere)
    assert store.is_admin(here, person)
    assert await deps.db.run(_admits, here, person) == [True, True, True]
    assert await deps.db.run(_admits, here, elsewhere) == [False, False, False]


def _admits(tx: Connection, workspace: Workspace, person: Account) -> list[bool]:
    """To what admins see and begin behind doors that are open to everybody of ours."""
    now = datetime(2026, 3, 4, 9, tzinfo=UTC)
    people.save(tx, OURS, person, now)
    known = people.get(tx, OURS, person.user)
    assert known
    return [
        first_run.may(tx, workspace, person.user),
        why.looks_after(tx, workspace, person.user),
        home.page(tx, workspace, known, now).health is not None,
    ]


async def test_who_is_turned_away_is_told_who_can_help(office: Office) -> None:
    await office.set_up(f'admins = ["{MIA}"]\n{CARE_FILE}')
    sal = _new(office)
    _, nudge = await office.asked()
    direct = office.sandbox.world.direct(ANA, BOT).id
    await office.forged_press(sal, direct, nudge, list_views.WAY, f"{list_views.Way.PAUSE}:1")
    assert office.told(sal) == not_for_you(Role.AGENT, ["Mia"])
    assert "Mia can add you" in office.told(sal)


async def test_in_a_form_it_stands_in_the_forms_place_and_over_a_home_it_opens(office: Office) -> None:
    """Neither has a message below which something could be said."""
    listen = hung(office)["action", precision_views.SWITCH_ON]
    body = Caller(ANA)._pressed(precision_views.SWITCH_ON)

    async def silent(**_: Any) -> None: ...

    await office.sandbox.shortcut(ANA, "care.menu", EXT_ACME, await office.say(ADA, EXT_ACME, "Hello?"))
    await office.settle()
    shown = office.sandbox.windows.top(ANA)
    assert shown
    await listen(ack=silent, body=body | {"view": {"id": shown.id, "type": "modal"}})
    assert not_for_you(Role.ADMIN, [])[:25] in str(office.sandbox.windows.view(shown.id).blocks)
    trigger = office.sandbox.triggers.issue(LEE)
    home = Caller(LEE)._pressed(precision_views.SWITCH_ON) | {"view": {"id": "V0", "type": "home"}}
    await listen(ack=silent, body=home | {"trigger_id": trigger})
    top = office.sandbox.windows.top(LEE)
    assert top
    assert not_for_you(Role.ADMIN, [])[:25] in str(top.blocks)


async def test_what_was_sent_to_one_person_is_theirs_alone(office: Office) -> None:
    """Whoever gets hold of a payload with somebody else's buttons in it presses them in vain, role or not."""
    await office.asked()
    await office.command(ANA, "ask Could you look over my reply to Ada?")
    await office.sandbox.command(LEE, GENERAL, "/kudos", "@ana for staying with Ada until her booking was right")
    await office.settle()
    before = office.decided()
    pressed = [
        await office.forged_press(other, office.sandbox.world.direct(user, BOT).id, message, action_id, value)
        for user, other in ((ANA, LEE), (MIA, NIA))
        for message in office.dm(user)
        for action_id, value in _presses(message)
    ]
    assert len(pressed) > 10
    assert office.decided() == before


def _presses(message: Json) -> list[tuple[str, str | None]]:
    """Everything in a message that can be pressed or chosen."""
    rows = [block["elements"] for block in message.get("blocks", ()) if block["type"] == "actions"]
    return [
        (one["action_id"], option and option["value"])
        for row in rows
        for one in row
        for option in one.get("options") or [None]
    ]
