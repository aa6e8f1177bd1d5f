"""The living list: one message in which stand all customers who wait for a person, each with its ways out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, Option, OverflowMenuElement

from bot.domain import because
from bot.domain.conversations import EndedBy
from bot.views import asks, boundary, loads, nudges, promises
from bot.views.asks import Told
from bot.views.blocks import context, section
from bot.views.message import Message, date, read_id
from bot.views.nudges import Waiting
from bot.views.promises import Owed
from bot.views.words import common
from bot.views.words import living_list as words
from bot.views.words import loads as load_words

REPLY = "list.reply"
WAY = "list.way"
CLAIM = "list.claim"
RESUME = "list.resume"
ASK = "list.ask"
HAND_OVER = "list.hand_over"

MOST_LINES = 12
LEAST = (6, 3, 2, 1)  # of these, what always has room: customers, asks, promises, loads
MOST_OVER = 3


class Way(StrEnum):
    """A choice of a line's menu."""

    ON_IT = "on_it"
    ASK = "ask"
    HAND_OVER = "hand_over"
    PAUSE = "pause"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Line:
    """A customer who waits. `say` is the ladder's word: reply, help, handed, passed, snoozed, paused or how_help.

    `because` is the code of why it came to the reader; `claimed_by` said *I'm on it*; `local` is now on the customer's
    own clock, where that is two hours or more from the reader's; `before` is what there is to know of the customer.
    """

    nudge_id: int
    waiting: Waiting
    say: str = "reply"
    because: str = ""
    claimed_by: str | None = None
    local: datetime | None = None
    before: boundary.MetBefore | None = None

    @property
    def rests(self) -> bool:
        """Whether nothing is asked of the reader for now."""
        return self.waiting.is_set_aside

    @property
    def is_managers(self) -> bool:
        """Whether it asks how to help, and not for a reply."""
        return self.say == "how_help"


@dataclass(frozen=True, slots=True)
class Over:
    """A line that was there a moment ago, and how it ended. `to` is who has it now, where it was passed on."""

    waiting: Waiting
    ended_by: EndedBy | None = None
    by: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """Somebody with more customers waiting than the team's limit, as those who lead them are told."""

    user: str
    open: int
    limit: int


@dataclass(frozen=True, slots=True)
class Page:
    """All that stands in one person's list; where nothing does, they are all caught up.

    `lines` come most urgent first, and `count` is how many there are with those that are not handed in. `asks` come
    with those that the reader answered with a time, of which they may say more. `over` ended since the list was posted,
    latest first. `away_from` and `away_until` are the bot's own silence.
    """

    reader: str
    lines: tuple[Line, ...] = ()
    count: int = 0
    asks: tuple[Told, ...] = ()
    promised: tuple[Owed, ...] = ()
    loads: tuple[Load, ...] = ()
    over: tuple[Over, ...] = ()
    away_from: datetime | None = None
    away_until: datetime | None = None
    quiet: bool = False

    @property
    def sizes(self) -> tuple[int, int, int, int]:
        """How many of each there are: customers, asks, promises, loads."""
        return max(self.count, len(self.lines)), len(self.asks), len(self.promised), len(self.loads)


def draw(page: Page) -> Message:
    """The list as it stands now."""
    if not any(page.sizes):
        return _caught_up(page)
    rooms = _rooms((len(page.lines), *page.sizes[1:]))
    lines = sorted(page.lines, key=lambda line: line.rests)[: rooms[0]]
    headline = _headline(page)
    blocks: list[Block] = [section(f"*{headline}*"), *_away(page)]
    for line in lines:
        blocks += _line(page, line)
    blocks += _others(page, rooms)
    blocks += [context(note) for note in _notes(page, lines, sum(page.sizes) - sum(rooms))]
    told = [f"{_spoken(line)}." for line in lines if not line.rests]
    return Message(words.spoken(headline, [*told, *_over(page)]), tuple(blocks))


def read_way(action: Mapping[str, Any]) -> tuple[Way, int | None]:
    """What was chosen of a line's menu, and the nudge. Raises ValueError for what was not offered."""
    way, _, nudge_id = str(action["selected_option"]["value"]).partition(":")
    return Way(way), read_id(nudge_id)


def _caught_up(page: Page) -> Message:
    ended = [context(" ".join(f":white_check_mark: {said}" for said in _over(page)))] if page.over else []
    text = words.ALL_CAUGHT_UP()
    return Message(" ".join([*_over(page)[:1], text]), (section(f"*{text}*"), *_away(page), *ended))


def _rooms(sizes: tuple[int, int, int, int]) -> list[int]:
    """How many of each are shown: each its least, and what is left over in turn."""
    rooms = [min(size, least) for size, least in zip(sizes, LEAST, strict=True)]
    for place, size in enumerate(sizes):
        rooms[place] += min(size - rooms[place], MOST_LINES - sum(rooms))
    return rooms


