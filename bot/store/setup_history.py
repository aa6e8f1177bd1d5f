"""Who changed the setup, when, and what; and the way back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bot.domain.setup_undo import Difference, changed_since, put_back
from bot.store import setup, setup_book
from bot.store.setup_tables import setup_changes
from bot.views.words import setup_changes as words


@dataclass(frozen=True, slots=True)
class Change:
    """`by` is None where it was a file; `undoes` is the change that this one put back, `undone` whether it was."""

    id: int
    by: str | None
    at: datetime
    sentences: tuple[str, ...]
    undoes: int | None
    undone: bool

    def __str__(self) -> str:
        """For who runs CareCue: on the first line its number, with which it can be undone."""
        whose = self.by or "a file"
        puts_back = f", puts {self.undoes} back" if self.undoes else ""
        head = f"{self.id}  {self.at:%Y-%m-%d %H:%M} UTC, by {whose}{puts_back}{', undone' if self.undone else ''}"
        return "\n".join([head, *(f"    {sentence}" for sentence in self.sentences)])


def latest(tx: Connection, team_id: str, limit: int) -> list[Change]:
    """The newest first."""
    here = setup_changes.c.team_id == team_id
    rows = tx.execute(select(setup_changes).where(here).order_by(setup_changes.c.id.desc()).limit(limit)).all()
    undone = _undone(tx, team_id, [row.id for row in rows])
    return [Change(row.id, row.by, row.at, tuple(row.sentences), row.undoes, undone=row.id in undone) for row in rows]


def undo(tx: Connection, team_id: str, change_id: int, by: str | None, now: datetime) -> tuple[str, ...] | str:
    """Put back what this change changed, and nothing else: what that changes now, else a sentence why it stays.

    It is a change of its own, which can be undone like any other.
    """
    here = (setup_changes.c.team_id == team_id) & (setup_changes.c.id == change_id)
    row = tx.execute(select(setup_changes).where(here)).first()
    if row is None:
        return words.NOT_KEPT()
    setup.hold(tx, team_id)
    present, change = setup_book.read(tx, team_id, last=True), Difference(row.before, row.after)
    if others := changed_since(present, change):
        return words.changed_since(others)
    wanted = put_back(present, change)
    if wrong := next(setup.wrong(present, wanted), None):
        return words.does_not_fit(str(wrong))
    return setup.apply(tx, team_id, wanted, now, by, undoes=change_id) or words.AS_BEFORE()


def _undone(tx: Connection, team_id: str, ids: Collection[int]) -> set[int]:
    """Those that were put back, unless that was put back in turn."""
    if not ids:
        return set()
    later = (setup_changes.c.team_id == team_id) & (setup_changes.c.id > min(ids)) & setup_changes.c.undoes.is_not(None)
    steps = select(setup_changes.c.id, setup_changes.c.undoes).where(later).order_by(setup_changes.c.id.desc())
    undone: set[int] = set()
    for step in tx.execute(steps):
        if step.id not in undone:
            undone.add(step.undoes)
    return undone
