"""Whom a message speaks to, and whether it begins something or goes on with what is open.

Read with care: a message whose first name is merely spoken of ("@lee is on it") speaks to nobody in particular.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise, product
from typing import Any, NamedTuple

from bot.domain.data_files import load
from bot.domain.plain import MENTION, plain_words

LONGEST_CHASE = 16  # words; whoever writes more says more than "any update?"
LONGEST_MATTER = 6  # words, of what is asked after: "any news on the refund of last week?"
BEGINNING = 120  # characters, in which names and a greeting stand

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_PLAIN = re.compile(r"(<@)[^<>]*>|[a-z0-9]+|[&+?]")
_FIRST = re.compile(r"\s*([a-zA-Z0-9']+)")
_AND = {"and", "&", "und", "y", "et", "e", "+"}
_VERB = re.compile(r"(?:ed|[^su]s)$")  # "fixed", "knows": what somebody does or did
_NO_VERBS = {"thanks", "this", "pls", "yes", "guys", "its", "need", "whats", "as", "always"}


class Opening(StrEnum):
    """How a message begins."""

    PLAIN = ""
    GREETING = "g"
    CHASE = "c"  # nothing but "any update?": it asks after what is open
    MORE = "m"  # it goes on with what its author said before


class Address(NamedTuple):
    """`to` are the people spoken to, those whom only a name in passing tells left out."""

    to: tuple[str, ...]
    opening: Opening


def read(text: str) -> Address:
    """Look at the beginning and the end of a message in Slack's mrkdwn. Linear in its length."""
    beginning = text[:BEGINNING]
    if not _may_tell(beginning) and "<@" not in text:
        return Address((), Opening.PLAIN)
    words = _words(beginning)
    mentions = _MENTION.findall(text)
    to = _to(text, words, mentions) if mentions else ()
    return Address(to, _opening(words, is_whole=len(text) <= BEGINNING))


def _may_tell(beginning: str) -> bool:
    """Quickly, whether its first word may be the first of a phrase."""
    if not beginning.isascii():
        return True
    first = _FIRST.match(beginning)
    return first is None or "'" in first[1] or first[1].lower() in _book().first


def _words(text: str) -> list[str]:
    """As `plain_words` has them; quickly, where every message passes and most are plain."""
    if not text.isascii():
        return plain_words(text)
    found = _PLAIN.finditer(text.lower().replace("'", "").replace("&amp;", "&"))
    return [MENTION if word[1] else word[0] for word in found]


def _to(text: str, words: Sequence[str], mentions: Sequence[str]) -> tuple[str, ...]:
    first, after = _names(words)
    if first and _is_spoken_to(words, after, "?" in text):
        return tuple(dict.fromkeys(mentions[:first]))
    return (mentions[-1],) if _is_asked_last(text) else ()


def _names(words: Sequence[str]) -> tuple[int, int]:
    """How many people a message names first, and where its words go on after them."""
    book, place, names = _book(), 0, 0
    while place < len(words) and (words[place] in book.leads or words[place] == MENTION or names):
        if words[place] == MENTION:
            names += 1
        elif names and not _names_with(words[place], *words[place + 1 : place + 2] or [""]):
            break
        place += 1
    return names, place


def _is_spoken_to(words: Sequence[str], after: int, asks: bool) -> bool:
    book, rest = _book(), words[after:]
    if not rest:
        return True
    if rest[0] in book.spoken_of:
        return asks and len(rest) > 1 and rest[1] in book.spoken_to
    return asks or rest[0] in _NO_VERBS or not _VERB.search(rest[0])


def _is_asked_last(text: str) -> bool:
    """Whether a question ends with the name of whom it asks: "can you take this, <@U1>?"."""
    ending = text[-BEGINNING:].rstrip(" .!\n")
    before, _, name = ending.removesuffix("?").rstrip().rpartition("<@")
    if not ending.endswith("?") or not _MENTION.fullmatch("<@" + name):
        return False
    words = _words(before)
    return before.rstrip().endswith(",") or (bool(words) and words[-1] in _book().asked)


def _opening(words: Sequence[str], is_whole: bool) -> Opening:
    book = _book()
    if is_whole and len(words) <= LONGEST_CHASE and _is_chase(words):
        return Opening.CHASE
    said = tuple(word for word, after in pairwise([*words[:LONGEST_CHASE], ""]) if not _names_with(word, after))
    starts = {said[:length] for length in book.lengths}
    if starts & book.greetings:
        return Opening.GREETING
    return Opening.MORE if starts & book.more else Opening.PLAIN


def _names_with(word: str, after: str) -> bool:
    return word == MENTION or (word in _AND and after == MENTION)


def _is_chase(words: Sequence[str]) -> bool:
    """Whether it is made of chases and what may stand around them, without a rest; "hello?" is one too."""
    book, place, chased = _book(), 0, False
    asks = "?" in words
    while place < len(words):
        length, kind = book.longest(words, place)
        if not length:
            return False
        if kind == "about":
            return len(words) - place - length <= LONGEST_MATTER
        chased = chased or kind == "chase" or (kind == "greeting" and asks)
        place += length
    return chased


class _Book:
    """data/addressing.toml, ready to read by."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.greetings = frozenset(_phrases(data["greetings"]))
        self.more = frozenset(_phrases(data["more"]))
        self.lengths = {len(phrase) for phrase in self.greetings | self.more}
        self.leads = {word for phrase in _phrases(data["leads"]) for word in phrase}
        self.spoken_of, self.spoken_to = _single(data["spoken_of"]), _single(data["spoken_to"])
        self.asked = _single(data["asked"])
        self._kinds = dict.fromkeys(_phrases(data["around"]), "around")
        self._kinds |= dict.fromkeys(self.greetings, "greeting") | dict.fromkeys(_phrases(data["chases"]), "chase")
        self._kinds |= dict.fromkeys(_phrases(data["chases_about"]), "about")
        self._longest = max(map(len, self._kinds))
        known = (*self._kinds, *self.greetings, *self.more)
        self.first = _AND.union(phrase[0] for phrase in known if phrase)

    def longest(self, words: Sequence[str], place: int) -> tuple[int, str]:
        """How many words from here on are a phrase, and of which kind; 0 if none."""
        for length in range(min(self._longest, len(words) - place), 0, -1):
            kind = self._kinds.get(tuple(words[place : place + length]))
            if kind:
                return length, kind
        return 0, ""


def _phrases(entries: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        for choice in product(*(part.split("|") for part in entry.split())):
            yield tuple(word for part in choice for word in ([part] if part == MENTION else plain_words(part)))


def _single(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in _phrases(entries) for word in phrase)


@cache
def _book() -> _Book:
    return _Book(load("addressing"))
