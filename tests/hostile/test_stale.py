"""Buttons as they once stood there: on another device, in a window left open, sent again by somebody who kept them."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.demo.listed import choose, press_in_form
from bot.demo.place import ANA, BOT, EXT_ACME, LEE, MIA, OURS
from bot.sandbox import payloads
from bot.sandbox.elements import Placed, placed, with_ids
from bot.sandbox.messages import Message
from bot.views import living_list as views
from bot.views.living_list import Way
from tests.handlers.office import Office

Json = dict[str, Any]
PEOPLE = (ANA, LEE, MIA)
WAYS = (Way.ON_IT, Way.HAND_OVER, Way.PAUSE)


async def a_day(office: Office) -> None:
    """Two customers' questions, asked, snoozed, handed over, paused, brought up in the home channel, and answered."""
    first, _ = await office.asked()
    for way in WAYS:
        await choose(office, ANA, first, way)
    await office.wait(minutes=50)
    second, _ = await office.asked("And where is my invoice?")
    await choose(office, ANA, second, Way.ON_IT)
    await press_in_form(office, ANA, views.CLAIM)
    await office.wait(hours=2)
    for ts in (first, second):
        await office.say(LEE, EXT_ACME, "Here it is.", ts)
    await office.wait(hours=1)


def once_shown(office: Office) -> Iterator[tuple[Message, Placed, Json]]:
    """Every button and choice that stood in any message at any time."""
    for entry in [one for one in office.sandbox.record.entries if one.user == BOT]:
        blocks = with_ids(entry.message.get("blocks", []), office.sandbox.world)
        message = Message(entry.ts, entry.channel, BOT, OURS, entry.text, blocks=blocks)
        for one in placed(blocks):
            options = one.element.get("options") or [None]
            for option in options:
                yield message, one, {"selected_option": option} if option else {}


async def test_after_everything_is_answered_no_button_of_before_begins_anything_again(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await a_day(office)
    ended = office.waits()
    assert ended
    assert all(by for _, by in ended)
    old = list(once_shown(office))
    assert len(old) > 20
    said = len(office.sandbox.record.posts(by_bot=True))
    for user in PEOPLE:
        for message, one, choice in old:
            person = office.sandbox.world.person(user)
            payload = payloads.message_press(office.sandbox, person, message, one, choice)
            assert (await office.sandbox.deliveries.ask("interactive", payload, takes_answer=False)).ok, one
        await office.settle()
    assert office.waits() == ended
    assert len(office.sandbox.record.posts(by_bot=True)) == said
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []
