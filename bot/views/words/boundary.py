"""Boundary calls. Whoever reads the first half is under pressure: short, calm, on their side."""

from bot.domain.asks import Outcome
from bot.domain.boundary import Case
from bot.views.language import Text, _, ngettext

NAME = Text("Boundary call")

CASES = {
    Case.ABUSIVE: Text("Abusive"),
    Case.RIGHT: Text("We are right, and it matters"),
    Case.UNREASONABLE: Text("Unreasonable"),
}
CASES_MEAN = {
    Case.ABUSIVE: Text("Insults, threats, harassment, or anything near it"),
    Case.RIGHT: Text("Giving in would be unsafe, unfair or untrue"),
    Case.UNREASONABLE: Text("It goes on after a fair answer, or wants what nobody gets"),
}
CASES_BRIEFLY = {
    Case.ABUSIVE: Text("the customer was abusive"),
    Case.RIGHT: Text("we are right, and it matters"),
    Case.UNREASONABLE: Text("the customer stayed unreasonable"),
}

# Shown where a team has not written its own.
POLICIES = {
    Case.ABUSIVE: Text(
        "Nobody here has to read insults or threats, whoever writes them. You need not answer, and you need not read"
        " on. If anything in it frightens you, tell somebody you trust right away. How we go on with this customer is"
        " for your manager to decide."
    ),
    Case.RIGHT: Text(
        "When giving in would be unsafe, unfair or untrue, our answer stands, even where the customer is unhappy with"
        " it. You may answer now, in your own words. Your manager's backing follows in writing."
    ),
    Case.UNREASONABLE: Text(
        "A fair answer stays fair when it is asked for again. You need not repeat yourself, argue, or give what others"
        " do not get. Say once what is possible. The rest is for your manager."
    ),
}
# To the customer. A gap (…) is for the agent to fill.
SENTENCES = {
    Case.ABUSIVE: Text(
        "I want to help you with this, and I can when we speak to each other with respect. Tell me what you need most,"
        " and we will go on from there."
    ),
    Case.RIGHT: Text(
        "I know this is not the answer that you hoped for. I have looked at it with care, and it stays as it is,"
        " because … What I can do for you is …"
    ),
    Case.UNREASONABLE: Text(
        "I have understood what you would like, and I have gone as far as I can. What I can do for you is … If that"
        " helps, I will do it right away."
    ),
}

# The form.
FORM_INTRO = Text(
    "You come first here. Once you send this, reminders about this conversation stop and your manager hears of it. The"
    " customer sees none of it."
)
WHICH = Text("Which conversation?")
WHICH_HINT = Text("Those that wait for you, and those that you answered lately.")
NONE_OF_THESE = Text("None of these")
WHAT = Text("What is it?")
LINE = Text("What happened, in a line")
LINE_HINT = Text("The facts, in your own words: CareCue keeps no words of customers. Your manager reads this.")
SEND = Text("Call it")
CALL = Text("Boundary…")


def option(customer: str, channel: str) -> str:
    """A conversation in a menu, in plain text."""
    return _("%(customer)s in #%(channel)s") % {"customer": customer, "channel": channel}


# What the agent has in hand at once.
HEADLINES = {
    Case.ABUSIVE: Text("This is not yours to put up with."),
    Case.RIGHT: Text("You may stand your ground."),
    Case.UNREASONABLE: Text("You have done your part."),
}
STOPPED = Text(
    "No more reminders about this conversation, for anybody, and it counts in no figure. The customer sees nothing of"
    " this."
)
TOLD_ONLY = Text("Your manager hears of it. The customer sees nothing of this.")
ANSWER_NOW = Text("You may answer the customer now. Asking first is your choice.")
NO_NEED = Text("You need not answer before you have heard from your manager.")
POLICY = Text("What holds in our team")
SENTENCE = Text("If you want to say something to the customer")
KEPT = Text("All of this stands in your messages from CareCue, too.")
SENTENCE_NOTE = Text("Change it as you like, or say nothing.")
BACKING = Text("What you may decide without asking")
OPEN = Text("Open conversation")


def called(case: Case) -> str:
    """The line that a notification shows."""
    return _("Boundary call: %(headline)s") % {"headline": HEADLINES[case]()}


def more(count: int) -> str:
    """What a list of backing leaves out."""
    return ngettext("… and %(n)d more", "… and %(n)d more", count) % {"n": count}


def breather(until: str) -> str:
    """`until` is a date that Slack shows in the reader's zone."""
    return _("Take a breath: no nudges for you until %(until)s. What falls due goes to the next on the rota.") % {
        "until": until
    }


READY = Text("I'm ready now")

# Once the manager has answered; the answer itself comes in a message of its own.
AFTER = {
    Outcome.BACK: Text("*You can stand on this:* your manager backs you, in writing."),
    Outcome.TAKE_OVER: Text("*Your manager goes on with it.* You need not write another word to this customer."),
    Outcome.END: Text("*We end it here.* You need not write another word to this customer."),
    Outcome.APOLOGY: Text(
        "*We owe the customer an apology.* Calling was right, and this is no verdict on you: who says it, and how, is"
        " for the two of you to settle."
    ),
}
TAKEN_BACK = Text("You took this call back. Reminders about this conversation are on again.")

# The next working day.
CHECK_IN_NOTE = Text("Only you see this. Nobody hears of it unless you want to talk.")
FINE = Text("I'm fine")
TALK = Text("I'd like to talk")
FINE_ANSWER = Text("Good to hear. Thank you for drawing the line.")
TALK_LINE = Text("Would like to talk after a boundary call.")


def check_in(day: str) -> str:
    """`day` is a date that Slack shows in the reader's zone."""
    return _("Your boundary call, %(day)s: how are you today?") % {"day": day}


CHECK_IN = Text("How are you today?")
TALK_ANSWER = Text("Your manager hears that you would like to talk.")

# To the next agent who meets the customer.
BEFORE_YOU = Text("Before you answer")
TODAY = Text("Today may be different. If not, you have the same backing: `/care boundary`.")


def met_before(case: Case, day: str, decision: Outcome | None) -> str:
    """`day` is a date that Slack shows; nobody is named."""
    said = _("A boundary was called with this customer (%(day)s): %(case)s.") % {
        "day": day,
        "case": CASES_BRIEFLY[case](),
    }
    became = {
        Outcome.BACK: _("We stand by our answer:"),
        Outcome.TAKE_OVER: _("A lead took over:"),
        Outcome.END: _("We ended that conversation:"),
        Outcome.APOLOGY: _("We owed them an apology:"),
    }
    return f"{said} {became[decision]}" if decision in became else said


# Answers at the door.
NO_TEAM = Text(
    "You are in no team here, so nobody would hear you. Tell your lead directly, or ask an admin to add you."
)
NEEDS_LINE = Text("A line is enough, and your manager needs one.")
CALLED_ALREADY = Text("A boundary is called on this one already, and your manager knows of it.")
NOT_YOURS = Text("This one was meant for somebody else.")
