"""When something of ours breaks: the person gets a sentence with a reference, the log has the trace under it."""

import logging
import re

import pytest
from sqlalchemy import delete, text

from bot.demo.listed import choose, press_in_form, the_line, the_list
from bot.demo.place import ADA, ANA, EXT_ACME, LEE
from bot.sandbox import Fault
from bot.store.tables import people
from bot.views import living_list as views
from bot.views import ways_out
from bot.views.living_list import Way
from bot.views.words import common
from bot.views.words import living_list as words
from tests.handlers.office import Office, buttons

REFERENCE = re.compile(r"tell your admin: ([0-9a-f]{8})\.")


def break_tables(office: Office, *names: str) -> None:
    """What the doors look at is gone."""
    with office.bot.deps.db.begin() as tx:
        for name in names:
            tx.execute(text(f"ALTER TABLE {name} RENAME TO broken_{name}"))


def mend_tables(office: Office, *names: str) -> None:
    with office.bot.deps.db.begin() as tx:
        for name in names:
            tx.execute(text(f"ALTER TABLE broken_{name} RENAME TO {name}"))


def trace_of(told: str, records: list[logging.LogRecord]) -> str:
    """What the log has under the reference that a person was given."""
    found = REFERENCE.search(told)
    assert found, told
    (record,) = [record for record in records if record.levelname == "ERROR" and found[1] in record.getMessage()]
    return logging.Formatter().format(record)


async def test_a_command_that_fails_gives_a_reference(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    break_tables(office, "waits")
    told = await office.command(ANA)
    mend_tables(office, "waits")
    assert "no such table: waits" in trace_of(told, caplog.records)


async def test_a_button_that_fails_gives_a_reference_and_can_be_pressed_again(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    ts, nudge = await office.asked()
    pause = f"{Way.PAUSE}:{the_line(office, ANA, ts).value}"
    break_tables(office, "nudges")
    await office.press(ANA, nudge, views.WAY, pause)
    mend_tables(office, "nudges")
    assert "no such table: nudges" in trace_of(office.told(ANA), caplog.records)
    assert the_line(office, ANA, ts).message == nudge
    await office.press(ANA, nudge, views.WAY, pause)
    assert views.RESUME in the_line(office, ANA, ts).buttons


async def test_a_form_that_fails_says_so_beside_the_field_and_keeps_what_was_picked(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.ON_IT)
    form = office.sandbox.record.views(ANA)[-1].view
    later = {ways_out.UNTIL: int(office.clock.now().timestamp()) + 3600}
    break_tables(office, "nudges")
    outcome = await office.sandbox.submit(ANA, form["id"], later)
    mend_tables(office, "nudges")
    assert "no such table: nudges" in trace_of(outcome.errors[ways_out.UNTIL], caplog.records)
    assert (await office.sandbox.submit(ANA, form["id"])).ok
    await office.settle()
    assert "Snoozed until" in the_line(office, ANA, ts).text


async def test_a_form_that_slack_does_not_open_gives_a_reference(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    ts, _ = await office.asked()
    office.sandbox.faults.add(Fault("error", method="views.open", error="expired_trigger_id"))
    await choose(office, ANA, ts, Way.HAND_OVER)
    assert "expired_trigger_id" in trace_of(office.told(ANA), caplog.records)


async def test_someone_new_who_presses_while_slack_is_busy_is_asked_to_wait_a_minute(office: Office) -> None:
    ts, _ = await office.asked()
    await office.bot.deps.db.run(lambda tx: tx.execute(delete(people).where(people.c.user_id == ANA)))
    office.sandbox.faults.add(Fault("ratelimited", method="users.info", retry_after=30))
    await choose(office, ANA, ts, Way.ON_IT)
    assert office.told(ANA) == common.SETTING_UP()
    await choose(office, ANA, ts, Way.ON_IT)
    await press_in_form(office, ANA, views.CLAIM)
    assert words.YOU_HAVE_IT() in the_line(office, ANA, ts).text


async def test_a_redraw_that_fails_is_tried_again(office: Office) -> None:
    ts, nudge = await office.asked()
    office.sandbox.faults.add(Fault("status", method="chat.update", status=503))
    await office.say(ANA, EXT_ACME, "There.", ts)
    assert buttons(office.now_reads(ANA, nudge)) != []
    await office.wait(minutes=1)
    assert buttons(office.now_reads(ANA, nudge)) == []


async def test_a_nudge_that_slack_took_though_the_line_broke_is_there_once(office: Office) -> None:
    office.sandbox.faults.add(Fault("drop_after", method="chat.postMessage"))
    ts = await office.say(ADA, EXT_ACME, "Where is it?")
    await office.wait(minutes=46)
    (nudge,) = office.about(ANA, ts)
    await office.say(ANA, EXT_ACME, "There.", ts)
    assert buttons(office.now_reads(ANA, nudge)) == []


async def test_an_answer_between_the_nudges_sending_and_its_settling_clears_it_all_the_same(office: Office) -> None:
    office.sandbox.faults.add(Fault("drop_after", method="chat.postMessage"))
    ts = await office.say(ADA, EXT_ACME, "Where is it?")
    await office.wait(minutes=45)
    await office.say(ANA, EXT_ACME, "There.", ts)
    await office.wait(minutes=1)
    assert buttons(the_list(office, ANA)) == []


async def test_a_nudge_that_waited_for_slack_is_not_sent_when_the_answer_came_first(office: Office) -> None:
    office.sandbox.faults.add(Fault("status", method="chat.postMessage", status=503))
    ts = await office.say(ADA, EXT_ACME, "Where is it?")
    await office.wait(minutes=45)
    await office.say(LEE, EXT_ACME, "There.", ts)
    await office.wait(minutes=10)
    assert office.about(ANA, ts) == []
