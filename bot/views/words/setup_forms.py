"""What the forms and pages of the setup share."""

from bot.views.language import Text

GO_ON = Text("Go on")
BACK = Text("← Set-up")
EARLIER = Text("Show earlier ones")
LATER = Text("Show more")
PICK_ONE = Text("Choose one")
PICK_CHANNELS = Text("Choose channels")
GONE = Text("That is not there any more: somebody has changed the set-up in the meantime. Please open it again.")
