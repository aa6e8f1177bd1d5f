"""Acting as a person over HTTP: `POST /control/<verb>` with the verb's arguments as JSON. For the page and for scripts.

Answers `{"ok": true, ...}`, or `{"ok": false, "error": ...}` with Slack's error name.
"""

import inspect
import json
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox import empty
from bot.sandbox.acts import Acts
from bot.sandbox.channels import Channel, channel_json
from bot.sandbox.faults import Fault
from bot.sandbox.messages import Message
from bot.sandbox.refused import Refused
from bot.sandbox.saying import message_json
from bot.sandbox.windows import View

Json = dict[str, Any]
Verb = Callable[..., Any]


class Control:
    """Every verb is named here; its arguments are those of the method, and an unknown one is refused."""

    def __init__(self, acts: Acts) -> None:
        self._acts = acts
        world = acts.world
        named: tuple[Verb, ...] = (
            *(world.say, world.edit, world.delete, world.react, world.unreact),
            *(world.create, world.join, world.leave, world.invite, world.archive, world.unarchive, world.rename),
            *(world.ask_to_share, world.share, world.unshare),
            *(world.add_person, world.change_person, world.set_dnd, world.add_group),
            *(world.create_app, world.install, world.uninstall, world.allow, world.cancel),
            *(world.add_to_workspaces, world.remove_from_workspaces),
            *(acts.press, acts.press_view, acts.submit, acts.close_view, acts.command, acts.shortcut, acts.suggest),
            *(acts.open_home, acts.dismiss, acts.settled),
            *(
                self.speed,
                self.advance,
                self.fault,
                self.clear_faults,
                self.limit,
                self.record,
                self.disconnect,
                self.deafen,
                self.direct,
                self.customer,
                self.second_workspace,
            ),
        )
        self.verbs: dict[str, Verb] = {verb.__name__: verb for verb in named}

    async def answer(self, request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            return JSONResponse({"ok": False, "error": "foreign_origin"}, 403)  # some other site's page in a browser
        try:
            said = await self._act(request)
        except Refused as refused:
            return JSONResponse({"ok": False, "error": refused.code} | refused.details)
        return JSONResponse({"ok": True} | self._shown(said))

    async def _act(self, request: Request) -> Any:
        verb = self.verbs.get(request.path_params["verb"])
        if verb is None:
            raise Refused("unknown_verb", verbs=sorted(self.verbs))
        try:
            fields = json.loads(await request.body() or b"{}")
            bound = inspect.signature(verb).bind(**{name: value for name, value in fields.items() if value is not None})
        except (ValueError, TypeError, AttributeError) as error:
            raise Refused("invalid_arguments", message=str(error)) from None
        done = verb(*bound.args, **bound.kwargs)
        return await done if inspect.isawaitable(done) else done

    def _shown(self, said: Any) -> Json:
        if isinstance(said, Message):
            return {"ts": said.ts, "channel": said.channel, "message": message_json(self._acts.world, said)}
        if isinstance(said, Channel):
            viewer = self._acts.world.app.bot_user_id
            return {"channel": channel_json(said, said.team_id, viewer)}
        if isinstance(said, View):
            return {"view": self._acts.windows.view_json(said)}
        if is_dataclass(said) and not isinstance(said, type):
            return {key: value for key, value in asdict(said).items() if not isinstance(value, bytes)}
        return said if isinstance(said, dict) else {} if said is None else {"result": said}

    # the sandbox itself

    def speed(self, speed: float) -> Json:
        """Sandbox seconds per real second; 0 freezes."""
        self._acts.clock.speed = float(speed)
        return {"speed": self._acts.clock.speed}

    def advance(self, seconds: float = 0, to: str | None = None) -> Json:
        """Jump ahead by seconds, or to a moment (ISO 8601 with offset)."""
        clock = self._acts.clock
        if to is not None:
            clock.advance_to(datetime.fromisoformat(to))
        clock.advance(timedelta(seconds=seconds))
        return {"now": clock.now().isoformat()}

    def fault(self, **fields: Any) -> Json:
        return asdict(self._acts.faults.add(Fault.from_dict(fields)))

    def clear_faults(self) -> None:
        self._acts.faults.clear()

    def limit(self, on: bool = True) -> Json:
        """Slack's rate limits are kept to, per workspace and method, or not."""
        self._acts.limits.on = on
        return {"on": on}

    def record(self, part: str) -> Json:
        """calls, entries, shown or sent."""
        return {part: self._acts.record.as_json(part)}

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        await self._acts.sockets.disconnect(reason)

    def deafen(self, deaf: bool = True) -> Json:
        """Events do not reach the app and do not come again, until it hears anew."""
        self._acts.deliveries.deaf = deaf
        return {"deaf": deaf}

    def direct(self, user: str, other: str) -> Channel:
        return self._acts.world.direct(user, other)

    def customer(self) -> Channel:
        """The first one of an empty workspace."""
        return empty.a_customer_comes(self._acts.world)

    def second_workspace(self) -> Json:
        """Of another company, beside the empty one."""
        empty.a_second_workspace(self._acts.world)
        return {"team_id": empty.HARBOUR}
