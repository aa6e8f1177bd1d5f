"""Slack's side of HTTP mode, light enough not to be what is measured: signed requests over kept connections."""

import asyncio
import hashlib
import hmac
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from bot.sandbox.clock import wall_seconds
from tests.benchmarks.tokens import SIGNING_SECRET

HEAD = "POST /slack/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


def signed(bodies: Iterable[bytes]) -> list[bytes]:
    """Whole requests, good for five minutes."""
    return [_request(body) for body in bodies]


class Line:
    """One connection."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> "Line":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, request: bytes) -> None:
        """Returns when the answer is here; anything but 200 raises AssertionError."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line[:15] == b"content-length:"), 0)
        if length:
            await self._reader.readexactly(length)

    def close(self) -> None:
        self._writer.close()


@asynccontextmanager
async def lines(port: int, count: int) -> AsyncIterator[list[Line]]:
    """So many connections."""
    opened = [await Line.open(port) for _ in range(count)]
    try:
        yield opened
    finally:
        for line in opened:
            line.close()


async def rate(port: int, requests: list[bytes], at_once: int) -> float:
    """Requests a second, with so many under way at any time."""
    waiting = iter(requests)

    async def send(line: Line) -> None:
        for request in waiting:
            await line.ask(request)

    async with lines(port, at_once) as open_lines:
        began = time.perf_counter()
        await asyncio.gather(*(send(line) for line in open_lines))
        return len(requests) / (time.perf_counter() - began)


async def latencies(port: int, requests: list[bytes], a_second: float, at_most: int) -> list[float]:
    """Seconds from when each request was due to its answer, sent at a steady pace whatever comes back."""
    took: list[float] = []
    async with lines(port, at_most) as open_lines:
        free: asyncio.Queue[Line] = asyncio.Queue()
        for line in open_lines:
            free.put_nowait(line)
        began = asyncio.get_running_loop().time()

        async def send(request: bytes, due: float) -> None:
            line = await free.get()
            await line.ask(request)
            took.append(asyncio.get_running_loop().time() - due)
            free.put_nowait(line)

        async with asyncio.TaskGroup() as group:
            for number, request in enumerate(requests):
                due = began + number / a_second
                await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
                group.create_task(send(request, due))
    return took


def _request(body: bytes) -> bytes:
    stamp = str(wall_seconds())
    digest = hmac.new(SIGNING_SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    head = f"{HEAD}X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={digest}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
