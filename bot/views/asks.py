"""Asks: what a leader reads and may press, and what the agent hears of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.domain.asks import Ask, Kind, Outcome
from bot.views import snoozes
from bot.views.blocks import context, glimpse, quoted, section
from bot.views.message import Message, date, one_line
from bot.views.words import asks as words
from bot.views.words import boundary as boundary_words
from bot.views.words import common
from bot.views.words import nudges as nudge_words

ANSWER = "ask.answer"
HAVE_IT = "ask.have_it"
SNOOZE = "ask.snooze"
OPEN = "ask.open"
WITHDRAW = "ask.withdraw"


@dataclass(frozen=True, slots=True)
class Told:
    """An ask as people are told of it. `customer` is a plain name, `link` leads to the message that it is about.

    `first` are the leaders who are called first, `told` all who have heard by now; `word_by` is when the agent may
    expect an answer. `joined` counts those who said: me too. `ended_user` gave the answer.
    """

    id: int
    ask: Ask
    first: tuple[str, ...]
    told: tuple[str, ...]
    word_by: datetime | None
    waited: timedelta = timedelta(0)
    owner: str | None = None
    snoozed_until: datetime | None = None
    joined: int = 0
    outcome: Outcome | None = None
    ended_user: str | None = None
    answer: str = ""
    customer: str | None = None
    link: str | None = None

    @property
    def line(self) -> str:
        """What the agent wrote; what CareCue wrote for them is said in the language of whoever reads it."""
        return boundary_words.TALK_LINE() if self.ask.line == boundary_words.TALK_LINE.english else self.ask.line

    @property
    def who(self) -> common.Named:
        """The agent."""
        return common.person(self.ask.by)


def in_list(told: Told, reader: str) -> list[Block]:
    """A line of a leader's living list: who hopes for word and the ways to give it, or who was told when."""
    if told.outcome:
        return _told_when(told)
    call = words.call(told.ask.kind, told.ask.case, told.who)
    line = f"*{words.KINDS[told.ask.kind]()}* · {call} {glimpse(told.line)}"
    notes = [_note(told, reader)] if _note(told, reader) else []
    lines = [line, " · ".join(_details(told)), *notes]
    return [section("\n".join(lines)), ActionsBlock(elements=_ways_out(told, reader))]


def to_agent(told: Told) -> Message:
    """The agent's own: who has it, and by when word is to be expected."""
    if told.outcome:
        return one_line(_settled(told))
    where, headline = _where(told), _called(told)
    later = [user for user in told.told if user not in told.first]
    blocks: list[Block] = [section(f"*{headline}*\n{where}"), section(quoted(told.line))]
    if later and told.owner is None:
        blocks.append(section(words.joined_by(common.people(later))))
    withdraw = ButtonElement(text=words.NO_LONGER_NEEDED(), action_id=WITHDRAW, value=str(told.id))
    blocks.append(ActionsBlock(elements=[withdraw]))
    return Message(f"{headline} {where}", tuple(blocks))


def heard(told: Told, reader: str) -> Message:
    """The answer, to the agent and to everyone who said: me too."""
    assert told.outcome
    assert told.ended_user
    headline = words.heard(told.outcome, common.person(told.ended_user))
    blocks: list[Block] = [section(f"*{headline}*")]
    blocks += [section(quoted(told.answer))] if told.answer else []
    wrote = words.YOU_ASKED() if reader == told.ask.by else words.SAME_SNAG()
    blocks.append(context(wrote % {"line": glimpse(told.line)}, *_about(told)))
    return Message(f"{headline} {glimpse(told.answer)}".rstrip(), tuple(blocks))


def at_once(told: Told) -> Message:
    """The answer to the command, or in the place of the form; the agent's own message says more, and stays."""
    return one_line(f"{_called(told)} {_where(told)}")


def told_line(told: Told) -> str:
    """The same, as a sentence."""
    return at_once(told).text


def mine(asks: Sequence[Told]) -> list[Block]:
    """My open asks, below my customers."""
    if not asks:
        return []
    lines = [f"• *{words.KINDS[one.ask.kind]()}:* {glimpse(one.line)} · {_where(one)}" for one in asks]
    return [section(f"*{words.my_asks(len(asks))}*"), *(section(line) for line in lines)]


def on_clock(asks: Sequence[Told]) -> list[Block]:
    """What a leader's colleagues wait for, longest first."""
    return [block for one in asks for block in _on_clock(one)]


def _on_clock(told: Told) -> list[Block]:
    kind = words.KINDS[told.ask.kind]()
    line = words.clock_line(told.who, kind, glimpse(told.line), told.waited)
    return [section(line), ActionsBlock(elements=[_answer(told)])]


def _details(told: Told) -> list[str]:
    by = [words.hopes_for_word(date(told.word_by))] if told.word_by else []
    return [*by, *_about(told)] or [words.KINDS[told.ask.kind]()]


def _about(told: Told) -> list[str]:
    if told.ask.about is None or told.link is None:
        return []
    customer = common.bold(common.shortened(told.customer or nudge_words.someone()))
    where = words.about(customer, common.channel(told.ask.about.channel))
    return [f"{where} · <{told.link}|{nudge_words.OPEN_THREAD()}>"]


def _note(told: Told, reader: str) -> str:
    notes = [words.me_toos(told.joined)] if told.joined else []
    if told.snoozed_until:
        notes.append(words.snoozed(date(told.snoozed_until)))
    elif told.owner:
        notes.append(words.has_it(None if told.owner == reader else common.person(told.owner)))
    return " ".join(notes)


def _ways_out(told: Told, reader: str) -> list[Any]:
    have_it = ButtonElement(text=words.I_HAVE_IT(), action_id=HAVE_IT, value=str(told.id))
    go = ButtonElement(text=nudge_words.OPEN_THREAD(), action_id=OPEN, url=told.link, value=str(told.id))
    return [
        _answer(told),
        *([] if told.owner == reader else [have_it]),
        snoozes.menu(SNOOZE, told.id),
        *([go] if told.link else []),
    ]


def _answer(told: Told) -> ButtonElement:
    text = words.DECIDE() if told.ask.kind is Kind.BOUNDARY else words.ANSWER()
    return ButtonElement(text=text, action_id=ANSWER, value=str(told.id), style="primary")


def _told_when(told: Told) -> list[Block]:
    """Whoever said when has a button to say what came of it."""
    more = ButtonElement(text=words.SAY_MORE(), action_id=ANSWER, value=str(told.id))
    said = section(f":white_check_mark: {words.told_when(told.who)}")
    return [said, context(words.they_wrote(told.who, glimpse(told.line))), ActionsBlock(elements=[more])]


def _settled(told: Told) -> str:
    if told.outcome is Outcome.WITHDRAWN or told.ended_user is None:
        return words.SETTLED()
    return words.settled(common.person(told.ended_user))


def _called(told: Told) -> str:
    return words.CALLED[told.ask.kind]() if told.first else words.NOT_CALLED()


def _where(told: Told) -> str:
    """With whom it is."""
    by = date(told.word_by) if told.word_by else None
    if told.owner:
        return words.with_owner(common.person(told.owner), by)
    if not told.first:
        return words.NOBODY()
    if not told.told:
        return words.when_hours_begin(common.people(told.first), by)
    return words.with_leaders(common.people(user for user in told.told if user in told.first), by)
