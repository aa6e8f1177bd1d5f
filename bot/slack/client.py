"""The Web API edge: the few verbs that CareCue uses, over one shared session.

Every verb raises SlackError or one of its kinds (bot.slack.errors). Reads are tried again a few times; what writes is
tried once, and the caller decides.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.arrivals import Account, account
from bot.domain.moments import ts_of
from bot.domain.presence import Dnd
from bot.metrics import called
from bot.slack.errors import RateLimited, SlackError, Unclear, of_connection, of_response
from bot.store.channels import Facts
from bot.store.workspaces import Installation
from bot.traces import span

Json = Mapping[str, Any]

TIMEOUT = 20.0
READS = 3
PATIENCE = 5.0  # a read waits no longer than this for a rate limit to pass
PAGE = 200
EVENT_TYPE = "carecue"
# What an organization's token has to be told the workspace for; all of them are read.
OF_A_TEAM = {"dnd.teamInfo", "usergroups.list", "usergroups.users.list", "users.conversations", "users.list"}

# At DEBUG the SDK logs what is said, so its words are kept at INFO whatever the level of all else.
_sdk_log = logging.getLogger("bot.slack.sdk")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who CareCue is to Slack, what it may do, and the time on Slack's clock."""

    installation: Installation
    scopes: frozenset[str]
    server_time: datetime | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands."""

    channel: str
    ts: str


def new_session(*, trust_env: bool = False) -> aiohttp.ClientSession:
    """A session to be shared by everything that talks to Slack; whoever makes it closes it.

    `trust_env`: with the proxy of the environment, which the SDK finds by itself.
    """
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT), trust_env=trust_env)


def new_web(url: str, session: aiohttp.ClientSession, token: str | None = None) -> AsyncWebClient:
    """The SDK's client as it may be used here: it asks once, and logs nobody's words."""
    _sdk_log.setLevel(logging.INFO)
    web = AsyncWebClient(token, base_url=url, session=session, logger=_sdk_log, retry_handlers=[])
    if urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1"):
        web.proxy = None  # a proxy from the environment is for the world outside
    return web


class Slack:
    """One bot token's view of Slack; `team_id` says which workspace is meant where the token is good for several."""

    def __init__(
        self,
        token: str,
        url: str,
        session: aiohttp.ClientSession,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        team_id: str | None = None,
    ) -> None:
        self._web = new_web(url, session, token)
        self._session = session
        self._sleep = sleep
        self._team_id = team_id

    async def of(self, _team_id: str) -> "Slack":
        """The same for any workspace: a token from the settings is all that there is."""
        return self

    async def identity(self) -> Identity:
        """`auth.test`: raises SlackError `invalid_auth` and the like for a token that is not good."""
        answer = await self._read("auth.test")
        date = answer.headers.get("Date")
        installation = Installation(
            team_id=answer["team_id"],
            name=answer["team"],
            url=answer["url"],
            enterprise_id=answer.get("enterprise_id"),
            bot_user_id=answer["user_id"],
            bot_id=answer.get("bot_id"),
        )
        scopes = filter(None, (scope.strip() for scope in answer.headers.get("x-oauth-scopes", "").split(",")))
        return Identity(installation, frozenset(scopes), parsedate_to_datetime(date) if date else None)

    async def teams(self) -> dict[str, str]:
        """The names of the workspaces that an organization's token is good for, by their ids."""
        return {str(team["id"]): str(team["name"]) async for team in self._pages("auth.teams.list", "teams")}

    async def revoke(self) -> None:
        """Hand the token back: it is good no longer."""
        await self._write("auth.revoke", {})

    async def open_socket(self, app_token: str) -> str:
        """A WebSocket address for Socket Mode: shows that the app token is good."""
        return str((await self._write("apps.connections.open", {"token": app_token}))["url"])

    async def user(self, user_id: str) -> Account:
        """Raises SlackError `user_not_found`."""
        return account((await self._read("users.info", user=user_id, include_locale=True))["user"])

    async def primary_owner(self) -> str | None:
        """To whom the workspace belongs; None where Slack names nobody."""
        async for user in self._pages("users.list", "members"):
            if user.get("is_primary_owner") and not user.get("deleted"):
                return str(user["id"])
        return None

    async def channel(self, channel: str) -> Facts:
        """Raises SlackError `channel_not_found`, also for what CareCue may not see."""
        return facts((await self._read("conversations.info", channel=channel))["channel"])

    async def joined(self) -> list[Facts]:
        """The channels that CareCue is in."""
        types = "public_channel,private_channel"
        pages = self._pages("users.conversations", "channels", types=types, exclude_archived=True)
        return [facts(channel, is_member=True) async for channel in pages]

    async def members(self, channel: str) -> set[str]:
        """Everyone in a channel."""
        return {str(user) async for user in self._pages("conversations.members", "members", channel=channel)}

    async def groups(self) -> dict[str, str]:
        """The user groups of the workspace: their handles by their ids."""
        return {str(group["id"]): str(group["handle"]) for group in (await self._read("usergroups.list"))["usergroups"]}

    async def group_members(self, group: str) -> list[str]:
        """The people of a user group (S…)."""
        return list((await self._read("usergroups.users.list", usergroup=group))["users"])

    async def dnd(self, users: Sequence[str]) -> dict[str, Dnd | None]:
        """When Slack next keeps silent for these people, 50 at most; None where it never does by itself.

        Who has silenced it by hand is not told to others.
        """
        told = (await self._read("dnd.teamInfo", users=",".join(users)))["users"]
        return {user: _dnd(one) for user, one in told.items()}

    async def history(self, channel: str, oldest: datetime) -> AsyncIterator[Json]:
        """What stands in the channel itself since then, newest first, with the messages' metadata."""
        params = {"channel": channel, "oldest": ts_of(oldest), "inclusive": True, "include_all_metadata": True}
        async for message in self._pages("conversations.history", "messages", **params):
            yield message

    async def replies(self, channel: str, root_ts: str, oldest: datetime) -> AsyncIterator[Json]:
        """A thread since then, its root first, with the messages' metadata."""
        params = {"channel": channel, "oldest": ts_of(oldest), "inclusive": True, "include_all_metadata": True}
        async for message in self._pages("conversations.replies", "messages", ts=root_ts, **params):
            yield message

    async def history_page(self, channel: str, oldest: str, latest: str, limit: int) -> tuple[list[Json], bool]:
        """One page between these two `ts`, newest first, and whether there is more. Asked once: the caller waits."""
        params = {"channel": channel, "oldest": oldest, "latest": latest, "limit": limit}
        return _page(await self._call("conversations.history", http_verb="GET", params=params))

    async def replies_page(self, channel: str, root_ts: str, oldest: str, limit: int) -> tuple[list[Json], bool]:
        """The same of a thread after `oldest`: its root, then replies from the oldest on.

        Raises SlackError `thread_not_found` where the root is gone.
        """
        params = {"channel": channel, "ts": root_ts, "oldest": oldest, "limit": limit}
        return _page(await self._call("conversations.replies", http_verb="GET", params=params))

    async def find_posted(self, channel: str, key: str, oldest: datetime, thread_ts: str | None = None) -> Place | None:
        """Where a message posted with this key stands, if it does."""
        messages = self.replies(channel, thread_ts, oldest) if thread_ts else self.history(channel, oldest)
        async for message in messages:
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == EVENT_TYPE and (metadata.get("event_payload") or {}).get("key") == key:
                return Place(channel, str(message["ts"]))
        return None

    async def open_dm(self, user: str) -> str:
        """The channel of CareCue's direct messages with someone. Repeatable."""
        return str((await self._write("conversations.open", {"users": user}))["channel"]["id"])

    async def post(self, channel: str, payload: Json, key: str | None = None) -> Place:
        """With a `key`, `find_posted` can find it."""
        mark = {"metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}}} if key else {}
        answer = await self._write("chat.postMessage", {**payload, "channel": channel, **mark})
        return Place(answer["channel"], answer["ts"])

    async def update(self, channel: str, ts: str, payload: Json) -> None:
        """Replace what a message of CareCue's says. Repeatable."""
        await self._write("chat.update", {**payload, "channel": channel, "ts": ts})

    async def delete(self, channel: str, ts: str) -> None:
        """Raises SlackError `message_not_found` where that is done already."""
        await self._write("chat.delete", {"channel": channel, "ts": ts})

    async def open_view(self, trigger_id: str, view: Json) -> str:
        """The id of the modal that opened."""
        return str((await self._write("views.open", {"trigger_id": trigger_id, "view": view}))["view"]["id"])

    async def push_view(self, trigger_id: str, view: Json) -> None:
        """Open it over the modal in which somebody pressed something; three may stand on each other."""
        await self._write("views.push", {"trigger_id": trigger_id, "view": view})

    async def update_view(self, view_id: str, view: Json, view_hash: str | None = None) -> None:
        """Raises SlackError `hash_conflict` where the view has changed since it had that hash."""
        await self._write(
            "views.update", {"view_id": view_id, "view": view} | ({"hash": view_hash} if view_hash else {})
        )

    async def publish_home(self, user: str, view: Json, view_hash: str | None = None) -> str | None:
        """What someone's Home tab shows; the hash that it has now. Repeatable.

        Raises SlackError `hash_conflict` where the tab has changed since it had `view_hash`.
        """
        body = {"user_id": user, "view": view} | ({"hash": view_hash} if view_hash else {})
        shown = (await self._write("views.publish", body)).get("view") or {}
        return shown.get("hash")

    async def upload(self, channel: str, files: Mapping[str, bytes], comment: str) -> None:
        """Put files, by their names, into a channel; nobody can look up later whether they arrived."""
        ids = [{"id": await self._upload(name, content), "title": name} for name, content in files.items()]
        body = {"files": ids, "channel_id": channel, "initial_comment": comment}
        await self._write("files.completeUploadExternal", body)

    async def _upload(self, name: str, content: bytes) -> str:
        params = {"filename": name, "length": len(content)}
        answer = await self._call("files.getUploadURLExternal", http_verb="GET", params=params)
        try:
            async with self._session.post(answer["upload_url"], data=BytesIO(content)) as taken:
                if taken.status != 200:
                    raise Unclear("upload", f"status {taken.status}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise of_connection("upload", error) from None
        return str(answer["file_id"])

    async def _pages(self, method: str, key: str, **params: Any) -> AsyncIterator[Any]:
        cursor = ""
        while True:
            answer = await self._read(method, limit=PAGE, cursor=cursor or None, **params)
            for item in answer[key]:
                yield item
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _read(self, method: str, **params: Any) -> AsyncSlackResponse:
        for attempt in range(1, READS):
            try:
                return await self._call(method, http_verb="GET", params=params)
            except RateLimited as limit:
                if limit.retry_after > PATIENCE:
                    raise
                await self._sleep(limit.retry_after)
            except Unclear:
                await self._sleep(0.25 * attempt)
        return await self._call(method, http_verb="GET", params=params)

    async def _write(self, method: str, body: Json) -> AsyncSlackResponse:
        return await self._call(method, json=dict(body))

    async def _call(self, method: str, **arguments: Any) -> AsyncSlackResponse:
        began = perf_counter()
        with span("slack", method=method):
            try:
                answer = await self._ask(method, arguments)
            except SlackError as error:
                called(method, perf_counter() - began, "unclear" if isinstance(error, Unclear) else error.error)
                raise
        called(method, perf_counter() - began)
        return answer

    async def _ask(self, method: str, arguments: Mapping[str, Any]) -> AsyncSlackResponse:
        if self._team_id and method in OF_A_TEAM:
            arguments = {**arguments, "params": {**arguments["params"], "team_id": self._team_id}}
        try:
            async with asyncio.timeout(TIMEOUT):
                return await self._web.api_call(method, **arguments)
        except SlackApiError as error:
            raise of_response(method, error) from None  # its text quotes the whole answer
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise of_connection(method, error) from None


def _dnd(told: Json) -> Dnd | None:
    if not told.get("dnd_enabled"):
        return None
    begins, ends = (datetime.fromtimestamp(told[key], UTC) for key in ("next_dnd_start_ts", "next_dnd_end_ts"))
    return Dnd(begins, ends)


def _page(answer: AsyncSlackResponse) -> tuple[list[Json], bool]:
    return list(answer["messages"]), bool(answer.get("has_more"))


def facts(channel: Json, is_member: bool | None = None) -> Facts:
    """A channel as `conversations.info` and `users.conversations` describe it; the latter leaves out `is_member`."""
    return Facts(
        channel=channel["id"],
        name=channel.get("name") or channel["id"],
        is_private=bool(channel.get("is_private")),
        is_ext_shared=bool(channel.get("is_ext_shared")),
        is_pending_ext_shared=bool(channel.get("is_pending_ext_shared") or channel.get("pending_shared")),
        is_archived=bool(channel.get("is_archived")),
        is_member=bool(channel.get("is_member")) if is_member is None else is_member,
    )
