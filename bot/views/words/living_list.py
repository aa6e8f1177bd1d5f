"""The living list: what a person reads of the customers who wait for them, in one message that stays up to date."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from gettext import gettext as _
from gettext import ngettext

from bot.views.words import common

# -- the headline: it is the notification, too ---------------------------------------------------------------------

ALL_CAUGHT_UP = _("All caught up: nobody is waiting for you.")
SET_ASIDE = _("Nobody is waiting for you right now.")


def headline(customers: int, colleagues: int, promised: int, loads: int) -> str:
    """How many wait, and for what."""
    parts = [
        ngettext("%(n)d customer waits for you", "%(n)d customers wait for you", customers) % {"n": customers},
        ngettext("%(n)d colleague waits for word", "%(n)d colleagues wait for word", colleagues) % {"n": colleagues},
        ngettext("%(n)d promise of yours is due", "%(n)d promises of yours are due", promised) % {"n": promised},
        ngettext("%(n)d colleague has too much", "%(n)d colleagues have too much", loads) % {"n": loads},
    ]
    counts = (customers, colleagues, promised, loads)
    return ", ".join(part for part, count in zip(parts, counts, strict=True) if count)


# -- a customer's line ---------------------------------------------------------------------------------------------


def waits(customer: common.Named, where: common.Named, waited: timedelta, target: timedelta) -> str:
    """Who, where, and how long of how much."""
    values = {
        "customer": customer,
        "where": where,
        "waited": common.length(waited),
        "target": common.length(target),
    }
    if waited > target:
        return _("%(customer)s in %(where)s · has waited %(waited)s, the target was %(target)s") % values
    return _("%(customer)s in %(where)s · has waited %(waited)s of %(target)s") % values


def local_time(at: datetime) -> str:
    """On the customer's own clock, where that is not the reader's."""
    names = ((5, _("night there")), (12, _("morning there")), (18, _("afternoon there")), (22, _("evening there")))
    part = next((name for ends, name in names if at.hour < ends), names[0][1])
    return _("%(part)s, %(time)s") % {"part": part, "time": f"{at:%H:%M}"}


NEW_HERE = _("new here: their first conversation with us")

SAYS = {
    "help": _("Would a hand help? You can ask for one, or pass this on freely."),
    "how_help": _("This goes on for long. How can you help %(owner)s?"),
    "snoozed": _("You asked to hear of this again now."),
    "paused": _("You were waiting for the customer, who has not written since. Worth a friendly word?"),
}
THE_TEAM = _("the team")


def handed(by: common.Named) -> str:
    """A teammate passed it on."""
    return _("%(who)s asks you to take this one.") % {"who": by}


YOU_HAVE_IT = _("You have it.")


def has_it(owner: common.Named) -> str:
    """Somebody else said that they are on it."""
    return _("%(who)s has it.") % {"who": owner}


def snoozed(until: str) -> str:
    """Put off; `until` is a date that Slack shows in the reader's zone."""
    return _("Snoozed until %(until)s.") % {"until": until}


def paused(until: str) -> str:
    """The clock stands."""
    return _("Waiting on the customer: the clock stands until they write, or until %(until)s.") % {"until": until}


REPLY = _("Reply")
MORE_WAYS = _("More ways out")
ON_IT = _("I'm on it / snooze until…")
ASK_FOR_HELP = _("Ask for help")
HAND_OVER = _("Hand over")
WAITING_ON_CUSTOMER = _("Waiting on customer")
MORE = _("More…")
RESUME = _("Resume")

# -- the other lines -----------------------------------------------------------------------------------------------


def has_too_much(who: common.Named, open_waits: int, limit: int) -> str:
    """To whoever manages them."""
    return _("%(who)s has %(open)d customers waiting, and the team's limit is %(limit)d. What could be taken off?") % {
        "who": who,
        "open": open_waits,
        "limit": limit,
    }


# -- around the lines ----------------------------------------------------------------------------------------------


def was_away(since: str, until: str) -> str:
    """After a silence of the bot's own; both are dates."""
    return _("I was away from %(since)s to %(until)s. This is where things stand now.") % {
        "since": since,
        "until": until,
    }


def more_at_home(count: int, link: str | None) -> str:
    """What the list leaves out."""
    said = common.and_more(count)
    if link:
        return _("%(more)s, <%(link)s|on CareCue's Home tab>") % {"more": said, "link": link}
    return _("%(more)s, on CareCue's Home tab (at the top of this conversation)") % {"more": said}


QUIET = _("Quiet: this list stays up to date and never rings. `/care resume` ends that.")


def spoken(headline_said: str, lines: Iterable[str]) -> str:
    """The text that stands for the message: the headline for a notification, all of it for a screen reader."""
    return ". ".join([headline_said, *lines]) + "."
