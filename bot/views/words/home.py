"""The Home tab: what each of us sees there, and the friendly nothing that everybody else sees."""

from collections.abc import Sequence
from datetime import timedelta

from bot.views.language import Text, _, ngettext
from bot.views.words import common, numbers

# -- for customers, guests and all others ------------------------------------------------------------------------

WELCOME = Text("Hello! :wave:")
NOTHING = Text(
    "There is nothing you need to do here. Just write in your channel: that is where people read and answer."
)

# -- who waits ---------------------------------------------------------------------------------------------------

CAUGHT_UP = Text("All caught up :sunny:")
NOBODY_WAITS = Text("No customer is waiting for you.")


def as_of(at: str) -> str:
    """Under the list; `at` is a time that Slack shows in the reader's zone."""
    return _("As of %(at)s.") % {"at": at}


def more_waiting(count: int, command: str, at: str) -> str:
    """Under a list that leaves some out."""
    return ngettext(
        "and %(n)d more, in `%(command)s`. As of %(at)s.", "and %(n)d more, in `%(command)s`. As of %(at)s.", count
    ) % {"n": count, "command": command, "at": at}


# -- my week -----------------------------------------------------------------------------------------------------

MY_WEEK = Text("Your week")
ONLY_YOU = Text("Only you see this.")


def you_answered(count: int, before: int) -> str:
    """In the week that runs, and in the one before."""
    last = ngettext("%(n)d last week", "%(n)d last week", before) % {"n": before}
    if not count:
        return _("No answers yet, %(last)s.") % {"last": last} if before else _("No answers yet.")
    now = ngettext("*%(n)d* answer so far", "*%(n)d* answers so far", count) % {"n": count}
    return _("%(now)s, %(last)s.") % {"now": now, "last": last} if before else _("%(now)s.") % {"now": now}


# -- a manager's teams -------------------------------------------------------------------------------------------


def team(name: str) -> str:
    """The header of a team's part."""
    return _("Team %(name)s") % {"name": common.shortened(name)}


NO_TIMES = Text("No times, for privacy: too few people are behind them.")


def team_waiting(count: int, longest: timedelta | None) -> str:
    """Right now."""
    if not count or longest is None:
        return _("*Now:* nobody is waiting.")
    return ngettext(
        "*Now:* %(n)d customer is waiting, for %(longest)s.",
        "*Now:* %(n)d customers are waiting, the longest for %(longest)s.",
        count,
    ) % {"n": count, "longest": common.length(longest)}


def team_week(conversations: int) -> str:
    """How much there was, in the last week that is over."""
    if not conversations:
        return _("*Last week:* all quiet.")
    return ngettext(
        "*Last week:* %(n)d new conversation answered.",
        "*Last week:* %(n)d new conversations answered.",
        conversations,
    ) % {"n": conversations}


def team_so_far(conversations: int) -> str:
    """The week that runs."""
    return ngettext(
        "*This week:* %(n)d new conversation answered so far.",
        "*This week:* %(n)d new conversations answered so far.",
        conversations,
    ) % {"n": conversations}


def more_teams(names: Sequence[common.Named], more: int) -> str:
    """Teams that a manager leads and that do not fit."""
    return _("You also lead %(names)s.") % {"names": ", ".join(names) + _and_more(more)}


# -- kudos -------------------------------------------------------------------------------------------------------

KUDOS = Text("Kudos for you")
ALL_KUDOS = Text("All my kudos")
BACK = Text("Back")

# -- health, for admins ------------------------------------------------------------------------------------------

HEALTH = Text("How CareCue is doing")
NOTHING_HEARD = Text(":white_circle: Nothing heard from Slack yet.")
NOTHING_TO_SEND = Text(":large_green_circle: No message is waiting to be sent.")
NO_FAILURE = Text(":large_green_circle: No message failed lately.")
NO_TEAMS = Text("No team is set up yet: write one into care.toml, then `carecue config apply care.toml`.")


def heard(at: str, today: str) -> str:
    """When the last event came; `at` is a date that Slack shows in the reader's zone."""
    return _(":large_green_circle: Last heard from Slack %(at)s. %(today)s") % {"at": at, "today": today}


def events_today(count: int) -> str:
    """Since the reader's midnight."""
    return ngettext("%(n)s event today.", "%(n)s events today.", count) % {"n": numbers.whole(count)}


def events_at_least(count: int) -> str:
    """More than are counted."""
    return _("More than %(n)s events today.") % {"n": numbers.whole(count)}


def outbox(count: int, oldest: str, late: bool) -> str:
    """What is still to be said; `late` where that should long have been."""
    sign = ":large_orange_circle:" if late else ":large_green_circle:"
    return ngettext(
        "%(sign)s %(n)d message is on its way, since %(oldest)s.",
        "%(sign)s %(n)d messages are on their way, the oldest since %(oldest)s.",
        count,
    ) % {"sign": sign, "n": count, "oldest": oldest}


def last_failure(reference: str, error: str, at: str, recent: bool) -> str:
    """What Slack did not take."""
    sign = ":large_orange_circle:" if recent else ":white_circle:"
    return _("%(sign)s Last message that failed: %(at)s, `%(error)s`, `%(reference)s` in the outbox.") % {
        "sign": sign,
        "at": at,
        "error": error,
        "reference": reference,
    }


def team_line(name: common.Named, people: int, channels: int, home: common.Named | None) -> str:
    """A team of the setup."""
    persons = ngettext("%(n)d person", "%(n)d people", people) % {"n": people}
    places = ngettext("%(n)d customer channel", "%(n)d customer channels", channels) % {"n": channels}
    at_home = _("at home in %(home)s") % {"home": home} if home else _("without a home channel")
    return f"{name}: {persons}, {places}, {at_home}"


def and_more_teams(count: int) -> str:
    """Teams that a list leaves out."""
    return ngettext("and %(n)d more team", "and %(n)d more teams", count) % {"n": count}


def not_joined(channels: Sequence[common.Named], more: int) -> str:
    """Channels of the setup that CareCue cannot hear."""
    return _(":large_orange_circle: Not in %(names)s yet: type `/invite @CareCue` there.") % {
        "names": ", ".join(channels) + _and_more(more)
    }


def no_team_for(channels: Sequence[common.Named], more: int) -> str:
    """Channels with customers that no team looks after."""
    return _(":large_orange_circle: No team looks after %(names)s.") % {"names": ", ".join(channels) + _and_more(more)}


# -- settings ----------------------------------------------------------------------------------------------------

SETTINGS = Text("Your settings")
KUDOS_SETTINGS = Text("Kudos")
DIGEST_SETTINGS = Text("Weekly digest")
HOURS = Text("My hours")
KEPT = Text("What is kept")
NO_TEAM = Text("Do you look after customers? You are not in a team yet: an admin can add you to the setup.")


def _and_more(count: int) -> str:
    return ngettext(" and %(n)d more", " and %(n)d more", count) % {"n": count} if count > 0 else ""
