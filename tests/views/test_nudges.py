"""What a nudge says in each of its states, and that what the views draw they can read back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.conversations import EndedBy
from bot.domain.nudges import Snooze
from bot.views import boundary, snoozes
from bot.views import nudges as views
from bot.views.message import read_press

Json = dict[str, Any]

LINK = "https://linden.slack.com/archives/C0ACME/p1"
WAITING = views.Waiting("C0ACME", "Ada", LINK, timedelta(minutes=45), timedelta(hours=1), owner="U0ANA")
ALL = [views.OPEN, views.CLAIM, views.SNOOZE, views.HAND_OVER, views.NO_REPLY]
FEW = [views.OPEN, views.CLAIM]
HELP = [views.OPEN, views.ASK, views.CLAIM, views.SNOOZE, views.HAND_OVER, views.NO_REPLY, boundary.BEGIN]


def texts(message: Json) -> list[str]:
    parts = [
        [block.get("text"), *block.get("elements", ())] for block in message["blocks"] if block["type"] != "actions"
    ]
    return [part["text"] for row in parts for part in row if part]


def elements(message: Json) -> list[Json]:
    return [element for block in message["blocks"] if block["type"] == "actions" for element in block["elements"]]


@pytest.mark.parametrize(
    ("say", "headline", "notice", "buttons"),
    [
        ("reply", "*Ada* is waiting for a reply in <#C0ACME>.", "Ada is waiting for a reply", ALL),
        (
            "help",
            "*Ada* is still waiting in <#C0ACME>. Would a hand help? You can pass this on freely.",
            "Ada is waiting for a reply",
            HELP,
        ),
        (
            "lend_hand",
            "*Ada* has been waiting in <#C0ACME> for a while. Who can lend a hand?",
            "Ada has been waiting for a while. Who can lend a hand?",
            FEW,
        ),
        (
            "how_help",
            "*Ada* has been waiting in <#C0ACME> for long. How can you help <@U0ANA>?",
            "Ada has been waiting for long. How can you help?",
            FEW,
        ),
        (
            "handed",
            "*Ada* is waiting in <#C0ACME>. <@U0ANA> asks you to take this one.",
            "Ada is waiting for a reply",
            ALL,
        ),
    ],
)
def test_each_step_has_words_and_buttons_of_its_own(say: str, headline: str, notice: str, buttons: list[str]) -> None:
    message = views.nudge(1, say, WAITING).payload()
    assert texts(message) == [headline, ":hourglass_flowing_sand: Waiting for 45 minutes of 1 hour working time."]
    assert message["text"] == notice
    assert [element["action_id"] for element in elements(message)] == buttons


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
    go, claim, snooze, over, done = elements(views.nudge(4711, "reply", WAITING).payload())
    assert go["url"] == LINK
    assert {read_press(button) for button in (go, claim, over, done)} == {4711}
    choices = [snoozes.read({"selected_option": option}) for option in snooze["options"]]
    assert choices == [(4711, Snooze.HOUR), (4711, Snooze.AFTERNOON), (4711, Snooze.TOMORROW)]


def test_the_form_reads_back_what_was_picked_in_it() -> None:
    form = views.hand_over_form(4711)
    (block,) = form["blocks"]
    values = {block["block_id"]: {block["element"]["action_id"]: {"type": "users_select", "selected_user": "U0LEE"}}}
    assert views.read_hand_over(form | {"state": {"values": values}}) == (4711, "U0LEE")
    values[block["block_id"]][block["element"]["action_id"]] = {"type": "users_select", "selected_user": None}  # type: ignore[dict-item]
    assert views.read_hand_over(form | {"state": {"values": values}}) == (4711, None)
    assert set(views.beside_picker("no")) == {block["block_id"]}


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
