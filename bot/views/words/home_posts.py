"""One post in a home channel about several customers at once."""

from datetime import timedelta

from bot.views.language import Text, _, ngettext
from bot.views.words import common


def lend_a_hand(count: int) -> str:
    """The headline, and what a notification shows."""
    text = ngettext(
        "%(n)d customer has been waiting for a while. Who can lend a hand?",
        "%(n)d customers have been waiting for a while. Who can lend a hand?",
        count,
    )
    return text % {"n": count}


ALL_LOOKED_AFTER = Text("Everyone of whom this told is looked after.")


def line(customer: common.Named, where: common.Named, waited: timedelta, target: timedelta) -> str:
    """A customer who waits."""
    return _("%(customer)s in %(where)s · waiting %(waited)s of %(target)s") % {
        "customer": customer,
        "where": where,
        "waited": common.length(waited),
        "target": common.length(target),
    }


def and_more(count: int) -> str:
    """Those that have no line."""
    return ngettext("and %(n)d more: /care shows yours", "and %(n)d more: /care shows yours", count) % {"n": count}


def no_more(customer: common.Named) -> str:
    """Nobody is asked about this customer here any more, though they were not answered."""
    return _("%(customer)s is looked after elsewhere.") % {"customer": customer}
