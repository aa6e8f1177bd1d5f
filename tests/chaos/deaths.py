"""When CareCue is killed: at moments that people would not choose."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

from bot.sandbox.delivery import Answer, Delivery
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Happening
from tests.chaos import town

What = Literal["started", "acknowledged", "posted", "redrawn"]


@dataclass(frozen=True, slots=True)
class Death:
    """After the `count`th time in a life that `what` happened, and `after` so many seconds more.

    At 0 seconds Slack has the message, and CareCue has not yet been told so.
    """

    what: What
    count: int
    after: float


def deaths(random: Random, count: int) -> list[Death]:
    """A third of them between send and commit, the others a little later, or in the midst of arrivals, or at start."""
    kinds: list[tuple[What, bool]] = [
        *(("posted", True), ("posted", True), ("posted", False), ("redrawn", True)),
        *(("redrawn", False), ("acknowledged", False), ("acknowledged", False), ("started", False)),
    ]
    chosen = [kinds[number % len(kinds)] for number in range(count)]
    random.shuffle(chosen)
    return [_death(random, what, at_once) for what, at_once in chosen]


def _death(random: Random, what: What, at_once: bool) -> Death:
    if what == "started":
        return Death(what, 1, random.uniform(0, 1))
    most = 40 if what == "acknowledged" else 6
    return Death(what, random.randint(1, most), 0 if at_once else random.uniform(0, 0.03))


class Watched(Sandbox):
    """A sandbox that tells of acknowledgements as well."""

    on_answer: Callable[[Delivery, Answer], None] | None = None

    async def send(self, delivery: Delivery) -> Answer:
        answer = await super().send(delivery)
        if self.on_answer:
            self.on_answer(delivery, answer)
        return answer


class Reaper:
    """Kills when the moment has come; `done` is set then."""

    def __init__(self, sandbox: Watched, death: Death, kill: Callable[[], None]) -> None:
        self._left, self._death, self._kill, self._sandbox = death.count, death, kill, sandbox
        self.done = asyncio.Event()

    def __enter__(self) -> "Reaper":
        self._sandbox.world.listeners.append(self._hear)
        self._sandbox.on_answer = self._answered
        if self._death.what == "started":
            self._count()
        return self

    def __exit__(self, *_: object) -> None:
        self._sandbox.world.listeners.remove(self._hear)
        self._sandbox.on_answer = None

    def _hear(self, happening: Happening) -> None:
        message = happening.message
        if message is None or message.user != town.BOT:
            return
        what = "redrawn" if happening.event.get("subtype") == "message_changed" else "posted"
        if what == self._death.what:
            self._count()

    def _answered(self, delivery: Delivery, answer: Answer) -> None:
        if self._death.what == "acknowledged" and answer.ok and delivery.kind == "events_api":
            self._count()

    def _count(self) -> None:
        self._left -= 1
        if self._left:
            return
        if self._death.after:
            asyncio.get_running_loop().call_later(self._death.after, self._strike)
        else:
            self._strike()

    def _strike(self) -> None:
        self._kill()
        self.done.set()
