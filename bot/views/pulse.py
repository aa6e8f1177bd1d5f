"""The pulse as it is asked, answered in two taps, and told to everybody alike."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as calendar
from datetime import datetime
from typing import Any, NamedTuple

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.domain.pulse import ANSWERS, SKIP, STEPS, Question, Told, Verdict
from bot.views.blocks import ask_again, context, section
from bot.views.message import Message, date, one_line
from bot.views.words import common, days
from bot.views.words import pulse as words

PREFIX = "pulse."
STEP_IDS = {f"{PREFIX}{step}": step for step in ANSWERS}

GOOD = (Verdict.MORE_YES, Verdict.MOST_YES)
MOST_ROUNDS = 12  # of a team on its page: about half a year
MOST_TEAMS = 3  # on a page, which holds 50 blocks
DAY, MOMENT = "{date_short_pretty}", "{date_short_pretty} {time}"
_EMOJI = re.compile(r":\w+: ")
_ROUND = re.compile(r"([a-z0-9][a-z0-9_-]{0,39}):(\d{4}-\d\d-\d\d)")


class Press(NamedTuple):
    """What somebody answered to which round. Never stored, never logged as it is."""

    team: str
    period: str
    step: int


@dataclass(frozen=True, slots=True)
class TeamPulse:
    """What may be told of a team, oldest first. `floor` is None where nobody is asked, `upcoming` too."""

    name: str
    told: tuple[Told, ...]
    floor: int | None
    upcoming: datetime | None


def question(team: str, period: str, asked: Question, floor: int, closes: datetime) -> Message:
    """To an agent. The first tap chooses, the second one sends; nothing reaches CareCue before."""
    value = f"{team}:{period}"
    buttons = [_button(step, value) for step in (*STEPS, SKIP)]
    promise = words.promise(floor, date(closes, MOMENT))
    blocks = (section(f"*{words.TITLE()}*\n{words.question(asked)}"), ActionsBlock(elements=buttons), context(promise))
    return Message(f"{words.TITLE()}: {words.question(asked)}", blocks)


def read_press(action: Mapping[str, Any]) -> Press | None:
    """The answer that a press is; None for what we never drew."""
    step = STEP_IDS.get(str(action.get("action_id")))
    match = _ROUND.fullmatch(str(action.get("value")))
    return None if step is None or match is None else Press(match[1], match[2], step)


def answered(step: int) -> Message:
    """What stays of the question, for who is done with it."""
    return one_line(words.SKIPPED() if step == SKIP else words.THANKS())


def already() -> Message:
    """The same, for who presses once more."""
    return one_line(words.ALREADY())


def over() -> Message:
    """What stays of it for everybody, whatever they did."""
    return one_line(words.CLOSED())


def told(team: str, rounds: Sequence[Told]) -> Message:
    """To everybody alike: what came of the last of these rounds, and how that compares."""
    name = common.escape(common.shortened(team))
    *earlier, last = rounds
    title = words.told(name)
    blocks: list[Block] = [section(f"*{title}*\n{_said(last)}")]
    before = [one for one in earlier if one.question.about is last.question.about]
    blocks += [context(words.before(before[-1].verdict))] if before else []
    blocks += [] if last.verdict in GOOD else [section(words.WHAT_WOULD_HELP())]
    return Message(f"{title}. {words.question(last.question)} {_plain(last)}", (*blocks, context(words.NO_NUMBERS())))


def page(teams: Sequence[TeamPulse]) -> Message:
    """/care pulse: how it went over the last months, the same for whoever asks."""
    if not teams:
        return one_line(words.NO_TEAM())
    blocks = [block for team in teams[:MOST_TEAMS] for block in _team(team)]
    return Message(words.PAGE_TITLE(), (*blocks, context(words.ALL_ALIKE(), words.NO_NUMBERS())))


def _team(team: TeamPulse) -> Iterator[Block]:
    name = common.escape(common.shortened(team.name)).replace("*", "")
    if team.told:
        yield section(f"*{words.PAGE_TITLE()}: {name}*")
        yield from (section(_line_of(one)) for one in reversed(team.told[-MOST_ROUNDS:]))
    elif team.floor:
        yield section(words.nothing_yet(name, team.floor))
    if team.floor is None:
        yield context(words.off(name))
    elif team.upcoming:
        yield context(words.next_on(date(team.upcoming, DAY)))


def _line_of(one: Told) -> str:
    day = days.dated(calendar.fromisoformat(one.period))
    return f"*{words.ABOUT[one.question.about]()}* · {day}\n{_said(one)}"


def _said(one: Told) -> str:
    return f"_{words.question(one.question)}_\n{words.VERDICTS[one.verdict]()}"


def _plain(one: Told) -> str:
    return _EMOJI.sub("", words.VERDICTS[one.verdict](), count=1)


def _button(step: int, value: str) -> ButtonElement:
    label = words.STEPS[step]()
    sure = ask_again(words.SURE_TITLE(), words.skip_sure() if step == SKIP else words.sure(label), words.SEND())
    return ButtonElement(text=label, action_id=f"{PREFIX}{step}", value=value, confirm=sure)
