"""What is said to those who lead somebody with too much, and the form in which they take something off."""

from collections.abc import Sequence
from datetime import timedelta
from gettext import gettext as _
from gettext import ngettext

from bot.views.words import common

TAKE_OFF = _("Take off…")
TITLE = _("Take off…")
SUBMIT = _("Hand over")
WHICH = _("Which of them?")
WHICH_MORE = _("Or of these, who have waited shorter")
WHICH_HINT = _("Longest wait first. Whoever takes them hears of it at once; the customers see nothing.")
WHO = _("Who takes them?")
WHOEVER = _("Whoever has least, in turn")

ALL_FAIR = _("Nothing is too much there any more, so there is nothing to take off.")
NOBODY = _("Nobody who could take them is on duty right now. Is there something that you could take yourself?")
NOT_YOURS = _("Only those who lead the team can take something off.")
PICK_SOME = _("Pick at least one customer.")
NOTHING_MOVED = _("None of them could be handed over: they are settled, or whoever you picked cannot take them now.")


def too_much(who: common.Named, open_waits: int, limit: int) -> str:
    """Above the form."""
    return _(
        "%(who)s has %(open)d customers waiting, more than the %(limit)d that is fair. What could be taken off them?"
    ) % {"who": who, "open": open_waits, "limit": limit}


def waits(customer: common.Named, where: common.Named, waited: timedelta) -> str:
    """One of them."""
    told = {"customer": customer, "where": where, "waited": common.length(waited)}
    return _("%(customer)s in %(where)s · waiting %(waited)s") % told


def left_out(count: int) -> str:
    """Below the form."""
    return ngettext("And %(n)d more, who has waited shorter.", "And %(n)d more, who have waited shorter.", count) % {
        "n": count
    }


def taken_off(who: common.Named, moved: Sequence[tuple[common.Named, int]]) -> str:
    """What was done: who has how many now."""
    counts = [
        ngettext("%(to)s has %(n)d of them", "%(to)s has %(n)d of them", many) % {"to": to, "n": many}
        for to, many in moved
    ]
    return _("Taken off %(who)s: %(told)s now.") % {"who": who, "told": ", ".join(counts)}
