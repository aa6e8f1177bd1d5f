"""The forms of asks: calling for help, telling a snag, answering; and the menu that leads to them."""

from gettext import gettext as _
from gettext import ngettext

from bot.domain.asks import Kind, Outcome

# -- the menu ----------------------------------------------------------------------------------------------------

SHORTCUT_NAME = _("CareCue…")
SHORTCUT_DESCRIPTION = _("Ask for help, tell a snag, call a boundary, give kudos or ask why, about this message")
MENU_TITLE = _("CareCue")
MENU = _("What would help? Nobody in the channel sees any of it.")
MENU_HELP = _("*Ask for help*\nYour manager hears of it at once, and their clock starts.")
MENU_SNAG = _("*Tell a snag*\nA tool or a process gets in the way of good work.")
MENU_BOUNDARY = _("*Call a boundary*\nThe customer is abusive, unreasonable, or we are right and it matters.")
MENU_KUDOS = _("*Give kudos*\nSomebody did something well for a customer.")
CHOOSE = _("Choose")
ASK_FOR_HELP = _("Ask for help")

# -- help and snags ----------------------------------------------------------------------------------------------

TITLES = {Kind.HELP: _("Ask for help"), Kind.SNAG: _("Tell a snag")}
ASK = _("Ask")
TELL = _("Tell")
LINE = {Kind.HELP: _("What would help you?"), Kind.SNAG: _("What gets in the way?")}
LINE_HINT = {
    Kind.HELP: _("A line is enough. It goes to your manager; no customer sees it."),
    Kind.SNAG: _("A line is enough. Your manager answers; your team reads it in the weekly digest, without your name."),
}
TEAM = _("Which team is it about?")
SAME = _("Is it one of these?")
SAME_HINT = _("Choose it if so: that says “me too”, and you will hear what becomes of it.")
NEW_SNAG = _("None of these, it is new")
ME_TOO = _("Me too: noted. You will hear what becomes of it, together with the others.")


def same_snag(line: str, count: int) -> str:
    """A snag that is open; `count` people share it."""
    return (
        line
        if count < 2
        else ngettext("%(line)s (%(n)d person)", "%(line)s (%(n)d people)", count)
        % {
            "line": line,
            "n": count,
        }
    )


# -- answers -----------------------------------------------------------------------------------------------------

ANSWER_TITLE = _("Your answer")
SEND = _("Send")
OUTCOME = _("What becomes of it?")
OUTCOMES = {
    Outcome.FIXED: _("It is fixed"),
    Outcome.WHEN: _("It will be, and I can say when"),
    Outcome.WONT: _("It has to stay, and I can say why"),
    Outcome.BACK: _("I back you"),
    Outcome.TAKE_OVER: _("I take over"),
    Outcome.END: _("We end it"),
    Outcome.APOLOGY: _("We owe the customer an apology"),
}
MEANS = {
    Outcome.BACK: _("Their answer stands, and you stand behind it"),
    Outcome.TAKE_OVER: _("You write to the customer from here on"),
    Outcome.END: _("Nobody of us goes on with this"),
    Outcome.APOLOGY: _("The customer has a point, and nobody is to blame"),
}
ANSWER_LINE = {
    Kind.HELP: _("What can you say or do?"),
    Kind.SNAG: _("In a line: what changed, by when, or why not"),
    Kind.BOUNDARY: _("In a line: why"),
}
ANSWER_HINT = dict.fromkeys(Kind, _("It reaches your colleague as a direct message, in your words.")) | {
    Kind.BOUNDARY: _(
        "Your colleague gets it in writing, to stand on. The next of us who meets this customer reads it, too."
    )
}


def too_long(length: int, most: int) -> str:
    """A line that is none; nothing is cut off."""
    return _("A line is enough: %(most)d characters at most, and these are %(length)d.") % {
        "most": most,
        "length": length,
    }
