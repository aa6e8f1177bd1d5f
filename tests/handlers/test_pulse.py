"""The pulse through the real doors: asked, answered in two taps, closed, told to everybody alike. Neither tables nor
log nor what is sent to Slack join answers and people.
"""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo.place import ADA, ANA, BOT, CARE, EXT_ACME, LEE, MIA, OMAR, OURS
from bot.domain.pulse import Verdict, asked_in
from bot.store.pulse_tables import pulse_counts, pulse_people, pulse_rounds
from bot.store.tables import outbox
from bot.views.pulse import STEP_IDS
from bot.views.words import common
from bot.views.words import pulse as words
from jobs import people
from tests.handlers.office import CARE_FILE, Office, all_text, buttons
from tests.views.reading import plainly, read

Json = dict[str, Any]

every_way = pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])
OPENS = datetime(2026, 3, 3, 10, tzinfo=UTC)
CLOSES = datetime(2026, 3, 11, 12, tzinfo=UTC)
ASKED = asked_in("2026-03-02").text


@pytest.fixture
async def agents(office: Office) -> list[str]:
    """Six agents and their manager, on the Tuesday on which the question comes."""
    await office.settle()
    more = [office.sandbox.world.add_person(team_id=OURS, name=name).id for name in ("ike", "joy", "kim")]
    team = [ANA, LEE, OMAR, *more]
    await office.set_up(CARE_FILE.replace(f'"{ANA}", "{LEE}", "{OMAR}"', ", ".join(f'"{user}"' for user in team)))
    await people.meet_teams(office.bot.deps)
    await office.settle()
    await office.until(OPENS + timedelta(minutes=1))
    return team


def question(office: Office, user: str) -> Json:
    """The one question that somebody was asked, as it reads now."""
    (found,) = [one for one in office.dm(user) if is_question(one)]
    return found


def is_question(message: Json) -> bool:
    ended = (words.THANKS(), words.SKIPPED(), words.CLOSED(), words.ALREADY())
    return words.TITLE() in message["text"] or message["text"] in ended


async def answer(office: Office, user: str, step: int) -> None:
    await office.press(user, question(office, user), f"pulse.{step}")


def home_told(office: Office) -> list[str]:
    return [plainly(read(one)) for one in office.home_posts() if words.told("Care") in one["text"]]


def rows(office: Office, table: Any) -> list[tuple[Any, ...]]:
    with office.bot.deps.db.begin() as tx:
        return sorted(map(tuple, tx.execute(select(table))))


@every_way
async def test_a_question_is_asked_answered_in_two_taps_closed_and_told(office: Office, agents: list[str]) -> None:
    for user in agents:
        asked = question(office, user)
        assert ASKED in asked["text"]
        assert buttons(asked) == [f"pulse.{step}" for step in (1, 2, 3, 4, 5, 0)]
        assert all(button["confirm"] for button in asked["blocks"][1]["elements"])  # the second tap
    for user, step in zip(agents, (5, 5, 4, 4, 1, 0), strict=True):
        await answer(office, user, step)
        assert question(office, user)["text"] == (words.THANKS() if step else words.SKIPPED())
    assert home_told(office) == []
    await office.until(CLOSES + timedelta(minutes=1))
    (told,) = home_told(office)
    assert f"_{ASKED}_\n{words.VERDICTS[Verdict.MOST_YES]()}" in told
    assert {question(office, user)["text"] for user in agents} == {words.CLOSED()}
    assert rows(office, pulse_counts) == rows(office, pulse_people) == []


@every_way
async def test_too_few_answers_are_deleted_and_nobody_hears_of_them(office: Office, agents: list[str]) -> None:
    for user in agents[:4]:
        await answer(office, user, 1)
    await office.until(CLOSES + timedelta(minutes=1))
    assert home_told(office) == []
    assert rows(office, pulse_rounds) == rows(office, pulse_counts) == rows(office, pulse_people) == []
    assert {question(office, user)["text"] for user in agents} == {words.CLOSED()}


async def test_nobody_but_the_agents_is_asked_and_nobody_is_reminded(office: Office, agents: list[str]) -> None:
    assert not [one for one in office.dm(MIA) if is_question(one)]
    await answer(office, ANA, 3)
    await office.until(CLOSES - timedelta(minutes=1))
    assert all(len([one for one in office.dm(user) if is_question(one)]) == 1 for user in agents)


