"""What comes to every door: payloads as Slack sends them, and what somebody may have made of them."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from bot.demo.place import ACME, ADA, ANA, BOT, CARE, EXT_ACME, GITA, MIA, NIA, OURS
from bot.domain.arrivals import CHANNEL_CHANGES
from bot.sandbox import payloads
from bot.sandbox.elements import CHOICES, Placed, placed, with_ids
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from bot.sandbox.windows import View
from handlers import ACTIONS, COMMANDS, SHORTCUTS
from handlers.ingest import HOME_OPENED, REVOKED, UNINSTALLED
from tests.canaries.messages import SUBTYPES, WORDS
from tests.canaries.planting import HERE
from tests.handlers.office import Office
from tests.views.examples import MENUS, MESSAGES, MODALS
from tests.views.homes import HOMES

Json = dict[str, Any]
Made = tuple[str, Json]  # the kind of envelope, and what is in it
Build = Callable[[Office, str], Made]

SECRET_WORD = "quokka7351"  # stands in whatever customers say, and nowhere else
STRANGER = "U0NOBODY"
PEOPLE = (ANA, MIA, NIA, ADA, GITA, STRANGER)
OF_EACH = 3  # examples of a button or a form: its values differ


@dataclass(frozen=True, slots=True)
class Door:
    """A way in, and a payload that comes through it."""

    name: str
    build: Build

    def __repr__(self) -> str:
        return self.name


# what customers and Slack tell


def _words(office: Office, **fields: Any) -> Json:
    ts = office.sandbox.world.new_ts()
    said: Json = json.loads(json.dumps(WORDS).replace(HERE, SECRET_WORD))
    return said | {"type": "message", "channel": EXT_ACME, "channel_type": "channel", "ts": ts, "event_ts": ts} | fields


def _told(event: Callable[[Office, str], Json]) -> Build:
    def build(office: Office, user: str) -> Made:
        happened = event(office, user)
        authorizations = [{"team_id": OURS, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}]
        body: Json = {"token": "x", "team_id": OURS, "api_app_id": "A0CARECUE", "type": "event_callback"}
        body |= {"event_id": f"Ev{office.sandbox.world.new_ts()}", "event_time": 1772445600, "event": happened}
        return "events_api", body | {"authorizations": authorizations, "is_ext_shared_channel": True}

    return build


def _said(subtype: str | None) -> Build:
    extra: Json = {"subtype": subtype} if subtype else {}
    return _told(lambda office, user: _words(office, user=user, team=ACME, **extra))


def _edited(subtype: str) -> Build:
    def event(office: Office, user: str) -> Json:
        inner = _words(office, user=user)
        nested = {"message": inner, "previous_message": inner, "deleted_ts": inner["ts"]}
        return _words(office, subtype=subtype, **nested)

    return _told(event)


def _about(kind: str) -> Build:
    def event(office: Office, user: str) -> Json:
        item = {"type": "message", "channel": EXT_ACME, "ts": office.sandbox.world.new_ts()}
        common = {"type": kind, "user": user, "event_ts": office.sandbox.world.new_ts(), "channel": EXT_ACME}
        return common | {
            "item": item,
            "reaction": "eyes",
            "item_user": ADA,
            "inviter": ANA,
            "team": ACME,
            "tab": "home",
        }

    return _told(event)


def _account(kind: str) -> Build:
    def event(_office: Office, user: str) -> Json:
        profile = {"display_name": "Ada", "real_name": "Ada Obi", "status_emoji": ":palm_tree:", "status_expiration": 0}
        profile |= {"status_text": SECRET_WORD, "title": SECRET_WORD, "team": ACME}
        told = {
            "id": user,
            "team_id": ACME,
            "name": "ada",
            "tz": "Europe/Lisbon",
            "profile": profile,
            "locale": "en-GB",
        }
        return {"type": kind, "user": told, "event_ts": "1772445600.000100"}

    return _told(event)


def _channel(kind: str) -> Build:
    return _told(lambda _office, user: {"type": kind, "channel": {"id": EXT_ACME, "name": SECRET_WORD}, "user": user})


def _taken_out(kind: str) -> Build:
    return _told(lambda _office, _user: {"type": kind, "tokens": {"bot": [BOT]}})


def _events() -> Iterator[Door]:
    for subtype in SUBTYPES:
        yield Door(f"message {subtype}", _said(subtype))
    for subtype in ("message_changed", "message_deleted", "message_replied"):
        yield Door(f"message {subtype}", _edited(subtype))
    for kind in ("reaction_added", "reaction_removed", "member_joined_channel", "member_left_channel", HOME_OPENED):
        yield Door(kind, _about(kind))
    for kind in ("team_join", "user_change"):
        yield Door(kind, _account(kind))
    for kind in CHANNEL_CHANGES:
        yield Door(kind, _channel(kind))
    for kind in (UNINSTALLED, REVOKED):
        yield Door(kind, _taken_out(kind))


# what people press, type and send off


def _person(office: Office, user: str) -> Person:
    """One of the office; or somebody whom nobody has heard of."""
    world = office.sandbox.world
    return replace(world.person(ADA), id=user) if user == STRANGER else world.person(user)


def _shown(office: Office, user: str, view: Json) -> View:
    windows, owner = office.sandbox.windows, ANA if user == STRANGER else user
    return windows.publish(owner, view) if view["type"] == "home" else windows.open(owner, view)


def _choice(element: Json) -> Json:
    """What somebody may have chosen."""
    if element["type"] not in CHOICES:
        return {}
    choice = CHOICES[element["type"]]
    options = [
        *(element.get("options") or ()),
        *(o for group in element.get("option_groups") or () for o in group["options"]),
    ]
    kinds: Json = {
        "option": options[0] if options else None,
        "user": ANA,
        "channel": CARE,
        "text": {"datepicker": "2026-03-04", "timepicker": "09:30"}.get(element["type"], "for staying calm"),
    }
    one = 1_772_532_000 if element["type"] == "datetimepicker" else kinds.get(choice.of)
    return {choice.key: [one] if choice.many else one}


def _pressed(blocks: list[Json], at: int, *, in_view: Json | None = None) -> Build:
    def build(office: Office, user: str) -> Made:
        person, world = _person(office, user), office.sandbox.world
        kept = with_ids(blocks, world)
        one = list(placed(kept))[at]
        if in_view is not None:
            view = _shown(office, user, in_view)
            return "interactive", payloads.view_press(office.sandbox, person, view, one, _choice(one.element))
        direct = world.direct(ANA, BOT)
        message = Message(world.new_ts(), direct.id, BOT, OURS, SECRET_WORD, blocks=kept, bot_id=world.app.bot_id)
        direct.messages[message.ts] = message
        return "interactive", payloads.message_press(office.sandbox, person, message, one, _choice(one.element))

    return build


def _sent_off(modal: Json, *, closed: bool = False) -> Build:
    def build(office: Office, user: str) -> Made:
        person = _person(office, user)
        view = _shown(office, user, modal)
        for one in placed(view.blocks):
            if one.element["type"] in CHOICES and one.element["type"] != "overflow":
                view.values[one.block_id] = {one.action_id: {"type": one.element["type"], **_choice(one.element)}}
        if closed:
            return "interactive", payloads.closing(office.sandbox, person, view, is_cleared=False)
        return "interactive", payloads.submission(office.sandbox, person, view)

    return build


def _typed(name: str, text: str) -> Build:
    def build(office: Office, user: str) -> Made:
        world = office.sandbox.world
        return "slash_commands", payloads.command(
            office.sandbox, _person(office, user), world.channel(EXT_ACME), name, text
        )

    return build


def _shortcut(callback_id: str, *, on_message: bool) -> Build:
    def build(office: Office, user: str) -> Made:
        person, world = _person(office, user), office.sandbox.world
        if not on_message:
            return "interactive", payloads.global_shortcut(office.sandbox, person, callback_id)
        message = Message(world.new_ts(), EXT_ACME, ADA, ACME, SECRET_WORD)
        return "interactive", payloads.message_shortcut(office.sandbox, person, callback_id, message)

    return build


def _options(office: Office, user: str) -> Made:
    element = {"type": "external_select", "action_id": "whatever"}
    one = Placed({"block_id": "b", "type": "actions", "elements": [element]}, element)
    container = {"type": "view", "view_id": "V0"}
    return "interactive", payloads.suggestion(office.sandbox, _person(office, user), container, one, "ab")


def _presses() -> Iterator[Door]:
    messages = [one.payload()["blocks"] for examples in MESSAGES.values() for one in examples.values()]
    views = [view for kind in (HOMES, *MENUS.values(), *MODALS.values()) for view in kind.values()]
    seen: dict[str, set[str]] = {}
    for blocks, view in [(blocks, None) for blocks in messages] + [(view["blocks"], view) for view in views]:
        for at, one in enumerate(placed(with_block_ids(blocks))):
            values = seen.setdefault(one.action_id, set())
            shape = f"{one.element['type']} {one.element.get('value') or one.element.get('options')}"
            if one.action_id in ACTIONS and shape not in values and len(values) < OF_EACH:
                values.add(shape)
                yield Door(f"press {one.action_id} {len(values)}", _pressed(blocks, at, in_view=view))


def with_block_ids(blocks: list[Json]) -> list[Json]:
    return [{"block_id": f"b{at}", **block} for at, block in enumerate(blocks)]


def _forms() -> Iterator[Door]:
    seen: dict[str, int] = {}
    for modal in [modal for modals in MODALS.values() for modal in modals.values()]:
        name = str(modal["callback_id"])
        seen[name] = seen.get(name, 0) + 1
        if seen[name] <= OF_EACH:
            yield Door(f"form {name} {seen[name]}", _sent_off(modal))
        if seen[name] == 1:
            yield Door(f"form {name} closed", _sent_off(modal, closed=True))


TYPED = {
    "/care": ("", "help", "why", "pause until monday", "setup", "status", "<@U0LEE> x", "prompts add", "1 2 3"),
    "/kudos": ("", "<@U0LEE> for kindness", "<@U0LEE|lee> #team thanks", "mine", "@lee", "<!channel>"),
}


def doors() -> tuple[Door, ...]:
    """All there are."""
    typed = [Door(f"{name} {text}", _typed(name, text)) for name in COMMANDS for text in TYPED[name]]
    shortcuts = [
        Door(f"shortcut {name} {'message' if on_message else 'anywhere'}", _shortcut(name, on_message=on_message))
        for name in SHORTCUTS
        for on_message in (True, False)
    ]
    return (*_events(), *_presses(), *_forms(), *typed, *shortcuts, Door("options", _options))


# what somebody makes of them

DEEP: Any = "x"
for _ in range(150):
    DEEP = {"a": [DEEP]}

NASTY: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, 10**30, 1e308, float("inf"), float("nan"), 0.5),
    *("", " ", "0", "-1", "9" * 18, "9" * 19, "9" * 4_400, "1e9", "1.1", "٣", "x", "null", "{}", "[]", "{", "[1,2]"),
    *("\x00", "a\x00b", "\ud800", "\udfff x", "\u202e", "\n" * 50, "🦔" * 200, "a" * 70_000),
    *("' OR 1=1 --", "'; DROP TABLE waits; --", "%", "_", "${jndi:x}", "{{7*7}}", "%s%s%n", "../../etc/passwd"),
    *("<!channel>", "<@U0MIA>", "<https://evil.example|x>", "*", "`", "&amp;", "<", "https://evil.example/"),
    *(ANA, MIA, NIA, ADA, BOT, STRANGER, OURS, ACME, "T0ELSEWHERE", "E0ORG", EXT_ACME, CARE, "C0NOWHERE", "USLACKBOT"),
    *("1772445600.000100", "99999999999.999999", "0.0", "999999999999.999999", "2026-03-04", "9999-12-31", "24:61"),
    *("event_callback", "block_actions", "view_submission", "message", "url_verification", "message_changed"),
    *([], {}, [[]], [None], [{}], {"id": None}, {"id": ANA}, {"": ""}, DEEP, ["x"] * 500, {"type": "x", "value": None}),
)
GONE = object()  # a key that is taken away


@dataclass(frozen=True, slots=True)
class Change:
    """At one place of a payload, whichever that is: `where` is counted around all that there are."""

    where: int
    what: Any

    def __repr__(self) -> str:
        return f"Change({self.where}, {'GONE' if self.what is GONE else repr(self.what)[:60]})"

    def made_in(self, payload: Json) -> None:
        """Changes it."""
        places = list(_places(payload))
        if places:
            holder, key = places[self.where % len(places)]
            if self.what is GONE:
                del holder[key]
            else:
                holder[key] = copy.deepcopy(self.what)


def _places(thing: Any, deep: int = 12) -> Iterator[tuple[Any, Any]]:
    keys: list[Any] = (
        list(thing) if isinstance(thing, dict) else list(range(len(thing))) if isinstance(thing, list) else []
    )
    for key in keys[:60]:
        yield thing, key
        if deep:
            yield from _places(thing[key], deep - 1)


def changes() -> st.SearchStrategy[list[Change]]:
    what = st.sampled_from((*NASTY, GONE)) | st.text(max_size=30)
    return st.lists(st.builds(Change, st.integers(0, 5_000), what), max_size=4)


def changed(made: Made, by: list[Change]) -> Made:
    kind, payload = made[0], copy.deepcopy(made[1])
    for change in by:
        change.made_in(payload)
    return kind, payload
