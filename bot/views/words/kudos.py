"""Kudos: the note, the announcement, the questions around them. Warm and plain; nobody is counted or compared."""

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext

from bot.domain.kudos import Behaviour
from bot.views.words import common

BEHAVIOURS = {
    Behaviour.KINDNESS: _("kindness"),
    Behaviour.WELCOMING: _("welcoming"),
    Behaviour.RESPONSIVENESS: _("responsiveness"),
    Behaviour.CUSTOMER_FOCUS: _("customer focus"),
    Behaviour.OPTIMISM: _("optimism"),
    Behaviour.SOLUTIONS: _("solutions"),
}
SIGNS = {
    Behaviour.KINDNESS: ":yellow_heart:",
    Behaviour.WELCOMING: ":wave:",
    Behaviour.RESPONSIVENESS: ":zap:",
    Behaviour.CUSTOMER_FOCUS: ":dart:",
    Behaviour.OPTIMISM: ":sunny:",
    Behaviour.SOLUTIONS: ":bulb:",
}
MOST_NAMES = 20

OPEN_MESSAGE = _("Open the message")


def listed(names: Sequence[common.Named]) -> str:
    """Names as a sentence takes them; what goes beyond a screenful is counted."""
    shown, left = list(names[:MOST_NAMES]), len(names) - MOST_NAMES
    if left > 0:
        shown.append(ngettext("%(n)d more", "%(n)d more", left) % {"n": left})
    if len(shown) < 2:
        return "".join(shown)
    return _("%(names)s and %(last)s") % {"names": ", ".join(shown[:-1]), "last": shown[-1]}


# -- the note to a receiver, and the announcement ----------------------------------------------------------------


def note_headline(giver: common.Named, others: Sequence[common.Named]) -> str:
    """The first line of a receiver's note."""
    if not others:
        return _("%(giver)s thanks you.") % {"giver": giver}
    return _("%(giver)s thanks you, together with %(others)s.") % {"giver": giver, "others": listed(others)}


def announced_headline(giver: common.Named, receivers: Sequence[common.Named]) -> str:
    """The first line of the announcement."""
    return _("%(giver)s thanks %(receivers)s.") % {"giver": giver, "receivers": listed(receivers)}


def between_us(giver: common.Named) -> str:
    """Under a note that is announced nowhere."""
    return _("Only between you and %(giver)s.") % {"giver": giver}


def between_all_of_us(giver: common.Named) -> str:
    """The same, where several people are thanked."""
    return _("Only between %(giver)s and those who are thanked.") % {"giver": giver}


MAY_IT_BE_ANNOUNCED = _("May your name stand in the announcement? If not, this stays with you.")
YES_ANNOUNCE = _("Yes, announce it")
NO_KEEP = _("No, keep it here")
SAY_THANKS = _("Say thanks")
SHOW_MANAGER = _("Show to my manager")
HIDE = _("Hide")
HIDE_TITLE = _("Hide these kudos?")
HIDE_TEXT = _("They leave your page, and your name leaves the announcement. Nobody is told.")
YOU_THANKED = _("You said thanks.")
YOU_SHOWED = _("Your manager has seen it too.")
HIDDEN = _("You have hidden these kudos. They stand nowhere with your name.")


def taken_back(giver: common.Named) -> str:
    """What stays of a note that the giver took back."""
    return _("%(giver)s has taken these kudos back.") % {"giver": giver}


ANNOUNCEMENT_GONE = _("The kudos that stood here were taken back.")


def says_thanks(receiver: common.Named) -> str:
    """To the giver, after *Say thanks*."""
    return _("%(receiver)s says thanks for your kudos.") % {"receiver": receiver}


def shows_you(receiver: common.Named, giver: common.Named) -> str:
    """To a manager, after *Show to my manager*."""
    return _("%(receiver)s would like you to see what %(giver)s thanked them for.") % {
        "receiver": receiver,
        "giver": giver,
    }


# -- questions in private ----------------------------------------------------------------------------------------


def ask_why(emoji: str, author: common.Named) -> str:
    """To somebody who reacted with the team's emoji."""
    return _("You gave %(author)s a :%(emoji)s:. Would you like to say why? Then it becomes kudos.") % {
        "author": author,
        "emoji": emoji,
    }


SAY_WHY = _("Say why")
NOT_NOW = _("Not now")


def ask_keep(customer: common.Named | None, channel: common.Named) -> str:
    """To an agent whom a customer thanked."""
    if customer is None:
        return _("A customer thanked you in %(channel)s. Would you like to keep this?") % {"channel": channel}
    return _("%(customer)s thanked you in %(channel)s. Would you like to keep this?") % {
        "customer": customer,
        "channel": channel,
    }


KEEP_HINT = _("CareCue remembers that it happened and where, not the words.")
KEEP = _("Keep it")
WHO_HELPED = _("Who helped?")
LET_BE = _("No, thanks")
KEPT = _("Kept on your page: a customer thanked you.")
WHY_GIVEN = _("You said why. Thank you for putting it into words.")
HELPED_GIVEN = _("Passed on to those who helped.")
LEFT_BE = _("All right, nothing is kept.")
WITHDRAWN = _("You took the reaction back, so there is nothing left to say.")
