"""Absences in a calendar: whose an event is, by the names in it, and from when until when it lasts where they are."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a calendar. Whole days are dates, the end exclusive; a time without a zone is where people are."""

    summary: str
    starts: date | datetime
    ends: date | datetime
    attendees: tuple[str, ...] = ()


class Absence(NamedTuple):
    """UTC moments."""

    user: str
    starts_at: datetime
    ends_at: datetime


def whose(event: Event, names: Mapping[str, str]) -> str | None:
    """The one person (of id -> name) that the attendees name, else the summary; None where it is nobody, or several.

    Who is named in more words wins: "Ana Reis" is not "Ana".
    """
    invited = {user for attendee in event.attendees for user in _named(attendee, names)}
    found = invited or set(_named(event.summary, names))
    return found.pop() if len(found) == 1 else None


def absence(event: Event, user: str, zone: str) -> Absence | None:
    """When this person is away; None for an event that takes no time."""
    starts_at, ends_at = _moment(event.starts, zone), _moment(event.ends, zone)
    return Absence(user, starts_at, ends_at) if starts_at < ends_at else None


def _named(text: str, names: Mapping[str, str]) -> Sequence[str]:
    words = list(_words(text))
    hits = {
        user: len(wanted) for user, name in names.items() if (wanted := list(_words(name))) and _within(wanted, words)
    }
    most = max(hits.values(), default=0)
    return [user for user, count in hits.items() if count == most]


def _words(text: str) -> Iterator[str]:
    """Without case and accents."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return (found[0] for found in _WORD.finditer(plain.casefold()))


def _within(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return any(words[place : place + len(wanted)] == wanted for place in range(len(words)))


def _moment(at: date | datetime, zone: str) -> datetime:
    if not isinstance(at, datetime):
        at = datetime.combine(at, time.min)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def current(absences: Iterable[Absence], now: datetime, horizon: timedelta) -> set[Absence]:
    """Those that are not over, and begin within the horizon."""
    return {one for one in absences if one.ends_at > now and one.starts_at < now + horizon}
