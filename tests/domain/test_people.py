"""Whose side someone is on."""

from dataclasses import replace

import pytest

from bot.domain.arrivals import Account
from bot.domain.conversations import Side
from bot.domain.people import is_inside, side, unknown

COLLEAGUE = Account("U1", "T1", None, "Ana", "UTC", False, False, False, False, False)


@pytest.mark.parametrize(
    ("account", "whose"),
    [
        (COLLEAGUE, Side.OURS),
        (replace(COLLEAGUE, is_guest=True), Side.THEIRS),
        (replace(COLLEAGUE, home_team="T2"), Side.THEIRS),
        (replace(COLLEAGUE, home_team="T2", is_stranger=True), Side.THEIRS),
        (replace(COLLEAGUE, home_team="T2", enterprise="E2"), Side.THEIRS),
        (replace(COLLEAGUE, home_team="T2", enterprise="E1"), Side.OURS),
        (replace(COLLEAGUE, home_team="T2", enterprise="E1", is_guest=True), Side.THEIRS),
        (replace(COLLEAGUE, home_team="E1"), Side.OURS),
        (replace(COLLEAGUE, home_team=None), Side.THEIRS),
        (replace(COLLEAGUE, is_app=True), Side.APP),
        (replace(COLLEAGUE, is_app=True, home_team="T2"), Side.APP),
        (unknown("U9"), Side.THEIRS),
    ],
)
def test_ours_are_this_workspace_and_its_enterprise_but_no_guests(account: Account, whose: Side) -> None:
    assert side(account, "T1", "E1") is whose


def test_outside_an_enterprise_nobody_shares_one() -> None:
    """Neither of two accounts without an enterprise is in the other's."""
    assert side(replace(COLLEAGUE, home_team="T2"), "T1", None) is Side.THEIRS


def test_an_app_of_another_company_is_not_inside() -> None:
    assert is_inside(replace(COLLEAGUE, is_app=True), "T1", None)
    assert not is_inside(replace(COLLEAGUE, is_app=True, home_team="T2"), "T1", None)
