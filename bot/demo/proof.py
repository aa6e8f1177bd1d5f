"""How the demo proves its steps: each is checked against Slack's own record, never against the bot's word."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.demo.reading import first_line
from bot.demo.stage import Stage


class Wrong(Exception):
    """Slack's record does not show what the step promises; the message says what it shows instead."""


@dataclass(frozen=True, slots=True)
class Step:
    """`saw`: what the person concerned saw, in their words."""

    name: str
    ok: bool
    saw: str


Act = Callable[[Stage], Awaitable[str]]


async def play(stage: Stage, name: str, act: Act) -> Step:
    """One step, on a new working day."""
    await stage.morning()
    try:
        return Step(name, True, await act(stage))
    except Wrong as wrong:
        return Step(name, False, f"wrong: {wrong}")
    except ValueError as unexpected:  # a message that should be there is not, or there are two
        return Step(name, False, f"wrong: {unexpected}")


def expect(holds: bool, otherwise: str) -> None:
    """Raises Wrong, saying what is to be seen `otherwise`."""
    if not holds:
        raise Wrong(otherwise)


def about(stage: Stage, user: str, ts: str) -> list[dict[str, Any]]:
    """CareCue's messages to someone about this customer message."""
    return [message for message in stage.dm(user) if is_about(message, ts)]


def is_about(message: dict[str, Any], ts: str) -> bool:
    """Whether a message of CareCue's leads to this one."""
    return link_part(ts) in str(message)


def link_part(ts: str) -> str:
    """What every permalink to a message ends with, before its thread."""
    return f"/p{ts.replace('.', '')}"


def buttons(message: dict[str, Any]) -> list[str]:
    """The action ids that a person could press."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    asides = [block["accessory"] for block in message["blocks"] if "accessory" in block]
    return [element["action_id"] for element in (*(one for row in rows for one in row), *asides)]


def texts(drawn: dict[str, Any]) -> list[str]:
    """Every text that blocks of a message or a view show, each by itself."""
    blocks = drawn["blocks"]
    parts = [one for block in blocks for one in (block, *(block.get("elements") or block.get("fields") or ()))]
    return [str(found) for part in parts if (found := _words(part.get("text"))) is not None]


def _words(text: Any) -> Any:
    return text.get("text") if isinstance(text, dict) else text


def text(stage: Stage, message: dict[str, Any]) -> str:
    """What the message says first, as it is read."""
    return first_line(stage.sandbox.world, message)
