"""On which line of a TOML text a value stands. tomllib does not tell, and people need to know."""

import re
import tomllib
from bisect import bisect_right
from contextlib import suppress

from bot.domain.setup import Path

GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
BLANK = re.compile(r"[ \t]*")
KEY = re.compile(r""" "(?:[^"\\\n]|\\.)*" | '[^'\n]*' | [A-Za-z0-9_-]+ """, re.VERBOSE)
SCALAR = re.compile(
    r'''
    """(?:[^\\]|\\.)*?"""(?!") | "(?:[^"\\\n]|\\.)*"
    | \'\'\'.*?\'\'\'(?!\') | \'[^\'\n]*\'
    | [^\s,\]}\#](?:[^,\]}\#\n])*
    ''',
    re.VERBOSE | re.DOTALL,
)


class Lines:
    """Where the keys, tables and list items of a text stand. Only texts that tomllib has read are understood
    for certain; what is not understood has the line of the last thing around it that was."""

    def __init__(self, text: str) -> None:
        scan = _Scan(text.replace("\r\n", "\n"))
        with suppress(ValueError, RecursionError):
            scan.document()
        self._lines = scan.lines

    def of(self, path: Path) -> int:
        """Counted from 1: the line of the value, else of the nearest thing that holds it, else the first."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


class _Lost(ValueError):
    """The text is not the TOML that this scan knows."""


class _Scan:
    """Walks over a text once, and notes where each path begins."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._text, self._at = text, 0
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._last: dict[Path, int] = {}  # of each list of [[tables]], the place of the latest

    def document(self) -> None:
        table: Path = ()
        self._skip(GAP)
        while self._at < len(self._text):
            table = self._header() if self._sees("[") else self._pair(table)
            self._skip(GAP)

    def _header(self) -> Path:
        line = self._line()
        many = self._take("[") and self._sees("[") and self._take("[")
        keys = self._keys()
        path: Path = ()
        for key in keys[:-1]:
            path = self._inside((*path, key))
            self.lines.setdefault(path, line)
        path = (*path, keys[-1])
        if many:
            self.lines.setdefault(path, line)
            self._last[path] = self._last.get(path, -1) + 1
        path = self._inside(path)
        self.lines[path] = line
        self._take("]]" if many else "]")
        return path

    def _inside(self, path: Path) -> Path:
        return (*path, self._last[path]) if path in self._last else path

    def _pair(self, table: Path) -> Path:
        line, path = self._line(), table
        for key in self._keys():
            path = (*path, key)
            self.lines.setdefault(path, line)
        self._take("=")
        self._value(path)
        return table

    def _keys(self) -> list[str]:
        keys = [self._key()]
        while self._sees("."):
            self._take(".")
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        self._skip(BLANK)
        word = self._skip(KEY)
        self._skip(BLANK)
        return next(iter(tomllib.loads(f"{word} = 0"))) if word[0] in "\"'" else word

    def _value(self, path: Path) -> None:
        self._skip(BLANK)
        if self._sees("["):
            self._list(path)
        elif self._sees("{"):
            self._inline(path)
        else:
            self._skip(SCALAR)

    def _list(self, path: Path) -> None:
        self._take("[")
        place = 0
        self._skip(GAP)
        while not self._sees("]"):
            self.lines.setdefault((*path, place), self._line())
            self._value((*path, place))
            place += 1
            self._comma("]")
        self._take("]")

    def _inline(self, path: Path) -> None:
        self._take("{")
        self._skip(GAP)
        while not self._sees("}"):
            self._pair(path)
            self._comma("}")
        self._take("}")

    def _comma(self, end: str) -> None:
        self._skip(GAP)
        if not self._sees(end):
            self._take(",")
            self._skip(GAP)

    def _sees(self, text: str) -> bool:
        return self._text.startswith(text, self._at)

    def _take(self, text: str) -> bool:
        if not self._sees(text):
            raise _Lost(text)
        self._at += len(text)
        return True

    def _skip(self, shape: re.Pattern[str]) -> str:
        match = shape.match(self._text, self._at)
        if match is None:
            raise _Lost(shape.pattern)
        self._at = match.end()
        return match.group()

    def _line(self) -> int:
        return bisect_right(self._ends, self._at - 1) + 1
