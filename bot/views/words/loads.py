"""What is said to those who lead somebody with too much, and the form in which they take something off."""

from collections.abc import Sequence
from datetime import timedelta

from bot.views.language import Text, _, ngettext
from bot.views.words import common

TAKE_OFF = Text("Take off…")
TITLE = Text("Take off…")
SUBMIT = Text("Hand over")
WHICH = Text("Which of them?")
WHICH_MORE = Text("Or of these, who have waited shorter")
WHICH_HINT = Text("Longest wait first. Whoever takes them hears of it at once; the customers see nothing.")
WHO = Text("Who takes them?")
WHOEVER = Text("Whoever has least, in turn")

ALL_FAIR = Text("Nothing is too much there any more, so there is nothing to take off.")
NOBODY = Text("Nobody who could take them is on duty right now. Is there something that you could take yourself?")
NOT_YOURS = Text("Only those who lead the team can take something off.")
PICK_SOME = Text("Pick at least one customer.")
NOTHING_MOVED = Text("None of them could be handed over: they are settled, or whoever you picked cannot take them now.")


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
