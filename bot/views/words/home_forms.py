"""What opens from the Home tab: hours, what is kept, the weekly digest."""

from collections.abc import Sequence

from bot.views.language import Text, _, ngettext
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


# -- what is kept ------------------------------------------------------------------------------------------------

KEPT_TITLE = Text("What is kept")
PROFILE = Text(
    "Your name, your time zone, whether you are an admin, your status's emoji and your notification hours, as Slack "
    "says it; your settings here; and when you are away by your team's calendar."
)
NEVER_KEPT = Text(
    "What you and customers write in channels is *not kept*: it is read once, to see whether a reply is due. "
    "The words of kudos are kept for those who gave and got them."
)
EXPORT = Text("Send me my kudos")


def row(kind: str, count: int) -> str:
    """One kind of what is kept."""
    sentences = {
        "received": ngettext("%(n)s kudos for you", "%(n)s kudos for you", count),
        "given": ngettext("%(n)s kudos from you", "%(n)s kudos from you", count),
        "asked": ngettext(
            "%(n)s question about thanks that you got", "%(n)s questions about thanks that you got", count
        ),
        "messages": ngettext(
            "%(n)s message or reaction of yours to customers: where and when",
            "%(n)s messages and reactions of yours to customers: where and when",
            count,
        ),
        "answers": ngettext(
            "%(n)s answer of yours: to which message, and how long it took",
            "%(n)s answers of yours: to which messages, and how long they took",
            count,
        ),
        "nudges": ngettext("%(n)s nudge that you got", "%(n)s nudges that you got", count),
        "promises": ngettext(
            "%(n)s promise of yours: in which message, and until when",
            "%(n)s promises of yours: in which messages, and until when",
            count,
        ),
        "asks": ngettext(
            "%(n)s call on those who lead: what you wrote, and the answer",
            "%(n)s calls on those who lead: what you wrote, and the answers",
            count,
        ),
        "prompts": ngettext(
            "%(n)s weekly prompt that you got: what became of it, and your note",
            "%(n)s weekly prompts that you got: what became of them, and your notes",
            count,
        ),
    }
    return sentences[kind] % {"n": f"{count:,}"}


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
