"""Of all that waits for a person one message stands: posted, edited and taken away, whoever does what meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, update

from bot.domain.arrivals import Posted
from bot.domain.living_list import BETWEEN_PINGS
from bot.domain.nudges import Snooze
from bot.domain.setup import Channel, Setup, Team
from bot.store import ladder, list_clock, living_lists, outbox, sent, ways_out, workspaces
from bot.store.db import Db
from bot.store.kudos_tables import kudos_posts
from bot.store.list_tables import living_lists as table
from bot.store.living_lists import News
from bot.store.tables import metadata
from bot.store.tables import nudges as nudges_table
from bot.store.tables import outbox as outbox_table
from tests.store.test_loop import CUSTOMERS, MONDAY, OURS, Office, at, wrote

ANA, LEE, MIA = "U0ANA", "U0LEE", "U0MIA"
LEASE = timedelta(minutes=1)
SETUP = Setup(
    teams=(Team("care", "Care", agents=(ANA, LEE), managers=(MIA,), load=9),),
    channels=(Channel("C0ACME", team="care", owner=ANA),),
)


class Room(Office):
    """An office with a Slack that keeps what it is sent; `dms` is what stands, by person."""

    def __init__(self, db: Db) -> None:
        super().__init__(db)
        self.now = MONDAY
        self.dms: dict[str, dict[str, Any]] = {ANA: {}, LEE: {}, MIA: {}}
        self.pings: list[tuple[str, datetime]] = []
        self.taken: dict[int, str] = {}  # what Slack took, and nobody heard of
        with db.begin() as tx:
            workspaces.save_setup(tx, OURS, SETUP)

    def pass_time(self, minutes: float) -> None:
        """To a moment; all that falls due on the way is done at its time."""
        until = MONDAY + timedelta(minutes=minutes)
        while self.now < until:
            with self.db.begin() as tx:
                due = [at for at in (ladder.next_due(tx), list_clock.next_due(tx), outbox.next_due(tx)) if at]
            self.now = min([until, *(at for at in due if at > self.now)])
            self.work()

    def work(self) -> None:
        """What the jobs and the sender do at this moment."""
        self.draw()
        while rows := self.lease():
            for row in rows:
                self.carry(row)
            self.draw()

    def draw(self) -> None:
        """The jobs alone."""
        with self.db.begin() as tx:
            ladder.take_due(tx, self.workspaces, self.now, 100)
        with self.db.begin() as tx:
            living_lists.take_up(tx, 100)
        with self.db.begin() as tx:
            list_clock.take_due(tx, self.workspaces, self.now, 100)

    def lease(self) -> list[outbox.Row]:
        """What the sender takes, and what of it still holds."""
        with self.db.begin() as tx:
            rows = outbox.lease(tx, self.now, 10, LEASE)
            fresh = [row for row in rows if row.id not in self.taken]
            why = dict.fromkeys(self.taken) | {
                row.id: sent.still_holds(tx, self.workspaces, row, self.now) for row in fresh
            }
            for row in rows:
                if why[row.id]:
                    outbox.dropped(tx, row, why[row.id] or "")
            return [row for row in rows if not why[row.id]]

    def carry(self, row: outbox.Row) -> None:
        """Slack takes it, or has it since before a crash; and that is settled."""
        self.settle(row, self.taken.get(row.id) or self.take(row))

    def take(self, row: outbox.Row) -> str:
        """Slack takes it: where it stands."""
        user = row.target if row.target in self.dms else row.target.removeprefix("D-")
        standing = self.dms[user]
        ts = str(row.payload.get("ts") or f"{self.now.timestamp():.0f}.{row.id:06}")
        if row.method == outbox.DELETE:
            standing.pop(ts, None)
        elif row.method == outbox.POST or ts in standing:
            standing[ts] = row.payload
        if row.method == outbox.POST:
            self.pings.append((user, self.now))
        return ts

    def settle(self, row: outbox.Row, ts: str) -> None:
        """We hear that Slack has it."""
        with self.db.begin() as tx:
            if outbox.sent(tx, row, self.now):
                channel = row.target if row.target.startswith("D-") else f"D-{row.target}"
                sent.posted(tx, self.workspaces, row, channel, ts, self.now)

    def reads(self, user: str = ANA) -> str:
        """What stands in a person's list; there is one at most."""
        assert len(self.dms[user]) <= 1
        return next((str(one["text"]) for one in self.dms[user].values()), "")

    def says_of(self, minutes: float, user: str = ANA) -> bool:
        """Whether a person's list has the customer's message of then."""
        return f"/p{at(minutes).replace('.', '')}" in str(list(self.dms[user].values()))

    def row(self, user: str = ANA) -> Any:
        with self.db.begin() as tx:
            return tx.execute(select(table).where(table.c.user_id == user)).one()


