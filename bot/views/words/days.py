"""Days and weeks as words.

Slack's own dates are moments, shown by the reader's clock: no moment falls on the same day in Auckland and in Honolulu.
What has no time of day, a week or a day off, is written out, so that everybody reads the day it is for the team.
"""

from datetime import date, datetime

from bot.views.language import Text, _

WEEKDAYS = (
    Text("Monday"),
    Text("Tuesday"),
    Text("Wednesday"),
    Text("Thursday"),
    Text("Friday"),
    Text("Saturday"),
    Text("Sunday"),
)
MONTHS = (
    Text("Jan"),
    Text("Feb"),
    Text("Mar"),
    Text("Apr"),
    Text("May"),
    Text("Jun"),
    Text("Jul"),
    Text("Aug"),
    Text("Sep"),
    Text("Oct"),
    Text("Nov"),
    Text("Dec"),
)


def short(of: date) -> str:
    """2 Mar."""
    return _("%(day)d %(month)s") % {"day": of.day, "month": MONTHS[of.month - 1]()}


def dated(of: date) -> str:
    """2 Mar 2026."""
    return _("%(day)s %(year)d") % {"day": short(of), "year": of.year}


def named(of: date) -> str:
    """Monday 2 Mar."""
    return _("%(weekday)s %(day)s") % {"weekday": WEEKDAYS[of.weekday()](), "day": short(of)}


def timed(at: datetime) -> str:
    """Monday 2 Mar, 09:00: a moment by the clock that it is on, for texts in which Slack shows no dates."""
    return _("%(day)s, %(time)s") % {"day": named(at.date()), "time": f"{at:%H:%M}"}


def between(first: date, last: date) -> str:
    """2 to 8 Mar 2026; what both share is said once."""
    if first.year != last.year:
        begins = dated(first)
    elif first.month != last.month:
        begins = short(first)
    else:
        begins = f"{first.day}"
    return _("%(first)s to %(last)s") % {"first": begins, "last": dated(last)}
