"""The grammar of /kudos: people and behaviours at either end, in any order, and a reason, left as it was written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.domain.behaviours import Behaviour, named, titled
from bot.domain.data_files import load
from bot.domain.plain import plain_words
from bot.domain.typed import Piece, What, pieces, written

LONGEST_TITLE = 4  # words
LONGEST_WORD = 20  # characters of a word in data/kudos.toml

_PEOPLE = frozenset({What.PERSON, What.GROUP, What.NAME})
_ADDRESSED = _PEOPLE | {What.BROADCAST}  # a broadcast reaches nobody
_SIGNED = frozenset({What.TAG, What.CHANNEL, What.EMOJI, What.SIGN})
_JOIN_SIGNS = frozenset(",;:-–—|/+&、，：・.!！。")
_TIGHT_SIGNS = frozenset(",;:-–—、，：")  # these join what they touch
_SENTENCE_ENDS = frozenset(".!?;…。！？")
_QUOTES = frozenset(('""', "“”", "„“", "„”", "””", "««", "«»", "»«", "‹›", "''", "‘’", "’’", "「」", "『』"))
_QUOTE_SIGNS = frozenset("".join(_QUOTES))


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed, read; nothing is checked yet. `groups` are user groups (S…), not looked up.

    `reason` is plain text: no markup is left in it. `unknown` are names that did not arrive as ids, without "@".
    """

    receivers: tuple[str, ...]
    groups: tuple[str, ...]
    behaviours: tuple[Behaviour, ...]
    reason: str
    unknown: tuple[str, ...] = ()


def read(text: str) -> Draft:
    """Read what was typed after /kudos, people and channels escaped by Slack. Linear in the length of any text.

    People within the reason are receivers only if there are none at its ends.
    """
    everything = _unwrapped(pieces(text))
    start = _End(everything).length()
    head, rest = everything[:start], everything[start:]
    end = _tail(rest, bool(_people(head)))
    middle, tail = rest[:end], rest[end:]
    people = _people(head + tail) or _people(middle)
    meant = [*_behaviours(head), *_behaviours(tail), *filter(None, map(_tagged, middle))]
    return Draft(
        receivers=_values(people, What.PERSON),
        groups=_values(people, What.GROUP),
        behaviours=tuple(dict.fromkeys(meant)),
        reason=written(_reason(middle, has_tail=bool(tail))),
        unknown=_values(people, What.NAME),
    )


class _Words:
    """data/kudos.toml, ready to read by."""

    def __init__(self, data: dict[str, list[str]]) -> None:
        self.joins = frozenset(map(_key, data["joins"]))
        self.openings = frozenset(map(_key, data["openings"]))
        self.towards = frozenset(map(_key, data["towards"]))
        self.leads = frozenset(tuple(map(_key, lead.split())) for lead in data["leads"])
        self.not_after_leads = frozenset(map(_key, data["not_after_leads"]))


@dataclass(frozen=True, slots=True)
class _End:
    """The text read from one of its ends inwards; `turned`: from the last piece on."""

    found: Sequence[Piece]
    turned: bool = False

    def length(self) -> int:
        """How many pieces the people and behaviours at this end take."""
        place = 0 if self.turned else self.opening()
        while end := self.item(self.past(place, _words().joins)):
            place = end
        return place

    def opening(self) -> int:
        """Where the first person is after "a big thank you to", or 0."""
        place = self.past(0, _words().openings)
        return place if self.is_item(place) and self.found[place].what in _ADDRESSED else 0

    def past(self, place: int, words: frozenset[str]) -> int:
        """The first place from here that neither these words nor a sign that joins takes."""
        while place < len(self.found) and _joins(self.found[place], words):
            place += 1
        return place

    def item(self, place: int) -> int:
        """Where the person or behaviour that begins here ends, in quotes or not; 0 if there is none."""
        if self.is_item(place):
            return place + 1 + self.has_suffix(place + 1)
        quoted = [piece.shown in _QUOTE_SIGNS for piece in self.found[place : place + 3 : 2]]
        return place + 3 if quoted == [True, True] and self.is_item(place + 1) else self.titles(place)

    def is_item(self, place: int) -> bool:
        """Whether a person or a sign stands here, and no sentence goes on from it: "@ana's work"."""
        if place >= len(self.found):
            return False
        if self.found[place].what in _ADDRESSED:
            return self.turned or not _goes_on(self.found[place + 1 : place + 3])
        return _meant(self.found[place]) is not None

    def has_suffix(self, place: int) -> bool:
        """Whether a word that joins, such as さん, hangs on to the piece before."""
        suffix = self.found[place : place + 1]
        return not self.turned and any(_hangs_on(piece) and _joins(piece, _words().joins) for piece in suffix)

    def titles(self, place: int) -> int:
        """Where the run of behaviours' titles ends that begins here, unless it is a part of the reason."""
        end = 0
        while further := self.title(place):
            end, place = further, self.past(further, _words().joins)
        return end if end and (self.is_item(place) or (not self.turned and _is_over(self.found[end : end + 3]))) else 0

    def title(self, place: int) -> int:
        """Where the one title ends that begins here, or 0."""
        for size in range(LONGEST_TITLE, 0, -1):
            words = [piece.shown for piece in self.found[place : place + size] if piece.what is What.WORD]
            if len(words) == size and titled(" ".join(words[::-1] if self.turned else words)):
                return place + size
        return 0


