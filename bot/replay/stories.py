"""A conversation as it went: its waits in working time, and the nudges that would have gone out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import pauses
from bot.domain.conversations import SPOKEN, Conversation, Kind, Wait
from bot.domain.moments import moment
from bot.domain.nudges import cues, settled_owner
from bot.domain.policy import Policy
from bot.domain.setup import Targets, To

AS_AGREED = (None,)


@dataclass(frozen=True, slots=True)
class Nudge:
    """The ladder's step number `step`, counted from 0. `to` is a person, else whom the step speaks to: `audience`."""

    at: datetime
    step: int
    audience: To
    to: str


@dataclass(frozen=True, slots=True)
class WaitTold:
    """A wait; `took` is its working time, so far while it is open. `nudges` are those under each target tried."""

    wait: Wait
    took: timedelta
    nudges: tuple[tuple[Nudge, ...], ...]

    @property
    def working(self) -> timedelta | None:
        """How long it took in working time, None while it is open."""
        return None if self.wait.open else self.took


@dataclass(frozen=True, slots=True)
class Story:
    """One conversation with all its waits, in the zone of the team that looks after it."""

    conversation: Conversation
    zone: ZoneInfo
    waits: tuple[WaitTold, ...]

    @property
    def message_ts(self) -> list[str]:
        """Its messages, theirs and ours, in order."""
        return [move.ts for move in self.conversation.moves if move.kind in SPOKEN]


def tell(
    conversation: Conversation, policy: Policy, until: datetime, tries: Sequence[Targets | None] = AS_AGREED
) -> Story:
    """The story up to `until`, when the clock stops for those who still wait.

    `tries` are the targets to tell the nudges of; None is the one that each wait has.
    """
    told = (_told(conversation, wait, policy, until, tries) for wait in conversation.waits)
    return Story(conversation, ZoneInfo(policy.schedule.week.zone), tuple(told))


def _told(
    conversation: Conversation, wait: Wait, policy: Policy, until: datetime, tries: Sequence[Targets | None]
) -> WaitTold:
    """Waits do not depend on the target, only cues do."""
    ended = moment(wait.to_ts) if wait.to_ts else None
    took = pauses.elapsed(policy.schedule, moment(wait.from_ts), ended or until, wait.pauses)
    under = [_under(wait, one) for one in tries]
    first_step = min((step.at for step in policy.ladder), default=0)
    if all(took < one.target * first_step / 100 for one in under):  # most are over before anybody is told
        return WaitTold(wait, took, ((),) * len(under))
    owner = settled_owner(_as_it_was(conversation, wait), policy)
    return WaitTold(wait, took, tuple(tuple(_nudges(one, policy, owner, ended, until)) for one in under))


def _under(wait: Wait, targets: Targets | None) -> Wait:
    return wait if targets is None else wait._replace(target=targets.first if wait.first else targets.next)


def _nudges(wait: Wait, policy: Policy, owner: str | None, ended: datetime | None, until: datetime) -> Iterator[Nudge]:
    for cue in cues(wait, policy):
        if cue.at < ended if ended else cue.at <= until:
            to = policy.ladder[cue.step].to
            yield Nudge(cue.at, cue.step, to, (owner or to) if to == "owner" else to)


def _as_it_was(conversation: Conversation, wait: Wait) -> Conversation:
    """Who had answered by the time of this wait, who may not be who has by now."""
    answers = [m.user for m in conversation.moves if m.kind is Kind.OURS and m.ts < wait.from_ts]
    return replace(conversation, answered_by=answers[-1] if answers else None)
