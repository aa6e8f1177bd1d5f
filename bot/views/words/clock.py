"""What the clock of a wait counted, what it did not, and whose target it runs against."""

from datetime import timedelta

from bot.domain.conversations import EndedBy
from bot.domain.setup import Whose
from bot.domain.spells import Pause
from bot.views.language import Text, _, ngettext
from bot.views.words import common

CLOCK = Text("The clock")
NO_CLOCK = Text("It never started: no message here needed a reply.")


def runs(start: str, worked: timedelta, target: timedelta, first: bool) -> str:
    """The clock of a wait that is open; `start` is the message."""
    which = _("a first reply") if first else _("a further reply")
    return _(
        "It started with the message of %(start)s. %(worked)s of %(target)s working time, the target for %(which)s."
    ) % {
        "start": start,
        "worked": common.length(worked),
        "target": common.length(target),
        "which": which,
    }


def ran(start: str, worked: timedelta, target: timedelta, end: str, how: str) -> str:
    """The clock of the last wait, which is over."""
    return _(
        "It started with the message of %(start)s and stopped at %(end)s, %(how)s: "
        "%(worked)s of %(target)s working time."
    ) % {
        "start": start,
        "end": end,
        "how": how,
        "worked": common.length(worked),
        "target": common.length(target),
    }


def stopped_by(ended_by: EndedBy | None, who: common.Named | None) -> str:
    """What stopped it. Who called a boundary is told to nobody."""
    if ended_by is EndedBy.ANSWER and who:
        return _("with the answer of %(who)s") % {"who": who}
    if ended_by is EndedBy.CLOSED and who:
        return _("when %(who)s said that no reply is needed") % {"who": who}
    if ended_by is EndedBy.DELETED:
        return _("when the message was taken back")
    if ended_by is EndedBy.BOUNDARY:
        return _("and it is in no figure, since a boundary was called")
    return _("since no reply is needed any more")


def counted(since: str, until: str, length: timedelta) -> str:
    """A stretch of working time."""
    return _("• %(since)s to %(until)s counted: %(length)s") % {
        "since": since,
        "until": until,
        "length": common.length(length),
    }


def paused(since: str, until: str, why: str) -> str:
    """A stretch that did not count."""
    return _("• %(since)s to %(until)s did not: %(why)s") % {"since": since, "until": until, "why": why}


def stretches_left_out(count: int) -> str:
    """Between the first and the last of a long wait."""
    return ngettext(
        "• … and %(n)d more stretch of time between", "• … and %(n)d more stretches of time between", count
    ) % {"n": count}


PAUSES = {
    Pause.NIGHT: Text("night"),
    Pause.CLOSED: Text("outside working hours"),
    Pause.DAY_OFF: Text("no working day"),
    Pause.HOLIDAY: Text("a holiday"),
    Pause.CUSTOMER: Text("we waited on the customer"),
}


def snoozed(until: str) -> str:
    """A snooze stops no clock, only reminders."""
    return _("Reminders are snoozed until %(until)s. The clock goes on.") % {"until": until}


def stands(until: str) -> str:
    """A pause that runs."""
    return _("The clock stands until the customer writes, or until %(until)s.") % {"until": until}


def target_of(whose: Whose, customer: common.Named) -> str:
    """For whom the target is set that this wait is held to."""
    return TARGETS[whose]() % {"customer": customer}


TARGETS: dict[Whose, Text] = {
    "customer": Text("The target is the one set for %(customer)s."),
    "channel": Text("The target is the one set for this channel."),
    "team": Text("The target is the team's."),
    "workspace": Text("The target is the one for everybody."),
}
