"""The objects in a JSON array, one at a time: a large file is never in memory as a whole."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from bot.replay.archive import BadExport

CHUNK = 256 * 1024  # bytes read at a time
LARGEST_ITEM = 16 * 1024 * 1024  # characters of one object

_BETWEEN = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def items(stream: IO[bytes], path: str, chunk: int = CHUNK) -> Iterator[dict[str, Any]]:
    """Each object in the array that the stream holds; `path` is its name in a BadExport."""
    text = _Text(stream, chunk)
    try:
        if text.sign() != "[":
            raise ValueError("it is not a list")
        yield from _each(text)
    except (ValueError, RecursionError) as error:
        raise BadExport(f"{path} is broken: {_why(error)}.") from error


def at_once(stream: IO[bytes]) -> list[dict[str, Any]] | None:
    """The same, three times as fast, for what fits into memory; None where something is wrong with it."""
    try:
        found = json.loads(stream.read().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) and all(isinstance(one, dict) for one in found) else None


def _each(text: "_Text") -> Iterator[dict[str, Any]]:
    text.skip()
    if text.sign() == "]":
        text.skip()
    else:
        yield text.item()
        while (sign := text.sign()) == ",":
            text.skip()
            yield text.item()
        if sign != "]":
            raise ValueError("it ends too early" if not sign else "a comma is missing in its list")
        text.skip()
    if text.sign():
        raise ValueError("something follows its list")


class _Text:
    """What has been read and not yet used."""

    def __init__(self, stream: IO[bytes], chunk: int) -> None:
        self._stream, self._chunk = stream, chunk
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._read, self._at = "", 0

    def sign(self) -> str:
        """The next character that is not space; nothing at the end."""
        while True:
            self._at = _end(self._read, self._at)
            if self._at < len(self._read):
                return self._read[self._at]
            if not self._refill(self._chunk):
                return ""

    def skip(self) -> None:
        self._at += 1

    def item(self) -> dict[str, Any]:
        if self.sign() != "{":
            raise ValueError("its list holds something that is not a message")
        while True:
            try:
                found, self._at = _DECODER.raw_decode(self._read, self._at)
            except json.JSONDecodeError as error:
                left = len(self._read) - self._at
                # Perhaps only cut off: what is read doubles each time, so that a long item costs no more than twice.
                if left > LARGEST_ITEM or not self._refill(max(left, self._chunk)):
                    raise ValueError(error.msg[0].lower() + error.msg[1:]) from error
            else:
                item: dict[str, Any] = found
                return item

    def _refill(self, size: int) -> bool:
        data = self._stream.read(size)
        self._read = self._read[self._at :] + self._decoder.decode(data, final=not data)
        self._at = 0
        return bool(data)


def _end(text: str, start: int) -> int:
    match = _BETWEEN.match(text, start)
    return match.end() if match else start


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not text in UTF-8"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
