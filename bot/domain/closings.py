"""Whether a customer's message asks for anything more: "thanks, that works!" does not.

The whole message must be a closing: its words, written plainly, have to fall into the phrases of
data/closings.toml without a rest. What is left over, and what nobody thought of, needs a reply.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from bot.domain.phrases import Phrases
from bot.domain.plain import MENTION, plain_words

LONGEST = 600  # characters; a longer message says more than goodbye and is not read to its end
LAST_WORDS = 400  # characters at the end of our side's message in which a question would stand

AFTER_NO = frozenset({"goodbye", "done", "declined", "thanks"})

_QUESTION = re.compile("[?？¿؟⁇‽❓❔\u037e]|か。?$")
_LINK = re.compile(r"<?(?:https?://|mailto:)|www\.", re.IGNORECASE)


class Before(StrEnum):
    """What our side's last message leaves a weak closing to be: all that has to be kept of it."""

    ALONE = "a"  # we said nothing yet, or it is not known what
    OFFER = "o"  # more help: a "no" ends the conversation
    QUESTION = "q"  # any other question: "ok" may be its answer
    INSTRUCTION = "i"  # what to do or where to look: "ok" takes it
    STATEMENT = "s"  # anything else


@dataclass(frozen=True, slots=True)
class Reading:
    """The verdict, and the name of the rule that gave it. `thanks`: a closing that also thanks or praises."""

    needs_reply: bool
    reason: str
    thanks: bool = False


class _Said(NamedTuple):
    """How far a message has been read: the strongest rule so far, and what may follow."""

    rule: int | None = None
    whole: bool = False  # it could end here
    refused: bool = False  # a "no" waits for what it belongs to
    thanked: bool = False


class _Book:
    """data/closings.toml, ready to read by."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.rules = list(data["closings"])
        self.weak = {case: frozenset(rules) for case, rules in data["weak"].items()}
        self.questions = frozenset(_flat(data["questions"]["starts"]))
        self.more_help = [_line(plain_words(text)) for text in data["previous"]["more_help"]]
        self.traps = [_line(plain_words(text)) for text in data["traps"]["phrases"]]
        self.phrases = Phrases({name: map(_words, entries) for name, entries in data["slots"].items()})
        for kind, phrase in _phrases(data):
            self.phrases.add(kind, phrase)

    def rule_of(self, words: list[str], more_help: bool) -> tuple[str | None, bool]:
        """The strongest rule that has a part in the message, or None if there is a rest; whether thanks have one."""
        if any(trap in _line(words) for trap in self.traps):
            return None, False
        reached: list[set[_Said]] = [set() for _ in range(len(words) + 1)]
        reached[0].add(_Said())
        for place, here in enumerate(reached):
            for end, kind in self.phrases.at(words, place) if here else ():
                after = (self._after(said, kind, more_help) for said in here)
                reached[end].update(said for said in after if said)
        found = [(said.rule, said.thanked) for said in reached[-1] if said.whole and said.rule is not None]
        if not found:
            return None, False
        strongest = min(rule for rule, _ in found)
        return self.rules[strongest], (strongest, True) in found

    def _after(self, said: _Said, kind: str, more_help: bool) -> _Said | None:
        if kind in self.rules:
            return self._closing(said, kind)
        if kind == "mention":
            return said
        if kind == "lead":
            return _Said(said.rule, thanked=said.thanked)
        if kind == "no":
            return _Said(said.rule, refused=True, thanked=said.thanked)
        if kind == "no_more":
            return self._closing(said, "declined") if more_help else None
        return said if said.whole else None

    def _closing(self, said: _Said, kind: str) -> _Said | None:
        if said.refused and kind not in AFTER_NO:
            return None
        rank = self.rules.index(kind)
        thanked = said.thanked or (kind == "thanks" and not said.refused)
        return _Said(rank if said.rule is None else min(rank, said.rule), whole=True, thanked=thanked)


def read(text: str, previous: str | None = None) -> Reading:
    """Judge a customer's message in Slack's mrkdwn; `previous` is the last message of our side before it.

    When unsure, it needs a reply. Linear in the length of the text.
    """
    return _read(text, before(previous))


def read_any(text: str) -> dict[Before, Reading]:
    """Judge a message before it is known what we said: `read(text, p) == read_any(text)[before(p)]`."""
    return {said: _read(text, said) for said in Before}


def before(previous: str | None) -> Before:
    """Judge the last message of our side, in Slack's mrkdwn; None if there is none. Looks at its end alone."""
    if previous is None:
        return Before.ALONE
    ending = previous[-LAST_WORDS:].strip()
    ours = _line(plain_words(ending))
    if any(offer in ours for offer in _book().more_help):
        return Before.OFFER
    return Before.QUESTION if _QUESTION.search(ending) else Before.STATEMENT


def _read(text: str, said: Before) -> Reading:
    if reason := _beyond_words(text):
        return Reading(True, reason)
    book = _book()
    words = plain_words(text)
    rule, thanks = book.rule_of(words, more_help=said is Before.OFFER)
    if rule is None:
        return Reading(True, "question" if words and words[0] in book.questions else "unsure")
    too_weak = rule in book.weak["always"] or rule in book.weak.get(said.name.lower(), ())
    return Reading(too_weak, f"only_{rule}" if too_weak else rule, thanks and not too_weak)


def _beyond_words(text: str) -> str | None:
    """Why a message needs a reply whatever its words are."""
    if not text.strip():
        return "empty"
    if len(text) > LONGEST:
        return "long"
    if _LINK.search(text):
        return "link"
    if "`" in text:
        return "code"
    return "question" if _QUESTION.search(text) else None


@cache
def _book() -> _Book:
    data = resources.files("bot.domain").joinpath("data", "closings.toml").read_text(encoding="utf-8")
    return _Book(tomllib.loads(data))


def _phrases(data: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Every phrase of the file as plain words, with its kind: a rule's name, or what it may stand beside."""
    for rule, languages in data["closings"].items():
        for phrases in languages.values():
            yield from ((rule, _words(phrase)) for phrase in phrases)
    for kind, phrases in data["around"].items():
        yield from ((kind, _words(phrase)) for phrase in phrases)
    yield from (("no_more", _words(phrase)) for phrase in data["previous"]["no"])
    yield from (("emoji", [sign]) for sign in _signs(data["emoji"], ""))
    yield from (("tail", [sign]) for sign in _signs(data["emoji"], "_beside_words"))
    yield "emoji", [":)"]
    yield "mention", [MENTION]


def _signs(emoji: dict[str, Any], which: str) -> Iterator[str]:
    yield from (f":{name}:" for name in emoji[f"names{which}"])
    yield from emoji[f"characters{which}"]


def _words(phrase: str) -> list[str]:
    """Plain words; a {slot} stays as it is."""
    return [word for part in phrase.split() for word in ([part] if part.startswith("{") else plain_words(part))]


def _line(words: Iterable[str]) -> str:
    """One string to look for whole words in."""
    return f" {' '.join(words)} "


def _flat(phrases: Iterable[str]) -> Iterator[str]:
    for phrase in phrases:
        yield from _words(phrase)
