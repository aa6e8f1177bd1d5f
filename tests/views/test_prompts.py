"""The weekly prompt as a busy manager reads it: in twenty seconds, with its reason, and within Slack's limits."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.behaviours import Behaviour
from bot.domain.prompt_book import Dimension, Prompt, Signal, book
from bot.domain.prompts import Became, Outcome, Turn
from bot.domain.signals import Heard
from bot.sandbox.blocks import message_problems, view_problems
from bot.views import home, prompts
from bot.views import prompt_forms as forms
from bot.views.prompts import Before, Page
from bot.views.words import prompts as words
from tests.views import homes, prompted, reading
from tests.views.prompted import FRESH, LONG, REASONS, STATES

Json = dict[str, Any]

READ_IN_A_MINUTE = 240  # words, by most adults
TEXTS = st.text(min_size=1, max_size=200)
PROMPTS = st.sampled_from(book()) | st.builds(
    Prompt, st.just("own"), *[TEXTS] * 5, st.sampled_from(Dimension), st.sampled_from(Behaviour)
)
PAGES = st.builds(
    Page,
    st.integers(1, 2**62),
    PROMPTS,
    st.sampled_from(list(REASONS)),
    st.none() | TEXTS,
    st.none() | st.sampled_from(Became),
    st.none() | st.just(prompted.NOW),
    st.none() | TEXTS,
    st.none() | st.sampled_from(Outcome),
    st.none() | st.text(min_size=1, max_size=1000),
    st.integers(0, 2),
    st.none() | st.builds(Before, st.integers(1, 9), TEXTS, st.booleans(), st.none() | st.sampled_from(Outcome)),
)


def test_prompts_read_as_they_were_last_looked_at() -> None:
    assert prompted.drawn() == prompted.FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(("reason", "said"), REASONS.items(), ids=str)
def test_every_reason_says_what_was_counted(reason: Heard | Turn, said: str) -> None:
    assert f"~ {said} | " in reading.read(prompts.page(replace(FRESH, reason=reason)).payload())


def test_every_signal_has_a_reason_of_its_own() -> None:
    assert {one.signal for one in REASONS if isinstance(one, Heard)} == set(Signal)
    assert len(set(REASONS.values())) == len(REASONS)


@pytest.mark.parametrize("one", book(), ids=lambda one: one.id)
def test_a_busy_manager_reads_it_in_twenty_seconds(one: Prompt) -> None:
    said = " ".join([one.title, one.why, one.act, one.question, one.notice])
    assert len(said.split()) <= READ_IN_A_MINUTE // 3


def test_who_leads_several_teams_hears_whose_week_it_was() -> None:
    said = reading.read(prompts.page(STATES["fresh, of several teams"]).payload())
    assert "Chosen because in *Night watch* 3 asks waited longer than their target." in said


def test_a_channel_of_leaders_gets_nothing_to_press() -> None:
    assert "actions" not in {block["type"] for block in prompts.for_leaders(FRESH).payload()["blocks"]}


@given(PAGES)
def test_whatever_stands_in_it_it_fits_into_slack_and_rings_nobody(page: Page) -> None:
    blocks = [block.to_dict() for block in prompts.part(page)]
    for message in (prompts.page(page), prompts.for_leaders(page), prompts.reminder(page)):
        payload = message.payload()
        assert not message_problems(payload["blocks"])
        assert len(payload["blocks"]) <= 50
        blocks += payload["blocks"]
    said = [str(one) for one in _texts(blocks)]
    for one in said:
        assert "<" not in one.replace("<!date^", "")


def _texts(thing: Any) -> list[str]:
    """Every mrkdwn text, however deep."""
    if isinstance(thing, list):
        return [text for one in thing for text in _texts(one)]
    if not isinstance(thing, dict):
        return []
    own = [thing["text"]] if thing.get("type") == "mrkdwn" else []
    return own + [text for one in thing.values() for text in _texts(one)]


def test_the_ways_on_follow_from_what_was_made_of_it() -> None:
    shown = {name: _labels(prompts.page(page).payload()) for name, page in STATES.items()}
    assert shown["fresh"] == [words.TAKE(), words.ANOTHER(), words.PASS(), words.WHAT_HAPPENED()]
    assert shown["no other one left"] == [words.TAKE(), words.PASS(), words.WHAT_HAPPENED()]
    assert shown["chosen"] == [words.CHANGE(), words.WHAT_HAPPENED()]
    assert shown["not this week"] == [words.TAKE(), words.WHAT_HAPPENED()]
    assert shown["told: done"] == [words.WHAT_HAPPENED()]
    assert shown["last week's is asked about"][:3] == [words.DONE(), words.NOT_YET(), words.WHAT_HAPPENED()]
    assert shown["last week's is done"] == shown["fresh"]


def _labels(payload: Json) -> list[str]:
    rows = [block["elements"] for block in payload["blocks"] if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row]


def test_it_fits_into_the_fullest_home() -> None:
    full = replace(homes.PAGES["as much as can be"], prompt=STATES["extreme"])
    view = home.home(full).view()
    assert not view_problems(view)
    assert len(view["blocks"]) <= 100
    assert any(words.WHAT_HAPPENED() in str(block) for block in view["blocks"])


# -- the forms ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", prompted.modals())
def test_every_form_fits_into_slack(name: str) -> None:
    view = prompted.modals()[name]
    assert not view_problems(view)
    assert "<!channel>" not in str([block.get("text") for block in view["blocks"]])


def filled(view: Json, **values: Any) -> Json:
    """The view as Slack sends it back: a field's last word, and what stands in it."""
    return view | {"state": {"values": {name: {name: value} for name, value in values.items()}}}


def test_a_chosen_hour_is_by_the_clock_where_the_person_is() -> None:
    view = forms.take_form(7, LONG.act, date(2026, 7, 1), time(9), None)
    sent = filled(
        view,
        **{
            forms.DAY: {"selected_date": "2026-07-02"},
            forms.TIME: {"selected_time": "16:30"},
            forms.SHARE: {"value": "  I sit\nwith you. "},
        },
    )
    wanted = forms.read_take(sent, "Europe/Berlin")
    assert wanted == forms.Commitment(7, datetime(2026, 7, 2, 14, 30, tzinfo=UTC), "I sit with you.")


def test_without_a_day_there_is_no_reminder_and_without_words_nobody_is_told() -> None:
    sent = filled(forms.take_form(7, "x", None, time(9), None), **{forms.SHARE: {"value": " \n\x00 "}})
    assert forms.read_take(sent, "UTC") == forms.Commitment(7, None, None)


def test_what_happened_is_read_back_with_its_lines() -> None:
    sent = filled(
        forms.what_form(7, "x", None, None),
        **{forms.OUTCOME: {"selected_option": {"value": "partly"}}, forms.NOTE: {"value": "It rained.\nWe went."}},
    )
    assert forms.read_what(sent) == forms.Happened(7, Outcome.PARTLY, "It rained.\nWe went.")


@pytest.mark.parametrize("carried", ["", "x", "-1"])
def test_a_form_that_nobody_drew_is_not_read(carried: str) -> None:
    with pytest.raises(ValueError, match=carried or "^$"):
        forms.read_what(filled({"private_metadata": carried}))


def test_the_book_offers_every_prompt_and_ticks_those_that_do_not_come() -> None:
    (menu,) = (block["element"] for block in prompted.modals()["book"]["blocks"] if block["type"] == "input")
    offered = [option["value"] for group in menu["option_groups"] for option in group["options"]]
    assert sorted(offered) == sorted(one.id for one in book())
    assert [option["value"] for option in menu["initial_options"]] == ["empty-rota"]
