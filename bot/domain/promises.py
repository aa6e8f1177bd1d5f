"""Whether a message of ours promises more: "let me check and get back to you by 3pm", "looking into it".

Each sentence is read by the phrases of data/promises.toml. When unsure, nothing was promised: a nudge about a promise
that nobody made is worse than none. Never read a customer's words with this; they promise us nothing.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.domain.hours import Schedule
from bot.domain.meant_times import resolved
from bot.domain.moments import ts_of
from bot.domain.plain import MENTION, plain_words
from bot.domain.promise_book import ANYWHERE, book
from bot.domain.said_times import Time, marked, times

LONGEST = 4000  # characters; of a longer message only the end is read, where people say what comes next
SOMETIME = "?"  # what stands for a time where none was named

SOON = frozenset({"peeks", "moments"})  # an answer often follows these in the same message
ONLY_WITH_TIME = frozenset({"dated", "dated_starts", "spans"})

_CONTRACTED = re.compile(r"(?<=\w)['’´`](ll|re|ve|m)\b", re.IGNORECASE)
_WHOLE = {"ll": " will", "re": " are", "ve": " have", "m": " am"}
_DOTTED = re.compile(r"\b([ap])\.\s?m\.?(?!\w)", re.IGNORECASE)
_CITED = re.compile(
    '```.{0,4000}?(?:```|$)|`[^`\n]{0,400}`|"[^"\n]{0,400}"|“[^”\n]{0,400}”|«[^»\n]{0,400}»|„[^“”\n]{0,400}[“”]',
    re.DOTALL,
)
_QUOTED_LINE = re.compile(r"^\s{0,20}(?:>|&gt;).*$", re.MULTILINE)
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\n+")
_CLAUSES = re.compile(r"[,;()–—、，]|:\s|\s-\s")
_QUOTE = re.compile('[`"“”«»„]')
_QUESTION = re.compile(r"[?？¿؟⁇][^\w]*$|か。?$")


class Promise(NamedTuple):
    """That there is more to come; `when` is None where no time was named."""

    when: Time | None = None

    @property
    def written(self) -> str:
        """As one word, for who keeps it beside a message."""
        return "|".join(str(part) for part in self.when) if self.when else SOMETIME

    @classmethod
    def of(cls, written: str) -> "Promise":
        """What `written` made. Raises ValueError for anything else."""
        if written == SOMETIME:
            return cls()
        day, minute, half, seconds, zone = written.split("|")
        return cls(Time(day, None if minute == "None" else int(minute), half == "True", int(seconds), zone))


class _Sentence(NamedTuple):
    """Its plain words, where its clauses begin, and whether it asks."""

    words: list[str]
    starts: list[int]
    asks: bool


class _Found(NamedTuple):
    kinds: frozenset[str]
    start: int
    end: int


def read(text: str) -> Promise | None:
    """What a message of ours in Slack's mrkdwn promises. Linear in the length of the text."""
    if not _may_promise(text[-LONGEST:]):
        return None
    text = _plain(text)
    sentences = [_sentence(part) for part in _SENTENCES.split(text) if part.strip()]
    open_question = any(sentence.asks for sentence in sentences)
    promised: Promise | None = None
    for sentence, is_last in zip(sentences, _are_last(sentences), strict=True):
        found = None if sentence.asks else _promise(sentence, open_question or not is_last)
        if found and (found.when or not (open_question or (promised and promised.when))):
            promised = found
    return promised


def _may_promise(text: str) -> bool:
    """Quickly; most messages hold no word of a promise, or only in a question."""
    asks = not text.isascii() or "?" in text
    parts = [part for part in _SENTENCES.split(text) if not _only_asks(part)] if asks else [text]
    return any(book().hints.are_in(part.casefold()) for part in parts)


def written(text: str) -> str:
    """What `read` reads, as one word; nothing where nothing is promised."""
    promise = read(text)
    return promise.written if promise else ""


def due_ts(written: str, said: datetime, zone: str, schedule: Schedule) -> str:
    """The `ts` by which more was promised, by the clock of who said so at `said`; SOMETIME where none was named."""
    promise = Promise.of(written)
    meant = resolved(promise.when, said, zone, schedule) if promise.when else None
    return ts_of(meant) if meant else SOMETIME


def _promise(sentence: _Sentence, may_answer: bool) -> Promise | None:
    """What this sentence promises; `may_answer`: what follows it in its message may be the answer, or it asks."""
    found = list(_found(sentence))
    spoilers = list(_spoilers(sentence)) if found else []
    found = [one for one in found if not any(_spoils(spoiler, one, sentence) for spoiler in spoilers)]
    if may_answer:
        found = [one for one in found if one.kinds - SOON]
    if not found:
        return None
    named = times(sentence.words)
    for one in found:
        if one.kinds - ONLY_WITH_TIME - SOON:
            return Promise(named[-1] if named else None)
    if named and any(_fits(one, sentence, named) for one in found):
        return Promise(named[-1])
    return Promise() if any(one.kinds & SOON for one in found) else None


