"""What a channel is, asked of whoever brought CareCue there."""

from bot.views.language import Text, _, ngettext
from bot.views.words import common

ASK = Text("What is it?")
WHOSE = Text("If customers write there: who looks after them?")
NOBODY = Text("No team yet")
RELAYS = Text("Which apps bring customers' mail there?")
NO_APP = Text("None of them")
CUSTOMER = Text("Customers write there")
TEAM = Text("Ours alone: a team's own channel")
IGNORED = Text("Leave it alone")
SAVE = Text("That's right")
PROMISE = Text("Only you read this. I write nothing in the channel.")
SHARED = Text("It is shared with another company.")
PENDING = Text("Another company is invited to it.")
COLLEAGUES = Text("Only colleagues are in it.")
NOT_YOURS = Text("This was asked of somebody else. Admins change it under `/care setup`.")
FORGOTTEN = Text("That question is too old. Admins say what a channel is under `/care setup`.")


def brought(channel: str) -> str:
    """How the question begins."""
    return _("You brought me into %(channel)s.") % {"channel": common.channel(channel)}


def was_brought(channel: str) -> str:
    """The same where somebody else has."""
    return _("I was brought into %(channel)s.") % {"channel": common.channel(channel)}


def guests(count: int) -> str:
    """Who is there from outside."""
    return ngettext("%(n)d guest is in it.", "%(n)d guests are in it.", count) % {"n": count}


def app_writes(name: str) -> str:
    """A program that begins conversations there."""
    return _("The app %(app)s writes there.") % {"app": common.escape(common.shortened(name))}


def app_without_name(app: str) -> str:
    """The same of one that Slack does not name."""
    return _("App %(id)s") % {"id": app}


def customers(channel: str, team: str | None) -> str:
    """What holds from now on."""
    if team:
        return _("Noted: customers write in %(channel)s, and %(team)s looks after them.") % {
            "channel": common.channel(channel),
            "team": common.bold(common.shortened(team)),
        }
    return _(
        "Noted: customers write in %(channel)s. Until a team is set up, you hear of those who have waited too long."
    ) % {"channel": common.channel(channel)}


def ours(channel: str) -> str:
    """The same of a channel of ours."""
    return _("Noted: %(channel)s is ours alone. Nobody who writes there counts as a customer.") % {
        "channel": common.channel(channel)
    }


def left_alone(channel: str) -> str:
    """The same of a channel that does not matter."""
    return _("Noted: I leave %(channel)s alone.") % {"channel": common.channel(channel)}


def said_already(channel: str) -> str:
    """Somebody was quicker."""
    return _("Somebody has said meanwhile what %(channel)s is. Admins see it under `/care setup`.") % {
        "channel": common.channel(channel)
    }


CHANGE = Text("Admins change this under `/care setup`.")


def cannot_be(why: str) -> str:
    """It does not go with the rest of the setup."""
    return _("That does not go with the rest of the setup: %(why)s.") % {"why": common.escape(why)}
