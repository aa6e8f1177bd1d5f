"""/care: the list of those who wait."""

from collections.abc import Collection, Sequence

from slack_sdk.models.blocks import Block

from bot.domain.care_command import Order, Verb, read
from bot.domain.presence import Quiet
from bot.views import asks, presence, promises
from bot.views.asks import Told
from bot.views.blocks import context, section
from bot.views.message import Message, date
from bot.views.nudges import Waiting
from bot.views.promises import Owed
from bot.views.words import care as words
from bot.views.words import common
from bot.views.words import digest_answers as digest_words
from bot.views.words import nudges as nudge_words

COMMAND = "/care"
MOST_LINES = 12
MOST_ASKS = 5


def listed(
    waiting: Sequence[Waiting],
    count: int,
    asked: Sequence[Told] = (),
    promised: Sequence[Owed] = (),
    quiet: Quiet | None = None,
) -> Message:
    """The customers who wait, longest first, what was `promised` to customers, and `asked`, for which word is owed.

    `count` is with those left out; `quiet` is how it stands with who asks.
    """
    headline = words.care_headline(count)
    blocks: list[Block] = [section(f"*{headline}*" if count else headline)]
    blocks += [section(line(one)) for one in waiting]
    if count > len(waiting):
        blocks.append(context(common.and_more(count - len(waiting))))
    return Message(headline, (*presence.part(quiet), *blocks, *promises.part(promised), *asks.mine(asked[:MOST_ASKS])))


def usage(typed: str, order: Order, works: Collection[Verb]) -> Message:
    """What of the command `works` for whoever asks; for a slip, what was probably meant, if that does."""
    if order.verb is not Verb.UNKNOWN:
        return Message(words.care_help(works))
    if order.meant and read(order.meant).verb in works:
        return Message(digest_words.did_you_mean(typed, COMMAND, order.meant))
    return Message(f"{words.unknown_words(typed)}\n\n{words.care_help(works)}")


def line(one: Waiting) -> str:
    """A customer who waits."""
    told = words.care_line(one.bold_name, common.channel(one.channel), one.waited, one.target)
    more = [*([nudge_words.new_here()] if one.new_here else []), *_rests(one), *_covers(one)]
    return " · ".join([told, *more, f"<{one.link}|{nudge_words.OPEN_THREAD()}>"])


def _rests(one: Waiting) -> list[str]:
    if one.paused_until:
        return [words.on_customer(date(one.paused_until))]
    return [words.snoozed(date(one.snoozed_until))] if one.snoozed_until else []


def _covers(one: Waiting) -> list[str]:
    return [words.in_place_of(common.person(one.covers_for))] if one.covers_for else []