@pytest.fixture
def room(db: Db) -> Room:
    return Room(db)


def test_thirty_who_wait_at_once_are_one_message(room: Room) -> None:
    with room.db.begin() as tx:
        workspaces.save_setup(tx, OURS, replace(SETUP, teams=(replace(SETUP.teams[0], load=40),)))
    room.hear(*(asks(number / 10, f"U0C{number}") for number in range(30)))
    room.pass_time(60)
    assert len(room.pings) == 1
    assert room.reads().startswith("30 customers wait for you")


def test_what_an_earlier_version_said_on_its_own_goes_when_the_first_list_stands(room: Room) -> None:
    """Messages about customers and promises; not an agent's own about an ask, and nothing once lists stand."""
    room.hear(asks(0))
    with room.db.begin() as tx:
        for minute in (45, 46):
            ladder.take_due(tx, room.workspaces, MONDAY + timedelta(minutes=minute), 10)
        tx.execute(update(nudges_table).values(channel=f"D-{ANA}", ts="1.1"))
        for key, ts in (("promise:7:due", "2.2"), ("ask:3:by", "3.3"), ("ask:4:0:U0ANA", "4.4")):
            about = key.rpartition(":" + key.split(":", 2)[2])[0]
            post = {"team_id": OURS, "key": key, "about": about, "channel": f"D-{ANA}", "ts": ts, "digest": ""}
            tx.execute(insert(kudos_posts).values(post))
    room.dms[ANA] = {ts: {} for ts in ("1.1", "2.2", "3.3", "4.4")}
    room.pass_time(50)
    assert room.dms[ANA].keys() & {"1.1", "2.2", "3.3", "4.4"} == {"3.3"}
    assert len(room.dms[ANA]) == 2
    room.hear(wrote(ANA, 50, root=0))
    room.pass_time(51)
    assert len(room.dms[ANA]) == 2


def test_a_step_within_half_an_hour_rings_at_its_end_if_it_is_still_due(room: Room) -> None:
    room.hear(asks(0), asks(10))
    room.pass_time(140)
    assert [minutes(at) for user, at in room.pings if user == ANA] == [45, 75]


def test_what_is_answered_within_the_half_hour_rings_no_more(room: Room) -> None:
    room.hear(asks(0), asks(20))
    room.pass_time(46)
    room.hear(wrote(ANA, 46, root=0))
    room.pass_time(70)
    room.hear(wrote(ANA, 70, root=20))
    room.pass_time(140)
    assert len(room.pings) == 1
    assert "caught up" in room.reads()


def test_an_answer_is_seen_at_once_and_another_line_at_most_every_five_minutes(room: Room) -> None:
    room.hear(asks(0), asks(3, "U0BOB"))
    room.pass_time(45)
    room.pass_time(48)
    assert (room.says_of(0), room.says_of(3)) == (True, False)
    room.pass_time(50)
    assert (room.says_of(0), room.says_of(3)) == (True, True)
    room.hear(wrote(ANA, 50.5, root=0))
    room.pass_time(50.6)
    assert (room.says_of(3), room.row().edits) == (True, 2)
    assert room.reads().startswith("1 customer waits for you")


def test_waiting_times_grow_in_place(room: Room) -> None:
    room.hear(asks(0))
    room.pass_time(59)
    assert "waiting 45 minutes" in room.reads()
    room.pass_time(60)
    assert "waiting 1 hour" in room.reads()
    assert len(room.pings) == 1


