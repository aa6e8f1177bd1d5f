"""The weekly prompt: to a manager with ways to take it up, to a channel of managers without; and its reminder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DividerBlock,
)

from bot.domain.behaviours import Behaviour
from bot.domain.prompt_book import Dimension, Prompt
from bot.domain.prompts import Became, Outcome, Turn
from bot.domain.signals import Heard
from bot.views.blocks import context, header, section
from bot.views.message import Message, date
from bot.views.words import common
from bot.views.words import kudos as kudos_words
from bot.views.words import prompts as words

TAKE = "prompts.take"
ANOTHER = "prompts.another"
PASS = "prompts.pass"  # noqa: S105
WHAT_HAPPENED = "prompts.what_happened"
DONE = "prompts.done"
NOT_YET = "prompts.not_yet"
RETIRE = "prompts.retire"
ADD = "prompts.add"

WHEN = "{date_long_pretty} {time}"
SHOWN_NOTE = 300  # characters of a note


@dataclass(frozen=True, slots=True)
class Before:
    """What was chosen the last time, with what came of it as far as that was said."""

    id: int
    act: str
    last_week: bool
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A prompt as its manager sees it. `team` names the team of the reason to those who lead several.

    `others` is how many times *Another* can be had this week; `shared` and `note` are plain, in the manager's words.
    """

    id: int
    prompt: Prompt
    reason: Heard | Turn
    team: str | None = None
    became: Became | None = None
    remind_at: datetime | None = None
    shared: str | None = None
    outcome: Outcome | None = None
    note: str | None = None
    others: int = 0
    before: Before | None = None


def page(of: Page) -> Message:
    """The direct message of the week."""
    blocks: list[Block] = [*_before(of.before), header(words.headline(of.prompt.title)), *_body(of)]
    blocks += [*_state(of), ActionsBlock(elements=list(_buttons(of))), context(words.ONLY_YOU())]
    return Message(_glimpse(words.headline(of.prompt.title), of.prompt), tuple(blocks))


def part(of: Page) -> list[Block]:
    """The same for the Home tab, shorter."""
    act = section(f"{common.escape(of.prompt.act)}\n{_question(of.prompt)}")
    about = [section(common.escape(of.prompt.why)), act, context(_reason(of))]
    buttons = [*_buttons(of), *_ways_to_the_book()]
    return [header(words.headline(of.prompt.title)), *about, *_state(of), ActionsBlock(elements=buttons)]


def for_leaders(of: Page) -> Message:
    """To a channel of people who lead: nothing of anybody's team, and nothing to press."""
    title = words.leaders_headline(of.prompt.title)
    return Message(_glimpse(title, of.prompt), (header(title), *_body(of)))


def reminder(of: Page) -> Message:
    """At the hour that was chosen; once it is done, it says so."""
    told = words.reminder(common.escape(of.prompt.act))
    blocks: list[Block] = [section(told)]
    if of.outcome:
        blocks.append(context(words.told(of.outcome)))
    blocks.append(ActionsBlock(elements=list(_answers(of.id, of.outcome))))
    return Message(told, tuple(blocks))


def settings(sentence: str) -> Message:
    """How things stand, with the ways to the book of prompts."""
    return Message(sentence, (section(sentence), ActionsBlock(elements=_ways_to_the_book())))


def gone(prompt_id: str) -> Prompt:
    """In the place of one whose words were taken out of the setup."""
    told = (words.GONE(), words.GONE_WHY(), words.GONE_ACT(), words.GONE_ACT(), words.GONE_ACT())
    return Prompt(prompt_id, *told, Dimension.HEALING, Behaviour.KINDNESS)


def _ways_to_the_book() -> list[ButtonElement]:
    return [
        ButtonElement(text=words.RETIRE(), action_id=RETIRE),
        ButtonElement(text=words.ADD(), action_id=ADD),
    ]


def _body(of: Page) -> Iterator[Block]:
    one = of.prompt
    yield section(common.escape(one.why))
    yield section(f"{words.ACT()}\n{common.escape(one.act)}")
    yield section(f"{words.ASK()}\n{_question(one)}")
    yield section(f"{words.NOTICE()}\n{common.escape(one.notice)}")
    serves = words.serves(words.DIMENSIONS[one.dimension](), kudos_words.BEHAVIOURS[one.feeds]())
    yield context(_reason(of), serves)


def _question(one: Prompt) -> str:
    return words.quoted(common.escape(one.question))


def _reason(of: Page) -> str:
    team = common.bold(common.shortened(of.team)) if of.team else None
    return words.chosen(of.reason, words.DIMENSIONS[of.prompt.dimension](), team)


def _before(before: Before | None) -> Iterator[Block]:
    if before is None:
        return
    act = common.escape(before.act)
    if before.outcome:
        yield section(words.before_told(act, before.outcome))
    else:
        yield section(words.before(act, last_week=before.last_week))
        yield ActionsBlock(elements=list(_answers(before.id, None)))
    yield DividerBlock()


def _state(of: Page) -> Iterator[Block]:
    """What has become of it so far."""
    lines = {Became.TAKEN: [words.TAKEN()], Became.PASSED: [words.PASSED()]}.get(of.became or Became.ANOTHER, [])
    if of.outcome:
        lines.append(words.told(of.outcome))
    elif of.became is Became.TAKEN and of.remind_at:
        lines.append(words.reminder_at(date(of.remind_at, WHEN)))
    if of.shared:
        lines.append(words.your_team_reads(common.escape(of.shared)))
    if lines:
        yield section(" ".join(lines))
    if of.note:
        note = common.escape(of.note[:SHOWN_NOTE]) + ("…" if len(of.note) > SHOWN_NOTE else "")
        yield context(words.noted(note))


def _buttons(of: Page) -> Iterator[ButtonElement]:
    taken = of.became is Became.TAKEN
    if not of.outcome:
        yield _button(TAKE, words.CHANGE() if taken else words.TAKE(), of.id, "" if taken else "primary")
    if of.became is None and not of.outcome:
        if of.others > 0:
            yield _button(ANOTHER, words.ANOTHER(), of.id)
        yield _button(PASS, words.PASS(), of.id)
    yield _button(WHAT_HAPPENED, words.WHAT_HAPPENED(), of.id)


def _answers(prompt_id: int, outcome: Outcome | None) -> Iterator[ButtonElement]:
    if outcome is None:
        yield _button(DONE, words.DONE(), prompt_id, "primary")
        yield _button(NOT_YET, words.NOT_YET(), prompt_id)
    yield _button(WHAT_HAPPENED, words.WHAT_HAPPENED(), prompt_id)


def _button(action_id: str, text: str, prompt_id: int, style: str = "") -> ButtonElement:
    return ButtonElement(text=text, action_id=action_id, value=str(prompt_id), style=style or None)


def _glimpse(headline: str, one: Prompt) -> str:
    return f"{common.escape(headline)}. {common.escape(one.act)}"
