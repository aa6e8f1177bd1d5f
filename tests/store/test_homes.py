"""What is known of Home tabs: which are open, what they show, and that a doubt is never taken for knowledge."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.arrivals import Account
from bot.store import homes, people, uninstalls
from bot.store.db import Db
from bot.store.homes import UNSURE, Standing

TEAM, ANA, LEE = "T0LINDEN", "U0ANA", "U0LEE"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def standing(db: Db, user: str = ANA) -> Standing:
    with db.begin() as tx:
        return homes.get(tx, TEAM, user)


def open_(db: Db, seen: str | None = None, user: str = ANA, at: datetime = NOON) -> None:
    with db.begin() as tx:
        homes.opened(tx, TEAM, user, at, seen)


def show(db: Db, view_hash: str, digest: str | None, before: Standing | None = None, user: str = ANA) -> None:
    before = before or standing(db, user)
    with db.begin() as tx:
        homes.shown(tx, TEAM, user, before, view_hash, digest)


def followed(db: Db, since: datetime = NOON) -> list[tuple[str, str]]:
    with db.begin() as tx:
        return homes.followed(tx, since)


def test_nothing_is_known_of_a_home_that_was_never_opened(db: Db) -> None:
    assert standing(db) == Standing(None, UNSURE, 0)


def test_what_was_published_is_known_when_the_tab_is_opened_again(db: Db) -> None:
    open_(db)
    show(db, "h1", "d1")
    open_(db, "h1", at=NOON + timedelta(hours=1))
    assert standing(db) == Standing("h1", "d1", 1)


@pytest.mark.parametrize("seen", ["h2", None])
def test_what_somebody_finds_in_their_tab_counts_more_than_what_we_remember(db: Db, seen: str | None) -> None:
    open_(db)
    show(db, "h1", "d1")
    open_(db, seen)
    assert standing(db) == Standing(seen, UNSURE, 1)


def test_of_two_who_published_at_the_same_time_nobody_knows_which_came_last(db: Db) -> None:
    open_(db)
    before = standing(db)
    show(db, "h1", "d1", before)
    show(db, "h2", "d2", before)
    assert standing(db) == Standing(None, UNSURE, 2)


def test_another_page_is_left_alone_until_the_tab_is_opened_anew(db: Db) -> None:
    open_(db)
    show(db, "h1", None)
    assert followed(db) == []
    open_(db, "h1")
    assert standing(db).digest == UNSURE
    assert followed(db) == [(TEAM, ANA)]


def test_homes_are_followed_from_when_they_were_opened_or_pressed_the_last_first(db: Db) -> None:
    open_(db)
    open_(db, user=LEE, at=NOON + timedelta(minutes=5))
    assert followed(db) == [(TEAM, LEE), (TEAM, ANA)]
    assert followed(db, NOON + timedelta(minutes=1)) == [(TEAM, LEE)]
    with db.begin() as tx:
        homes.pressed(tx, TEAM, ANA, NOON + timedelta(minutes=9))
    assert followed(db, NOON + timedelta(minutes=1)) == [(TEAM, ANA), (TEAM, LEE)]


def test_nobody_is_followed_where_carecue_was_taken_out(db: Db) -> None:
    open_(db)
    with db.begin() as tx:
        uninstalls.note(tx, TEAM, NOON)
    assert followed(db) == []


def test_pressing_changes_nothing_of_what_is_known(db: Db) -> None:
    open_(db)
    show(db, "h1", "d1")
    with db.begin() as tx:
        homes.pressed(tx, TEAM, ANA, NOON)
    assert standing(db) == Standing("h1", "d1", 1)


def test_guests_whose_tab_shows_more_than_nothing_are_left_behind(db: Db) -> None:
    for user, is_guest, digest in (
        (ANA, True, "d1"),
        (LEE, False, "d1"),
        ("U0GITA", True, "nothing"),
        ("U0K", True, None),
    ):
        open_(db, user=user)
        show(db, "h", digest, user=user)
        account = Account(user, TEAM, None, user, "UTC", is_guest, False, False, False, False)
        with db.begin() as tx:
            people.save(tx, TEAM, account, NOON)
    with db.begin() as tx:
        assert sorted(homes.left_behind(tx, "nothing")) == [(TEAM, ANA), (TEAM, "U0K")]


def test_what_is_forgotten_is_not_followed(db: Db) -> None:
    open_(db)
    with db.begin() as tx:
        homes.forget(tx, TEAM, ANA)
    assert followed(db) == []
