"""What holds in the whole workspace: targets and ladder, kudos, language and admins, retention."""

from bot.views.language import Text

TARGETS_TITLE = Text("Targets and ladder")
TARGETS_INTRO = Text("For everybody: a team, a channel or a customer may have their own.")
TARGET_HINT = Text("Working time, like 45m or 1h30m.")
STEPS = Text("The ladder: whom to tell, and when")
STEPS_HINT = Text(
    "A step a line: the share of the target, whom (owner, home or manager) and what it says (reply, help, lend_hand or"
    " how_help), like “75% owner reply”. Empty: nobody is told."
)

KUDOS_TITLE = Text("Kudos")
CHANNEL = Text("Where they may be announced")
CHANNEL_HINT = Text("A channel that no customer reads. Without one it is a team's home channel.")
EMOJI = Text("Emoji that asks for a reason")
EMOJI_HINT = Text("Given to an agent's message it asks the giver why, in private. Its name, like sparkling_heart.")
OFF = Text("Channels without kudos")
OFF_HINT = Text("Nobody is thanked for what is said there.")
MANAGER_CAP = Text("People whom a manager may thank in a day")
MANAGER_CAP_HINT = Text("Leave it empty for as many as everybody else.")
UNTHANKED = Text("Days without thanks that a manager hears of")
UNTHANKED_HINT = Text("Only the manager, and only for their own team.")

TITLE = Text("Workspace")
LANGUAGE = Text("Language")
LANGUAGE_HINT = Text("What channels are told in. A person hears the language of their own Slack.")
LANGUAGES: dict[str, Text] = {
    "en": Text("English"),
    "de": Text("German"),
    "fr": Text("French"),
    "es": Text("Spanish"),
    "pt": Text("Portuguese"),
}
ADMINS = Text("Admins")
ADMINS_HINT = Text("They may change all of this, as owners and admins of the workspace always may.")
COUNCIL = Text("Works-council mode")
COUNCIL_OPTION = Text("Tell of nobody by name once a wait is over")
COUNCIL_HINT = Text("Afterwards only groups of five or more are told of, and lists of people are off.")
AWAY = Text("Emoji of a status that say: I am not there")
AWAY_HINT = Text("Their names, with spaces between. Empty: no status says so.")

RETENTION_TITLE = Text("Retention")
RETENTION_INTRO = Text("Days after which what is over is deleted. Leave a field empty to keep it for good.")
CONVERSATIONS = Text("Conversations")
CONVERSATIONS_HINT = Text("Who waited and when, promises and nudges. What customers wrote is never stored.")
KUDOS = Text("Kudos")
ANSWERS = Text("Answers")
ANSWERS_HINT = Text("To asks, weekly prompts and the pulse.")
STATISTICS = Text("Statistics")
STATISTICS_HINT = Text("Figures of weeks past, which name nobody.")
CHANGES = Text("History of this set-up")
GRACE = Text("After an uninstall")
GRACE_HINT = Text("Until then everything comes back with CareCue. Then all of it is deleted.")
