"""Channels in the setup: one by one, and by rules."""

from bot.domain.setup import Kind
from bot.views.language import Text, _, ngettext
from bot.views.words.common import Named

TITLE = Text("Channels")
RULES_TITLE = Text("Channel rules")
FORM_TITLE = Text("A channel")
RULE_TITLE = Text("A channel rule")
INTRO = Text(
    "What a channel is and whose it is. One that is not listed takes the first channel rule that fits; without one it"
    " is a customers' channel if it is shared with another company."
)
RULES_INTRO = Text(
    "For channels that are not listed one by one. They are asked in this order, and the first that fits holds."
)
PICK = Text("Choose a channel to set up")
NONE_YET = Text("None is set up yet.")
CHANGE = Text("Change")
ADD_RULE = Text("Add a channel rule")
REMOVE = Text("Take it out of the set-up")

KINDS: dict[Kind, Text] = {
    "customer": Text("Customers write here"),
    "team": Text("Only the team reads here"),
    "ignored": Text("CareCue looks away here"),
}
KIND = Text("What is it?")
TEAM = Text("Whose is it?")
TEAM_HINT = Text("With a single team every channel is that team's.")
NO_TEAM = Text("No team in particular")
OWNER = Text("Who looks after it?")
OWNER_HINT = Text("They hear of customers whom nobody has taken.")
FIRST = Text("Time for the first answer")
NEXT = Text("Time for each later answer")
TARGET_HINT = Text("Working time, like 45m or 1h30m. Leave both empty for what usually applies.")
RELAYS = Text("Apps that relay customers' mail")
RELAYS_HINT = Text("Their ids (A… or B…), with spaces between. What other apps write here is nobody's.")
PREFIX = Text("Names that begin with")
PREFIX_HINT = Text("Like ext- for #ext-acme and #ext-nord. Leave it empty to go by sharing alone.")
SHARED = Text("Shared channels")
SHARED_OPTION = Text("Only channels that are shared with another company")
SHARED_HINT = Text("Without a beginning of names: all of them.")
PLACE = Text("Its place among the rules")
PLACE_HINT = Text("1 is asked first.")


def row(channel: Named, kind: Kind, team: str, owner: Named | None, targets: tuple[str, str] | None) -> str:
    """A channel of the list; `team` is bold already, or empty."""
    parts = [channel, KINDS[kind]()]
    parts += [team] if team else []
    parts += [_("looked after by %(owner)s") % {"owner": owner}] if owner else []
    parts += [_("%(first)s, then %(later)s") % {"first": targets[0], "later": targets[1]}] if targets else []
    return " · ".join(parts)


def about(channel: Named) -> str:
    """Which channel a form is about; a link."""
    return _("About %(channel)s.") % {"channel": channel}


def which(prefix: str | None, *, shared: bool) -> str:
    """The channels that a rule fits; `prefix` is escaped."""
    if prefix is None:
        return _("Channels that are shared with another company")
    begun = {"prefix": prefix}
    if shared:
        return _("Channels that begin with %(prefix)s and are shared with another company") % begun
    return _("Channels that begin with %(prefix)s") % begun


def rule_row(place: int, which: str, kind: Kind, team: str) -> str:
    """A rule of the list; `team` is bold already, or empty."""
    line = _("%(place)d. %(which)s: %(kind)s") % {"place": place, "which": which, "kind": KINDS[kind]()}
    return f"{line} · {team}" if team else line


def ruled(count: int) -> str:
    """How many channels have what they are from a rule."""
    return ngettext("%(n)d channel goes by them now.", "%(n)d channels go by them now.", count) % {"n": count}
