"""The pulse as people read it: never a number, the same words for a team of one mind and one of several."""

import re

import pytest

from bot.domain.pulse import ANSWERS, Verdict, questions, verdict
from bot.sandbox.blocks import message_problems
from bot.views import pulse
from bot.views.pulse import Press, TeamPulse
from bot.views.words import pulse as words
from tests.views import pulses, reading
from tests.views.examples import MESSAGES
from tests.views.pulses import NOW, TEAM, told


def test_the_pulse_reads_as_it_was_last_looked_at() -> None:
    assert reading.pulses() == pulses.FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MESSAGES["pulse"])
def test_everything_fits_into_slack(name: str) -> None:
    payload = MESSAGES["pulse"][name].payload()
    assert message_problems(payload["blocks"]) == []
    assert len(payload["blocks"]) <= 50
    assert "<!channel>" not in str(payload)


def test_an_answer_takes_two_taps_and_is_read_back_as_it_was_drawn() -> None:
    asked = pulse.question("care", "2026-03-02", questions()[0], 5, NOW).payload()
    buttons = next(block for block in asked["blocks"] if block["type"] == "actions")["elements"]
    assert all(button["confirm"]["title"]["text"] == words.SURE_TITLE() for button in buttons)
    presses = [pulse.read_press(button) for button in buttons]
    assert presses == [Press("care", "2026-03-02", step) for step in (1, 2, 3, 4, 5, 0)]


@pytest.mark.parametrize(
    ("action_id", "value"),
    [("pulse.6", "care:2026-03-02"), ("pulse.1", "0"), ("pulse.1", None), ("pulse.1", "a:b:c"), ("", "x:2026-03-02")],
)
def test_what_was_never_drawn_is_no_answer(action_id: str, value: str | None) -> None:
    assert pulse.read_press({"action_id": action_id, "value": value}) is None


def test_what_is_told_names_no_number_of_people() -> None:
    pages = [*(pulse.told("Care", told(one)) for one in Verdict), pulse.page([TEAM])]
    said = [f"{page.text}\n{reading.read(page.payload())}" for page in pages]
    assert not re.search(r"\d", re.sub(r"<!date\^[^>]*>|\b\d+ [A-Z][a-z]{2} 20\d\d$", "", "\n".join(said), flags=re.M))


@pytest.mark.parametrize("said", Verdict)
def test_the_page_of_a_team_depends_on_verdicts_alone(said: Verdict) -> None:
    """Answer sets with one verdict, of one mind or not, of five or fifty people, give one and the same page."""
    sets = [{1: no, 3: between, 5: yes} for no in range(8) for between in range(8) for yes in range(8)]
    same = [counts for counts in sets if verdict(counts) is said]
    pages = {
        str(pulse.page([TeamPulse("Care", told(found), 5, NOW)]).payload())
        for counts in same
        if (found := verdict(counts))
    }
    assert len(same) > 10
    assert len(pages) == 1


def test_who_leads_a_team_and_who_is_in_it_read_the_same() -> None:
    assert pulse.page([TEAM]).payload() == pulse.page([TEAM]).payload()
    assert words.ALL_ALIKE() in str(pulse.page([TEAM]).payload())


def test_every_step_and_every_verdict_has_words() -> None:
    assert set(words.STEPS) == set(ANSWERS)
    assert set(words.VERDICTS) == set(Verdict)
    assert len(set(words.VERDICTS.values())) == len(Verdict)
