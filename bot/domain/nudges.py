"""Who is to be nudged about a wait, when, and with what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain import pauses
from bot.domain.conversations import Conversation, Wait
from bot.domain.hours import NoWorkingTime, Schedule
from bot.domain.moments import moment
from bot.domain.policy import Policy
from bot.domain.setup import Step

NEVER_AGAIN = 99  # steps, more than a ladder has: nobody is to hear of this wait any more


@dataclass(frozen=True, slots=True)
class Cue:
    """The ladder's step number `step` falls due at `at`."""

    step: int
    at: datetime


class Snooze(StrEnum):
    """The choices on a nudge."""

    HOUR = "hour"
    AFTERNOON = "afternoon"
    TOMORROW = "tomorrow"


def cues(wait: Wait, policy: Policy) -> tuple[Cue, ...]:
    """Every step of the ladder for this wait, at its moment in working time."""
    start = moment(wait.from_ts)
    return tuple(
        Cue(number, pauses.due(policy.schedule, start, wait.target * step.at / 100, wait.pauses))
        for number, step in enumerate(policy.ladder)
    )


def next_at(
    wait: Wait,
    policy: Policy,
    done: int,
    snoozed_until: datetime | None = None,
    paused_until: datetime | None = None,
) -> datetime | None:
    """When to look at this wait again: at the end of snooze and pause, else when the step after `done` falls due.

    None when the ladder is climbed, the team never works, or nobody is to hear of it any more.
    """
    if not wait.open or done >= NEVER_AGAIN:
        return None
    if held := [until for until in (snoozed_until, paused_until) if until]:
        return max(held)
    if done >= len(policy.ladder):
        return None
    try:
        working = wait.target * policy.ladder[done].at / 100
        return pauses.due(policy.schedule, moment(wait.from_ts), working, wait.pauses)
    except NoWorkingTime:
        return None


def due_steps(wait: Wait, policy: Policy, done: int, now: datetime) -> tuple[int, ...]:
    """The steps to take now: of several that fell due together only the last to each audience is worth a word."""
    try:
        due = [cue.step for cue in cues(wait, policy)[done:] if cue.at <= now]
    except NoWorkingTime:  # the team has no hours any more, but a snooze or a pause has ended
        return ()
    latest = {policy.ladder[number].to: number for number in due}
    return tuple(sorted(latest.values()))


def settled_owner(conversation: Conversation, policy: Policy) -> str | None:
    """Who should answer, as far as it is settled: who claimed it, last answered it, or has the channel."""
    candidates = (conversation.claimed_by, conversation.answered_by, policy.owner)
    return next((user for user in candidates if policy.on_team(user)), None)


def audience(step: Step, owned_by: str | None, policy: Policy, away: Collection[str] = ()) -> tuple[str, ...]:
    """The people, or the home channel, that a step speaks to; nobody where nobody is set.

    The manager's step is for who can help now: the managers who are not `away`, else their deputies, else all
    managers, who hear of it when they are back.
    """
    if step.to == "owner":
        return (owned_by,) if owned_by else ()
    if step.to == "home":
        return (policy.home,) if policy.home else ()
    managers = tuple(user for user in policy.managers if user != owned_by) or policy.managers
    deputies = tuple(user for user in policy.deputies if user != owned_by)
    there = (tuple(user for user in some if user not in away) for some in (managers, deputies))
    return next(filter(None, there), managers)


def snoozed_until(choice: Snooze, now: datetime, schedule: Schedule) -> datetime:
    """When a snooze ends, in the working time of the team: an hour of it, two in the afternoon, next morning."""
    if choice is Snooze.HOUR:
        return schedule.due(now, timedelta(hours=1))
    zone = ZoneInfo(schedule.week.zone)
    local = now.astimezone(zone)
    afternoon = local.replace(hour=14, minute=0, second=0, microsecond=0)
    if choice is Snooze.AFTERNOON and local < afternoon:
        return schedule.next_open(afternoon)
    midnight = datetime.combine(local.date() + timedelta(days=1), time(0), zone)
    return _morning(schedule, midnight)


def _morning(schedule: Schedule, midnight: datetime) -> datetime:
    """The first opening of the day; a night shift, open at midnight, wakes nobody before eight."""
    return schedule.next_open(midnight.replace(hour=8) if schedule.is_open(midnight) else midnight)
