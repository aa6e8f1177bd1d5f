"""Slack -> bot: every door on one page. Importing does nothing; `open_doors` hangs them into Bolt."""

from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from bot.deps import Deps
from bot.domain.arrivals import SUBSCRIBED
from bot.slack.manifest import Command, Doors, Shortcut
from bot.views import ask_forms, home_digest, kudos_answers, kudos_form, prompt_forms, setup_team_forms
from bot.views import asks as ask_views
from bot.views import backing as backing_views
from bot.views import boundary as boundary_views
from bot.views import care as care_views
from bot.views import channel_questions as channel_views
from bot.views import expectations as expectation_views
from bot.views import first_run as first_views
from bot.views import home as home_views
from bot.views import kudos as kudos_views
from bot.views import kudos_pages as kudos_page_views
from bot.views import living_list as list_views
from bot.views import loads as load_views
from bot.views import menu as menu_views
from bot.views import nudges as nudge_views
from bot.views import precision as precision_views
from bot.views import presence as presence_views
from bot.views import privacy as privacy_views
from bot.views import promises as promise_views
from bot.views import prompts as prompt_views
from bot.views import pulse as pulse_views
from bot.views import setup_channels as setup_channel_views
from bot.views import setup_effect as setup_effect_views
from bot.views import setup_forms as setup_form_views
from bot.views import setup_history as setup_history_views
from bot.views import setup_home as setup_home_views
from bot.views import setup_team as setup_team_views
from bot.views import ways_out as way_views
from bot.views import why as why_views
from bot.views.words import ask_forms as menu_words
from bot.views.words import care as care_words
from bot.views.words import kudos as kudos_words
from handlers import (
    asks,
    backing,
    boundary,
    care,
    channel_questions,
    expectations,
    first_run,
    home,
    kudos,
    kudos_changes,
    kudos_notes,
    kudos_pages,
    living_list,
    loads,
    menu,
    nudges,
    precision,
    presence,
    privacy,
    promises,
    prompts,
    pulse,
    setup,
    setup_teams,
    uninstalls,
    why,
)
from handlers.doors import Action, Event, Form, Notice, Outside, action, command, event, form, notice
from handlers.ingest import ACCESS_GRANTED, ACCESS_REVOKED, HOME_OPENED, REVOKED, UNINSTALLED
from handlers.roles import least

COMMANDS = {
    care_views.COMMAND: care.care,
    kudos_answers.COMMAND: kudos.kudos,
}

SHORTCUTS: Mapping[str, Action] = {
    menu_views.SHORTCUT: menu.open_menu,
    kudos_answers.SHORTCUT: kudos.give_for,
}

