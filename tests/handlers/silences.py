"""Hours in which CareCue hears nothing, while people go on talking."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import func, select

from bot.sandbox.messages import Message
from bot.store.gap_tables import gaps
from bot.store.tables import unresolved
from jobs import listening
from tests.handlers.office import Office


@asynccontextmanager
async def unheard(office: Office, **span: float) -> AsyncIterator[None]:
    """What is done within happens while CareCue is deaf; `span` later it hears again."""
    deps = office.bot.deps
    await listening.beat(deps, deps.now())
    office.sandbox.deliveries.deaf = True
    yield
    office.clock.advance(timedelta(**span))
    office.sandbox.deliveries.deaf = False
    await listening.beat(deps, deps.now())


def say(office: Office, user: str, channel: str, text: str, thread_ts: str = "") -> Message:
    """Somebody writes, and nobody waits for what follows."""
    office.clock.advance(timedelta(seconds=30))
    return office.sandbox.world.say(user, channel, text, thread_ts=thread_ts or None)


def left_to_read(office: Office) -> tuple[int, int]:
    """How many gaps there are, and how much waits behind them."""
    with office.bot.deps.db.begin() as tx:
        waiting = select(func.count()).where(unresolved.c.channel != "")
        return tx.execute(select(func.count()).select_from(gaps)).scalar_one(), tx.execute(waiting).scalar_one()


def pages(office: Office, method: str = "conversations.history") -> int:
    """How often CareCue has asked for one, so that Slack answered."""
    return sum(call.method == method and call.outcome == "ok" for call in office.sandbox.record.calls)
