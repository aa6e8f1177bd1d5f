"""What the page says."""

from collections.abc import Sequence
from datetime import date
from gettext import gettext as _
from gettext import ngettext

from bot.domain.hours import NAMES, ROUND_THE_CLOCK, Week
from bot.domain.moments import moment
from bot.replay.figures import Missed, Period, Result, Tried

NOT_TOLD = "–"
SHORT_DAYS = tuple(name[:3] for name in NAMES)

PAST_TITLE = _("Who waited, and what CareCue would have done")
QUIET_TITLE = _("What CareCue has seen while it kept quiet")
QUIET_LEAD = _("Nobody has been told anything. This is what the days looked like, and what would have been said.")
SENT = _(
    "This is what CareCue has seen while it kept quiet, and what it would have said. Open the file in a browser. Only "
    "admins get it, and nobody has been told anything."
)

WEEKS = _("How the weeks went")
WEEKS_LEAD = _("By the week in which a customer began to wait. Times are of first replies, in working time.")
USUAL = _("Usual first reply")
WEEKS_TIME = _("Usual first reply (half were faster)")
WEEKS_KEPT = _("Answered within target")
HOURS = _("When replies take longest")
HOURS_LEAD = _(
    "By the hour at which a customer began to wait. What is asked after hours begins to count in the morning."
)
BUSY = _("When customers write")
NEVER = _("Never answered")
NUDGES_SHORT = _("Nudges")
NUDGES = _("What CareCue would have said")
WHAT_IF = _("Which target fits this team?")
LOAD = _("How the work was spread")
COUNTED = _("How this is counted")
MADE_BY = _("Made by CareCue, on the machine that read the messages. This file loads nothing and tells nobody.")

WEEK, HOUR, ASKED, KEPT, HALF, MOSTLY = (
    _("Week of"),
    _("Hour"),
    _("Asked"),
    _("Within target"),
    _("Half within"),
    _("9 in 10 within"),
)
ONE_WEEK = _("There is one week, so there is no line to draw yet.")
FEW = _("– stands where fewer than three people gave first answers: a time would tell of one of them.")
TOO_FEW = _("Fewer than three people wrote to customers, so nothing is told of how the work was spread.")
NOBODY_BUSY = _("No customer wrote.")
ALL_ANSWERED = _("Every customer who waited longer than the target was answered in the end.")
NEVER_HEAD = (_("Asked at (UTC)"), _("Who"), _("Waited so far"))
OPEN_IN_SLACK = _("Open in Slack")
NUDGE_HEAD = (_("Nudge"), _("How many"))
DAY_HEAD = (_("Nudges on a day"), _("Days"))
AGENT_HEAD = (_("Nudges per agent on a day"), _("Days"))
LOAD_HEAD = (_("Conversations of one agent on a day"), _("Days of work"))
WHAT_IF_HEAD = (_("Target"), _("Kept"), _("Nudges"), _("Per agent and day"), _("Within 2 min of the answer"))
AS_AGREED = _("as set up")

_STEPS = (
    _("To who should answer, at 75 % of the target"),
    _("To who should answer, with an offer of help, at 100 %"),
    _("To the team's home channel, at 150 %"),
    _("To a manager, at 200 %"),
)
_ANOTHER_STEP = _("Step %(number)d of the ladder")


