"""The forms of kudos: giving, editing, and what a person wants."""

from gettext import gettext as _

from bot.domain.kudos import Announce, Where

FORM_TITLE = _("Give kudos")
GIVE = _("Give")
EDIT_TITLE = _("Edit kudos")
SAVE = _("Save")
WHO_LABEL = _("Who would you like to thank?")
PICK_PEOPLE = _("Pick colleagues")
REASON_LABEL = _("What did they do?")
REASON_HINT = _("A sentence they will want to keep: what happened, and what it made possible.")
BEHAVIOURS_LABEL = _("What does it show?")
PICK_BEHAVIOURS = _("Choose if you like")
BEHAVIOURS_HINT = _("If you choose none, CareCue may suggest one from your words.")
WHERE_LABEL = _("Who should hear of it?")
WHERE_HINT = _("Whoever does not want to be announced is left out of the announcement.")
PLACES = {
    Where.PRIVATE: _("Only the people I thank"),
    Where.TEAM: _("Also our team's channel"),
    Where.KUDOS: _("Also the kudos channel"),
}
NOT_A_COLLEAGUE = _("Whoever wrote that message cannot get kudos: they are for colleagues. Who helped?")

SETTINGS = _("Settings")
SETTINGS_TITLE = _("Kudos for me")
CHOICE_LABEL = _("May kudos for you be announced?")
CHOICE_HINT = _("Whatever you choose, you get them as a direct message.")
CHOICES = {
    Announce.YES: _("Yes"),
    Announce.ASK: _("Only when I say yes, each time"),
    Announce.NEVER: _("Never"),
}
KEEP_LABEL = _("When a customer thanks me")
KEEP_THANKS = _("Ask me whether to keep it")
