"""Canaries: words that stand nowhere else, one in every place in which Slack carries words of people."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]

HERE = "{canary}"  # in a template: where one sits

_CANARY = re.compile(r"canary\d{5}wx", re.IGNORECASE)


class Cage:
    """Every canary that was let out, and where it was planted."""

    def __init__(self) -> None:
        self._planted: dict[str, str] = {}

    def plant(self, where: str, template: Any) -> Any:
        """The same, with a canary of its own in each place; `where` is its path so far."""
        if isinstance(template, str):
            return re.sub(re.escape(HERE), lambda _: self._new(where), template)
        if isinstance(template, dict):
            return {key: self.plant(f"{where}.{key}", value) for key, value in template.items()}
        if isinstance(template, list):
            return [self.plant(f"{where}[{number}]", value) for number, value in enumerate(template)]
        return template

    def found_in(self, kept: Iterable[tuple[str, str]]) -> list[str]:
        """Where canaries sit that were to be kept nowhere: `kept` is the name of a place and all that it holds."""
        return sorted({f"{self._planted.get(one, 'nobody')} in {place}" for place, text in kept for one in seen(text)})

    @property
    def size(self) -> int:
        """How many are out."""
        return len(self._planted)

    def _new(self, where: str) -> str:
        canary = f"canary{len(self._planted):05d}wx"
        self._planted[canary] = where
        return canary


def seen(text: str) -> Iterator[str]:
    """The canaries in a text, in whatever case they are by now."""
    return (found.group().lower() for found in _CANARY.finditer(text))


def anywhere(thing: object) -> list[str]:
    """The canaries in anything that can be written as JSON."""
    return list(seen(json.dumps(thing, ensure_ascii=False, default=str)))
