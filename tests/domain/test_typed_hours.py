"""A person's own week, in words that people type."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.setup_hours import days_data, days_of
from bot.domain.typed_hours import read

MORNINGS = {"mon-fri": ["09:00-13:00"]}


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("mon-fri 9:00-13:00", MORNINGS),
        ("Mon-Fri 9-13", MORNINGS),
        ("monday to friday 9am to 1pm", MORNINGS),
        ("weekdays 9 am – 1 pm", MORNINGS),
        ("mo-fr 9-13", None),
        ("mon, tue 9-13", {"mon-tue": ["09:00-13:00"]}),
        ("mon and wed 9-13", {"mon": ["09:00-13:00"], "wed": ["09:00-13:00"]}),
        (
            "mon-thu 9:00-12:30, 13:15-17:30, fri 9-15",
            {"mon-thu": ["09:00-12:30", "13:15-17:30"], "fri": ["09:00-15:00"]},
        ),
        ("tuesdays 9.30-12", {"tue": ["09:30-12:00"]}),
        ("fri-mon 22-6", {"mon": ["22:00-06:00"], "fri-sun": ["22:00-06:00"]}),
        ("every day 0-24", {"mon-sun": ["00:00-24:00"]}),
        ("weekend 8-12", {"sat-sun": ["08:00-12:00"]}),
    ],
)
def test_a_week_is_typed_as_people_write_it(typed: str, hours: dict[str, list[str]] | None) -> None:
    days = read(typed)
    assert (None if isinstance(days, str) else days_data(days)) == hours


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", ""),
        ("mon-fri", ""),
        ("9-13", ""),
        ("mon 9-13 tue", ""),
        ("mon-fri early", "“early” is neither a day nor hours."),
        ("someday 9-13", "“someday” is neither a day nor hours."),
        ("mon 9-25", "“9-25” is neither a day nor hours."),
        ("mon 9-13, 12-17", "Monday: 09:00–13:00 overlaps 12:00–17:00."),
        ("mon-fri 9-13 tue 14-15", "tue stands here twice: put all its hours in one line"),
    ],
)
def test_what_is_no_week_is_refused_with_the_reason(typed: str, sentence: str) -> None:
    assert read(typed) == sentence


@given(
    st.text(max_size=60) | st.lists(st.sampled_from(["mon", "tue-fri", "9-13", "22-6", ",", "24", "x"])).map(" ".join)
)
def test_any_text_is_a_week_that_can_be_kept_or_refused(typed: str) -> None:
    days = read(typed)
    if not isinstance(days, str):
        assert days_of(json.loads(json.dumps(days_data(days)))) == days
