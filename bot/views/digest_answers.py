"""What /care digest answers, to whoever asks and to nobody else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views.blocks import context, section
from bot.views.charts import LineChart, as_table
from bot.views.message import Message, date, one_line
from bot.views.words import common
from bot.views.words import digest_answers as words

MOST_TEAMS = 2  # in a preview: a message holds 50 blocks


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """A team's page: where it comes, and when next; None where none does."""

    name: str
    home: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Own:
    """A page of one's own. `leading`: the load of the teams one leads, else one's own week; `at` is None where off."""

    leading: bool
    at: datetime | None


def standing(teams: Sequence[TeamsPage], own: Sequence[Own], may_change: bool) -> Message:
    """How things stand."""
    if not teams and not own:
        return one_line(words.NO_TEAM())
    lines = [*map(_of_team, teams), *map(_of_own, own)]
    hints = [words.YOURS_TO_CHANGE()] + [words.TEAMS_TO_CHANGE()] * may_change
    return Message(" ".join(lines), (*map(section, lines), context(" ".join(hints))))


def preview(pages: Iterable[Message]) -> Message:
    """The pages as they would come now. Slack lets no message have two tables: the first chart becomes one."""
    blocks: list[Block] = [context(words.PREVIEW())]
    for page in pages:
        blocks += [DividerBlock(), *page.blocks]
    drawn, charts = list[Block](), 0
    for block in blocks:
        drawn += (as_table(block.to_dict()) if not charts else []) if isinstance(block, LineChart) else [block]
        charts += isinstance(block, LineChart)
    for block in drawn:
        block.block_id = None  # two teams may tell the same story
    return Message(words.PREVIEW(), tuple(drawn))


def nothing_yet(team: str | None) -> Message:
    """Where no page would come: a team's, or (None) one's own."""
    if team is None:
        return one_line(words.own_nothing_yet())
    return one_line(words.nothing_yet(common.bold(common.shortened(team))))


def _of_team(page: TeamsPage) -> str:
    name = common.bold(common.shortened(page.name))
    if page.at is None or page.home is None:
        return words.no_teams_page(name)
    return words.teams_page(name, common.channel(page.home), date(page.at, words.AT()))


def _of_own(page: Own) -> str:
    what = words.LOAD() if page.leading else words.OWN()
    return words.comes(what, date(page.at, words.AT())) if page.at else words.comes_not(what)
