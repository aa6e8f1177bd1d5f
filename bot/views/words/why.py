"""Why a conversation stands as it does, and the corrections of how it was read."""

from bot.domain.because import Cause
from bot.domain.conversations import Kind
from bot.domain.setup import Say
from bot.domain.why import Silence
from bot.views.language import Text, _, ngettext
from bot.views.words import common

MENU_WHY = Text("*Why?*\nHow CareCue read this conversation, what the clock counted, and what to correct.")
TITLE = Text("Why?")
HOW_READ = Text("How each message was read")
NEXT = Text("Next")

# -- links that lead nowhere -------------------------------------------------------------------------------------

NEEDS_LINK = Text(
    "Which message? Copy its link (*More actions*, then *Copy link*) and type `/care why` and the link after it."
)
NO_LINK = Text("That is no link to a message. Copy it from the message: *More actions*, then *Copy link*.")
UNKNOWN = Text(
    "CareCue knows nothing of that message: it stands in no customer's conversation that you can see, an app wrote it, "
    "or it is from before CareCue came."
)
NOT_READ_YET = Text("CareCue is still asking Slack who wrote that. Please try again in a minute.")
NOT_YOUR_TEAM = Text("Only who looks after customers can see how a conversation was read, and correct it.")

# -- whose turn it is --------------------------------------------------------------------------------------------


def waits(customer: common.Named, where: common.Named, since: str) -> str:
    """The headline of a conversation in which the customer waits."""
    return _("%(customer)s is waiting for us in %(where)s since %(since)s.") % {
        "customer": customer,
        "where": where,
        "since": since,
    }


def answered(customer: common.Named, where: common.Named) -> str:
    """The headline where we had the last word."""
    return _("%(customer)s has our answer in %(where)s: the next word is theirs.") % {
        "customer": customer,
        "where": where,
    }


def closed(customer: common.Named, where: common.Named) -> str:
    """The headline where nothing is open."""
    return _("Nothing is open with %(customer)s in %(where)s.") % {"customer": customer, "where": where}


def ours_alone(where: common.Named) -> str:
    """The headline where no customer has said anything."""
    return _("In %(where)s only we have spoken so far: no customer waits.") % {"where": where}


# -- what comes next ---------------------------------------------------------------------------------------------


def nudged(count: int, last: str) -> str:
    """What was said already; to whom is theirs."""
    return ngettext("%(n)d reminder so far: %(last)s.", "%(n)d reminders so far, the last one %(last)s.", count) % {
        "n": count,
        "last": last,
    }


def has_it(
    cause: Cause, owner: common.Named, who: common.Named, until: str | None, covered: common.Named | None
) -> str:
    """Why its owner has it: `who` had it before, `covered` is in whose place."""
    told = {"owner": owner, "who": who, "until": until, "covered": covered}
    why = (AWAY_UNTIL() if cause is Cause.AWAY and until else BECAUSE[cause]()) % told
    if covered:
        return _("%(owner)s has it in the place of %(covered)s: %(why)s.") % (told | {"why": why})
    return _("%(owner)s has it by turn: %(why)s.") % {"owner": owner, "why": why}


AWAY_UNTIL = Text("%(who)s is away until %(until)s")
BECAUSE = {
    Cause.FREE: Text("nobody had it"),
    Cause.TURN: Text("it was with %(who)s before, and nothing happened"),
    Cause.AWAY: Text("%(who)s is away"),
    Cause.LEFT: Text("%(who)s has left the channel"),
    Cause.TEAM: Text("%(who)s has left the team"),
    Cause.GONE: Text("%(who)s has left the company"),
    Cause.BY: Text("%(who)s handed it over"),
    Cause.LOAD: Text("%(who)s had too much"),
}


def moves_on(at: str) -> str:
    """Of a wait that was given by turn."""
    return _("If nobody takes it on by %(at)s, it is the next one's turn.") % {"at": at}


def promised(who: common.Named, at: str, named: bool) -> str:
    """A promise that is still to be kept; `named`: by then, as they said themselves."""
    if named:
        return _("%(who)s promised to come back by %(at)s.") % {"who": who, "at": at}
    return _("%(who)s promised more and named no time; by the target it is due at %(at)s.") % {"who": who, "at": at}


def next_nudge(at: str, to: str, say: Say, percent: int | None) -> str:
    """When the next nudge is due and to whom."""
    if percent is None:
        return _("Due %(at)s, when the snooze ends: a reminder to %(to)s.") % {"at": at, "to": to}
    return _("Due %(at)s, at %(percent)d %% of the target: %(what)s to %(to)s.") % {
        "at": at,
        "percent": percent,
        "what": STEPS[say](),
        "to": to,
    }


