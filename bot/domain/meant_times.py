"""The moment that somebody meant by a time they named: by their clock, and by their team's hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.hours import NoWorkingTime, Schedule
from bot.domain.said_times import Time

LATEST = timedelta(days=90)  # what lies further off is no time to come back at
END_OF_DAY = time(18)  # where the team has no hours that day


def resolved(named: Time, said: datetime, zone: str, schedule: Schedule) -> datetime | None:
    """The moment meant by who said this then, in their zone; None for one that is past, or too far off."""
    local = said.astimezone(_zone(named.zone or zone, schedule))
    if named.seconds:
        meant = said + timedelta(seconds=named.seconds)
    elif named.minute is None:
        meant = _end_of(day_of(named.day, local.date(), schedule), local, schedule)
    else:
        meant = at_hour(named, local, schedule)
    return meant.astimezone(UTC) if said < meant <= said + LATEST else None


def _zone(name: str, schedule: Schedule) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(schedule.week.zone)


def day_of(code: str, today: date, schedule: Schedule) -> date:
    """The date that a Time's `day` means to who says it `today`; a whole week is its Friday."""
    sort, number = code[:1], code[1:]
    if "-" in code:
        return _coming(int(code[:2]), int(code[3:]), today)
    if sort == "w" and number.isdigit():
        return _working_day(int(number), today, schedule)
    monday = today - timedelta(days=today.weekday())
    if code.startswith("week"):
        return monday + timedelta(days=4 + 7 * (number == "eek1"))
    if sort == "n":
        return monday + timedelta(days=7 + int(number))
    if sort == "d":
        return today + timedelta(days=(int(number) - today.weekday() - 1) % 7 + 1)
    return today + timedelta(days=min(int(code or "0"), LATEST.days + 1))


def _coming(month: int, day: int, today: date) -> date:
    """This date of this year or the next; one that is in no calendar is today, so that it counts as past."""
    try:
        this_year = today.replace(month=month, day=day)
        return this_year if this_year >= today else this_year.replace(year=today.year + 1)
    except ValueError:
        return today


def _working_day(number: int, today: date, schedule: Schedule) -> date:
    """The team's working day that many after today."""
    zone = ZoneInfo(schedule.week.zone)
    day = today
    for _ in range(min(number, LATEST.days)):
        try:
            opens = schedule.next_open(datetime.combine(day + timedelta(days=1), time(0), zone))
        except NoWorkingTime:
            return today + timedelta(days=number)
        day = opens.astimezone(zone).date()
    return day


def _end_of(day: date, local: datetime, schedule: Schedule) -> datetime:
    """When the team's work ends that day; where it has no hours, or never stops, at six."""
    begins = datetime.combine(day, time(0), local.tzinfo)
    ends = begins + timedelta(days=1)
    worked = schedule.elapsed(begins, ends)
    shuts = schedule.due(begins, worked) if worked else ends
    meant = shuts if shuts < ends else datetime.combine(day, END_OF_DAY, local.tzinfo)
    return meant if meant > local else ends - timedelta(minutes=1)


def at_hour(named: Time, local: datetime, schedule: Schedule) -> datetime:
    """The moment of a time that names an hour, told at `local`; one that is past if there is none to come."""
    minute = named.minute or 0
    today = local.date()
    days = [day_of(named.day, today, schedule)] if named.day else [today, today + timedelta(days=1)]
    usual = minute + 12 * 60 if named.half and minute < 7 * 60 else minute % (24 * 60)
    if named.half and minute >= 12 * 60:
        usual = minute
    wanted = [(day, usual) for day in days]
    if named.half and not named.day:
        wanted.insert(1, (today, (minute + 12 * 60) % (24 * 60)))
    moments = [datetime.combine(day, time(at // 60, at % 60), local.tzinfo) for day, at in wanted]
    coming = [moment for moment in moments if moment > local] or moments[-1:]
    # "By 9", when it is past nine: tonight, unless only tomorrow at nine the team works.
    is_tonight = coming[0] != moments[0] and not schedule.is_open(coming[0])
    return coming[-1] if is_tonight and schedule.is_open(coming[-1]) else coming[0]
