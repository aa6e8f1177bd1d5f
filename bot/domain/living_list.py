"""The living list: when it may ring for its reader, and when it is edited where it stands."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.hours import NoWorkingTime
from bot.domain.presence import Mode, Quiet

BETWEEN_PINGS = timedelta(minutes=30)
BETWEEN_EDITS = timedelta(minutes=5)
AGES = timedelta(minutes=15)  # after which "for 40 minutes" is not true any more


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is new since the last ping: `own`, customers and promises; `leading`, what rings outside the cap."""

    own: bool = False
    leading: bool = False

    def __bool__(self) -> bool:
        return self.own or self.leading


@dataclass(frozen=True, slots=True)
class Rung:
    """What has rung so far: when last, and how many pings of the cap on its `day`, by the reader's calendar."""

    at: datetime | None = None
    day: date | None = None
    pings: int = 0

    def on(self, day: date) -> int:
        """Pings of the cap on this day."""
        return self.pings if self.day == day else 0

    def again(self, day: date, now: datetime, *, counts: bool) -> "Rung":
        """After one more ping."""
        return Rung(now, day, self.on(day) + counts)


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `cap` pings a local day. Who has too much hears so much once: more pings would help nobody."""

    cap: int
    too_much: bool = False

    @property
    def a_day(self) -> int:
        """How many pings there may be."""
        return min(self.cap, 1) if self.too_much else self.cap


def rings_at(fresh: Fresh, rung: Rung, quiet: Quiet, budget: Budget, now: datetime) -> datetime | None:
    """When it may ring for what is new, as far as that is known: `now`, or when to look again.

    None: not before something changes.
    """
    if not fresh or quiet.mode is not Mode.LOUD:
        return None
    if quiet.away and quiet.away.until is None:
        return None
    rested = rung.at + BETWEEN_PINGS if rung.at else now
    silent_until = [rested, quiet.dnd_until or now, quiet.away.until if quiet.away and quiet.away.until else now]
    try:
        at = quiet.schedule.next_open(max(now, *silent_until))
        if not fresh.leading and rung.on(local_day(at, quiet)) >= budget.a_day:
            at = quiet.schedule.next_open(_next_midnight(at, quiet))
    except NoWorkingTime:
        return None
    return at


def counts(fresh: Fresh, rung: Rung, quiet: Quiet, budget: Budget, now: datetime) -> bool:
    """Whether a ping now is one of the cap. With a customer in it, it is, while there is room."""
    return fresh.own and rung.on(local_day(now, quiet)) < budget.a_day


def edits_at(changed_at: datetime | None, drawn_at: datetime | None, *, urgent: bool) -> datetime | None:
    """When to edit what stands: at once where something is done, else at most every five minutes."""
    if changed_at is None or urgent or drawn_at is None:
        return changed_at
    return max(changed_at, drawn_at + BETWEEN_EDITS)


def ages_at(drawn_at: datetime, quiet: Quiet) -> datetime | None:
    """When what stands is to tell anew how long people wait: only while its reader works."""
    if quiet.away and quiet.away.until is None:
        return None
    away_until = quiet.away.until if quiet.away and quiet.away.until else drawn_at
    try:
        return quiet.schedule.next_open(max(drawn_at + AGES, away_until))
    except NoWorkingTime:
        return None


def local_day(at: datetime, quiet: Quiet) -> date:
    """The reader's date."""
    return at.astimezone(ZoneInfo(quiet.zone)).date()


def _next_midnight(at: datetime, quiet: Quiet) -> datetime:
    tomorrow = local_day(at, quiet) + timedelta(days=1)
    return datetime.combine(tomorrow, time(0), ZoneInfo(quiet.zone))