def _goes_on(after: Sequence[Piece]) -> bool:
    """Whether what follows a person makes it a word of the sentence: 's, or Japanese other than さん."""
    if not after or after[0].space:
        return False
    if after[0].shown in "'’":
        return len(after) == 2 and _hangs_on(after[1])
    return "\u3041" <= after[0].shown[0] <= "\u309f" and not _joins(after[0], _words().joins)


def _is_over(after: Sequence[Piece]) -> bool:
    """Whether a title before this stands by itself."""
    return not after or after[0].shown in _JOIN_SIGNS or bool(_lead(after))


def _hangs_on(piece: Piece) -> bool:
    return piece.what is What.WORD and not piece.space


def _joins(piece: Piece, words: frozenset[str]) -> bool:
    return piece.shown in _JOIN_SIGNS or _key(piece.shown) in words


def _tail(found: list[Piece], has_receivers: bool) -> int:
    """Where the people and behaviours after the reason begin."""
    begin = len(found) - _End(found[::-1], turned=True).length()
    return _given_back(found, begin) if has_receivers and not _apart(found, begin) else begin


def _apart(found: Sequence[Piece], place: int) -> bool:
    """Whether the sentence before this place is over."""
    return place in (0, len(found)) or "\n" in found[place].space or found[place - 1].shown in _SENTENCE_ENDS


def _given_back(found: Sequence[Piece], begin: int) -> int:
    """The end of "helping @kim and @lee #kindness": who stands next to the reason belongs to it."""
    return next((place for place in range(begin, len(found)) if _meant(found[place])), len(found))


def _people(found: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in found if piece.what in _PEOPLE]


def _values(found: Sequence[Piece], what: What) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.value for piece in found if piece.what is what))


def _behaviours(found: Sequence[Piece]) -> Iterator[Behaviour]:
    """Of what stands at an end, titles included."""
    for place, piece in enumerate(found):
        title = found[place : _End(found).title(place)]
        if meant := _meant(piece) or titled(" ".join(word.shown for word in title)):
            yield meant


def _meant(piece: Piece) -> Behaviour | None:
    """The behaviour that a tag or an emoji names."""
    return named(piece.value) if piece.what in _SIGNED else None


def _tagged(piece: Piece) -> Behaviour | None:
    """Within the reason an emoji is only an emoji."""
    return named(piece.value) if piece.what in (What.TAG, What.CHANNEL) else None


def _reason(found: list[Piece], has_tail: bool) -> list[Piece]:
    """Without the word or sign that leads to it, what led to the people after it, and quotes around all of it."""
    end = len(found)
    while has_tail and end and _leads_on(found[end - 1]):
        end -= 1
    return _led(_unwrapped(_led(found[:end])))


def _leads_on(piece: Piece) -> bool:
    """Whether a reason's last word only led to the people after it; "C++" does not."""
    if piece.shown in _JOIN_SIGNS - _SENTENCE_ENDS:
        return bool(piece.space) or piece.shown in _TIGHT_SIGNS
    return _key(piece.shown) in _words().towards


def _led(found: list[Piece]) -> list[Piece]:
    """Without the colon or dash before a reason, which is neither the eyes of a face nor the plus of "+1"."""
    start = next((place for place, piece in enumerate(found) if piece.shown not in _JOIN_SIGNS), len(found))
    touches = all(piece.shown in _TIGHT_SIGNS for piece in found[:start])
    for after in found[start : start + 1]:
        if not after.space and (after.what is What.SIGN or not touches):
            start = 0
    return found[start + _lead(found[start : start + 3]) :]


def _lead(found: Sequence[Piece]) -> int:
    """How many words lead to the reason, of those that may be missing."""
    keys = [_key(piece.shown) for piece in found[:3]]
    for size in (2, 1):
        if tuple(keys[:size]) in _words().leads and not _words().not_after_leads.intersection(keys[size : size + 1]):
            return size
    return 0


def _unwrapped(found: list[Piece]) -> list[Piece]:
    """Without the quotes around all of it, unless there are others between."""
    if len(found) < 2 or found[0].shown + found[-1].shown not in _QUOTES:
        return found
    inner = found[1:-1]
    return found if any(piece.shown in _QUOTE_SIGNS for piece in inner) else inner


def _key(word: str) -> str:
    return "".join(plain_words(word)) if len(word) <= LONGEST_WORD else ""


@cache
def _words() -> _Words:
    return _Words(load("kudos"))
