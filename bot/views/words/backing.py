"""The standing backing: what agents may decide without asking, as their manager has written it down."""

from bot.views.language import Text, _

TITLE = Text("Standing backing")
CHANGE = Text("Change")
NOTHING = Text("Nothing is written down yet. A line or two from your manager makes hard moments easier.")
NOTE = Text("Shown with every boundary call. Asking first is always a choice.")
IN_THE_FILE = Text("This list is long, so it is changed in the setup file.")
LABEL = Text("What may your agents decide without asking?")
HINT = Text("A sentence a line, like “Refund up to 100 € when the mistake was ours”. You stand behind each of them.")
SAVE = Text("Save")
NO_TEAM = Text("You are in no team here, so there is nothing to show. An admin can add you to the setup.")
NOT_YOURS = Text("Only a team's managers and admins can change this.")


def of_team(name: str) -> str:
    """The heading of a team's list; `name` is bold already."""
    return _("What you may decide without asking, in %(team)s") % {"team": name}


def too_many(most: int) -> str:
    """More lines than anybody remembers."""
    return _("%(most)d lines at most: what is not remembered is no backing.") % {"most": most}


def too_long(line: str, most: int) -> str:
    """A line that is none."""
    return _("“%(line)s…” is too long: a line has %(most)d characters at most.") % {"line": line[:30], "most": most}
