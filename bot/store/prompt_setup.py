"""The book of prompts as a team's managers change it: the setup holds which do not come, and people's own."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.prompt_book import Prompt, book
from bot.domain.setup import Setup
from bot.store import setup
from bot.store.workspaces import Workspace

MOST_OWN = 50  # so that a form can list them beside the others
LONGEST_ID = 30


def offered(workspace: Workspace, user: str) -> tuple[Prompt, ...]:
    """All that may come to whoever leads this person's teams, those that do not come any more too."""
    led = {team.key for team in workspace.led_by(user)}
    of_setup = workspace.setup.prompts
    theirs = (*book(), *(one for one in of_setup.own if one.team is None or one.team in led))
    return tuple(one for one in theirs if one.id not in of_setup.retired)


def retired(workspace: Workspace, user: str) -> frozenset[str]:
    """Those that some team of this person's does not want."""
    return frozenset(one for team in workspace.led_by(user) for one in team.retired_prompts)


def retire(tx: Connection, workspace: Workspace, user: str, ids: Collection[str], now: datetime) -> None:
    """From now on these do not come to who leads this person's teams, and all others do."""
    known = [one.id for one in offered(workspace, user) if one.id in ids]
    led = [team.key for team in workspace.led_by(user)]
    setup.change(tx, workspace, led, lambda team: replace(team, retired_prompts=tuple(known)), now, user)


def add(tx: Connection, workspace: Workspace, user: str, prompt: Prompt, now: datetime) -> bool:
    """One of people's own, for a team that this person leads; False where there is no room, or no such team."""
    if prompt.team not in {team.key for team in workspace.led_by(user)}:
        return False
    return bool(setup.edit(tx, workspace.team_id, lambda before: _with_own(before, prompt), now, user))


def _with_own(before: Setup, prompt: Prompt) -> Setup:
    own = before.prompts.own
    if len(own) >= MOST_OWN:
        return before
    named = replace(prompt, id=_id(before, prompt.title))
    return replace(before, prompts=replace(before.prompts, own=(*own, named)))


def _id(of: Setup, title: str) -> str:
    """Its title in plain letters, with a number where that is taken."""
    taken = {one.id for one in (*book(), *of.prompts.own)}
    plain = re.sub(r"[^a-z0-9]+", "-", title.casefold())[:LONGEST_ID].strip("-") or "own"
    names = (f"{plain}-{number}" if number else plain for number in range(MOST_OWN + 2))
    return next(name for name in names if name not in taken)
