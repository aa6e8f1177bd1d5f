"""Phrases as a tree of words, and the cutting of a list of words into them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Node:
    words: dict[str, "_Node"] = field(default_factory=dict)
    slots: dict[str, "_Node"] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)


class Phrases:
    """Phrases of several kinds. One may name slots, `{so}`, each of which stands for any of its entries.

    The longest phrase bounds the work at a place, so that cutting is linear in the number of words.
    """

    def __init__(self, slots: Mapping[str, Iterable[list[str]]]) -> None:
        self._root = _Node()
        self._slots = {name: _Node() for name in slots}
        for name, entries in slots.items():
            for entry in entries:
                self._grow(self._slots[name], entry).kinds.append(name)

    def add(self, kind: str, phrase: list[str]) -> None:
        """`phrase` is a list of plain words and `{slot}` names."""
        self._grow(self._root, phrase).kinds.append(kind)

    def at(self, words: list[str], place: int) -> Iterator[tuple[int, str]]:
        """Every phrase that begins at `place`: where it ends, and its kind."""
        for end, node in self._walk(self._root, words, place):
            for kind in node.kinds:
                yield end, kind

    def _grow(self, node: _Node, phrase: list[str]) -> _Node:
        for part in phrase:
            slot = part[1:-1] if part.startswith("{") else None
            node = node.slots.setdefault(slot, _Node()) if slot else node.words.setdefault(part, _Node())
        return node

    def _walk(self, node: _Node, words: list[str], place: int) -> Iterator[tuple[int, _Node]]:
        if node.kinds:
            yield place, node
        if place < len(words) and (further := node.words.get(words[place])):
            yield from self._walk(further, words, place + 1)
        for slot, further in node.slots.items():
            for end, _ in self._walk(self._slots[slot], words, place):
                yield from self._walk(further, words, end)
