"""Single values of a setup, read from plain data; and the table that collects what is wrong with them."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import TypeVar
from unicodedata import category

from bot.domain.pulse import FLOOR
from bot.domain.setup import Finding, Path
from bot.domain.weekly import Weekly, read_hour

T = TypeVar("T")
Word = TypeVar("Word", bound=str)
LONGEST = timedelta(days=30)
OFF = "off"
MOST_ANSWERS = 1000
SENTENCE, PARAGRAPH = 200, 500  # characters
DURATION = re.compile(r"(?=\d)(?:(\d{1,5})h)?\s*(?:(\d{1,6})m)?\s*(?:(\d{1,7})s)?")
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
REGION = re.compile(r"[^\W_](?:[\w .'-]{0,48}[^\W_])?")
EMOJI = re.compile(r":?([\w+'-]{1,100}):?")
UNSEEN = {"Cc", "Cs", "Zl", "Zp"}  # controls, halves of characters, line breaks


class Wrong(ValueError):
    """A value that cannot stand; the message says what would."""


class Table:
    """One table being read. A key that nobody asked for by the time it closes is unknown."""

    def __init__(self, data: object, path: Path, found: list[Finding], shape: str = "a table") -> None:
        self.path, self._found, self._asked = path, found, list[str]()
        self.data: Mapping[str, object] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.wrong(f"{shape} is needed, not {shown(data)}")

    def wrong(self, sentence: str, *at: str | int) -> None:
        self._found.append(Finding((*self.path, *at), sentence))

    def take(self, key: str, read: Callable[[object], T], default: T) -> T:
        """The value, or the default when it is missing or wrong."""
        self._asked.append(key)
        if key not in self.data:
            return default
        try:
            return read(self.data[key])
        except Wrong as wrong:
            self.wrong(str(wrong), key)
            return default

    def need(self, key: str, read: Callable[[object], T], default: T) -> T:
        """As `take`, but the key has to be there."""
        if key not in self.data:
            self.wrong(f"`{key}` is missing")
        return self.take(key, read, default)

    def each(self, key: str, read: Callable[[object], T]) -> tuple[T, ...]:
        """The right items of a list; an item that stands there twice counts once, and is wrong."""
        values: list[T] = []
        for place, item in enumerate(self._items(key)):
            try:
                value = read(item)
            except Wrong as wrong:
                self.wrong(str(wrong), key, place)
                continue
            if value in values:
                self.wrong(f"{shown(item)} stands here twice: take one out", key, place)
            else:
                values.append(value)
        return tuple(values)

    def check(self, read: Callable[[object], object], name: str) -> None:
        """The name of the table itself."""
        try:
            read(name)
        except Wrong as wrong:
            self.wrong(str(wrong))

    def table(self, key: str, shape: str = "a table") -> "Table":
        """The table under this key; an empty one when there is none."""
        self._asked.append(key)
        return Table(self.data.get(key, {}), (*self.path, key), self._found, shape)

    def rows(self, key: str) -> "Iterator[Table]":
        """The tables of a list of tables."""
        for place, item in enumerate(self._items(key)):
            yield Table(item, (*self.path, key, place), self._found)

    def close(self, *also: str, hints: Mapping[str, str] | None = None) -> None:
        """Reports the keys that nobody asked for. `also` may be meant by them; `hints` are for certain ones."""
        for key in self.data:
            if key not in self._asked:
                hint = (hints or {}).get(key) or meant(key, [*self._asked, *also])
                self.wrong(f"`{key}` is not known here{hint}", key)

    def _items(self, key: str) -> list[object]:
        self._asked.append(key)
        value = self.data.get(key, [])
        if isinstance(value, list):
            return value
        self.wrong(f"a list is needed: [{shown(value)}]", key)
        return [value]


def shown(value: object) -> str:
    """The value as the file has it, cut to what fits in a sentence."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else f"{text[:37]}..."


def meant(word: str, known: list[str]) -> str:
    """A hint with the nearest word that is known, or with all when there are few; else nothing."""
    near = get_close_matches(word.lower(), known, 1) or [name for name in known if word.startswith(name)]
    if near:
        return f": did you mean `{near[0]}`?"
    return f": it may be {either(known)}" if 0 < len(known) <= 12 else ""


def either(words: Sequence[str]) -> str:
    """`a`, `b` or `c`."""
    quoted = [f"`{word}`" for word in words]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))


def words(value: object) -> str:
    """A name that people read: one line, at most 80 characters."""
    if not isinstance(value, str) or not value.strip() or len(value) > 80 or UNSEEN & set(map(category, value)):
        raise Wrong(f"a short text on one line is needed, not {shown(value)}")
    return value


def sentence(value: object) -> str:
    """A sentence of people's own: one line, at most 200 characters."""
    return _text(value, SENTENCE, "a sentence")


def paragraph(value: object) -> str:
    """A few sentences of people's own: one line, at most 500 characters."""
    return _text(value, PARAGRAPH, "a few sentences")


