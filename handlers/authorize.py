"""Whether a workspace whose people press and type has CareCue installed, where there are many: Bolt asks each time."""

import logging
from collections.abc import Awaitable, Callable

from slack_bolt.authorization import AuthorizeResult
from sqlalchemy.exc import SQLAlchemyError

from bot.slack.errors import SlackError
from bot.slack.installed import NOT_INSTALLED, Installed, Known
from bot.store import installations
from bot.store.db import Db

log = logging.getLogger(__name__)

Authorize = Callable[[str | None, str | None], Awaitable[AuthorizeResult | None]]


def authorize(db: Db, installed: Installed) -> Authorize:
    """From memory as a rule. Bolt is handed no token: the doors speak through `deps.slack`."""

    async def who(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        try:
            return await _known(db, installed, enterprise_id or "", team_id or "")
        except SlackError as error:
            if error.error == NOT_INSTALLED:
                log.info("Somebody of %s asked, where CareCue is not installed.", team_id or enterprise_id)
                return None
        except SQLAlchemyError:
            pass
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)  # the door says what is wrong

    return who


async def _known(db: Db, installed: Installed, enterprise_id: str, team_id: str) -> AuthorizeResult | None:
    if not team_id or team_id == enterprise_id:  # of an organization as a whole
        standing = await db.read(installations.get, enterprise_id)
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=None) if standing else None
    try:
        return _result(team_id, await installed.known(team_id))
    except SlackError:
        if not enterprise_id or not await db.run(installations.meet_new, team_id, enterprise_id):
            raise
    return _result(team_id, await installed.known(team_id))


def _result(team_id: str, known: Known) -> AuthorizeResult:
    by = known.standing
    return AuthorizeResult(
        enterprise_id=by.enterprise_id, team_id=team_id, bot_user_id=by.bot_user_id, bot_id=by.bot_id
    )
