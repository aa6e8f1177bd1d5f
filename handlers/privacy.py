"""What is kept about me: looked at, taken along, and erased after two questions."""

import json
from typing import Any

from bot.deps import Deps
from bot.store import erasing, kept_pages
from bot.views import privacy as views
from bot.views.words import privacy as words
from handlers.doors import Knock, Turned, open_form

FILE = "carecue.json"


async def show(deps: Deps, knock: Knock) -> None:
    """What is kept about whoever knocks."""
    counts = await deps.db.read(kept_pages.counts, knock.workspace, knock.user)
    await open_form(deps, knock, views.kept(counts, council=knock.workspace.setup.works_council))


async def export(deps: Deps, knock: Knock) -> None:
    """All of it, as a file in a direct message."""
    told = await deps.db.read(kept_pages.export, knock.workspace, knock.user, deps.now())
    content = json.dumps(told, ensure_ascii=False, indent=2).encode()
    slack = await knock.slack(deps)
    await slack.upload(await slack.open_dm(knock.user), {FILE: content}, words.EXPORTED())
    await _turn(deps, knock, views.told(words.SENT()))


async def erase(deps: Deps, knock: Knock) -> None:
    """The first question."""
    await _turn(deps, knock, views.erase_form())


async def go_on(_deps: Deps, _knock: Knock) -> Turned:
    """The second."""
    return Turned(views.sure_form())


async def sure(deps: Deps, knock: Knock) -> Turned:
    """Both were answered: the job does it."""
    await deps.db.run(erasing.ask, knock.workspace.team_id, knock.user, deps.now())
    return Turned(views.told(words.GOING()))


async def _turn(deps: Deps, knock: Knock, view: dict[str, Any]) -> None:
    await (await knock.slack(deps)).update_view(str((knock.body.get("view") or {}).get("id")), view)
