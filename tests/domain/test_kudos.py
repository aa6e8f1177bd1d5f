"""When kudos may be given, changed and announced."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversations import Side
from bot.domain.kudos import (
    LONGEST,
    Code,
    Gift,
    Refused,
    check,
    check_reason,
    may_change,
    nameless,
)

GIVEN_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REASON = "staying with the Acme family"
SIDES = {
    "U0MIA": Side.OURS,
    "U0ANA": Side.OURS,
    "U0LEE": Side.OURS,
    "U0OLD": Side.OURS,
    "U0CUST": Side.THEIRS,
    "U0APP": Side.APP,
}


def gift(*receivers: str, giver: str = "U0MIA", reason: str = REASON) -> Gift:
    return Gift(giver, receivers, (), reason)


@pytest.mark.parametrize(
    ("kudos", "refusal"),
    [
        pytest.param(gift("U0ANA"), None, id="to a colleague"),
        pytest.param(gift("U0ANA", "U0LEE"), None, id="to several"),
        pytest.param(gift(), Refused(Code.NOBODY), id="to nobody"),
        pytest.param(gift("U0MIA"), Refused(Code.SELF), id="to oneself"),
        pytest.param(gift("U0ANA", "U0MIA"), Refused(Code.SELF), id="to oneself among others"),
        pytest.param(gift("U0CUST"), Refused(Code.NOT_OURS, who=("U0CUST",)), id="to a customer"),
        pytest.param(gift("U0ANA", "U0APP"), Refused(Code.NOT_OURS, who=("U0APP",)), id="to an app"),
        pytest.param(gift("U0OLD"), Refused(Code.NOT_OURS, who=("U0OLD",)), id="to someone who has left"),
        pytest.param(gift("U0NEW"), Refused(Code.NOT_OURS, who=("U0NEW",)), id="to someone unknown"),
        pytest.param(gift("U0ANA", giver="U0CUST"), Refused(Code.NOT_OURS, who=("U0CUST",)), id="by a customer"),
        pytest.param(gift("U0ANA", reason="great job"), Refused(Code.NO_REASON), id="for nothing said"),
        pytest.param(gift(reason="x"), Refused(Code.NOBODY), id="the people first"),
        pytest.param(gift("U0ANA", reason="so " * 400), Refused(Code.TOO_LONG, limit=LONGEST), id="a letter"),
    ],
)
def test_kudos_go_from_one_of_us_to_others_of_us_for_a_reason(kudos: Gift, refusal: Refused | None) -> None:
    assert check(kudos, SIDES, gone={"U0OLD"}) == refusal


@pytest.mark.parametrize(
    "reason",
    [
        "stayed so late",
        "for R&D demo help",
        "dziękuję za cierpliwość",
        "いつもありがとう",
        "丁寧な対応でした",
        "ขอบคุณมากนะ",
        "@anaさん、いつもありがとう",
        "спасибо за помощь",
        "धन्यवाद आपके लिए",
        "x " * 500,
    ],
)
def test_three_words_or_six_characters_of_a_script_without_spaces_are_a_sentence(reason: str) -> None:
    assert check_reason(reason) is None


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "   ",
        "thanks",
        "great job",
        "great job !!!",
        "1 2 3 4",
        "🎉 🎉 🎉 wow",
        "ありがとう",
        ":tada: :wave: :heart: yes",
        "great https://example.com/a-b-c job",
        "@ana @lee @kim #kindness thanks",
        "धन्यवाद",
    ],
)
def test_less_is_no_reason(reason: str) -> None:
    assert check_reason(reason) == Refused(Code.NO_REASON)


@given(st.text(min_size=LONGEST + 1, max_size=LONGEST + 50))
def test_a_reason_is_never_a_letter(reason: str) -> None:
    assert check_reason(reason) == Refused(Code.TOO_LONG, limit=LONGEST)


@pytest.mark.parametrize(
    ("later", "allowed"),
    [
        (timedelta(0), True),
        (timedelta(hours=24), True),
        (timedelta(hours=24, microseconds=1), False),
        (timedelta(days=8), False),
    ],
)
def test_the_giver_may_change_them_for_a_day(later: timedelta, allowed: bool) -> None:
    assert may_change(GIVEN_AT, GIVEN_AT + later) is allowed


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("for how @ana.b calmed Acme and @lee_2 fixed it.", "for how @… calmed Acme and @… fixed it."),
        ("@Żaneta's patience, @ana.", "@…'s patience, @…."),
        ("writing to kim@example.com @ noon", "writing to kim@example.com @ noon"),
        ("how @… stayed", "how @… stayed"),
    ],
)
def test_an_announcement_without_a_receiver_has_a_reason_without_mentions(reason: str, told: str) -> None:
    assert nameless(reason) == told
