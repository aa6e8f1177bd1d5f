"""The form of when a team works: its week as lines, its clock, holidays and days off."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby

from slack_sdk.models.blocks import Block, Option

from bot.domain import typed_hours
from bot.domain.hours import Week
from bot.domain.setup import Finding, Team
from bot.domain.setup_hours import days_data, read_week
from bot.domain.setup_values import Table
from bot.views import forms
from bot.views import setup_team_fields as fields
from bot.views.setup_team_fields import Data, View
from bot.views.setup_team_people import Known
from bot.views.words import setup_team_forms as words

NONE = "none"
CLOSED = "closed"
LONGEST_REGION = 50

_AROUND = re.compile(r"\s*(?:[-–—])\s*")
_BETWEEN = re.compile(r"[\s,;]+")


def draw(team: Team, known: Known) -> list[Block]:
    """As it stands."""
    days = ", ".join(day.isoformat() for day in team.days_off)
    return [
        fields.lines_for("hours", written(team.week), words.HOURS(), words.HOURS_HINT(), optional=False),
        fields.choice_of_many("hours.zone", _zones(team.week.zone), team.week.zone, words.ZONE(), words.ZONE_HINT()),
        fields.choice_of_many(
            "country",
            _countries(known.countries, team.country),
            team.country or NONE,
            words.COUNTRY(),
            words.COUNTRY_HINT(),
        ),
        fields.words_for("region", team.region, LONGEST_REGION, words.REGION(), words.REGION_HINT()),
        fields.lines_for("days_off", days, words.DAYS_OFF(), words.DAYS_OFF_HINT()),
    ]


def read(view: View, team: Team) -> Data:
    """As the file would say it."""
    country = fields.chosen(view, "country")
    said: Data = {
        "hours": {"zone": fields.chosen(view, "hours.zone")} | typed_week(fields.typed(view, "hours")),
        "country": None if country == NONE else country,
        "region": fields.tidied(view, "region", team.region) or None,
    }
    if fields.has(view, "days_off"):
        said["days_off"] = list(dict.fromkeys(filter(None, _BETWEEN.split(fields.typed(view, "days_off")))))
    return said


# -- a week as lines -----------------------------------------------------------------------------------------------


def written(week: Week) -> str:
    """ "mon-thu 09:00-12:30, 13:15-17:30" and so on, a line for days in a row that are alike."""
    rows = days_data(week.days).items()
    return "\n".join(f"{days} {', '.join(map(str, _list(blocks))) or CLOSED}" for days, blocks in rows)


def typed_week(typed: str) -> Data:
    """What the file would say; what cannot be read stays as it was typed, for the file's own sentences about it."""
    exact = _by_lines(typed)
    if _is_week(exact) or len(typed) > typed_hours.LONGEST:
        return exact
    days = typed_hours.read(typed)
    return exact if isinstance(days, str) else days_data(days)


def _list(blocks: object) -> list[object]:
    return blocks if isinstance(blocks, list) else []


def _by_lines(typed: str) -> Data:
    """A day or a row of days, and its blocks: "fri 09:00-12:00, 13:00-15:00". One without any says so: "sat closed"."""
    rows: dict[str, list[str]] = defaultdict(list)
    for line in _AROUND.sub("-", typed).splitlines():
        days, *blocks = filter(None, _BETWEEN.split(line.casefold())) if line.strip() else ("",)
        if days:
            rows[days.rstrip(":")] += [block for block in blocks or [""] if block != CLOSED]
    return dict(rows)


def _is_week(data: Data) -> bool:
    found: list[Finding] = []
    read_week(Table(data, (), found))
    return not found


# -- clocks and countries ------------------------------------------------------------------------------------------


@cache
def _known_zones() -> tuple[str, ...]:
    """Those that people live by, from the table that comes with the zones."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return tuple(sorted(row[2] for row in rows))


def _zones(chosen: str) -> Mapping[str, Sequence[Option]]:
    """By the part of the world."""
    found = {"UTC": ["UTC"]}
    for area, zones in groupby(_known_zones(), key=lambda zone: zone.split("/")[0]):
        found |= _parts(area, list(zones))
    if not any(chosen in zones for zones in found.values()):
        found["UTC"].append(chosen)
    return {area: [forms.option(zone.replace("_", " "), zone) for zone in zones] for area, zones in found.items()}


def _parts(label: str, names: Sequence[str]) -> dict[str, list[str]]:
    """In as many parts as it takes."""
    most = fields.MOST_OPTIONS
    parts = [list(names[start : start + most]) for start in range(0, len(names), most)]
    if len(parts) == 1:
        return {label: parts[0]}
    return {f"{label} {place}": part for place, part in enumerate(parts, 1)}


def _countries(codes: Sequence[str], chosen: str | None) -> Mapping[str, Sequence[Option]]:
    """By their names, in the language of whoever reads."""
    names = {code: fields.country_name(code) for code in (*codes, *([chosen] if chosen else ()))}
    ordered = sorted(names, key=lambda code: names[code].casefold())
    found = {words.COUNTRY(): [forms.option(words.NO_COUNTRY(), NONE)]}
    for start in range(0, len(ordered), fields.MOST_OPTIONS):
        part = ordered[start : start + fields.MOST_OPTIONS]
        label = f"{names[part[0]][:1]} – {names[part[-1]][:1]}"
        found[label] = [forms.option(names[code], code) for code in part]
    return found
