"""A team's page of the setup: all of it in a few lines, and the way to each form."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.domain.setup import Setup, Team
from bot.views import setup_team_fields as fields
from bot.views.blocks import MOST_TEXT, context, section
from bot.views.home_forms import lines
from bot.views.setup_forms import page as drawn
from bot.views.setup_team_forms import FORMS, Topic
from bot.views.words import common, days
from bot.views.words import setup_team as words

CHANGE = "setup_team.change"
NEW = "setup_team.new"
REMOVE = "setup_team.remove"
MAIN = "main"
MOST_NAMED = 12
MOST_DAYS = 6
MOST_LABEL = 75  # characters, Slack's


def name(key: str) -> str:
    """How the page is drawn anew."""
    return f"team:{key}"


def page(team: Team, setup: Setup, *, may_remove: bool) -> dict[str, Any]:
    """How it stands with a team, for who may change it."""
    blocks: list[Block] = [section(f"*{common.escape(common.shortened(team.name))}*")]
    blocks += [_part(topic, team, setup) for topic in Topic]
    blocks.append(context(words.BY_COMMANDS()))
    if may_remove:
        button = ButtonElement(text=words.REMOVE(), action_id=REMOVE, value=team.key, style="danger")
        blocks.append(ActionsBlock(elements=[button]))
    return drawn(name(team.key), words.TITLE(), blocks, back=MAIN)


def new_button() -> ButtonElement:
    """For the page of all teams."""
    return ButtonElement(text=words.NEW(), action_id=NEW)


def pressed(action: Mapping[str, Any]) -> tuple[Topic | None, str]:
    """What of which team is to be changed; no topic for a value that none of ours carries."""
    topic, _, key = str(action.get("value") or "").partition(":")
    return (Topic(topic) if topic in list(Topic) else None), key


def read_press(action: Mapping[str, Any]) -> str:
    """The key of the team."""
    return str(action.get("value") or "")


def _part(topic: Topic, team: Team, setup: Setup) -> Block:
    """What all buttons say alike, a screen reader tells apart."""
    title = FORMS[topic].title()
    button = ButtonElement(
        text=words.CHANGE(),
        action_id=CHANGE,
        value=f"{topic}:{team.key}",
        accessibility_label=words.change(title)[:MOST_LABEL],
    )
    return section("\n".join([f"*{title}*", *TOLD[topic](team, setup)])[:MOST_TEXT], button)


# -- in words ------------------------------------------------------------------------------------------------------


def _people(team: Team, _setup: Setup) -> Iterator[str]:
    yield words.agents(_named(team.agents) or words.NOBODY())
    yield words.managers(_named(team.managers) or words.NOBODY())
    if team.deputies:
        yield words.deputies(_named(team.deputies))


def _rota(team: Team, _setup: Setup) -> Iterator[str]:
    yield _named(team.rota) or words.NO_ROTA()


def _hours(team: Team, _setup: Setup) -> Iterator[str]:
    yield from lines(team.week)
    yield words.by_the_clock(common.escape(team.week.zone))
    if team.country:
        region = [common.escape(team.region)] if team.region else []
        yield words.holidays(", ".join([common.escape(fields.country_name(team.country)), *region]))
    if team.days_off:
        yield words.days_off(_shortened([days.dated(day) for day in team.days_off], MOST_DAYS))


def _targets(team: Team, setup: Setup) -> Iterator[str]:
    one = team.targets or setup.targets
    told = words.targets if team.targets else words.usual_targets
    yield told(common.length(one.first), common.length(one.next))
    if team.ladder is None:
        yield words.LADDER_AS_USUAL()
    else:
        yield words.ladder(len(team.ladder)) if team.ladder else words.LADDER_NONE()


def _budget(team: Team, _setup: Setup) -> Iterator[str]:
    yield words.cap(team.cap)
    yield words.load(team.load)
    yield words.turn(common.length(team.turn))


def _places(team: Team, _setup: Setup) -> Iterator[str]:
    yield words.home(common.channel(team.home) if team.home else words.NONE())
    if team.managers_channel:
        yield words.managers_channel(common.channel(team.managers_channel))
    if team.digest:
        yield words.digest(days.WEEKDAYS[team.digest.weekday](), f"{team.digest.clock:%H:%M}")
    else:
        yield words.NO_DIGEST()
    yield words.pulse(team.pulse) if team.pulse else words.NO_PULSE()
    if team.language:
        yield words.language(fields.language_name(team.language))


def _backing(team: Team, _setup: Setup) -> Iterator[str]:
    yield words.backing(len(team.backing)) if team.backing else words.NO_BACKING()


def _boundary(team: Team, _setup: Setup) -> Iterator[str]:
    breather = team.boundary.breather
    yield words.breather(common.length(breather)) if breather else words.NO_BREATHER()
    cases = (team.boundary.abusive, team.boundary.right, team.boundary.unreasonable)
    if own := sum(bool(case.policy or case.sentence) for case in cases):
        yield words.own_words(own)


TOLD: Mapping[Topic, Callable[[Team, Setup], Iterator[str]]] = {
    Topic.PEOPLE: _people,
    Topic.ROTA: _rota,
    Topic.HOURS: _hours,
    Topic.TARGETS: _targets,
    Topic.BUDGET: _budget,
    Topic.PLACES: _places,
    Topic.BACKING: _backing,
    Topic.BOUNDARY: _boundary,
}


def _named(ids: Sequence[str]) -> str:
    return _shortened([_group(one) if one.startswith("S") else common.person(one) for one in ids], MOST_NAMED)


def _group(group: str) -> str:
    """Shown by its handle; a modal rings nobody."""
    return f"<!subteam^{group}>"


def _shortened(names: Sequence[str], most: int) -> str:
    more = [common.and_more(len(names) - most)] if len(names) > most else []
    return ", ".join([*names[:most], *more])