ACTIONS: Mapping[str, Action] = {
    nudge_views.OPEN: nudges.open_thread,
    nudge_views.CLAIM: nudges.claim,
    list_views.REPLY: living_list.reply,
    list_views.WAY: living_list.way,
    list_views.ASK: living_list.ask_for_help,
    list_views.HAND_OVER: living_list.hand_over,
    list_views.CLAIM: living_list.claim,
    **dict.fromkeys(way_views.SNOOZES, living_list.snooze),
    way_views.HAND_TO: living_list.hand_to,
    way_views.HAND_TO_OTHER: living_list.hand_to,
    way_views.NO_REPLY: living_list.no_reply,
    way_views.BOUNDARY: living_list.call_boundary,
    way_views.WHY: living_list.explain,
    way_views.NOT_NEEDED: living_list.not_needed,
    list_views.RESUME: living_list.resume,
    kudos_answers.MEND: kudos.mend,
    kudos_answers.EDIT: kudos_changes.edit,
    kudos_answers.TAKE_BACK: kudos_changes.take_back,
    kudos_answers.ADD: kudos_changes.add,
    kudos_answers.SHARE_KUDOS: kudos_changes.share,
    kudos_answers.SHARE_TEAM: kudos_changes.share,
    kudos_page_views.BEGIN: kudos.begin,
    kudos_page_views.SETTINGS: kudos_pages.settings,
    kudos_views.THANK: kudos_notes.thank,
    kudos_views.SHOW_MANAGER: kudos_notes.show_manager,
    kudos_views.HIDE: kudos_notes.hide,
    kudos_views.ANNOUNCE: kudos_notes.announce,
    kudos_views.KEEP_QUIET: kudos_notes.keep_quiet,
    kudos_views.WHY: kudos.why,
    kudos_views.WHY_NOT: kudos_notes.let_be,
    kudos_views.KEEP: kudos_notes.keep,
    kudos_views.WHO_HELPED: kudos.who_helped,
    kudos_views.LET_BE: kudos_notes.let_be,
    promise_views.OPEN: promises.open_thread,
    promise_views.ON_IT: promises.on_it,
    promise_views.DONE: promises.done,
    prompt_views.TAKE: prompts.take,
    prompt_views.ANOTHER: prompts.another,
    prompt_views.PASS: prompts.not_this_week,
    prompt_views.WHAT_HAPPENED: prompts.what_happened,
    prompt_views.DONE: prompts.done,
    prompt_views.NOT_YET: prompts.not_yet,
    prompt_views.RETIRE: prompts.book,
    prompt_views.ADD: prompts.add,
    home_views.ALL_KUDOS: home.all_kudos,
    home_views.BACK: home.back,
    home_views.DIGEST: home.digest,
    home_views.HOURS: home.hours,
    home_views.KEPT: privacy.show,
    privacy_views.EXPORT: privacy.export,
    privacy_views.ERASE: privacy.erase,
    ask_views.ANSWER: asks.answer,
    ask_views.HAVE_IT: asks.have_it,
    ask_views.SNOOZE: asks.snooze,
    ask_views.OPEN: asks.open_thread,
    ask_views.WITHDRAW: asks.withdraw,
    menu_views.HELP: menu.ask,
    menu_views.SNAG: menu.snag,
    menu_views.BOUNDARY: menu.boundary_call,
    menu_views.KUDOS: menu.thank,
    menu_views.WHY: why.from_menu,
    why_views.CORRECT: why.correct,
    why_views.ONE: why.correct,
    why_views.JOIN: why.correct,
    boundary_views.READY: boundary.ready,
    boundary_views.FINE: boundary.fine,
    boundary_views.TALK: boundary.talk,
    backing_views.CHANGE: backing.change,
    load_views.TAKE_OFF: loads.take_off,
    presence_views.RESUME: presence.press_resume,
    **dict.fromkeys(pulse_views.STEP_IDS, pulse.answer),
    expectation_views.TAKE: expectations.take,
    precision_views.SWITCH_ON: precision.switch_on,
    setup_home_views.BEGIN: setup.begin,
    setup_form_views.GO: setup.go,
    setup_form_views.OPEN: setup.open_sheet,
    setup_form_views.REMOVE: setup.remove,
    setup_channel_views.PICK: setup.pick,
    setup_history_views.UNDO: setup.undo,
    setup_team_views.CHANGE: setup_teams.change,
    setup_team_views.NEW: setup_teams.begin,
    setup_team_views.REMOVE: setup_teams.remove,
    first_views.START: first_run.start,
    first_views.NOT_NOW: first_run.not_now,
    channel_views.ANSWER: channel_questions.answer,
    **dict.fromkeys(channel_views.CHOICES, channel_questions.choose),
}

