"""A replay's figures as a page for the terminal."""

from datetime import timedelta

from bot.domain.moments import moment
from bot.domain.setup import DEFAULT_LADDER
from bot.domain.setup_values import duration_text
from bot.replay.figures import Result, Times

_TO = {"owner": "the owner", "home": "the home channel", "manager": "a manager"}


def page(result: Result) -> str:
    """A few lines, each with a word for what it counts."""
    rows = (
        ("messages", f"{result.messages:,} in {_many(result.channels, 'channel')}{_span(result)}"),
        ("ours", result.agents_team),
        ("conversations", _turns(result)),
        ("waits", _waits(result)),
        ("first reply", _times(result.first_reply_s)),
        ("next reply", _times(result.next_reply_s)),
        ("nudges", _nudges(result)),
    )
    return "\n".join(f"{name:<15}{told}" for name, told in rows)


def _span(result: Result) -> str:
    if not (result.since and result.until):
        return ""
    return f", {moment(result.since):%Y-%m-%d} to {moment(result.until):%Y-%m-%d}"


def _turns(result: Result) -> str:
    turns = f"{result.answered:,} answered, {result.waiting:,} waiting, {result.closed:,} closed"
    return f"{result.conversations:,}: {turns}"


def _waits(result: Result) -> str:
    share = "" if result.within_target is None else f", {result.within_target:.0%} of the answered within target"
    return f"{result.waits:,}{share}"


def _nudges(result: Result) -> str:
    steps = zip(DEFAULT_LADDER, result.nudges_by_step, strict=True)
    told = ", ".join(f"{count:,} to {_TO[step.to]} at {step.at} %" for step, count in steps)
    return f"{result.nudges:,}: {told}"


def _times(times: Times) -> str:
    return f"p50 {_length(times.p50)}, p90 {_length(times.p90)}"


def _length(seconds: float | None) -> str:
    return "–" if seconds is None else duration_text(timedelta(seconds=seconds))


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
