"""The forms around a weekly prompt: when, what happened, which ones come, and one of people's own."""

from bot.views.language import Text, _

TAKE_TITLE = Text("I'll do this")
DAY_LABEL = Text("When shall a gentle reminder come?")
DAY_HINT = Text("Leave the day empty for none.")
TIME_LABEL = Text("At")
SHARE_LABEL = Text("Tell your team?")
SHARE_HINT = Text(
    "What stands here is shown to your team with the week's page, and so is what came of it. Empty: to nobody."
)
SHARE_EXAMPLE = Text("I answer your questions first this week.")
SAVE = Text("Save")
PASSED_ALREADY = Text("That moment has passed. Choose a later one.")
TOO_FAR = Text("That is too far away for this week's prompt. Choose a day within four weeks.")

WHAT_TITLE = Text("What happened?")
OUTCOME_LABEL = Text("Did you do it?")
NOTE_LABEL = Text("A note for yourself")
NOTE_HINT = Text("Nobody else ever sees this note. What you told your team you would do, they hear the outcome of.")

BOOK_TITLE = Text("Choose prompts")
BOOK_ABOUT = Text(
    "The prompts that are chosen here no longer come to those who lead %(teams)s. You can bring them back here."
)
RETIRED_LABEL = Text("Prompts that do not come")
PICK = Text("None")

ADD_TITLE = Text("Add a prompt")
ADD_ABOUT = Text("It comes beside the others to those who lead the team.")
TEAM_LABEL = Text("For the team")
TITLE_LABEL = Text("A few words as its name")
WHY_LABEL = Text("Why it matters, in a sentence")
ACT_LABEL = Text("One small act for a week")
QUESTION_LABEL = Text("A question to ask someone")
NOTICE_LABEL = Text("How one will notice")
DIMENSION_LABEL = Text("It serves")
FEEDS_LABEL = Text("It feeds")
SIGNALS_LABEL = Text("What calls it")
SIGNALS_HINT = Text("It comes when one of these is heard, and by turn. Empty: by turn only.")
ENOUGH_OF_OUR_OWN = Text("There are as many prompts of your own as there is room for. Take one out of the setup first.")

SAVED = Text("Saved.")


def book_about(teams: list[str]) -> str:
    """Whom the choice is for."""
    return BOOK_ABOUT() % {"teams": ", ".join(teams)}


def setting(at: str | None) -> str:
    """When the weekly prompt comes; None: it does not."""
    if at is None:
        return _("No weekly prompt comes to you. `/care prompt on` brings it back.")
    return _(
        "Your weekly prompt comes as a direct message, next on %(at)s. `/care prompt off` stops it,"
        " `/care prompt hour tue 9:00` moves it."
    ) % {"at": at}
