"""The forms of who is in a team: its name and people, who takes turns, and a team that is new."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import Block

from bot.domain.setup import Setup, Team
from bot.views import forms
from bot.views import setup_team_fields as fields
from bot.views.blocks import context
from bot.views.setup_team_fields import Data, View
from bot.views.words import common
from bot.views.words import setup_team_forms as words

LONGEST_KEY = 30


@dataclass(frozen=True, slots=True)
class Known:
    """What a form offers beside what is set up: user groups and people by their ids, countries with holidays.

    `usual` is the setup that holds where a team says nothing.
    """

    usual: Setup = Setup()
    groups: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    countries: Sequence[str] = ()


def draw(team: Team, known: Known) -> list[Block]:
    """Its name, and who is in it."""
    return [
        fields.words_for("name", team.name, common.NAME_MAX, words.NAME(), words.NAME_HINT(), optional=False),
        *_ours(team, known),
        fields.people_for("deputies", team.deputies, words.DEPUTIES(), words.DEPUTIES_HINT()),
    ]


def _ours(team: Team, known: Known) -> Iterator[Block]:
    yield fields.people_for("agents", team.agents, words.AGENTS(), words.AGENTS_HINT())
    yield from fields.groups_for("agents", team.agents, known.groups, words.AGENT_GROUPS())
    yield fields.people_for("managers", team.managers, words.MANAGERS(), words.MANAGERS_HINT())
    yield from fields.groups_for("managers", team.managers, known.groups, words.MANAGER_GROUPS())


def read(view: View, team: Team) -> Data:
    """Whoever leaves the team takes no turns any more."""
    said: Data = {"name": fields.tidied(view, "name", team.name)}
    now = {key: fields.members(view, key, getattr(team, key)) for key in ("agents", "managers", "deputies")}
    left = set(team.people) - {one for ids in now.values() for one in ids}
    return said | now | {"rota": [one for one in team.rota if one not in left]}


# -- who is next ---------------------------------------------------------------------------------------------------


def draw_rota(team: Team, known: Known) -> list[Block]:
    """Those who take turns first, then the others of the team."""
    offered = list(dict.fromkeys((*team.rota, *team.people, *known.people)))[: fields.MOST_OPTIONS]
    if not offered:
        return [context(words.NOBODY_TO_CHOOSE())]
    options = [forms.option(_named(one, known), one) for one in offered]
    name = fields.named("rota")
    menu = fields.several(name, options, team.rota, words.PICK_ROTA())
    return [forms.field(name, words.ROTA(), menu, words.ROTA_HINT(), optional=True)]


def read_rota(view: View, _team: Team) -> Data:
    """In the order in which they were chosen."""
    return {"rota": fields.chosen_in_order(view, "rota")} if fields.has(view, "rota") else {}


def _named(one: str, known: Known) -> str:
    if one.startswith("S"):
        return words.handle(known.groups.get(one, one))
    return common.shortened(known.people.get(one, one)) or one


# -- a new team ----------------------------------------------------------------------------------------------------


def draw_new(known: Known) -> list[Block]:
    """What a team needs to begin with; the rest is as usual until somebody says otherwise."""
    teams = known.usual.teams
    alone = [context(words.no_longer_alone(common.bold(common.shortened(teams[0].name))))] if len(teams) == 1 else []
    return [
        *alone,
        fields.words_for("name", None, common.NAME_MAX, words.NAME(), words.NAME_HINT(), optional=False),
        *_ours(Team("", ""), known),
        fields.channel_for("home", None, words.HOME_OF_NEW(), words.HOME_OF_NEW_HINT()),
    ]


def read_new(view: View, taken: Collection[str]) -> tuple[str, Data]:
    """The key of the team, made of its name, and what was said of it."""
    name = fields.tidied(view, "name")
    said: Data = {key: fields.members(view, key, ()) for key in ("agents", "managers")}
    return key_of(name, taken), said | {"name": name, "home": fields.chosen_channel(view, "home")}


def key_of(name: str, taken: Collection[str]) -> str:
    """The name in plain letters, with a number where that is taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold())[:LONGEST_KEY].strip("-") or "team"
    keys = (f"{plain}-{number}" if number > 1 else plain for number in range(1, len(taken) + 2))
    return next(key for key in keys if key not in taken)
