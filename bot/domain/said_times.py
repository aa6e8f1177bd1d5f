"""Times as people name them in a message: "by 3pm", "in two hours", "tomorrow morning", "bis Freitag Mittag".

Words say when only to those who know when and where they were said: bot/domain/meant_times.py gives the moment.
"""

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from bot.domain.data_files import load
from bot.domain.hours import NAMES
from bot.domain.phrases import Phrases
from bot.domain.plain import plain_words

PARTS = {"morning": 12 * 60, "noon": 12 * 60, "afternoon": 17 * 60, "evening": 20 * 60}  # minutes since midnight
DAYS = {"today": "0", "tomorrow": "1", "overmorrow": "2", "this_week": "week", "next_week": "week1"}
WEEKDAYS = {name.lower(): f"d{number}" for number, name in enumerate(NAMES)}
UNITS = {"minutes": 60, "hours": 3600}
FEW_MINUTES = 15
BY_DAY = {"days": 1, "weeks": 7}
_AFTER_HOUR = frozenset({"follows", "by", "near", "in", "theirs", "zone", "end", *DAYS, *WEEKDAYS, *PARTS})
_LEADING = frozenset({"by", "near", "in", "next", "follows", "one"})  # what may stand before a time and names none
EARLIEST = 7  # the hour from which a bare number after a small word may be one
APART = 2  # words that may stand between a day and its hour

_CLOCK = re.compile(r"(?<![\d./:-])([01]?\d|2[0-4])\s?[:.h]([0-5]\d)(?!\d|[:./-]\d)")
_ISO = re.compile(r"(?<![\d-])20\d\d-(0\d|1[0-2])-([0-3]\d)(?![\d-])")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)\b")
_TOUCHING = re.compile(r"(\d)(?=[^\W\d_])")
_MARK = re.compile(r"(clk|day)(\d{4})")


class Time(NamedTuple):
    """`day`: days from now, w with working days, d or n (next week's) with a weekday, week, week1, or MM-DD.

    `minute`: since midnight, None for a day's end; `half`: it may as well be twelve hours later. `seconds`: from now.
    """

    day: str = ""
    minute: int | None = None
    half: bool = False
    seconds: int = 0
    zone: str = ""


class Named(NamedTuple):
    """A time, and the part of its day where no hour is told: one of PARTS, or "end"."""

    time: Time
    part: str = ""


class _Token(NamedTuple):
    """An entry of the file, a number, or a word that means nothing here."""

    kinds: frozenset[str] = frozenset()
    value: int = -1
    zone: str = ""


class _Piece(NamedTuple):
    """What tokens from `start` on name: a time, or the `part` of a day."""

    start: int
    end: int
    time: Time = Time()
    part: str = ""


def marked(text: str) -> str:
    """The text with clock times and dates as words of their own, which stay whole when it is cut into words."""
    text = _ISO.sub(r" day\1\2 ", text)
    text = _CLOCK.sub(lambda found: f" clk{int(found[1]):02}{found[2]} ", text)
    return _TOUCHING.sub(r"\1 ", _ORDINAL.sub(r"\1", text))


def times(words: list[str]) -> list[Time]:
    """The times named in these plain words of a marked text, in order."""
    return list(_joined(_pieces(list(_tokens(words)))))


def alone(text: str) -> Named | None:
    """The time that a text names and nothing besides, such as what was typed where only a time may stand."""
    tokens = list(_tokens(plain_words(marked(text))))
    pieces = _pieces(tokens)
    held = {place for piece in pieces for place in range(piece.start, piece.end)}
    besides = [token for place, token in enumerate(tokens) if place not in held]
    if len(list(_joined(pieces))) != 1 or not all(token.kinds and token.kinds <= _LEADING for token in besides):
        return None
    if any(piece.time.minute is not None for piece in pieces):
        return Named(_one(pieces))
    part = next((piece.part for piece in pieces if piece.part), "")
    return Named(_one([piece._replace(part="") for piece in pieces]), part)


def _pieces(tokens: Sequence[_Token]) -> list[_Piece]:
    found: list[_Piece] = []
    place = 0
    while place < len(tokens):
        piece = _span(tokens, place) or _hour(tokens, place) or _date(tokens, place) or _named(tokens, place)
        place = piece.end if piece else place + 1
        if piece and not (piece.start and "from" in tokens[piece.start - 1].kinds):
            found.append(piece)
    return found


# From words to tokens.


