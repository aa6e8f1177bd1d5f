"""A replay's figures as a page for the terminal."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.moments import moment
from bot.domain.setup import DEFAULT_LADDER
from bot.domain.setup_values import duration_text
from bot.replay.figures import Result, Times, Tried

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
    told = [f"{name:<15}{told}" for name, told in rows]
    return "\n".join([*told, *(_what_if(result) if len(result.tried) > 1 else [])])


def target_text(tried: Tried) -> str:
    """A target as `--target` takes it: that of the first reply, and of each later one where it is not twice that."""
    if tried.first_s is None or tried.next_s is None:
        return "as agreed"
    first, later = _length(tried.first_s), _length(tried.next_s)
    return first if tried.next_s == 2 * tried.first_s else f"{first}/{later}"


def _what_if(result: Result) -> Iterator[str]:
    """The targets side by side, and the one that this team could have kept."""
    head = ("target", "kept", "nudges", "per agent and day", "within 2m of the answer")
    rows = [head, *(_tried(tried) for tried in result.tried)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    yield ""
    for first, *rest in rows:
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        yield "  ".join((first.ljust(widths[0]), *cells))
    yield f"\n{could_keep_text(result)}"


def could_keep_text(result: Result) -> str:
    """The target that this team could have kept nine times in ten with the people it had, as a sentence."""
    if result.could_keep_s is None:
        if not result.waits:
            return "Nobody waited, so any target would have been kept."
        never = f"{result.unanswered:,} of {_many(result.waits, 'wait')} were never answered"
        answers = f"Of the answers there were, 90 % came within {_length(result.answers_kept_s)}."
        return f"No target would have been kept 90 % of the time: {never}. {answers}"
    return f"A target of {_length(result.could_keep_s)} would have been kept 90 % of the time."


def _tried(tried: Tried) -> tuple[str, ...]:
    per_day = "–" if tried.per_agent_day is None else f"{tried.per_agent_day:.1f}"
    share = "–" if tried.kept is None else f"{tried.kept:.0%}"
    return target_text(tried), share, f"{tried.nudges:,}", per_day, f"{tried.soon_answered:,}"


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
