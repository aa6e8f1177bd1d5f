"""/care, and what it lists."""

from datetime import timedelta

from bot.views.language import Text, _, ngettext
from bot.views.words import common

CARE_DESCRIPTION = Text("Your waiting customers")
CARE_USAGE = Text(
    "[why LINK | pause … | resume | quiet | hours … | ask … | snag … | boundary | backing | digest … | prompt … | "
    "pulse | export | help]"
)


def care_headline(count: int) -> str:
    """The top of `/care`."""
    if not count:
        return _("All caught up: no customer is waiting for you.")
    return ngettext("%(n)d customer is waiting for you", "%(n)d customers are waiting for you", count) % {"n": count}


def care_line(customer: common.Named, where: common.Named, waited: timedelta, target: timedelta) -> str:
    """One waiting customer."""
    return _("%(customer)s in %(where)s: %(waited)s of %(target)s") % {
        "customer": customer,
        "where": where,
        "waited": common.length(waited),
        "target": common.length(target),
    }


def on_customer(until: str) -> str:
    """The clock stands; `until` is a date."""
    return _("waiting on the customer until %(until)s") % {"until": until}


def snoozed(until: str) -> str:
    """Put off; `until` is a date."""
    return _("snoozed until %(until)s") % {"until": until}


def in_place_of(who: common.Named) -> str:
    """Somebody else's, for now."""
    return _("for %(who)s") % {"who": who}


def care_help(command: str) -> str:
    """The answer to `/care help`, and to words that it does not know."""
    lines = [
        _("`%(command)s` lists the customers who wait for you, longest first."),
        _("`%(command)s why` and a message's link says how a conversation was read, and lets you correct it."),
        _("`%(command)s pause until friday` leaves you in peace until then, `%(command)s resume` brings you back."),
        _("`%(command)s quiet` keeps your list up to date without a ring, `%(command)s digest-only` leaves it out."),
        _("`%(command)s hours` shows when something may ring, `%(command)s hours mon-thu 9:00-13:00` changes that."),
        _("`%(command)s ask …` calls on your manager, `%(command)s snag …` tells what gets in the way of good work."),
        _("`%(command)s boundary` stands by you where a customer goes too far, or where we are right and it matters."),
        _("`%(command)s backing` shows what you may decide without asking."),
        _("`%(command)s digest` says what comes once a week, `%(command)s digest now` previews it."),
        _("`%(command)s prompt` says when the weekly prompt comes to you who lead a team."),
        _("`%(command)s pulse` shows what came of the questions to your team."),
        _("`%(command)s export` sends your teams' figures as a file."),
    ]
    return "\n".join(line % {"command": command} for line in lines)


def unknown_words(words: str, command: str) -> str:
    """`/care` with words that mean nothing."""
    return _("I don't know “%(words)s”.") % {"words": common.escape(words[:80])} + " " + care_help(command)
