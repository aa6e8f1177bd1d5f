"""Tokens expire, and are changed for new ones before: by one process of many, whoever dies over it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DisconnectionError

from bot.sandbox import Fault
from bot.slack import installed as module
from bot.slack.errors import RateLimited, SlackError, Unclear
from bot.store import installations, renewals
from jobs import installations as job
from tests.handlers.installs import Town, another_process, town

ACCESS = "oauth.v2.access"


@pytest.fixture
async def expiring(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url, rotation=True) as found:
        await found.install("U1")
        yield found


def renewed(expiring: Town) -> int:
    """How often a token was changed since it was installed."""
    return expiring.by_token(ACCESS) - 1


async def test_it_goes_on_for_days(expiring: Town) -> None:
    for _ in range(3):
        await expiring.later(hours=11)
        assert (await (await expiring.bot.deps.slack.of("T1")).identity()).installation.team_id == "T1"
    assert renewed(expiring) == 3


async def test_a_token_is_not_changed_before_it_is_time(expiring: Town) -> None:
    await expiring.later(hours=9)
    assert renewed(expiring) == 0


async def test_many_who_find_it_expired_change_it_once(expiring: Town, database_url: str) -> None:
    """After a long silence, in two processes: what Slack has changed once it does not change again."""
    async with another_process(expiring.sandbox, database_url) as other:
        await (await other.deps.slack.of("T1")).identity()
        expiring.sandbox.clock.advance(timedelta(hours=13))
        all_of_them = [one.slack.of("T1") for one in (expiring.bot.deps, other.deps) for _ in range(5)]
        for slack in await asyncio.gather(*all_of_them):
            assert (await slack.identity()).installation.team_id == "T1"
    assert renewed(expiring) == 1


async def test_a_process_that_did_not_change_it_takes_the_new_one(expiring: Town, database_url: str) -> None:
    async with another_process(expiring.sandbox, database_url) as other:
        await (await other.deps.slack.of("T1")).identity()
        await expiring.later(hours=11)
        expiring.sandbox.clock.advance(timedelta(hours=2))  # the first token is good no longer
        assert (await (await other.deps.slack.of("T1")).identity()).installation.team_id == "T1"
    assert renewed(expiring) == 1


async def test_an_answer_that_is_lost_is_asked_for_again(
    expiring: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Slack has not done it; the old token is good meanwhile."""
    expiring.sandbox.faults.add(Fault("drop_before", method=ACCESS))
    await expiring.later(hours=11)
    assert "The token of T1 was not renewed" in caplog.text
    assert await (await expiring.bot.deps.slack.of("T1")).identity()
    await expiring.later(seconds=31)
    expiring.sandbox.clock.advance(timedelta(hours=2))
    assert await (await expiring.bot.deps.slack.of("T1")).identity()


async def test_new_tokens_outlast_a_restart_of_the_database(expiring: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack has changed them, and does so once: there is no second try."""
    done, away = renewals.done, [DisconnectionError(), DisconnectionError()]

    def restarting(*given: Any) -> None:
        if away:
            raise away.pop()
        done(*given)

    monkeypatch.setattr(renewals, "done", restarting)
    monkeypatch.setattr(module, "KEEP", 0.01)
    await expiring.later(hours=11)
    expiring.sandbox.clock.advance(timedelta(hours=2))
    assert await (await expiring.bot.deps.slack.of("T1")).identity()
    assert renewed(expiring) == 1


@pytest.mark.parametrize("kind", ["drop_before", "ratelimited"])
async def test_while_slack_is_away_nobody_takes_it_for_a_refusal(expiring: Town, kind: str) -> None:
    """Who took it for one would rest for ten minutes, and the doctor would have people install CareCue again."""
    expiring.sandbox.clock.advance(timedelta(hours=13))
    expiring.sandbox.faults.add(Fault(kind, method=ACCESS))
    for _ in range(3):
        with pytest.raises((RateLimited, Unclear)):
            await expiring.bot.deps.slack.of("T1")
    assert renewed(expiring) == 1
    assert await expiring.bot.deps.db.read(renewals.troubles) == {}
    expiring.sandbox.clock.advance(timedelta(minutes=1))
    assert await (await expiring.bot.deps.slack.of("T1")).identity()


async def test_nor_who_waits_for_a_process_that_died_over_it(expiring: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its turn is over in a minute."""
    monkeypatch.setattr(module, "WAIT", 0.0)
    expiring.sandbox.clock.advance(timedelta(hours=13))
    assert await expiring.bot.deps.db.run(renewals.take, "T1", expiring.sandbox.clock.now())
    with pytest.raises(Unclear):
        await expiring.bot.deps.slack.of("T1")
    expiring.sandbox.clock.advance(timedelta(minutes=1))
    assert await (await expiring.bot.deps.slack.of("T1")).identity()


async def test_what_slack_will_not_change_is_told_and_can_be_installed_again(
    expiring: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "WAIT", 60.0)
    expiring.sandbox.faults.add(Fault("error", method=ACCESS, error="invalid_refresh_token"))
    expiring.sandbox.clock.advance(timedelta(hours=13))
    async with asyncio.timeout(10):  # nobody waits for what does not come: the sender has others to speak to
        for _ in range(3):
            with pytest.raises(SlackError, match="token_expired"):
                await expiring.bot.deps.slack.of("T1")
    assert renewed(expiring) == 1
    assert "Slack gives no new token for T1: invalid_refresh_token" in caplog.text
    assert expiring.gone() == [], "it may have been lost on the way: nothing is deleted for it"
    await expiring.install("U1")
    assert await (await expiring.bot.deps.slack.of("T1")).identity()


async def test_while_it_has_none_that_is_good_nobody_of_ours_is_taken_for_an_outsider(expiring: Town) -> None:
    assert (await expiring.sandbox.command("U1", "C1", "/care", "help")).ok
    expiring.sandbox.faults.add(Fault("error", method=ACCESS, error="invalid_refresh_token"))
    expiring.sandbox.clock.advance(timedelta(hours=13))
    assert (await expiring.sandbox.command("U1", "C1", "/care", "help")).ok
    assert "/care" in expiring.sandbox.record.ephemerals("U1")[-1].text
    assert len(expiring.sandbox.record.ephemerals("U1")) == 2


async def test_taken_out_while_its_token_had_expired_it_is_gone_all_the_same(expiring: Town) -> None:
    expiring.sandbox.deliveries.deaf = True
    await expiring.later(hours=11)
    expiring.sandbox.world.uninstall("T1")
    await expiring.sandbox.settled()
    await expiring.later(hours=1)
    assert expiring.gone() == ["T1"]


async def test_one_that_cannot_be_changed_holds_up_no_other(expiring: Town) -> None:
    await expiring.install("U2")
    with expiring.bot.deps.db.begin() as tx:
        tx.exec_driver_sql("UPDATE installations SET refresh_token = token WHERE team_id = 'T1'")
    expiring.sandbox.clock.advance(timedelta(hours=11))
    assert await job.renew(expiring.bot.deps) == 1
    with expiring.bot.deps.db.begin() as tx:
        (left,) = [
            one.key
            for one in installations.every(tx)
            if one.expires_at and one.expires_at < expiring.sandbox.clock.now() + timedelta(hours=2)
        ]
    assert left == "T1"
