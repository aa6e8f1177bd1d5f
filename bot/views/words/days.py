"""Days and weeks as words.

Slack's own dates are moments, shown by the reader's clock: no moment falls on the same day in Auckland and in Honolulu.
What has no time of day, a week or a day off, is written out, so that everybody reads the day it is for the team.
"""

from datetime import date, datetime

from babel.dates import format_interval, format_skeleton

from bot.views.language import ENGLISH, Text, _, spoken

WEEKDAYS = (
    Text("Monday"),
    Text("Tuesday"),
    Text("Wednesday"),
    Text("Thursday"),
    Text("Friday"),
    Text("Saturday"),
    Text("Sunday"),
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # in English


def short(of: date) -> str:
    """2 Mar."""
    return f"{of.day} {MONTHS[of.month - 1]}" if spoken() == ENGLISH else _written("MMMd", of)


def dated(of: date) -> str:
    """2 Mar 2026."""
    return f"{short(of)} {of.year}" if spoken() == ENGLISH else _written("yMMMd", of)


def named(of: date) -> str:
    """Monday 2 Mar."""
    return _("%(weekday)s %(day)s") % {"weekday": WEEKDAYS[of.weekday()](), "day": short(of)}


def timed(at: datetime) -> str:
    """Monday 2 Mar, 09:00: a moment by the clock that it is on, for texts in which Slack shows no dates."""
    return _("%(day)s, %(time)s") % {"day": named(at.date()), "time": f"{at:%H:%M}"}


def between(first: date, last: date) -> str:
    """2 to 8 Mar 2026; what both share is said once."""
    if spoken() != ENGLISH:
        return str(format_interval(first, last, "yMMMd", locale=spoken()))
    if first.year != last.year:
        begins = dated(first)
    elif first.month != last.month:
        begins = short(first)
    else:
        begins = f"{first.day}"
    return f"{begins} to {dated(last)}"


def _written(skeleton: str, of: date) -> str:
    return str(format_skeleton(skeleton, of, locale=spoken()))
