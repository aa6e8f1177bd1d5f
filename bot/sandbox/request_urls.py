"""Deliveries by signed HTTP, to the request URLs of the manifest."""

import hashlib
import hmac
import json
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.clock import wall_seconds
from bot.sandbox.delivery import Answer, Delivery
from bot.sandbox.installed import App


class RequestUrls:
    """`timeout`: real seconds in which the app must have answered (Slack's three)."""

    def __init__(self, app: App, timeout: float) -> None:
        self._app = app
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    async def send(self, delivery: Delivery) -> Answer:
        url = self._url(delivery)
        if not url:
            return Answer(False, reason="no_request_url")
        body, content_type = _body(delivery)
        headers = self._headers(body) | {"Content-Type": content_type}
        if delivery.attempt:
            headers |= {"X-Slack-Retry-Num": str(delivery.attempt), "X-Slack-Retry-Reason": delivery.reason}
        return await self._post(url, body, headers)

    async def verify(self, challenge: str = "3eZbrw1aBm2rZgRNFdxV2595") -> bool:
        """The handshake with which Slack takes up a new request URL."""
        payload = {"token": self._app.verification_token, "challenge": challenge, "type": "url_verification"}
        body = json.dumps(payload).encode()
        headers = self._headers(body) | {"Content-Type": "application/json"}
        answer = await self._post(str(self._app.events_url), body, headers)
        said = answer.body.get("challenge") if isinstance(answer.body, dict) else answer.body
        return answer.ok and said == challenge

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _url(self, delivery: Delivery) -> str | None:
        if delivery.kind == "events_api":
            return self._app.events_url
        if delivery.kind == "slash_commands":
            command = self._app.commands.get(delivery.payload["command"], {})
            return command.get("url")
        suggestion = delivery.payload["type"] == "block_suggestion"
        return self._app.options_url if suggestion else self._app.interactivity_url

    def _headers(self, body: bytes) -> dict[str, str]:
        stamp = str(wall_seconds())
        signed = f"v0:{stamp}:".encode() + body
        digest = hmac.new(self._app.signing_secret.encode(), signed, hashlib.sha256).hexdigest()
        return {
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}",
        }

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        timeout = aiohttp.ClientTimeout(total=self._timeout)
        try:
            async with self._session.post(
                url, data=body, headers=headers, timeout=timeout, max_redirects=2
            ) as response:
                return _answer(response, await response.text())
        except TimeoutError:
            return Answer(False, reason="http_timeout")
        except aiohttp.TooManyRedirects:
            return Answer(False, reason="too_many_redirects")
        except aiohttp.ClientError:
            return Answer(False, reason="connection_failed")


def _answer(response: aiohttp.ClientResponse, text: str) -> Answer:
    if not 200 <= response.status < 300:
        return Answer(False, text, reason="http_error", retry=response.headers.get("X-Slack-No-Retry") != "1")
    if response.content_type == "application/json" and text:
        try:
            return Answer(True, json.loads(text))
        except ValueError:
            return Answer(True, text)
    return Answer(True, text or None)


def _body(delivery: Delivery) -> tuple[bytes, str]:
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload).encode(), "application/json"
    fields = delivery.payload if delivery.kind == "slash_commands" else {"payload": json.dumps(delivery.payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"
