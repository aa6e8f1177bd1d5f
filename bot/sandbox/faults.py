"""Things that go wrong on purpose: in answers of the Web API, and in deliveries to the app."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from random import Random
from typing import Any

from bot.sandbox.refused import Refused

CALL_KINDS = frozenset({"ratelimited", "status", "error", "drop_before", "drop_after", "delay", "hold", "refuse_block"})
EVENT_KINDS = frozenset({"duplicate", "reorder", "delay", "swallow_ack", "lose"})


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong, `times` times, after `skip` chances went by, at this `share` of chances.

    With `method` it meets calls: `ratelimited` (`retry_after` seconds), `status` (HTTP `status`), `error` (that `error`
    beside `ok: false`), `drop_before` and `drop_after` the effect (the connection ends without an answer), `delay`
    (real `seconds`), `hold` (before the effect, until the faults are cleared), `refuse_block` (`invalid_blocks` for a
    `block` type; lasts until cleared).
    With `event` it meets deliveries of that type, `*` for any: `duplicate`, `reorder` (goes out after the next one),
    `delay` (`seconds` of the sandbox's clock), `swallow_ack` (comes again though it was acknowledged), `lose`.
    """

    kind: str
    method: str | None = None
    event: str | None = None
    channel: str | None = None
    times: int = 1
    skip: int = 0
    share: float = 1.0
    retry_after: int = 1
    status: int = 500
    error: str = "internal_error"
    seconds: float = 0.0
    block: str | None = None
    met: bool = field(default=False, init=False)  # it went wrong at least once

    def __post_init__(self) -> None:
        kinds = EVENT_KINDS if self.event is not None else CALL_KINDS
        if self.kind not in kinds:
            raise Refused("invalid_arguments", message=f"no such fault: {self.kind}; one of {sorted(kinds)}")

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Fault":
        known = {one.name for one in fields(cls) if one.init}
        if unknown := set(data) - known:
            raise Refused("invalid_arguments", message=f"no such field: {sorted(unknown)}")
        return cls(**data)

    def matches(self, name: str, channel: str | None, own: str | None) -> bool:
        return own in (name, "*") and self.channel in (None, channel)

    def spend(self, random: Random) -> bool:
        """Is it this time? Counts the chance either way."""
        if self.skip:
            self.skip -= 1
            return False
        if self.share < 1 and random.random() >= self.share:
            return False
        self.times -= 1
        self.met = True
        return True


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._cleared = asyncio.Event()
        self._random = Random(0)  # noqa: S311 - no secret

    def seed(self, seed: int) -> None:
        """Begin anew with what is left to chance."""
        self._random.seed(seed)

    def add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Nothing goes wrong any more; what was held goes on."""
        self._faults.clear()
        self._cleared.set()
        self._cleared = asyncio.Event()

    async def cleared(self) -> None:
        """Until the faults are cleared the next time."""
        await self._cleared.wait()

    def __iter__(self) -> Any:
        return iter(list(self._faults))

    def for_call(self, method: str, channel: str | None) -> Fault | None:
        calls = [f for f in self._faults if f.kind != "refuse_block" and f.matches(method, channel, f.method)]
        return self._take(calls)

    def for_event(self, event: str, channel: str | None) -> Fault | None:
        return self._take([f for f in self._faults if f.matches(event, channel, f.event)])

    @property
    def refused_blocks(self) -> frozenset[str]:
        return frozenset(fault.block for fault in self._faults if fault.kind == "refuse_block" and fault.block)

    def _take(self, candidates: list[Fault]) -> Fault | None:
        for fault in candidates:
            if fault.spend(self._random):
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        return None
