"""Kudos: thanks with a reason, from one of us to others of us, for a behaviour."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.behaviours import Behaviour as Behaviour
from bot.domain.conversations import Side
from bot.domain.kudos_command import Draft as Draft
from bot.domain.kudos_command import read as read
from bot.domain.typed import HIDDEN

LONGEST = 1_000  # characters of a reason
DAY_CAP = 10  # receivers that one person may thank in a day (UTC)
PAIR_CAP = 3  # times that one person may thank the same other in an ISO week (UTC)
CHANGEABLE = timedelta(days=1)  # after giving, by the giver
FEWEST_WORDS = 3  # of a sentence
FEWEST_CHARACTERS = 6  # of a sentence in a script that does not part its words

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_MENTIONED = re.compile(r"(?<![\w@])@[^\W_](?:[\w.-]*\w)?")
_NO_WORDS = re.compile(r"https?://\S+|[@#][^\s\u3000-\uffff]+|:[\w+-]+:")


class Where(StrEnum):
    """Where the giver wants it heard; the receiver may want less."""

    KUDOS = "kudos"  # the workspace's kudos channel
    TEAM = "team"  # the home channel of the conversation's team, else of the receivers'
    PRIVATE = "private"  # only the receivers


class Announce(StrEnum):
    """What a receiver has chosen, once, about hearing their kudos announced."""

    YES = "yes"  # the default
    ASK = "ask"  # only with my yes, each time
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Source:
    """The message that kudos are about."""

    channel: str
    ts: str
    root_ts: str


@dataclass(frozen=True, slots=True)
class Gift:
    """Kudos about to be given. `receivers` are people, each once, groups looked up. A group is refused whole."""

    giver: str
    receivers: tuple[str, ...]
    behaviours: tuple[Behaviour, ...]
    reason: str
    where: Where = Where.PRIVATE
    source: Source | None = None


class Code(StrEnum):
    """Why kudos are refused; the views have the sentence for each."""

    NOBODY = "nobody"  # no receiver named
    SELF = "self"
    NOT_OURS = "not_ours"  # an app, a customer, a guest, or someone who has left: `who`
    NO_REASON = "no_reason"  # less than a sentence
    TOO_LONG = "too_long"  # `limit` characters at most
    DAY = "day"  # more than `limit` receivers in one day
    PAIR = "pair"  # the same pair more than `limit` times in one week: `who`
    CHANNEL_OFF = "channel_off"  # kudos are switched off in this channel
    NO_CHANNEL = "no_channel"  # there is no channel to announce in
    TOO_LATE = "too_late"  # edited or taken back after a day
    NOT_YOURS = "not_yours"
    GONE = "gone"  # taken back meanwhile


@dataclass(frozen=True, slots=True)
class Refused:
    """A no, with what its sentence needs."""

    code: Code
    who: tuple[str, ...] = ()
    limit: int = 0


def check(gift: Gift, sides: Mapping[str, Side], gone: Collection[str]) -> Refused | None:
    """What stands against these kudos, whatever was given before.

    `sides` holds the giver, too; whoever is not in it is not ours.
    """
    others = _not_ours((gift.giver, *gift.receivers), sides, gone)
    if not gift.receivers:
        return Refused(Code.NOBODY)
    if gift.giver in gift.receivers:
        return Refused(Code.SELF)
    return Refused(Code.NOT_OURS, who=others) if others else check_reason(gift.reason)


def check_reason(reason: str) -> Refused | None:
    """A reason is a sentence at least, and not a letter."""
    if len(reason) > LONGEST:
        return Refused(Code.TOO_LONG, limit=LONGEST)
    return None if _is_sentence(reason) else Refused(Code.NO_REASON)


def may_change(given_at: datetime, now: datetime) -> bool:
    """Whether the giver may still edit or take back; a receiver may hide at any time."""
    return now - given_at <= CHANGEABLE


def nameless(reason: str) -> str:
    """The reason without whom it mentions, for an announcement that leaves one of the receivers out."""
    return _MENTIONED.sub(f"@{HIDDEN}", reason)


def _not_ours(people: Iterable[str], sides: Mapping[str, Side], gone: Collection[str]) -> tuple[str, ...]:
    return tuple(user for user in people if sides.get(user) is not Side.OURS or user in gone)


def _is_sentence(reason: str) -> bool:
    said = _NO_WORDS.sub(" ", reason)
    words = sum(any(sign.isalpha() for sign in word) for word in said.split())
    return words >= FEWEST_WORDS or len(_UNSPACED.findall(said)) >= FEWEST_CHARACTERS
