"""/care, and what it lists."""

from collections.abc import Collection
from datetime import timedelta

from bot.domain.care_command import Verb
from bot.views.language import Text, _, ngettext
from bot.views.words import common

CARE_DESCRIPTION = Text("Your waiting customers")
CARE_USAGE = Text(
    "[why LINK | pause … | resume | quiet | hours … | ask … | snag … | boundary | backing | digest … | prompt … | "
    "pulse | export | privacy | setup | help]"
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


# What the command understands, by what it is for; each line by the order that has to work for whoever reads it.
HELP: tuple[tuple[Text, tuple[tuple[Verb, Text], ...]], ...] = (
    (
        Text("*Customers who wait*"),
        (
            (Verb.LIST, Text("`/care` lists the customers who wait for you, longest first.")),
            (
                Verb.WHY,
                Text("`/care why` and a message's link says how a conversation was read, and lets you correct it."),
            ),
        ),
    ),
    (
        Text("*Your peace*"),
        (
            (
                Verb.PAUSE,
                Text("`/care pause until friday` leaves you in peace until then, `/care resume` brings you back."),
            ),
            (
                Verb.QUIET,
                Text("`/care quiet` keeps your list up to date without a ring, `/care digest-only` leaves it out."),
            ),
            (
                Verb.HOURS,
                Text("`/care hours` shows when something may ring, `/care hours mon-thu 9:00-13:00` changes that."),
            ),
        ),
    ),
    (
        Text("*Who stands by you*"),
        (
            (
                Verb.ASK,
                Text("`/care ask …` calls on your manager, `/care snag …` tells what gets in the way of good work."),
            ),
            (
                Verb.BOUNDARY,
                Text("`/care boundary` stands by you where a customer goes too far, or where we are right."),
            ),
            (Verb.BACKING, Text("`/care backing` shows what agents may decide without asking.")),
        ),
    ),
    (
        Text("*Your team*"),
        (
            (Verb.SAY, Text("`/care digest` says what comes once a week, `/care digest now` previews it.")),
            (Verb.PULSE, Text("`/care pulse` shows what came of the questions to your team.")),
            (Verb.EXPORT, Text("`/care export` sends your teams' figures as a file.")),
            (Verb.PROMPT, Text("`/care prompt` says when the weekly prompt comes to you, and changes that.")),
            (
                Verb.LEADER_TIME,
                Text("`/care leader-time on` shows your team how soon you answer, `/care leader-time off` does not."),
            ),
            (Verb.SETUP, Text("`/care setup` shows how your teams are set up, and changes it.")),
        ),
    ),
    (
        Text("*Everybody*"),
        (
            (Verb.PRIVACY, Text("`/care privacy` shows all that is kept about you, sends it to you, or erases it.")),
            (Verb.HELP, Text("`/kudos` thanks a colleague, `/kudos help` says how.")),
        ),
    ),
)


def care_help(works: Collection[Verb]) -> str:
    """The answer to `/care help`, and to words that it does not know: what `works` for whoever asks."""
    parts = [(heading, [line() for verb, line in lines if verb in works]) for heading, lines in HELP]
    return "\n\n".join("\n".join([heading(), *lines]) for heading, lines in parts if lines)


def unknown_words(words: str) -> str:
    """`/care` with words that mean nothing; what works follows."""
    return _("I don't know “%(words)s”. This works for you:") % {"words": common.escape(words[:80])}
