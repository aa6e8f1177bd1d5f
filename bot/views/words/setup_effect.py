"""What a change of the setup does, said before it counts; and that it counts."""

from bot.views.language import Text, _, ngettext

TITLE = Text("What this changes")
SAVE = Text("Save")
BACK = Text("Back")
INTRO = Text("Nothing has changed yet. With *Save* this does:")
KEPT = Text("Who changed what and when is kept under *History*, from where it can be undone.")
NOTHING = Text("Nothing changes: it is set up like this already.")
SAVED_TITLE = Text("Saved")
SAVED = Text("Saved, and it counts from now on:")
NOT_SAVED = Text("Not saved")
NOT_YOURS = Text("Only an admin can change this. You can change the teams that you manage.")


def moves(count: int) -> str:
    """Open waits that get another target, owner or time of their next nudge."""
    return ngettext("%(n)d open wait moves", "%(n)d open waits move", count) % {"n": count}


def moved(count: int) -> str:
    """The same, once it is done."""
    return ngettext("%(n)d open wait moved", "%(n)d open waits moved", count) % {"n": count}


def more(count: int) -> str:
    """What a long list leaves out."""
    return ngettext("and %(n)d more change", "and %(n)d more changes", count) % {"n": count}


def not_saved(why: str) -> str:
    """Why; a sentence."""
    return _("Nothing was saved. %(why)s") % {"why": why}
