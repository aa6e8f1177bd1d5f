"""Kudos: thanks with a reason, from one of us to others of us, for a behaviour."""

from dataclasses import dataclass
from enum import StrEnum


class Behaviour(StrEnum):
    """What kudos are for."""

    KINDNESS = "kindness"
    WELCOMING = "welcoming"
    RESPONSIVENESS = "responsiveness"
    CUSTOMER_FOCUS = "customer_focus"
    OPTIMISM = "optimism"
    SOLUTIONS = "solutions"


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
class Draft:
    """What somebody typed, read; nothing is checked yet. `groups` are user groups (S…), not looked up."""

    receivers: tuple[str, ...]
    groups: tuple[str, ...]
    behaviours: tuple[Behaviour, ...]
    reason: str


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