def test_a_new_one_stands_before_the_old_one_goes(room: Room) -> None:
    room.hear(asks(0))
    room.pass_time(74)
    room.now = MONDAY + timedelta(minutes=75)
    room.draw()
    (row,) = room.lease()
    assert row.method == outbox.POST
    ts = room.take(row)
    assert len(room.dms[ANA]) == 2
    room.settle(row, ts)
    (gone,) = room.lease()
    assert gone.method == outbox.DELETE
    room.carry(gone)
    assert list(room.dms[ANA]) == [ts]


def test_what_is_answered_between_the_drawing_and_the_sending_is_not_said(room: Room) -> None:
    room.hear(asks(0), asks(1, "U0BOB"))
    room.now = MONDAY + timedelta(minutes=46)
    room.draw()
    room.hear(wrote(ANA, 46, root=0))
    assert room.lease() == []
    room.pass_time(47)
    assert (len(room.pings), room.says_of(0), room.says_of(1)) == (1, False, True)


def test_what_is_answered_while_it_is_being_sent_goes_at_once(room: Room) -> None:
    room.hear(asks(0))
    room.now = MONDAY + timedelta(minutes=45)
    room.draw()
    (row,) = room.lease()
    ts = room.take(row)
    room.hear(wrote(ANA, 45, root=0))
    room.settle(row, ts)
    room.work()
    assert "caught up" in room.reads()


def test_what_is_answered_during_an_outage_of_slack_rings_nobody_after_it(room: Room) -> None:
    room.hear(asks(0))
    room.now = MONDAY + timedelta(minutes=45)
    room.draw()
    (row,) = room.lease()
    with room.db.begin() as tx:
        outbox.later(tx, row, room.now + timedelta(minutes=20), "no answer", untried=True)
    room.hear(wrote(ANA, 46, root=0))
    room.pass_time(600)
    assert (room.pings, room.row().pings) == ([], 0)


@pytest.mark.parametrize(("after", "rings"), [(20, MONDAY + timedelta(minutes=65)), (540, MONDAY + timedelta(days=1))])
def test_a_post_that_slack_takes_late_rings_within_the_hours_or_not_at_all(
    room: Room, after: int, rings: datetime
) -> None:
    """It is given back, and rings in its reader's next hour of work."""
    room.hear(asks(0))
    room.now = MONDAY + timedelta(minutes=45)
    room.draw()
    (row,) = room.lease()
    with room.db.begin() as tx:
        outbox.later(tx, row, room.now + timedelta(minutes=after), "no answer", untried=True)
    room.pass_time(24 * 60 + 5)
    assert next(one for one in room.pings if one[0] == ANA) == (ANA, rings)


def test_what_slack_refuses_is_tried_again_after_a_rest(room: Room) -> None:
    room.hear(asks(0))
    room.now = MONDAY + timedelta(minutes=45)
    room.draw()
    (row,) = room.lease()
    with room.db.begin() as tx:
        outbox.failed(tx, row, "user_disabled")
    room.pass_time(75)
    assert room.pings == []
    room.pass_time(76)
    assert len(room.pings) == 1


def test_killed_after_slack_took_it_the_new_one_is_found_and_the_old_one_goes(room: Room) -> None:
    room.hear(asks(0))
    room.pass_time(74)
    room.now = MONDAY + timedelta(minutes=75)
    room.draw()
    (row,) = room.lease()
    ts = room.take(row)
    assert len(room.dms[ANA]) == 2
    room.now += LEASE
    room.draw()
    with room.db.begin() as tx:
        (again,) = outbox.lease(tx, room.now, 10, LEASE)
    assert (again.id, again.attempts) == (row.id, 2)
    room.settle(again, ts)
    room.work()
    assert list(room.dms[ANA]) == [ts]


def test_after_six_pings_a_day_the_list_is_edited_in_silence(room: Room) -> None:
    """A question each 35 minutes, answered after 70; the last one waits for the morning."""
    for number in range(11):
        answered = [wrote(ANA, number * 35 + 0.5, root=(number - 2) * 35)] if number > 1 else []
        room.hear(asks(number * 35), *answered)
        room.pass_time(number * 35 + 34)
    room.hear(wrote(ANA, 385.5, root=315))
    room.pass_time(8 * 60)
    rung = [minutes(at) for user, at in room.pings if user == ANA]
    assert (len(rung), rung[0]) == (6, 45)
    assert room.says_of(350)
    room.pass_time(24 * 60 + 60)
    assert [minutes(at) for user, at in room.pings if user == ANA][6:] == [24 * 60]


