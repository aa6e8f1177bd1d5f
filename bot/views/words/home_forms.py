"""What opens from the Home tab: hours, the weekly digest."""

from collections.abc import Sequence

from bot.views.language import Text, _
from bot.views.words import common, days

# -- hours -------------------------------------------------------------------------------------------------------

HOURS_TITLE = Text("My hours")
WHAT_HOURS_ARE = Text(
    "While your team is at work, a customer's wait counts. At all other times the clock stands still."
)
ALL_DAY = Text("all day")


def hours_of(team: common.Named, zone: str) -> str:
    """Above the hours; these are by the clock of that zone."""
    return _("%(team)s, by the clock of %(zone)s") % {"team": team, "zone": zone.replace("_", " ")}


def open_on(first: int, last: int, blocks: Sequence[str]) -> str:
    """One day, or a row of days; 0 is Monday."""
    names = days.WEEKDAYS[first](), days.WEEKDAYS[last]()
    which = names[0] if first == last else _("%(first)s to %(last)s") % {"first": names[0], "last": names[1]}
    return _("%(days)s: %(hours)s") % {"days": which, "hours": ", ".join(blocks) or _("closed")}


def days_off(dates: Sequence[str]) -> str:
    """The next holidays."""
    return _("Next days off: %(dates)s.") % {"dates": ", ".join(dates)}


def who_changes(admins: Sequence[common.Named]) -> str:
    """Below the hours."""
    if not admins:
        return _("They stand in CareCue's setup: whoever set it up can change them.")
    return _("They stand in CareCue's setup, which %(admins)s can change.") % {"admins": ", ".join(admins)}


# -- the weekly digest -------------------------------------------------------------------------------------------

DIGEST_TITLE = Text("Weekly digest")
WHAT_LABEL = Text("What comes to you by direct message")
MY_WEEK = Text("My own week, for my eyes only")
MY_TEAMS = Text("The week of the teams I lead")
DAY_LABEL = Text("On")
TIME_LABEL = Text("At")
TIME_HINT = Text("By your own clock. What you leave as it is moves with your team's hour.")
SAVE = Text("Save")
SAVED = Text("Saved.")
