"""What /care digest answers."""

from bot.views.language import Text, _
from bot.views.words import common

AT = Text("{date_long} at {time}")
OWN = Text("Your own week")
LOAD = Text("The load of your team")
PREVIEW = Text("A preview, for your eyes only")
NO_TEAM = Text(
    "You are not in a team yet, so there is nothing to tell you once a week. An admin can add you to the setup."
)
NOT_YOURS = Text(
    "The team's page is its managers' to change. Your own is yours: `/care digest weekly`, `off` or `hour`."
)
YOURS_TO_CHANGE = Text(
    "`/care digest now` previews. `/care digest weekly`, `off` or `hour fri 16:00` is for what you get."
)
TEAMS_TO_CHANGE = Text("For the team's page it is `/care digest team weekly`, `off` or `hour mon 9:00`.")
SAVED_OFF = Text("Nothing comes to you once a week any more. `/care digest weekly` brings it back.")
NO_HOME = Text("That team has no channel of its own for it yet.")
EXPORT_SENT = Text("The figures of your teams are in your direct messages with CareCue now, as a file.")
EXPORTED = Text("The weeks of your teams, exactly. Times are in seconds of working time.")


def teams_page(team: common.Named, home: common.Named, at: str) -> str:
    """When a team's page comes."""
    return _("%(team)s: the page of the week comes to %(home)s, next on %(at)s.") % {
        "team": team,
        "home": home,
        "at": at,
    }


def no_teams_page(team: common.Named) -> str:
    """A team whose page is off, or that has no home."""
    return _("%(team)s: no page of the week comes.") % {"team": team}


def comes(what: str, at: str) -> str:
    """When a page of one's own comes."""
    return _("*%(what)s* comes as a direct message, next on %(at)s.") % {"what": what, "at": at}


def comes_not(what: str) -> str:
    """A page that somebody does not want."""
    return _("*%(what)s* does not come. `/care digest weekly` sends it to you.") % {"what": what}


def nothing_yet(team: common.Named) -> str:
    """A week without a page."""
    return _("%(team)s: a week without news, so no page would come.") % {"team": team}


def own_nothing_yet() -> str:
    """The same, of one's own."""
    return _("No customer needed you last week, so no page of your own would come.")


def which_team(keys: list[str]) -> str:
    """Somebody leads several."""
    return _("Which team? Say it like `/care digest team %(key)s off`. Yours are %(keys)s.") % {
        "key": keys[0],
        "keys": ", ".join(f"`{key}`" for key in keys),
    }


def did_you_mean(typed: str, command: str, meant: str) -> str:
    """A slip."""
    return _("I don't know “%(typed)s”. Did you mean `%(command)s %(meant)s`?") % {
        "typed": common.escape(typed[:80]),
        "command": command,
        "meant": common.escape(meant).replace("`", ""),
    }