def test_a_manager_hears_of_it_outside_their_cap(room: Room) -> None:
    room.hear(asks(0))
    room.pass_time(5)
    with room.db.begin() as tx:
        living_lists.note(tx, OURS, [MIA], News.CHANGED, room.now)
        living_lists.take_up(tx, 10)
        tx.execute(table.update().where(table.c.user_id == MIA).values(day="2026-03-02", pings=6))
    room.pass_time(121)
    assert [user for user, _ in room.pings if user == MIA] == [MIA]
    assert room.row(MIA).pings == 6


def test_whoever_has_more_than_is_fair_hears_no_more_of_it(room: Room) -> None:
    room.hear(*(asks(number * 10) for number in range(8)))
    room.pass_time(100)
    before = len([one for one in room.pings if one[0] == ANA])
    room.hear(*(asks(101 + number * 6) for number in range(3)))
    room.pass_time(200)
    assert before
    assert len([one for one in room.pings if one[0] == ANA]) == before


def test_shown_on_demand_it_is_no_ping_and_the_one_that_stands_is_kept(room: Room) -> None:
    for _ in range(2):
        with room.db.begin() as tx:
            living_lists.show(tx, OURS, ANA, room.now)
        room.work()
    assert (len(room.pings), room.row().pings, room.row().pinged_at) == (1, 0, None)
    assert "caught up" in room.reads()


def test_a_clock_that_was_ahead_keeps_nobody_waiting(room: Room) -> None:
    room.hear(asks(0))
    room.pass_time(46)
    with room.db.begin() as tx:
        ahead = room.now + timedelta(hours=9)
        tx.execute(table.update().values(pinged_at=ahead, drawn_at=ahead, look_at=ahead))
        living_lists.wake(tx, room.now)
    room.hear(asks(10))
    room.pass_time(90)
    assert len(room.pings) == 2


def test_a_snooze_is_no_news_and_its_end_is(room: Room) -> None:
    room.hear(asks(0))
    room.pass_time(46)
    with room.db.begin() as tx:
        nudge_id = tx.execute(select(nudges_table.c.id)).scalar_one()
        workspace = room.workspaces.get(tx, OURS, room.now)
        assert workspace
        assert ways_out.snooze(tx, workspace, nudge_id, ANA, Snooze.HOUR, room.now) is None
    room.pass_time(46.2)
    assert "Snoozed" in str(room.dms[ANA]) or "until" in str(room.dms[ANA])
    room.pass_time(105)
    assert len(room.pings) == 1
    room.pass_time(107)
    assert [minutes(at) for user, at in room.pings if user == ANA] == [45, 106]


def test_processes_that_look_together_write_one_post(room: Room) -> None:
    room.hear(asks(0), asks(1, "U0BOB"))
    room.now = MONDAY + timedelta(minutes=46)
    with room.db.begin() as tx:
        ladder.take_due(tx, room.workspaces, room.now, 100)
    together = Barrier(3)

    def tick(_number: int) -> None:
        together.wait(timeout=10)
        with room.db.begin() as tx:
            living_lists.take_up(tx, 100)
        with room.db.begin() as tx:
            list_clock.take_due(tx, room.workspaces, room.now, 100)

    with ThreadPoolExecutor(together.parties) as processes:
        list(processes.map(tick, range(together.parties)))
    with room.db.begin() as tx:
        assert tx.execute(select(outbox_table.c.key)).scalars().all() == [f"list:{ANA}:1:ping"]


