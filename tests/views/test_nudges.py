"""What a nudge says in each of its states, and that what the views draw they can read back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.conversations import EndedBy
from bot.views import nudges as views
from bot.views import snoozes
from bot.views.message import read_press

Json = dict[str, Any]

LINK = "https://linden.slack.com/archives/C0ACME/p1"
WAITING = views.Waiting("C0ACME", "Ada", LINK, timedelta(minutes=45), timedelta(hours=1), owner="U0ANA")


def texts(message: Json) -> list[str]:
    parts = [
        [block.get("text"), *block.get("elements", ())] for block in message["blocks"] if block["type"] != "actions"
    ]
    return [part["text"] for row in parts for part in row if part]


def elements(message: Json) -> list[Json]:
    return [element for block in message["blocks"] if block["type"] == "actions" for element in block["elements"]]


@pytest.mark.parametrize(
    ("say", "headline", "notice"),
    [
        ("reply", "*Ada* is waiting for a reply in <#C0ACME>.", "Ada is waiting for a reply"),
        (
            "help",
            "*Ada* is still waiting in <#C0ACME>. Would a hand help? You can pass this on freely.",
            "Ada is waiting for a reply",
        ),
        (
            "lend_hand",
            "*Ada* has been waiting in <#C0ACME> for a while. Who can lend a hand?",
            "Ada has been waiting for a while. Who can lend a hand?",
        ),
        (
            "how_help",
            "*Ada* has been waiting in <#C0ACME> for long. How can you help <@U0ANA>?",
            "Ada has been waiting for long. How can you help?",
        ),
        (
            "handed",
            "*Ada* is waiting in <#C0ACME>. <@U0ANA> asks you to take this one.",
            "Ada is waiting for a reply",
        ),
    ],
)
def test_each_step_has_words_of_its_own(say: str, headline: str, notice: str) -> None:
    message = views.nudge(1, say, WAITING).payload()
    assert texts(message) == [headline, ":hourglass_flowing_sand: Waiting for 45 minutes of 1 hour working time."]
    assert message["text"] == notice
    assert [element["action_id"] for element in elements(message)] == [views.OPEN, views.CLAIM]


def test_no_step_repeats_another() -> None:
    said = [texts(views.nudge(1, say, WAITING).payload())[0] for say in ("reply", "help", "lend_hand", "how_help")]
    assert len(set(said)) == 4


def test_without_an_owner_the_manager_is_asked_to_help_the_team() -> None:
    waiting = views.Waiting("C0ACME", "Ada", LINK, timedelta(hours=2), timedelta(hours=1))
    assert texts(views.nudge(1, "how_help", waiting).payload())[0].endswith("How can you help the team?")


def test_a_nameless_customer_is_a_customer() -> None:
    waiting = views.Waiting("C0ACME", None, LINK, timedelta(hours=2), timedelta(hours=1))
    assert texts(views.nudge(1, "reply", waiting).payload())[0].startswith("*A customer* is waiting")


def test_someone_new_is_marked_so() -> None:
    waiting = views.Waiting("C0ACME", "Ada", LINK, timedelta(hours=2), timedelta(hours=1), new_here=True)
    assert texts(views.nudge(1, "reply", waiting).payload())[1].endswith("New here: their first conversation with us.")


@pytest.mark.parametrize(
    ("ended_by", "by", "says"),
    [
        (EndedBy.ANSWER, "U0ANA", "You answered *Ada* after 45 minutes."),
        (EndedBy.ANSWER, "U0LEE", "<@U0LEE> answered *Ada* after 45 minutes."),
        (EndedBy.CLOSED, "U0LEE", "*Ada* needs no reply, says <@U0LEE>."),
        (EndedBy.CLOSED, None, "*Ada* needs no reply any more."),
        (EndedBy.DELETED, None, "*Ada* took the message back."),
        (EndedBy.NEVER, None, "*Ada* is not waiting here after all."),
        (None, None, "*Ada* needs no reply any more."),
    ],
)
def test_what_is_left_of_a_nudge_says_how_it_ended_and_has_no_buttons(
    ended_by: EndedBy | None, by: str | None, says: str
) -> None:
    message = views.ended(WAITING, ended_by, by, "U0ANA").payload()
    assert message["text"] == says
    assert texts(message) == [f":white_check_mark: {says} <{LINK}|Open thread>"]
    assert elements(message) == []


def test_what_a_nudge_draws_it_reads_back() -> None:
    go, claim = elements(views.nudge(4711, "lend_hand", WAITING).payload())
    assert go["url"] == LINK
    assert {read_press(button) for button in (go, claim)} == {4711}


@pytest.mark.parametrize("value", ["", "x", "-1", "1.0", "٣", "²", "1" * 19, None])
def test_what_is_no_nudges_id_is_none(value: str | None) -> None:
    assert read_press({"value": value} if value is not None else {}) is None


def test_a_choice_that_was_never_offered_is_a_failure() -> None:
    with pytest.raises(ValueError, match="forever"):
        snoozes.read({"selected_option": {"value": "forever:1"}})


def test_a_snooze_is_shown_in_the_readers_own_time() -> None:
    until = datetime(2026, 3, 2, 14, tzinfo=UTC)
    shown = views.note_snoozed(until)
    assert shown == "Snoozed until <!date^1772460000^{date_short_pretty} {time}|2026-03-02 14:00 UTC>."
