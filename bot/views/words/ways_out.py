"""The ways out of a line of the living list: what their forms ask, and what they say when it is done."""

from gettext import gettext as _
from gettext import ngettext

from bot.views.words import common

# -- I'm on it / snooze until… -------------------------------------------------------------------------------------

ON_IT_TITLE = _("I'm on it")
ON_IT = _("I'm on it")
ON_IT_MEANS = _("Your colleagues see that you have it. The line clears by itself when the reply is there.")
AGAIN = _("Or hear of it again:")
AGAIN_HOUR = _("In 1 hour")
AGAIN_AFTERNOON = _("This afternoon")
AGAIN_TOMORROW = _("Tomorrow morning")
UNTIL = _("Or at a time of your own")
UNTIL_HINT = _("By your own clock.")
UNTIL_SUBMIT = _("Snooze until then")
NO_TIME_PICKED = _("Pick a day and a time, or press one of the buttons above.")
TIME_IS_PAST = _("That time has passed. Pick one that is still to come.")
TIME_IS_FAR = _("That is more than 30 days away. Pick a time before then.")


def you_have(customer: common.Named) -> str:
    """After *I'm on it*."""
    return _("You have %(customer)s. The line clears by itself when the reply is there.") % {"customer": customer}


def asleep(customer: common.Named, until: str) -> str:
    """After a snooze; `until` is a date that Slack shows in the reader's zone."""
    return _("You have %(customer)s. Snoozed until %(until)s.") % {"customer": customer, "until": until}


# -- Hand over -----------------------------------------------------------------------------------------------------

HAND_OVER_TITLE = _("Hand over")
HAND_OVER = _("Hand over")
HAND_OVER_MEANS = _("They hear of it at once, and the line leaves your list. The customer sees nothing.")
SOMEBODY_ELSE = _("Somebody else")
ON_DUTY_NOW = _("On duty now, with the lightest load first:")
HAND_OVER_LATER = _(
    "They hear of it when their work begins, and it stays with them until then. The line leaves your list at once. "
    "The customer sees nothing."
)
BACK_FIRST = _("Nobody else is on duty just now. Off work, whoever is back first:")


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

MORE_TITLE = _("More ways out")
NO_REPLY = _("No reply needed")
NO_REPLY_MEANS = _("The conversation is settled. The customer can always write again, and then it is back.")
BOUNDARY = _("Boundary…")
BOUNDARY_MEANS = _("The customer goes too far, or we are right and it matters. You are not alone with it.")
WHY = _("Why?")
WHY_MEANS = _("What this nudge is based on, and how to put it right.")
NOT_NEEDED = _("Not needed")
NOT_NEEDED_MEANS = _("The nudge itself was a mistake. Said often enough, and nudges of that kind stop.")


def no_reply(customer: common.Named) -> str:
    """After *No reply needed*."""
    return _("Settled: %(customer)s needs no reply. If they write again, you hear of it.") % {"customer": customer}


def not_needed(customer: common.Named) -> str:
    """After *Not needed*."""
    return _("Noted: the nudge about %(customer)s was not needed. Thank you, that makes the next ones better.") % {
        "customer": customer
    }


# -- what a form turns into ----------------------------------------------------------------------------------------

DONE_TITLE = _("Done")
NOT_DONE_TITLE = _("Nothing was done")
