"""Retention in the setup, as plain data."""

from dataclasses import asdict

from bot.domain import setup_values as values
from bot.domain.retention import Retention
from bot.domain.setup_values import Table, Wrong, shown

KEPT = "kept"
LEAST, MOST = 30, 3650  # days; a conversation may well rest for less before it goes on
USUAL = Retention()


def read_retention(table: Table) -> Retention:
    """What is left out is as usual."""
    retention = Retention(
        conversations=table.take("conversations", days, USUAL.conversations),
        kudos=table.take("kudos", days, USUAL.kudos),
        answers=table.take("answers", days, USUAL.answers),
        statistics=table.take("statistics", days, USUAL.statistics),
        changes=table.take("changes", days, USUAL.changes),
        grace=table.take("grace", values.whole("days", 1, 365), USUAL.grace),
    )
    table.close()
    return retention


def days(value: object) -> int | None:
    """None for "kept"."""
    if value == KEPT:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not LEAST <= value <= MOST:
        raise Wrong(
            f'{shown(value)} is not a number of days: a whole number from {LEAST} to {MOST} is needed, or "{KEPT}"'
        )
    return value


def every_day(retention: Retention) -> dict[str, object]:
    """All of it, key for key."""
    return {key: KEPT if value is None else value for key, value in asdict(retention).items()}


def retention_data(retention: Retention) -> dict[str, object]:
    """What `read_retention` reads back; nothing where all is as usual."""
    usual = every_day(USUAL)
    return {key: value for key, value in every_day(retention).items() if value != usual[key]}
