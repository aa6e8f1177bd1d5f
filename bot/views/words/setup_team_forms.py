"""The forms of a team's setup: what each field is for, and how to write what it takes."""

from bot.views.language import Text, _

PICK_PEOPLE = Text("Choose people")
PICK_GROUPS = Text("Choose user groups")
PICK_CHANNEL = Text("Choose a channel")
GROUPS_HINT = Text("Whoever joins or leaves a group in Slack joins or leaves here, too.")


def handle(name: str) -> str:
    """A user group."""
    return f"@{name}"


def in_the_file(label: str) -> str:
    """In the place of a field that cannot hold so much."""
    return _("%(field)s: more than fits in here, so it is changed in the setup file.") % {"field": label}


# -- people --------------------------------------------------------------------------------------------------------

NAME = Text("Name")
NAME_HINT = Text("As your colleagues call it, like “Customer care”.")
AGENTS = Text("Agents")
AGENTS_HINT = Text("They answer customers, and are told in private who waits for them.")
AGENT_GROUPS = Text("User groups of agents")
MANAGERS = Text("Managers")
MANAGERS_HINT = Text("They hear of calls for help and see the team's figures. They can change this team.")
MANAGER_GROUPS = Text("User groups of managers")
DEPUTIES = Text("Deputies")
DEPUTIES_HINT = Text("They stand in while no manager is there.")

# -- a new team ----------------------------------------------------------------------------------------------------

HOME_OF_NEW = Text("The team's own channel")
HOME_OF_NEW_HINT = Text("One that no customer reads. CareCue has to be invited there.")


def no_longer_alone(team: str) -> str:
    """Above the form of a second team; the first one's name is bold already."""
    return _(
        "Until now every customer channel was looked after by %(team)s. With a second team, please say of each "
        "channel whose it is: under channels, or by a channel rule."
    ) % {"team": team}


# -- who is next ---------------------------------------------------------------------------------------------------

ROTA = Text("Who takes turns")
ROTA_HINT = Text(
    "Whoever is next gets a wait that nobody has, in this order. To move somebody to the end, take them out and choose "
    "them again. Without anybody here, waits that nobody has go to the managers."
)
PICK_ROTA = Text("Choose who takes turns")
NOBODY_TO_CHOOSE = Text("There is nobody in this team yet. Choose its agents first, under people.")

# -- hours and days off --------------------------------------------------------------------------------------------

HOURS = Text("Working hours")
HOURS_HINT = Text(
    "A line for a day, or for a row of days: “mon-thu 09:00-12:30, 13:15-17:30”. Days without a line are closed. "
    "Around the clock: “mon-sun 00:00-24:00”."
)
ZONE = Text("By the clock of")
ZONE_HINT = Text("Type a city to find its clock.")
COUNTRY = Text("Public holidays")
COUNTRY_HINT = Text("On them the team is closed.")
NO_COUNTRY = Text("None")
REGION = Text("Of which part of the country?")
REGION_HINT = Text("Its code, like “BE” for Berlin. Empty: only the holidays of the whole country.")
DAYS_OFF = Text("The team's own days off")
DAYS_OFF_HINT = Text("Like “2026-12-24, 2026-12-31”.")

# -- targets and ladder --------------------------------------------------------------------------------------------

FIRST = Text("First answer within")
NEXT_ANSWER = Text("Each further answer within")


def targets_hint(usual: str) -> str:
    """`usual`: the workspace's, as it would be typed."""
    return _("Working time, like “45m” or “1h30m”. Leave both empty for the workspace's: %(usual)s.") % {"usual": usual}


LADDER = Text("Who is told while a customer waits")
LADDER_AS_USUAL = Text("As everywhere in the workspace")
LADDER_OF_ITS_OWN = Text("The steps below")
LADDER_NONE = Text("Nobody: no nudges in this team")
STEPS = Text("Steps of its own")
STEPS_HINT = Text(
    "A line a step: the share of the target, whom, and what: “75% owner reply”. Whom: owner, home or manager. "
    "What: reply, help, lend_hand or how_help."
)

# -- attention budget ----------------------------------------------------------------------------------------------

CAP = Text("Pings a day")
CAP_HINT = Text("What one person gets at most. What comes after that waits in their list without ringing.")
LOAD = Text("Open waits that are too many")
LOAD_HINT = Text("Who has more hears of it once a day, and the manager hears what could be taken off them.")
TURN = Text("How long a turn lasts")
TURN_HINT = Text("Working time that a wait which nobody had stays with whose turn it is, like “30m”.")

# -- places and pages ----------------------------------------------------------------------------------------------

HOME = Text("The team's own channel")
HOME_HINT = Text("Calls for a helping hand and the weekly page come here. Only a channel that no customer reads.")
MANAGERS_CHANNEL = Text("Channel of those who lead")
MANAGERS_CHANNEL_HINT = Text("The weekly prompt for managers comes here as well. Empty: only by direct message.")
DIGEST = Text("Weekly page")
DIGEST_HINT = Text("It comes to the team's own channel.")
DIGEST_OFF = Text("Never")
DIGEST_TIME = Text("At")
DIGEST_TIME_HINT = Text("By the team's clock.")
PULSE = Text("Anonymous question")


def pulse_hint(least: int) -> str:
    """From how many answers on there is something to tell."""
    return _(
        "Asked every other week. Results are shown once so many have answered, at least %(least)d. "
        "Empty: nobody is asked."
    ) % {"least": least}


LANGUAGE = Text("Language of this team's channels")
LANGUAGE_HINT = Text("Everybody reads their own messages in the language of their Slack.")
LANGUAGE_AS_USUAL = Text("As everywhere in the workspace")

# -- what agents may decide ----------------------------------------------------------------------------------------

BACKING = Text("What may your agents decide without asking?")
BACKING_HINT = Text("A sentence a line, like “Refund up to 100 € when the mistake was ours”.")

# -- boundary calls ------------------------------------------------------------------------------------------------

BREATHER = Text("Breather after a boundary call")
BREATHER_HINT = Text("Working time without nudges, like “30m”, or “off”.")
ABUSIVE = Text("The customer was abusive: what holds in your team")
ABUSIVE_SENTENCE = Text("The customer was abusive: what an agent may say to them")
RIGHT = Text("We are right, and it matters: what holds in your team")
RIGHT_SENTENCE = Text("We are right, and it matters: what an agent may say to them")
UNREASONABLE = Text("The customer stayed unreasonable: what holds in your team")
UNREASONABLE_SENTENCE = Text("The customer stayed unreasonable: what an agent may say to them")


def otherwise(text: str) -> str:
    """What CareCue says where a team says nothing."""
    return _("Empty: “%(text)s”") % {"text": text}