def _tokens(words: list[str]) -> Iterator[_Token]:
    place = 0
    while place < len(words):
        place, token = _token(words, place)
        yield token


def _token(words: list[str], place: int) -> tuple[int, _Token]:
    word = words[place]
    if mark := _MARK.fullmatch(word):
        return place + 1, _Token(frozenset({mark[1]}), int(mark[2]))
    if len(word) <= 3 and word.isascii() and word.isdigit():
        return place + 1, _Token(frozenset({"number"}), int(word))
    ends: dict[int, list[str]] = {}
    for end, kind in _vocabulary().at(words, place):
        ends.setdefault(end, []).append(kind)
    return (max(ends), _entry(ends[max(ends)])) if ends else (place + 1, _Token())


def _entry(kinds: Sequence[str]) -> _Token:
    """A token of all that the longest entry may mean."""
    names, value, zone = set(), -1, ""
    for kind in kinds:
        name, _, more = kind.partition("=")
        names.update(name.split("+"))
        value, zone = (int(more), zone) if more.isdigit() else (value, more or zone)
    return _Token(frozenset(names), value, zone)


@cache
def _vocabulary() -> Phrases:
    data = load("times")
    phrases = Phrases({})
    entries = [(kind, entry) for kind, entries in data["words"].items() for entry in entries]
    for name, kind in (("numbers", "number"), ("months", "month"), ("zones", "zone")):
        entries += [(f"{kind}={value}", entry) for value, listed in data[name].items() for entry in listed]
    for kind, entry in entries:
        phrases.add(kind, plain_words(entry))
    return phrases


# From tokens to pieces of a time.


def _has(tokens: Sequence[_Token], place: int, *kinds: str) -> bool:
    return 0 <= place < len(tokens) and not tokens[place].kinds.isdisjoint(kinds)


def _kinds(tokens: Sequence[_Token], place: int) -> frozenset[str]:
    return tokens[place].kinds if place < len(tokens) else frozenset()


def _span(tokens: Sequence[_Token], place: int) -> _Piece | None:
    """In two hours; 30分以内."""
    after = _has(tokens, place, "in")
    here = place + 1 if after else place
    vague = _has(tokens, here, "few", "couple")
    count, here = _count(tokens, here)
    if _has(tokens, here, "half_hour"):
        time = Time(seconds=1800)
    elif count and (found := _of_unit(count, _kinds(tokens, here), vague=vague)):
        time = found
    else:
        return None
    here += 1
    return _Piece(place, here, time) if after or _has(tokens, here, "hence") else None


def _count(tokens: Sequence[_Token], place: int) -> tuple[int, int]:
    """How many, and where that ends: of "2 or 3" the second; a few are three. None where it is not said: 0."""
    few, here = 0, place
    while _has(tokens, here, "one", "few", "couple", "number", "or", "next") and here < place + 4:
        if _has(tokens, here, "number"):
            few = tokens[here].value
        elif _has(tokens, here, "few", "couple"):
            few = 3 if _has(tokens, here, "few") else 2
        elif _has(tokens, here, "one"):
            few = few or 1
        if _has(tokens, here, "hours") and "one" in tokens[here].kinds:
            return 1, here  # un'ora
        here += 1
    return few, here


def _of_unit(count: int, unit: frozenset[str], *, vague: bool) -> Time | None:
    """A length of time from now; days end with their working day."""
    for name, seconds in UNITS.items():
        if name in unit:
            return Time(seconds=seconds * (FEW_MINUTES if vague and name == "minutes" else count))
    if "workdays" in unit:
        return Time(f"w{count}")
    return next((Time(str(count * days)) for name, days in BY_DAY.items() if name in unit), None)


def _hour(tokens: Sequence[_Token], place: int) -> _Piece | None:
    """By 3pm; bis 15 Uhr; 15:30."""
    here = place
    while _has(tokens, here, "by", "near"):
        here += 1
    lead = frozenset[str]().union(*(token.kinds for token in tokens[place:here]))
    minute = _minute(tokens[here]) if here < len(tokens) else None
    if minute is None or not (_is_told(tokens, here, lead) or _is_led(tokens, here, lead)):
        return None
    told = _suffix(tokens, here, lead)
    half = not told & {"am", "pm", "uhr"} and 60 <= minute < 13 * 60
    end = here + (2 if told else 1)
    if _has(tokens, end, "theirs"):
        return None  # where they are, is not known here
    zone = tokens[end].zone if _has(tokens, end, "zone") else ""
    return _Piece(place, end + bool(zone), Time(minute=_of_day(minute, told), half=half, zone=zone))


