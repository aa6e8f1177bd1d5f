"""The first steps in a workspace: a team, its hours, its channels."""

from collections.abc import Sequence
from datetime import timedelta

from bot.views.language import Text, _, ngettext
from bot.views.words import common

HELLO = Text("Hello, I'm CareCue.")
WHAT_I_DO = Text(
    "I notice when a customer waits in Slack, and tell the right colleague in private before it is too long. I write"
    " nothing where customers read, and I keep none of their words."
)
THREE_THINGS = Text(
    "Three things to say, about two minutes: who is in your first team, when it works, and where its customers write."
)
START = Text("Set up the first team")
NOT_NOW = Text("Not now")
AS_A_FILE = Text("A team that keeps its setup in git uses `carecue config` in place of this; both say the same.")
LATER = Text("All right. `/care setup` is there whenever you like.")
SET_UP_ALREADY = Text("A team is set up already. `/care setup` shows it.")
NOT_YOURS = Text("This is for whoever sets CareCue up, and for admins.")
LOST = Text("Something of what you said was lost on the way. Please begin again with the button in my message.")

TEAM_TITLE = Text("1 of 3: your team")
HOURS_TITLE = Text("2 of 3: its hours")
CHANNELS_TITLE = Text("3 of 3: its channels")
NEXT = Text("Next")
SAVE = Text("Save")
NAME = Text("What is the team called?")
USUAL_NAME = Text("Customer care")
AGENTS = Text("Who answers customers?")
AGENTS_HINT = Text("They are told in private who waits for them. User groups can be chosen later, in /care setup.")
MANAGERS = Text("Who leads the team?")
MANAGERS_HINT = Text("Told only about those who have waited very long. May be one of the people above.")
HOURS = Text("When does it work?")
HOURS_HINT = Text("As you would write it: mon-thu 8:30-17:00, fri 9-15. Or: around the clock.")
ZONE = Text("By the clock of which time zone?")
ZONE_HINT = Text("Such as Europe/Lisbon. Yours is filled in.")
TARGET = Text("How soon should a customer hear from you?")
TARGET_HINT = Text("In working time. The first private cue comes when three quarters of it are over.")
CHANNELS = Text("Where do customers write?")
CHANNELS_HINT = Text("Shared channels, channels with guests, channels of a help desk. Nothing is ever said in them.")
HOME = Text("Which channel is the team's own?")
HOME_HINT = Text("Only colleagues may be in it. It is asked who can lend a hand, and gets a page each Monday.")

NO_NAME = Text("The team needs a name.")
NO_HOURS = Text("Name the days and their hours, such as mon-fri 9:00-17:00.")
DONE_TITLE = Text("It is set up")
ALL_IN = Text("I am in all of its channels. From now on the team hears in private of customers who wait too long.")
ALREADY_WAITING = Text("Who has waited too long already stands in their lists in a moment.")
CHANGE = Text("Change anything: `/care setup`. What I can do for you: `/care help`.")


def soon(minutes: int) -> str:
    """A target to choose."""
    span = common.length(timedelta(minutes=minutes))
    return _("%(length)s, to try it out") % {"length": span} if minutes == 5 else span


def set_up(team: str, people: Sequence[str], hours: str, zone: str, within: timedelta) -> str:
    """What holds from now on."""
    return _("%(team)s is set up: %(people)s. %(hours)s (%(zone)s), a first answer within %(within)s.") % {
        "team": common.bold(common.shortened(team)),
        "people": ", ".join(people),
        "hours": common.escape(hours),
        "zone": common.escape(zone),
        "within": common.length(within),
    }


def invite(command: str, count: int) -> str:
    """What is left to do, before the channels."""
    return ngettext(
        "One thing is left, which only people can do: type `%(command)s` in this channel.",
        "One thing is left, which only people can do: type `%(command)s` in these channels.",
        count,
    ) % {"command": command}


def invite_anywhere(command: str) -> str:
    """The same where no channel was named."""
    return _(
        "One thing is left, which only people can do: type `%(command)s` in a channel where customers write. I then ask"
        " you, in private, what it is."
    ) % {"command": command}


def outside_hours(opens: str) -> str:
    """Nothing rings now; `opens` is when it begins."""
    return _("The team is not at work now: what is due rings from %(when)s on.") % {"when": opens}


def there(channel: str) -> str:
    """A channel that is done."""
    return _("%(channel)s: I am there") % {"channel": common.channel(channel)}


def not_there(channel: str) -> str:
    """One that is not."""
    return _("%(channel)s: waits for your invitation") % {"channel": common.channel(channel)}


def is_app(user: str) -> str:
    """Somebody who cannot be on a team."""
    return _("%(person)s is an app, or a guest: choose colleagues.") % {"person": user}
