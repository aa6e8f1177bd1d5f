"""Kudos typed as /kudos, over HTTP, answered when they are stored, beside durable ingest; and what one give costs."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from statistics import median
from urllib.parse import urlencode

from pydantic import SecretStr
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import Connection, event, func, select

from bot.app import assembled
from bot.deps import wall_clock
from bot.domain.arrivals import Account
from bot.domain.kudos import DAY_CAP
from bot.domain.setup import KudosSetup
from bot.settings import Settings
from bot.store import people, workspaces
from bot.store.columns import metadata
from bot.store.db import Db
from bot.store.workspaces import Workspaces
from tests.benchmarks import databases, load, servers, tables, town
from tests.benchmarks.slack import slack
from tests.benchmarks.tokens import BOT_TOKEN, SIGNING_SECRET

ROUNDS, AT_ONCE, EVENTS, GIVES, COUNTED = 5, 16, 1_000, 200, 20
WARM_UP = 100
COLLEAGUES = [f"U0COLLEAGUE{number}" for number in range(300)]
CHANNEL = "C0KUDOS"
REASON = "#kindness for staying with the Acme family until their booking worked"
WAYS = {"private": "", "announced": "public "}
FORM = "application/x-www-form-urlencoded"

Rates = dict[str, list[float]]


@dataclass(slots=True)
class Gifts:
    """Commands as Slack sends them, each from one colleague to another: nobody comes to a cap."""

    pairs: Iterator[tuple[str, str]] = field(default_factory=lambda: _pairs())

    def bodies(self, way: str, count: int) -> list[bytes]:
        """The next `count`."""
        return [self._body(way) for _ in range(count)]

    def _body(self, way: str) -> bytes:
        giver, receiver = next(self.pairs)
        text = f"{WAYS[way]}<@{receiver}|{receiver.lower()}> {REASON}"
        command = {"command": "/kudos", "text": text, "user_id": giver, "channel_id": town.CHANNELS[0]}
        return urlencode(command | {"team_id": town.OURS, "api_app_id": "A0CARECUE", "trigger_id": "1.2.3"}).encode()


@dataclass(slots=True)
class Cost:
    """What the transactions of a process did since it began to be watched."""

    writing: int = 0
    reading: int = 0
    statements: int = 0
    _writes: bool = False

    def watch(self, db: Db) -> None:
        event.listen(db.engine, "before_cursor_execute", self._execute)
        event.listen(db.engine, "commit", self._commit)

    def _execute(self, _tx: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            self.statements += 1
            self._writes |= statement.startswith(("INSERT", "UPDATE", "DELETE"))

    def _commit(self, _tx: Connection) -> None:
        self.writing += self._writes
        self.reading += not self._writes
        self._writes = False


def main() -> None:
    """One round is, for each database, events, private kudos and announced kudos one after the other."""
    with databases.both() as urls:
        rates, costs = asyncio.run(_measure(urls))
    title = (
        f"Kudos over HTTP, {AT_ONCE} at once, {ROUNDS} rounds of {GIVES}, beside {EVENTS:,} events of durable ingest"
    )
    tables.show(title, ("", "a second", "of ingest", "rounds"), [row for name in rates for row in _rows(name, rates)])
    head = ("", "writing tx", "reading tx", "statements", "rows", "DMs", "announcements")
    tables.show(f"What one give to one colleague costs, of {COUNTED}", head, costs)


async def _measure(urls: Mapping[str, str]) -> tuple[dict[str, Rates], list[tuple[str, ...]]]:
    rates: dict[str, Rates] = {}
    costs: list[tuple[str, ...]] = []
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(slack())
        for name, url in urls.items():
            _set_up(url, wall_clock())
            gifts = Gifts()
            async with servers.carecue(here.url, url) as server:
                rates[name] = await _race(server.port, gifts)
            assert _stored(url) == WARM_UP + ROUNDS * GIVES * len(WAYS)
            costs += [(f"{name}, {way}", *await _cost(here.url, url, gifts, way)) for way in WAYS]
    return rates, costs


async def _race(port: int, gifts: Gifts) -> Rates:
    messages = town.Messages(Random(1))
    await load.rate(port, load.signed(messages.bodies(300)), AT_ONCE)
    await load.rate(port, _signed(gifts.bodies("private", WARM_UP)), AT_ONCE)
    rates: Rates = {"ingest": [], **{way: [] for way in WAYS}}
    for _ in range(ROUNDS):
        rates["ingest"].append(await load.rate(port, load.signed(messages.bodies(EVENTS)), AT_ONCE))
        for way in WAYS:
            rates[way].append(await load.rate(port, _signed(gifts.bodies(way, GIVES)), AT_ONCE))
    return rates


async def _cost(slack_url: str, url: str, gifts: Gifts, way: str) -> list[str]:
    """A few given one after the other, through Bolt in this process; averages for one."""
    secrets = {"bot_token": SecretStr(BOT_TOKEN), "signing_secret": SecretStr(SIGNING_SECRET)}
    cost = Cost()
    async with assembled(Settings.stated(slack_url=f"{slack_url}/api/", database_url=url, **secrets)) as bot:
        before = await bot.deps.db.run(_counted)
        cost.watch(bot.deps.db)
        for body in gifts.bodies(way, COUNTED):
            answer = await bot.bolt.async_dispatch(AsyncBoltRequest(body=body.decode(), headers={**_headers(body)}))
            assert "will hear it" in str(answer.body), answer.body
        found = replace(cost)
        more = await bot.deps.db.run(_counted) - before
    told = [more.pop(what, 0) for what in ("DMs", "announcements")]
    figures = [found.writing, found.reading, found.statements, more.total(), *told]
    return [f"{figure / COUNTED:g}" for figure in figures]


def _stored(url: str) -> int:
    """How many kudos there are: none was refused."""
    db = Db(url)
    with db.begin() as tx:
        found = _counted(tx)["kudos"]
    db.close()
    return found


def _counted(tx: Connection) -> Counter[str]:
    """Rows of each table; and of the outbox, whom they are for."""
    counts = {
        table.name: tx.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.tables.values()
    }
    to_all = func.count().filter(metadata.tables["outbox"].c.target == CHANNEL)
    announced = tx.execute(select(to_all).select_from(metadata.tables["outbox"])).scalar_one()
    return Counter(counts | {"announcements": announced, "DMs": counts["outbox"] - announced})


def _rows(name: str, rates: Mapping[str, Rates]) -> Iterator[tuple[str, ...]]:
    for what, found in rates[name].items():
        shares = [mine / its for mine, its in zip(found, rates[name]["ingest"], strict=True)]
        spread = f"{min(shares):.0%}-{max(shares):.0%}"
        yield f"{name}, {what}", f"{median(found):,.0f}", f"{median(shares):.0%}", spread


def _set_up(url: str, now: datetime) -> None:
    town.set_up(url, now)
    db = Db(url)
    with db.begin() as tx:
        people.save_many(tx, town.OURS, [_colleague(user) for user in COLLEAGUES], now)
        workspace = Workspaces().get(tx, town.OURS, now)
        assert workspace
        workspaces.save_setup(tx, town.OURS, replace(workspace.setup, kudos=KudosSetup(channel=CHANNEL)))
    db.close()


def _colleague(user: str) -> Account:
    return Account(user, town.OURS, None, user.title(), "UTC", False, False, False, False, False)


def _pairs() -> Iterator[tuple[str, str]]:
    """As many for each giver as a day allows."""
    for place, giver in enumerate(COLLEAGUES):
        for further in range(1, DAY_CAP + 1):
            yield giver, COLLEAGUES[(place + further) % len(COLLEAGUES)]


def _signed(bodies: list[bytes]) -> list[bytes]:
    return [_request(body) for body in bodies]


def _request(body: bytes) -> bytes:
    lines = ["POST /slack/events HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in _headers(body).items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _headers(body: bytes) -> dict[str, str]:
    stamp = str(int(wall_clock().timestamp()))
    signature = SignatureVerifier(SIGNING_SECRET).generate_signature(timestamp=stamp, body=body)
    return {"Content-Type": FORM, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": str(signature)}


if __name__ == "__main__":
    main()
