"""Slack's messages do not tell guests from members: who somebody is has to be asked, and may not be said at once."""

from datetime import timedelta
from typing import Any

import pytest

from bot.demo.place import ACME, ADA, ANA, EXT_ACME, GITA, GUESTS, LEE, OMAR, OURS
from bot.sandbox import Fault
from jobs import people
from tests.handlers.office import CARE_FILE, Office, all_text

TROUBLES = {
    "Slack is busy": {"kind": "ratelimited", "retry_after": 30},
    "Slack is down": {"kind": "status", "status": 503},
    "the connection breaks": {"kind": "drop_before"},
}


async def test_a_guest_is_a_customer_and_a_colleague_is_not(office: Office) -> None:
    await office.say(ANA, GUESTS, "Could everybody check their forms?")
    assert office.waits() == []
    ts = await office.say(GITA, GUESTS, "Where do I send mine?")
    assert office.waits() == [(ts, None)]


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
async def test_who_cannot_be_asked_about_now_is_asked_about_later_and_waited_from_the_start(
    office: Office, trouble: dict[str, Any]
) -> None:
    office.sandbox.faults.add(Fault(method="users.info", times=99, **trouble))
    ts = await office.say(GITA, GUESTS, "Where do I send the form?")
    assert office.waits() == []
    office.sandbox.faults.clear()
    await office.wait(minutes=20)
    assert office.waits() == [(ts, None)]
    await office.wait(minutes=25)
    assert len(office.about(ANA, ts)) == 1


async def test_a_token_that_slack_refuses_is_tried_once_a_minute(office: Office) -> None:
    office.sandbox.faults.add(Fault("error", method="users.info", error="invalid_auth", times=99))
    ts = await office.say(GITA, GUESTS, "Where do I send the form?")
    calls = len(office.sandbox.record.called("users.info"))
    assert await people.learn(office.bot.deps) == 0
    assert len(office.sandbox.record.called("users.info")) == calls
    office.sandbox.faults.clear()
    office.clock.advance(timedelta(seconds=60))
    assert await people.learn(office.bot.deps)
    assert office.waits() == [(ts, None)]


async def test_an_answer_that_overtakes_the_question_of_someone_unknown_still_answers_it(office: Office) -> None:
    office.sandbox.faults.add(Fault("ratelimited", method="users.info", retry_after=30, times=2))
    ts = await office.say(GITA, GUESTS, "Where do I send the form?")
    await office.say(OMAR, GUESTS, "To me.", ts)
    await office.settle()
    assert office.waits() == [(ts, "answer")]
    await office.wait(days=1)
    assert [office.dm(user) for user in (ANA, LEE, OMAR)] == [[], [], []]


async def test_a_person_is_asked_about_once(office: Office) -> None:
    for text in ("Where do I send the form?", "And by when?", "Hello?"):
        await office.say(GITA, GUESTS, text)
    assert [call.args["user"] for call in office.sandbox.record.called("users.info")].count(GITA) == 1


async def test_a_customer_of_another_company_waits_at_once_and_gets_a_name_as_soon_as_slack_says_it(
    office: Office,
) -> None:
    office.sandbox.faults.add(Fault("ratelimited", method="users.info", retry_after=30))
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    assert office.waits() == [(ts, None)]
    await office.wait(minutes=45)
    assert "*Ada*" in all_text(office.about(ANA, ts)[0])


async def test_a_customer_whom_slack_does_not_name_is_a_customer_all_the_same(office: Office) -> None:
    await office.settle()  # the team is known by now
    office.sandbox.faults.add(Fault("error", method="users.info", error="user_not_found", times=9))
    ts, nudge = await office.asked()
    assert "*U0ADA* in" in all_text(nudge)
    assert office.waits() == [(ts, None)]


async def test_a_colleague_who_becomes_a_guest_is_a_customer_from_then_on(office: Office) -> None:
    await office.say(OMAR, GUESTS, "Who has seen the form?")
    office.sandbox.world.change_person(OMAR, is_restricted=True)
    await office.settle()
    await office.say(OMAR, GUESTS, "Who has seen the other form?")
    assert len(office.waits()) == 1


async def test_someone_who_joins_the_company_is_known_before_they_speak(office: Office) -> None:
    person = office.sandbox.world.add_person(team_id=OURS, name="ike")
    office.sandbox.world.invite(ANA, EXT_ACME, person.id)
    await office.settle()
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.say(person.id, EXT_ACME, "Under Billing.", ts)
    assert office.waits() == [(ts, "answer")]
    assert person.id not in [call.args["user"] for call in office.sandbox.record.called("users.info")]


async def test_someone_of_the_customers_company_does_not_answer_for_us(office: Office) -> None:
    person = office.sandbox.world.add_person(team_id=ACME, name="al")
    office.sandbox.world.invite(ADA, EXT_ACME, person.id)
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.say(person.id, EXT_ACME, "I wonder, too.", ts)
    assert office.waits() == [(ts, None)]


async def test_an_override_makes_a_customer_one_of_ours(office: Office) -> None:
    await office.set_up(f'{CARE_FILE}\n[[override]]\nuser = "{ADA}"\nis = "ours"\n')
    await office.say(ADA, EXT_ACME, "Where is the form?")
    assert office.waits() == []
