"""Every door, knocked at with whatever Slack sends and with what somebody made of it, over HTTP and Socket Mode.

Never a 500, never a stack trace to a person, never a customer's word in a table or a log. `make fuzz` goes on for long.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.demo.place import NIA, world
from bot.sandbox.delivery import Answer
from bot.sandbox.socket_mode import Connection
from handlers.ingest import is_event
from tests import databases
from tests.handlers.installs import Town, let_in, town
from tests.handlers.office import CARE_FILE, Office, opened
from tests.handlers.test_http import OFFICE_SECRET, signed, url_of
from tests.hostile.conftest import KNOCKS as OFTEN_ENOUGH
from tests.hostile.knocks import PEOPLE, SECRET_WORD, Change, Door, Made, changed, changes, doors

Json = dict[str, Any]

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
PATIENCE = 10.0  # seconds for an acknowledgement by Socket Mode that has to come
NOTHING = {"type": "event_callback", "event": {"type": "nothing"}}  # is acknowledged at once
OFTEN = 40  # knocks after which all that follows from them is let happen
TRACES = ("Traceback", 'File "/', "sqlalchemy", "psycopg", "KeyError", "Error:")
EVERYWHERE = pytest.mark.parametrize("way", ["http", "socket mode", "http, let in by OAuth"])

DOORS = doors()
KNOCKS = st.tuples(st.sampled_from(DOORS), st.sampled_from(PEOPLE), changes())
KEYS = st.sampled_from(["type", "payload", "event", "view", "actions", "user", "team", "envelope_id", "event_id"])
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
).map(json.dumps)
BOMBS = st.sampled_from(
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"type":"event_callback","event":' + "[" * 100_000,
        '{"type":"events_api","envelope_id":"e","payload":{"type":"event_callback","event":' + "[" * 100_000,
        "payload=" + "[" * 100_000,
        "payload=" + "%7B%22a%22%3A" * 10_000,
        "1" * 5_000,
        '{"type":"event_callback","type":1,"event":{},"event":null}',
        "&".join(f"a{number}=1" for number in range(20_000)),
    ]
)
TEXTS = st.text(max_size=60) | ANY_JSON | ANY_JSON.map(lambda body: f"payload={body}") | BOMBS
PATHS = st.sampled_from(["/slack/install", "/slack/oauth_redirect", "/healthz", "/readyz", "/metrics", "/slack/events"])
QUERIES = st.dictionaries(
    st.sampled_from(["code", "state", "error", "team"]) | st.text(max_size=5), st.text(max_size=300), max_size=4
)
METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])


class Room:
    """The office, and what its log has heard."""

    def __init__(self, office: Office, session: aiohttp.ClientSession, heard: list[logging.LogRecord]) -> None:
        self.office, self._session, self._heard = office, session, heard
        self._knocks = 0

    async def knock(self, made: Made) -> None:
        """As Slack sends it: by HTTP where the office has an address, else by WebSocket."""
        kind, payload = made
        if self.office.sandbox.sockets.connections:
            await self._by_socket(kind, payload)
        elif kind == "events_api":
            await self._post(json.dumps(payload), JSON)
        else:
            fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
            await self._post(urlencode(fields, errors="replace"), FORM)
        await self._after()

    async def hear(self, text: str) -> None:
        """What Slack would never send."""
        if sockets := self.office.sandbox.sockets.connections:
            await sockets[-1].socket.send_text(text.encode(errors="replace").decode())
            await self._heard_out(sockets[-1])
        else:
            for kind in (JSON, FORM):
                await self._post(text, kind)
        await self._after()

    async def _post(self, text: str, kind: str) -> None:
        body = text.encode(errors="replace")
        headers = signed(body.decode(), OFFICE_SECRET, kind=kind)
        async with self._session.post(url_of(self.office), data=body, headers=headers) as answer:
            nothing_told(answer.status, await answer.text())

    async def _by_socket(self, kind: str, payload: Json) -> None:
        connection = self.office.sandbox.sockets.connections[-1]
        answered = await _sent(connection, f"e{self._knocks}", kind, payload)
        if kind == "events_api" and is_event(payload):
            await asyncio.wait_for(answered, PATIENCE)
        else:  # what is no payload of ours is not acknowledged
            await self._heard_out(connection)
        if answered.done():
            nothing_told(200, json.dumps(answered.result().body))

    async def _heard_out(self, connection: Connection) -> None:
        """Until whatever was sent there is answered, or never will be: who answers last is acknowledged last."""
        for _ in range(2):
            await asyncio.wait_for(await _sent(connection, "nothing", "events_api", NOTHING), PATIENCE)
            await _over("run_message_listeners")

    async def _after(self) -> None:
        await _over("AsyncioListenerRunner")  # Bolt acknowledges before its listeners have run
        broken = [one for one in self._heard if one.levelno >= logging.ERROR and not is_told(one)]
        assert [logging.Formatter().format(one) for one in broken] == []
        self._knocks += 1
        if self._knocks % OFTEN == 0:
            await self.rest()

    async def rest(self) -> None:
        """All that follows has happened, and nothing of it is what may not be."""
        await self.office.settle()
        formatter = logging.Formatter()
        kept = f"{self.office.tables()}\n" + "\n".join(formatter.format(record) for record in self._heard)
        assert SECRET_WORD not in kept
        for call in self.office.sandbox.record.calls:
            nothing_told(200, repr(call.args))
        self.office.sandbox.record.calls.clear()
        self._heard.clear()


def nothing_told(status: int, said: str) -> None:
    """Nobody who reads this learns how CareCue is made, or that it broke."""
    assert status < 500, (status, said)
    assert not [trace for trace in TRACES if trace in said], said


def is_told(record: logging.LogRecord) -> bool:
    """A failure behind a door, of which whoever knocked was told by its reference and no more."""
    return record.name.startswith("handlers.") and "reference" in record.getMessage()


async def _over(work: str) -> None:
    """Until no task is at it."""
    while going := [task for task in asyncio.all_tasks() if work in repr(task.get_coro())]:
        await asyncio.wait(going)


async def _sent(connection: Connection, envelope_id: str, kind: str, payload: Json) -> asyncio.Future[Answer]:
    """The acknowledgement, which may never come."""
    answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    connection.expected[envelope_id] = answered
    envelope = {"envelope_id": envelope_id, "type": kind, "payload": payload, "accepts_response_payload": True}
    await connection.socket.send_text(json.dumps(envelope))
    return answered


@contextmanager
def running(work: Callable[[AsyncExitStack], Any]) -> Iterator[tuple[asyncio.Runner, Any]]:
    """What `work` opens, and a loop in which each example runs after the other."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            yield runner, runner.run(work(stack))
        finally:
            runner.run(stack.aclose())


