"""What is kept for how long, kind by kind: what is old is found, and goes a few rows at a time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row

from bot.domain.moments import ts_of
from bot.domain.retention import Retention
from bot.store import old_conversations, old_things, pulse, quiet
from bot.store.digest_tables import digest_stories, occurrences
from bot.store.kudos_tables import kudos_days, kudos_pairs, kudos_posts
from bot.store.list_tables import overloads
from bot.store.old_rows import Key, Keys, Old
from bot.store.prompt_tables import prompts
from bot.store.pulse_tables import pulse_rounds
from bot.store.set_aside_tables import set_aside
from bot.store.setup_tables import setup_changes

BOOKKEEPING = 30  # days of what only today or this week asks for: caps, and who had too much

Find = Callable[[Connection, str, datetime, int, Key | None], Sequence[Row[Any]]]
Drop = Callable[[Connection, str, Keys, datetime], None]


class Kind(NamedTuple):
    """`days` it is kept, None for good. `find` only reads; `drop` lets go of what was found, if it is old still."""

    name: str
    days: Callable[[Retention], int | None]
    find: Find
    drop: Drop

    def before(self, retention: Retention, now: datetime) -> datetime | None:
        """What is older goes; None where nothing does."""
        days = self.days(retention)
        return None if days is None else now - timedelta(days=days)


def _rows(name: str, days: Callable[[Retention], int | None], old: Old) -> Kind:
    return Kind(name, days, old.find, old.drop)


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _week(at: datetime) -> str:
    return f"{at:%G-W%V}"


_conversations, _kudos, _answers = attrgetter("conversations"), attrgetter("kudos"), attrgetter("answers")
_statistics, _changes = attrgetter("statistics"), attrgetter("changes")


def _bookkeeping(_retention: Retention) -> int | None:
    return BOOKKEEPING


KINDS = (
    Kind("conversations", _conversations, old_conversations.find, old_conversations.drop),
    Kind("questions about thanks", _conversations, old_things.find_questions, old_things.drop_questions),
    Kind("figures", _statistics, old_conversations.find_figures, old_conversations.drop_figures),
    Kind("asks", _answers, old_things.find_asks, old_things.drop_asks),
    _rows("prompts", _answers, Old(prompts.c.told_at)),
    _rows("rounds of the pulse", _answers, Old(pulse_rounds.c.closes_at, pulse_rounds.c.verdict.is_not(None))),
    _rows("questions of the pulse", _answers, Old(kudos_posts.c.ts, kudos_posts.c.key.startswith(pulse.PREFIX), ts_of)),
    _rows("weekly pages", _answers, Old(occurrences.c.at, occurrences.c.job != quiet.JOB)),
    _rows("stories told", _answers, Old(digest_stories.c.period, named=_day)),
    Kind("kudos", _kudos, old_things.find_kudos, old_things.drop_kudos),
    _rows("changes of the setup", _changes, Old(setup_changes.c.at)),
    _rows("days of kudos", _bookkeeping, Old(kudos_days.c.day, named=_day)),
    _rows("weeks of kudos", _bookkeeping, Old(kudos_pairs.c.week, named=_week)),
    _rows("what was set aside", _bookkeeping, Old(set_aside.c.last_at)),
    _rows("who had too much", _bookkeeping, Old(overloads.c.rung_at, overloads.c.since.is_(None))),
)


def figures_name_nobody_before(retention: Retention, now: datetime) -> datetime | None:
    """Who answered is kept as long as conversations are."""
    return KINDS[0].before(retention, now)