# A form, and the field beside which a failure is shown.
FORMS: Mapping[str, tuple[Form, str]] = {
    way_views.UNTIL_FORM: (living_list.snooze_until, way_views.UNTIL),
    kudos_form.FORM: (kudos.give, kudos_form.REASON),
    kudos_form.EDIT_FORM: (kudos_changes.save, kudos_form.REASON),
    kudos_form.SETTINGS_FORM: (kudos_pages.choose, kudos_form.CHOICE),
    ask_forms.ASK_FORM: (asks.send, ask_forms.LINE),
    ask_forms.ANSWER_FORM: (asks.take_answer, ask_forms.LINE),
    boundary_views.FORM: (boundary.call, boundary_views.LINE),
    backing_views.FORM: (backing.save, backing_views.LINES),
    load_views.FORM: (loads.hand_over, load_views.WHICH),
    prompt_forms.TAKE_FORM: (prompts.take_it, prompt_forms.DAY),
    prompt_forms.WHAT_FORM: (prompts.keep_what_happened, prompt_forms.NOTE),
    prompt_forms.BOOK_FORM: (prompts.choose_book, prompt_forms.RETIRED),
    prompt_forms.ADD_FORM: (prompts.add_it, prompt_forms.TITLE),
    home_digest.FORM: (home.choose_digest, home_digest.TIME),
    privacy_views.ERASE_FORM: (privacy.go_on, ""),
    privacy_views.SURE_FORM: (privacy.sure, ""),
    first_views.TEAM_FORM: (first_run.team, first_views.NAME),
    first_views.HOURS_FORM: (first_run.hours, first_views.HOURS),
    first_views.CHANNELS_FORM: (first_run.channels, first_views.CHANNELS),
    **{form: (setup.send, sheet.first) for form, sheet in setup.SHEETS.items()},
    setup_effect_views.FORM: (setup.save, ""),
    **{form: (setup_teams.send, setup_team_forms.first_of(topic)) for form, topic in setup_team_forms.TOPICS.items()},
    setup_team_forms.NEW: (setup_teams.add, setup_team_forms.NEW_FIRST),
}

# What Slack tells of CareCue itself.
NOTICES: Mapping[str, Notice] = {UNINSTALLED: uninstalls.gone, REVOKED: uninstalls.gone}
ORG_NOTICES: Mapping[str, Notice] = {ACCESS_GRANTED: uninstalls.gone, ACCESS_REVOKED: uninstalls.gone}

# All other events are what bot.domain.arrivals reads, and come through handlers.ingest.
EVENTS: Mapping[str, tuple[Event, Outside]] = {HOME_OPENED: (home.opened, home.opened_outside)}

DOORS = Doors(
    commands=(
        Command(care_views.COMMAND, care_words.CARE_DESCRIPTION(), care_words.CARE_USAGE()),
        Command(kudos_answers.COMMAND, kudos_words.KUDOS_DESCRIPTION(), kudos_words.KUDOS_USAGE()),
    ),
    shortcuts=(
        Shortcut(menu_views.SHORTCUT, menu_words.SHORTCUT_NAME(), menu_words.SHORTCUT_DESCRIPTION()),
        Shortcut(kudos_answers.SHORTCUT, kudos_words.SHORTCUT_NAME(), kudos_words.SHORTCUT_DESCRIPTION()),
    ),
    events=(*SUBSCRIBED, *EVENTS, *NOTICES),
    org_events=tuple(ORG_NOTICES),
)


def open_doors(app: AsyncApp, deps: Deps) -> None:
    """Hang every door into the app."""
    for name, answer in COMMANDS.items():
        app.command(name)(command(deps, answer, least(name)))
    for callback_id, do in SHORTCUTS.items():
        app.shortcut(callback_id)(action(deps, do, least(callback_id)))
    for action_id, do in ACTIONS.items():
        app.action(action_id)(action(deps, do, least(action_id)))
    for kind, (hear, outside) in EVENTS.items():
        app.event(kind)(event(deps, hear, outside))
    for kind, heed in (*NOTICES.items(), *ORG_NOTICES.items()):
        app.event(kind)(notice(deps, heed))
    for callback_id, (take, field) in FORMS.items():
        app.view(callback_id)(form(deps, take, field, least(callback_id)))
