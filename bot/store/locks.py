"""Locks on channels, so that two transactions do not move the same conversations on."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, func, select

from bot.store import lists
from bot.store.db import is_sqlite


def lock_channels(tx: Connection, team_id: str, ids: Collection[str]) -> None:
    """Nobody else moves conversations of these channels on until this transaction ends. Take all at once, and first.

    SQLite has one writer at a time anyway.
    """
    if is_sqlite(tx):
        return
    tx.execute(_locks(), {"keys": lists.packed(f"{team_id}/{channel}" for channel in ids)})


@cache
def _locks() -> Select[Any]:
    """In the order of their keys, the same for everybody, so that no two wait for each other."""
    keys = lists.texts(False, "keys").subquery()
    ordered = select(func.hashtextextended(keys.c.value, 0).label("key")).order_by("key").subquery()
    return select(func.pg_advisory_xact_lock(ordered.c.key))
