"""A conversation as it went: its waits in working time, and the nudges that would have gone out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.conversations import Conversation, Kind, Wait
from bot.domain.moments import moment
from bot.domain.nudges import cues, settled_owner
from bot.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Nudge:
    """The ladder's step number `step`, counted from 0. `to` is a person, else "owner", "home" or "manager"."""

    at: datetime
    step: int
    to: str


@dataclass(frozen=True, slots=True)
class WaitTold:
    """A wait; `working` is how long it took in working time, None while it is open."""

    wait: Wait
    working: timedelta | None
    nudges: tuple[Nudge, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One conversation with all its waits."""

    conversation: Conversation
    waits: tuple[WaitTold, ...]

    @property
    def message_ts(self) -> list[str]:
        """Its messages, theirs and ours, in order."""
        return [move.ts for move in self.conversation.moves if move.kind in (Kind.THEIRS, Kind.OURS)]


def tell(conversation: Conversation, policy: Policy, until: datetime) -> Story:
    """The story up to `until`, when the clock stops for those who still wait."""
    return Story(conversation, tuple(_told(conversation, wait, policy, until) for wait in conversation.waits))


def _told(conversation: Conversation, wait: Wait, policy: Policy, until: datetime) -> WaitTold:
    nudges = tuple(_nudges(conversation, wait, policy, until))
    if wait.to_ts is None:
        return WaitTold(wait, None, nudges)
    return WaitTold(wait, policy.schedule.elapsed(moment(wait.from_ts), moment(wait.to_ts)), nudges)


def _nudges(conversation: Conversation, wait: Wait, policy: Policy, until: datetime) -> Iterator[Nudge]:
    owner = settled_owner(_as_it_was(conversation, wait), policy)
    ended = moment(wait.to_ts) if wait.to_ts else None
    for cue in cues(wait, policy):
        if cue.at < ended if ended else cue.at <= until:
            to = policy.ladder[cue.step].to
            yield Nudge(cue.at, cue.step, (owner or to) if to == "owner" else to)


def _as_it_was(conversation: Conversation, wait: Wait) -> Conversation:
    """Who had answered by the time of this wait, who may not be who has by now."""
    answers = [m.user for m in conversation.moves if m.kind is Kind.OURS and m.ts < wait.from_ts]
    return replace(conversation, answered_by=answers[-1] if answers else None)
