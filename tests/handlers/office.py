"""The office in which the doors are tried: the demo's people and customers, and a clock that tests move."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo.place import ADA, ANA, BOT, CARE, EXT_ACME, GUESTS, HOURS_AND_OWNERS, LEE, MIA, OMAR, OURS, world
from bot.demo.stage import Stage, played
from bot.sandbox import Clock, Sandbox, World, payloads
from bot.sandbox.delivery import Answer
from bot.sandbox.elements import chosen, find
from bot.store import setup
from bot.store.tables import metadata, waits
from bot.views import ways_out as views
from tests.leaks import tight

Json = dict[str, Any]

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # the team in Lisbon, on UTC until the end of March, works 9 to 17
PATIENCE = 3.0  # real seconds that Slack gives the bot to acknowledge
QUESTION = "The seat map does not load, what should we do?"

on_both_databases = pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])


CARE_FILE = f"""\
[team.care]
name = "Care"
agents = ["{ANA}", "{LEE}", "{OMAR}"]
managers = ["{MIA}"]
home = "{CARE}"

{HOURS_AND_OWNERS}
[channel.{GUESTS}]
kind = "customer"
team = "care"
"""


class Office(Stage):
    """Verbs of the tests: what people do there, and what they then see."""

    async def asked(self, text: str = QUESTION, who: str = ADA, where: str = EXT_ACME) -> tuple[str, Json]:
        """A customer has asked and waited for three quarters of the target: the `ts`, and the owner's nudge."""
        ts = await self.say(who, where, text)
        await self.wait(minutes=45, seconds=1)  # no two messages have the same ts, so some are microseconds late
        (nudge,) = [message for user in (ANA, LEE, OMAR) for message in self.about(user, ts)]
        return ts, nudge

    def about(self, user: str, ts: str) -> list[Json]:
        """CareCue's direct messages to someone about a customer's message, as they read now."""
        return [message for message in self.dm(user) if is_about(message, ts)]

    def now_reads(self, user: str, message: Json) -> Json:
        """A direct message as it stands there by now."""
        (found,) = [one for one in self.dm(user) if one["ts"] == message["ts"]]
        return found

    def home_posts(self) -> list[Json]:
        """What CareCue said in the team's home channel."""
        return [entry.message for entry in self.sandbox.record.posts(channel=CARE, by_bot=True)]

    def told(self, user: str) -> str:
        """The last thing that only this person saw."""
        return self.sandbox.record.ephemerals(user)[-1].text

    def waits(self) -> list[tuple[str, str | None]]:
        """(from_ts, how it ended) of every wait there has been."""
        with self.bot.deps.db.begin() as tx:
            found = tx.execute(select(waits).order_by(waits.c.from_ts)).all()
        return [(row.from_ts, row.ended_by) for row in found]

    def owner(self, ts: str) -> str | None:
        """Whose wait it is."""
        with self.bot.deps.db.begin() as tx:
            return tx.execute(select(waits).where(waits.c.from_ts == ts)).one().owner  # type: ignore[no-any-return]

    async def command(self, user: str, text: str = "", where: str = EXT_ACME) -> str:
        """Somebody types /care; all text of the answer."""
        before = len(self.sandbox.record.ephemerals(user))
        outcome = await self.sandbox.command(user, where, "/care", text)
        assert outcome.ok, outcome
        (answer,) = self.sandbox.record.ephemerals(user)[before:]
        return all_text(answer.message)

    async def forged_press(
        self, user: str, channel: str, message: Json, action_id: str, value: str | None = None
    ) -> Answer:
        """A press by someone whom no client of Slack would let press there."""
        pressed = self.sandbox.world.message(channel, message["ts"])
        one = find(pressed.blocks, action_id, None)
        choice = chosen(self.sandbox.world, one.element, value)
        payload = payloads.message_press(self.sandbox, self.sandbox.world.person(user), pressed, one, choice)
        answer = await self.sandbox.deliveries.ask("interactive", payload, takes_answer=False)
        await self.settle()
        return answer

    async def forged_submission(self, user: str, view_id: str) -> Answer:
        """The form *I'm on it / snooze until…*, sent off by someone who was never shown it, for an hour from now."""
        view = self.sandbox.windows.view(view_id)
        later = int(self.clock.now().timestamp()) + 3600
        view.values[views.UNTIL] = {views.UNTIL: {"type": "datetimepicker", "selected_date_time": later}}
        payload = payloads.submission(self.sandbox, self.sandbox.world.person(user), view)
        answer = await self.sandbox.deliveries.ask("interactive", payload, takes_answer=True)
        await self.settle()
        return answer

    async def forged_command(self, user: str, text: str = "") -> str:
        """/care by someone whom no Slack would let use it: the text of the answer."""
        world = self.sandbox.world
        payload = payloads.command(self.sandbox, world.person(user), world.channel(EXT_ACME), "/care", text)
        answer = await self.sandbox.deliveries.ask("slash_commands", payload, takes_answer=True)
        await self.settle()
        return str(answer.body["text"])

    async def set_up(self, text: str) -> None:
        """Another care.toml is applied."""
        await self.bot.deps.db.run(setup.apply, OURS, setup.read(text), self.clock.now(), None)

    def tables(self, *, but: str = "") -> dict[str, list[Any]]:
        """Everything that is stored."""
        wanted = [table for table in metadata.sorted_tables if table.name != but]
        with self.bot.deps.db.begin() as tx:
            return {table.name: sorted(map(repr, tx.execute(select(table)))) for table in wanted}

    def decided(self) -> dict[str, list[Any]]:
        """Everything that is stored, but for whom CareCue has met."""
        return self.tables(but="people")


@asynccontextmanager
async def opened(database_url: str, *, http: bool = False) -> AsyncIterator[Office]:
    """The office on a Monday at ten. Whatever a test does in it: nothing is said where a customer can read it."""
    clock = Clock(MONDAY, speed=0)
    async with (
        Sandbox(World.from_dict(world()), clock, ack_timeout=PATIENCE) as sandbox,
        played(sandbox, database_url, http=http) as stage,
    ):
        office = Office(stage.sandbox, stage.clock, stage.bot)
        await office.set_up(CARE_FILE)
        with tight(sandbox.world):
            yield office


def leaks(office: Office, records: list[logging.LogRecord]) -> list[str]:
    """What people said, as far as it stands in the bot's tables or in its log."""
    formatter = logging.Formatter()
    kept = f"{office.tables()}\n" + "\n".join(formatter.format(record) for record in records)
    entries = office.sandbox.record.entries
    said = {entry.text for entry in entries if entry.user != BOT and entry.what in ("posted", "edited")}
    return [text for text in said if text and text in kept]


def is_about(message: Json, ts: str) -> bool:
    """Whether a message of CareCue's links to this one."""
    return f"/p{ts.replace('.', '')}" in str(message)


def buttons(message: Json) -> list[str]:
    """The ids of what can be pressed."""
    rows = [block["elements"] for block in message.get("blocks", ()) if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row]


def all_text(message: Json) -> str:
    """Every text of a message, in the order in which it is read."""
    texts = [message["text"]]
    for block in message.get("blocks", ()):
        parts = [block.get("text"), *block.get("elements", ()), *block.get("fields", ())]
        texts += [part["text"] for part in parts if part and isinstance(part.get("text"), str)]
    return "\n".join(texts)