def after_pause(at: str, to: str) -> str:
    """While we wait on the customer."""
    return _("Due %(at)s, if the customer has not written by then: the pause is over, to %(to)s.") % {
        "at": at,
        "to": to,
    }


STEPS: dict[Say, Text] = {
    "reply": Text("a reminder"),
    "help": Text("an offer of help"),
    "lend_hand": Text("a question who can lend a hand"),
    "how_help": Text("a question how to help"),
}
ON_ROTA = Text("whoever is next on the rota")
SILENCES = {
    Silence.ANSWERED: Text("No reminder about the wait: the customer has an answer."),
    Silence.CLOSED: Text("No reminder: no reply is needed."),
    Silence.NOT_ASKED: Text("No reminder: nothing was asked, or it was taken back."),
    Silence.BOUNDARY: Text("No reminder ever: a boundary was called."),
    Silence.CLIMBED: Text("No further reminder: every step was taken."),
    Silence.NO_LADDER: Text("No reminder: this team has switched them off."),
    Silence.NO_HOURS: Text("No reminder: this team has no working hours."),
    Silence.NOT_CUSTOMERS: Text("No reminder: this is no longer a customer channel."),
    Silence.NOT_NEEDED: Text(
        "No further reminder: one of us said that they are not needed here. The customer waits on."
    ),
    Silence.RULE: Text(
        "No reminder: the rule that it rests on is silent. The customer waits on. Beside the message you can say that "
        "it needs a reply."
    ),
}

# -- how each message was read -----------------------------------------------------------------------------------

NEEDS = Text("needs a reply")
NEEDS_NOT = Text("needs no reply")
OURS = {Kind.OURS: Text("our words"), Kind.ASIDE: Text("to a colleague, no answer to the customer")}
HOLDING = Text("our words, which promise more")
GONE = Text("taken back")
MOVES = {
    Kind.CLAIM: Text("has it from then on"),  # said so, was handed it, or got it from who leads
    Kind.UNCLAIM: Text("let it go"),
    Kind.CLOSE: Text("said that no reply is needed"),
    Kind.UNCLOSE: Text("took back that no reply is needed"),
    Kind.KEPT: Text("said that a promise is kept"),
    Kind.PAUSE: Text("waits on the customer"),
    Kind.RESUME: Text("waits on the customer no longer"),
}
CALLED = Text("A boundary was called: no reminders from here on")
UNCALLED = Text("The boundary call was taken back")

AMONG = Text("said among customers")


def read_as(link: str, who: common.Named, verdict: str, because: str) -> str:
    """A message: where, whose, how it counts and by which rule."""
    return _("%(link)s %(who)s · *%(verdict)s*: %(because)s") % {
        "link": link,
        "who": who,
        "verdict": verdict,
        "because": because,
    }


def said_by(who: common.Named, rule: str) -> str:
    """A verdict that one of us has corrected."""
    return _("so %(who)s said (rule `%(rule)s` read it otherwise)") % {"who": who, "rule": rule or "?"}


def said(link: str, who: common.Named, what: str) -> str:
    """A message that needs no verdict."""
    return f"{link} {who} · {what}"


def done(link: str, who: common.Named, what: str) -> str:
    """Anything else that somebody did."""
    return " ".join(part for part in (link, who, what) if part)


def lines_left_out(count: int) -> str:
    """What a long conversation does not show."""
    return ngettext(
        "%(n)d more message or act is left out here.", "%(n)d more messages and acts are left out here.", count
    ) % {"n": count}


AN_APP = Text("an app")

# -- corrections -------------------------------------------------------------------------------------------------

NEEDED = Text("This needed a reply")
NOT_NEEDED = Text("This needed no reply")
SPLIT = Text("Split here")
NOT_CUSTOMER = Text("Not a customer")
CUSTOMER = Text("A customer after all")
JOIN = Text("One conversation with…")
JOIN_HINT = Text("Does it belong to another conversation of this channel?")


def other(customer: str, at: str) -> str:
    """A conversation to choose; the name is plain."""
    return f"{at} · {customer}"


NOTHING_TO_SPLIT = Text("There is nothing before that message to split it from.")
CHANGED_MEANWHILE = Text("This conversation has changed meanwhile. Please ask again.")
BOUNDARY_STANDS = Text("A boundary was called on this conversation, so it stays as it is.")
SAME_ALREADY = Text("That is one conversation already.")
