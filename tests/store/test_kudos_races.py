"""Givers, receivers and the sender at the same time: what stands in Slack in the end is what the tables say."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from bot.domain.kudos import Announce, Where
from bot.store import kudos, kudos_notes
from bot.store.db import Db
from bot.store.kudos_stories import lock
from tests.store.kudos_desk import KUDOS, MONDAY, OURS, Desk

RECEIVERS = ("U0LEE", "U0TOM", "U0MIA", "U0BEN")


@pytest.mark.parametrize("seed", range(3))
def test_whatever_comes_together_everything_says_the_same_in_the_end(db: Db, seed: int) -> None:
    desk = Desk(db)
    for user in RECEIVERS[:2]:
        desk.choose(user, Announce.ASK)
    first = desk.give(*RECEIVERS, where=Where.KUDOS)
    assert isinstance(first, int)
    over = Event()
    with ThreadPoolExecutor() as people:
        sending = people.submit(send_until, desk, over)
        pressing = [people.submit(press, desk, first, user, random.Random(f"{seed}{user}")) for user in RECEIVERS]
        try:
            for one in pressing:
                one.result(timeout=30)
        finally:
            over.set()
        sending.result(timeout=30)
    desk.send()
    assert_all_says_the_same(desk, first)


def send_until(desk: Desk, over: Event) -> None:
    while not over.wait(0.005):
        desk.send()


def press(desk: Desk, first: int, user: str, chance: random.Random) -> None:
    """What a receiver does, and what the giver does meanwhile."""
    presses = {
        "yes": lambda: desk.run(kudos.answer_announce, first, user, True),
        "thanks": lambda: desk.run(kudos.say_thanks, first, user),
        "edit": lambda: desk.run(kudos.edit, first, "U0ANA", f"for the times that {user} helped", ()),
    }
    for _ in range(5):
        presses[chance.choice(list(presses))]()
    if chance.random() < 0.5:
        desk.run(kudos.hide, first, user)


def assert_all_says_the_same(desk: Desk, first: int) -> None:
    """Drawn anew, nothing would read differently; and the announcement names whom it may."""
    before = {place: desk.stands(place) for place in (KUDOS, "U0ANA", *RECEIVERS)}
    with desk.db.begin() as tx:
        found = lock(tx, OURS, first)
        assert found
        kudos_notes.redraw(tx, desk.workspace(tx), found, MONDAY)
    said = len(desk.said)
    desk.send()
    assert len(desk.said) == said
    assert len(before[KUDOS]) == bool(found.named)
    for one in found.receivers:
        assert (one.user in "".join(before[KUDOS]).split("for the")[0]) == (one.user in found.named)
