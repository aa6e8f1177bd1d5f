"""The first team of a workspace: what whoever sets it up says in three steps."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from bot.domain.hours import BadHours, Days, Week
from bot.domain.setup import Channel, Setup, Targets, Team
from bot.domain.setup_edits import put_channel, put_team
from bot.domain.setup_values import KEY
from bot.domain.typed_hours import read

USUAL = "mon-fri 9:00-17:00"
MINUTES = (5, 15, 30, 60, 120, 240)  # working time in which a first answer may be promised
ALWAYS = ("around the clock", "24/7", "24x7", "always")
TEAM = "team"  # the key of one whose name has no letter for it


@dataclass(frozen=True, slots=True)
class Draft:
    """What was said so far. `hours` is as it was typed, `minutes` those of the target for a first answer."""

    name: str
    agents: tuple[str, ...]
    managers: tuple[str, ...] = ()
    hours: str = USUAL
    zone: str = "UTC"
    minutes: int = 60

    def written(self) -> str:
        """For a form to carry along."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    def team(self) -> Team:
        """Raises BadHours for hours or a zone that nobody can have typed."""
        days = days_of(self.hours)
        if isinstance(days, str):
            raise BadHours(days)
        first = timedelta(minutes=self.minutes)
        targets = replace(Targets(), first=first, next=2 * first)
        return Team(
            key=key_of(self.name),
            name=self.name,
            agents=self.agents,
            managers=self.managers,
            week=Week(self.zone, days),
            targets=None if targets == Targets() else targets,
        )


def read_draft(carried: str) -> Draft | None:
    """What `written` made; None for what it did not make."""
    try:
        data = json.loads(carried)
        return Draft(**data | {name: tuple(data[name]) for name in ("agents", "managers")})
    except (ValueError, TypeError, LookupError):
        return None


def days_of(typed: str) -> Days | str:
    """The blocks of each day; else a sentence that says what is wrong, empty where not enough was said."""
    return read("mon-sun 0:00-24:00" if typed.strip().casefold() in ALWAYS else typed)


def key_of(name: str) -> str:
    """ "Équipe Nord" as a team's key: "equipe-nord"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    return key if KEY.fullmatch(key) else TEAM


def with_team(setup: Setup, draft: Draft, channels: Iterable[str], home: str | None, admin: str | None) -> Setup:
    """The setup with its first team, whose customers write in `channels`; `admin` is one from now on."""
    team = replace(draft.team(), home=home)
    after = put_team(setup, team)
    for channel in channels:
        known = setup.channel(channel) or Channel(channel)
        after = put_channel(after, replace(known, kind="customer", team=team.key))
    return replace(after, admins=(*after.admins, admin)) if admin and admin not in after.admins else after


def first_team(setup: Setup) -> Team | None:
    """The one that was set up; None while there is none."""
    return next(iter(setup.teams), None)


def wanted(setup: Setup) -> Sequence[str]:
    """The channels in which CareCue has something to do, once it is there: customers', then the teams' own."""
    theirs = [channel.id for channel in setup.channels if channel.kind == "customer"]
    return list(dict.fromkeys([*theirs, *(team.home for team in setup.teams if team.home)]))
