"""A rule that has fallen silent is switched on again."""

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import precision as store
from bot.store import setup
from bot.views import precision as views
from bot.views.message import Message
from bot.views.words import precision as words
from handlers.doors import Knock


async def switch_on(deps: Deps, knock: Knock) -> str | Message:
    """*Switch on again*: what is due by this rule comes."""
    rule = views.read_rule(knock.action)
    if rule is None:
        return words.ON_ALREADY()
    return await deps.db.run(_switch_on, deps, knock, rule)


def _switch_on(tx: Connection, deps: Deps, knock: Knock, rule: str) -> str | Message:
    workspace, now = knock.workspace_now(tx, deps), deps.now()
    setup.hold(tx, workspace.team_id)
    if not store.switch_on(tx, workspace.team_id, rule, now):
        return words.ON_ALREADY()
    setup.move_waits(tx, workspace.team_id, now)
    return views.on_again(rule, knock.user)
