"""A team's page of the setup: how it stands, and the way to each form. Titles have room for 24 characters."""

from bot.views.language import Text, _, ngettext

PEOPLE = Text("Name and people")
ROTA = Text("Who is next")
HOURS = Text("Hours and days off")
TARGETS = Text("Targets and ladder")
BUDGET = Text("Attention budget")
PLACES = Text("Places and pages")
BOUNDARY = Text("Boundary calls")
NEW = Text("New team")

TITLE = Text("Team")
BACKING = Text("What agents may decide")
CHANGE = Text("Change")
REMOVE = Text("Remove this team…")
GONE = Text("This team is not there any more.")
NOT_YOURS = Text("Only admins and the managers of a team can change it.")
ADMINS_ONLY = Text("Only admins can add a team or remove one.")
BY_COMMANDS = Text("Those who lead choose their weekly prompts themselves: `/care prompt`.")
NOBODY = Text("nobody yet")
NONE = Text("none")


def change(what: str) -> str:
    """What a screen reader says of a button."""
    return _("Change: %(what)s") % {"what": what}


def agents(people: str) -> str:
    return _("Agents: %(people)s") % {"people": people}


def managers(people: str) -> str:
    return _("Managers: %(people)s") % {"people": people}


def deputies(people: str) -> str:
    return _("Deputies: %(people)s") % {"people": people}


NO_ROTA = Text("Nobody takes turns.")


def by_the_clock(zone: str) -> str:
    return _("By the clock of %(zone)s") % {"zone": zone.replace("_", " ")}


def holidays(country: str) -> str:
    """The country with its region."""
    return _("Closed on the public holidays of %(country)s") % {"country": country}


def days_off(dates: str) -> str:
    return _("Days off of its own: %(dates)s") % {"dates": dates}


def targets(first: str, later: str) -> str:
    """Both are lengths of time."""
    return _("First answer within %(first)s, each further one within %(later)s") % {"first": first, "later": later}


def usual_targets(first: str, later: str) -> str:
    return _("As everywhere: first answer within %(first)s, each further one within %(later)s") % {
        "first": first,
        "later": later,
    }


LADDER_AS_USUAL = Text("Who is told meanwhile: as everywhere")
LADDER_NONE = Text("Nobody is told meanwhile: no nudges")


def ladder(steps: int) -> str:
    return ngettext(
        "Who is told meanwhile: %(n)d step of its own", "Who is told meanwhile: %(n)d steps of its own", steps
    ) % {"n": steps}


def cap(pings: int) -> str:
    return ngettext("%(n)d ping a person and day at most", "%(n)d pings a person and day at most", pings) % {"n": pings}


def load(waits: int) -> str:
    return ngettext(
        "More than %(n)d open wait is too much for one person",
        "More than %(n)d open waits are too many for one person",
        waits,
    ) % {"n": waits}


def turn(length: str) -> str:
    return _("A turn lasts %(length)s") % {"length": length}


def home(channel: str) -> str:
    return _("Its own channel: %(channel)s") % {"channel": channel}


def managers_channel(channel: str) -> str:
    return _("Channel of those who lead: %(channel)s") % {"channel": channel}


def digest(day: str, clock: str) -> str:
    return _("Weekly page: %(day)s, %(time)s") % {"day": day, "time": clock}


NO_DIGEST = Text("No weekly page")


def pulse(answers: int) -> str:
    return ngettext(
        "Anonymous question: results from %(n)d answer on", "Anonymous question: results from %(n)d answers on", answers
    ) % {"n": answers}


NO_PULSE = Text("No anonymous question")


def language(name: str) -> str:
    return _("Language of its channels: %(language)s") % {"language": name}


def backing(sentences: int) -> str:
    return ngettext("%(n)d thing without asking", "%(n)d things without asking", sentences) % {"n": sentences}


NO_BACKING = Text("Nothing is written down yet.")


def breather(length: str) -> str:
    return _("Breather: %(length)s") % {"length": length}


NO_BREATHER = Text("No breather")


def own_words(cases: int) -> str:
    """For how many of the three cases the team has words of its own."""
    return ngettext("Words of its own for %(n)d of three cases", "Words of its own for %(n)d of three cases", cases) % {
        "n": cases
    }
