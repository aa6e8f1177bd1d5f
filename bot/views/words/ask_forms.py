"""The forms of asks: calling for help, telling a snag, answering; and the menu that leads to them."""

from bot.domain.asks import Kind, Outcome
from bot.views.language import Text, _, ngettext

# -- the menu ----------------------------------------------------------------------------------------------------

SHORTCUT_NAME = Text("CareCue…")
SHORTCUT_DESCRIPTION = Text("Ask for help, tell a snag, call a boundary, give kudos or ask why, about this message")
MENU_TITLE = Text("CareCue")
MENU = Text("What would help? Nobody in the channel sees any of it.")
MENU_HELP = Text("*Ask for help*\nYour manager hears of it at once, and their clock starts.")
MENU_SNAG = Text("*Tell a snag*\nA tool or a process gets in the way of good work.")
MENU_BOUNDARY = Text("*Call a boundary*\nThe customer is abusive, unreasonable, or we are right and it matters.")
MENU_KUDOS = Text("*Give kudos*\nSomebody did something well for a customer.")
CHOOSE = Text("Choose")
ASK_FOR_HELP = Text("Ask for help")

# -- help and snags ----------------------------------------------------------------------------------------------

TITLES = {Kind.HELP: Text("Ask for help"), Kind.SNAG: Text("Tell a snag")}
ASK = Text("Ask")
TELL = Text("Tell")
LINE = {Kind.HELP: Text("What would help you?"), Kind.SNAG: Text("What gets in the way?")}
LINE_HINT = {
    Kind.HELP: Text("A line is enough. It goes to your manager; no customer sees it."),
    Kind.SNAG: Text(
        "A line is enough. Your manager answers; your team reads it in the weekly digest, without your name."
    ),
}
TEAM = Text("Which team is it about?")
SAME = Text("Is it one of these?")
SAME_HINT = Text("Choose it if so: that says “me too”, and you will hear what becomes of it.")
NEW_SNAG = Text("None of these, it is new")
ME_TOO = Text("Me too: noted. You will hear what becomes of it, together with the others.")


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

ANSWER_TITLE = Text("Your answer")
SEND = Text("Send")
OUTCOME = Text("What becomes of it?")
OUTCOMES = {
    Outcome.FIXED: Text("It is fixed"),
    Outcome.WHEN: Text("It will be, and I can say when"),
    Outcome.WONT: Text("It has to stay, and I can say why"),
    Outcome.BACK: Text("I back you"),
    Outcome.TAKE_OVER: Text("I take over"),
    Outcome.END: Text("We end it"),
    Outcome.APOLOGY: Text("We owe the customer an apology"),
}
MEANS = {
    Outcome.BACK: Text("Their answer stands, and you stand behind it"),
    Outcome.TAKE_OVER: Text("You write to the customer from here on"),
    Outcome.END: Text("Nobody of us goes on with this"),
    Outcome.APOLOGY: Text("The customer has a point, and nobody is to blame"),
}
ANSWER_LINE = {
    Kind.HELP: Text("What can you say or do?"),
    Kind.SNAG: Text("In a line: what changed, by when, or why not"),
    Kind.BOUNDARY: Text("In a line: why"),
}
ANSWER_HINT = dict.fromkeys(Kind, Text("It reaches your colleague as a direct message, in your words.")) | {
    Kind.BOUNDARY: Text(
        "Your colleague gets it in writing, to stand on. The next of us who meets this customer reads it, too."
    )
}


def too_long(length: int, most: int) -> str:
    """A line that is none; nothing is cut off."""
    return _("A line is enough: %(most)d characters at most, and these are %(length)d.") % {
        "most": most,
        "length": length,
    }
