"""data/promises.toml, ready to read by."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.domain.data_files import load
from bot.domain.phrases import Phrases
from bot.domain.plain import plain_words

ANYWHERE = frozenset({"said", "peeks", "dated", "spans"})
WHERE_IT_BEGINS = frozenset({"starts", "dated_starts", "moments"})
PROMISING = (*sorted(ANYWHERE), *sorted(WHERE_IT_BEGINS))

_LETTERS = re.compile("[a-z0-9]+")
_STROKES = str.maketrans("łøđı", "lodi")

Slots = dict[str, list[list[str]]]


@dataclass(frozen=True, slots=True)
class Book:
    """The phrases by what they are for."""

    promising: "Some"
    spoiling: "Some"
    leading: "Some"
    tags: "Some"
    courteous: "Some"
    may_follow: frozenset[str]
    hints: "Hints"

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Book":
        """Of the file as it is."""
        slots = {name: [_words(entry) for entry in entries] for name, entries in data["slots"].items()}
        around = data["around"]
        return cls(
            promising=Some.of(slots, _entries(data, PROMISING)),
            spoiling=Some.of({}, _entries(data, ("spoil", "before", "within"))),
            leading=Some.of({}, (("lead", _words(entry)) for entry in around["lead"])),
            tags=Some.of({}, (("tag", _words(entry)) for entry in around["tag"])),
            courteous=Some.of({}, (("courtesy", _words(entry)) for entry in around["courtesy"])),
            may_follow=frozenset(word for entry in around["may_follow"] for word in _words(entry)),
            hints=Hints.of(slots, _entries(data, PROMISING), frozenset(around["common"])),
        )


@dataclass(frozen=True, slots=True)
class Some:
    """Phrases of some kinds. Most words begin none, so that is asked first."""

    phrases: Phrases
    first: frozenset[str]

    @classmethod
    def of(cls, slots: Slots, entries: Iterable[tuple[str, list[str]]]) -> "Some":
        """Each entry with its kind."""
        phrases, first = Phrases(slots), set[str]()
        for kind, entry in entries:
            phrases.add(kind, entry)
            first.update(_first(slots, entry))
        return cls(phrases, frozenset(first))

    def at(self, words: list[str], place: int) -> Iterable[tuple[int, str]]:
        """Every phrase that begins at `place`: where it ends, and its kind."""
        return self.phrases.at(words, place) if words[place] in self.first else ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What at least one of has to stand in a message that promises: most have none, and are read no further."""

    words: frozenset[str]
    parts: tuple[str, ...]
    foreign: tuple[str, ...]  # parts that no plain letters have

    @classmethod
    def of(cls, slots: Slots, entries: Iterable[tuple[str, list[str]]], common: Container[str]) -> "Hints":
        """The longest word of each phrase that not every message has, else the whole of it."""
        found = {hint for _, entry in entries for hint in _hints(slots, entry, common)}
        plain = {hint for hint in found if hint.isascii() and hint.isalnum()}
        parts = sorted(one for one in found - plain if not any(part in one for part in found - plain - {one}))
        foreign = tuple(part for part in parts if not part.isascii())
        return cls(frozenset(plain), tuple(part for part in parts if part.isascii()), foreign)

    def are_in(self, text: str) -> bool:
        """Whether to read on. `text` is without capitals."""
        parts = self.parts
        if not text.isascii():
            parts += self.foreign
            bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
            text = f"{text} {bare.translate(_STROKES)}"
        return not self.words.isdisjoint(_LETTERS.findall(text)) or any(part in text for part in parts)


@cache
def book() -> Book:
    """The file, read once."""
    return Book.of(load("promises"))


def _first(slots: Slots, entry: list[str]) -> Iterator[str]:
    """The words that a phrase may begin with."""
    for part in entry:
        if not part.startswith("{"):
            yield part
            return
        choices = slots[part[1:-1]]
        yield from (choice[0] for choice in choices if choice)
        if [] not in choices:
            return


def _hints(slots: Slots, entry: list[str], common: Container[str]) -> Iterator[str]:
    said = [word for word in entry if not word.startswith("{")]
    telling = [word for word in said if len(word) > 2 and word.isascii() and word not in common]
    choices = [slots[part[1:-1]] for part in entry if part.startswith("{") and [] not in slots[part[1:-1]]]
    if telling:
        yield max(telling, key=len)
    elif choices:
        for choice in choices[-1]:
            yield from _hints(slots, choice, common)
    else:
        yield (" " if said[0].isascii() else "").join(said)


def _entries(data: dict[str, Any], kinds: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    for kind in kinds:
        for entries in data[kind].values():
            yield from ((kind, _words(entry)) for entry in entries)


def _words(entry: str) -> list[str]:
    """Plain words; a {slot} stays as it is."""
    return [word for part in entry.split() for word in ([part] if part.startswith("{") else plain_words(part))]
