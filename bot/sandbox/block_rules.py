"""The kinds of rule that Block Kit is made of: each looks at one value and tells what is wrong with it."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Problems = Iterator[str]
Rule = Callable[[Any, str], Problems]
Check = Callable[[dict[str, Any], str], Problems]


def at(problem: str, path: str) -> str:
    return f"{problem} [json-pointer:{path}]"


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of an object. `check` looks at several of them together, once each is well made."""

    needed: Mapping[str, Rule] = field(default_factory=dict)
    other: Mapping[str, Rule] = field(default_factory=dict)
    check: Check | None = None
    open: bool = False  # further fields may stand in it: a new kind of block whose fields are not all kept here

    def __call__(self, value: Any, path: str) -> Problems:
        if not isinstance(value, dict):
            yield at("must be an object", path)
            return
        wrong = [*self._each(value, path), *self._strangers(value, path)]
        yield from wrong
        if self.check is not None and not wrong:
            yield from self.check(value, path)

    def _each(self, value: dict[str, Any], path: str) -> Problems:
        for name in self.needed:
            if value.get(name) is None:
                yield at(f"missing required field: {name}", path)
        for name, rule in (*self.needed.items(), *self.other.items()):
            if value.get(name) is not None:
                yield from rule(value[name], f"{path}/{name}")

    def _strangers(self, value: dict[str, Any], path: str) -> Problems:
        for name in value.keys() - self.needed.keys() - self.other.keys() - {"type"}:
            if not self.open:
                yield at(f"invalid additional property: {name}", path)


def string(most: int, least: int = 1) -> Rule:
    def rule(value: Any, path: str) -> Problems:
        if not isinstance(value, str):
            yield at("must be a string", path)
        elif len(value) < least:
            yield at(f"must be more than {least - 1} characters", path)
        elif len(value) > most:
            yield at(f"must be less than {most + 1} characters", path)

    return rule


def pattern(regex: str) -> Rule:
    def rule(value: Any, path: str) -> Problems:
        if not isinstance(value, str) or not re.fullmatch(regex, value):
            yield at(f"must match {regex}", path)

    return rule


def one_of(*values: str) -> Rule:
    def rule(value: Any, path: str) -> Problems:
        if value not in values:
            yield at(f"must be a valid enum value: {', '.join(values)}", path)

    return rule


def flag(value: Any, path: str) -> Problems:
    if not isinstance(value, bool):
        yield at("must be a boolean", path)


def whole(least: int, most: int) -> Rule:
    def rule(value: Any, path: str) -> Problems:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield at(f"must be a whole number from {least} to {most}", path)

    return rule


def number(value: Any, path: str) -> Problems:
    """JSON knows no infinity; Python would send one all the same."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        yield at("must be a number", path)


def anything(value: Any, path: str) -> Problems:  # noqa: ARG001 - a rule that has no objection
    return iter(())


def many(rule: Rule, most: int, least: int = 1) -> Rule:
    def of_list(value: Any, path: str) -> Problems:
        if not isinstance(value, list):
            yield at("must be an array", path)
            return
        if len(value) < least:
            yield at(f"no less than {least} items allowed", path)
        if len(value) > most:
            yield at(f"no more than {most} items allowed", path)
        for index, one in enumerate(value):
            yield from rule(one, f"{path}/{index}")

    return of_list


def typed_as(shapes: Mapping[str, Rule], *allowed: str) -> Rule:
    """An object whose `type` picks its shape; with `allowed`, only some of the types may stand here."""

    def rule(value: Any, path: str) -> Problems:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind is None:
            yield at("missing required field: type", path)
        elif not isinstance(kind, str) or kind not in shapes or (allowed and kind not in allowed):
            yield at(f"unsupported type: {kind}", f"{path}/type")
        else:
            yield from shapes[kind](value, path)

    return rule


def text(most: int, *kinds: str, least: int = 1) -> Rule:
    """A text object: plain_text or mrkdwn, or only one of them."""
    shapes = {
        "plain_text": Shape({"text": string(most, least)}, {"emoji": flag}),
        "mrkdwn": Shape({"text": string(most, least)}, {"verbatim": flag}),
    }
    return typed_as(shapes, *kinds)


def plain(most: int) -> Rule:
    return text(most, "plain_text")
