"""What can reasonably be expected of a team, told to whoever leads it."""

from datetime import timedelta

from bot.views.language import Text, _
from bot.views.words import common, days, numbers

NO_BETTER = Text("No target of up to eight hours would be met: more people, or less to do, would help.")
NOT_EFFORT = Text(
    "Reckoned from the last weeks: what came in, who was there, and how long answers take. It says what these people"
    " can do, not how hard they try."
)
NOT_YOURS = Text("Only who leads the team, or an admin, changes its target.")
CHANGED = Text("The target has been changed since. The next weekly page reckons with the new one.")


def out_of_reach(target: timedelta, share: float, weekday: int | None) -> str:
    """A target that the people who are there cannot keep."""
    within, percent = common.length(target), numbers.percent(share)
    if weekday is None:
        return _(":dart: The target of *%(target)s* is out of reach: with the usual cover *%(share)s* keep it.") % {
            "target": within,
            "share": percent,
        }
    return _(
        ":dart: The target of *%(target)s* is out of reach on a %(day)s: with that day's usual cover *%(share)s* of the"
        " first answers keep it."
    ) % {"target": within, "share": percent, "day": days.WEEKDAYS[weekday]()}


def better(target: timedelta, share: float) -> str:
    """One that they would keep."""
    return _("Within *%(target)s* it would be *%(share)s*.") % {
        "target": common.length(target),
        "share": numbers.percent(share),
    }


def take(target: timedelta) -> str:
    """The button that changes it."""
    return _("Make it %(target)s") % {"target": common.length(target)}


def taken(team: common.Named, target: timedelta, before: timedelta) -> str:
    """It is changed."""
    return _(
        "The target for first answers of %(team)s is *%(target)s* from now on; it was %(before)s. In its turn the pulse"
        " asks the agents whether it can be kept without rushing."
    ) % {"team": team, "target": common.length(target), "before": common.length(before)}


def too_fast(hourly: float, again: float, again_else: float) -> str:
    """Haste that customers feel."""
    return _(
        ":snail: On days with more than *%(hourly)s answers* a person an hour, *%(again)s* of customers had to ask"
        " again; on calmer days %(else)s. That pace is too high to be kind: what could wait, or go elsewhere?"
    ) % {"hourly": numbers.tenths(hourly), "again": numbers.percent(again), "else": numbers.percent(again_else)}