async def test_manager_and_agent_read_the_same_page(office: Office, agents: list[str]) -> None:
    assert words.nothing_yet("Care", 5) in await office.command(ANA, "pulse")
    for user in agents[:5]:
        await answer(office, user, 2)
    assert words.nothing_yet("Care", 5) in await office.command(MIA, "pulse")
    await office.until(CLOSES + timedelta(minutes=1))
    pages = {await office.command(user, "pulse") for user in (ANA, LEE, MIA)}
    assert len(pages) == 1
    assert words.VERDICTS[Verdict.MOST_NO]() in pages.pop()


@every_way
async def test_a_second_press_and_one_that_comes_too_late_count_nothing(office: Office, agents: list[str]) -> None:
    await answer(office, ANA, 1)
    before = rows(office, pulse_counts)
    await press_anew(office, ANA)
    assert question(office, ANA)["text"] == words.ALREADY()
    assert rows(office, pulse_counts) == before
    assert sum(row[-1] for row in before) == 1
    await office.until(CLOSES + timedelta(minutes=1))
    await press_anew(office, LEE)
    assert question(office, LEE)["text"] == words.CLOSED()
    assert rows(office, pulse_counts) == []


async def press_anew(office: Office, user: str) -> None:
    """*Yes*, in a client that still shows the buttons."""
    asked, channel = question(office, user), office.sandbox.world.direct(user, BOT).id
    text = {"type": "plain_text", "text": "Yes"}
    button = {"type": "button", "action_id": "pulse.5", "value": "care:2026-03-02", "text": text}
    message = office.sandbox.world.message(channel, asked["ts"])
    message.blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
    await office.forged_press(user, channel, asked, "pulse.5")


async def test_who_was_not_asked_and_customers_change_nothing(office: Office, agents: list[str]) -> None:
    channel = office.sandbox.world.direct(ANA, BOT).id
    before = office.decided()
    await office.forged_press(MIA, channel, question(office, ANA), "pulse.1")
    assert office.told(MIA) == words.NOT_ASKED()
    await office.forged_press(ADA, channel, question(office, ANA), "pulse.1")
    assert office.told(ADA) == common.OUTSIDERS()
    assert office.decided() == before


@every_way
async def test_an_answer_leaves_no_trace_beyond_one_more_of_its_step(
    office: Office, agents: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Not in the outbox, not in what Slack is asked, not in the log."""
    sent, calls = rows(office, outbox), len(office.sandbox.record.calls)
    tables = {name: found for name, found in office.tables().items() if not name.startswith("pulse")}
    caplog.clear()
    for user, step in zip(agents, (1, 2, 3, 4, 5, 0), strict=True):
        await answer(office, user, step)
    assert rows(office, outbox) == sent
    assert {name: found for name, found in office.tables().items() if not name.startswith("pulse")} == tables
    said = office.sandbox.record.calls[calls:]
    assert {call.method for call in said} <= {"auth.test", "response_url"}
    assert len({str(call.args) for call in said if words.THANKS() in str(call.args)}) == 1
    assert not _telling(caplog.records, agents)


def _telling(records: Sequence[logging.LogRecord], agents: Sequence[str]) -> list[str]:
    """Lines of the log with a step in them, or with somebody who answered."""
    formatter = logging.Formatter()
    lines = [formatter.format(record) for record in records]
    return [line for line in lines if any(one in line for one in (*STEP_IDS, *agents, "2026-03-02"))]


async def test_answers_that_change_hands_leave_the_same_tables_and_the_same_words(
    office: Office, agents: list[str]
) -> None:
    for user, step in zip(agents, (1, 5, 3, 4, 5, 0), strict=True):
        await answer(office, user, step)
    assert [row[-2:] for row in rows(office, pulse_counts)] == [(0, 1), (1, 1), (2, 0), (3, 1), (4, 1), (5, 2)]
    assert {row[-1] for row in rows(office, pulse_people)} == {True}
    texts = {question(office, user)["text"] for user in agents[:-1]}
    assert texts == {words.THANKS()}
    assert len({all_text(question(office, user)) for user in agents[:-1]}) == 1


async def test_where_customers_can_read_nothing_is_told(office: Office, agents: list[str]) -> None:
    for user in agents:
        await answer(office, user, 5)
    office.sandbox.world.invite(
        ANA, CARE, office.sandbox.world.add_person(team_id=OURS, name="gus", is_restricted=True).id
    )
    await office.until(CLOSES + timedelta(minutes=1))
    assert home_told(office) == []
    assert not any(words.TITLE() in str(entry.message) for entry in office.sandbox.record.posts(channel=EXT_ACME))
