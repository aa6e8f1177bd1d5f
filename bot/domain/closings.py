"""Whether a customer's message asks for anything more: "thanks, that works!" does not.

The whole message must be a closing: its words, written plainly, have to fall into the phrases of
data/closings*.toml without a rest. What is left over, and what nobody thought of, needs a reply.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from bot.domain.closing_book import Said, book
from bot.domain.plain import Plain, plain, plain_words

LONGEST = 600  # characters; a longer message says more than goodbye and is not read to its end
LAST_WORDS = 400  # characters at the end of our side's message in which a question would stand

_QUESTION = re.compile("[?？¿؟⁇‽❓❔\u037e]|か。?$")
_SENTENCE = re.compile(r"[^.!?？。\n]+[.!?？。]*")
_LINKS = ("http://", "https://", "mailto:", "www.")


class Before(StrEnum):
    """What our side's last message leaves a weak closing to be: all that has to be kept of it."""

    ALONE = "a"  # we said nothing yet, or it is not known what
    OFFER = "o"  # more help: a "no" ends the conversation
    QUESTION = "q"  # any other question: "ok" may be its answer
    INSTRUCTION = "i"  # what to do or where to look: "ok" takes it
    RESULT = "r"  # that something is done
    STATEMENT = "s"  # anything else


@dataclass(frozen=True, slots=True)
class Reading:
    """The verdict, and the name of the rule that gave it. `thanks`: a closing that also thanks or praises."""

    needs_reply: bool
    reason: str
    thanks: bool = False


# Where a message can be read in two ways, the one that takes less for granted counts.
UNSURE = frozenset({"accepted", "refused"})
_ASKS_MOST = (Before.QUESTION, Before.OFFER, Before.INSTRUCTION, Before.RESULT, Before.STATEMENT)


def read(text: str, previous: str | None = None) -> Reading:
    """Judge a customer's message in Slack's mrkdwn; `previous` is the last message of our side before it.

    When unsure, it needs a reply. Linear in the length of the text.
    """
    return read_any(text)[before(previous)]


def read_any(text: str) -> Mapping[Before, Reading]:
    """Judge a message before it is known what we said: `read(text, p) == read_any(text)[before(p)]`."""
    if reason := _beyond_words(text):
        return every_way(reason)
    written = plain(book().uncalled(text))
    endings = book().endings(written)
    if not endings:
        return every_way(_open(written))
    return {said: _reading(endings, said) for said in Before}


@cache
def every_way(reason: str) -> Mapping[Before, Reading]:
    """A reply is needed, whatever we said."""
    return MappingProxyType(dict.fromkeys(Before, Reading(True, reason)))


def before(previous: str | None) -> Before:
    """Judge the last message of our side, in Slack's mrkdwn; None if there is none. Looks at its end alone."""
    if previous is None:
        return Before.ALONE
    most = Before.STATEMENT
    for sentence in reversed(_SENTENCE.findall(previous[-LAST_WORDS:])):
        most = min(most, _kind(sentence), key=_ASKS_MOST.index)
        if most is _ASKS_MOST[0]:
            break
    return most


def _kind(sentence: str) -> Before:
    said = book().ours(["^", *plain_words(sentence)])
    if "offer" in said:
        return Before.OFFER
    if "question" in said or _asks(sentence.strip()):
        return Before.QUESTION
    return next((Before[kind.upper()] for kind in ("instruction", "result") if kind in said), Before.STATEMENT)


def _reading(endings: Mapping[Said, int], before: Before) -> Reading:
    """By the reading in fewest pieces; of several, by one that is unsure, else by the strongest."""
    rules, when = book().rules, before.name.lower()
    said = min(endings, key=lambda said: (endings[said], rules[said.rule] not in UNSURE, *said))
    rule, weak = rules[said.rule], book().weak[when] | (book().weak_after_yes[when] if said.yes else frozenset())
    if said.called and before in (Before.ALONE, Before.OFFER):
        return Reading(True, "unsure")
    if rule in weak and ("thanks" in weak or not said.thanked):
        return Reading(True, f"only_{rule}")
    return Reading(False, rule, said.thanked)


def _open(written: Plain) -> str:
    return "question" if written.has(0) and written.words[0] in book().questions else "unsure"


def _beyond_words(text: str) -> str | None:
    """Why a message needs a reply whatever its words are."""
    if len(text) > LONGEST:
        return "long" if text.strip() else "empty"
    if not text.strip():
        return "empty"
    lower = text.lower()
    if any(sign in lower for sign in _LINKS):
        return "link"
    if "`" in text:
        return "code"
    return "question" if _asks(text) else None


def _asks(text: str) -> bool:
    return "?" in text or not (text.isascii() or _QUESTION.search(text) is None)