def _fits(one: _Found, sentence: _Sentence, named: Sequence[Time]) -> bool:
    """Whether the time belongs to it: what follows "give me" at once is a length of time, or something else."""
    if one.kinds != {"spans"}:
        return True
    following = times(sentence.words[one.start : one.end + 4])
    return bool(following and following[0].seconds and following[0] == named[-1])


def _found(sentence: _Sentence) -> Iterator[_Found]:
    """The phrases that may promise, the longest of each place."""
    known, place = book().promising, 0
    begins = {_after_leads(sentence.words, start) for start in sentence.starts}
    while place < len(sentence.words):
        ends: dict[int, set[str]] = {}
        for end, kind in known.at(sentence.words, place):
            if kind in ANYWHERE or (place in begins and _has_room(sentence, kind, end)):
                ends.setdefault(end, set()).add(kind)
        if ends:
            end = max(ends)
            yield _Found(frozenset(kind for kinds in ends.values() for kind in kinds), place, end)
        place = max(ends, default=place + 1)


def _has_room(sentence: _Sentence, kind: str, end: int) -> bool:
    """A moment is asked for by a whole clause: "looking good" asks for none."""
    if kind != "moments":
        return True
    closes = next((start for start in sentence.starts if start >= end), len(sentence.words))
    rest = sentence.words[end:closes]
    more = any(True for _ in book().promising.at(sentence.words, end)) if rest else False
    return not rest or more or rest[0] in book().may_follow or _is_sign(rest[0])


def _spoilers(sentence: _Sentence) -> Iterator[_Found]:
    for place in range(len(sentence.words)):
        for end, kind in book().spoiling.at(sentence.words, place):
            yield _Found(frozenset({kind}), place, end)


def _spoils(spoiler: _Found, one: _Found, sentence: _Sentence) -> bool:
    """Whether it stands where it leaves no promise; within the phrase itself ("check if") it does not."""
    if one.start <= spoiler.start and spoiler.end <= one.end:
        return False
    if "within" in spoiler.kinds:
        return spoiler.start < one.start and not any(spoiler.start < start <= one.start for start in sentence.starts)
    return "spoil" in spoiler.kinds or spoiler.start < one.start


def _are_last(sentences: Sequence[_Sentence]) -> list[bool]:
    """Of each, whether nothing but courtesy, or more of the same, comes after."""
    last = [True]
    for sentence in reversed(sentences[1:]):
        last.append(last[-1] and bool(_is_courteous(sentence) or sentence.asks or next(_found(sentence), None)))
    return last[::-1][: len(sentences)]


def _is_courteous(sentence: _Sentence) -> bool:
    words = sentence.words
    return not words or all(map(_is_sign, words)) or any(True for _ in book().courteous.at(words, 0))


def _after_leads(words: list[str], place: int) -> int:
    """Where a clause begins once "ok, hi Ada" is said."""
    while place < len(words):
        end = max((end for end, _ in book().leading.at(words, place)), default=place)
        if end == place and (not _is_sign(words[place]) or any(book().promising.at(words, place))):
            return place
        place = max(end, place + 1)
    return place


def _is_sign(word: str) -> bool:
    """Whether it is a person, an emoji or the like."""
    return word == MENTION or not any(char.isalnum() for char in word.strip(":")) or (word[0] == ":" and len(word) > 1)


def _sentence(part: str) -> _Sentence:
    clauses = [clause for clause in _CLAUSES.split(part) if clause]
    asks = bool(_QUESTION.search(part.rstrip()))
    if asks and len(clauses) > 1 and _is_tag(plain_words(clauses[-1])):
        asks = False
        clauses.pop()
    words: list[str] = []
    starts: list[int] = []
    for clause in clauses:
        starts.append(len(words))
        words += plain_words(clause)
    return _Sentence(words, starts, asks)


def _only_asks(part: str) -> bool:
    """Whether it is a question of one clause, and none that is quoted: it promises nothing."""
    return bool(_QUESTION.search(part.rstrip())) and not _CLAUSES.search(part) and not _QUOTE.search(part)


def _is_tag(words: list[str]) -> bool:
    """Whether a question only asks for a nod: "by three, ok?" """
    words = [word for word in words if word != "?"]
    return bool(words) and any(end == len(words) for end, _ in book().tags.at(words, 0))


def _plain(text: str) -> str:
    """Without what is quoted, contractions written out, times as words of their own."""
    text = unicodedata.normalize("NFKC", text[-LONGEST:]).replace("&gt;", ">")
    text = _CITED.sub(" ", _QUOTED_LINE.sub("", text))
    text = _CONTRACTED.sub(lambda found: _WHOLE[found[1].lower()], text)
    return marked(_DOTTED.sub(r"\1m", text)).casefold()
