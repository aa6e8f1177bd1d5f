"""Hours and targets as people write them on the command line."""

from datetime import time, timedelta

import pytest

from bot.domain.hours import ROUND_THE_CLOCK, Week
from bot.domain.setup import Targets
from bot.replay.options import MOST_TARGETS, BadOption, read_all_targets, read_hours, read_targets, read_url

NINE_TO_FIVE = ((time(9), time(17)),)
LUNCH = ((time(9), time(12, 30)), (time(13), time(17)))
MORNING = ((time(10), time(14)),)
NIGHT = ((time(22), time(6)),)


@pytest.mark.parametrize(
    ("hours", "days"),
    [
        ("24/7", ROUND_THE_CLOCK.days),
        ("09:00-17:00", (NINE_TO_FIVE,) * 5 + ((), ())),
        ("9-17", (NINE_TO_FIVE,) * 5 + ((), ())),
        ("mon-thu 9-12:30 13-17, sat 10-14", (LUNCH,) * 4 + ((), MORNING, ())),
        ("9:00 – 17:00", (NINE_TO_FIVE,) * 5 + ((), ())),
        ("09:00-12:30, 13:00-17:00", (LUNCH,) * 5 + ((), ())),
        ("mon-fri 09:00-17:00, sat 10:00-14:00", (NINE_TO_FIVE,) * 5 + (MORNING, ())),
        ("Monday - Thursday 09:00-12:30 13:00-17:00; Sat 10:00-14:00", (LUNCH,) * 4 + ((), MORNING, ())),
        ("fri-mon 22:00-06:00", (NIGHT, (), (), (), NIGHT, NIGHT, NIGHT)),
        ("mon 09:00-12:30, tue 09:00-17:00, mon 13:00-17:00", (LUNCH, NINE_TO_FIVE, (), (), (), (), ())),
    ],
)
def test_hours_are_written_as_people_write_them(hours: str, days: tuple[object, ...]) -> None:
    assert read_hours(hours, "Europe/Berlin") == Week("Europe/Berlin", days)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hours", "zone", "option", "why"),
    [
        ("9am-5pm", "UTC", "--hours", '"9am-5pm" is not a block of hours'),
        ("9-99", "UTC", "--hours", "is not a block of hours"),
        ("25:00-26:00", "UTC", "--hours", "is not a block of hours"),
        ("always", "UTC", "--hours", "`always` is not known here"),
        ("mun-fri 09:00-17:00", "UTC", "--hours", "`mun-fri` is not known here"),
        ("09:00-17:00, 16:00-18:00", "UTC", "--hours", "overlaps"),
        ("mon-fri 09:00-17:00, mon 18:00-19:00", "UTC", "--hours", "twice"),
        ("", "UTC", "--hours", "never open"),
        ("mon-fri", "UTC", "--hours", "never open"),
        ("24/7", "Berlin", "--tz", "not a time zone"),
        ("09:00-17:00", "../etc/passwd", "--tz", "not a time zone"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_option(hours: str, zone: str, option: str, why: str) -> None:
    with pytest.raises(BadOption, match=why) as caught:
        read_hours(hours, zone)
    assert caught.value.option == option


@pytest.mark.parametrize(
    ("text", "first", "later"),
    [("60m", 60, 120), ("90", 90, 180), ("60m/120m", 60, 120), ("1h30m", 90, 180), ("15m / 1h", 15, 60)],
)
def test_a_target_alone_is_doubled_for_later_replies(text: str, first: int, later: int) -> None:
    assert read_targets(text) == Targets(timedelta(minutes=first), timedelta(minutes=later))


@pytest.mark.parametrize("text", ["", "soon", "0m", "60m/", "60m/120m/180m", "-5m", "9999h"])
def test_a_target_that_is_none_is_told(text: str) -> None:
    with pytest.raises(BadOption) as caught:
        read_targets(text)
    assert caught.value.option == "--target"


def test_several_targets_stay_in_the_order_in_which_they_were_given() -> None:
    assert [one.first for one in read_all_targets(["2h", "30m"])] == [timedelta(hours=2), timedelta(minutes=30)]


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (["1h", "60m"], "the same target is given twice"),
        ([f"{minutes}m" for minutes in range(1, MOST_TARGETS + 2)], "at most 8 targets"),
        (["30m", "soon"], "not a working time"),
    ],
)
def test_targets_that_cannot_stand_side_by_side_are_told(texts: list[str], why: str) -> None:
    with pytest.raises(BadOption, match=why) as caught:
        read_all_targets(texts)
    assert caught.value.option == "--target"


@pytest.mark.parametrize(
    "text", ["https://linden.slack.com", "https://linden.slack.com/", " https://big.enterprise.slack.com"]
)
def test_a_workspace_has_an_address(text: str) -> None:
    assert read_url(text) == text.strip().rstrip("/")


@pytest.mark.parametrize(
    "text", ["", "linden", "http://linden.slack.com", "javascript:alert(1)", "https://evil.example"]
)
def test_links_lead_to_slack_alone(text: str) -> None:
    with pytest.raises(BadOption, match="not a workspace's address") as caught:
        read_url(text)
    assert caught.value.option == "--workspace-url"
