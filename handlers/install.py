"""/slack/install, and where Slack sends the browser back to: how CareCue comes into a workspace by OAuth.

Whoever comes back has to be the browser that went: else somebody could have another install what they began.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.deps import Deps
from bot.slack.errors import SlackError
from bot.slack.installed import Installed
from bot.slack.installing import NotInvited, install
from bot.slack.manifest import INSTALL, REDIRECT
from bot.slack.scopes import needed
from bot.store import oauth_states
from bot.store.installations import Grant
from bot.store.workspaces import Installation
from handlers import DOORS
from handlers.install_pages import page

COOKIE = "carecue_install"
SECRET = 32  # bytes of what nobody guesses
LONGEST = 200  # characters of a cookie or state that may be ours
AGAIN = (INSTALL, "Install CareCue")
LOCAL = {"localhost", "127.0.0.1", "::1"}  # without TLS: a sandbox

Answer = Callable[[Request], Awaitable[Response]]

log = logging.getLogger(__name__)


def routes(deps: Deps) -> list[Route]:
    """None where CareCue is installed by a token in its settings."""
    if deps.installed is None:
        return []
    desk = Desk(deps, deps.installed)
    return [Route(INSTALL, _calm(desk.begin), methods=["GET"]), Route(REDIRECT, _calm(desk.end), methods=["GET"])]


def _calm(answer: Answer) -> Answer:
    """While the database is away, a page says so."""

    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except SQLAlchemyError as error:
            log.error("An install failed: the database says %s.", type(error).__name__)
            return page("Not now", "CareCue cannot remember anything just now. Please try again soon.", AGAIN, 503)

    return answered


class Desk:
    """Where installs begin and end; what has begun stands in the database, so that any process may end it."""

    def __init__(self, deps: Deps, installed: Installed) -> None:
        self._deps, self._installed = deps, installed
        self._scopes = needed(DOORS.events)

    async def begin(self, request: Request) -> Response:
        """Off to Slack, which asks whether CareCue may come in."""
        state, browser = secrets.token_urlsafe(SECRET), _browser(request) or secrets.token_urlsafe(SECRET)
        if not await self._deps.db.run(oauth_states.begin, state, browser, self._deps.now()):
            return page("Too many at once", "Please try again in a few minutes.", AGAIN, 503)
        away = RedirectResponse(self._installed.oauth.page(self._scopes, state), 302, {"Cache-Control": "no-store"})
        away.set_cookie(
            COOKIE,
            browser,
            max_age=int(oauth_states.GOOD_FOR.total_seconds()),
            path=REDIRECT.rsplit("/", 1)[0],
            secure=request.url.hostname not in LOCAL,
            httponly=True,
            samesite="lax",
        )
        return away

    async def end(self, request: Request) -> Response:
        """Back from Slack, with a code if CareCue may."""
        asked = request.query_params
        if not await self._began(asked.get("state", ""), _browser(request)):
            return page(
                "Please start again",
                "This install was not begun in this browser within the last ten minutes, or is over already. "
                "Nothing was installed.",
                AGAIN,
                400,
            )
        if not asked.get("code"):
            return page("Not installed", "Slack was not allowed to let CareCue in. Nothing has changed.", AGAIN)
        return await self._let_in(asked["code"])

    async def _began(self, state: str, browser: str) -> bool:
        if not 0 < len(state) <= LONGEST:
            return False
        return await self._deps.db.run(oauth_states.take, state, browser, self._deps.now())

    async def _let_in(self, code: str) -> Response:
        deps = self._deps
        try:
            return _welcome(*await install(deps.db, self._installed, code, deps.settings.allowed, deps.now()))
        except NotInvited as refused:
            log.warning("Somebody of %s wanted CareCue, which CARECUE_ALLOWED does not name.", refused)
            return page("Not installed", "This CareCue is not for your workspace. Nothing is kept of it.", None, 403)
        except SlackError as error:
            reference = secrets.token_hex(4)
            log.error("An install failed: %s. Reference: %s.", error, reference)  # no trace: no secrets
            said = f"Slack did not finish it. Please try again; if it stays so, tell your admin reference {reference}."
            return page("Not installed", said, AGAIN, 502)


def _welcome(grant: Grant, here: Installation) -> Response:
    title = f"CareCue is installed in {here.name}"
    if grant.is_org:
        return page(title, "Add it to the workspaces in which it is to look after customers, in Slack's admin pages.")
    told = "It writes to you in Slack in a moment. Invite it to the channels in which your customers write."
    return page(title, told, (f"https://slack.com/app_redirect?app={grant.app_id}&team={here.team_id}", "Open Slack"))


def _browser(request: Request) -> str:
    cookie = request.cookies.get(COOKIE, "")
    return cookie if len(cookie) <= LONGEST else ""
