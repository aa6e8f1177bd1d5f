"""Figures as a table: exact, and as silent as everywhere else."""

import csv
from datetime import UTC, datetime

from bot.domain.statistics import Counts, told
from bot.domain.weeks import last_weeks
from bot.views import figures_export

WEEK, NEXT = last_weeks("UTC", datetime(2026, 6, 8, 9, 0, tzinfo=UTC), 2)
BUSY = Counts(WEEK, 40, 48, 3, 36, 601, 4_001, 48, 12, 2, 5, 3)


def test_a_week_is_a_row() -> None:
    head, row = csv.reader(figures_export.table([("care", told(BUSY, 3))]).splitlines())
    assert tuple(head) == figures_export.COLUMNS
    assert row == ["care", "2026-05-25", "40", "48", "3", "0.75", "601", "4001", "0.75", "2", "5"]


def test_what_may_not_be_told_is_an_empty_cell_and_nothing_is_a_zero() -> None:
    small = Counts(NEXT, 4, 4, 2, 4, 60, 60, 4, 0, 0, 1)
    _, of_two, of_none = csv.reader(
        figures_export.table([("a", told(small, 2)), ("b", told(Counts(NEXT), 9))]).splitlines()
    )
    assert of_two == ["a", "2026-06-01", "4", "4", "", "", "", "", "", "0", ""]
    assert of_none == ["b", "2026-06-01", "0", "0", "", "", "", "", "", "0", ""]
