"""Carries one row of the outbox to Slack: each post arrives once, whatever breaks on the way.

No request runs inside a transaction, so a crash or a lost answer can leave it open whether a post is there. A row
that was tried before is therefore looked for, by its key, before it is posted again.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot import logs
from bot.metrics import SAID_SECONDS
from bot.slack import refusals
from bot.slack.client import Place
from bot.slack.clients import Clients
from bot.slack.errors import RateLimited, SlackError, Unclear
from bot.slack.guard import Guard
from bot.slack.pace import Pace
from bot.store import limits, outbox, people, set_aside
from bot.store.db import Db, is_away
from bot.store.gaps import UNREAD
from bot.store.outbox import DELETE, POST, UPDATE, Method, Row, Target
from bot.store.quarantine import Quarantine
from bot.store.set_aside import Stumble, Thing
from bot.traces import span
from bot.views import charts

PUBLISH = "views.publish"
OPEN, HISTORY, REPLIES = "conversations.open", "conversations.history", "conversations.replies"

LEASE = timedelta(seconds=60)
IN_TIME = 30.0  # seconds of a lease in which a request may begin, so that it is over before the lease is
UNKNOWN_PAUSE = timedelta(seconds=30)
SKEW = timedelta(hours=1)  # how far Slack's clock may be behind ours when a post is looked for: more than it ever is

StillHolds = Callable[[Connection, Row, datetime], str | None]
OnSent = Callable[[Connection, Row, str, str, datetime], None]


class Check(Enum):
    """What is left to do with a row."""

    SPEAK = auto()
    ASK = auto()  # Slack has to be asked who can read the channel
    OVER = auto()  # it is settled, or put off


@dataclass(frozen=True, slots=True)
class Turn:
    """A leased row. `channel` and `check` are None where they have to be found out first."""

    row: Row
    channel: str | None
    check: Check | None
    leased_at: float


class Broken(Exception):
    """Whoever looks at this row breaks. It is put off; what happened is the cause."""

    def __init__(self, row: Row) -> None:
        super().__init__(f"outbox {row.id}")
        self.row = row


class Carrier:
    """`still_holds` says why a row need not be said any more.

    `on_sent` hears where it is (channel and ts), in the transaction that settles it.
    """

    def __init__(
        self,
        db: Db,
        slack: Clients,
        now: Callable[[], datetime],
        guard: Guard,
        still_holds: StillHolds,
        on_sent: OnSent,
        pace: Pace,
        quarantine: Quarantine,
    ) -> None:
        self._db, self._slack, self._now, self._guard, self._pace = db, slack, now, guard, pace
        self._still_holds, self._on_sent, self._quarantine = still_holds, on_sent, quarantine
        self._begun: set[int] = set()  # rows whose request is on its way, or was

    def take(self, tx: Connection, limit: int, busy: Collection[Target], resting: Collection[Method]) -> list[Turn]:
        """Lease what is due, but for busy targets and resting methods, and check at once that it still holds.

        Raises Broken, with which nothing is leased: give it to `put_off`.
        """
        now = self._now()
        rows = outbox.lease(tx, now, limit, LEASE, busy, resting)
        return [self._turn(tx, row, now) for row in rows]

    async def put_off(self, broken: Broken) -> None:
        """It is tried again later; what breaks again and again is set aside, and its workspace's admins hear of it."""
        await self._stumbled(replace(broken.row, attempts=broken.row.attempts - 1), broken.__cause__ or broken)

    async def carry(self, turn: Turn) -> bool:
        """Whether Slack has it now. Slack's troubles end here; others are raised, and it is tried again later."""
        with logs.about(f"outbox {turn.row.id}"), span("say", method=turn.row.method, outbox=turn.row.id):
            return await self._carry(turn)

    async def _carry(self, turn: Turn) -> bool:
        row = turn.row
        try:
            place = None if turn.check is Check.OVER else await self._say(turn)
            return place is not None and await self._note(row, place)
        except SlackError as error:
            await self._db.run(self._trouble, row, error)
            if isinstance(error, RateLimited) and error.method == row.method:
                self._pace.limited(row.method, (row.team_id, row.target), error.retry_after)
            return False
        except asyncio.CancelledError:
            if row.id not in self._begun:
                await self._db.run(outbox.hand_back, row)
            raise
        except Exception as error:
            if not is_away(error):
                await self._stumbled(row, error)
            raise
        finally:
            self._begun.discard(row.id)

    async def _note(self, row: Row, place: Place) -> bool:
        settled = await self._db.run(self._sent, row, place)
        SAID_SECONDS.labels(row.method).observe((self._now() - row.created_at).total_seconds())
        if row.method == POST:
            self._pace.posted((row.team_id, row.target))  # after it stands in the tables: so long for the others
        return settled

    async def _stumbled(self, row: Row, error: BaseException) -> None:
        thing = Thing(row.team_id, set_aside.SAYING, str(row.id))
        await self._quarantine.take(thing, error, partial(_set_back, row=row))

    def _turn(self, tx: Connection, row: Row, now: datetime) -> Turn:
        try:
            return self._looked_at(tx, row, now)
        except Exception as error:
            if is_away(error):
                raise
            raise Broken(row) from error

    def _looked_at(self, tx: Connection, row: Row, now: datetime) -> Turn:
        channel: str | None = row.target
        if row.target[:1] in ("U", "W") and row.method != PUBLISH:
            person = people.get(tx, row.team_id, row.target)
            channel = person.dm_channel if person else None
        asked_first = _asked_first(row, channel)
        check = self._rest(tx, row, asked_first, now) if asked_first else self._check(tx, row, now)
        return Turn(row, channel, check, self._pace.monotonic())

    def _rest(self, tx: Connection, row: Row, methods: Collection[str], now: datetime) -> Check | None:
        """It is put off where Slack wants to be left alone with what it has to be asked first."""
        until = limits.rest_until(tx, row.team_id, methods, now)
        if until is None:
            return None
        outbox.later(tx, row, until, f"{' or '.join(methods)}: ratelimited", untried=True)
        return Check.OVER

    def _check(self, tx: Connection, row: Row, now: datetime) -> Check:
        if why := self._still_holds(tx, row, now):
            if why == UNREAD:
                outbox.later(tx, row, now + UNKNOWN_PAUSE, why, untried=True)
            else:
                outbox.dropped(tx, row, why)
            return Check.OVER
        if row.method == DELETE:
            return Check.SPEAK  # takes words away
        verdict = self._guard.verdict(tx, row.team_id, row.target, now, row.created_at)
        if verdict.ask:
            return Check.ASK
        if not verdict.speak:
            refusals.set_aside(tx, row, verdict.why)
            return Check.OVER
        return Check.SPEAK

    async def _say(self, turn: Turn) -> Place | None:
        row = turn.row
        channel = turn.channel or await self._open_dm(row)
        if _unsure(row):
            thread_ts = row.payload.get("thread_ts")
            found = await (await self._slack.of(row.team_id)).find_posted(
                channel, row.key, row.created_at - SKEW, thread_ts
            )
            if found:
                return found
        check = turn.check or await self._db.run(lambda tx: self._check(tx, row, self._now()))
        if check is Check.ASK:
            check = await self._ask(row)
        if check is Check.SPEAK and self._pace.monotonic() - turn.leased_at > IN_TIME:
            check = await self._put_off(row, "it took too long to get ready", timedelta())
        return await self._send(row, channel) if check is Check.SPEAK else None

    async def _send(self, row: Row, channel: str) -> Place:
        """Where Slack does not take a chart, it gets a table in its place: what it refused has not been said."""
        try:
            return await self._request(row, channel, row.payload)
        except SlackError as error:
            if not error.error.startswith("invalid_blocks") or not charts.has_chart(row.payload):
                raise
            return await self._request(row, channel, charts.with_table(row.payload))

    async def _request(self, row: Row, channel: str, payload: Mapping[str, Any]) -> Place:
        here = await self._slack.of(row.team_id)
        self._begun.add(row.id)
        if row.method == POST:
            return await here.post(channel, payload, row.key)
        if row.method == PUBLISH:
            await here.publish_home(row.target, payload["view"])
            return Place(row.target, "")
        ts = payload["ts"]
        if row.method == UPDATE:
            await here.update(channel, ts, payload)
        elif row.method == DELETE:
            await here.delete(channel, ts)
        else:
            raise SlackError(row.method, "unknown_method")
        return Place(channel, ts)

    async def _open_dm(self, row: Row) -> str:
        channel = await (await self._slack.of(row.team_id)).open_dm(row.target)
        await self._db.run(lambda tx: people.set_dm_channel(tx, row.team_id, row.target, channel))
        return channel

    async def _ask(self, row: Row) -> Check:
        if await self._guard.ask(row.team_id, row.target):
            check = await self._db.run(lambda tx: self._check(tx, row, self._now()))
            if check is not Check.ASK:
                return check
        return await self._put_off(row, "who can read the channel is not known", UNKNOWN_PAUSE)

    async def _put_off(self, row: Row, why: str, pause: timedelta) -> Check:
        await self._db.run(lambda tx: outbox.later(tx, row, self._now() + pause, why, untried=True))
        return Check.OVER

    def _sent(self, tx: Connection, row: Row, place: Place) -> bool:
        now = self._now()
        settled = outbox.sent(tx, row, now)
        if settled:
            self._on_sent(tx, row, place.channel, place.ts, now)
        self._leave_a_gap(tx, row, now)
        return settled

    def _leave_a_gap(self, tx: Connection, row: Row, now: datetime) -> None:
        if row.method == POST and self._pace.gap:
            limits.posted(tx, row.team_id, row.target, now + timedelta(seconds=self._pace.gap))

    def _trouble(self, tx: Connection, row: Row, error: SlackError) -> None:
        refusals.settle(tx, row, error, self._now())
        if isinstance(error, Unclear):  # it may be there
            self._leave_a_gap(tx, row, self._now())


def _set_back(tx: Connection, stumble: Stumble, row: Row) -> None:
    if stumble.is_aside:
        outbox.failed(tx, row, f"set aside: {stumble.reference}")
    else:
        outbox.later(tx, row, stumble.until, f"broke: {stumble.reference}")


def _asked_first(row: Row, channel: str | None) -> list[str]:
    """By which methods Slack has to be asked something before this can be said."""
    where = [OPEN] if channel is None else []
    return [*where, REPLIES if row.payload.get("thread_ts") else HISTORY] if _unsure(row) else where


def _unsure(row: Row) -> bool:
    """Whether an earlier try may have posted it. Everything but posts can be repeated."""
    return row.method == POST and row.attempts > 1
