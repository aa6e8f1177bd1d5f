"""The living list: one message in which stand all customers who wait for a person, each with its ways out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, Option, OverflowMenuElement

from bot.views import asks, boundary, promises
from bot.views.asks import Told
from bot.views.blocks import context, section
from bot.views.message import Message, date, one_line, read_id
from bot.views.nudges import Waiting
from bot.views.promises import Owed
from bot.views.words import common
from bot.views.words import living_list as words

REPLY = "list.reply"
WAY = "list.way"
RESUME = "list.resume"

MOST_LINES = 12


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

    `because` is what the nudge's row keeps of why it came to the reader; `claimed_by` said *I'm on it*; `local` is now
    on the customer's own clock, where that differs from the reader's by two hours or more; `before` is what there is to
    know of the customer.
    """

    nudge_id: int
    waiting: Waiting
    say: str = "reply"
    because: str = ""
    claimed_by: str | None = None
    snoozed_until: datetime | None = None
    paused_until: datetime | None = None
    local: datetime | None = None
    before: boundary.MetBefore | None = None

    @property
    def rests(self) -> bool:
        """Whether nothing is asked of the reader for now."""
        return self.paused_until is not None or self.snoozed_until is not None


@dataclass(frozen=True, slots=True)
class Load:
    """Somebody with more customers waiting than the team's limit, as their manager is told."""

    user: str
    open: int
    limit: int


@dataclass(frozen=True, slots=True)
class Page:
    """All that stands in one person's list; nothing at all is "all caught up".

    `lines` come most urgent first; `count` is how many there are with those that are not handed in. `away_from` and
    `away_until` are the bot's own silence. `home` is the link of the App Home, where it is known.
    """

    reader: str
    lines: tuple[Line, ...] = ()
    count: int = 0
    asks: tuple[Told, ...] = ()
    promised: tuple[Owed, ...] = ()
    loads: tuple[Load, ...] = ()
    away_from: datetime | None = None
    away_until: datetime | None = None
    quiet: bool = False
    home: str | None = None


def draw(page: Page) -> Message:
    """The list as it stands now."""
    if not (page.lines or page.asks or page.promised or page.loads):
        return one_line(words.ALL_CAUGHT_UP)
    lines = page.lines[:MOST_LINES]
    headline = _headline(page)
    blocks: list[Block] = [section(f"*{headline}*"), *_away(page)]
    for line in lines:
        blocks += _line(page, line)
    blocks += _others(page)
    if left_out := max(page.count, len(page.lines)) - len(lines):
        blocks.append(context(words.more_at_home(left_out, page.home)))
    blocks += [context(words.QUIET)] if page.quiet else []
    return Message(words.spoken(headline, [_waits(line) for line in lines]), tuple(blocks))


def read_way(action: Mapping[str, Any]) -> tuple[Way, int | None]:
    """What was chosen of a line's menu, and the nudge. Raises ValueError for what was not offered."""
    way, _, nudge_id = str(action["selected_option"]["value"]).partition(":")
    return Way(way), read_id(nudge_id)


def _headline(page: Page) -> str:
    resting = sum(line.rests for line in page.lines)
    customers = max(page.count, len(page.lines)) - resting
    told = words.headline(customers, len(page.asks), len(page.promised), len(page.loads))
    return told or words.SET_ASIDE


def _away(page: Page) -> list[Block]:
    if page.away_from is None or page.away_until is None:
        return []
    return [context(words.was_away(date(page.away_from), date(page.away_until)))]


def _line(page: Page, line: Line) -> list[Block]:
    told = "\n".join([_waits(line), *_details(page, line)])
    before = boundary.before_you(line.before) if line.before else []
    return [section(told), *before, ActionsBlock(elements=_ways_out(line))]


def _waits(line: Line) -> str:
    one = line.waiting
    return words.waits(one.bold_name, common.channel(one.channel), one.waited, one.target)


def _details(page: Page, line: Line) -> Iterator[str]:
    passing = [words.local_time(line.local)] if line.local else []
    passing += [words.NEW_HERE] if line.waiting.new_here else []
    if passing:
        yield " · ".join(passing)
    owner = common.person(line.waiting.owner) if line.waiting.owner else words.THE_TEAM
    if line.say == "handed":
        yield words.handed(owner)
    elif line.say in words.SAYS:
        yield words.SAYS[line.say] % {"owner": owner}
    yield from _state(page, line)


def _state(page: Page, line: Line) -> Iterator[str]:
    if line.paused_until:
        yield words.paused(date(line.paused_until))
    elif line.snoozed_until:
        yield words.snoozed(date(line.snoozed_until))
    elif line.claimed_by:
        yield words.YOU_HAVE_IT if line.claimed_by == page.reader else words.has_it(common.person(line.claimed_by))


def _ways_out(line: Line) -> list[Any]:
    value = str(line.nudge_id)
    reply = ButtonElement(text=words.REPLY, action_id=REPLY, url=line.waiting.link, value=value, style="primary")
    if line.say == "how_help":
        return [reply]
    labels = {
        Way.ON_IT: words.ON_IT,
        Way.ASK: words.ASK_FOR_HELP,
        Way.HAND_OVER: words.HAND_OVER,
        Way.PAUSE: words.WAITING_ON_CUSTOMER,
        Way.MORE: words.MORE,
    }
    options = [Option(text=text, value=f"{way}:{value}") for way, text in labels.items()]
    resume = [ButtonElement(text=words.RESUME, action_id=RESUME, value=value)] if line.paused_until else []
    return [reply, *resume, OverflowMenuElement(action_id=WAY, options=options)]


def _others(page: Page) -> Iterator[Block]:
    """What is no customer's wait: colleagues who hope for word, promises, people with too much."""
    for told in page.asks:
        yield from asks.in_list(told, page.reader)
    for owed in page.promised:
        yield from promises.in_list(owed)
    for load in page.loads:
        yield section(words.has_too_much(common.person(load.user), load.open, load.limit))
