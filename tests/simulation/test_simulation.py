"""The simulation itself runs: a very small team for two days."""

import pytest

from tests.simulate_team import Share, compared, played
from tests.simulation.town import Size


def test_two_agents_look_after_three_channels_for_two_days_and_budgets_hold() -> None:
    shares = [Share(0, Size(agents=2, channels=3, days=2), 3, budgets) for budgets in (False, True)]
    found = [played(share) for share in shares]
    without, under = found
    assert sum(without.answered.values()) > 0
    assert sum(under.answered.values()) > 0
    assert max(under.pings) <= 6
    table = compared(shares, found)
    assert table[0] == "| | without budgets | with budgets |"
    assert all(line.count("|") == 4 for line in table)


@pytest.mark.parametrize("budgets", [False, True])
def test_the_same_seed_is_the_same_team(budgets: bool) -> None:
    share = Share(1, Size(agents=2, channels=3, days=1), 5, budgets)
    assert played(share) == played(share)
