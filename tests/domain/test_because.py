"""Why a wait came to somebody is kept as a short code, which is read as it was written."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.because import Because, Cause, of_away, read, write
from bot.domain.presence import Away, Reason

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("because", "code"),
    [
        (Because(Cause.FREE), "free"),
        (Because(Cause.TURN, "U0ANA"), "turn:U0ANA"),
        (Because(Cause.AWAY, "U0ANA", Reason.PAUSED, MONDAY), "away:U0ANA:paused:1772445600"),
        (Because(Cause.AWAY, "U0ANA", Reason.STATUS), "away:U0ANA:status"),
    ],
)
def test_a_code_for_each_reason(because: Because, code: str) -> None:
    assert write(because) == code
    assert read(code) == because


@given(
    st.builds(
        Because,
        st.sampled_from(Cause),
        st.sampled_from(["", "U0ANA", "W0LEE"]),
        st.none() | st.sampled_from(Reason),
        st.none() | st.integers(0, 2**33).map(lambda second: datetime.fromtimestamp(second, UTC)),
    )
)
def test_what_is_written_is_read_again(because: Because) -> None:
    assert read(write(because)) == because


@pytest.mark.parametrize("code", ["", "tired:U0ANA", "away:U0ANA:asleep", "away:U0ANA:paused:soon"])
def test_what_nobody_wrote_says_nothing(code: str) -> None:
    assert read(code) is None


def test_who_takes_a_breath_after_a_call_is_nobody_elses_business() -> None:
    assert of_away("U0ANA", Away(Reason.BREATHER, MONDAY)) == Because(Cause.AWAY, "U0ANA")


def test_who_has_left_the_company_is_not_away() -> None:
    assert of_away("U0ANA", Away(Reason.GONE)) == Because(Cause.GONE, "U0ANA")
