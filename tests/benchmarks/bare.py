"""What CareCue is measured against: Bolt alone, on the same server, with a listener that does nothing.

`python -m tests.benchmarks.bare http PORT | socket`, with SLACK_URL in the environment.
"""

import asyncio
import os
import sys

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.benchmarks.tokens import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET


def bolt(slack_url: str) -> AsyncApp:
    """It hears messages, and that is all."""
    app = AsyncApp(signing_secret=SIGNING_SECRET, client=AsyncWebClient(BOT_TOKEN, base_url=slack_url))

    @app.event("message")
    async def hear() -> None: ...

    return app


def web(app: AsyncApp) -> Starlette:
    handler = AsyncSlackRequestHandler(app)

    async def take(request: Request) -> Response:
        return await handler.handle(request)

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/slack/events", take, methods=["POST"]), Route("/healthz", healthz)])


def main() -> None:
    app = bolt(os.environ["SLACK_URL"])  # noqa: TID251  # a program of its own
    if sys.argv[1] == "http":
        uvicorn.run(web(app), port=int(sys.argv[2]), log_config=None, access_log=False, lifespan="off")
    else:
        asyncio.run(_listen(app))


async def _listen(app: AsyncApp) -> None:
    await AsyncSocketModeHandler(app, APP_TOKEN).start_async()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
