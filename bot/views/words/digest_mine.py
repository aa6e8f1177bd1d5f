"""The weekly pages that come by direct message: my own week, and to a manager the load of a team."""

from bot.domain.digest import Compared
from bot.views.language import Text, _, ngettext
from bot.views.words import common, days
from bot.views.words import kudos as kudos_words
from bot.views.words.digest import NUMBER, beside, ended

TITLE = Text("My week")
ONLY_YOU = Text("Only you see this.")
WAITING = Text(":hourglass_flowing_sand: *Waiting for you*")
QUIET = Text("A quiet week: no customer needed an answer from you.")
SETTINGS = Text("`/care digest` says when this comes, and stops it.")

LOAD_TITLE = Text("The team's load")
LOADS_TITLE = Text("The load of your teams")
ONLY_MANAGERS = Text("Only who leads the team sees this.")
AHEAD_QUIET = Text(":calendar: No days off in the coming seven days.")


def you_answered(answers: int, change: Compared) -> str:
    """How often somebody answered."""
    sentence = ngettext("You answered *once*", "You answered *%(n)d times*", answers) % {"n": answers}
    return ended(sentence, beside(change, NUMBER))


def after_hours_of_yours(count: int) -> str:
    """Never praised."""
    return ngettext(
        ":crescent_moon: %(n)d of your answers came outside working hours. Nobody expects that of you.",
        ":crescent_moon: %(n)d of your answers came outside working hours. Nobody expects that of you.",
        count,
    ) % {"n": count}


def thanked(count: int) -> str:
    """How many kudos one got; their words stand on one's own page."""
    return ngettext(
        ":yellow_heart: You were thanked *once*. `/kudos mine` has the words.",
        ":yellow_heart: You were thanked *%(n)d times*. `/kudos mine` has the words.",
        count,
    ) % {"n": count}


def load(arrivals: int, change: Compared) -> str:
    """What came in."""
    if not arrivals:
        return _("No customer asked anything new.")
    sentence = ngettext("Customers asked *once*", "Customers asked *%(n)d times*", arrivals) % {"n": arrivals}
    return ended(sentence, beside(change, NUMBER))


def answers(conversations: int, follow_ups: int) -> str:
    """What went out: the first answers, of which the team's page tells, and those after them."""
    count = conversations + follow_ups
    if not count:
        return _("No answer went out.")
    new = ngettext("*%(n)d new conversation*", "*%(n)d new conversations*", conversations) % {"n": conversations}
    more = ngettext("*%(n)d follow-up question*", "*%(n)d follow-up questions*", follow_ups) % {"n": follow_ups}
    to_what = kudos_words.listed([*([new] if conversations else []), *([more] if follow_ups else [])])
    sentence = ngettext("The team answered *once*: %(what)s.", "The team answered *%(n)d times*: %(what)s.", count)
    return sentence % {"n": count, "what": to_what}


def busiest(weekday: int) -> str:
    """On which day most came in."""
    return _("The busiest day was %(day)s.") % {"day": days.WEEKDAYS[weekday]()}


def after_hours(count: int, change: Compared) -> str:
    """A sign of load, and nothing else."""
    sentence = ngettext(
        ":crescent_moon: *%(n)d answer* came outside working hours",
        ":crescent_moon: *%(n)d answers* came outside working hours",
        count,
    ) % {"n": count}
    return (
        ended(sentence, beside(change, NUMBER)) + " " + _("That is a sign of load: what could wait, or go elsewhere?")
    )


def day_off(date: str) -> str:
    """A day in the coming week on which nobody works."""
    return _(":calendar: %(date)s is a day off.") % {"date": date}


def usually(weekday: int, arrivals: int) -> str:
    """What a day off leaves for the days after it."""
    return ngettext(
        "A usual %(day)s brings about %(n)d question, which will be there on the next working day.",
        "A usual %(day)s brings about %(n)d questions, which will be there on the next working day.",
        arrivals,
    ) % {"day": days.WEEKDAYS[weekday](), "n": arrivals}


def usual_week(arrivals: int) -> str:
    """What the coming days will bring, if they are like others."""
    return ngettext(
        "A usual week brings about %(n)d question.", "A usual week brings about %(n)d questions.", arrivals
    ) % {"n": arrivals}


def more_teams(names: list[common.Named]) -> str:
    """Teams for which there is no room."""
    return _("Not on this page: %(names)s.") % {"names": ", ".join(names)}
