"""Slack's rate limits, where a test or the chaos suite turns them on."""

import json
from collections.abc import Iterator

import aiohttp
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.limits import Limited, Limits


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def limits(seconds: Seconds) -> Limits:
    return Limits(on=True, monotonic=seconds)


def test_a_tier_is_so_many_calls_a_minute_of_a_workspace(limits: Limits, seconds: Seconds) -> None:
    for _ in range(20):
        limits.take("T1", "users.list")
    seconds.now = 12.4
    with pytest.raises(Limited) as refused:
        limits.take("T1", "users.list")
    assert refused.value.retry_after == 48
    limits.take("T2", "users.list")
    limits.take("T1", "users.info")
    seconds.now = 60.0
    limits.take("T1", "users.list")


def test_a_channel_takes_a_message_a_second_and_short_bursts(limits: Limits, seconds: Seconds) -> None:
    for at in (0.0, 0.1, 0.2):
        seconds.now = at
        limits.take("T1", "chat.postMessage", "C1")
    with pytest.raises(Limited):
        limits.take("T1", "chat.postMessage", "C1")
    limits.take("T1", "chat.postMessage", "C2")
    for at in range(4, 60):
        seconds.now = float(at)
        limits.take("T1", "chat.postMessage", "C1")


def test_off_nothing_is_counted(limits: Limits) -> None:
    limits.on = False
    for _ in range(1000):
        limits.take("T1", "apps.uninstall")


@pytest.fixture
def tight(sandbox: Sandbox) -> Iterator[Sandbox]:
    sandbox.limits.on = True
    yield sandbox
    sandbox.limits.on = False


async def test_the_answer_is_429_with_retry_after(tight: Sandbox) -> None:
    headers = {"authorization": f"Bearer {tight.world.app.bot_token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for _ in range(20):
            async with session.get(f"{tight.url}/api/users.list") as answer:
                assert answer.status == 200
        async with session.get(f"{tight.url}/api/users.list") as answer:
            assert answer.status == 429
            assert 1 <= int(answer.headers["Retry-After"]) <= 60
            assert json.loads(await answer.text()) == {"ok": False, "error": "ratelimited"}
    assert tight.record.called("users.list")[-1].outcome == "ratelimited"
