"""Every workspace in which CareCue was installed by OAuth, each by its own token or its organization's."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
from sqlalchemy.exc import SQLAlchemyError

from bot.slack.client import Slack
from bot.slack.errors import RateLimited, SlackError, Unclear
from bot.slack.oauth import METHOD, OAuth
from bot.store import installations, renewals
from bot.store.db import Db, is_away
from bot.store.installations import Standing, Tokens
from bot.store.renewals import PASSING, Turn
from bot.store.token_box import TokenBox, Unreadable

FRESH = 2.0  # seconds in which a process goes by what it knows: then it looks once, for all workspaces at once
WAIT, WAITS = 0.25, 40  # for the process that changes a token which is good no longer
KEEP, KEEPS = 1.0, 30  # for the database, until new tokens stand in it
SOON, LATER = timedelta(seconds=30), timedelta(minutes=10)  # until a token that could not be changed is tried again
NOT_INSTALLED = "not_authed"  # Slack's word for a request without a token

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """By which installation a workspace is spoken to, and how."""

    standing: Standing
    slack: Slack


class Installed:
    """Asks the database of a workspace once, and then only whether anything has changed; Slack only for new tokens."""

    def __init__(
        self,
        db: Db,
        box: TokenBox,
        oauth: OAuth,
        url: str,
        session: aiohttp.ClientSession,
        now: Callable[[], datetime],
        fresh: float = FRESH,
    ) -> None:
        self.box, self.oauth = box, oauth
        self._db, self._url, self._session, self._now, self._fresh = db, url, session, now, fresh
        self._known: dict[str, Known] = {}
        self._stamp: tuple[int, int] | None = None
        self._versions: dict[str, int] = {}
        self._look_at = 0.0
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, team_id: str) -> Slack:
        """Raises SlackError: `not_authed` where it is not installed, `token_expired` where Slack refuses a new token.

        Unclear or RateLimited where it may give one soon.
        """
        return (await self.known(team_id)).slack

    async def known(self, team_id: str) -> Known:
        """The same, with what the installation is."""
        await self._heed()
        found = self._known.get(team_id) or await self._read(team_id)
        return await self._renewed(team_id, found.standing.key) if self._is_over(found.standing) else found

    def slack(self, token: str, team_id: str | None = None) -> Slack:
        """By a token that is at hand; `team_id` where it is good for more than one workspace."""
        return Slack(token, self._url, self._session, team_id=team_id)

    async def by(self, standing: Standing) -> Known:
        """The installation itself as it is now, be it a workspace's or an organization's.

        Raises SlackError as `of` does.
        """
        if self._is_over(standing):
            await self._tried(standing.key)
            again = await self._db.read(installations.get, standing.key)
            standing = again or standing
        return Known(standing, self.slack(self._opened(standing)))

    def look_again(self) -> None:
        """Something has changed by our own doing."""
        self._look_at = 0.0

    async def renew(self, key: str) -> bool:
        """Change a token for a new one, if it is this process' turn: whether it did. Raises SlackError."""
        turn = await self._db.run(renewals.take, key, self._now())
        if turn is None:
            return False
        try:
            tokens = await self.oauth.renewed(self.box.open(key, turn.refresh_token))
        except Unreadable as error:
            log.error("%s", error)  # what it says is all
            raise SlackError(METHOD, "invalid_auth") from None
        except SlackError as error:
            await self._not_renewed(turn, error)
            raise
        await self._keep(turn, tokens)
        self.look_again()
        return True

    async def _keep(self, turn: Turn, tokens: Tokens) -> None:
        """They stand nowhere else yet: a database that restarts is waited for, as long as nobody else has the turn."""
        for tries_left in reversed(range(KEEPS)):
            try:
                await self._db.run(renewals.done, self.box, turn, tokens, self._now())
                return
            except SQLAlchemyError as error:
                if not tries_left or not is_away(error):
                    raise
                await asyncio.sleep(KEEP)

    async def _not_renewed(self, turn: Turn, error: SlackError) -> None:
        if isinstance(error, RateLimited | Unclear):
            trouble, pause = PASSING, timedelta(seconds=error.retry_after) if isinstance(error, RateLimited) else SOON
        else:
            trouble, pause = error.error, LATER
            log.error("Slack gives no new token for %s: %s. `carecue doctor` says what to do.", turn.key, error.error)
        await self._db.run(renewals.failed, turn, self._now() + pause, trouble)

    async def _heed(self) -> None:
        """Forget what has changed: once in a while one question for all workspaces, whoever asks for which."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._look_at:
            return
        self._look_at = loop.time() + self._fresh
        stamp = await self._db.read(installations.stamp)
        if stamp == self._stamp:
            return
        self._versions = await self._db.read(installations.versions)
        self._stamp = stamp
        there = {team: one for team, one in self._known.items() if one.standing.key in self._versions}
        self._known = {team: one for team, one in there.items() if self._is_newest(one.standing)}

    async def _read(self, team_id: str) -> Known:
        standing = await self._db.read(installations.find, team_id)
        if standing is None:
            raise SlackError("authorize", NOT_INSTALLED)
        found = Known(standing, self.slack(self._opened(standing), team_id if standing.is_org else None))
        if self._is_newest(standing):  # else it has changed since it was read
            self._known[team_id] = found
        return found

    async def _renewed(self, team_id: str, key: str) -> Known:
        """Its token is good no longer: change it, or wait for whoever does."""
        async with self._turns[key]:
            for _ in range(WAITS):
                found = await self._read(team_id)
                if not self._is_over(found.standing):
                    return found
                if await self._tried(key):
                    continue
                trouble = await self._db.read(renewals.rests, key, self._now())
                if trouble:
                    raise SlackError(METHOD, "token_expired")
                if trouble == PASSING:
                    break  # else whatever is to be said there would hold up all else
                await asyncio.sleep(WAIT)
        raise Unclear(METHOD, "not renewed yet")

    async def _tried(self, key: str) -> bool:
        try:
            return await self.renew(key)
        except (RateLimited, Unclear):
            raise
        except SlackError:
            raise SlackError(METHOD, "token_expired") from None

    def _is_over(self, standing: Standing) -> bool:
        return standing.expires_at is not None and standing.expires_at <= self._now()

    def _is_newest(self, standing: Standing) -> bool:
        return self._versions.get(standing.key, 0) <= standing.version

    def _opened(self, standing: Standing) -> str:
        try:
            return self.box.open(standing.key, standing.token)
        except Unreadable as error:
            log.error("%s", error)
            raise SlackError("authorize", "invalid_auth") from None
