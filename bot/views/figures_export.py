"""Teams' figures as a table for spreadsheets, exact: a row a team and week. What may not be told is an empty cell."""

import csv
import io
from collections.abc import Iterable

from bot.domain.statistics import FEWEST, Figures

COLUMNS = (
    "team",
    "week",  # the local Monday on which it began
    "conversations",  # that got their first answer
    "answers",
    "answerers",
    "within_target",  # of answers, from 0 to 1
    "median_s",  # of first answers, in working seconds; as the next one
    "p90_s",
    "not_asked_again",  # of answers, from 0 to 1
    "silence_broken",  # answers after more than 24 hours
    "after_hours",  # answers outside working time
)


def table(rows: Iterable[tuple[str, Figures]]) -> str:
    """Comma-separated, with a line of headings; `rows` are teams' keys with the figures of a week."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_row(team, figures) for team, figures in rows)
    return text.getvalue()


def _row(team: str, figures: Figures) -> tuple[object, ...]:
    return (
        team,
        figures.week.period,
        figures.conversations,
        figures.answers,
        figures.answerers if figures.answerers >= FEWEST else None,
        figures.within_target,
        figures.median_s,
        figures.p90_s,
        figures.not_asked_again,
        figures.silence_broken,
        figures.after_hours,
    )