def _text(value: object, most: int, what: str) -> str:
    if not isinstance(value, str) or not value.strip() or UNSEEN & set(map(category, value)):
        raise Wrong(f"{what} on one line, in quotes, is needed, not {shown(value)}")
    if len(value) > most:
        raise Wrong(f"{shown(value)} is too long: {what} of at most {most} characters is needed")
    return value


def team_key(value: object) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise Wrong(f"{shown(value)} cannot be a team's key: use small letters, digits, - and _, like `care`")
    return value


def one_of(allowed: tuple[Word, ...]) -> Callable[[object], Word]:
    def read(value: object) -> Word:
        for word in allowed:
            if word == value:
                return word
        raise Wrong(f"{shown(value)} is not possible: it may be {either(allowed)}")

    return read


def slack_id(letters: str, what: str) -> Callable[[object], str]:
    """Ids are known by their shape alone: the first letter says what they name."""
    shape = re.compile(rf"[{letters}][A-Z0-9]{{1,29}}")

    def read(value: object) -> str:
        if not isinstance(value, str) or not shape.fullmatch(value):
            raise Wrong(f"{shown(value)} is not {what}")
        return value

    return read


_BY_PROFILE = "like U01AB2CD3EF (in their profile, under ⋮: Copy member ID)"
person = slack_id("UW", f"the id of a person, {_BY_PROFILE}")
person_or_group = slack_id("UWS", f"the id of a person, {_BY_PROFILE}, or of a user group, like S01AB2CD3EF")
channel_id = slack_id("CG", "the id of a channel, like C01AB2CD3EF (at the bottom of the channel's details)")
app_id = slack_id("BA", "the id of an app, like A01AB2CD3EF, or of its bot, like B01AB2CD3EF")


def duration(value: object) -> timedelta:
    """ "1h30m", "45m", "90s": working time, so no days."""
    match = DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise Wrong(f'{shown(value)} is not a working time: write it like "45m", "2h" or "1h30m"')
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if not timedelta(0) < length <= LONGEST:
        raise Wrong(f"{shown(value)} is not possible: a target is more than nothing and at most 720h")
    return length


def duration_text(length: timedelta) -> str:
    """What `duration` reads back, in whole seconds."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "m"), (seconds, "s"))
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "0m"


def breather(value: object) -> timedelta:
    """As `duration`; "off" is none."""
    if value == OFF:
        return timedelta(0)
    try:
        return duration(value)
    except Wrong:
        raise Wrong(f'{shown(value)} is not a breather: write it like "30m", or "{OFF}"') from None


def breather_text(length: timedelta) -> str:
    """What `breather` reads back."""
    return duration_text(length) if length else OFF


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong(f"{shown(value)} is not possible: it may be true or false")
    return value


def percent(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1000:
        raise Wrong(f"{shown(value)} is not a share of the target: a whole number from 1 to 1000 is needed")
    return value


def whole(noun: str, least: int, most: int) -> Callable[[object], int]:
    """So many of them."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Wrong(f"{shown(value)} is not a number of {noun}: a whole number from {least} to {most} is needed")
        return value

    return read


def emoji(value: object) -> str:
    """The name that Slack shows between colons, which may be left out."""
    match = EMOJI.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise Wrong(f'{shown(value)} is not the name of an emoji: write it like "sparkling_heart"')
    return match[1]


def day(value: object) -> date:
    """A date of TOML, or its text as JSON has it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and len(value) == len("2026-12-24"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Wrong(f"{shown(value)} is not a day: write it like 2026-12-24")


def weekly(value: object) -> Weekly | None:
    """ "mon 09:00"; None for "off"."""
    if value == OFF:
        return None
    weekday, minute = (isinstance(value, str) and read_hour(value)) or (None, 0)
    if weekday is None:
        raise Wrong(f'{shown(value)} is not an hour of the week: write it like "mon 09:00", or "{OFF}"')
    return Weekly(weekday, minute)


def weekly_text(chosen: Weekly | None) -> str:
    """What `weekly` reads back."""
    return str(chosen or OFF)


def pulse(value: object) -> int | None:
    """From how many answers on one is told; None for "off". Fewer than FLOOR would tell of people."""
    if value == OFF:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not FLOOR <= value <= MOST_ANSWERS:
        raise Wrong(f'{shown(value)} is not a number of answers: {FLOOR} at least are needed, or "{OFF}"')
    return value


def pulse_data(floor: int | None) -> int | str:
    """What `pulse` reads back."""
    return OFF if floor is None else floor


def country(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch("[A-Z]{2}", value):
        raise Wrong(f'{shown(value)} is not a country: its two capital letters are needed, like "DE"')
    return value


def region(value: object) -> str:
    """A part of the country as ISO 3166-2 has it, with or without the country: "CA", "US-CA"."""
    if not isinstance(value, str) or not REGION.fullmatch(value):
        raise Wrong(f'{shown(value)} is not a region: its code is needed, like "CA" or "US-CA"')
    return value
