"""Nudges, the form that hands one over, and what their buttons answer."""

from collections.abc import Sequence
from datetime import timedelta

from bot.views.language import Text, _
from bot.views.words import common


def nudge_headline(say: str, customer: common.Named, where: common.Named, owner: common.Named | None) -> str:
    """The first line of a nudge; `say` is the ladder's word for it."""
    sentences = {
        "reply": _("%(customer)s is waiting for a reply in %(where)s."),
        "passed": _("%(customer)s is waiting for a reply in %(where)s."),
        "snoozed": _("%(customer)s is waiting for a reply in %(where)s."),
        "paused": _("%(customer)s is waiting for a reply in %(where)s."),
        "help": _("%(customer)s is still waiting in %(where)s. Would a hand help? You can pass this on freely."),
        "lend_hand": _("%(customer)s has been waiting in %(where)s for a while. Who can lend a hand?"),
        "how_help": _("%(customer)s has been waiting in %(where)s for long. How can you help %(owner)s?"),
        "handed": _("%(customer)s is waiting in %(where)s. %(owner)s asks you to take this one."),
    }
    return sentences[say] % {"customer": customer, "where": where, "owner": owner or _("the team")}


def waiting_for(waited: timedelta, target: timedelta) -> str:
    """How long of how much."""
    return _("Waiting for %(waited)s of %(target)s working time.") % {
        "waited": common.length(waited),
        "target": common.length(target),
    }


def new_here() -> str:
    """A customer's first conversation: welcoming is a behaviour too."""
    return _("New here: their first conversation with us.")


def nudge_fallback(say: str, customer: str) -> str:
    """The line that a notification shows."""
    name = common.escape(customer)
    if say == "how_help":
        return _("%(customer)s has been waiting for long. How can you help?") % {"customer": name}
    if say == "lend_hand":
        return _("%(customer)s has been waiting for a while. Who can lend a hand?") % {
            "customer": common.escape(customer)
        }
    return _("%(customer)s is waiting for a reply") % {"customer": name}


def someone() -> str:
    """A customer whose name is not known."""
    return _("A customer")


OPEN_THREAD = Text("Open thread")
IM_ON_IT = Text("I'm on it")
SNOOZE = Text("Snooze…")
SNOOZE_HOUR = Text("For 1 hour")
SNOOZE_AFTERNOON = Text("Until this afternoon")
SNOOZE_TOMORROW = Text("Until tomorrow morning")


def answered(customer: common.Named, who: common.Named, after: timedelta) -> str:
    """The nudge of a wait that an answer ended."""
    return _("%(who)s answered %(customer)s after %(after)s.") % {
        "who": who,
        "customer": customer,
        "after": common.length(after),
    }


def answered_by_you(customer: common.Named, after: timedelta) -> str:
    """The same, to the one who answered."""
    return _("You answered %(customer)s after %(after)s.") % {"customer": customer, "after": common.length(after)}


def closed(customer: common.Named, who: common.Named | None) -> str:
    """The nudge of a wait that needed no reply."""
    if who is None:
        return _("%(customer)s needs no reply any more.") % {"customer": customer}
    return _("%(customer)s needs no reply, says %(who)s.") % {"customer": customer, "who": who}


def taken_back(customer: common.Named) -> str:
    """The nudge of a wait whose message is gone."""
    return _("%(customer)s took the message back.") % {"customer": customer}


def never_waited(customer: common.Named) -> str:
    """The nudge of a wait that there never was, as it turned out since: an answer came late, or somebody said so."""
    return _("%(customer)s is not waiting here after all.") % {"customer": customer}


def left_alone(customer: common.Named) -> str:
    """The nudge of a conversation on which somebody called a boundary; who did is told to nobody."""
    return _("There are no more reminders about this conversation with %(customer)s.") % {"customer": customer}


def on_it_you() -> str:
    """After *I'm on it*."""
    return _("You're on it. This clears when the reply is there.")


def on_it(who: common.Named) -> str:
    """Somebody else took it."""
    return _("%(who)s is on it.") % {"who": who}


def snoozed(until: str) -> str:
    """After *Snooze*; `until` is a date that Slack shows in the reader's zone."""
    return _("Snoozed until %(until)s.") % {"until": until}


def paused(until: str) -> str:
    """After *Waiting on customer*."""
    return _("Waiting on the customer: the clock stands until they write, or until %(until)s.") % {"until": until}


def not_needed(customer: common.Named, who: common.Named) -> str:
    """After *Not needed*; the customer is not answered by it."""
    return _("%(who)s says that no reminders of %(customer)s are needed here. The customer still waits.") % {
        "who": who,
        "customer": customer,
    }


def handed_over(customer: common.Named, to: common.Named) -> str:
    """After *Hand over*, to the one who handed over."""
    return _("%(to)s has %(customer)s now. Thank you for passing it on.") % {"to": to, "customer": customer}


PICK_SOMEONE_ELSE = Text("That is you. Pick someone else, or press Cancel to keep it.")
PICK_TEAMMATE = Text("That person is not in this customer's team. Pick a teammate.")


def pick_another(who: common.Named, until: str, on_duty: Sequence[common.Named]) -> str:
    """Whoever was picked is away; `until` is written out, or nothing where it is not known or nobody's business."""
    if until:
        away = _("%(who)s is away until %(until)s.") % {"who": who, "until": until}
    else:
        away = _("%(who)s takes nothing new right now.") % {"who": who}
    if not on_duty:
        return _("%(away)s Nobody else is on duty right now; you can ask for help.") % {"away": away}
    return _("%(away)s On duty now: %(people)s.") % {"away": away, "people": ", ".join(on_duty)}


OVER_ALREADY = Text("This one is settled already, so there is nothing left to do.")
NOT_YOURS = Text("This nudge was meant for somebody else.")
