"""A team's hours as plain data: its zone, and under a day or a row of days the blocks of each."""

import re
from collections.abc import Iterable
from datetime import time
from itertools import groupby

from bot.domain.hours import OFFICE, BadHours, Block, Day, Week
from bot.domain.setup_values import Table, Wrong, shown

Seven = tuple[Day, Day, Day, Day, Day, Day, Day]
CLOSED: Seven = ((), (), (), (), (), (), ())
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TEAM_KEYS = ("name", "agents", "managers", "deputies", "rota", "home", "country", "region", "days_off")
BLOCK = re.compile(r"(\d{1,2}:\d\d(?::\d\d)?)\s*-\s*(\d{1,2}:\d\d(?::\d\d)?)")


def read_week(table: Table) -> Week:
    """Hours that name no day are the usual ones, in their zone; else a day that is not named is closed."""
    zone = table.take("zone", _zone, OFFICE.zone)
    named = _days(table)
    above = ": it is the team's, so it goes above the hours"
    table.close(*DAYS, hints=dict.fromkeys(TEAM_KEYS, above))
    days = [named.get(place, ()) for place in range(7)] if named else OFFICE.days
    try:
        return Week(zone, _seven(days))
    except BadHours as bad:
        table.wrong(str(bad))
        return OFFICE


def _seven(days: Iterable[Day]) -> Seven:
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
    data: dict[str, object] = {"zone": week.zone}
    for blocks, run in groupby(range(7), key=week.days.__getitem__):
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
