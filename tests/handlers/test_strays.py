"""Every button, form, command and shortcut that anybody can see has a door, and every door can be found."""

from collections.abc import Iterator
from pkgutil import iter_modules
from typing import Any

import pytest

import bot.views
import handlers
from bot.demo.place import ADA, ANA, EXT_ACME
from bot.domain.arrivals import SUBSCRIBED
from bot.sandbox import payloads
from bot.sandbox.elements import Placed
from bot.sandbox.manifest import check_subscriptions
from bot.slack.manifest import build
from handlers import ACTIONS, COMMANDS, DOORS, FORMS
from tests.handlers.office import Office
from tests.views.examples import MENUS, MESSAGES, MODALS
from tests.views.homes import HOMES, READ

Json = dict[str, Any]

SHORTCUTS: dict[str, Any] = getattr(handlers, "SHORTCUTS", {})

PRESSED = [message.payload()["blocks"] for messages in MESSAGES.values() for message in messages.values()]
PRESSED += [view["blocks"] for view in [*HOMES.values(), *READ.values()]]
PRESSED += [view["blocks"] for views in MENUS.values() for view in views.values()]
SENT_OFF = [modal for modals in MODALS.values() for modal in modals.values()]


def named(thing: object, key: str) -> Iterator[str]:
    """Every value of a key, however deep."""
    if isinstance(thing, dict):
        yield from (value for name, value in thing.items() if name == key)
    for part in thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ():
        yield from named(part, key)


def test_what_can_be_pressed_has_a_door_and_every_door_can_be_pressed() -> None:
    fields = {block["element"]["action_id"] for modal in SENT_OFF for block in modal["blocks"] if "element" in block}
    pressed = {*named(PRESSED, "action_id"), *named(SENT_OFF, "action_id")} - (fields - set(ACTIONS))
    assert pressed == set(ACTIONS)


def test_every_form_has_a_door_and_every_door_a_form_with_its_field() -> None:
    """One without a field tells in its own place what is wrong."""
    assert {modal["callback_id"] for modal in SENT_OFF} == set(FORMS)
    for modal in SENT_OFF:
        _, field = FORMS[modal["callback_id"]]
        assert not field or field in {block.get("block_id") for block in modal["blocks"]}


def test_every_command_and_shortcut_of_the_manifest_has_a_door() -> None:
    features = build(DOORS)["features"]
    assert {command["command"] for command in features["slash_commands"]} == set(COMMANDS)
    assert {shortcut["callback_id"] for shortcut in features.get("shortcuts", ())} == set(SHORTCUTS)


def test_every_event_that_is_asked_for_can_be_read_and_may_be_asked_for() -> None:
    assert set(build(DOORS)["settings"]["event_subscriptions"]["bot_events"]) == set(DOORS.events)
    assert set(SUBSCRIBED) <= set(DOORS.events)
    check_subscriptions(frozenset(DOORS.events), frozenset(build(DOORS)["oauth_config"]["scopes"]["bot"]))


def test_every_noun_with_doors_and_views_has_examples_of_what_can_be_pressed() -> None:
    """Without them, a stray of a new noun would not be found."""
    doors = (*ACTIONS.values(), *COMMANDS.values(), *SHORTCUTS.values(), *(take for take, _ in FORMS.values()))
    nouns = {door.__module__.rpartition(".")[2] for door in doors}
    assert nouns & {name for _, name, _ in iter_modules(bot.views.__path__)} <= {*MESSAGES, *MENUS, "home"}


@pytest.mark.parametrize("way", ["socket-sqlite", "http-sqlite"])
async def test_every_door_opens_when_it_is_really_knocked_at(office: Office) -> None:
    """Bolt answers 404 to an id that it does not know, and a sandbox says so."""
    _, nudge = await office.asked()
    direct = office.sandbox.world.direct(ANA, office.sandbox.world.app.bot_user_id)
    message = office.sandbox.world.message(direct.id, nudge["ts"])
    for action_id in (*ACTIONS, "nudge.nobody_knows"):
        element = {"type": "button", "action_id": action_id, "value": "0"}
        one = Placed({"block_id": "b", "type": "actions", "elements": [element]}, element)
        payload = payloads.message_press(office.sandbox, office.sandbox.world.person(ANA), message, one, {})
        answer = await office.sandbox.deliveries.ask("interactive", payload, takes_answer=False)
        assert answer.ok is (action_id in ACTIONS), action_id
    await office.settle()


async def test_nothing_that_slack_tells_is_left_without_an_answer(office: Office) -> None:
    world = office.sandbox.world
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    world.react(ANA, EXT_ACME, ts, "tada")
    world.rename(ANA, EXT_ACME, "acme")
    world.archive(ANA, EXT_ACME)
    world.unarchive(ANA, EXT_ACME)
    world.unshare(EXT_ACME, "T0ACME")
    world.change_person(ANA, status_text="at lunch")
    await office.settle()
    assert {sent.outcome for sent in office.sandbox.record.events()} == {"acked"}
    assert {sent.attempts for sent in office.sandbox.record.events()} == {1}
