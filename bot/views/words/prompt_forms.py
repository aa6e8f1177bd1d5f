"""The forms around a weekly prompt: when, what happened, which ones come, and one of people's own."""

from gettext import gettext as _

TAKE_TITLE = _("I'll do this")
DAY_LABEL = _("When shall a gentle reminder come?")
DAY_HINT = _("Leave the day empty for none.")
TIME_LABEL = _("At")
SHARE_LABEL = _("Tell your team?")
SHARE_HINT = _(
    "What stands here is shown to your team with the week's page, and so is what came of it. Empty: to nobody."
)
SHARE_EXAMPLE = _("I answer your questions first this week.")
SAVE = _("Save")
PASSED_ALREADY = _("That moment has passed. Choose a later one.")
TOO_FAR = _("That is too far away for this week's prompt. Choose a day within four weeks.")

WHAT_TITLE = _("What happened?")
OUTCOME_LABEL = _("Did you do it?")
NOTE_LABEL = _("A note for yourself")
NOTE_HINT = _("Nobody else ever sees this note. What you told your team you would do, they hear the outcome of.")

BOOK_TITLE = _("Choose prompts")
BOOK_ABOUT = _(
    "The prompts that are chosen here no longer come to those who lead %(teams)s. You can bring them back here."
)
RETIRED_LABEL = _("Prompts that do not come")
PICK = _("None")

ADD_TITLE = _("Add a prompt")
ADD_ABOUT = _("It comes beside the others to those who lead the team.")
TEAM_LABEL = _("For the team")
TITLE_LABEL = _("A few words as its name")
WHY_LABEL = _("Why it matters, in a sentence")
ACT_LABEL = _("One small act for a week")
QUESTION_LABEL = _("A question to ask someone")
NOTICE_LABEL = _("How one will notice")
DIMENSION_LABEL = _("It serves")
FEEDS_LABEL = _("It feeds")
SIGNALS_LABEL = _("What calls it")
SIGNALS_HINT = _("It comes when one of these is heard, and by turn. Empty: by turn only.")
ENOUGH_OF_OUR_OWN = _("There are as many prompts of your own as there is room for. Take one out of the setup first.")

SAVED = _("Saved.")


def book_about(teams: list[str]) -> str:
    """Whom the choice is for."""
    return BOOK_ABOUT % {"teams": ", ".join(teams)}


def setting(at: str | None) -> str:
    """When the weekly prompt comes; None: it does not."""
    if at is None:
        return _("No weekly prompt comes to you. `/care prompt on` brings it back.")
    return _(
        "Your weekly prompt comes as a direct message, next on %(at)s. `/care prompt off` stops it,"
        " `/care prompt hour tue 9:00` moves it."
    ) % {"at": at}
