"""What an export does not tell: hours, targets, and which team is ours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.hours import NAMES, ROUND_THE_CLOCK, Week
from bot.domain.setup import Finding, Targets
from bot.domain.setup_hours import read_week
from bot.domain.setup_values import Table, Wrong, duration

ALWAYS = "24/7"
DEFAULT_TARGET = "60m/120m"
MOST_TARGETS = 8  # that fit side by side

_WORDS = re.compile(r"[\s,;]+")
_HOUR = re.compile(r"(?<!:)\b(\d{1,2})\b(?!:)")
_URL = re.compile(r"https://[a-z0-9-]+(\.enterprise)?\.slack(-gov)?\.com/?")
_DASH = re.compile(r"\s*[-–]\s*")


class BadOption(ValueError):
    """An option that cannot be meant: which, and a sentence for the person who wrote it."""

    def __init__(self, option: str, sentence: str) -> None:
        super().__init__(sentence)
        self.option = option


@dataclass(frozen=True, slots=True)
class Options:
    """The hours of a week and the targets in them; `what_if` are others, to be put beside these.

    Without `agents_team` ours is the commonest among the people. `url` is where the workspace's pages are.
    """

    week: Week = ROUND_THE_CLOCK
    targets: Targets = Targets()
    agents_team: str | None = None
    what_if: tuple[Targets, ...] = ()
    url: str | None = None

    @property
    def tries(self) -> tuple[Targets, ...]:
        """All targets, the one that counts first."""
        return (self.targets, *self.what_if)


def read_hours(hours: str, zone: str) -> Week:
    """ "24/7", "09:00-17:00" on weekdays, or "mon-fri 9-12:30 13-17, sat 10-14". Raises BadOption."""
    found: list[Finding] = []
    days = _days(hours if hours.strip() != ALWAYS else "mon-sun 00:00-24:00")
    week = read_week(Table({"zone": zone} | days, (), found))
    for finding in found:
        raise BadOption("--tz" if finding.path[:1] == ("zone",) else "--hours", finding.sentence)
    if not any(days.values()) or not any(week.days):
        raise BadOption("--hours", f'these hours are never open: write "09:00-17:00", or "{ALWAYS}"')
    return week


def read_targets(text: str) -> Targets:
    """ "60m" for the first reply, with twice that for each later one; "60m/120m" says both; "60" is in minutes.

    Raises BadOption.
    """
    first, slash, later = text.partition("/")
    return Targets(_target(first), _target(later) if slash else 2 * _target(first))


def read_all_targets(texts: Sequence[str]) -> tuple[Targets, ...]:
    """Those to be put side by side, the first of which counts. Raises BadOption."""
    found = tuple(read_targets(text) for text in texts)
    if len(set(found)) < len(found):
        raise BadOption("--target", "the same target is given twice")
    if len(found) > MOST_TARGETS:
        raise BadOption("--target", f"at most {MOST_TARGETS} targets can be put side by side")
    return found


def read_url(text: str) -> str:
    """The address of a workspace, "https://linden.slack.com". Raises BadOption."""
    if not _URL.fullmatch(text.strip()):
        raise BadOption("--workspace-url", f"{text} is not a workspace's address: write https://example.slack.com")
    return text.strip().rstrip("/")


def _target(text: str) -> timedelta:
    try:
        return duration(f"{text.strip()}m" if text.strip().isdecimal() else text)
    except Wrong as wrong:
        raise BadOption("--target", str(wrong)) from wrong


def _days(hours: str) -> dict[str, list[str]]:
    """The blocks under the day, or row of days, that stands before them; under mon-fri where none does."""
    blocks: dict[str, list[str]] = {}
    span = "mon-fri"
    for word in filter(None, _WORDS.split(_DASH.sub("-", hours.lower()))):
        if word[0].isalpha():
            span = "-".join(_short(day) for day in word.split("-"))
            blocks.setdefault(span, [])
        else:
            blocks.setdefault(span, []).append(_HOUR.sub(r"\1:00", word))
    return blocks


def _short(day: str) -> str:
    """ "monday", "tues": as the setup's file calls them."""
    return day[:3] if any(name.lower().startswith(day) for name in NAMES) else day
