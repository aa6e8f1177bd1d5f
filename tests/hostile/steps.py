"""How many steps a backtracking regular expression takes: counted, since a clock would tell of the machine instead.

The matcher walks what Python's own parser makes of a pattern, as its engine does, and without that one's shortcuts: it
may count too many steps, and never too few.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import product
from typing import Any

_parser: Any = import_module("re._parser")

Then = Callable[[int], bool]  # what is left of the pattern, from there on
Node = Callable[[int, Then], bool]
Test = Callable[[str], bool]

NOBODYS = "\x01"  # stands in no pattern
MOST_CHARACTERS = 10  # of those that a pattern tells apart
_SAMPLES = "a1 \tA_-.:,?!'\"<>&@#%/()[]{}|\n…。か\x01"


class TooMany(Exception):
    """More steps than were to be taken."""


class Counter:
    """One pattern, and the steps that it takes through a text."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.steps = 0
        self.found: list[tuple[int, int]] = []
        self._most = 0
        self._text = ""
        self._groups: dict[int, tuple[int, int]] = {}
        self._flags = pattern.flags
        self._tests: list[Test] = []
        self.parsed = _parser.parse(pattern.pattern, pattern.flags)
        self._whole = self._sequence(list(self.parsed))

    def through(self, text: str, most: int = 10_000_000) -> int:
        """To find all that there is in a text, one after the other. Raises TooMany."""
        self.steps, self.found, self._most, self._text = 0, [], most, text
        at = 0
        while at <= len(text):
            end = self._end(self._whole, at)
            if end is not None:
                self.found.append((at, end))
            at = end if end is not None and end > at else at + 1
        return self.steps

    def characters(self) -> list[str]:
        """One for each thing that the pattern tells apart, and one of which it says nothing."""
        told: dict[tuple[bool, ...], str] = {}
        literals = [chr(code) for code in _literals(list(self.parsed))]
        for one in [*literals, *_SAMPLES]:
            told.setdefault(tuple(test(one) for test in self._tests), one)
        return list(told.values())[:MOST_CHARACTERS]

    def _end(self, node: Node, at: int) -> int | None:
        """Where it ends that begins there; None where nothing does."""
        ends: list[int] = []

        def then(end: int) -> bool:
            ends.append(end)
            return True

        return ends[0] if node(at, then) else None

    # what a node does at a place

    def _sequence(self, items: Sequence[Any]) -> Node:
        nodes = [self._node(*item) for item in items]

        def run(at: int, then: Then, first: int = 0) -> bool:
            if first == len(nodes):
                return then(at)
            return nodes[first](at, lambda end: run(end, then, first + 1))

        return run

    def _node(self, op: Any, given: Any) -> Node:
        name = str(op)
        if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            return self._one(self._test(name, given))
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            return self._repeat(name, *given)
        made: Node = getattr(self, f"_{name.lower()}")(given)
        return made

    def _one(self, test: Test) -> Node:
        self._tests.append(test)

        def run(at: int, then: Then) -> bool:
            self._step()
            return at < len(self._text) and test(self._text[at]) and then(at + 1)

        return run

    def _repeat(self, name: str, least: int, most: int, body: Any) -> Node:
        items = list(body)
        if len(items) == 1 and str(items[0][0]) in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            return self._run(name, least, int(most), self._test(str(items[0][0]), items[0][1]))
        inner = self._sequence(items)

        def run(at: int, then: Then, done: int = 0) -> bool:
            self._step()

            def again(end: int) -> bool:
                return end > at and run(end, then, done + 1) if done >= least else run(end, then, done + 1)

            if name == "MIN_REPEAT":
                return (done >= least and then(at)) or (done < most and inner(at, again))
            return (done < most and inner(at, again)) or (done >= least and then(at))

        return run

    def _run(self, name: str, least: int, most: int, test: Test) -> Node:
        """Of one character each: as long as can be, and back from there."""
        self._tests.append(test)

        def run(at: int, then: Then) -> bool:
            end = at
            while end < len(self._text) and end - at < most and test(self._text[end]):
                self._step()
                end += 1
            if name == "POSSESSIVE_REPEAT":
                return end - at >= least and then(end)
            places = range(end, at + least - 1, -1)
            for place in reversed(places) if name == "MIN_REPEAT" else places:
                self._step()
                if then(place):
                    return True
            return False

        return run

    def _branch(self, given: Any) -> Node:
        ways = [self._sequence(list(way)) for way in given[1]]
        return lambda at, then: any(way(at, then) for way in ways)

    def _subpattern(self, given: Any) -> Node:
        group, inner = given[0], self._sequence(list(given[3]))

        def run(at: int, then: Then) -> bool:
            def kept(end: int) -> bool:
                if group:
                    self._groups[group] = (at, end)
                return then(end)

            return inner(at, kept)

        return run

    def _atomic_group(self, given: Any) -> Node:
        inner = self._sequence(list(given))

        def run(at: int, then: Then) -> bool:
            end = self._end(inner, at)
            return end is not None and then(end)

        return run

    def _groupref(self, group: int) -> Node:
        def run(at: int, then: Then) -> bool:
            self._step()
            start, end = self._groups.get(group, (0, 0))
            said = self._text[start:end]
            return self._text.startswith(said, at) and then(at + len(said))

        return run

    def _assert(self, given: Any) -> Node:
        looked = self._look(*given)
        return lambda at, then: looked(at) and then(at)

    def _assert_not(self, given: Any) -> Node:
        looked = self._look(*given)
        return lambda at, then: not looked(at) and then(at)

    def _look(self, direction: int, body: Any) -> Then:
        inner, width = self._sequence(list(body)), body.getwidth()[0]

        def look(at: int) -> bool:
            self._step()
            place = at if direction > 0 else at - width
            return place >= 0 and inner(place, lambda end: direction > 0 or end == at)

        return look

    def _at(self, given: Any) -> Node:
        where = str(given)

        def run(at: int, then: Then) -> bool:
            self._step()
            return self._stands(where, at) and then(at)

        return run

    def _stands(self, where: str, at: int) -> bool:
        text = self._text
        if "BOUNDARY" in where:
            edge = (at > 0 and bool(re.match(r"\w", text[at - 1]))) != (
                at < len(text) and bool(re.match(r"\w", text[at]))
            )
            return edge != ("NON" in where)
        many = bool(self._flags & re.MULTILINE)
        if "BEGINNING" in where:
            return at == 0 or (many and "STRING" not in where and text[at - 1] == "\n")
        last = at == len(text) or ("STRING" not in where and text[at:] == "\n")
        return last or (many and "STRING" not in where and text[at] == "\n")

    # what a character is

    def _test(self, name: str, given: Any) -> Test:
        if name == "ANY":
            return lambda one: one != "\n" or bool(self._flags & re.DOTALL)
        items = given if name == "IN" else [(name, given)]
        negated = any(str(op) == "NEGATE" for op, _ in items)
        tests = [_member(str(op), one) for op, one in items if str(op) != "NEGATE"]
        fold = bool(self._flags & re.IGNORECASE)

        def test(one: str) -> bool:
            forms = {one, one.lower(), one.upper()} if fold else {one}
            return any(has(form) for has in tests for form in forms if len(form) == 1) != negated

        known: dict[str, bool] = {}
        return lambda one: known[one] if one in known else known.setdefault(one, test(one))

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self._most:
            raise TooMany


