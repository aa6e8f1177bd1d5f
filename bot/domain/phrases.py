"""Phrases as a tree of words, and the finding of phrases in a list of words.

A phrase is written as people would say it, with these signs: `{name}` stands for any entry of that slot, `one|other`
for either, `maybe?` may be left out, and `{name}*` comes any number of times.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Protocol

UNKNOWN = "?"  # a word that no phrase has
LONGEST = 24  # words; no phrase goes on for more, so that the work at a place has a bound

Part = str  # a plain word, "{name}" or "{name}*"
Found = Iterator[tuple[int, str]]  # where a phrase ends, and its kind


class Heard(Protocol):
    """The words in which to look. They are asked for one by one, so that nobody prepares more than is looked at."""

    def word(self, place: int) -> str:
        """The word, or "" beyond the end."""

    def mark(self, place: int) -> str:
        """The punctuation mark before the word, or ""."""

    def stopped(self, place: int) -> bool:
        """Whether a sentence ends before the word: no phrase goes on beyond it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Words that are all there, in one sentence."""

    words: Sequence[str]
    marks: Mapping[int, str] = field(default_factory=dict)

    def word(self, place: int) -> str:
        """The word, or "" beyond the end."""
        return self.words[place] if place < len(self.words) else ""

    def mark(self, place: int) -> str:
        """The punctuation mark before the word, or ""."""
        return self.marks.get(place, "")

    def stopped(self, place: int) -> bool:
        """Only at its end does the sentence stop."""
        return place >= len(self.words)


Fits = Callable[[Heard, int], bool]  # whether an open slot can stand for the word at a place


class _Node:
    """A place in the tree. Most nodes need little of what one can have, and there are many."""

    __slots__ = ("again", "kinds", "slots", "ways", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = _EMPTY
        self.slots: dict[str, _Node] = _EMPTY
        self.again: dict[str, _Node] = _EMPTY  # of slots that come any number of times
        self.kinds: tuple[str, ...] = ()
        self.ways: dict[str, list[tuple[str, _Node]]] | None = None  # the slots a word may begin, as found out


_EMPTY: dict[str, _Node] = {}  # stays empty


@dataclass(frozen=True, slots=True)
class _Heads:
    """What a slot can begin with."""

    words: frozenset[str]
    any_word: bool  # a word that nobody foresaw
    nothing: bool

    def begin(self, word: str) -> bool:
        """Whether a slot with these heads is worth a look before the word; "" is the end."""
        return self.nothing or (bool(word) and (self.any_word or word in self.words))


def spelled_out(phrase: str, plain: Callable[[str], list[str]]) -> Iterator[list[Part]]:
    """Every list of plain words and slots that the phrase allows."""
    for parts in product(*(list(_choices(part, plain)) for part in phrase.split())):
        yield [word for part in parts for word in part]


def _choices(part: str, plain: Callable[[str], list[str]]) -> Iterator[list[Part]]:
    for choice in part.removesuffix("?").split("|"):
        yield [choice] if choice.startswith("{") else plain(choice)
    if part.endswith("?"):
        yield []


class Phrases:
    """Phrases of several kinds. A slot's entries may name other slots, but not each other in a circle.

    `open_slots` stand for one word each that is not known beforehand.
    """

    def __init__(self, slots: Mapping[str, Iterable[list[Part]]], open_slots: Mapping[str, Fits] | None = None) -> None:
        self.vocabulary: set[str] = set()
        self._root = _Node()
        self._open = dict(open_slots or {})
        self._slots = {name: _Node() for name in slots}
        self._heads: dict[str, _Heads] = {name: _Heads(frozenset(), True, False) for name in self._open}
        for name, entries in slots.items():
            for entry in entries:
                self._grow(self._slots[name], entry).kinds = (name,)

    def add(self, kind: str, phrase: list[Part]) -> None:
        """`phrase` is a list of plain words and `{slot}` names."""
        node = self._grow(self._root, phrase)
        if kind not in node.kinds:
            node.kinds = (*node.kinds, kind)

    def at(self, words: Sequence[str], place: int) -> Found:
        """Every phrase that begins at `place`: where it ends, and its kind."""
        return self.over(Listed(words))(place)

    def over(self, heard: Heard) -> Callable[[int], Found]:
        """`at` for many places of the same words."""
        walk = _Walk(self, heard)
        return lambda place: ((end, kind) for end, node in walk.reached(self._root, place) for kind in node.kinds)

    def slot(self, name: str) -> _Node | Fits:
        """A slot's entries, or the test of an open one."""
        return self._open.get(name) or self._slots[name]

    def ways(self, node: _Node, word: str) -> list[tuple[str, _Node]]:
        """The slots after `node` that may begin with the word, and where they lead."""
        known = word if word in self.vocabulary or not word else UNKNOWN
        if node.ways is None:
            node.ways = {}
        if known not in node.ways:
            ways = [(self._heads_of(slot), slot, further) for slot, further in node.slots.items()]
            node.ways[known] = [(slot, further) for heads, slot, further in ways if heads.begin(known)]
        return node.ways[known]

    def _heads_of(self, slot: str) -> _Heads:
        if slot not in self._heads:
            self._heads[slot] = self._heads_after(self._slots[slot])
        return self._heads[slot]

    def _heads_after(self, node: _Node) -> _Heads:
        below = [self._heads_of(slot) for slot in node.slots]
        below += [self._heads_after(further) for slot, further in node.slots.items() if self._heads_of(slot).nothing]
        below += [self._heads_after(further) for further in node.again.values()]
        words = frozenset(node.words).union(*(heads.words for heads in below))
        nothing = bool(node.kinds) or any(self._heads_after(further).nothing for further in node.again.values())
        return _Heads(words, any(heads.any_word for heads in below), nothing)

    def _grow(self, node: _Node, phrase: list[Part]) -> _Node:
        for part in phrase:
            node = self._slotted(node, part) if part.startswith("{") else self._worded(node, part)
        return node

    def _worded(self, node: _Node, word: str) -> _Node:
        self.vocabulary.add(word)
        node.words = node.words or {}
        return node.words.setdefault(word, _Node())

    def _slotted(self, node: _Node, part: str) -> _Node:
        name = part.strip("{}*")
        if name not in self._slots and name not in self._open:
            raise KeyError(name)
        if not part.endswith("*"):
            node.slots = node.slots or {}
            return node.slots.setdefault(name, _Node())
        node.again = node.again or {}
        loop = node.again.setdefault(name, _Node())
        loop.slots = loop.slots or {}
        loop.slots[name] = loop
        return loop


