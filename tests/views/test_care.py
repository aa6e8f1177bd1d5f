"""The list of /care."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.care_command import Verb, read
from bot.views import care
from bot.views.nudges import Waiting

LINK = "https://linden.slack.com/archives/C0ACME/p1"
ADA = Waiting("C0ACME", "Ada", LINK, timedelta(minutes=15), timedelta(hours=1))
NEW = Waiting("C0ACME", "Al & Co", LINK, timedelta(minutes=5), timedelta(hours=1), new_here=True)


def lines(waiting: list[Waiting], count: int) -> list[str]:
    blocks = care.listed(waiting, count).payload()["blocks"]
    return [(block.get("text") or block["elements"][0])["text"] for block in blocks]


def test_a_line_a_customer_under_how_many_there_are() -> None:
    assert lines([ADA, NEW], 2) == [
        "*2 customers are waiting for you*",
        f"*Ada* in <#C0ACME>: 15 minutes of 1 hour · <{LINK}|Open thread>",
        "*Al &amp; Co* in <#C0ACME>: 5 minutes of 1 hour · New here: their first conversation with us."
        f" · <{LINK}|Open thread>",
    ]


def test_what_is_set_aside_says_until_when_and_what_is_held_for_somebody_says_for_whom() -> None:
    at = datetime(2026, 3, 2, 14, tzinfo=UTC)
    shown = lines([replace(ADA, snoozed_until=at), replace(ADA, paused_until=at, covers_for="U0LEE")], 2)
    date = "<!date^1772460000^{date_short_pretty} {time}|2026-03-02 14:00 UTC>"
    assert f" · snoozed until {date} · <" in shown[1]
    assert f" · waiting on the customer until {date} · for <@U0LEE> · <" in shown[2]


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (0, "All caught up: no customer is waiting for you."),
        (1, "*1 customer is waiting for you*"),
        (7, "*7 customers are waiting for you*"),
    ],
)
def test_the_headline_counts(count: int, says: str) -> None:
    assert lines([ADA] * count, count)[0] == says


def test_what_is_left_out_is_counted() -> None:
    assert lines([ADA] * 2, 2)[-1] != "and 0 more"
    assert lines([ADA] * 2, 5)[-1] == "and 3 more"


@pytest.mark.parametrize(("typed", "known"), [("help", True), ("Help", True), ("?", True), ("hlep", False)])
def test_help_is_known_and_all_else_is_not(typed: str, known: bool) -> None:
    assert care.usage(typed, read(typed), {*Verb}).text.startswith("I don't know") is not known


def test_a_slip_is_taken_for_a_word_that_works_for_whoever_typed_it_and_for_no_other() -> None:
    for works, said in (({*Verb}, "Did you mean `/care prompt`?"), ({Verb.PRIVACY}, "`/care privacy` shows all")):
        told = care.usage("promt", read("promt"), works).text
        assert said in told
        assert ("`/care prompt`" in told) is (Verb.PROMPT in works)
