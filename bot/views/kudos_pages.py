"""The pages of kudos: mine, as stories; the team's, as counts of behaviours and never of people; a manager's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, DividerBlock

from bot.domain.behaviours import unseen
from bot.domain.kudos import Behaviour
from bot.views.blocks import context, header, quoted, section
from bot.views.kudos import Story
from bot.views.kudos_answers import changes
from bot.views.message import Message, date
from bot.views.words import common
from bot.views.words import kudos as words
from bot.views.words import kudos_form as form_words
from bot.views.words import kudos_pages as page_words

BEGIN = "kudos.begin"
SETTINGS = "kudos.settings"

MOST_STORIES = 8  # received, in a message; and as many given
NONE, MANY = "·", "+"
MOST_PEOPLE = 8
DAY = "{date_short_pretty}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A customer's thanks that somebody kept: that it happened, and where."""

    channel: str
    link: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unthanked:
    """Somebody who has had no kudos for long, with links to conversations of theirs that may be worth looking at."""

    user: str
    links: tuple[str, ...]


def mine(received: Sequence[Story], given: Sequence[Story], kept: Sequence[Kept] = (), changeable: int = 0) -> Message:
    """My page. `changeable`: how many of those given, newest first, may still be changed."""
    return Message(page_words.MINE(), tuple(mine_blocks(received, given, kept, changeable)))


def mine_blocks(
    received: Sequence[Story], given: Sequence[Story], kept: Sequence[Kept] = (), changeable: int = 0
) -> list[Block]:
    """The same, wherever there is room for it."""
    blocks: list[Block] = [header(page_words.MINE()), *_received(received)]
    if kept:
        lines = [f"{common.channel(one.channel)} · {date(one.at, DAY)} · {_opened(one.link)}" for one in kept]
        blocks += [section(page_words.CUSTOMERS_THANKED()), context(*lines[:MOST_STORIES])]
    blocks += [DividerBlock(), header(page_words.GIVEN()), ActionsBlock(elements=_begin())]
    for place, story in enumerate(given):
        blocks += _story(story, page_words.to(common.people(story.receivers)), story.behaviours)
        blocks += [ActionsBlock(elements=changes(story.id))] if place < changeable else []
    return blocks if given else [*blocks, context(page_words.GIVEN_NONE())]


def team(name: str, weeks: Sequence[Mapping[Behaviour, int]]) -> list[Block]:
    """How often which behaviour was thanked for, a week after the other, the last one running; and what goes unseen."""
    sums = {one: sum(week.get(one, 0) for week in weeks) for one in Behaviour}
    lines = [
        f"`{_course(one, weeks)}`  {words.SIGNS[one]} {words.BEHAVIOURS[one]()}  *{sums[one]}*" for one in Behaviour
    ]
    blocks: list[Block] = [
        header(page_words.team(name)),
        section("\n".join(lines)),
        context(page_words.over(len(weeks))),
    ]
    if missing := unseen(sums):
        names = [words.BEHAVIOURS[one]() for one in missing]
        blocks.append(section(page_words.all_unseen() if len(missing) == len(Behaviour) else page_words.unseen(names)))
    return blocks


def too_small(name: str) -> list[Block]:
    """Where counts would tell of people."""
    return [section(page_words.too_small(common.bold(common.shortened(name))))]


def unthanked(people: Sequence[Unthanked], days: int, most: int = MOST_PEOPLE) -> list[Block]:
    """For a manager alone: who has gone without thanks; at most so many."""
    if not people:
        return [section(page_words.all_thanked(days))]
    shown = [section(" · ".join([common.person(one.user), *map(_conversation, one.links)])) for one in people[:most]]
    blocks: list[Block] = [section(page_words.unthanked(days)), *shown]
    if len(people) > most:
        blocks.append(context(common.and_more(len(people) - most)))
    return [*blocks, context(page_words.ONLY_YOU())]


def page(title: str, blocks: Sequence[Block]) -> Message:
    """Blocks as an answer."""
    return Message(title, tuple(blocks))


def _begin() -> list[ButtonElement]:
    return [
        ButtonElement(text=form_words.FORM_TITLE(), action_id=BEGIN, style="primary"),
        ButtonElement(text=form_words.SETTINGS(), action_id=SETTINGS),
    ]


def _received(stories: Sequence[Story]) -> Iterator[Block]:
    """By behaviour, in their usual order; what was thanked for without one comes last."""
    if not stories:
        yield section(page_words.MINE_NONE())
    for behaviour in (*Behaviour, None):
        of_it = [story for story in stories if next(iter(story.behaviours), None) is behaviour]
        if of_it and behaviour:
            yield section(f"{words.SIGNS[behaviour]} *{words.BEHAVIOURS[behaviour]()}*")
        for story in of_it:
            yield from _story(story, page_words.by(common.person(story.giver)), story.behaviours[1:])


def _story(story: Story, who: str, behaviours: Sequence[Behaviour]) -> list[Block]:
    """With the behaviours that no heading above it names."""
    tags = [f"{words.SIGNS[one]} {words.BEHAVIOURS[one]()}" for one in behaviours]
    link = [_opened(story.link)] if story.link else []
    return [section(quoted(story.reason)), context(" · ".join([who, date(story.at, DAY), *tags, *link]))]


def _course(behaviour: Behaviour, weeks: Sequence[Mapping[Behaviour, int]]) -> str:
    """A sign a week, so that the lines stand below each other."""
    counts = [week.get(behaviour, 0) for week in weeks]
    return "".join(NONE if count == 0 else str(count) if count < 10 else MANY for count in counts)


def _opened(link: str) -> str:
    return f"<{link}|{words.OPEN_MESSAGE()}>"


def _conversation(link: str) -> str:
    return f"<{link}|{page_words.OPEN_CONVERSATION()}>"