@contextmanager
def room(way: str, folder: Path, caplog: pytest.LogCaptureFixture) -> Iterator[tuple[asyncio.Runner, Room]]:
    """In which somebody waits already."""

    async def opens(stack: AsyncExitStack) -> Room:
        office = await stack.enter_async_context(OFFICES[way](databases.on_sqlite(folder)))
        session = await stack.enter_async_context(_session())
        await office.asked()
        return Room(office, session, caplog.records)

    with caplog.at_level(logging.INFO), running(opens) as (runner, found):
        yield runner, found
        runner.run(found.rest())


@asynccontextmanager
async def let_in_by_oauth(database_url: str) -> AsyncIterator[Office]:
    """The office, for a CareCue that any workspace may install."""
    async with let_in(world(), database_url) as found:
        await found.install(NIA)
        office = Office(found.sandbox, found.sandbox.clock, found.bot)
        await office.set_up(CARE_FILE)
        yield office


OFFICES: dict[str, Callable[[str], AbstractAsyncContextManager[Office]]] = {
    "http": partial(opened, http=True),
    "socket mode": opened,
    "http, let in by OAuth": let_in_by_oauth,
}


@asynccontextmanager
async def _session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def often(knocks: int) -> settings:
    """In the suite the same each time, so that no run is red that changed nothing: `make fuzz` finds what is new."""
    same = knocks <= OFTEN_ENOUGH
    return settings(max_examples=knocks, derandomize=same, database=None, suppress_health_check=list(HealthCheck))


@EVERYWHERE
def test_every_door_as_slack_knocks(way: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with room(way, tmp_path, caplog) as (runner, inside):
        for number, door in enumerate(DOORS):
            runner.run(inside.knock(door.build(inside.office, PEOPLE[number % len(PEOPLE)])))


@EVERYWHERE
def test_every_door_as_somebody_else_would(
    way: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, knocks: int
) -> None:
    with room(way, tmp_path, caplog) as (runner, inside):

        @often(knocks)
        @given(KNOCKS)
        def knock(one: tuple[Door, str, list[Change]]) -> None:
            door, user, by = one
            runner.run(inside.knock(changed(door.build(inside.office, user), by)))

        knock()


@EVERYWHERE
def test_whatever_is_no_payload_at_all(way: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, knocks: int) -> None:
    """Nested without an end, in numbers without an end, said twice, or none of Slack's languages."""
    with room(way, tmp_path, caplog) as (runner, inside):

        @often(knocks // 3)
        @given(TEXTS)
        def hear(text: str) -> None:
            runner.run(inside.hear(text))

        hear()


def test_every_page_whatever_a_browser_asks_for(tmp_path: Path, caplog: pytest.LogCaptureFixture, knocks: int) -> None:
    async def opens(stack: AsyncExitStack) -> Town:
        return await stack.enter_async_context(town(databases.on_sqlite(tmp_path)))

    with running(opens) as (runner, many):

        @often(knocks // 3)
        @given(METHODS, PATHS, QUERIES, st.text(max_size=300))
        def visit(method: str, path: str, query: dict[str, str], cookie: str) -> None:
            runner.run(_visit(many, method, f"{path}?{urlencode(query, errors='replace')}", cookie))

        visit()
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []


async def _visit(many: Town, method: str, address: str, cookie: str) -> None:
    sent = {"Cookie": f"carecue_install={urlencode({'': cookie}, errors='replace')}"}
    async with many.browser.request(method, many.address + address, headers=sent, allow_redirects=False) as answer:
        nothing_told(answer.status if address.startswith("/slack") else 200, await answer.text())
        assert many.here() == []
