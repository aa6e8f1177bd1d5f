"""The Home tab of an admin: whether CareCue hears, whether it can speak, and which teams and channels it knows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block

from bot.views.blocks import context, header, section
from bot.views.message import date
from bot.views.words import common
from bot.views.words import home as words

MOST_TEAMS = 6
MOST_CHANNELS = 4
ERROR_MAX = 120  # characters
LATE = timedelta(minutes=5)
RECENT = timedelta(days=1)
WHEN = "{date_short_pretty} {time}"


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that Slack did not take; `reference` is its key in the outbox."""

    reference: str
    error: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """A team of the setup."""

    name: str
    people: int
    channels: int
    home: str | None


@dataclass(frozen=True, slots=True)
class Health:
    """`events` are those since the reader's midnight, counted up to `events_most`. `oldest` is that of the `outbox`.

    `outside` are channels of the setup that CareCue is not in, `without_team` those with customers and no team.
    """

    at: datetime
    heard_at: datetime | None
    events: int
    events_most: int
    outbox: int
    oldest: datetime | None
    failure: Failure | None
    teams: tuple[Known, ...]
    outside: tuple[str, ...]
    without_team: tuple[str, ...]


def part(health: Health) -> list[Block]:
    """One idea a block: what is well is said shortly, and what is not with what to do."""
    lines = [_heard(health), _outbox(health), _failure(health)]
    lines += _channels(health.outside, words.not_joined) + _channels(health.without_team, words.no_team_for)
    return [header(words.HEALTH()), *map(section, lines), _teams(health.teams)]


def steady(health: Health, step: timedelta) -> Health:
    """The same without what every event and every message changes, unless a `step` has passed since."""
    heard = health.heard_at and health.heard_at - timedelta(seconds=health.heard_at.timestamp() % step.total_seconds())
    late = _is_late(health)
    return replace(health, heard_at=heard, events=0, outbox=health.outbox if late else 0)


def _heard(health: Health) -> str:
    if health.heard_at is None:
        return words.NOTHING_HEARD()
    many = health.events > health.events_most
    today = words.events_at_least(health.events_most) if many else words.events_today(health.events)
    return words.heard(date(health.heard_at, WHEN), today)


def _outbox(health: Health) -> str:
    if not health.outbox or health.oldest is None:
        return words.NOTHING_TO_SEND()
    return words.outbox(health.outbox, date(health.oldest, WHEN), _is_late(health))


def _is_late(health: Health) -> bool:
    return health.oldest is not None and health.at - health.oldest > LATE


def _failure(health: Health) -> str:
    failure = health.failure
    if failure is None:
        return words.NO_FAILURE()
    error, reference = (_code(text) for text in (failure.error, failure.reference))
    return words.last_failure(reference, error, date(failure.at, WHEN), health.at - failure.at < RECENT)


def _channels(channels: Sequence[str], say: Callable[[Sequence[str], int], str]) -> list[str]:
    shown = [common.channel(one) for one in channels[:MOST_CHANNELS]]
    return [say(shown, len(channels) - len(shown))] if shown else []


def _teams(teams: Sequence[Known]) -> Block:
    if not teams:
        return section(words.NO_TEAMS())
    lines = [
        words.team_line(common.bold(common.shortened(one.name)), one.people, one.channels, _home(one.home))
        for one in teams[:MOST_TEAMS]
    ]
    more = len(teams) - len(lines)
    return context("\n".join([*lines, words.and_more_teams(more)] if more else lines))


def _home(channel: str | None) -> str | None:
    return common.channel(channel) if channel else None


def _code(text: str) -> str:
    """Between backticks."""
    return common.escape(" ".join(text.split())[:ERROR_MAX]).replace("`", "'")
