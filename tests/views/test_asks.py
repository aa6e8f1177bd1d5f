"""Asks as people read them, and that what the views draw they can read back."""

from typing import Any

import pytest

from bot.domain.asks import ANSWERS, Kind, Outcome
from bot.sandbox.blocks import message_problems, view_problems
from bot.views import ask_forms, asks, menu
from bot.views.ask_forms import Draft, Filled
from tests.views import asked, reading
from tests.views.examples import MESSAGES, MODALS


def test_asks_read_as_they_were_last_looked_at() -> None:
    assert reading.asked() == asked.FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MESSAGES["asks"])
def test_everything_fits_into_slack_and_rings_nobody(name: str) -> None:
    payload = MESSAGES["asks"][name].payload()
    assert message_problems(payload["blocks"]) == []
    assert len(payload["text"]) <= 4000
    assert "<!" not in str(payload).replace("<!date^", "")
    assert "<https://evil" not in str(payload)


@pytest.mark.parametrize("name", [*MODALS["asks"], *asked.menus()])
def test_every_form_fits_into_slack(name: str) -> None:
    view = {**MODALS["asks"], **asked.menus()}[name]
    assert view_problems(view) == []
    assert len(view.get("private_metadata", "")) <= 3000


def test_nobody_is_blamed_and_nobody_is_shouted_at() -> None:
    text = asked.FILE.read_text(encoding="utf-8")
    assert "!" not in text
    for word in ("late", "failed", "overdue", "ignored", "should have"):
        assert f" {word}" not in text


def test_what_a_form_carries_it_reads_back() -> None:
    view = ask_forms.form(Draft(Kind.SNAG, about=asked.SOURCE, same=asked.SAME))
    values: dict[str, Any] = {ask_forms.LINE: {ask_forms.LINE: {"value": "The export"}}}
    values[ask_forms.SAME] = {ask_forms.SAME: {"selected_option": {"value": "2"}}}
    read = ask_forms.read_form({**view, "state": {"values": values}})
    assert read == Filled(Kind.SNAG, "The export", asked.SOURCE, None, 2)


@pytest.mark.parametrize("kind", Kind)
def test_an_answer_is_read_back_as_it_was_chosen(kind: Kind) -> None:
    view = ask_forms.answer_form(asked.told(kind))
    for outcome in ANSWERS[kind]:
        values: dict[str, Any] = {ask_forms.LINE: {ask_forms.LINE: {"value": "So be it"}}}
        if len(ANSWERS[kind]) > 1:
            values[ask_forms.OUTCOME] = {ask_forms.OUTCOME: {"selected_option": {"value": outcome}}}
        assert ask_forms.read_answer({**view, "state": {"values": values}}) == (10**17, outcome, "So be it")


def test_who_said_when_is_asked_for_more() -> None:
    blocks = asks.in_list(asked.told(Kind.SNAG, outcome=Outcome.WHEN, ended_user="U0MIA"), "U0MIA")
    assert asks.ANSWER in str([block.to_dict() for block in blocks])


def test_the_menu_remembers_the_message() -> None:
    picked = menu.Picked(asked.SOURCE, "U0ADA")
    assert menu.read_menu({"view": {**menu.menu(picked), "id": "V1"}}) == ("V1", picked)
