"""The living list as people in the demo use it: read line by line, and pressed in; by Slack's own record of it."""

from dataclasses import dataclass
from typing import Any

from bot.demo.proof import is_about
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.sandbox.record import Entry
from bot.views import living_list as views
from bot.views.living_list import Way

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A customer's line. `buttons` are action ids, `ways` the choices of its menu; `value` is what they are about."""

    message: Json
    text: str
    buttons: list[str]
    ways: list[str]
    value: str


def lists(stage: Stage, user: str) -> list[Json]:
    """All lists that stand in somebody's direct message: one, or none."""
    ours = {entry.ts for entry in posts(stage, user)}
    return [message for message in stage.dm(user) if message["ts"] in ours]


def posts(stage: Stage, user: str) -> list[Entry]:
    """Every time that their list was posted: each may have rung."""
    return [entry for entry in stage.sandbox.record.posts(by_bot=True) if _key(entry).startswith(f"list:{user}:")]


def is_list(entry: Entry) -> bool:
    """Whether this is anybody's."""
    return _key(entry).startswith("list:")


def the_list(stage: Stage, user: str) -> Json:
    """Somebody's list; raises ValueError where there is not one."""
    (message,) = lists(stage, user)
    return message


def line(stage: Stage, user: str, ts: str) -> Shown | None:
    """Their line about a customer's message; None where there is none."""
    for message in lists(stage, user):
        blocks: list[Json] = message.get("blocks", [])
        for at, block in enumerate(blocks):
            if block["type"] == "actions" and is_about(block, ts):
                return _shown(message, blocks, at)
    return None


def the_line(stage: Stage, user: str, ts: str) -> Shown:
    """The same where there has to be one: raises ValueError."""
    found = line(stage, user, ts)
    if found is None:
        raise ValueError("no line about it")
    return found


async def press(stage: Stage, user: str, ts: str, action_id: str) -> None:
    """A button of a line."""
    shown = the_line(stage, user, ts)
    await stage.press(user, shown.message, action_id, shown.value)


async def choose(stage: Stage, user: str, ts: str, way: Way) -> None:
    """A choice of a line's menu."""
    shown = the_line(stage, user, ts)
    await stage.press(user, shown.message, views.WAY, f"{way}:{shown.value}")


async def press_in_form(stage: Stage, user: str, action_id: str, value: str | None = None) -> str:
    """A button of the form that is open, which then says what was done: that is closed, and returned as it is read."""
    view = stage.sandbox.windows.top(user)
    if view is None:
        raise ValueError("no form is open")
    await stage.sandbox.press_view(user, view.id, action_id, value)
    await stage.settle()
    said = str(view.blocks[0]["text"]["text"])
    await stage.sandbox.close_view(user, view.id)
    return read(stage.sandbox.world, said)


def _shown(message: Json, blocks: list[Json], at: int) -> Shown:
    """The texts above the buttons, up to the line before."""
    texts: list[str] = []
    for block in reversed(blocks[1:at]):
        if block["type"] == "actions":
            break
        if block["type"] == "section":
            texts.insert(0, str(block["text"]["text"]))
    elements = blocks[at]["elements"]
    menus = [element for element in elements if element["type"] == "overflow"]
    ways = [str(option["text"]["text"]) for menu in menus for option in menu["options"]]
    ids = [str(element["action_id"]) for element in elements]
    return Shown(message, "\n".join(texts), ids, ways, str(elements[0]["value"]))


def _key(entry: Entry) -> str:
    return str(((entry.message.get("metadata") or {}).get("event_payload") or {}).get("key") or "")