def _suffix(tokens: Sequence[_Token], here: int, lead: Container[str]) -> frozenset[str]:
    """What makes the number at `here` an hour; "uur" and its like may count hours, unless `lead` says otherwise."""
    if not _has(tokens, here + 1, "am", "pm", "oclock", "uhr"):
        return frozenset()
    counts = _has(tokens, here + 1, "hours") and not _has(tokens, here, "clk") and not lead
    return frozenset() if counts else tokens[here + 1].kinds


def _is_told(tokens: Sequence[_Token], here: int, lead: Container[str]) -> bool:
    """Whether it says by itself that it is an hour: 3pm, 15 Uhr, 15:30 CET, tomorrow 15:30."""
    if _suffix(tokens, here, lead):
        return True
    beside = any(_has(tokens, one, "zone", "day", "month", *DAYS, *WEEKDAYS) for one in (here - 1, here + 1))
    return _has(tokens, here, "clk") and (bool(lead) or beside)


def _is_led(tokens: Sequence[_Token], here: int, lead: Container[str]) -> bool:
    """Whether what leads there makes it an hour: "by 3" is one, "by 3 people" is none."""
    clear = "by" in lead or ("near" in lead and tokens[here].value >= EARLIEST)
    return clear and (here + 1 >= len(tokens) or _has(tokens, here + 1, *_AFTER_HOUR))


def _minute(token: _Token) -> int | None:
    if "clk" in token.kinds:
        return min(token.value // 100 * 60 + token.value % 100, 24 * 60 - 1)
    return token.value * 60 if "number" in token.kinds and 0 < token.value < 24 else None


def _of_day(minute: int, told: frozenset[str]) -> int:
    if "pm" in told and minute < 12 * 60:
        return minute + 12 * 60
    return minute - 12 * 60 if "am" in told and 12 * 60 <= minute < 13 * 60 else minute


def _date(tokens: Sequence[_Token], place: int) -> _Piece | None:
    """March 5; 5 de marzo; 2026-03-05."""
    if _has(tokens, place, "day"):
        return _Piece(place, place + 1, Time(_month_day(*divmod(tokens[place].value, 100))))
    for month, number, end in ((0, 1, 2), (1, 0, 2), (2, 0, 3)):
        if _has(tokens, place + month, "month") and _has(tokens, place + number, "number"):
            return _Piece(
                place, place + end, Time(_month_day(tokens[place + month].value, tokens[place + number].value))
            )
    return None


def _month_day(month: int, day: int) -> str:
    return f"{month:02}-{day:02}"


def _named(tokens: Sequence[_Token], place: int) -> _Piece | None:
    """A day, a part of one, or both."""
    kinds = tokens[place].kinds
    part = next((part for part in ("end", *PARTS) if part in kinds), "")
    day = next((code for name, code in (DAYS | WEEKDAYS).items() if name in kinds), "")
    if day.startswith("d") and _has(tokens, place - 1, "next"):
        day = f"n{day[1:]}"
    return _Piece(place, place + 1, Time(day), part) if day or part else None


def _joined(found: Sequence[_Piece]) -> Iterator[Time]:
    """Pieces beside each other are one time: a day, its part, its hour."""
    groups: list[list[_Piece]] = []
    for piece in found:
        near = groups and piece.start - groups[-1][-1].end <= APART
        if near and not any(_same_sort(piece, other) for other in groups[-1]):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    for group in groups:
        yield _one(group)


def _same_sort(one: _Piece, other: _Piece) -> bool:
    """Whether both say the same sort of thing, and not the same: two hours are two times."""
    if one.time.seconds or other.time.seconds:
        return True
    both = [(p.time.day, p.part, p.time.minute) for p in (one, other)]
    return any(a not in ("", None, b) and b not in ("", None) for a, b in zip(*both, strict=True))


def _one(group: Sequence[_Piece]) -> Time:
    day = next((piece.time.day for piece in group if piece.time.day), "")
    part = next((piece.part for piece in group if piece.part), "")
    clock = next((piece.time for piece in group if piece.time.minute is not None or piece.time.seconds), None)
    if clock is None:
        return Time(day or ("0" if part == "end" else ""), PARTS.get(part))
    minute, half = clock.minute, clock.half
    if minute is not None and part in PARTS:
        late = part in ("afternoon", "evening") and minute < 12 * 60
        minute, half = minute + (12 * 60 if late else 0), False
    return clock._replace(day=day, minute=minute, half=half)
