"""What kudos are for, and the words by which people name it: in several languages, as tags, as emoji.

Both readings go by data/behaviours.toml. A suggestion is a guess from the words of a reason; people choose.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from bot.domain.data_files import load
from bot.domain.phrases import Phrases
from bot.domain.plain import plain_words

LONGEST_NAME = 60  # characters; nothing longer names a behaviour
READ = 2_000  # characters of a reason that a suggestion looks at
NOTHING = "nothing"  # what only looks like a hint


class Behaviour(StrEnum):
    """What kudos are for."""

    KINDNESS = "kindness"
    WELCOMING = "welcoming"
    RESPONSIVENESS = "responsiveness"
    CUSTOMER_FOCUS = "customer_focus"
    OPTIMISM = "optimism"
    SOLUTIONS = "solutions"


class _Book:
    """data/behaviours.toml, ready to read by."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.names = dict(_names(data))
        self.titles = dict(_titles(data))
        entries = [(behaviour, words) for behaviour, text in _hints(data) if (words := _words(text))]
        self.stems = frozenset(word[:-1] for _, words in entries for word in words if word.endswith("*"))
        self.shortest = min(map(len, self.stems), default=1)
        self.longest = max(map(len, self.stems), default=0)
        self.hints = Phrases({})
        for behaviour, words in entries:
            self.hints.add(behaviour, words)

    def stem(self, word: str) -> str:
        """The longest stem that the word begins with, marked as one, or the word itself."""
        for length in range(min(len(word), self.longest), self.shortest - 1, -1):
            if word[:length] in self.stems:
                return f"{word[:length]}*"
        return word


def named(word: str) -> Behaviour | None:
    """The behaviour that a word, a #tag, an :emoji: or an emoji's character stands for, in any of the languages."""
    if len(word) > LONGEST_NAME:
        return None
    key = _key(word)
    return _book().names.get(key) or _book().names.get(key.strip(":"))


def titled(word: str) -> Behaviour | None:
    """The behaviour whose title in some language this is: a name so plain that it needs no sign."""
    return _book().titles.get(_key(word)) if len(word) <= LONGEST_NAME else None


def suggested(reason: str) -> tuple[Behaviour, ...]:
    """What the reason sounds like: most hints first, then what came first; nothing if no word of it hints."""
    return tuple(behaviour for behaviour, _ in Counter(_heard(reason[:READ])).most_common())


def unseen(counts: Mapping[Behaviour, int]) -> tuple[Behaviour, ...]:
    """The behaviours that nobody was thanked for, in their usual order."""
    return tuple(behaviour for behaviour in Behaviour if counts.get(behaviour, 0) <= 0)


def _heard(reason: str) -> Iterator[Behaviour]:
    """One after the other. A longer phrase hides what begins within it."""
    words = plain_words(reason)
    stems = [_book().stem(word) for word in words]
    place = 0
    while place < len(words):
        found = [*_book().hints.at(words, place), *_book().hints.at(stems, place)]
        place = max((end for end, _ in found), default=place + 1)
        kinds = {kind for _, kind in found}
        yield from (behaviour for behaviour in Behaviour if behaviour in kinds and NOTHING not in kinds)


@cache
def _book() -> _Book:
    return _Book(load("behaviours"))


def _names(data: dict[str, Any]) -> Iterator[tuple[str, Behaviour]]:
    """Every name of the file as its key; an emoji's name counts between colons only."""
    for behaviour in Behaviour:
        yield _key(behaviour), behaviour
        for names in data["names"][behaviour].values():
            yield from ((_key(name), behaviour) for name in names)
        emoji = data["emoji"][behaviour]
        yield from ((f":{name}:", behaviour) for name in emoji["names"])
        yield from ((sign, behaviour) for sign in plain_words(emoji["characters"]))


def _titles(data: dict[str, Any]) -> Iterator[tuple[str, Behaviour]]:
    for behaviour in Behaviour:
        yield from ((_key(names[0]), behaviour) for names in data["names"][behaviour].values())


def _hints(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A behaviour's own names are hints too."""
    yield from ((NOTHING, text) for texts in data[NOTHING].values() for text in texts)
    for behaviour in Behaviour:
        for table in ("names", "hints"):
            yield from ((behaviour, text) for texts in data[table][behaviour].values() for text in texts)


def _words(text: str) -> list[str]:
    """Plain words; the star of a stem stays."""
    return [word for part in text.split() for word in _starred(plain_words(part), part.endswith("*"))]


def _starred(words: list[str], is_stem: bool) -> Iterable[str]:
    return [*words[:-1], f"{words[-1]}*"] if is_stem and words else words


def _key(word: str) -> str:
    """One string for all the ways to write a name: spaces, hyphens, case, accents and the tag's sign do not count."""
    return "".join(plain_words(word.strip().lstrip("#＃")))
