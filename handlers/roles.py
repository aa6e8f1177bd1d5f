"""Who may what: each door with the least role that it needs, and each word of /care with those for whom it works.

Behind a door a thing may still be somebody's own. A door that stands in no row is for admins alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.care_command import Verb
from bot.domain.roles import Role, Roles
from bot.store import (
    asks,
    boundary_calls,
    channel_questions,
    corrections,
    first_run,
    kudos,
    kudos_asks,
    overloads,
    promise_clock,
    prompt_answers,
    pulse,
    roles,
    ways_out,
)
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
from bot.views import setup_customers as setup_customer_views
from bot.views import setup_effect as setup_effect_views
from bot.views import setup_forms as setup_form_views
from bot.views import setup_history as setup_history_views
from bot.views import setup_home as setup_home_views
from bot.views import setup_people as setup_people_views
from bot.views import setup_rules as setup_rule_views
from bot.views import setup_team as setup_team_views
from bot.views import setup_workspace as setup_workspace_views
from bot.views import ways_out as way_views
from bot.views import why as why_views
from handlers.ingest import HOME_OPENED

COLLEAGUE, AGENT, DEPUTY, MANAGER, ADMIN = Role


@dataclass(frozen=True, slots=True)
class Row:
    """Doors for this role and those above it.

    `own` decides behind the door whose the thing is; None where it is always that of whoever knocks.
    """

    least: Role
    own: Callable[..., object] | None
    doors: tuple[str, ...]


TABLE = (
    # What everybody of ours may: look, choose for themselves, and thank.
    Row(COLLEAGUE, None, (care_views.COMMAND, kudos_answers.COMMAND, menu_views.SHORTCUT, kudos_answers.SHORTCUT)),
    Row(COLLEAGUE, None, (HOME_OPENED, home_views.ALL_KUDOS, home_views.BACK)),
    Row(
        COLLEAGUE,
        None,
        (
            *(home_views.KEPT, privacy_views.EXPORT),
            *(privacy_views.ERASE, privacy_views.ERASE_FORM, privacy_views.SURE_FORM),
        ),
    ),
    Row(COLLEAGUE, None, (home_views.HOURS, home_views.DIGEST, home_digest.FORM)),
    Row(COLLEAGUE, None, (nudge_views.OPEN, list_views.REPLY, promise_views.OPEN, ask_views.OPEN)),  # links
    Row(
        COLLEAGUE,
        None,
        (
            *(menu_views.KUDOS, kudos_page_views.BEGIN, kudos_answers.MEND, kudos_form.FORM),
            *(kudos_page_views.SETTINGS, kudos_form.SETTINGS_FORM),
        ),
    ),
    Row(
        COLLEAGUE,
        kudos.given_by,
        (
            *(kudos_answers.EDIT, kudos_form.EDIT_FORM, kudos_answers.TAKE_BACK, kudos_answers.ADD),
            *(kudos_answers.SHARE_KUDOS, kudos_answers.SHARE_TEAM),
        ),
    ),
    Row(
        COLLEAGUE,
        kudos.hide,
        (
            *(kudos_views.THANK, kudos_views.SHOW_MANAGER, kudos_views.HIDE),
            *(kudos_views.ANNOUNCE, kudos_views.KEEP_QUIET),
        ),
    ),
    Row(
        COLLEAGUE,
        kudos_asks.answerable,
        (kudos_views.WHY, kudos_views.WHY_NOT, kudos_views.KEEP, kudos_views.WHO_HELPED, kudos_views.LET_BE),
    ),
    Row(COLLEAGUE, channel_questions.answer, (channel_views.ANSWER, *channel_views.CHOICES)),
    Row(COLLEAGUE, first_run.may, (first_views.START, first_views.NOT_NOW)),
    Row(COLLEAGUE, first_run.may, (first_views.TEAM_FORM, first_views.HOURS_FORM, first_views.CHANNELS_FORM)),
    # What agents may with what is their own.
    Row(
        AGENT,
        ways_out.not_for,
        (
            *(nudge_views.CLAIM, list_views.WAY, list_views.ASK, list_views.HAND_OVER, list_views.CLAIM),
            *(list_views.RESUME, *way_views.SNOOZES, way_views.UNTIL_FORM, way_views.HAND_TO, way_views.HAND_TO_OTHER),
            *(way_views.NO_REPLY, way_views.BOUNDARY, way_views.WHY, way_views.NOT_NEEDED),
        ),
    ),
    Row(AGENT, promise_clock.done, (promise_views.ON_IT, promise_views.DONE)),
    Row(AGENT, None, (menu_views.HELP, menu_views.SNAG, menu_views.BOUNDARY, ask_forms.ASK_FORM, boundary_views.FORM)),
    Row(AGENT, asks.withdraw, (ask_views.WITHDRAW,)),
    Row(AGENT, boundary_calls.is_mine, (boundary_views.READY, boundary_views.FINE, boundary_views.TALK)),
    Row(AGENT, corrections.correct, (menu_views.WHY, why_views.CORRECT, why_views.ONE, why_views.JOIN)),
    Row(AGENT, pulse.answer, tuple(pulse_views.STEP_IDS)),
    Row(AGENT, None, (presence_views.RESUME,)),
    # What those may who lead: their own teams.
    Row(DEPUTY, asks.may_answer, (ask_views.ANSWER, ask_forms.ANSWER_FORM, ask_views.HAVE_IT, ask_views.SNOOZE)),
    Row(MANAGER, overloads.leaders_of, (load_views.TAKE_OFF, load_views.FORM)),
    Row(
        MANAGER,
        roles.teams_changed_by,
        (backing_views.CHANGE, backing_views.FORM, expectation_views.TAKE),
    ),
    Row(
        MANAGER,
        prompt_answers.mine,
        (
            *(prompt_views.TAKE, prompt_forms.TAKE_FORM, prompt_views.ANOTHER, prompt_views.PASS),
            *(prompt_views.WHAT_HAPPENED, prompt_forms.WHAT_FORM, prompt_views.DONE, prompt_views.NOT_YET),
        ),
    ),
    Row(MANAGER, None, (prompt_views.RETIRE, prompt_forms.BOOK_FORM, prompt_views.ADD, prompt_forms.ADD_FORM)),
    # Pages and forms of the setup: a manager sees and changes own teams there, and nothing else.
    Row(
        MANAGER,
        roles.teams_changed_by,
        (setup_home_views.BEGIN, setup_form_views.GO, setup_effect_views.FORM),
    ),
    Row(
        MANAGER,
        roles.teams_changed_by,
        (setup_team_views.CHANGE, *setup_team_forms.TOPICS),
    ),
    # What admins may.
    Row(ADMIN, None, (precision_views.SWITCH_ON,)),
    Row(
        ADMIN,
        None,
        (
            *(setup_team_views.NEW, setup_team_views.REMOVE, setup_team_forms.NEW),
            *(setup_form_views.OPEN, setup_form_views.REMOVE, setup_channel_views.PICK, setup_history_views.UNDO),
            *(setup_channel_views.FORM, setup_rule_views.FORM, setup_people_views.FORM),
            *(setup_customer_views.OVERRIDE_FORM, setup_customer_views.CUSTOMER_FORM),
            *(setup_workspace_views.TARGETS_FORM, setup_workspace_views.KUDOS_FORM),
            *(setup_workspace_views.WORKSPACE_FORM, setup_workspace_views.RETENTION_FORM),
        ),
    ),
)

# For whom a word of /care works; who has none of these roles is told so.
_ALL, _OURS, _TEAM = frozenset({COLLEAGUE}), frozenset({AGENT, ADMIN}), frozenset({AGENT})
VERBS: Mapping[Verb, frozenset[Role]] = {
    Verb.HELP: _ALL,
    Verb.UNKNOWN: _ALL,
    Verb.PRIVACY: _ALL,
    **dict.fromkeys((Verb.LIST, Verb.WHY, Verb.BACKING, Verb.EXPORT), _OURS),
    **dict.fromkeys((Verb.PAUSE, Verb.RESUME, Verb.QUIET, Verb.DIGEST_ONLY, Verb.HOURS), _OURS),
    **dict.fromkeys((Verb.SAY, Verb.NOW, Verb.OFF, Verb.WEEKLY, Verb.HOUR), _OURS),
    **dict.fromkeys((Verb.ASK, Verb.SNAG, Verb.BOUNDARY, Verb.PULSE), _TEAM),
    Verb.LEADER_TIME: frozenset({DEPUTY, MANAGER}),
    Verb.PROMPT: frozenset({MANAGER}),
    Verb.SETUP: frozenset({MANAGER, ADMIN}),
}


def works(theirs: Roles) -> frozenset[Verb]:
    """The orders to /care that do something for whoever has these roles."""
    return frozenset(verb for verb, who in VERBS.items() if not theirs.isdisjoint(who))


_LEAST = {door: row.least for row in TABLE for door in row.doors}


def least(door: str) -> Role:
    """What whoever comes in by this door has to be at least; nobody had to think of it for it to stay shut."""
    return _LEAST.get(door, ADMIN)
