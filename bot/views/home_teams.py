"""The Home tab of who leads a team: who waits now, the week that is over, and who has gone unthanked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from slack_sdk.models.blocks import Block

from bot.domain.statistics import Figures
from bot.views import digest, kudos_pages
from bot.views.blocks import context, header, section
from bot.views.kudos_pages import Unthanked
from bot.views.nudges import Waiting
from bot.views.words import common
from bot.views.words import digest as digest_words
from bot.views.words import home as words

MOST_TEAMS = 4
MOST_WAITING = 3
MOST_UNTHANKED = 4
MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Led:
    """A team, for its manager. `waiting` are the first of the `waits`.

    `so_far` counts this week's conversations; its times wait until the week is over.

    Times that grow while one looks would tell of whoever answered just now.
    """

    name: str
    waits: int
    longest: timedelta | None
    last_week: Figures
    so_far: int
    unthanked: tuple[Unthanked, ...] | None  # None in works-council mode
    unthanked_days: int
    waiting: tuple[Waiting, ...] = ()


def parts(led: Sequence[Led], more: Sequence[str]) -> Iterator[list[Block]]:
    """A part a team, as many as a page holds; `more` are the names of those that are left out."""
    yield from (_part(one) for one in led)
    if named := [common.bold(common.shortened(name)) for name in more[:MOST_NAMED]]:
        yield [context(words.more_teams(named, len(more) - len(named)))]


def steady(one: Led, step: timedelta) -> Led:
    """The same without the minutes that pass."""
    return one if one.longest is None else replace(one, longest=one.longest - one.longest % step)


def times(figures: Figures, how_fast: str) -> Iterator[str]:
    """As much of them as may be told, `how_fast` as one says it of a team or of oneself."""
    if figures.within_target is not None:
        yield digest_words.in_time(figures.within_target, figures.answers)
    if how_fast:
        yield how_fast


def _part(one: Led) -> list[Block]:
    now = [words.team_waiting(one.waits, one.longest)]
    now += [digest.waiting_lines(one.waiting, one.waits, MOST_WAITING)] if one.waiting else []
    week = [words.team_so_far(one.so_far)] if one.so_far else []
    week += [words.team_week(one.last_week.conversations), *times(one.last_week, digest.speed(one.last_week, ()))]
    week += [words.NO_TIMES()] if digest.no_times(one.last_week) else []
    blocks: list[Block] = [
        header(words.team(one.name)),
        section("\n".join(now)),
        section("\n".join(week)),
    ]
    if one.unthanked is None:
        return blocks
    return blocks + kudos_pages.unthanked(one.unthanked, one.unthanked_days, MOST_UNTHANKED)
