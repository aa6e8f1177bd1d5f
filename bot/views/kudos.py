"""Kudos: the note that a receiver keeps, the announcement, and what else is said in private about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.domain.kudos import Behaviour, Where
from bot.views.blocks import ask_again, context, glimpse, quoted, section
from bot.views.message import Message, one_line
from bot.views.words import common
from bot.views.words import kudos as words

THANK = "kudos.thank"
SHOW_MANAGER = "kudos.show_manager"
HIDE = "kudos.hide"
ANNOUNCE = "kudos.announce"
KEEP_QUIET = "kudos.keep_quiet"
WHY = "kudos.why"
WHY_NOT = "kudos.why_not"
KEEP = "kudos.keep"
WHO_HELPED = "kudos.who_helped"
LET_BE = "kudos.let_be"


@dataclass(frozen=True, slots=True)
class Story:
    """Kudos as somebody may read them. `link` is None for whoever may not see the message they are about.

    `reason` is plain text as it was typed: escaped here and nowhere before.
    """

    id: int
    giver: str
    receivers: tuple[str, ...]
    behaviours: tuple[Behaviour, ...]
    reason: str
    where: Where
    at: datetime
    link: str | None = None


def note(
    story: Story,
    reader: str,
    *,
    ask: bool = False,
    may_show_manager: bool = False,
    thanked: bool = False,
    shown: bool = False,
) -> Message:
    """A receiver's direct message. `ask`: whether their name may be announced is still theirs to say.

    `thanked` and `shown` tell what they have done with it; `may_show_manager` is False for who has none.
    """
    others = common.people(user for user in story.receivers if user != reader)
    headline = words.note_headline(common.person(story.giver), others)
    blocks: list[Block] = [section(headline), *body(story, _seen_by(story, others))]
    if ask:
        blocks += [section(words.MAY_IT_BE_ANNOUNCED()), ActionsBlock(elements=_answers(story.id))]
    if done := " ".join([words.YOU_THANKED()] * thanked + [words.YOU_SHOWED()] * shown):
        blocks.append(context(done))
    blocks.append(ActionsBlock(elements=_ways(story.id, thanked, shown or not may_show_manager)))
    return Message(f"{headline} {glimpse(story.reason)}", tuple(blocks))


def hidden() -> Message:
    """What stays of a note that its receiver has hidden."""
    return one_line(words.HIDDEN())


def taken_back(giver: str) -> Message:
    """What stays of a note that its giver has taken back."""
    return one_line(words.taken_back(common.person(giver)))


def announcement(story: Story, named: Sequence[str]) -> Message:
    """To a channel, of those receivers who are `named`; give it a story whose link everybody there may follow."""
    headline = words.announced_headline(common.person(story.giver), common.people(named))
    return Message(f"{headline} {glimpse(story.reason)}", (section(headline), *body(story)))


def thanks(story: Story, receiver: str) -> Message:
    """To the giver: a receiver says thanks."""
    return _quoting(words.says_thanks(common.person(receiver)), story)


def for_manager(story: Story, receiver: str) -> Message:
    """To a receiver's manager, because the receiver wants it."""
    return _quoting(words.shows_you(common.person(receiver), common.person(story.giver)), story)


def ask_why(ask_id: int, author: str, emoji: str, link: str) -> Message:
    """To somebody who reacted to an agent's message: `emoji` is its name, without colons."""
    buttons = [(WHY, words.SAY_WHY()), (WHY_NOT, words.NOT_NOW())]
    return _asking(words.ask_why(emoji, common.person(author)), (), buttons, ask_id, link)


def ask_keep(ask_id: int, channel: str, link: str, customer: str | None = None) -> Message:
    """To an agent whom a customer (a plain name) thanked."""
    headline = words.ask_keep(common.bold(common.shortened(customer)) if customer else None, common.channel(channel))
    buttons = [(KEEP, words.KEEP()), (WHO_HELPED, words.WHO_HELPED()), (LET_BE, words.LET_BE())]
    return _asking(headline, (words.KEEP_HINT(),), buttons, ask_id, link)


def kept() -> Message:
    """A customer's thanks that the agent keeps."""
    return one_line(words.KEPT())


def why_given() -> Message:
    """A reaction that became kudos."""
    return one_line(words.WHY_GIVEN())


def helped_given() -> Message:
    """A customer's thanks that were passed on."""
    return one_line(words.HELPED_GIVEN())


def left_be() -> Message:
    """A question that was answered with no."""
    return one_line(words.LEFT_BE())


def withdrawn() -> Message:
    """A question about a reaction that is gone."""
    return one_line(words.WITHDRAWN())


def body(story: Story, *notes: str) -> list[Block]:
    """The reason, and below it what it is for and where it comes from."""
    tags = [f"{words.SIGNS[one]} {words.BEHAVIOURS[one]()}" for one in story.behaviours]
    link = [f"<{story.link}|{words.OPEN_MESSAGE()}>"] if story.link else []
    blocks: list[Block] = [section(quoted(story.reason))]
    if below := [" · ".join(some) for some in (tags, link, [one for one in notes if one]) if some]:
        blocks.append(context(*below))
    return blocks


def _seen_by(story: Story, others: Sequence[str]) -> str:
    if story.where is not Where.PRIVATE:
        return ""
    giver = common.person(story.giver)
    return words.between_all_of_us(giver) if others else words.between_us(giver)


def _answers(kudos_id: int) -> list[ButtonElement]:
    return [
        ButtonElement(text=words.YES_ANNOUNCE(), action_id=ANNOUNCE, value=str(kudos_id)),
        ButtonElement(text=words.NO_KEEP(), action_id=KEEP_QUIET, value=str(kudos_id)),
    ]


def _ways(kudos_id: int, thanked: bool, shown: bool) -> list[ButtonElement]:
    value = str(kudos_id)
    thank = ButtonElement(text=words.SAY_THANKS(), action_id=THANK, value=value, style="primary")
    show = ButtonElement(text=words.SHOW_MANAGER(), action_id=SHOW_MANAGER, value=value)
    sure = ask_again(words.HIDE_TITLE(), words.HIDE_TEXT(), words.HIDE())
    hide = ButtonElement(text=words.HIDE(), action_id=HIDE, value=value, confirm=sure)
    return [thank] * (not thanked) + [show] * (not shown) + [hide]


def _quoting(headline: str, story: Story) -> Message:
    return Message(f"{headline} {glimpse(story.reason)}", (section(headline), *body(story)))


def _asking(headline: str, notes: Sequence[str], buttons: Sequence[tuple[str, str]], ask_id: int, link: str) -> Message:
    elements = [ButtonElement(text=text, action_id=action, value=str(ask_id)) for action, text in buttons]
    elements[0].style = "primary"
    below = context(*notes, f"<{link}|{words.OPEN_MESSAGE()}>")
    return Message(headline, (section(headline), below, ActionsBlock(elements=elements)))
