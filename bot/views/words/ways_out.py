"""The ways out of a line of the living list: what their forms ask, and what they say when it is done."""

from bot.views.language import Text, _, ngettext
from bot.views.words import common

# -- I'm on it / snooze until… -------------------------------------------------------------------------------------

ON_IT_TITLE = Text("I'm on it")
ON_IT = Text("I'm on it")
ON_IT_MEANS = Text("Your colleagues see that you have it. The line clears by itself when the reply is there.")
AGAIN = Text("Or hear of it again:")
AGAIN_HOUR = Text("In 1 hour")
AGAIN_AFTERNOON = Text("This afternoon")
AGAIN_TOMORROW = Text("Tomorrow morning")
UNTIL = Text("Or at a time of your own")
UNTIL_HINT = Text("By your own clock.")
UNTIL_SUBMIT = Text("Snooze until then")
NO_TIME_PICKED = Text("Pick a day and a time, or press one of the buttons above.")
TIME_IS_PAST = Text("That time has passed. Pick one that is still to come.")
TIME_IS_FAR = Text("That is more than 30 days away. Pick a time before then.")


def you_have(customer: common.Named) -> str:
    """After *I'm on it*."""
    return _("You have %(customer)s. The line clears by itself when the reply is there.") % {"customer": customer}


def asleep(customer: common.Named, until: str) -> str:
    """After a snooze; `until` is a date that Slack shows in the reader's zone."""
    return _("You have %(customer)s. Snoozed until %(until)s.") % {"customer": customer, "until": until}


# -- Hand over -----------------------------------------------------------------------------------------------------

HAND_OVER_TITLE = Text("Hand over")
HAND_OVER = Text("Hand over")
HAND_OVER_MEANS = Text("They hear of it at once, and the line leaves your list. The customer sees nothing.")
SOMEBODY_ELSE = Text("Somebody else")
ON_DUTY_NOW = Text("On duty now, with the lightest load first:")
HAND_OVER_LATER = Text(
    "They hear of it when their work begins, and it stays with them until then. The line leaves your list at once. "
    "The customer sees nothing."
)
BACK_FIRST = Text("Nobody else is on duty just now. Off work, whoever is back first:")


def who_can_take(customer: common.Named, where: common.Named) -> str:
    """Above the teammates."""
    return _("Who can take %(customer)s in %(where)s?") % {"customer": customer, "where": where}


def mate(name: common.Named, open_waits: int) -> str:
    """A teammate, with what they have already."""
    if not open_waits:
        return _("%(name)s · nobody is waiting for them") % {"name": name}
    waiting = ngettext("%(n)d customer waiting", "%(n)d customers waiting", open_waits) % {"n": open_waits}
    return f"{name} · {waiting}"


def off_until(told: str, back: str) -> str:
    """The same of who is off work; `back` is a date."""
    return _("%(told)s · back %(back)s") % {"told": told, "back": back}


# -- More… ---------------------------------------------------------------------------------------------------------

MORE_TITLE = Text("More ways out")
NO_REPLY = Text("No reply needed")
NO_REPLY_MEANS = Text("The conversation is settled. The customer can always write again, and then it is back.")
BOUNDARY = Text("Boundary…")
BOUNDARY_MEANS = Text("The customer goes too far, or we are right and it matters. You are not alone with it.")
WHY = Text("Why?")
WHY_MEANS = Text("What this nudge is based on, and how to put it right.")
NOT_NEEDED = Text("Not needed")
NOT_NEEDED_MEANS = Text("The nudge itself was a mistake. Said often enough, and nudges of that kind stop.")


def no_reply(customer: common.Named) -> str:
    """After *No reply needed*."""
    return _("Settled: %(customer)s needs no reply. If they write again, you hear of it.") % {"customer": customer}


def not_needed(customer: common.Named) -> str:
    """After *Not needed*."""
    return _("Noted: the nudge about %(customer)s was not needed. Thank you, that makes the next ones better.") % {
        "customer": customer
    }


# -- what a form turns into ----------------------------------------------------------------------------------------

DONE_TITLE = Text("Done")
NOT_DONE_TITLE = Text("Nothing was done")
