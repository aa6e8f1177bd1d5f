"""What whoever promised a customer more reads of it, in private."""

from bot.views.language import Text, _
from bot.views.words import common


def headline(customer: common.Named, where: common.Named, due: str | None) -> str:
    """The first line of a nudge; `due` is a date that Slack shows in the reader's zone, None where none was named."""
    if due is None:
        return _("You told %(customer)s in %(where)s that more is to come.") % {"customer": customer, "where": where}
    return _("You told %(customer)s in %(where)s to expect more by %(due)s.") % {
        "customer": customer,
        "where": where,
        "due": due,
    }


NOT_READY = Text("Not ready yet? Say so there, with a new time: then that is when I bring it up.")


ON_IT = Text("I'm on it…")
DONE = Text("Done")


def on_it(until: str) -> str:
    """After *I'm on it*; `until` is a date."""
    return _("You're on it until %(until)s.") % {"until": until}


# -- in a list ---------------------------------------------------------------------------------------------------

TITLE = Text("What you promised")


def line(customer: common.Named, where: common.Named, when: str) -> str:
    """One promise; `when` is one of the four below."""
    return _("%(customer)s in %(where)s: %(when)s") % {"customer": customer, "where": where, "when": when}


def by(due: str) -> str:
    """By when more is expected."""
    return _("by %(due)s") % {"due": due}


def by_target(due: str) -> str:
    """The same, where they named no time."""
    return _("you named no time, the target says %(due)s") % {"due": due}


def was_due(due: str) -> str:
    """That moment is past."""
    return _("since %(due)s") % {"due": due}


def you_are_on_it(until: str) -> str:
    """Put off by *I'm on it*."""
    return _("you're on it until %(until)s") % {"until": until}


OVER_ALREADY = Text("This one is settled already, so there is nothing left to do.")
NOT_YOURS = Text("Somebody else promised this.")
