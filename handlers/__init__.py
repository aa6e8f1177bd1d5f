"""Slack -> bot: every door on one page. Importing does nothing; `open_doors` hangs them into Bolt."""

from slack_bolt.async_app import AsyncApp

from bot.deps import Deps
from bot.domain.arrivals import SUBSCRIBED
from bot.slack.manifest import Command, Doors
from bot.views import care as care_views
from bot.views import nudges as nudge_views
from bot.views.words import care as care_words
from handlers import care, nudges
from handlers.doors import action, command, form

COMMANDS = {care_views.COMMAND: care.care}

ACTIONS = {
    nudge_views.OPEN: nudges.open_thread,
    nudge_views.CLAIM: nudges.claim,
    nudge_views.SNOOZE: nudges.snooze,
    nudge_views.HAND_OVER: nudges.hand_over,
    nudge_views.NO_REPLY: nudges.no_reply,
}

FORMS = {nudge_views.HAND_OVER_FORM: (nudges.hand_over_to, nudge_views.HAND_OVER_TO)}

# Events come through handlers.ingest; what Slack is asked to send is what bot.domain.arrivals reads.
DOORS = Doors(
    commands=(Command(care_views.COMMAND, care_words.CARE_DESCRIPTION, care_words.CARE_USAGE),),
    shortcuts=(),
    events=SUBSCRIBED,
)


def open_doors(app: AsyncApp, deps: Deps) -> None:
    """Hang every door into the app."""
    for name, answer in COMMANDS.items():
        app.command(name)(command(deps, answer))
    for action_id, do in ACTIONS.items():
        app.action(action_id)(action(deps, do))
    for callback_id, (take, field) in FORMS.items():
        app.view(callback_id)(form(deps, take, field))
