"""The hour of the week at which something comes, as people choose and write it: "mon 09:00"."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK = timedelta(weeks=1)

_HOUR = re.compile(
    r"(?:(?P<day>[a-z]{2,10})[ ,]+(?:at[ ]+)?)?"
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?[ ]?(?:(?P<half>am|pm)|h|o'clock)?"
)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Weekday (0 is Monday) and minutes since midnight, by the clock on the wall of whoever chose it."""

    weekday: int = 0
    minute: int = 9 * 60

    def __str__(self) -> str:
        return f"{DAYS[self.weekday][:3]} {self.clock:%H:%M}"

    @property
    def clock(self) -> time:
        """What the clock shows then."""
        return time(*divmod(self.minute, 60))

    def latest(self, zone: str, at: datetime) -> datetime:
        """The last such moment (UTC) that is not after `at`, in an IANA zone.

        An hour that the clock skips comes when it has skipped it, one that it shows twice comes the first time.
        """
        today = at.astimezone(ZoneInfo(zone)).date()
        this = self._on(zone, today - timedelta(days=(today.weekday() - self.weekday) % 7))
        return this if this <= at else self._on(zone, this.astimezone(ZoneInfo(zone)).date() - WEEK)

    def upcoming(self, zone: str, at: datetime) -> datetime:
        """The first such moment (UTC) after `at`."""
        return self._on(zone, self.latest(zone, at).astimezone(ZoneInfo(zone)).date() + WEEK)

    def _on(self, zone: str, day: date) -> datetime:
        return datetime.combine(day, self.clock, ZoneInfo(zone)).astimezone(UTC)


def read_hour(text: str) -> tuple[int | None, int] | None:
    """ "fri 16:00", "Friday 4pm", "8.30": the weekday, if one is named, and the minute; None for anything else."""
    match = _HOUR.fullmatch(" ".join(text.casefold().split()))
    if match is None:
        return None
    day = (match["day"] or "").removesuffix("s")
    days = [number for number, name in enumerate(DAYS) if day and name.startswith(day)]
    minute = _minute(int(match["hour"]), int(match["minute"] or 0), match["half"])
    if minute is None or len(days) != bool(match["day"]):
        return None
    return (days[0] if days else None), minute


def _minute(hour: int, minute: int, half: str | None) -> int | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None