class _Walk:
    """One reading of some words, which remembers what it found in a slot: the work is linear in their number."""

    def __init__(self, phrases: Phrases, heard: Heard) -> None:
        self._phrases, self._heard = phrases, heard
        self._ends: dict[tuple[str, int], Collection[int]] = {}

    def reached(self, start: _Node, place: int) -> Iterator[tuple[int, _Node]]:
        """Every node below `start` that the words at `place` lead to and that ends something, once."""
        begun, seen = [(place, start)], {(place, id(start))}
        while begun:
            end, node = begun.pop()
            if node.kinds:
                yield end, node
            goes_on = end == place or (end - place < LONGEST and not self._heard.stopped(end))
            for step in self._steps(node, end, goes_on):
                if (mark := (step[0], id(step[1]))) not in seen:
                    seen.add(mark)
                    begun.append(step)

    def _steps(self, node: _Node, place: int, goes_on: bool) -> Iterator[tuple[int, _Node]]:
        for loop in node.again.values():
            yield place, loop
        word = self._heard.word(place) if goes_on else ""
        if further := node.words.get(word):
            yield place + 1, further
        for slot, further in self._phrases.ways(node, word) if node.slots else ():
            for end in self._through(slot, place) if word else (place,):
                yield end, further

    def _through(self, slot: str, place: int) -> Collection[int]:
        """Where the entries of a slot end that begin at `place`."""
        key = (slot, place)
        if key not in self._ends:
            entries = self._phrases.slot(slot)
            if isinstance(entries, _Node):
                self._ends[key] = {end for end, node in self.reached(entries, place) if node.kinds}
            else:
                self._ends[key] = (place + 1,) if entries(self._heard, place) else ()
        return self._ends[key]
