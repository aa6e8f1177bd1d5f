"""As much of Slack as CareCue speaks to in an hour; it keeps nothing, so that what grows is CareCue."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from aiohttp import web

from bot.deps import wall_clock
from bot.domain.moments import ts_of
from tests.benchmarks import town

Json = dict[str, Any]


class Slack:
    """`calls`: how many requests there were."""

    def __init__(self) -> None:
        self.url, self.calls, self._number = "", 0, count()
        self._answers: Mapping[str, Callable[[Json], Json]] = {
            "auth.test": _who,
            "users.conversations": lambda _: {"channels": []},
            "usergroups.list": lambda _: {"usergroups": []},
            "dnd.teamInfo": lambda _: {"users": {}},
            "conversations.open": lambda asked: {"channel": {"id": f"D{asked['users']}"}},
            "conversations.info": lambda asked: {"channel": _channel(asked["channel"])},
            "conversations.members": lambda _: {"members": [*town.AGENTS, *town.CUSTOMERS, town.BOT]},
            "conversations.history": lambda _: {"messages": [], "has_more": False},
            "conversations.replies": lambda _: {"messages": [], "has_more": False},
            "users.info": lambda asked: {"user": _user(asked["user"])},
            "users.list": lambda _: {"members": []},
            "chat.postMessage": lambda asked: {"channel": asked["channel"], "ts": ts_of(wall_clock())},
            "views.publish": lambda _: {"view": {"hash": f"{next(self._number)}.hash"}},
        }

    async def api(self, request: web.Request) -> web.Response:
        self.calls += 1
        asked: Json = dict(request.query)
        if request.content_type == "application/json":
            asked |= await request.json()
        elif request.method == "POST":
            asked |= await request.post()
        answer = self._answers.get(request.match_info["method"])
        return web.json_response({"ok": True} | (answer(asked) if answer else {}))


@asynccontextmanager
async def slack() -> AsyncIterator[Slack]:
    """On a loopback port of its own."""
    here = Slack()
    app = web.Application()
    app.add_routes([web.route("*", "/api/{method}", here.api)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    here.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield here
    finally:
        await runner.cleanup()


def _who(_asked: Json) -> Json:
    home = {"team_id": "T0LINDEN0", "team": "Linden", "url": "https://linden.slack.com/"}
    return home | {"user_id": town.BOT, "bot_id": "B0CARECUE"}


def _channel(channel: str) -> Json:
    return {"id": channel, "name": channel.lower(), "is_ext_shared": True, "is_member": True}


def _user(user: str) -> Json:
    home = town.THEIRS if user in town.CUSTOMERS else town.OURS
    profile = {"real_name": user.title(), "display_name": user.title()}
    return {"id": user, "team_id": home, "name": user.lower(), "tz": "UTC", "locale": "en-US", "profile": profile}