def test_news_in_any_order_hold_each_other_up_nowhere(room: Room) -> None:
    """Two transactions tell of the same people, each in another order: rows of their own."""
    if room.db.engine.dialect.name == "sqlite":
        pytest.skip("has one writer at a time")
    with room.db.begin() as one, room.db.begin() as other:
        living_lists.note(one, OURS, [ANA], News.DONE, MONDAY)
        living_lists.note(other, OURS, [LEE], News.DONE, MONDAY)
        living_lists.note(one, OURS, [LEE], News.RING, MONDAY)
        living_lists.note(other, OURS, [ANA], News.RING, MONDAY)
    with room.db.begin() as tx:
        assert living_lists.take_up(tx, 100) == 4
        assert tx.execute(select(func.count()).select_from(table)).scalar() == 2


def test_an_answer_that_commits_while_the_list_is_drawn_is_told(room: Room) -> None:
    """The job has read that the customer waits; the answer commits; the job commits after it."""
    if room.db.engine.dialect.name == "sqlite":
        pytest.skip("has one writer at a time")
    room.hear(asks(0))
    room.now = MONDAY + timedelta(minutes=45)
    with room.db.begin() as tx:
        ladder.take_due(tx, room.workspaces, room.now, 100)
    with room.db.begin() as tx:
        living_lists.take_up(tx, 100)
    with room.db.begin() as tx:
        list_clock.take_due(tx, room.workspaces, room.now, 100)
        room.hear(wrote(ANA, 45, root=0))
    assert room.lease() == []
    room.pass_time(600)
    assert room.pings == []


KINDS = ["asks", "asks", "answers", "answers", "time", "draws", "outage", "crash", "refused"]
ACTS = st.lists(st.tuples(st.integers(1, 180), st.sampled_from(KINDS), st.integers(0, 9)), max_size=20)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_happens_one_stands_no_two_pings_are_close_and_the_end_is_true(
    db: Db, acts: list[tuple[int, str, int]]
) -> None:
    room, asked = _anew(db), list[float]()
    for number, (pause, what, which) in enumerate(acts):
        _act(room, what, which, asked, minutes(room.now) + pause + number / 1000)
    room.pass_time(minutes(room.now) + 24 * 60)
    rung = [at for user, at in room.pings if user == ANA]
    assert all(later - earlier >= BETWEEN_PINGS for earlier, later in pairwise(rung))
    assert all(9 <= at.hour < 17 and at.weekday() < 5 for at in rung)
    if minutes(room.now) < 4 * 24 * 60:  # not at the weekend
        assert [room.says_of(ts) for ts in asked if (at(ts), None) in room.waits()] == [True] * len(_open(room))
    assert "customer" not in room.reads() or _open(room)


def _act(room: Room, what: str, which: int, asked: list[float], minute: float) -> None:
    """Slack is asked nothing, answers nothing, refuses, or we die after it has taken what it was sent."""
    if what in ("draws", "outage", "crash", "refused"):
        room.now = MONDAY + timedelta(minutes=minute)
        room.draw()
    else:
        room.pass_time(minute)
    if what == "asks" and len(_open(room)) < 8:
        asked.append(minute)
        room.hear(wrote("U0ADA", minute))
    elif what == "answers" and asked:
        room.hear(wrote(ANA, minute, root=asked[which % len(asked)]))
    for row in room.lease() if what in ("outage", "crash", "refused") else ():
        if what == "crash":
            room.taken[row.id] = room.taken.get(row.id) or room.take(row)
        elif what == "outage":
            with room.db.begin() as tx:
                outbox.later(tx, row, room.now + timedelta(minutes=15), "no answer", untried=True)
        elif row.id in room.taken or row.method != outbox.POST:
            room.carry(row)  # it is found there; nothing is wrong with words that were taken before
        else:
            with room.db.begin() as tx:
                outbox.failed(tx, row, "no_text")


def _open(room: Room) -> list[str]:
    return [ts for ts, ended in room.waits() if ended is None]


def _anew(db: Db) -> Room:
    with db.begin() as tx:
        for one in reversed(metadata.sorted_tables):
            tx.execute(delete(one))
    return Room(db)


def asks(minute: float, user: str = "U0ADA") -> Posted:
    """A customer does; of more than one at once, each is another, or it would be one burst of words."""
    return wrote(user, minute, team=CUSTOMERS)


def minutes(at: datetime) -> float:
    """Since the beginning."""
    return (at - MONDAY).total_seconds() / 60
