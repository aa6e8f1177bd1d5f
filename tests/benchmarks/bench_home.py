"""The Home tab of somebody who is agent, manager and admin at once, with ten thousand conversations stored."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from statistics import median
from typing import Any

from pydantic import SecretStr
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlalchemy import Connection, insert

from bot.app import Bot, assembled
from bot.deps import wall_clock
from bot.domain.moments import ts_of
from bot.settings import Settings
from bot.store import home, homes, workspaces
from bot.store.db import Db
from bot.store.kudos_tables import kudos, kudos_receivers
from bot.store.tables import conversations, events, moves, outbox, waits
from bot.store.workspaces import Workspaces
from jobs import homes as job
from tests.benchmarks import databases, tables, town
from tests.benchmarks.slack import slack
from tests.benchmarks.tokens import BOT_TOKEN, SIGNING_SECRET

CONVERSATIONS, OPEN, WEEKS, KUDOS, EVENTS, SENT = 10_000, 500, 9, 1_000, 12_000, 5_000
ROUNDS, HOMES = 30, 10
WHO, AGENT = town.AGENTS[:2]  # the first leads all teams, too, and is an admin
Json = dict[str, Any]
Took = tuple[float, float]  # seconds on the wall, and of this process on the processor


def main() -> None:
    """Our own time: reading and drawing the page, opening it (until Slack has it), and a tick of the job."""
    with databases.both() as urls:
        for url in urls.values():
            _set_up(url, wall_clock())
        databases.analyze(urls.values())
        rows = asyncio.run(_measure(urls))
    title = f"Home tab, {CONVERSATIONS:,} conversations, {OPEN} waiting, ms (on the processor), {ROUNDS} rounds"
    tables.show(title, ("", "an agent's", "all in one", "all in one, opened", f"tick with {HOMES} open"), rows)


async def _measure(urls: Mapping[str, str]) -> list[tuple[str, ...]]:
    rows = []
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(slack())
        for name, url in urls.items():
            secrets = {"bot_token": SecretStr(BOT_TOKEN), "signing_secret": SecretStr(SIGNING_SECRET)}
            settings = Settings.stated(slack_url=f"{here.url}/api/", database_url=url, **secrets)
            async with assembled(settings) as bot:
                rows.append((name, *(await _one(bot))))
    return rows


async def _one(bot: Bot) -> list[str]:
    times = [[await _drawn(bot, user) for _ in range(ROUNDS)] for user in (AGENT, WHO)]
    times.append([await _opened(bot, number) for number in range(ROUNDS)])
    for user in town.AGENTS[:HOMES]:
        await bot.deps.db.run(homes.opened, town.OURS, user, bot.deps.now(), None)
    await job.follow(bot.deps)
    times.append([await _ticked(bot) for _ in range(ROUNDS)])
    return [f"{_ms(some, 0)} ({_ms(some, 1)})" for some in times]


def _ms(some: list[Took], which: int) -> str:
    return f"{1000 * median(one[which] for one in some):.0f}"


async def _drawn(bot: Bot, user: str) -> Took:
    began = _clocks()
    draw = await bot.deps.db.run(home.read, bot.deps.workspaces, town.OURS, user, bot.deps.now())
    assert draw
    drawn = draw()
    assert drawn.digest
    assert len(drawn.view()["blocks"]) > (20 if user == WHO else 10)
    return _since(began)


async def _opened(bot: Bot, number: int) -> Took:
    """From the event to the page that stands in Slack, which finds an empty tab."""
    event = {"type": "app_home_opened", "user": WHO, "tab": "home", "channel": "D1", "event_ts": f"{number}.1"}
    body: Json = {"type": "event_callback", "team_id": town.OURS, "event": event, "event_id": f"EvHome{number}"}
    began = _clocks()
    await bot.bolt.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
    listening = [task for task in asyncio.all_tasks() if "AsyncioListenerRunner" in repr(task.get_coro())]
    await asyncio.gather(*listening)
    assert (await bot.deps.db.run(homes.get, town.OURS, WHO)).published == number + 1
    return _since(began)


async def _ticked(bot: Bot) -> Took:
    """Nothing is new, as most of the time."""
    began = _clocks()
    assert await job.follow(bot.deps) == 0
    return _since(began)


def _clocks() -> Took:
    return time.perf_counter(), time.process_time()


def _since(began: Took) -> Took:
    wall, processor = _clocks()
    return wall - began[0], processor - began[1]


def _set_up(url: str, now: datetime) -> None:
    town.set_up(url, now)
    db = Db(url)
    random = Random(1)
    with db.begin() as tx:
        _promote(tx, now)
        talks = list(_talks(now, random))
        tx.execute(insert(conversations), [talk["conversation"] for talk in talks])
        tx.execute(insert(moves), [move for talk in talks for move in talk["moves"]])
        tx.execute(insert(waits), [talk["wait"] for talk in talks])
        tx.execute(insert(kudos), list(_kudos(now, random)))
        tx.execute(insert(kudos_receivers), list(_receivers(random)))
        tx.execute(insert(events), list(_events(now)))
        tx.execute(insert(outbox), list(_sent(now)))
    db.close()


def _promote(tx: Connection, now: datetime) -> None:
    workspace = Workspaces().get(tx, town.OURS, now)
    assert workspace
    (team,) = workspace.setup.teams
    teams = tuple(replace(team, key=f"care{number}", name=f"Care {number}", managers=(WHO,)) for number in range(4))
    channels = tuple(
        replace(channel, team=teams[place % len(teams)].key) for place, channel in enumerate(workspace.setup.channels)
    )
    workspaces.save_setup(tx, town.OURS, replace(workspace.setup, teams=teams, channels=channels, admins=(WHO,)))


def _talks(now: datetime, random: Random) -> Iterator[Json]:
    for number in range(CONVERSATIONS):
        place, waiting = number % len(town.CHANNELS), number >= CONVERSATIONS - OPEN
        ago = timedelta(hours=random.random() * 8) if waiting else timedelta(weeks=WEEKS) * random.random()
        began, took = now - ago, timedelta(minutes=random.expovariate(1 / 40))
        ended = None if waiting else min(began + took, now)
        yield _talk(place, began, ended, random.choice(town.AGENTS))


def _talk(place: int, began: datetime, ended: datetime | None, agent: str) -> Json:
    root, customer = ts_of(began), town.CUSTOMERS[place]
    here = {"team_id": town.OURS, "channel": town.CHANNELS[place], "root_ts": root}
    said = {"about": root, "kind": "message", "needs_reply": True, "reason": "", "threaded": False}
    by = [(root, customer), *([(ts_of(ended), agent)] if ended else [])]
    closed = {"ended_by": "answer", "ended_user": agent, "after_hours": False} if ended else {}
    working = {"working_s": int((ended - began).total_seconds())} if ended else {}
    blank = dict.fromkeys(("ended_by", "ended_user", "after_hours", "working_s"))
    wait = {"from_ts": root, "first": True, "target_s": 3600, "started_at": began, "ended_at": ended, "owner": agent}
    talk = {"customer": customer, "turn": "theirs" if ended else "ours", "last_ts": by[-1][0], "new_here": False}
    return {
        "conversation": here | talk | {"answered_by": agent if ended else None},
        "moves": [here | said | {"ts": ts, "user_id": user} for ts, user in by],
        "wait": here | wait | {"team": f"care{place % 4}"} | blank | closed | working,
    }


def _kudos(now: datetime, random: Random) -> Iterator[Json]:
    for number in range(KUDOS):
        at = now - timedelta(weeks=WEEKS) * random.random()
        told = {"giver": random.choice(town.AGENTS[1:]), "behaviours": ["kindness"], "reason": "for staying late"}
        yield {"id": number + 1, "team_id": town.OURS, "where": "private", "created_at": at} | told


def _receivers(random: Random) -> Iterator[Json]:
    for number in range(KUDOS):
        user = random.choice(town.AGENTS[:3])
        yield {"kudos_id": number + 1, "user_id": user, "team_id": town.OURS, "place": 0}


def _events(now: datetime) -> Iterator[Json]:
    for number in range(EVENTS):
        yield {"team_id": town.OURS, "event_id": f"Ev{number}", "seen_at": now - timedelta(seconds=number / 2)}


def _sent(now: datetime) -> Iterator[Json]:
    for number in range(SENT):
        at = now - timedelta(minutes=number)
        row = {"key": f"nudge:{number}", "method": "chat.postMessage", "target": WHO, "payload": {}}
        yield row | {"team_id": town.OURS, "created_at": at, "due_at": None, "sent_at": at, "error": None}


if __name__ == "__main__":
    main()
