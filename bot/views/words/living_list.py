"""The living list: what a person reads of the customers who wait for them, in one message that stays up to date."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.because import Cause
from bot.domain.presence import Reason
from bot.views.language import Text, _, ngettext
from bot.views.words import common

# -- the headline: it is the notification, too ---------------------------------------------------------------------

ALL_CAUGHT_UP = Text("All caught up: nobody is waiting for you.")
SET_ASIDE = Text("Nobody is waiting for you right now")
TEXT_MAX = 3500  # characters of the text that stands for the message; Slack's limit is 4,000


def headline(customers: int, to_help: int, colleagues: int, promised: int, loads: int) -> str:
    """How many wait, and for what; nothing where all of it is set aside."""
    parts = (
        (customers, ngettext("%(n)d customer waits for you", "%(n)d customers wait for you", customers)),
        (to_help, ngettext("%(n)d customer has waited for long", "%(n)d customers have waited for long", to_help)),
        (colleagues, ngettext("%(n)d colleague hopes for word", "%(n)d colleagues hope for word", colleagues)),
        (promised, ngettext("%(n)d customer expects more", "%(n)d customers expect more", promised)),
        (loads, ngettext("%(n)d colleague has too much", "%(n)d colleagues have too much", loads)),
    )
    return ", ".join(part % {"n": count} for count, part in parts if count)


def spoken(said: str, sentences: Sequence[str]) -> str:
    """The text that stands for the message: the headline for a notification, and all of it for a screen reader."""
    text = f"{said}."
    for sentence in sentences:
        if len(text) + len(sentence) > TEXT_MAX:
            break
        text = f"{text} {sentence}"
    return text


# -- a customer's line ---------------------------------------------------------------------------------------------


def waits(customer: common.Named, where: common.Named, waited: timedelta, target: timedelta) -> str:
    """Who, where, and how long of how much."""
    told = {"customer": customer, "where": where, "waited": common.length(waited), "target": common.length(target)}
    if waited > target:
        return _("%(customer)s in %(where)s · waiting %(waited)s, the target was %(target)s") % told
    return _("%(customer)s in %(where)s · waiting %(waited)s of %(target)s") % told


def rests(customer: common.Named, where: common.Named) -> str:
    """The same of one who does not wait for us now."""
    return _("%(customer)s in %(where)s") % {"customer": customer, "where": where}


def local_time(at: datetime) -> str:
    """On the customer's own clock."""
    parts = ((5, _("Night there")), (12, _("Morning there")), (18, _("Afternoon there")), (22, _("Evening there")))
    part = next((name for until, name in parts if at.hour < until), parts[0][1])
    return _("%(part)s, %(time)s") % {"part": part, "time": f"{at:%H:%M}"}


NEW_HERE = Text("New here: their first conversation with us")

SAYS = {
    "help": Text("Would a hand help? You can ask for one, or pass this on freely."),
    "how_help": Text("How can you help %(owner)s?"),
    "snoozed": Text("You asked to hear of this again."),
    "paused": Text("You waited for the customer, who has not written since. A friendly word may help."),
}
THE_TEAM = Text("the team")


def why_yours(cause: Cause, who: common.Named, reason: Reason | None, until: str | None) -> str:
    """Why it came to the reader; `who` had it before, `until` is a date."""
    if cause is Cause.AWAY:
        return _("%(away)s, so you have it for now.") % {"away": _away(who, reason, until)}
    return _CAUSES[cause]() % {"who": who}


_CAUSES = {
    Cause.FREE: Text("Nobody had this one, and it is your turn."),
    Cause.TURN: Text("It was with %(who)s, and went round to you."),
    Cause.LEFT: Text("%(who)s has left the channel, so this one is yours."),
    Cause.TEAM: Text("%(who)s has left the team, so this one is yours."),
    Cause.GONE: Text("%(who)s has left the company, so this one is yours."),
    Cause.BY: Text("%(who)s asks you to take this one."),
    Cause.LOAD: Text("%(who)s has plenty to do, so this one came to you."),
}
_AWAY = {
    Reason.HOLIDAY: Text("%(who)s has a day off"),
    Reason.HOURS: Text("%(who)s is off work"),
}


def _away(who: common.Named, reason: Reason | None, until: str | None) -> str:
    said = (_AWAY[reason]() if reason in _AWAY else _("%(who)s is away")) % {"who": who}
    return _("%(said)s until %(until)s") % {"said": said, "until": until} if until else said


def handed(by: common.Named | None) -> str:
    """A teammate passed it on."""
    return _CAUSES[Cause.BY]() % {"who": by or _("A teammate")}


YOU_HAVE_IT = Text("You have it.")


def has_it(owner: common.Named) -> str:
    """Somebody else said that they are on it."""
    return _("%(who)s has it.") % {"who": owner}


def snoozed(until: str) -> str:
    """Put off; `until` is a date that Slack shows in the reader's zone."""
    return _("You have it. Snoozed until %(until)s.") % {"until": until}


def paused(until: str) -> str:
    """The clock stands."""
    return _("Waiting on the customer. The clock stands until they write, or until %(until)s.") % {"until": until}


REPLY = Text("Reply")
OPEN_THREAD = Text("Open thread")
IM_ON_IT = Text("I'm on it")
ON_IT = Text("I'm on it / snooze until…")
ASK_FOR_HELP = Text("Ask for help")
HAND_OVER = Text("Hand over")
WAITING_ON_CUSTOMER = Text("Waiting on customer")
MORE = Text("More…")
RESUME = Text("Resume")

# -- around the lines ----------------------------------------------------------------------------------------------


def was_away(since: str, until: str) -> str:
    """After a silence of the bot's own; both are dates."""
    return _("I was away from %(since)s to %(until)s. This is how things stand now.") % {
        "since": since,
        "until": until,
    }


def more_at_home(count: int) -> str:
    """What the list leaves out."""
    return _("%(more)s, on the Home tab at the top of this conversation") % {"more": common.and_more(count)}


QUIET = Text("Quiet: this list stays up to date, and does not ring. `/care resume` ends that.")
