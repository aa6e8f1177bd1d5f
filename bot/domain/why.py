"""Why a conversation stands as it does: what started the clock, which hours counted, how each message was read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.domain import pauses
from bot.domain.because import Because
from bot.domain.closings import Before
from bot.domain.conversations import Conversation, EndedBy, Kind, Move, Turn, Wait
from bot.domain.moments import moment
from bot.domain.nudges import audience, next_at, settled_owner
from bot.domain.policy import Policy
from bot.domain.precision import Lately
from bot.domain.setup import Say, Whose
from bot.domain.spells import Spell, spells
from bot.domain.story import Heard, told

LONGEST_LINK = 2_000  # characters that are read

_LINK = re.compile(r"/archives/([CGD][A-Z0-9]{2,})/p([0-9]{7,16})(?![0-9])")
_UNTOLD = {Kind.DELETE, Kind.NEEDED, Kind.NOT_NEEDED, Kind.SPLIT, Kind.JOINED}


class Silence(StrEnum):
    """Why nobody is to be nudged."""

    ANSWERED = "answered"
    CLOSED = "closed"  # no reply is needed
    NOT_ASKED = "not_asked"  # the customer has asked nothing, or taken it back
    BOUNDARY = "boundary"
    CLIMBED = "climbed"  # every step of the ladder was taken
    NO_LADDER = "no_ladder"
    NO_HOURS = "no_hours"  # the team never works
    NOT_CUSTOMERS = "not_customers"  # customers are no longer looked after there
    NOT_NEEDED = "not_needed"  # so said who was reminded
    RULE = "rule"  # it rests on rules alone of which that is mostly said


class Line(NamedTuple):
    """A move as it is told. Of the customer's messages `needs_reply` is how it counts `after` what we last said.

    `said_by`: who of us said so, whatever it was read as. `among`: said among customers.
    """

    move: Move
    needs_reply: bool | None = None
    after: Before = Before.ALONE
    said_by: str | None = None
    taken_back: bool = False
    among: bool = False


class Counted(NamedTuple):
    """A wait, with the time that it lay in and how much of that counted."""

    wait: Wait
    spells: tuple[Spell, ...]
    worked: timedelta


class Based(NamedTuple):
    """The rule that a wait's nudges rest on. `silent`: it is, and the wait rests on such rules alone."""

    rule: str
    lately: Lately
    silent: bool = False


class Kept(NamedTuple):
    """What is stored of a wait beside what the conversation says. `nudged_at`: when something was said about it."""

    owner: str | None = None
    steps_done: int = 0
    snoozed_until: datetime | None = None
    next_nudge_at: datetime | None = None
    nudged_at: tuple[datetime, ...] = ()
    paused_until: datetime | None = None
    not_needed: bool = False  # so said who was reminded
    because: Because | None = None  # why its owner has it, where CareCue gave it to them
    covers_for: str | None = None
    look_at: datetime | None = None  # when it is looked at between the steps of the ladder

    @property
    def moves_on_at(self) -> datetime | None:
        """When it goes to the next one, if nothing happens until then."""
        by_turn = self.because is not None and self.covers_for is None and self.owner is not None
        return self.look_at if by_turn else None


