"""Kudos, looked at: my page, the team's, what a person wants, and all that is theirs to take along."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block
from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.kudos import may_change
from bot.store import kudos_choices, kudos_lists
from bot.store.workspaces import Workspace
from bot.views import kudos_answers as answers
from bot.views import kudos_export as export_views
from bot.views import kudos_form as forms
from bot.views import kudos_pages as views
from bot.views.message import Message, one_line
from bot.views.words import kudos as words
from bot.views.words import kudos_pages as page_words
from handlers.doors import Knock, Turned, open_form

LOOK_BACK = timedelta(weeks=7)  # and the week that runs


async def mine(deps: Deps, knock: Knock) -> Message:
    """What I was thanked for, as stories, and what I gave."""
    return await deps.db.run(page_of, knock.workspace, knock.user, deps.now())


async def team(deps: Deps, knock: Knock) -> Message:
    """What my teams were thanked for; and, if I lead one, who in it goes without."""
    blocks = await deps.db.run(_teams, knock.workspace, knock.user, deps.now())
    return views.page(page_words.TEAM(), blocks) if blocks else one_line(page_words.NO_TEAM())


async def export(deps: Deps, knock: Knock) -> Message:
    """All that is mine, as files in a direct message."""
    rows = await deps.db.run(kudos_lists.export, knock.workspace, knock.user)
    if not rows:
        return one_line(page_words.NOTHING_TO_EXPORT())
    files = export_views.files(rows)
    slack = await knock.slack(deps)
    await slack.upload(await slack.open_dm(knock.user), files, page_words.EXPORTED())
    return one_line(page_words.EXPORT_SENT())


async def settings(deps: Deps, knock: Knock) -> None:
    """What I want to happen with kudos for me."""
    chosen = await deps.db.run(kudos_choices.get, knock.workspace.team_id, knock.user)
    view = forms.settings_form(chosen.announce, chosen.keep_thanks)
    await open_form(deps, knock, view)


async def choose(deps: Deps, knock: Knock) -> Turned:
    """The settings were sent off."""
    announce, keep_thanks = forms.read_settings(knock.body["view"])
    await deps.db.run(kudos_choices.choose, knock.workspace.team_id, knock.user, announce, keep_thanks)
    return Turned(answers.told_view(words.SAVED()))


async def usage(_deps: Deps, _knock: Knock) -> Message:
    """What the command understands."""
    return answers.usage()


Page = Callable[[Deps, Knock], Awaitable[Message | None]]
PAGES: Mapping[str, Page] = {
    "mine": mine,
    "team": team,
    "export": export,
    "settings": settings,
    "help": usage,
    "?": usage,
}


def page_of(tx: Connection, workspace: Workspace, user: str, now: datetime) -> Message:
    """My page."""
    received, given = kudos_lists.mine(tx, workspace, user, views.MOST_STORIES)
    kept = kudos_lists.kept(tx, workspace, user, views.MOST_STORIES)
    return views.mine(received, given, kept, changeable=sum(may_change(one.at, now) for one in given))


def _teams(tx: Connection, workspace: Workspace, user: str, now: datetime) -> list[Block]:
    led = {team.key for team in workspace.led_by(user)}
    blocks: list[Block] = []
    for one in workspace.teams_of(user):
        weeks = kudos_lists.balance(tx, workspace, one.key, now - LOOK_BACK, now)
        blocks += views.team(one.name, weeks) if weeks else views.too_small(one.name)
        if one.key in led and not workspace.setup.works_council:
            days = workspace.setup.kudos.unthanked_after_days
            without = kudos_lists.unthanked(tx, workspace, one.key, now - timedelta(days=days))
            blocks += views.unthanked(without, days)
    return blocks
