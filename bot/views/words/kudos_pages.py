"""The pages of kudos: mine, the team's, a manager's. Stories, and counts of behaviours; never of people."""

from collections.abc import Sequence

from bot.views.language import Text, _, ngettext
from bot.views.words import common, kudos

MINE = Text("What you were thanked for")
MINE_NONE = Text("Nothing here yet. What colleagues thank you for is kept here for you.")
GIVEN = Text("What you gave")
GIVEN_NONE = Text("Nothing yet. Who made something easier for you lately?")
CUSTOMERS_THANKED = Text(":bouquet: *Customers thanked you*")
OPEN_CONVERSATION = Text("Open a conversation")
ONLY_YOU = Text("Only you see this. Thanks from one's own manager, unexpected, is remembered longest.")


def by(giver: common.Named) -> str:
    """Under a story."""
    return _("from %(giver)s") % {"giver": giver}


def to(receivers: Sequence[common.Named]) -> str:
    """Under a story of one's own."""
    return _("to %(receivers)s") % {"receivers": kudos.listed(receivers)}


def team(name: str) -> str:
    """The title of a team's page."""
    return _("What %(team)s was thanked for") % {"team": common.shortened(name)}


def over(weeks: int) -> str:
    """What the numbers are."""
    return ngettext("In this week.", "Week by week for %(n)d weeks, this one last; a dot is a week without.", weeks) % {
        "n": weeks
    }


def unseen(behaviours: Sequence[str]) -> str:
    """What nobody was thanked for."""
    return _("Not seen lately: %(names)s. Who has shown it without a word said?") % {"names": kudos.listed(behaviours)}


def all_unseen() -> str:
    """Nobody was thanked for anything."""
    return _("No kudos yet in these weeks. The first ones set the tone.")


def too_small(team: common.Named) -> str:
    """A team whose counts would tell of people."""
    return _("%(team)s is too small to count without counting people.") % {"team": team}


def unthanked(days: int) -> str:
    """Above the names of those who had no kudos."""
    return ngettext(
        "*Without kudos for %(n)d day*, with conversations worth a look:",
        "*Without kudos for %(n)d days*, with conversations worth a look:",
        days,
    ) % {"n": days}


def all_thanked(days: int) -> str:
    """Nobody is without kudos."""
    return ngettext(
        "Everybody in the team was thanked in the last %(n)d day.",
        "Everybody in the team was thanked in the last %(n)d days.",
        days,
    ) % {"n": days}


NO_TEAM = Text("You are not in a team yet. Ask an admin to add you to the setup.")
TEAM = Text("What the team was thanked for")
EXPORTED = Text("All kudos that are yours, received and given: as a table, and for machines.")
NOTHING_TO_EXPORT = Text("There is nothing to export yet.")
EXPORT_SENT = Text("All that is yours is in your direct messages with CareCue now.")
