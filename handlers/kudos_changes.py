"""Kudos, thought over: for a day the giver may find other words, let others hear of it, or take it back."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.kudos import Refused
from bot.domain.typed import tidy
from bot.store import kudos as store
from bot.store.workspaces import Workspace
from bot.views import kudos_answers as answers
from bot.views import kudos_form as forms
from bot.views.kudos import Story
from bot.views.kudos_form import Filled
from bot.views.message import Message, read_press
from bot.views.words import kudos as words
from handlers import home
from handlers.doors import Knock, Turned, Wrong, open_form
from handlers.kudos import told


async def edit(deps: Deps, knock: Knock) -> str | None:
    """*Edit*: the form with the words as they are."""
    found = await deps.db.run(_given_by, knock.workspace, read_press(knock.action), knock.user, deps.now())
    if isinstance(found, Refused):
        await home.follow(deps, knock)
        return words.refused(found, [])
    filled = Filled(behaviours=found.behaviours, reason=found.reason, kudos_id=found.id)
    return await open_form(deps, knock, forms.edit_form(filled))


async def save(deps: Deps, knock: Knock) -> Wrong | Turned:
    """Other words."""
    filled = forms.read_form(knock.body["view"])
    kudos_id, reason, behaviours = filled.kudos_id or 0, tidy(filled.reason).strip(), filled.behaviours
    refused = await deps.db.run(store.edit, knock.workspace, kudos_id, knock.user, reason, behaviours, deps.now())
    deps.sender.wake()
    return forms.beside(refused, {}, editing=True) if refused else Turned(answers.told_view(words.CHANGED()))


async def add(deps: Deps, knock: Knock) -> Message | str | None:
    """The behaviour that was suggested."""
    kudos_id, behaviour = answers.read_added(knock.action)

    def take(tx: Connection) -> Story | Refused:
        found = _given_by(tx, knock.workspace, kudos_id, knock.user, deps.now())
        if isinstance(found, Refused):
            return found
        behaviours = tuple(dict.fromkeys((*found.behaviours, behaviour)))
        refused = store.edit(tx, knock.workspace, found.id, knock.user, found.reason, behaviours, deps.now())
        return refused or replace(found, behaviours=behaviours)

    return await _changed(deps, knock, await deps.db.run(take))


async def share(deps: Deps, knock: Knock) -> Message | str | None:
    """Let others hear of it too."""
    kudos_id, where = read_press(knock.action), answers.read_share(knock.action)

    def take(tx: Connection) -> Story | Refused:
        found = _given_by(tx, knock.workspace, kudos_id, knock.user, deps.now())
        if isinstance(found, Refused):
            return found
        refused = store.share(tx, knock.workspace, found.id, knock.user, where, deps.now())
        return refused or replace(found, where=where)

    return await _changed(deps, knock, await deps.db.run(take))


async def take_back(deps: Deps, knock: Knock) -> str | None:
    """*Take back.* On Home the page itself shows that they are gone."""
    kudos_id = read_press(knock.action) or 0
    refused = await deps.db.run(store.take_back, knock.workspace, kudos_id, knock.user, deps.now())
    deps.sender.wake()
    await home.follow(deps, knock)
    if refused:
        return words.refused(refused, [])
    return None if (knock.body.get("view") or {}).get("type") == "home" else words.TAKEN_BACK()


async def _changed(deps: Deps, knock: Knock, outcome: Story | Refused) -> Message | str | None:
    """The same answer, as it is now: in the message or in the form in which the button stands."""
    deps.sender.wake()
    if isinstance(outcome, Refused):
        return words.refused(outcome, [])
    if view := knock.body.get("view"):
        await (await knock.slack(deps)).update_view(str(view["id"]), answers.given_view(outcome))
        return None
    return told(knock.workspace, outcome)


def _given_by(tx: Connection, workspace: Workspace, kudos_id: int | None, giver: str, now: datetime) -> Story | Refused:
    """What the giver may still change."""
    found = store.given_by(tx, workspace, kudos_id or 0, giver, now)
    return found if isinstance(found, Refused) else found.story(None)
