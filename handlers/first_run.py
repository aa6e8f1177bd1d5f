"""The first steps in a workspace: three forms, each of which turns into the next."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Connection

from bot.deps import Deps
from bot.slack.people import learn_people
from bot.store import first_run as store
from bot.views import first_run as views
from bot.views.message import Message
from bot.views.words import first_run as words
from handlers.doors import Knock, Turned, Wrong, open_form

LEARN = 1.5  # seconds that Slack may take to say who is chosen; it waits three for the next form


async def start(deps: Deps, knock: Knock) -> str | None:
    """*Set up the first team.*"""
    view = await deps.db.run(lambda tx: store.begin(tx, knock.workspace_now(tx, deps), knock.user))
    return await open_form(deps, knock, view)


async def not_now(deps: Deps, knock: Knock) -> str | Message:
    """*Not now.*"""
    return await deps.db.run(store.not_now, knock.workspace, knock.user, deps.now())


async def team(deps: Deps, knock: Knock) -> Wrong | Turned:
    """Who is in it."""
    view, workspace = knock.body["view"], knock.workspace
    chosen = views.chosen_people(view)
    with suppress(TimeoutError):  # who has not been met by then may be in the team
        async with asyncio.timeout(LEARN):
            await learn_people(deps.db, deps.slack, workspace.team_id, chosen, deps.now())
    outsiders = await deps.db.run(store.outsiders, workspace, chosen)
    draft = views.read_team(view, outsiders)
    if isinstance(draft, dict):
        return draft
    zone = await deps.db.run(store.zone_of, workspace, knock.user)
    return Turned(views.hours_form(replace(draft, zone=zone)))


async def hours(_deps: Deps, knock: Knock) -> Wrong | Turned:
    """When it works, and how soon it answers."""
    draft = views.read_hours(knock.body["view"])
    if draft is None:
        return {views.HOURS: words.LOST()}
    return draft if isinstance(draft, dict) else Turned(views.channels_form(draft))


async def channels(deps: Deps, knock: Knock) -> Wrong | Turned:
    """Where its customers write: then the team is set up."""
    view = knock.body["view"]
    draft = views.carried(view)
    if draft is None:
        return {views.CHANNELS: words.LOST()}

    def save(tx: Connection) -> Wrong | Turned:
        now, workspace = deps.now(), knock.workspace_now(tx, deps)
        wrong = store.save(tx, workspace, knock.user, draft, views.read_channels(view), now)
        if isinstance(wrong, str):
            return {views.CHANNELS: wrong}
        if wrong:
            return {views.field_of(finding.path): finding.sentence for finding in reversed(wrong)}
        here = knock.workspace_now(tx, deps)
        store.follow(tx, here, now)
        told = store.told(tx, here, now)
        return Turned(views.done(told)) if told else {views.CHANNELS: words.LOST()}

    return await deps.db.run(save)