class Next(NamedTuple):
    """When the next nudge is due. `to`: people, or a channel; nobody where whoever is next on the rota hears of it.

    `percent` of the target, and None where only a snooze ends, or a pause (`paused`).
    """

    at: datetime
    say: Say
    to: tuple[str, ...]
    percent: int | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is to be told. `counted` is the wait that runs, else the last; `next` is a reason where none is due.

    `whose` is the target that it is held to; `based` is what its nudges rest on.
    """

    conversation: Conversation
    zone: str
    lines: tuple[Line, ...]
    counted: Counted | None
    kept: Kept
    next: Next | Silence
    whose: Whose = "workspace"
    based: Based | None = None

    @property
    def turn(self) -> Turn:
        """Who has the next word."""
        return self.conversation.turn


def explain(
    conversation: Conversation,
    policy: Policy,
    kept: Mapping[str, Kept],
    now: datetime,
    watched: bool = True,
    *,
    whose: Whose = "workspace",
    based: Based | None = None,
) -> Explanation:
    """`kept` by where the wait begins. `watched`: customers are still looked after in that channel."""
    wait = conversation.waits[-1] if conversation.waits else None
    stored = kept.get(wait.from_ts, Kept()) if wait else Kept()
    return Explanation(
        conversation=conversation,
        zone=policy.schedule.week.zone,
        lines=tuple(_lines(conversation, policy)),
        counted=_counted(wait, policy, now) if wait else None,
        kept=stored,
        next=_next(conversation, policy, stored, based) if watched else Silence.NOT_CUSTOMERS,
        whose=whose,
        based=based,
    )


def read_link(text: str) -> tuple[str, str] | None:
    """The channel and the `ts` of a message whose link somebody has copied; None for what is no such link."""
    found = _LINK.search(text[:LONGEST_LINK])
    if found is None:
        return None
    channel, digits = found.groups()
    return channel, f"{digits[:-6]}.{digits[-6:]}"


def _lines(conversation: Conversation, policy: Policy) -> Iterator[Line]:
    story = told(conversation.moves, policy)
    for move in conversation.moves:
        if move.kind is Kind.THEIRS:
            heard = story.heard.get(move.ts, Heard(move.needs_reply, Before.ALONE))
            said = story.corrected.get(move.ts)
            gone, among = move.ts in story.taken_back, _among(move, heard)
            yield Line(move, heard.needs_reply, Before(heard.after), said.user if said else None, gone, among)
        elif move.kind not in _UNTOLD:
            yield Line(move, taken_back=move.ts in story.taken_back)


def _among(move: Move, heard: Heard) -> bool:
    """Whether it counts as no word to us, though it would close nothing."""
    return not heard.needs_reply and move.needs_reply and heard.after not in move.closes_after


def _counted(wait: Wait, policy: Policy, now: datetime) -> Counted:
    since, until = moment(wait.from_ts), moment(wait.to_ts) if wait.to_ts else now
    counted = tuple(spells(policy.schedule, since, until, wait.pauses))
    return Counted(wait, counted, pauses.elapsed(policy.schedule, since, until, wait.pauses))


def _next(conversation: Conversation, policy: Policy, kept: Kept, based: Based | None) -> Next | Silence:
    if conversation.wait is None:
        return _over(conversation)
    if kept.not_needed:
        return Silence.NOT_NEEDED
    if based and based.silent:
        return Silence.RULE
    owner = kept.owner if policy.on_team(kept.owner) else settled_owner(conversation, policy)
    if held := [until for until in (kept.snoozed_until, kept.paused_until) if until]:
        return Next(max(held), "reply", (owner,) if owner else (), paused=kept.paused_until == max(held))
    if kept.steps_done >= len(policy.ladder):
        return Silence.CLIMBED if policy.ladder else Silence.NO_LADDER
    if kept.next_nudge_at is None:
        return Silence.NO_HOURS
    step = policy.ladder[kept.steps_done]
    at = next_at(conversation.wait, policy, kept.steps_done) if kept.look_at else kept.next_nudge_at
    return Next(at or kept.next_nudge_at, step.say, audience(step, owner, policy), step.at)


def _over(conversation: Conversation) -> Silence:
    if not conversation.waits:
        return Silence.NOT_ASKED
    ended_by = conversation.waits[-1].ended_by
    if ended_by is EndedBy.BOUNDARY:
        return Silence.BOUNDARY
    if ended_by is EndedBy.DELETED:
        return Silence.NOT_ASKED
    return Silence.CLOSED if conversation.turn is Turn.CLOSED else Silence.ANSWERED
