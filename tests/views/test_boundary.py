"""Boundary calls as people read them: calm, whole, within Slack's limits, and read back as they were drawn."""

import json

import pytest

from bot.domain.asks import LINE_MAX
from bot.domain.boundary import Case
from bot.domain.kudos import Source
from bot.sandbox.blocks import message_problems, view_problems
from bot.views import boundary as views
from bot.views.words import boundary as words
from tests.views import boundaries
from tests.views.boundaries import HOSTILE, PLAIN, SOURCE

MESSAGES = dict(boundaries.messages())
VIEWS = boundaries.modals() | boundaries.shown()


def test_calls_read_as_they_were_last_looked_at() -> None:
    assert boundaries.drawn() == boundaries.FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_fits_into_slack_and_rings_nobody(name: str) -> None:
    payload = MESSAGES[name].payload()
    assert message_problems(payload["blocks"]) == []
    assert not [text for text in ("<!channel>", "<https://evil", "<@U0MIA>") if text in str(payload)]


@pytest.mark.parametrize("name", VIEWS)
def test_every_form_fits_into_slack(name: str) -> None:
    assert view_problems(VIEWS[name]) == []
    assert len(VIEWS[name].get("private_metadata", "")) <= 3000


def _sent(view: dict[str, object], **values: object) -> views.Filled:
    state = {f"boundary.{name}": {f"boundary.{name}": value} for name, value in values.items()}
    return views.read_form({"state": {"values": state}, "private_metadata": view["private_metadata"]})


def test_a_call_is_read_back_as_it_was_drawn() -> None:
    view = views.form(views.Filled(SOURCE, Case.RIGHT, "Facts."))
    case = {"selected_option": {"value": "right"}}
    assert _sent(view, case=case, line={"value": "Facts."}) == views.Filled(SOURCE, Case.RIGHT, "Facts.")


def test_a_conversation_that_was_picked_is_read_back() -> None:
    other = Source("C0BETA", "1772445700.000100", "1772445600.000100")
    view = views.form(views.Filled(), [views.Choice(SOURCE, "Ada", "acme"), views.Choice(other, "Bob", "beta")])
    (menu,) = [block["element"] for block in view["blocks"] if block.get("block_id") == views.WHICH]
    case = {"selected_option": {"value": "abusive"}}
    for option, source in zip(menu["options"], (SOURCE, other, None), strict=True):
        assert _sent(view, which={"selected_option": option}, case=case).source == source


def test_a_case_that_was_not_offered_is_none() -> None:
    with pytest.raises(ValueError, match="coffee"):
        _sent(views.form(views.Filled()), case={"selected_option": {"value": "coffee"}})


def test_who_is_right_reads_first_what_they_may_decide() -> None:
    text = json.dumps(views.in_hand(views.Hand(1, Case.RIGHT, backing=("Say no.",))).payload())
    assert text.index(words.BACKING()) < text.index(words.POLICY())
    text = json.dumps(views.in_hand(views.Hand(1, Case.ABUSIVE, backing=("Say no.",))).payload())
    assert text.index(words.POLICY()) < text.index(words.BACKING())


def test_backing_that_does_not_fit_is_counted() -> None:
    text = str(views.in_hand(views.Hand(1, Case.RIGHT, backing=("&" * 200,) * 40)).payload())
    assert "and 38 more" in text


def test_a_line_that_is_too_long_is_cut_to_what_the_form_takes() -> None:
    view = views.form(views.Filled(line=HOSTILE))
    (box,) = [block["element"] for block in view["blocks"] if block.get("block_id") == views.LINE]
    assert len(box["initial_value"]) == box["max_length"] == LINE_MAX


CALM = [*words.POLICIES.values(), *words.SENTENCES.values(), *words.HEADLINES.values(), *words.AFTER.values()]
CALM += [words.STOPPED, words.TOLD_ONLY, words.ANSWER_NOW, words.NO_NEED, words.FORM_INTRO, words.CHECK_IN_NOTE]


@pytest.mark.parametrize("text", [text() for text in CALM])
def test_words_to_somebody_under_pressure_are_calm_and_short(text: str) -> None:
    assert "!" not in text
    assert all(len(sentence.split()) <= 30 for sentence in text.replace("?", ".").split("."))


@pytest.mark.parametrize("case", Case)
def test_the_suggested_sentence_says_nothing_that_only_we_may_know(case: Case) -> None:
    said = words.SENTENCES[case]().casefold()
    assert not [
        word for word in ("carecue", "boundary", "manager", "policy", "abusive", "unreasonable") if word in said
    ]


def test_the_breather_can_be_ended_and_only_while_it_lasts() -> None:
    assert views.READY in str(views.in_hand(PLAIN).payload())
    assert views.READY not in str(views.in_hand(views.Hand(1, Case.ABUSIVE)).payload())
