"""A person's own week, as they type it: "mon-thu 9:00-13:00, fri 9-12 13-15"."""

import re
from collections import defaultdict

from bot.domain.hours import NAMES as DAY_NAMES
from bot.domain.hours import BadHours, Days, Week
from bot.domain.setup import Finding
from bot.domain.setup_hours import DAYS, read_own
from bot.domain.setup_values import Table
from bot.domain.weekly import read_hour

LONGEST = 200  # characters that are read

_GROUPS = {
    "weekdays": "mon-fri",
    "every day": "mon-sun",
    "daily": "mon-sun",
    "weekend": "sat-sun",
    "weekends": "sat-sun",
}
_DASH = re.compile(r"\s*(?:[-–—]|\bto\b|\buntil\b|\bbis\b)\s*")
_BETWEEN = re.compile(r"\s*(?:[,;&+]|\band\b)\s*|\s+")
_HALF = re.compile(r"(\d) +(am|pm)\b")


def read(typed: str) -> Days | str:
    """The blocks of each day, Monday first; a day that is not named is free. Else a sentence that says what is wrong.

    Whoever names no day, or no hour, has not said enough: that is an empty sentence.
    """
    named: dict[str, list[str]] = defaultdict(list)
    days: list[str] = []
    fresh = True  # whether the next day begins a new row
    for word in _words(typed):
        if block := _block(word):
            for day in days:
                named[day].append(block)
            fresh = True
        elif day := _day(word):
            days = [day] if fresh else [*days, day]
            fresh = False
        else:
            return f"“{word}” is neither a day nor hours."
    if fresh is False or not named:
        return ""
    return _checked(named)


def _words(typed: str) -> list[str]:
    text = " ".join(typed[:LONGEST].casefold().split())
    for name, days in _GROUPS.items():
        text = re.sub(rf"\b{name}\b", days, text)
    return [word for word in _BETWEEN.split(_DASH.sub("-", _HALF.sub(r"\1\2", text))) if word]


def _day(word: str) -> str:
    """ "mondays" or "tue-friday" as the setup has it; "" for what is no day."""
    parts = [_short(part) for part in word.split("-")]
    return "-".join(parts) if all(parts) and len(parts) <= 2 else ""


def _short(word: str) -> str:
    """As far as it is written it has to be the day's name, three letters at least."""
    name = word.rstrip(".").removesuffix("s") if len(word) > 4 else word.rstrip(".")
    found = [
        day for day, whole in zip(DAYS, DAY_NAMES, strict=True) if len(name) >= 3 and whole.casefold().startswith(name)
    ]
    return found[0] if found else ""


def _block(word: str) -> str:
    """ "9-13" and "9am-1:30pm" as the setup has it; "" for what is no block."""
    opens, dash, shuts = word.partition("-")
    if not dash:
        return ""
    if shuts.removesuffix(":00") == "24":
        shuts = "0:00"
    hours = [read_hour(opens), read_hour(shuts)]
    clocks = [f"{found[1] // 60:02}:{found[1] % 60:02}" for found in hours if found and found[0] is None]
    return "-".join(clocks) if len(clocks) == 2 else ""


def _checked(named: dict[str, list[str]]) -> Days | str:
    found: list[Finding] = []
    days = read_own(Table(named, (), found)).days
    if found or days is None:
        return found[0].sentence if found else ""
    try:
        return Week("UTC", days).days
    except BadHours as bad:
        return str(bad)
