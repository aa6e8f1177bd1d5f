"""By which token a workspace is spoken to."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import aiohttp

from bot.settings import NotSetUp, Settings
from bot.slack.client import Slack
from bot.slack.installed import Installed
from bot.slack.oauth import OAuth
from bot.store.db import Db
from bot.store.token_box import BadKeys, TokenBox


class Clients(Protocol):
    """Every workspace's view of Slack. A Slack of one token is one of these too: it answers for its one workspace."""

    async def of(self, team_id: str) -> Slack:
        """Cheap: it asks nobody, as a rule. Raises SlackError as Slack would for a token that is not good."""
        ...


def clients(
    settings: Settings, db: Db, session: aiohttp.ClientSession, now: Callable[[], datetime]
) -> Slack | Installed:
    """The one workspace of a token in the settings, or all that are installed by OAuth. Raises NotSetUp."""
    if settings.many:
        return everywhere(settings, db, session, now)
    if settings.bot_token is None:
        raise NotSetUp("There is no bot token. Set SLACK_BOT_TOKEN, in the environment or in the file .env.")
    return Slack(settings.bot_token.get_secret_value(), settings.slack_url, session)


def everywhere(settings: Settings, db: Db, session: aiohttp.ClientSession, now: Callable[[], datetime]) -> Installed:
    """The workspaces that are installed by OAuth. Raises NotSetUp."""
    secret = settings.client_secret.get_secret_value() if settings.client_secret else ""
    oauth = OAuth(settings.client_id or "", secret, settings.slack_url, session)
    return Installed(db, box(settings), oauth, settings.slack_url, session, now)


def box(settings: Settings) -> TokenBox:
    """What tokens are encrypted with. Raises NotSetUp."""
    try:
        return TokenBox(settings.keys)
    except BadKeys as bad:
        raise NotSetUp(str(bad)) from None
