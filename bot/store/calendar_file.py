"""An iCalendar file (RFC 5545), read by the `icalendar` library; what recurs, by `recurring-ical-events`."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Component

from bot.domain.absences import Event

MOST_BYTES = 5_000_000
TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}  # no absence recurs like this, and a file could hold millions of them


class BadCalendar(ValueError):
    """A file that cannot be used; the message is a sentence for who wrote it."""


def read(source: bytes, since: datetime, until: datetime) -> list[Event]:
    """The events between these moments, each occurrence once, but for those called off. Raises BadCalendar."""
    if len(source) > MOST_BYTES:
        raise BadCalendar(f"it is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        calendars = Calendar.from_ical(source, multiple=True)
        if not calendars:
            raise BadCalendar("it is no calendar, but empty")
        return [event for one in calendars for event in _events(one, since, until)]
    except BadCalendar:
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise BadCalendar(f"it is no calendar that can be read ({type(error).__name__})") from error


def _events(calendar: Component, since: datetime, until: datetime) -> Iterator[Event]:
    for component in calendar.walk("VEVENT"):
        if TOO_OFTEN & set(_rules(component)):
            raise BadCalendar(f"“{component.get('SUMMARY', '')}” recurs more often than daily")
    for found in recurring_ical_events.of(calendar).between(since, until):
        if str(found.get("STATUS", "")).upper() != "CANCELLED":
            yield _event(found)


def _rules(component: Component) -> Iterator[str]:
    rules: Any = component.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        yield from (str(freq).upper() for freq in rule.get("FREQ", []))


def _event(found: Any) -> Event:  # every property may be of any type, and what cannot be used raises
    starts = found["DTSTART"].dt
    if "DTEND" in found:
        ends = found["DTEND"].dt
    elif "DURATION" in found:
        ends = starts + found["DURATION"].dt
    else:
        ends = starts if isinstance(starts, datetime) else _day_after(starts)
    return Event(str(found.get("SUMMARY", "")), starts, ends, tuple(_attendees(found)))


def _day_after(day: date) -> date:
    return day + timedelta(days=1)


def _attendees(found: Any) -> Iterator[str]:
    """The names of those who come; their addresses are nobody's name."""
    listed = found.get("ATTENDEE", [])
    for attendee in listed if isinstance(listed, list) else [listed]:
        if str(attendee.params.get("PARTSTAT", "")).upper() != "DECLINED" and attendee.params.get("CN"):
            yield str(attendee.params["CN"])
