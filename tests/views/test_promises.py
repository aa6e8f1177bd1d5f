"""Promises as their makers read of them."""

import pytest

from bot.sandbox.blocks import message_problems
from bot.views import promises as views
from tests.views.examples import MESSAGES
from tests.views.promising import STATES


@pytest.mark.parametrize("name", MESSAGES["promises"])
def test_everything_fits_into_slack_and_rings_nobody(name: str) -> None:
    payload = MESSAGES["promises"][name].payload()
    assert message_problems(payload["blocks"]) == []
    assert len(payload["text"]) <= 4000
    assert "<!" not in str(payload).replace("<!date^", "")


def test_nobody_is_told_a_time_that_they_never_gave() -> None:
    assert "<!date^" in str(MESSAGES["promises"]["named"].payload())
    assert "<!date^" not in str(MESSAGES["promises"]["not named"].payload())
    assert "by <!date^" in views.line(STATES["named"])
    assert "you named no time, the target says <!date^" in views.line(STATES["not named"])


def test_a_list_says_how_many_it_leaves_out() -> None:
    assert "and 91 more" in str(MESSAGES["promises"]["many"].payload())
