"""The forms of asks: calling for help, telling a snag, answering. Each is read back where it is drawn."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from slack_sdk.models.blocks import (
    Block,
    Option,
    RadioButtonsElement,
)

from bot.domain.asks import ANSWERS, LINE_MAX, Kind, Outcome
from bot.domain.kudos import Source
from bot.views.asks import Told
from bot.views.blocks import quoted, section
from bot.views.forms import OPTION_MAX, box, chosen, field, modal, option, select, typed
from bot.views.message import read_id
from bot.views.words import ask_forms as words
from bot.views.words import asks as ask_words

ASK_FORM = "ask.form"
ANSWER_FORM = "ask.answer_form"
LINE = "ask.line"
TEAM = "ask.team"
SAME = "ask.same"
OUTCOME = "ask.outcome"

MOST_SAME = 9  # of radio buttons, of which there are ten, one is for none of these
NEW = "new"


class Choice(NamedTuple):
    """Something to choose, by its key or id."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An ask before it is sent off. `teams` are those to choose from, `same` the open snags that it may be one of."""

    kind: Kind
    line: str = ""
    about: Source | None = None
    teams: tuple[Choice, ...] = ()
    same: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody sent off. `team` is None where there was nothing to choose, `same` the snag that they have too."""

    kind: Kind
    line: str
    about: Source | None
    team: str | None
    same: int | None


def form(draft: Draft) -> dict[str, Any]:
    """The modal for an ask: a line, and for a snag the ones that are known already."""
    teams = [option(name, key) for key, name in draft.teams]
    blocks = [field(TEAM, words.TEAM(), select(TEAM, teams))] if len(teams) > 1 else []
    if draft.same:
        options = [Option(text=name, value=key) for key, name in (*draft.same, Choice(NEW, words.NEW_SNAG()))]
        radio = RadioButtonsElement(action_id=SAME, options=options, initial_option=options[-1])
        blocks.append(field(SAME, words.SAME(), radio, words.SAME_HINT()))
    label, hint = words.LINE[draft.kind](), words.LINE_HINT[draft.kind]()
    blocks.append(field(LINE, label, box(LINE, draft.line), hint, optional=bool(draft.same)))
    about = draft.about and [draft.about.channel, draft.about.ts, draft.about.root_ts]
    carried = json.dumps({"kind": draft.kind, "about": about})
    submit = words.ASK() if draft.kind is Kind.HELP else words.TELL()
    return modal(ASK_FORM, words.TITLES[draft.kind](), submit, blocks, carried)


def read_form(view: Mapping[str, Any]) -> Filled:
    """What somebody sent off in the form above."""
    carried = json.loads(view["private_metadata"])
    return Filled(
        kind=Kind(carried["kind"]),
        line=typed(view, LINE),
        about=Source(*carried["about"]) if carried.get("about") else None,
        team=chosen(view, TEAM),
        same=read_id(chosen(view, SAME)),
    )


def answer_form(told: Told) -> dict[str, Any]:
    """The modal for a leader's word."""
    kind, outcomes = told.ask.kind, ANSWERS[told.ask.kind]
    headline = section(f"*{ask_words.call(kind, told.ask.case, told.who)}*")
    blocks: list[Block] = [headline, section(quoted(told.line))]
    if len(outcomes) > 1:
        options = [_outcome(one) for one in outcomes]
        radio = RadioButtonsElement(action_id=OUTCOME, options=options)
        radio.initial_option = options[0] if kind is Kind.BOUNDARY else None  # backing is what is usual
        blocks.append(field(OUTCOME, words.OUTCOME(), radio))
    blocks.append(field(LINE, words.ANSWER_LINE[kind](), box(LINE), words.ANSWER_HINT[kind]()))
    return modal(ANSWER_FORM, words.ANSWER_TITLE(), words.SEND(), blocks, str(told.id))


def _outcome(one: Outcome) -> Option:
    means = words.MEANS.get(one)
    return Option(text=words.OUTCOMES[one](), value=one, description=means() if means else None)


def read_answer(view: Mapping[str, Any]) -> tuple[int, Outcome, str]:
    """The ask, what becomes of it, and the line. Raises ValueError for what was not offered."""
    outcome = Outcome(chosen(view, OUTCOME) or Outcome.ANSWERED)
    return read_id(view["private_metadata"]) or 0, outcome, typed(view, LINE)


def wrong(line: str) -> dict[str, str] | None:
    """What is wrong with a line, beside it; None where nothing is."""
    if not line:
        return {LINE: ask_words.EMPTY()}
    return {LINE: words.too_long(len(line), LINE_MAX)} if len(line) > LINE_MAX else None


def beside_line(sentence: str) -> dict[str, str]:
    """Another refusal."""
    return {LINE: sentence}


def choices(snags: Sequence[tuple[int, str, int]]) -> tuple[Choice, ...]:
    """Open snags to choose from: id, line, and how many people have it."""
    return tuple(Choice(str(snag_id), _same(line, people)) for snag_id, line, people in snags[:MOST_SAME])


def _same(line: str, people: int) -> str:
    whole, one_line = words.same_snag("", people), " ".join(line.split())
    room = OPTION_MAX - len(whole)
    return words.same_snag(one_line if len(one_line) <= room else f"{one_line[: room - 1]}…", people)
