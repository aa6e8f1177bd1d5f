"""Socket Mode has two connections: Slack may ask any of them to go, and hears of every event at its first try."""

import asyncio
from datetime import timedelta

import pytest

from bot.app import listening
from bot.demo.place import ADA, EXT_ACME
from handlers import sockets
from tests.handlers.office import Office


def _attempts(office: Office) -> set[int]:
    return {sent.attempts for sent in office.sandbox.record.events("message")}


def _staying(office: Office) -> int:
    return len([one for one in office.sandbox.sockets.connections if not one.leaving])


async def _talk(office: Office, count: int) -> None:
    for number in range(count):
        office.sandbox.world.say(ADA, EXT_ACME, f"Where is form {number}?")
        await asyncio.sleep(0.002)


async def test_no_event_has_to_come_twice_since_a_connection_was_refreshed(office: Office) -> None:
    """One after the other, in the midst of what is said."""
    talking = asyncio.create_task(_talk(office, 60))
    for connection in list(office.sandbox.sockets.connections):
        await office.sandbox.sockets.refresh(connection)
        await office.sandbox.until(lambda: _staying(office) == sockets.CONNECTIONS)
    await talking
    await office.sandbox.settled()
    assert len(office.sandbox.record.events("message")) == 60
    assert _attempts(office) == {1}


async def test_a_connection_that_slack_warns_is_kept_until_slack_closes_it(office: Office) -> None:
    [one, _] = office.sandbox.sockets.connections
    await office.sandbox.sockets.disconnect("warning", one)
    await office.sandbox.sockets.wait_for(sockets.CONNECTIONS + 1)
    await office.sandbox.sockets.disconnect("refresh_requested", one)
    await office.sandbox.until(lambda: len(office.sandbox.sockets.connections) == sockets.CONNECTIONS)
    assert one not in office.sandbox.sockets.connections


async def test_when_slack_refreshes_all_at_once_all_come_back_and_nothing_is_lost(office: Office) -> None:
    await office.sandbox.sockets.disconnect()
    asked = office.sandbox.world.say(ADA, EXT_ACME, "Where is the form?")
    await office.sandbox.until(lambda: _staying(office) == sockets.CONNECTIONS)
    office.clock.advance(timedelta(minutes=1))
    await office.settle()
    assert office.waits() == [(asked.ts, None)]


async def test_where_there_are_too_many_nobody_knocks_again_at_once(office: Office) -> None:
    [one, _] = office.sandbox.sockets.connections
    await office.sandbox.sockets.disconnect(sockets.TOO_MANY, one)
    await office.sandbox.until(lambda: one not in office.sandbox.sockets.connections)
    for _ in range(50):
        await asyncio.sleep(0.002)
    assert _staying(office) == 1


async def test_an_address_that_slack_takes_no_more_is_not_tried_for_good(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Expiring(set[str]):
        """The first are over before anybody connects."""

        left = 2

        def add(self, ticket: str) -> None:
            if self.left:
                self.left -= 1
            else:
                super().add(ticket)

    monkeypatch.setattr(sockets, "PING_SECONDS", 0.2)
    monkeypatch.setattr(sockets, "GOOD", 0.3)
    monkeypatch.setattr(office.sandbox.sockets, "_tickets", Expiring())
    async with asyncio.timeout(10), listening(office.bot):
        await office.sandbox.sockets.wait_for(2 * sockets.CONNECTIONS)


async def test_whoever_stops_answers_what_was_heard_before_it_hangs_up(office: Office) -> None:
    """Events wait for a database that is busy while the bot is told to stop."""
    async with listening(office.bot) as hears:
        await office.sandbox.sockets.wait_for(2 * sockets.CONNECTIONS)
        own = office.sandbox.sockets.connections[sockets.CONNECTIONS :]
        for other in office.sandbox.sockets.connections[: sockets.CONNECTIONS]:
            other.leaving = True
        holding = office.bot.deps.db.begin()
        holding.__enter__()
        office.sandbox.world.say(ADA, EXT_ACME, "Where is the form?")
        await office.sandbox.until(lambda: any(one.expected for one in own))
        await asyncio.sleep(0.05)
        asyncio.get_running_loop().call_later(0.2, holding.__exit__, None, None, None)
    assert not await hears()
    await office.sandbox.settled()
    assert [sent.outcome for sent in office.sandbox.record.events("message")] == ["acked"]
    assert _attempts(office) == {1}
