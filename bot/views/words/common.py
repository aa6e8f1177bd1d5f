"""What the texts of all nouns share: names, lengths of time, the answers at the door."""

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.someone import is_someone
from bot.views.language import Text, _, ngettext

NAME_MAX = 80  # characters

Named = str  # a person or a channel as it stands in a message: a mention, or an escaped name


def escape(text: str) -> str:
    """Text of people, unable to mention, link or ring. Slack asks for these three and no more."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def bold(text: str) -> str:
    """Escaped, in bold; what would end the bold early is left out."""
    return f"*{escape(text).replace('*', '').strip() or '?'}*"


def shortened(name: str) -> str:
    """A name on one line and no longer than Slack lets people choose, whatever a directory has filled in."""
    line = " ".join(name.split())
    return line if len(line) <= NAME_MAX else f"{line[: NAME_MAX - 1]}…"


def person(user: str) -> Named:
    """A mention that Slack shows as the name. Rings nobody in a message to someone else. Who was forgotten has none."""
    return _("someone") if is_someone(user) else f"<@{user}>"


def people(users: Iterable[str]) -> list[Named]:
    """The same of several."""
    return [person(user) for user in users]


def channel(channel_id: str) -> Named:
    """A channel's link, shown by its name to those who may see it."""
    return f"<#{channel_id}>"


def length(span: timedelta) -> str:
    """Working time as a person would say it: minutes to the minute, from an hour on to five."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours, rest = divmod(minutes, 60)
    rest -= rest % 5
    if hours >= 10 or not rest:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def and_more(count: int) -> str:
    """What a list leaves out."""
    return ngettext("and %(n)d more", "and %(n)d more", count) % {"n": count}


CANCEL = Text("Cancel")
CLOSE = Text("Close")

OUTSIDERS = Text("CareCue is for the people of the team that installed it, so there is nothing here for you to do.")
QUIET = Text("CareCue is on a quiet start: it watches how customers are answered, and tells nobody anything yet.")
SETTING_UP = Text("CareCue is still starting in this workspace. Please try again in a minute.")


def failed(reference: str) -> str:
    """A failure that the person cannot mend; the log has the trace under the same reference."""
    return _("That did not work, and it is not your fault. Try again; if it stays, tell your admin: %(ref)s.") % {
        "ref": reference
    }
