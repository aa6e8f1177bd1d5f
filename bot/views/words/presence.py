"""Being left in peace: what holds from now on, and how to go back."""

from collections.abc import Sequence

from bot.views.language import Text, _, ngettext
from bot.views.words import common

RESUME = Text("Resume")
EXAMPLES = Text(
    "Say it like `%(command)s pause until friday`, `%(command)s pause for 2 h` or `%(command)s pause tomorrow 10am`."
)


def paused(until: str, zone: str, command: str) -> str:
    """`until` is a date that Slack shows in the reader's zone; `zone` is the one it was meant in."""
    said = _("You are paused until *%(until)s* (%(zone)s): nothing rings for you, and nobody new comes to you.")
    back = _("`%(command)s resume` brings you back sooner.")
    return f"{said} {back}" % {"until": until, "zone": zone, "command": command}


def passed_on(customers: int, anyone: bool) -> str:
    """What happens with those who wait."""
    if not customers:
        return _("No customer waits for you.")
    if anyone:
        return ngettext(
            "%(n)d customer who waits for you goes to those on duty.",
            "%(n)d customers who wait for you go to those on duty.",
            customers,
        ) % {"n": customers}
    return ngettext(
        "Nobody else is on duty just now: %(n)d customer stays with you until somebody is.",
        "Nobody else is on duty just now: %(n)d customers stay with you until somebody is.",
        customers,
    ) % {"n": customers}


BACK = Text("You are back: what is new rings again, within your working hours.")
NOTHING_PAUSED = Text("Nothing was paused.")


def quiet(command: str) -> str:
    """The list alone."""
    return _(
        "From now on your list is kept up to date and never rings. Customers stay with you as before, "
        "so look at it now and then. `%(command)s resume` makes it ring again."
    ) % {"command": command}


def digest_only(command: str) -> str:
    """No list either."""
    return _(
        "From now on no list comes to you and nothing rings; what comes once a week still does. Customers stay with "
        "you as before: `%(command)s` lists them. `%(command)s resume` brings the list back."
    ) % {"command": command}


# -- as it stands, above a list ------------------------------------------------------------------------------------


def is_paused(until: str) -> str:
    return _("You are paused until *%(until)s*: nothing rings for you.") % {"until": until}


IS_QUIET = Text("Your list is quiet: it never rings.")
IS_DIGEST_ONLY = Text("Only what comes once a week reaches you: no list, no pings.")


def by_status(until: str | None) -> str:
    if until is None:
        return _("Your Slack status says that you are away: nothing rings for you until you change it.")
    return _("Your Slack status says that you are away until *%(until)s*: nothing rings for you.") % {"until": until}


def by_calendar(until: str) -> str:
    return _("Your calendar says that you are away until *%(until)s*: nothing rings for you.") % {"until": until}


# -- hours ---------------------------------------------------------------------------------------------------------


def hours(zone: str, lines: Sequence[str], own: bool, command: str) -> str:
    """When something may ring."""
    whose = _("Your own working hours, %(zone)s:") if own else _("You work your team's hours, %(zone)s:")
    how = (
        _("Outside of them, and on holidays, nothing rings for you. `%(command)s hours off` goes back to your team's.")
        if own
        else _(
            "Outside of them, and on holidays, nothing rings for you. Others? `%(command)s hours mon-thu 9:00-13:00`"
        )
    )
    return "\n".join([whose % {"zone": common.escape(zone)}, *lines, how % {"command": command}])


# -- what cannot be meant ------------------------------------------------------------------------------------------


def unclear(typed: str, command: str) -> str:
    return _("I can't tell until when “%(typed)s” is.") % {"typed": common.escape(typed[:80])} + " " + examples(command)


def past(typed: str, command: str) -> str:
    return _("“%(typed)s” is past already.") % {"typed": common.escape(typed[:80])} + " " + examples(command)


TOO_FAR = Text("A pause lasts 90 days at most. Whoever is away for longer can be taken off the team by an admin.")


def examples(command: str) -> str:
    return EXAMPLES() % {"command": command}


def no_hours(why: str, command: str) -> str:
    """`why` is a sentence, or nothing."""
    how = _("Say it like `%(command)s hours mon-thu 9:00-13:00, fri 9:00-12:00`.") % {"command": command}
    return f"{common.escape(why)} {how}".strip()
