"""The page from which everything is set up."""

from collections.abc import Sequence

from bot.views.language import Text, _, ngettext

TITLE = Text("Set-up")
OPEN = Text("Open")
CHANGE = Text("Change")
INTRO = Text("Every change shows what it does before it counts, and can be undone. The same can be kept in a file.")
MANAGERS_INTRO = Text("The teams that you manage. Every change shows what it does before it counts, and can be undone.")
NO_TEAMS = Text("*Teams*\nThere is none yet. A team says who looks after customers, and when.")
MORE_TEAMS = Text("There are more teams than fit here: they are changed in the setup file.")
NOT_FOR_YOU = Text(
    "Only admins set CareCue up, and managers their own teams. Ask one of them; `/care help` says what you can do."
)
CUSTOMERS = Text("*Customers with their own targets*\n")
OVERRIDES = Text("*Who is a customer where*\n")
RULES = Text("*Channel rules*\n")
CHANNELS = Text("*Channels*\n")
PEOPLE = Text("*People with their own hours*\n")
HISTORY = Text("*History*\nWho changed what and when, with *Undo*.")
BUTTON = Text("Set up CareCue")
MY_BUTTON = Text("Set up my teams")
HOME = Text("*Set-up*\nTeams, channels, targets and everything else that CareCue goes by.")


def team(name: str, people: int) -> str:
    """A team; `name` is bold already."""
    return ngettext("%(name)s\n%(n)d person", "%(name)s\n%(n)d people", people) % {"name": name, "n": people}


def listed(count: int) -> str:
    """How many of a list are set up."""
    if not count:
        return _("none yet")
    return ngettext("%(n)d is set up", "%(n)d are set up", count) % {"n": count}


def targets(first: str, later: str, steps: int) -> str:
    """The workspace's, written as in the file; and how many steps its ladder has."""
    return ngettext(
        "*Targets and ladder*\n%(first)s for the first answer, %(later)s for each later one; %(n)d step",
        "*Targets and ladder*\n%(first)s for the first answer, %(later)s for each later one; %(n)d steps",
        steps,
    ) % {"first": first, "later": later, "n": steps}


def kudos(channel: str | None) -> str:
    """Where they may be announced; a link."""
    if channel is None:
        return _("*Kudos*\nThey are announced in a team's home channel.")
    return _("*Kudos*\nThey are announced in %(channel)s.") % {"channel": channel}


def workspace(language: str, admins: Sequence[str]) -> str:
    """The name of the language, and who is named as an admin; mentions."""
    if not admins:
        return _("*Language, admins, works council*\nChannels are told in %(language)s.") % {"language": language}
    return _("*Language, admins, works council*\nChannels are told in %(language)s; admins are %(admins)s.") % {
        "language": language,
        "admins": ", ".join(admins),
    }


def retention(conversations: int | None) -> str:
    """Days after which what is over is deleted."""
    if conversations is None:
        return _("*Retention*\nConversations that are over are kept.")
    return ngettext(
        "*Retention*\nConversations that are over are deleted after %(n)d day.",
        "*Retention*\nConversations that are over are deleted after %(n)d days.",
        conversations,
    ) % {"n": conversations}
