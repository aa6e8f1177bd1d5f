"""Arrivals of unknown people: kept in order, and never left behind."""

from bot.store import unresolved
from bot.store.db import Db
from tests.store.test_loop import MONDAY, OURS, at, wrote


def test_what_is_held_while_somebody_is_being_learned_is_asked_about_again(db: Db) -> None:
    """The answer may come between the look at whom they hold up and the release: nothing may stay without an asker."""
    with db.begin() as tx:
        seen_before = unresolved.channels_of(tx, OURS, "U0NEW")
        unresolved.hold(tx, OURS, [(wrote("U0NEW", 0), "U0NEW"), (wrote("U0ANA", 1, root=0), None)])
        assert unresolved.release(tx, OURS, "U0NEW", seen_before) == []
        assert unresolved.wanted(tx, 10, MONDAY) == [(OURS, "U0NEW")]
        released = unresolved.release(tx, OURS, "U0NEW", unresolved.channels_of(tx, OURS, "U0NEW"))
        assert [arrival.at_ts for arrival in released] == [at(0), at(1)]
        assert unresolved.wanted(tx, 10, MONDAY) == []
        assert unresolved.look(tx, OURS, set(), {"C0ACME"}) == ({}, set())
