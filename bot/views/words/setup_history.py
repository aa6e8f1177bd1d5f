"""Who changed the setup, when, and what."""

from bot.views.language import Text, _
from bot.views.words.common import Named

TITLE = Text("History")
INTRO = Text("The latest changes, newest first. *Undo* puts back what a change changed, and nothing else.")
NONE_YET = Text("Nothing has been changed yet.")
UNDO = Text("Undo")
UNDONE = Text("undone")
UNDOES = Text("puts an earlier change back")
SURE = Text("Undo this change?")
SURE_TEXT = Text("What it changed is put back as it was before. That is a change of its own, and can be undone too.")
PUT_BACK = Text("Put back, and it counts from now on:")
NOT_PUT_BACK = Text("Nothing was put back:")


def by(who: Named | None, at: str) -> str:
    """Who and when; a mention, and a date as Slack shows it."""
    if who is None:
        return _("The setup file, %(at)s") % {"at": at}
    return _("%(who)s, %(at)s") % {"who": who, "at": at}