def length(seconds: float | None) -> str:
    """Working time: to the second up to five minutes, to the minute up to ten hours, then to the hour."""
    if seconds is None:
        return NOT_TOLD
    whole = round(seconds)
    if whole < 60:
        return _("%d\u00a0s") % whole
    if whole < 300 and whole % 60:
        return _("%(m)d\u00a0min\u00a0%(s)d\u00a0s") % {"m": whole // 60, "s": whole % 60}
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    if hours >= 10 or not rest:
        return _("%s\u00a0h") % f"{round(minutes / 60):,}" if hours else _("%d\u00a0min") % rest
    return _("%(h)d\u00a0h\u00a0%(m)d\u00a0min") % {"h": hours, "m": rest} if hours else _("%d\u00a0min") % rest


def share(part: float | None) -> str:
    """In whole percent, but never all or nothing where it is not."""
    if part is None:
        return NOT_TOLD
    return f"{round(min(max(part, 0.01), 0.99) * 100) if 0 < part < 1 else round(part * 100)}\u00a0%"


def number(value: float | None) -> str:
    """Whole where it is, else with one decimal."""
    if value is None:
        return NOT_TOLD
    return f"{value:,.0f}" if value == int(value) or value >= 100 else f"{value:,.1f}"


def day(when: date) -> str:
    """2 March 2026, in a table."""
    return f"{when.day} {when:%b %Y}"


def mondays(periods: Sequence[Period]) -> list[str]:
    """Weeks by the day on which they begin, with the year where there are two."""
    found = [date.fromisoformat(period.name) for period in periods]
    one_year = len({when.year for when in found}) == 1
    return [f"{when.day} {when:%b}" if one_year else day(when) for when in found]


def span(result: Result) -> str:
    """The days that the page is about."""
    if not (result.since and result.until):
        return _("no messages")
    return f"{day(moment(result.since).date())} – {day(moment(result.until).date())}"


def extent(result: Result) -> str:
    """How much was looked at."""
    messages = ngettext("%s message", "%s messages", result.messages) % f"{result.messages:,}"
    channels = ngettext("%s channel", "%s channels", result.channels) % f"{result.channels:,}"
    return _("%(messages)s in %(channels)s") % {"messages": messages, "channels": channels}


def hours(week: Week) -> str:
    """The working hours, a line of them."""
    if week.days == ROUND_THE_CLOCK.days:
        return _("round the clock")
    told = [(SHORT_DAYS[place], ", ".join(f"{a:%H:%M}–{b:%H:%M}" for a, b in d)) for place, d in enumerate(week.days)]
    parts: list[list[str]] = []
    for name, blocks in told:
        if parts and parts[-1][2] == blocks:
            parts[-1][1] = name
        else:
            parts.append([name, name, blocks])
    days = (f"{a if a == b else f'{a}–{b}'} {blocks}" for a, b, blocks in parts if blocks)
    return f"{'; '.join(days)} ({week.zone})"


def target(tried: Tried) -> str:
    """First replies, and later ones."""
    if tried.first_s is None:
        return AS_AGREED
    return _("%(first)s, later %(next)s") % {"first": length(tried.first_s), "next": length(tried.next_s)}


def mark(seconds: float) -> str:
    """Beside the line across a chart."""
    return _("target %s") % length(seconds)


def step(number_: int) -> str:
    """What a step of the usual ladder does."""
    return _STEPS[number_] if number_ < len(_STEPS) else _ANOTHER_STEP % {"number": number_ + 1}


def reply_note(result: Result) -> str:
    """Under the usual first reply."""
    return _("half were faster; 9 in 10 within %s") % length(result.first_reply_s.p90)


def kept_note(tried: Tried) -> str:
    """Under the share within target."""
    if tried.first_s is None:
        return _("of all waits, with the targets that are set up")
    return _("of all waits, with a target of %s") % target(tried)


def never_note(result: Result) -> str:
    """Under how many were never answered."""
    return ngettext("of %s wait", "of %s waits", result.waits) % f"{result.waits:,}"


def nudges_note(tried: Tried) -> str:
    """Under how many nudges there would have been."""
    if tried.per_agent_day is None:
        return _("would have gone out")
    return _("would have gone out: %s per agent and day") % number(tried.per_agent_day)


def busiest(found: Sequence[tuple[int, int, int]]) -> str:
    """The busiest hours of the week in a sentence."""
    most = sorted(found, key=lambda one: (-one[2], one[0], one[1]))[:3]
    told = [_("%(day)s %(hour)02d–%(next)02d (%(n)s)") % _hour(one) for one in most]
    return _("Busiest: %s.") % ", ".join(told)


def _hour(one: tuple[int, int, int]) -> dict[str, object]:
    return {"day": NAMES[one[0]], "hour": one[1], "next": one[1] + 1, "n": f"{one[2]:,}"}


def never(result: Result) -> str:
    """Above the list of who was never answered."""
    listed = len(result.latest_unanswered)
    waited = ngettext(
        "%(n)s customer's wait is longer than the target, and nobody has ended it.",
        "%(n)s waits are longer than the target, and nobody has ended them.",
        result.unanswered,
    ) % {"n": f"{result.unanswered:,}"}
    if listed == result.unanswered:
        return waited
    return f"{waited} " + _("These are the latest %d.") % listed


def who(one: Missed) -> str:
    """A customer, and where they wrote."""
    return _("%(name)s in #%(channel)s") % {"name": one.customer, "channel": one.channel}


def soon(tried: Tried) -> str:
    """How many nudges would have come just before the answer."""
    if not tried.nudges:
        return _("No nudge would have gone out.")
    told = _(
        "%(n)s of %(all)s nudges (%(share)s) would have come within two minutes before the answer: to somebody who was "
        "probably writing it."
    )
    part = share(tried.soon_answered / tried.nudges)
    return told % {"n": f"{tried.soon_answered:,}", "all": f"{tried.nudges:,}", "share": part}


def spread(p50: float, p90: float, most: float) -> str:
    """A distribution in a sentence."""
    told = _("On half of the days at most %(half)s, on nine in ten at most %(mostly)s, never more than %(most)s.")
    return told % {"half": number(p50), "mostly": number(p90), "most": number(most)}


def could_keep(result: Result) -> str:
    """The target for nine times in ten, and why there may be none."""
    if result.could_keep_s is not None:
        told = _("The target that this team could have kept 90 % of the time, with the people it had: %s.")
        return told.replace("%s", length(result.could_keep_s))
    if not result.waits:
        return _("Nobody waited, so any target would have been kept.")
    told = _(
        "%(never)s of %(all)s waits were never answered, so no target would have been kept 90 %% of the time. "
        "Of the answers there were, 90 %% came within %(length)s."
    )
    figures = {"never": f"{result.unanswered:,}", "all": f"{result.waits:,}"}
    return told % {**figures, "length": length(result.answers_kept_s)}


def counted(what: Tried) -> tuple[str, ...]:
    """What stands behind the figures."""
    return (
        _("A wait lasts from a customer's oldest unanswered message to our answer; “thanks, that works” begins none."),
        _("Times are working time: what lies outside the hours above does not count."),
        _(
            "Kept are targets that an answer met. Waits that nobody ever answered count as missed once they are longer "
            "than the target; for those still open the clock stops with the last message."
        ),
        _(
            "An agent's day is one on which they wrote to a customer. Nudges per agent and day are those to whoever "
            "should answer; home channel and managers come on top."
        ),
        _(
            "No name of an agent is on this page, nor anything that fewer than three people stand behind, but for "
            "totals. No message text was kept to make it."
        ),
        _("Targets: %s.") % target(what),
    )
