"""Asks: calling on those who lead, by /care, a button or the menu; and what they press and answer."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.asks import LINE_MAX, Ask, Asked, Kind, team_of
from bot.domain.care_command import Order, Verb
from bot.domain.kudos import Source
from bot.domain.setup import Team
from bot.domain.typed import pieces, tidy, written
from bot.store import ask_rows, leader_choices, snags
from bot.store import asks as store
from bot.store.workspaces import Workspace
from bot.views import ask_forms as forms
from bot.views import asks as views
from bot.views import snoozes
from bot.views.ask_forms import Choice, Draft, Filled
from bot.views.forms import told as told_view
from bot.views.message import Message, read_press
from bot.views.words import ask_forms as form_words
from bot.views.words import asks as words
from handlers.doors import Knock, Turned, Wrong, open_form

KINDS = {Verb.ASK: Kind.HELP, Verb.SNAG: Kind.SNAG}


async def typed(deps: Deps, knock: Knock, order: Order) -> Message | None:
    """/care ask and /care snag: what was typed goes on its way; the form opens where something has to be chosen."""
    kind, line = KINDS[order.verb], written(pieces(order.line))
    here = str(knock.body.get("channel_id") or "")
    draft = await deps.db.run(_draft, knock.workspace, knock.user, kind, None, here)
    if isinstance(draft, str):
        return Message(draft)
    if not line or len(line) > LINE_MAX or len(draft.teams) > 1 or draft.same:
        draft = forms.Draft(kind, line, None, draft.teams, draft.same)
        await open_form(deps, knock, forms.form(draft))
        return None
    ask = Ask(kind, draft.teams[0].key, knock.user, line)
    told = await deps.db.run(_opened, knock.workspace, ask, deps)
    deps.sender.wake()
    return views.at_once(told)


async def about(deps: Deps, knock: Knock, source: Source | None) -> str | None:
    """*Ask for help* about a message: the form opens at once."""
    view = await form_for(deps, knock, Kind.HELP, source)
    return await open_form(deps, knock, view)


async def form_for(deps: Deps, knock: Knock, kind: Kind, about: Source | None) -> dict[str, Any] | str:
    """The form for an ask about a message; a sentence where there is nobody to ask."""
    here = about.channel if about else ""
    draft = await deps.db.run(_draft, knock.workspace, knock.user, kind, about, here)
    return draft if isinstance(draft, str) else forms.form(draft)


async def send(deps: Deps, knock: Knock) -> Wrong | Turned:
    """The form was sent off: a snag that is known already is shared, everything else opens an ask."""
    filled = forms.read_form(knock.body["view"])
    title = form_words.TITLES[filled.kind]()
    if filled.same is not None:
        refusal = await deps.db.run(_join, knock, filled.same, deps)
        deps.sender.wake()
        return forms.beside_line(refusal) if refusal else Turned(told_view(title, form_words.ME_TOO()))
    line = tidy(filled.line).strip()
    if wrong := forms.wrong(line):
        return wrong
    team = _team(knock, filled)
    if team is None:
        return forms.beside_line(words.NO_TEAM())
    ask = Ask(filled.kind, team, knock.user, line, filled.about)
    told = await deps.db.run(_opened, knock.workspace, ask, deps)
    deps.sender.wake()
    return Turned(told_view(title, views.told_line(told)))


async def open_thread(_deps: Deps, _knock: Knock) -> None:
    """A link, which Slack opens by itself and tells us of."""


async def have_it(deps: Deps, knock: Knock) -> str | None:
    """*I have it.*"""
    return await _do(deps, knock, read_press(knock.action), store.have_it)


async def snooze(deps: Deps, knock: Knock) -> str | None:
    """*Snooze…*"""
    ask_id, choice = snoozes.read(knock.action)
    return await _do(deps, knock, ask_id, partial(store.snooze, choice=choice))


async def withdraw(deps: Deps, knock: Knock) -> str | None:
    """*No longer needed*, by the agent."""
    return await _do(deps, knock, read_press(knock.action), store.withdraw)


async def answer(deps: Deps, knock: Knock) -> str | None:
    """*Answer* asks for the words, at once: what opens a modal is good for three seconds."""
    ask_id = read_press(knock.action) or 0

    def find(tx: Connection) -> dict[str, Any] | str:
        found = store.may_answer(tx, knock.workspace, ask_id, knock.user)
        if not isinstance(found, Asked):
            return found
        return forms.answer_form(ask_rows.tell(tx, knock.workspace, found, deps.now()))

    view = await deps.db.run(find)
    return await open_form(deps, knock, view)


async def take_answer(deps: Deps, knock: Knock) -> Wrong | None:
    """The words were sent off."""
    ask_id, outcome, typed_line = forms.read_answer(knock.body["view"])
    line = tidy(typed_line).strip()
    if wrong := forms.wrong(line):
        return wrong
    now = deps.now()
    refusal = await deps.db.run(lambda tx: store.answer(tx, knock.workspace, ask_id, knock.user, outcome, line, now))
    deps.sender.wake()
    return forms.beside_line(refusal) if refusal else None


async def leader_time(deps: Deps, knock: Knock, order: Order) -> Message:
    """/care leader-time: whether my team sees how soon I answer."""
    if not any(knock.user in knock.workspace.people((*team.managers, *team.deputies)) for team in _teams(knock)):
        return Message(words.NOT_LEADING())

    def choose(tx: Connection) -> bool:
        if order.on is not None:
            leader_choices.show_time(tx, knock.workspace.team_id, knock.user, order.on)
        return knock.user in leader_choices.shows_time(tx, knock.workspace.team_id, [knock.user])

    return Message(words.TIME_ON() if await deps.db.run(choose) else words.TIME_OFF())


def _teams(knock: Knock) -> tuple[Team, ...]:
    return knock.workspace.setup.teams


Way = Callable[..., str | None]


async def _do(deps: Deps, knock: Knock, ask_id: int | None, way: Way) -> str | None:
    """What there is to see, the messages themselves say from then on."""
    now = deps.now()
    refusal = await deps.db.run(lambda tx: way(tx, knock.workspace, ask_id or 0, knock.user, now=now))
    deps.sender.wake()
    return refusal


def _opened(tx: Connection, workspace: Workspace, ask: Ask, deps: Deps) -> views.Told:
    now = deps.now()
    ask_id = store.open_ask(tx, workspace, ask, now)
    asked = ask_rows.get(tx, workspace.team_id, ask_id)
    assert asked is not None
    return ask_rows.tell(tx, workspace, asked, now)


def _join(tx: Connection, knock: Knock, ask_id: int, deps: Deps) -> str | None:
    return store.join(tx, knock.workspace, ask_id, knock.user, deps.now())


def _draft(tx: Connection, workspace: Workspace, user: str, kind: Kind, about: Source | None, here: str) -> Draft | str:
    """A form, filled with what is known: the team, if it is clear which, and the snags that there are."""
    teams = tuple(Choice(team.key, team.name) for team in workspace.teams_of(user))
    if not teams:
        return words.NO_TEAM()
    channels_team = workspace.setup.team_for(here)
    known = team_of([one.key for one in teams], channels_team.key if channels_team else None)
    teams = tuple(one for one in teams if known in (None, one.key))
    found = snags.open_of(tx, workspace, [one.key for one in teams], forms.MOST_SAME) if kind is Kind.SNAG else []
    same = forms.choices([(snag.id, snag.line, snag.people) for snag in found])
    return Draft(kind, about=about, teams=teams, same=same)


def _team(knock: Knock, filled: Filled) -> str | None:
    """The team that was chosen, else that of the message, else the only one."""
    mine = [team.key for team in knock.workspace.teams_of(knock.user)]
    if filled.team is not None:
        return filled.team if filled.team in mine else None
    channels_team = knock.workspace.setup.team_for(filled.about.channel) if filled.about else None
    return team_of(mine, channels_team.key if channels_team else None)
