"""The door of the Web API: body, token, method, scope, fault, answer, record."""

import asyncio
import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox.api.call import Call
from bot.sandbox.api.methods import METHODS, Method
from bot.sandbox.api.seat import seat
from bot.sandbox.core import Core
from bot.sandbox.faults import Fault
from bot.sandbox.installed import App
from bot.sandbox.limits import Limited
from bot.sandbox.record import ApiCall
from bot.sandbox.refused import Refused
from bot.sandbox.wire import Dropped
from bot.sandbox.world import World

Json = dict[str, Any]

SECRETS = frozenset({"client_secret", "code", "refresh_token"})


@dataclass(frozen=True, slots=True)
class Knock:
    """One call as it came; `by`: whose token it had."""

    name: str
    args: Json
    by: str | None = None


async def answer(core: Core, request: Request) -> Response:
    """Slack answers 200 with `ok: false` to nearly everything that is wrong; 429 and 5xx come from faults."""
    name = request.path_params["method"]
    try:
        args, token = await _read(request, METHODS.get(name))
    except Refused as refused:
        return _respond(core, Knock(name, {}), _refusal(refused), refused.code)
    knock = Knock(name, args, core.world.whose(token))
    fault = core.faults.for_call(name, args.get("channel") if isinstance(args.get("channel"), str) else None)
    if fault is not None and (early := await meet(core, knock, fault)):
        return early
    try:
        said, outcome = _act(core, knock, token)
    except Limited as limited:
        return _told_to_wait(core, knock, limited.retry_after)
    if fault is not None and fault.kind == "drop_after":
        keep(core, knock, said, f"drop_after:{outcome}")
        return Dropped()
    return _respond(core, knock, said, outcome)


def _act(core: Core, knock: Knock, token: str | None) -> tuple[Json, str]:
    name, args = knock.name, knock.args
    try:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        call = Call(_seated(core, name, method, args, token), name, args)
        core.limits.take(call.world.app.team_id, name, str(args.get("channel") or ""))
        call.scope(*method.scopes)
        return {"ok": True} | method.act(call), "ok"
    except Limited:
        raise
    except Refused as refused:
        return _refusal(refused), refused.code


def _seated(core: Core, name: str, method: Method, args: Json, token: str | None) -> Core:
    """The sandbox as the workspace sees it that the token is of."""
    if method.token == "none":  # noqa: S105
        return core
    app = _admit(core.world, method, token)
    return core.seen_by(seat(core.world, app, name, args))


def _admit(world: World, method: Method, token: str | None) -> App:
    if not token:
        raise Refused("not_authed")
    is_app_level = token == world.app.app_token
    app = world.app if is_app_level else world.owner(token)
    if is_app_level != (method.token == "app"):  # noqa: S105
        raise Refused("not_allowed_token_type")
    return app


async def meet(core: Core, knock: Knock, fault: Fault) -> Response | None:
    """What a fault answers before the effect; None where the effect happens all the same."""
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
    if fault.kind == "hold":
        await core.faults.cleared()
    if fault.kind == "drop_before":
        keep(core, knock, {}, "drop_before")
        return Dropped()
    if fault.kind == "ratelimited":
        return _told_to_wait(core, knock, fault.retry_after)
    if fault.kind == "status":
        keep(core, knock, {}, f"status:{fault.status}")
        return PlainTextResponse("server_error", fault.status)
    if fault.kind == "error":
        return _respond(core, knock, {"ok": False, "error": fault.error}, fault.error)
    return None


def _told_to_wait(core: Core, knock: Knock, seconds: int) -> Response:
    said = {"ok": False, "error": "ratelimited"}
    keep(core, knock, said, "ratelimited")
    return JSONResponse(said, 429, {"Retry-After": str(seconds)})


async def _read(request: Request, method: Method | None) -> tuple[Json, str | None]:
    """Arguments and token. A token in the query is no token: Slack stopped taking those."""
    args: Json = dict(parse_qsl(request.url.query, keep_blank_values=True))
    args.pop("token", None)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body() if request.method == "POST" else b""
    if kind == "application/json" and body:
        given = _json_body(body)
        if method is None or method.json:
            args |= given
    elif kind == "multipart/form-data" or kind == "application/x-www-form-urlencoded":
        args |= _texts(await request.form())
    elif body:
        raise Refused("invalid_form_data")
    token = args.pop("token", None)
    scheme, _, word = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        args |= _client(word)
    return args, word.strip() if scheme.lower() == "bearer" else token


def _client(given: str) -> Json:
    """The app's id and secret, where they come as HTTP's basic authentication."""
    try:
        client_id, _, secret = base64.b64decode(given).decode().partition(":")
    except ValueError:
        raise Refused("invalid_client_id") from None
    return {"client_id": client_id, "client_secret": secret}


def _json_body(body: bytes) -> Json:
    try:
        given = json.loads(body)
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(given, dict):
        raise Refused("json_not_object")
    return {name: value for name, value in given.items() if value is not None}


def _texts(form: FormData) -> Json:
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


def _refusal(refused: Refused) -> Json:
    return {"ok": False, "error": refused.code} | refused.details


def _respond(core: Core, knock: Knock, said: Json, outcome: str) -> Response:
    keep(core, knock, said, outcome)
    by = knock.by or ""
    app = core.world.orgs.get(by) or core.world.apps.get(by, core.world.app)
    headers = {"X-OAuth-Scopes": ",".join(sorted(app.scopes)), "X-Slack-Req-Id": f"req{len(core.record.calls)}"}
    method = METHODS.get(knock.name)
    if method and method.scopes:
        headers["X-Accepted-OAuth-Scopes"] = ",".join(method.scopes)
    return JSONResponse(said, headers=headers)


def keep(core: Core, knock: Knock, said: Json, outcome: str) -> None:
    told = {key: value for key, value in knock.args.items() if key not in SECRETS}
    core.record.calls.append(ApiCall(knock.name, told, said, outcome, core.clock.now(), knock.by))
