"""Bodies without end and callers who take for ever: each is let go before it costs much."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import gate
from bot.gate import Gate, Impatient, Limits

SMALL = Limits(body=1_000, held=2_500)
DROPS = 800  # one each PAUSE: more than anybody is waited for, and fewer bytes than are too many
PAUSE = 0.02
HUNG_UP = 5.0  # seconds in which whoever speaks by the drop is hung up on; they would go on for sixteen


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """How long the body was."""
    length = len(await Request(scope, receive).body())
    await PlainTextResponse(f"{length} bytes")(scope, receive, send)


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[int]:
    """On a port of its own, as the bot is served."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, http=Impatient, log_config=None, access_log=False, lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        await server.shutdown()


async def said(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """All that is answered, until the server hangs up; whoever speaks goes on meanwhile. Raises TimeoutError."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    hearing = asyncio.create_task(_heard(reader))
    try:
        async with asyncio.timeout(HUNG_UP):
            for part in parts:
                writer.write(part)
                await asyncio.sleep(pause)
                if hearing.done():
                    break
            return await hearing
    finally:
        hearing.cancel()
        writer.close()


async def _heard(reader: asyncio.StreamReader) -> bytes:
    answer = b""
    with suppress(ConnectionError):
        while part := await reader.read(4_096):
            answer += part
    return answer


def post(body: bytes, *headers: bytes) -> bytes:
    lines = (b"POST / HTTP/1.1", b"Host: care", *(headers or (b"Content-Length: %d" % len(body),)))
    return b"\r\n".join(lines) + b"\r\nConnection: close\r\n\r\n" + body


def chunked(*chunks: bytes) -> bytes:
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    return post(body, b"Transfer-Encoding: chunked")


PASSED: dict[str, tuple[bytes, bytes]] = {
    "the longest that may be": (post(b"x" * 1_000), b"1000 bytes"),
    "nothing at all": (post(b""), b"0 bytes"),
    "in pieces": (chunked(b"x" * 400, b"y" * 400), b"800 bytes"),
    "nothing, in pieces": (chunked(), b"0 bytes"),
}
REFUSED: dict[str, bytes] = {
    "stated to be too long": post(b"x", b"Content-Length: 1001"),
    "stated to be longer than memory": post(b"x", b"Content-Length: 99999999999999"),
    "longer than nothing was stated": chunked(b"x" * 900, b"y" * 900),
}


async def test_a_body_that_may_be_arrives_whole() -> None:
    async with served(Gate(echo, SMALL)) as port:
        for what, (sent, answer) in PASSED.items():
            assert answer in await said(port, sent), what


async def test_a_body_that_is_too_long_is_turned_away_and_not_read_to_its_end() -> None:
    async with served(Gate(echo, SMALL)) as port:
        for what, sent in REFUSED.items():
            assert (await said(port, sent)).startswith(b"HTTP/1.1 413"), what


async def test_a_body_that_comes_by_the_drop_is_waited_for_so_long_and_no_longer() -> None:
    drops = [b"x"] * DROPS
    async with served(Gate(echo, Limits(body=1_000, seconds=0.2))) as port:
        answer = await said(port, post(b"", b"Content-Length: 1000"), *drops, pause=PAUSE)
    assert answer.startswith(b"HTTP/1.1 408")


async def test_many_bodies_at_once_hold_no_more_memory_than_so_much_and_let_go_of_it() -> None:
    """Else a thousand callers below the limit would fill it together."""
    held, arrived = asyncio.Event(), asyncio.Semaphore(0)

    async def busy(scope: Scope, receive: Receive, send: Send) -> None:
        arrived.release()
        await held.wait()
        await echo(scope, receive, send)

    async with served(Gate(busy, SMALL)) as port:
        first = [asyncio.create_task(said(port, post(b"x" * 1_000))) for _ in range(2)]
        for _ in first:
            await arrived.acquire()
        assert (await said(port, post(b"x" * 1_000))).startswith(b"HTTP/1.1 503")
        held.set()
        assert all(b"1000 bytes" in answer for answer in await asyncio.gather(*first))
        assert b"1000 bytes" in await said(port, post(b"x" * 1_000))


HEADS: dict[str, tuple[bytes, ...]] = {
    "says nothing": (),
    "never ends its first line": (b"POST /sla", *[b"c"] * DROPS),
    "never ends its head": (b"POST / HTTP/1.1\r\nHost: care\r\n", *[b"X-Drop: 1\r\n"] * DROPS),
    "begins another request, and never ends that": (
        b"GET / HTTP/1.1\r\nHost: care\r\n\r\n",
        b"GET / HTTP/1.1\r\n",
        *[b"X-Drop: 1\r\n"] * DROPS,
    ),
}


async def test_who_does_not_come_to_the_point_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "HEAD_SECONDS", 0.3)
    async with served(Gate(echo, SMALL)) as port:
        for what, parts in HEADS.items():
            answer = await said(port, *parts, pause=PAUSE)
            assert answer.count(b"HTTP/1.1") == (1 if "another" in what else 0), what


async def test_a_head_without_an_end_is_not_kept() -> None:
    async with served(Gate(echo, SMALL)) as port:
        endless = [b"X-%d: " % number + b"x" * 20_000 + b"\r\n" for number in range(20)]
        assert await said(port, b"GET / HTTP/1.1\r\n", *endless, pause=0.01) == b""
        assert await said(port, b"GET / HTTP/1.1\r\nX-Long: ", *[b"x" * 20_000] * 20, pause=0.01) == b""
        assert b"0 bytes" in await said(port, b"GET / HTTP/1.1\r\nHost: care\r\nConnection: close\r\n\r\n")


async def test_what_follows_a_body_without_an_end_is_not_kept() -> None:
    """Headers may come after the last chunk: they count to no head and to no body."""
    begun = post(b"1\r\nx\r\n0\r\n", b"Transfer-Encoding: chunked")
    async with served(Gate(echo, SMALL)) as port:
        assert await said(port, begun, *[b"X-Late: 1\r\n"] * 20, pause=0.01) == b""
        assert await said(port, begun, b"X-Late: ", *[b"x" * 2**20] * 10, pause=0.01) == b""
        assert b"1 bytes" in await said(port, begun, b"\r\n")


async def test_a_caller_who_left_costs_nothing_more() -> None:
    told: list[Message] = []
    gone: list[Message] = [{"type": "http.request", "body": b"x", "more_body": True}, {"type": "http.disconnect"}]

    async def receive() -> Message:
        return gone.pop(0)

    async def send(message: Message) -> None:
        told.append(message)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("nobody is there to be answered")

    scope = {"type": "http", "method": "POST", "headers": [(b"content-length", b"10")]}
    await Gate(app)(scope, receive, send)
    assert told[0]["status"] == 400