def _headline(page: Page) -> str:
    to_help = sum(line.is_managers for line in page.lines)
    customers = page.sizes[0] - to_help - sum(line.rests for line in page.lines if not line.is_managers)
    asked = sum(told.outcome is None for told in page.asks)
    promised = sum(owed.on_it_until is None for owed in page.promised)
    return words.headline(customers, to_help, asked, promised, len(page.loads)) or words.SET_ASIDE()


def _away(page: Page) -> list[Block]:
    if page.away_from is None or page.away_until is None:
        return []
    return [context(words.was_away(date(page.away_from), date(page.away_until)))]


def _line(page: Page, line: Line) -> list[Block]:
    """What there is to know, and what to do about it."""
    told = [_waits(line), *filter(None, [_in_passing(line), _why(line), _said(line), _state(page, line)])]
    before = [boundary.before_line(line.before)] if line.before else []
    return [section("\n".join(told)), *before, ActionsBlock(elements=_ways_out(line))]


def _waits(line: Line) -> str:
    one, where = line.waiting, common.channel(line.waiting.channel)
    if one.paused_until:
        return words.rests(one.bold_name, where)
    return words.waits(one.bold_name, where, one.waited, one.target)


def _spoken(line: Line) -> str:
    one = line.waiting
    return words.waits(common.escape(one.name), common.channel(one.channel), one.waited, one.target)


def _in_passing(line: Line) -> str:
    there = [words.local_time(line.local)] if line.local else []
    return " · ".join([*there, *([words.NEW_HERE()] if line.waiting.new_here else [])])


def _why(line: Line) -> str:
    known = because.read(line.because)
    if known is None:
        return words.handed(None) if line.say == "handed" else ""
    until = date(known.until) if known.until else None
    return words.why_yours(known.cause, common.person(known.user), known.reason, until)


def _said(line: Line) -> str:
    owner = common.person(line.waiting.owner) if line.waiting.owner else words.THE_TEAM()
    return "" if line.rests or line.say not in words.SAYS else words.SAYS[line.say]() % {"owner": owner}


def _state(page: Page, line: Line) -> str:
    one = line.waiting
    if one.paused_until:
        return words.paused(date(one.paused_until))
    if one.snoozed_until:
        return words.snoozed(date(one.snoozed_until))
    if line.claimed_by and line.say != "handed":  # whoever was asked to take it has not said so themselves
        return words.YOU_HAVE_IT() if line.claimed_by == page.reader else words.has_it(common.person(line.claimed_by))
    return ""


def _ways_out(line: Line) -> list[Any]:
    """A way to the thread and a menu; the second word about the same wait has help and cover beside it."""
    value, link = str(line.nudge_id), line.waiting.link
    if line.is_managers:
        go = ButtonElement(text=words.OPEN_THREAD(), action_id=REPLY, url=link, value=value, style="primary")
        return [go, ButtonElement(text=words.IM_ON_IT(), action_id=CLAIM, value=value)]
    go = ButtonElement(text=words.REPLY(), action_id=REPLY, url=link, value=value, style="primary")
    resume = [ButtonElement(text=words.RESUME(), action_id=RESUME, value=value)] if line.waiting.paused_until else []
    return [go, *resume, *(_cover(value) if line.say == "help" and not line.rests else ()), _menu(value)]


def _cover(value: str) -> list[Any]:
    ask = ButtonElement(text=words.ASK_FOR_HELP(), action_id=ASK, value=value)
    return [ask, ButtonElement(text=words.HAND_OVER(), action_id=HAND_OVER, value=value)]


def _menu(value: str) -> OverflowMenuElement:
    labels = {
        Way.ON_IT: words.ON_IT(),
        Way.ASK: words.ASK_FOR_HELP(),
        Way.HAND_OVER: words.HAND_OVER(),
        Way.PAUSE: words.WAITING_ON_CUSTOMER(),
        Way.MORE: words.MORE(),
    }
    options = [Option(text=text, value=f"{way}:{value}") for way, text in labels.items()]
    return OverflowMenuElement(action_id=WAY, options=options)


def _others(page: Page, rooms: list[int]) -> Iterator[Block]:
    """What is no customer's wait: colleagues who hope for word, promises, people with too much."""
    for told in page.asks[: rooms[1]]:
        yield from asks.in_list(told, page.reader)
    for owed in page.promised[: rooms[2]]:
        yield from promises.in_list(owed)
    for load in page.loads[: rooms[3]]:
        too_much = load_words.too_much(common.person(load.user), load.open, load.limit)
        yield section(too_much, loads.button(load.user))


def _notes(page: Page, lines: list[Line], left_out: int) -> Iterator[str]:
    """Below the lines."""
    if left_out:
        yield words.more_at_home(left_out)
    if page.over:
        yield " ".join(f":white_check_mark: {said}" for said in _over(page))
    if any(line.before for line in lines):
        yield boundary.SAME_BACKING()
    if page.quiet:
        yield words.QUIET()


def _over(page: Page) -> list[str]:
    return [_ended(one, page.reader) for one in page.over[:MOST_OVER]]


def _ended(one: Over, reader: str) -> str:
    if one.to:
        return nudges.passed_on(one.waiting, one.to)
    return nudges.how_it_ended(one.waiting, one.ended_by, one.by, reader)
