"""The forms of kudos: giving, editing, and what a person wants."""

from bot.domain.kudos import Announce, Where
from bot.views.language import Text

FORM_TITLE = Text("Give kudos")
GIVE = Text("Give")
EDIT_TITLE = Text("Edit kudos")
SAVE = Text("Save")
WHO_LABEL = Text("Who would you like to thank?")
PICK_PEOPLE = Text("Pick colleagues")
REASON_LABEL = Text("What did they do?")
REASON_HINT = Text("A sentence they will want to keep: what happened, and what it made possible.")
BEHAVIOURS_LABEL = Text("What does it show?")
PICK_BEHAVIOURS = Text("Choose if you like")
BEHAVIOURS_HINT = Text("If you choose none, CareCue may suggest one from your words.")
WHERE_LABEL = Text("Who should hear of it?")
WHERE_HINT = Text("Whoever does not want to be announced is left out of the announcement.")
PLACES = {
    Where.PRIVATE: Text("Only the people I thank"),
    Where.TEAM: Text("Also our team's channel"),
    Where.KUDOS: Text("Also the kudos channel"),
}
NOT_A_COLLEAGUE = Text("Whoever wrote that message cannot get kudos: they are for colleagues. Who helped?")

SETTINGS = Text("Settings")
SETTINGS_TITLE = Text("Kudos for me")
CHOICE_LABEL = Text("May kudos for you be announced?")
CHOICE_HINT = Text("Whatever you choose, you get them as a direct message.")
CHOICES = {
    Announce.YES: Text("Yes"),
    Announce.ASK: Text("Only when I say yes, each time"),
    Announce.NEVER: Text("Never"),
}
KEEP_LABEL = Text("When a customer thanks me")
KEEP_THANKS = Text("Ask me whether to keep it")
