"""The grammar of /kudos: people and behaviours at either end, in any order, and a reason, left as it was written."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bot.domain.behaviours import Behaviour, named, titled
from bot.domain.plain import plain_words
from bot.domain.typed import Piece, What, pieces, written

LONGEST_TITLE = 4  # words

_PEOPLE = frozenset({What.PERSON, What.GROUP, What.NAME})
_ADDRESSED = _PEOPLE | {What.BROADCAST}  # a broadcast reaches nobody
_SIGNED = frozenset({What.TAG, What.CHANNEL, What.EMOJI, What.SIGN})
_JOIN_SIGNS = frozenset(",;:-–—|/+&、，：・.!！。")
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
    start = _front(everything)
    head, rest = everything[:start], everything[start:]
    end = _back(rest, bool(_people(head)))
    middle, tail = rest[:end], rest[end:]
    people = _people(head + tail) or _people(middle)
    meant = [*_behaviours(head), *_behaviours(tail), *filter(None, map(_tagged, middle))]
    return Draft(
        receivers=_values(people, What.PERSON),
        groups=_values(people, What.GROUP),
        behaviours=tuple(dict.fromkeys(meant)),
        reason=written(_reason(middle)),
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


def _front(found: Sequence[Piece]) -> int:
    """Where the people and behaviours before the reason end."""
    opening = _past(found, 0, _words().openings)
    place = opening if _is_item(found, opening) and found[opening].what in _ADDRESSED else 0
    while end := _item(found, _past(found, place, _words().joins), turned=False):
        place = end
    return place


def _back(found: list[Piece], has_receivers: bool) -> int:
    """Where the people and behaviours after the reason begin."""
    turned, place = found[::-1], 0
    while end := _item(turned, _past(turned, place, _words().joins), turned=True):
        place = end
    begin = len(found) - place
    return _given_back(found, begin) if has_receivers and not _apart(found, begin) else begin


def _apart(found: Sequence[Piece], place: int) -> bool:
    """Whether the sentence before this place is over."""
    return place in (0, len(found)) or "\n" in found[place].space or found[place - 1].shown in _SENTENCE_ENDS


def _given_back(found: Sequence[Piece], begin: int) -> int:
    """The end of "helping @kim and @lee #kindness": who stands next to the reason belongs to it."""
    return next((place for place in range(begin, len(found)) if _meant(found[place])), len(found))


def _past(found: Sequence[Piece], place: int, words: frozenset[str]) -> int:
    while place < len(found) and (found[place].shown in _JOIN_SIGNS or _key(found[place].shown) in words):
        place += 1
    return place


def _item(found: Sequence[Piece], place: int, *, turned: bool) -> int:
    """Where the person or behaviour that begins here ends, in quotes or not; 0 if there is none."""
    if _is_item(found, place):
        return place + 1
    quoted = [piece.shown in _QUOTE_SIGNS for piece in found[place : place + 3 : 2]]
    if quoted == [True, True] and _is_item(found, place + 1):
        return place + 3
    return _titles(found, place, turned=turned)


def _is_item(found: Sequence[Piece], place: int) -> bool:
    if place >= len(found):
        return False
    if found[place].what in _ADDRESSED:
        return not _is_possessive(found[place + 1 : place + 3])
    return _meant(found[place]) is not None


def _is_possessive(after: Sequence[Piece]) -> bool:
    return len(after) == 2 and after[0].shown in "'’" and after[1].what is What.WORD and not after[1].space


def _titles(found: Sequence[Piece], place: int, *, turned: bool) -> int:
    """Where the run of behaviours' titles ends that begins here, unless it is how the reason begins or ends."""
    end = 0
    while further := _title(found, place, turned=turned):
        end, place = further, _past(found, further, _words().joins)
    if turned:
        return end if _is_item(found, place) else 0
    return end if _is_bound(found, end, place) else 0


def _title(found: Sequence[Piece], place: int, *, turned: bool) -> int:
    for size in range(LONGEST_TITLE, 0, -1):
        words = [piece.shown for piece in found[place : place + size] if piece.what is What.WORD]
        if len(words) == size and titled(" ".join(words[::-1] if turned else words)):
            return place + size
    return 0


def _is_bound(found: Sequence[Piece], end: int, place: int) -> bool:
    """Whether a title that ends here stands by itself; `place` is past what joins."""
    if end == len(found) or found[end].shown in _JOIN_SIGNS:
        return True
    return bool(_lead(found[end:])) or _is_item(found, place)


def _people(found: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in found if piece.what in _PEOPLE]


def _values(found: Sequence[Piece], what: What) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.value for piece in found if piece.what is what))


def _behaviours(found: Sequence[Piece]) -> Iterator[Behaviour]:
    """Of what stands at an end, titles included."""
    for place, piece in enumerate(found):
        title = found[place : _title(found, place, turned=False)]
        if meant := _meant(piece) or titled(" ".join(piece.shown for piece in title)):
            yield meant


def _meant(piece: Piece) -> Behaviour | None:
    """The behaviour that a tag or an emoji names."""
    return named(piece.value) if piece.what in _SIGNED else None


def _tagged(piece: Piece) -> Behaviour | None:
    """Within the reason an emoji is only an emoji."""
    return named(piece.value) if piece.what in (What.TAG, What.CHANNEL) else None


def _reason(found: list[Piece]) -> list[Piece]:
    """Without the word or sign that leads to it, what led to the people after it, and quotes around all of it."""
    end = len(found)
    while end and _joins_people(found[end - 1]):
        end -= 1
    return _led(_unwrapped(_led(found[:end])))


def _joins_people(piece: Piece) -> bool:
    if piece.shown in _SENTENCE_ENDS:
        return False
    return piece.shown in _JOIN_SIGNS or _key(piece.shown) in _words().towards


def _led(found: list[Piece]) -> list[Piece]:
    signs = next((place for place, piece in enumerate(found) if piece.shown not in _JOIN_SIGNS), len(found))
    return found[signs + _lead(found[signs:]) :]


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
    return "".join(plain_words(word))


@cache
def _words() -> _Words:
    data = resources.files("bot.domain").joinpath("data", "kudos.toml").read_text(encoding="utf-8")
    return _Words(tomllib.loads(data))
