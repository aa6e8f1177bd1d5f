"""Public holidays of countries and regions, from the `holidays` library, for the schedules of teams."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import holidays

from bot.domain.hours import Days, Schedule, Week
from bot.domain.setup import Finding, Path, PersonSetup, Setup, Team
from bot.domain.setup_values import meant


@lru_cache(maxsize=256)
def schedule(team: Team, years: range) -> Schedule:
    """The team's working time; outside `years` no public holiday is known, so take a year more on both sides.

    The same object for the same team and years, so that what it has counted once is kept.
    """
    return Schedule(team.week, public(team.country, team.region, years) | frozenset(team.days_off))


@lru_cache(maxsize=4096)
def own(team: Team, person: PersonSetup, days: Days | None, zone: str, years: range) -> Schedule:
    """A person's working time: `days` of theirs, else the team's, by the clock of an IANA `zone`.

    Their country's holidays take the place of the team's; the team's own days off stay.
    """
    where = (person.country, person.region) if person.country else (team.country, team.region)
    free = public(*where, years) | frozenset(team.days_off) | frozenset(person.days_off)
    return Schedule(Week(zone, days or team.week.days), free)


@lru_cache(maxsize=256)
def public(country: str | None, region: str | None, years: range) -> frozenset[date]:
    """Local dates on which the public does not work, the day off for one on a weekend too. None without a country.

    A region is what ISO 3166-2 calls it, with or without the country: "CA" or "US-CA". A setup may name what a newer
    library has dropped, and goes on with the country's holidays, or none: `findings` tells.
    """
    if country not in _countries():
        return frozenset()
    part = _part(country, region)
    known = part if part in _countries()[country] else None
    return frozenset(holidays.country_holidays(country, subdiv=known, years=years))


def countries() -> tuple[str, ...]:
    """Those whose holidays are known, by their two letters (ISO 3166-1)."""
    return tuple(holidays.list_supported_countries(include_aliases=False))


def findings(setup: Setup) -> Iterator[Finding]:
    """The countries and regions that are not known: a check for `care_file.read`."""
    for team in setup.teams:
        yield from _unknown(("team", team.key), team.country, team.region)
    for person in setup.people:
        yield from _unknown(("person", person.user), person.country, person.region)


def _unknown(path: Path, country: str | None, region: str | None) -> Iterator[Finding]:
    if country is None:
        return
    regions, part = _countries().get(country), _part(country, region)
    if regions is None:
        sentence = f"the holidays of `{country}` are not known{meant(country, list(_countries()))}"
        yield Finding((*path, "country"), sentence)
    elif part is not None and part not in regions:
        hint = f": leave it out, or choose of {', '.join(regions)}" if regions else ": leave it out"
        sentence = f"`{region}` is not a region of `{country}` with holidays of its own{hint}"
        yield Finding((*path, "region"), sentence)


def _part(country: str, region: str | None) -> str | None:
    return region.removeprefix(f"{country}-") if region else None


@lru_cache(maxsize=1)
def _countries() -> dict[str, list[str]]:
    return holidays.list_supported_countries(include_aliases=True)
