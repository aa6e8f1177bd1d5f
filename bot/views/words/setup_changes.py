"""Why a change of the setup does not come about."""

from collections.abc import Sequence

from bot.views.language import Text, _

NOT_KEPT = Text("This change is not kept any more, so it cannot be undone.")
AS_BEFORE = Text("All of it is already as it was before this change.")
NO_DRAFT = Text("There is nothing to save here any more. What is in effect stands in the setup.")
CHANGED_MEANWHILE = Text("The setup has been changed meanwhile. Look at it again, and then change what you meant to.")


def changed_since(others: Sequence[str]) -> str:
    """`others` are values of the setup, as the file names them."""
    told = {"values": "; ".join(others[:3]) + ("; …" if len(others) > 3 else "")}
    return _("Since then this has been changed again, so it stays as it is: %(values)s.") % told


def does_not_fit(finding: str) -> str:
    """What would be wrong with the setup, as the file's reader says it."""
    return _("Without this change the rest would not fit together: %(finding)s.") % {"finding": finding}
