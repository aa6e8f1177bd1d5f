"""All forms over a team's setup in one table; what they hold is laid over the team as the file would say it.

So a form and the file have the same grammar, and the same sentences about what is wrong.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock

from bot.domain.setup import Finding, Path, Setup, Team
from bot.domain.setup_data import gather, team_data
from bot.views import setup_team_hours as hours
from bot.views import setup_team_people as people
from bot.views import setup_team_places as places
from bot.views import setup_team_targets as targets
from bot.views.forms import shown
from bot.views.language import Text
from bot.views.setup_forms import Carried, modal
from bot.views.setup_team_fields import Data, View, named
from bot.views.setup_team_people import Known
from bot.views.words import setup_team as words


class Topic(StrEnum):
    """What of a team is changed together."""

    PEOPLE = "people"
    ROTA = "rota"
    HOURS = "hours"
    TARGETS = "targets"
    BUDGET = "budget"
    PLACES = "places"
    BACKING = "backing"
    BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True)
class TeamForm:
    """`first` is the key of a field that it always has.

    `also`: keys that other forms hold and this one can put wrong, and the key beside which that is said.
    """

    title: Text
    first: str
    draw: Callable[[Team, Known], list[Block]]
    read: Callable[[View, Team], Data]
    also: Mapping[str, str] = field(default_factory=dict)


FORMS: Mapping[Topic, TeamForm] = {
    Topic.PEOPLE: TeamForm(
        words.PEOPLE, "name", people.draw, people.read, {"ladder": "managers", "rota": "agents", "customer": "agents"}
    ),
    Topic.ROTA: TeamForm(words.ROTA, "rota", people.draw_rota, people.read_rota),
    Topic.HOURS: TeamForm(words.HOURS, "hours", hours.draw, hours.read),
    Topic.TARGETS: TeamForm(words.TARGETS, "targets.first", targets.draw, targets.read),
    Topic.BUDGET: TeamForm(words.BUDGET, "cap", targets.draw_budget, targets.read_budget),
    Topic.PLACES: TeamForm(words.PLACES, "home", places.draw, places.read, {"ladder": "home"}),
    Topic.BACKING: TeamForm(words.BACKING, "backing", places.draw_backing, places.read_backing),
    Topic.BOUNDARY: TeamForm(words.BOUNDARY, "boundary.breather", places.draw_boundary, places.read_boundary),
}
NEW = "setup_team.new_form"
NEW_FIRST = named("name")


def callback(topic: Topic) -> str:
    """The id of a form."""
    return f"setup_team.{topic}_form"


def topic_of(view: View) -> Topic:
    """Whose form was sent off. Raises KeyError for what is none of these."""
    return TOPICS[str(view["callback_id"])]


TOPICS: Mapping[str, Topic] = {callback(topic): topic for topic in Topic}


def form(topic: Topic, team: Team, known: Known, page: str = "") -> dict[str, Any]:
    """Filled in as it stands; `page` is what lies beneath."""
    one = FORMS[topic]
    blocks = one.draw(team, known)
    if not any(isinstance(block, InputBlock) for block in blocks):
        return shown(one.title(), blocks)
    return modal(callback(topic), one.title(), blocks, Carried(team.key, page))


def first_of(topic: Topic) -> str:
    """A field that the form always has."""
    return named(FORMS[topic].first)


def read(topic: Topic, view: View, team: Team) -> Data:
    """What was sent off, as the file would say it: to be laid over the team as it is now."""
    return FORMS[topic].read(view, team)


def changed(team: Team, said: Data) -> tuple[Team, list[Finding]]:
    """The team with these keys of its table, and what is wrong with their values."""
    data = {key: value for key, value in (team_data(team) | said).items() if value is not None}
    setup, found = gather({"team": {team.key: data}})
    return setup.teams[0], found


def beside(topic: Topic, view: View) -> Callable[[Path], str | None]:
    """The field in which the value of a path stands."""
    return lambda path: field_of(path, view, FORMS[topic].also)


def field_of(path: Path, view: View, also: Mapping[str, str]) -> str | None:
    """Of what a path says, the narrowest that the form has a field for; None where it has none."""
    steps = [step for step in (path[2:] if path[0] == "team" else path[:1]) if isinstance(step, str)]
    for length in range(len(steps), 0, -1):
        key = ".".join(steps[:length])
        for name in (key, also.get(key, key)):
            if named(name) in view["state"]["values"]:
                return named(name)
    return None


# -- a new team ----------------------------------------------------------------------------------------------------


def new(known: Known, page: str = "") -> dict[str, Any]:
    """What a team needs to begin with."""
    return modal(NEW, words.NEW(), people.draw_new(known), Carried("", page))


def read_new(view: View, setup: Setup) -> tuple[Team, list[Finding]]:
    """The team that was described, with a key that no other has, and what is wrong with it."""
    key, said = people.read_new(view, [team.key for team in setup.teams])
    return changed(Team(key, ""), said)


def beside_new(view: View) -> Callable[[Path], str | None]:
    """The field in which the value of a path stands."""
    return lambda path: field_of(path, view, {"customer": "agents"})