def _member(op: str, given: Any) -> Test:
    if op == "RANGE":
        return lambda one: given[0] <= ord(one) <= given[1]
    if op == "CATEGORY":
        kind, has = (
            re.fullmatch(r"CATEGORY_(NOT_)?(?:UNI_)?(\w+)", str(given)),
            {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"},
        )
        assert kind
        letter = re.compile(has[kind[2]].upper() if kind[1] else has[kind[2]])
        return lambda one: bool(letter.match(one))
    if op == "NOT_LITERAL":
        return lambda one: ord(one) != given
    return lambda one: ord(one) == given


def _literals(items: Sequence[Any]) -> Iterator[int]:
    """Every character that a pattern names, the first ones first."""
    for item in items:
        if isinstance(item, tuple) and item and str(item[0]) == "LITERAL":
            yield item[1]
        elif isinstance(item, tuple) and item and str(item[0]) == "RANGE":
            yield item[1][0]
        elif isinstance(item, tuple | list) or hasattr(item, "getwidth"):
            yield from _literals(list(item))


def sample(items: Sequence[Any], deep: int = 1) -> str:
    """A short text that these parts of a pattern find, as far as one can be told."""
    return "".join(_sampled(str(op), given, deep) for op, given in items)


def _sampled(op: str, given: Any, deep: int) -> str:
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return sample(list(given[2])) * int(max(given[0], min(deep, int(given[1]))))
    if op == "SUBPATTERN":
        return sample(list(given[3]), deep)
    if op == "BRANCH":
        return sample(list(given[1][0]), deep)
    if op == "LITERAL":
        return chr(given)
    if op in ("IN", "NOT_LITERAL", "ANY"):
        items = given if op == "IN" else [(op, given)]
        negated = any(str(one) == "NEGATE" for one, _ in items)
        tests = [_member(str(one), what) for one, what in items if str(one) not in ("NEGATE", "ANY")]
        literals = [chr(code) for code in _literals(list(items))]
        return next((one for one in [*_SAMPLES, *literals] if any(test(one) for test in tests) != negated), "a")
    return ""


def attacks(counter: Counter, length: int) -> Iterator[str]:
    """Texts of about this length that a pattern may stumble over: what it repeats, many times, and then not its end."""
    seen: set[str] = set()
    for before, pump in [("", "".join(two)) for two in product(counter.characters(), repeat=2)] + list(
        _pumps(counter.parsed)
    ):
        for text in (
            before + pump * (length // max(1, len(pump))),
            (before + pump) * (length // max(1, len(before + pump))),
        ):
            if text not in seen:
                seen.add(text)
                yield text + NOBODYS


def _pumps(parsed: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Each thing that is repeated, and what has to stand before it."""
    for op, given in parsed:
        name = str(op)
        inside = {"SUBPATTERN": 3, "MAX_REPEAT": 2, "MIN_REPEAT": 2, "ASSERT": 1, "ASSERT_NOT": 1}.get(name)
        if name.endswith("_REPEAT"):
            for way in _ways(given[2]):
                yield before, way
        if name == "BRANCH":
            for way in given[1]:
                yield from _pumps(way, before)
        elif inside is not None:
            yield from _pumps(given[inside], before)
        before += sample([(op, given)])


def _ways(body: Any) -> list[str]:
    items = list(body)
    if len(items) == 1 and str(items[0][0]) == "SUBPATTERN":
        items = list(items[0][1][3])
    if len(items) == 1 and str(items[0][0]) == "BRANCH":
        return [found for way in items[0][1][1] if (found := sample(list(way)))]
    return [found for deep in (1, 3) if (found := sample(items, deep))]
