"""Until when somebody wants peace, as they type it: "until friday", "for 2 h", "tomorrow 10am".

The words for times are those of promises (bot/domain/said_times.py), but for what a day means: a promise "by Friday"
may be kept until that day's evening, while a pause "until Friday" is over when Friday's work begins.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from enum import Enum, auto
from zoneinfo import ZoneInfo

from bot.domain import said_times
from bot.domain.hours import NoWorkingTime, Schedule
from bot.domain.meant_times import LATEST, at_hour, day_of
from bot.domain.said_times import DAYS, PARTS, WEEKDAYS

LONGEST = 80  # characters that are read
USUAL_MORNING = time(9)  # where somebody has no hours at all
BEGINS = {"noon": time(12), "afternoon": time(13), "evening": time(18)}

_UNTIL = re.compile(r"(?:until|till|til|to|by)\s+(?P<rest>.+)")
_FOR = re.compile(r"(?:for|in)\s+(?P<rest>.+)")
_DAYS, _HOURS, _MINUTES = r"(\d{1,3}) ?d(?:ays?)?", r"(\d{1,4}) ?h(?:ours?|rs?)?", r"(\d{1,5}) ?m(?:in(?:ute)?s?)?"
_LENGTH = re.compile(rf"(?:{_DAYS})? ?(?:{_HOURS})? ?(?:{_MINUTES})?")
_COUNT = re.compile(r"\d|(?:an?|one|two|three|four|five|six|seven|ten|half|(?:a )?couple|(?:a )?few)\b")
_WORDS = ("until", *DAYS, *WEEKDAYS, *PARTS, "next", "week", "weeks", "days", "hour", "hours", "minutes", "half")


class Unclear(Enum):
    """Why no moment could be made of it."""

    WORDS = auto()
    PAST = auto()
    TOO_FAR = auto()


@dataclass(frozen=True, slots=True)
class Refused:
    """`meant` is how it was probably meant, where that can be read."""

    why: Unclear
    meant: str = ""


def read(typed: str, now: datetime, zone: str, schedule: Schedule) -> datetime | Refused:
    """The moment (UTC, after `now`) until which somebody wants peace. `schedule` is their own working time.

    Nothing typed is until tomorrow morning. A day is until its work begins; hours count on the clock, days and weeks
    in the calendar.
    """
    text = " ".join(typed[:LONGEST].casefold().split())
    local = now.astimezone(ZoneInfo(zone))
    moment = _moment(text, local, schedule)
    if moment is None:
        meant = _mended(text)
        return Refused(Unclear.WORDS, meant if _moment(meant, local, schedule) else "")
    if moment > now + LATEST:
        return Refused(Unclear.TOO_FAR)
    return moment.astimezone(UTC) if moment > now else Refused(Unclear.PAST)


def _moment(text: str, local: datetime, schedule: Schedule) -> datetime | None:
    if not text:
        return _work_begins(local.date() + timedelta(days=1), local, schedule)
    if named := _UNTIL.fullmatch(text):
        return _named(named["rest"], local, schedule)
    if length := _FOR.fullmatch(text):
        return _after(length["rest"], local, schedule)
    after = _after(text, local, schedule)
    return after or (None if text.isdigit() else _named(text, local, schedule))


def _after(text: str, local: datetime, schedule: Schedule) -> datetime | None:
    """2 h; 1h30m; half an hour; 2 days; a week; 3 working days."""
    if (exact := _LENGTH.fullmatch(text)) and any(exact.groups()):
        days, hours, minutes = (int(part or 0) for part in exact.groups())
        return _later(local, days, timedelta(hours=hours, minutes=minutes))
    said = said_times.alone(f"in {text}") if _COUNT.match(text) else None
    if said is None or said.part or said.time.minute is not None:
        return None
    if said.time.seconds:
        return _later(local, 0, timedelta(seconds=said.time.seconds))
    if said.time.day[:1] == "w" and said.time.day[1:].isdigit():
        return _work_begins(day_of(said.time.day, local.date(), schedule), local, schedule)
    return _later(local, int(said.time.day), timedelta()) if said.time.day.isdigit() else None


def _later(local: datetime, days: int, length: timedelta) -> datetime:
    """So many days on by the calendar, and then so long by the clock."""
    return (local + timedelta(days=days)).astimezone(UTC) + length


def _named(text: str, local: datetime, schedule: Schedule) -> datetime | None:
    """Friday; tomorrow 10am; monday afternoon; next week; 16:30."""
    said = said_times.alone(f"by {text}")
    if said is None or said.time.seconds or not _is_date(said.time.day):
        return None
    there = local.astimezone(ZoneInfo(said.time.zone)) if said.time.zone else local
    if said.time.minute is not None:
        return at_hour(said.time, there, schedule)
    day = _day(said.time.day, local.date(), schedule)
    if begins := BEGINS.get(said.part):
        return datetime.combine(day, begins, local.tzinfo)
    morning = _work_begins(day, local, schedule)
    if said.part == "end" or morning <= local:  # what is left of a day is over when the next one begins
        return _work_begins(day + timedelta(days=1), local, schedule)
    return morning


def _is_date(code: str) -> bool:
    """Whether a day that is named by its date is in any calendar."""
    try:
        return "-" not in code or bool(date(2024, int(code[:2]), int(code[3:])))
    except ValueError:
        return False


def _day(code: str, today: date, schedule: Schedule) -> date:
    """A week is over, and the next one there, on Monday."""
    if code.startswith("week"):
        return today + timedelta(days=7 - today.weekday())
    return day_of(code, today, schedule)


def _work_begins(day: date, local: datetime, schedule: Schedule) -> datetime:
    """When they next work from this date on."""
    try:
        return schedule.next_open(datetime.combine(day, time(0), local.tzinfo))
    except NoWorkingTime:
        return datetime.combine(day, USUAL_MORNING, local.tzinfo)


def _mended(text: str) -> str:
    """With the words in it that are probably slips put right; a number alone is probably one of hours."""
    if text.removeprefix("for ").isdigit():
        return f"for {text.removeprefix('for ')} h"
    return " ".join(_word(word) for word in text.split())


def _word(word: str) -> str:
    near = get_close_matches(word, _WORDS, 1, 0.7) if word.isalpha() and len(word) > 3 else []
    return near[0] if near else word
