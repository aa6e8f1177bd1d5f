"""The app itself, as Slack knows it: asks for leave to be installed, and changes tokens for new ones."""

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode, urljoin

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.slack.client import TIMEOUT, new_web
from bot.slack.errors import SlackError, of_connection, of_response
from bot.store.installations import Grant, Tokens

METHOD = "oauth.v2.access"
AUTHORIZE = "/oauth/v2/authorize"


class OAuth:
    """By an app's client id and secret. Its verbs raise SlackError; none asks twice: what it sends is good once."""

    def __init__(self, client_id: str, client_secret: str, url: str, session: aiohttp.ClientSession) -> None:
        self._id, self._url = client_id, url
        self._headers = {"Authorization": f"Basic {b64encode(f'{client_id}:{client_secret}'.encode()).decode()}"}
        self._web = new_web(url, session)

    def page(self, scopes: Sequence[str], state: str) -> str:
        """Where somebody lets CareCue in. Slack comes back to the address that the app's settings name first."""
        asked = urlencode({"client_id": self._id, "scope": ",".join(scopes), "state": state})
        return f"{urljoin(self._url, AUTHORIZE)}?{asked}"

    async def granted(self, code: str) -> Grant:
        """What somebody has let CareCue into; a code is good once, for ten minutes."""
        answer = await self._ask(code=code)
        is_org = answer.get("is_enterprise_install") is True
        whole = answer.get("enterprise" if is_org else "team") or {}
        if answer.get("token_type") != "bot" or not whole.get("id"):
            raise SlackError(METHOD, "no_bot_token")
        installer = (answer.get("authed_user") or {}).get("id")
        scopes, app_id = str(answer.get("scope") or ""), str(answer.get("app_id") or "")
        return Grant(_tokens(answer), str(whole["id"]), is_org, scopes, installer, app_id)

    async def renewed(self, refresh_token: str) -> Tokens:
        """New tokens; the one that is handed in is good no longer."""
        return _tokens(await self._ask(grant_type="refresh_token", refresh_token=refresh_token))

    async def _ask(self, **asked: str) -> Any:
        try:
            async with asyncio.timeout(TIMEOUT):
                return await self._web.api_call(METHOD, data=asked, headers=self._headers)
        except SlackApiError as error:
            raise of_response(METHOD, error) from None  # its text quotes the whole answer
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise of_connection(METHOD, error) from None


def _tokens(answer: Any) -> Tokens:
    expires = answer.get("expires_in")
    return Tokens(str(answer["access_token"]), answer.get("refresh_token"), int(expires) if expires else None)
