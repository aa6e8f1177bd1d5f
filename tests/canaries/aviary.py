"""The office with a cage: payloads full of canaries through real doors, and a look into everything that is kept."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prometheus_client import generate_latest

from bot import logs
from bot.demo.place import EXT_ACME
from bot.metrics import REGISTRY
from bot.sandbox.state import Happening
from tests.canaries.planting import Cage
from tests.handlers.office import Office

Json = dict[str, Any]

THE_SANDBOXS = ("websockets",)  # the pretend Slack logs what it sends


@dataclass(frozen=True, slots=True)
class Aviary(Office):
    """Verbs of these tests."""

    cage: Cage
    files: Path

    async def hears(self, where: str, event: Json, *, channel: str = EXT_ACME) -> Json:
        """Slack tells CareCue of an event that is planted with canaries, and has it acknowledged."""
        planted: Json = self.cage.plant(where, event)
        world = self.sandbox.world
        happening = Happening(planted["type"], planted, channel, world.app.team_id, True, self.clock.now())
        sent = self.sandbox.deliveries.post(self.sandbox.deliveries.envelope(happening), channel)
        await self.sandbox.settled()
        assert sent.outcome == "acked", (where, sent.outcome)
        return planted

    def message(self, user: str, **fields: Any) -> Json:
        """The `message` event of something said right now."""
        ts = self.sandbox.world.new_ts()
        event = {"type": "message", "channel": EXT_ACME, "channel_type": "channel", "user": user, "ts": ts}
        return event | {"event_ts": ts, "team": self.sandbox.world.person(user).team_id} | fields

    def escaped(self, records: list[logging.LogRecord]) -> list[str]:
        """Where canaries are that CareCue keeps or has said, but for what the sandbox itself logs."""
        return self.cage.found_in(self._kept(records))

    def _kept(self, records: list[logging.LogRecord]) -> Iterator[tuple[str, str]]:
        for name, rows in self.tables().items():
            yield f"the table {name}", "\n".join(rows)
        for file in self.files.glob("carecue.db*"):
            yield f"the file {file.name}", file.read_bytes().decode("latin-1")
        formatters = logging.Formatter(), logs.Text(), logs.Json()
        for record in records:
            if not record.name.startswith(THE_SANDBOXS):
                yield f"the log of {record.name}", "\n".join(one.format(record) for one in formatters)
        yield "the metrics", generate_latest(REGISTRY).decode()
        for call in self.sandbox.record.calls:
            yield f"what CareCue said by {call.method}", repr(call.args)
