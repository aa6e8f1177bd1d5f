"""One address before several web processes, as any platform has it: a connection goes to the next that takes it."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Sequence
from contextlib import suppress
from itertools import count

CHUNK = 65_536


class Balancer:
    """`port` is where Slack speaks to; `behind` are those who answer."""

    def __init__(self, behind: Sequence[int]) -> None:
        self._behind, self._turn = behind, count()
        self.port = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Balancer":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            with suppress(OSError):
                await self._join(reader, writer)
        finally:
            self._open.discard(task)
            writer.close()

    async def _join(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Until either side hangs up."""
        there = await self._someone()
        if there is None:
            return
        try:
            ways = [asyncio.create_task(_pipe(reader, there[1])), asyncio.create_task(_pipe(there[0], writer))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
        finally:
            there[1].close()

    async def _someone(self) -> tuple[StreamReader, StreamWriter] | None:
        first = next(self._turn)
        for number in range(len(self._behind)):
            port = self._behind[(first + number) % len(self._behind)]
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", port)
        return None


async def _pipe(reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
