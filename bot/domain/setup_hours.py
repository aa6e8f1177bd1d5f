"""A team's hours as plain data: its zone, and under a day or a row of days the blocks of each."""

import re
from collections.abc import Iterable, Mapping
from datetime import time
from itertools import groupby
from typing import NamedTuple

from bot.domain.hours import OFFICE, BadHours, Block, Day, Days, Week
from bot.domain.setup import Finding
from bot.domain.setup_values import Table, Wrong, shown

CLOSED: Days = ((), (), (), (), (), (), ())
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OF_TEAM = ("name", "agents", "managers", "deputies", "rota", "home", "country", "region", "days_off")
OF_PERSON = ("country", "region", "days_off")
BLOCK = re.compile(r"(\d{1,2}:\d\d(?::\d\d)?)\s*-\s*(\d{1,2}:\d\d(?::\d\d)?)")


class Hours(NamedTuple):
    """What a table of hours names; None for what it leaves out."""

    zone: str | None
    days: Days | None


def read_week(table: Table) -> Week:
    """A team's: hours that name no day are the usual ones, in their zone; else a day that is not named is closed."""
    above = ": it is the team's, so it goes above the hours"
    zone, days = _read(table, dict.fromkeys(OF_TEAM, above))
    return Week(zone or OFFICE.zone, days or OFFICE.days)


def read_own(table: Table) -> Hours:
    """A person's: what is left out is as it is in their team, and as Slack has it."""
    above = ": it is the person's, so it goes above the hours"
    return _read(table, dict.fromkeys(OF_PERSON, above))


def days_of(data: Mapping[str, object]) -> Days | None:
    """What `days_data` made; None for what it did not make."""
    found: list[Finding] = []
    days = read_own(Table(data, (), found)).days
    return None if found else days


def _read(table: Table, hints: Mapping[str, str]) -> Hours:
    zone = table.take("zone", _zone, None)
    named = _days(table)
    table.close(*DAYS, hints=hints)
    if not named:
        return Hours(zone, None)
    days = _seven(named.get(place, ()) for place in range(7))
    try:
        return Hours(zone, Week(zone or OFFICE.zone, days).days)
    except BadHours as bad:
        table.wrong(str(bad))
        return Hours(zone, None)


def _seven(days: Iterable[Day]) -> Days:
    mon, tue, wed, thu, fri, sat, sun = days
    return mon, tue, wed, thu, fri, sat, sun


def _zone(value: object) -> str:
    if not isinstance(value, str):
        raise Wrong(f'{shown(value)} is not a time zone: it is a text, like "Europe/Berlin"')
    try:
        return Week(value, CLOSED).zone
    except BadHours as bad:
        raise Wrong(str(bad)) from bad


def _days(table: Table) -> dict[int, Day]:
    days: dict[int, Day] = {}
    for key in table.data:
        span = _span(key)
        blocks = _blocks(table, key, span[0]) if span else ()
        for place in span:
            if place in days:
                table.wrong(f"{DAYS[place]} stands here twice: put all its hours in one line", key)
            days[place] = blocks
    return days


def _span(key: str) -> list[int]:
    """ "mon", "mon-fri" or over the weekend "fri-mon" as places in the week; none for another word."""
    first, dash, last = key.partition("-")
    if first not in DAYS or (dash and last not in DAYS):
        return []
    begin = DAYS.index(first)
    length = (DAYS.index(last) - begin) % 7 if dash else 0
    return [(begin + step) % 7 for step in range(length + 1)]


def _blocks(table: Table, key: str, place: int) -> Day:
    """What overlaps within one day is said of its own line, what overlaps between days of the table."""
    blocks = table.each(key, _block)
    alone: list[Day] = [()] * 7
    alone[place] = blocks
    try:
        Week(OFFICE.zone, _seven(alone))
    except BadHours as bad:
        table.wrong(str(bad), key)
        return ()
    return blocks


def _block(value: object) -> Block:
    match = BLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        if match:
            opens, shuts = match.groups()
            return _clock(opens), time(0) if shuts == "24:00" else _clock(shuts)
    except ValueError:
        pass
    raise Wrong(f'{shown(value)} is not a block of hours: write it like "09:00-12:30"')


def _clock(text: str) -> time:
    hour, minute, second = map(int, f"{text}:0".split(":")[:3])
    return time(hour, minute, second)


def week_data(week: Week) -> dict[str, object]:
    """Days in a row with the same hours share a line; closed days have none, unless all are."""
    return {"zone": week.zone} | days_data(week.days)


def days_data(days: Days) -> dict[str, object]:
    """The same without the zone."""
    data: dict[str, object] = {}
    for blocks, run in groupby(range(7), key=days.__getitem__):
        places = list(run)
        if blocks or len(places) == 7:
            name = "-".join(dict.fromkeys((DAYS[places[0]], DAYS[places[-1]])))
            data[name] = [_block_text(block) for block in blocks]
    return data


def _block_text(block: Block) -> str:
    opens, shuts = block
    return f"{clock_text(opens)}-{clock_text(shuts) if shuts != time(0) else '24:00'}"


def clock_text(at: time) -> str:
    """As people write it: seconds only where there are some."""
    return at.isoformat() if at.second else at.isoformat("minutes")
