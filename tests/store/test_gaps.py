"""Gaps in the tables: who reads what next, what is kept of it, and that filling what was heard changes nothing."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.arrivals import Posted, Reacted
from bot.domain.gaps import MARGIN, PATIENCE, Page, Silence
from bot.domain.moments import moment, ts_of
from bot.store import channels, filling, gaps, listening, people, unresolved
from bot.store.channels import Facts
from bot.store.db import Db
from bot.store.gap_tables import gaps as table
from bot.store.gaps import SLOW, TIER_3, Gap, Pace
from bot.store.ingest import learned
from bot.store.migrate import upgrade
from bot.store.tables import moves, waits
from bot.store.tables import unresolved as held
from tests.store.test_loop import MONDAY, OURS, Office, at, someone, wrote

ACME = "C0ACME"


class Deaf(Office):
    """The same workspace, listened to, in a channel that CareCue is in."""

    def __init__(self, db: Db) -> None:
        super().__init__(db)
        with db.begin() as tx:
            channels.save_channel(tx, OURS, Facts(ACME, "acme", False, True, False, False, True), MONDAY)
            listening.known_for_good(tx, OURS, [ACME], MONDAY)
            listening.keep(tx, OURS, MONDAY)

    def beat(self, minutes: float) -> bool:
        now = MONDAY + timedelta(minutes=minutes)
        with self.db.begin() as tx:
            workspace = self.workspaces.get(tx, OURS, now)
            assert workspace
            return listening.beat(tx, workspace, now)

    def take(self, minutes: float, pace: Pace = TIER_3) -> Gap | None:
        with self.db.begin() as tx:
            return gaps.take(tx, pace, MONDAY + timedelta(minutes=minutes))

    def learn(self, gap: Gap, page: Page | None, minutes: float) -> None:
        with self.db.begin() as tx:
            filling.learn(tx, self.workspaces, gap, page, MONDAY + timedelta(minutes=minutes))

    def fill(self, said: Sequence[Posted], minutes: float, size: int = 100) -> None:
        """Read all there is to be read, as Slack would show `said`, `size` messages a page."""
        while gap := self.take(minutes):
            self.learn(gap, shown(gap, said, size), minutes)

    def left(self) -> list[tuple[str, str]]:
        with self.db.begin() as tx:
            return [(row.channel, row.root_ts) for row in tx.execute(select(table).order_by(table.c.id))]

    def stands(self) -> dict[str, Any]:
        """What conversations and waits say."""
        facts = (
            "channel",
            "root_ts",
            "from_ts",
            "first",
            "target_s",
            "ended_at",
            "ended_by",
            "ended_user",
            "working_s",
        )
        kept = [waits.c[name] for name in (*facts, "last_answer_at", "last_answer_by")]
        with self.db.begin() as tx:
            return {
                "moves": sorted(map(repr, tx.execute(select(moves)))),
                "waits": sorted(map(repr, tx.execute(select(*kept)))),
            }


def shown(gap: Gap, said: Sequence[Posted], size: int = 100) -> Page:
    """A page as it is made of Slack's answer: a history from new to old, a thread from old to new."""
    if gap.root_ts:
        all_of_it = sorted(one for one in said if one.threaded and one.root_ts == gap.root_ts and one.ts > gap.reached)
        page = sorted(all_of_it, key=lambda one: one.ts)[:size]
    else:
        top = [one for one in said if not one.threaded and gap.read_from < one.ts < gap.reached]
        all_of_it = sorted(top, key=lambda one: one.ts, reverse=True)
        page = all_of_it[:size]
    replied = {one.root_ts: one.ts for one in sorted(said, key=lambda one: one.ts) if one.threaded}
    threads = tuple((one.ts, replied[one.ts]) for one in page if one.ts in replied)
    missed = tuple(one for one in page if one.ts >= gap.oldest)
    seen = frozenset(one.ts for one in page)
    return Page(missed, (), threads, seen, reached=page[-1].ts if len(page) < len(all_of_it) else "")


@pytest.fixture
def office(db: Db) -> Deaf:
    return Deaf(db)


def test_a_beat_in_time_opens_nothing_and_one_after_a_silence_does_once(office: Deaf) -> None:
    assert not office.beat(1.4)
    assert office.left() == []
    assert office.beat(60)
    assert office.left() == [(ACME, "")]
    assert not office.beat(60.25)
    assert office.left() == [(ACME, "")]


def test_one_silence_after_another_leaves_no_more_to_read_than_the_first_did(office: Deaf) -> None:
    """Where Slack shows a page a minute, a connection that comes and goes would never be done."""
    office.hear(wrote("U0ADA", 0))
    office.beat(60)
    left = office.left()
    for minute in (70, 80, 90):
        office.take(minute)
        assert office.beat(minute)
    assert office.left() == left
    office.fill([wrote("U0ADA", 0), wrote("U0ADA", 30), wrote("U0ANA", 75, root=30), wrote("U0ADA", 85)], 95, size=1)
    assert office.waits() == [(at(0), None), (at(30), "answer"), (at(85), None)]
    assert office.unresolved() == 0


def test_the_first_beat_of_all_knows_of_no_silence(db: Db) -> None:
    office = Office(db)
    with db.begin() as tx:
        workspace = office.workspaces.get(tx, OURS, MONDAY)
        assert workspace
        assert not listening.beat(tx, workspace, MONDAY)


def test_open_waits_are_read_first_then_the_history_then_what_it_leads_to(office: Deaf) -> None:
    office.hear(wrote("U0ADA", 0))
    office.beat(60)
    said = [wrote("U0ADA", 0), wrote("U0ADA", 20), wrote("U0LEE", 21, root=20)]
    read = []
    while gap := office.take(60):
        read.append(gap.root_ts)
        office.learn(gap, shown(gap, said), 60)
    assert read == [at(0), "", at(20)]


def test_several_processes_share_the_work(office: Deaf) -> None:
    office.hear(wrote("U0ADA", 0))
    office.beat(60)
    first, second = office.take(60), office.take(60)
    assert first
    assert second
    assert first.id != second.id
    assert office.take(60) is None


def test_what_a_process_took_and_died_over_is_taken_again(office: Deaf) -> None:
    office.beat(60)
    first = office.take(60)
    assert first
    assert office.take(60.9) is None
    again = office.take(61.1)
    assert again
    assert again.id == first.id
    office.learn(again, shown(again, [wrote("U0ADA", 30)]), 61.1)
    office.learn(first, shown(first, [wrote("U0ADA", 30)]), 61.2)  # it was only slow
    assert office.waits() == [(at(30), None)]
    assert office.unresolved() == 0


@pytest.mark.parametrize("seed", range(12))
def test_what_was_heard_and_what_was_missed_come_to_the_same(db: Db, seed: int) -> None:
    """Of a day's talk the middle was missed, in pages of any size; some of it had been heard all the same."""
    chance = random.Random(seed)
    said = talk(chance)
    whole, office = Deaf(_another()), Deaf(db)
    whole.hear(*said)
    first, last = sorted(chance.sample(range(len(said) + 1), 2))
    office.hear(*said[:first])
    heard_until = (moment(said[first].ts) - MONDAY).total_seconds() / 60 - 0.1
    with db.begin() as tx:
        listening.keep(tx, OURS, MONDAY + timedelta(minutes=heard_until))
    office.beat(600)
    office.hear(*said[last:])
    office.hear(*chance.sample(said[first:], 2))
    office.fill(said, 600, size=chance.choice((1, 2, 3, 50)))
    office.hear(*chance.sample(said, 5))
    assert office.unresolved() == 0
    assert office.stands() == whole.stands()


def talk(chance: random.Random) -> list[Posted]:
    """A day in a channel: a customer and two agents, at top level and in threads."""
    said: list[Posted] = []
    roots: list[float] = []
    for number in range(24):
        minute = number * 20 + chance.random() * 10
        user = chance.choice(("U0ADA", "U0ADA", "U0ANA", "U0LEE"))
        root = chance.choice(roots) if roots and chance.random() < 0.5 else None
        said.append(wrote(user, minute, root=root))
        if root is None:
            roots.append(minute)
    return said


def _another() -> Db:
    """A second database of the same kind would do; SQLite's in memory decides alike."""
    other = Db("sqlite://")
    upgrade(other.engine)
    return other


def test_filling_what_was_heard_already_changes_nothing(office: Deaf) -> None:
    said = [wrote("U0ADA", 0), wrote("U0ANA", 5, root=0), wrote("U0ADA", 8, root=0), wrote("U0ADA", 20)]
    office.hear(*said)
    before = office.stands()
    office.beat(60)
    edited = [one._replace(needs_reply=False, reason="thanks") for one in said]
    office.fill(edited, 60, size=1)
    assert office.stands() == before


def test_what_was_heard_stays_as_it_was_heard_whoever_its_author_is_by_now(office: Deaf) -> None:
    said = [wrote("U0ADA", 0), wrote("U0ADA", 20)]
    office.hear(*said)
    before = office.stands()
    office.beat(60)
    with office.db.begin() as tx:
        people.save(tx, OURS, someone("U0ADA", OURS), MONDAY)  # she has joined the team since
    office.fill(said, 60)
    assert office.stands() == before


def test_what_was_found_and_came_by_itself_too_counts_once(office: Deaf) -> None:
    """Written while it was being read, and edited before the page was."""
    office.beat(60)
    live = wrote("U0ADA", 61, needs_reply=False)
    office.hear(live)
    office.fill([live._replace(needs_reply=True)], 62)
    waiting = bool(office.waits())
    with office.db.begin() as tx:
        assert tx.execute(select(moves.c.needs_reply)).scalars().all() == [waiting]


def test_an_emoji_that_was_heard_is_not_heard_again(office: Deaf) -> None:
    office.hear(wrote("U0ADA", 0), Reacted(ACME, at(0), at(1), "U0ANA", "eyes", taken_back=False))
    before = office.stands()
    office.beat(60)
    mark = Reacted(ACME, at(0), at(60), "U0ANA", "eyes", taken_back=False, author="U0ADA")
    while gap := office.take(60):
        office.learn(gap, shown(gap, [wrote("U0ADA", 0)])._replace(marks=(mark,)), 60)
    assert office.stands() == before


def test_two_marks_of_one_person_found_at_the_same_moment_are_two(office: Deaf) -> None:
    """In two threads, whose pages are read at the same instant."""
    said = [wrote("U0ADA", 0), wrote("U0ADA", 1, root=0), wrote("U0ADA", 30), wrote("U0ADA", 31, root=30)]
    office.beat(60)
    marks = {one.ts: Reacted(ACME, one.ts, at(60), "U0ANA", "white_check_mark", False, "U0ADA") for one in said}
    while gap := office.take(60):
        page = shown(gap, said)
        office.learn(gap, page._replace(marks=tuple(marks[ts] for ts in sorted(page.seen))), 60)
    assert [ended for _, ended in office.waits()] == ["closed", "closed"]


def test_what_comes_while_a_gap_is_open_waits_behind_it(office: Deaf) -> None:
    office.beat(60)
    office.hear(wrote("U0ANA", 61, root=30))
    assert (office.waits(), office.unresolved()) == ([], 2)
    office.fill([wrote("U0ADA", 30), wrote("U0ANA", 61, root=30)], 62)
    assert (office.waits(), office.unresolved()) == ([(at(30), "answer")], 0)


def test_who_becomes_known_meanwhile_opens_no_door_before_the_gap_is_closed(office: Deaf) -> None:
    office.beat(60)
    office.hear(wrote("U0NEW", 61))
    with office.db.begin() as tx:
        assert unresolved.wanted(tx, 10, MONDAY) == [(OURS, "U0NEW")]
        learned(tx, office.workspaces, OURS, someone("U0NEW", "T0ACME"), MONDAY)
    assert office.waits() == []
    office.fill([wrote("U0NEW", 58), wrote("U0NEW", 61)], 62)
    assert office.waits() == [(at(58), None)]


def test_whoever_is_unknown_in_what_was_read_is_asked_about(office: Deaf) -> None:
    office.beat(60)
    office.fill([wrote("U0NEW", 30), wrote("U0ANA", 40, root=30)], 60)
    with office.db.begin() as tx:
        assert unresolved.wanted(tx, 10, MONDAY) == [(OURS, "U0NEW")]
        assert gaps.open_in(tx, OURS, {ACME, "C0OTHER"}, MONDAY) == {ACME}
        learned(tx, office.workspaces, OURS, someone("U0NEW", "T0ACME"), MONDAY)
        assert gaps.open_in(tx, OURS, {ACME}, MONDAY) == set()
    assert office.waits() == [(at(30), "answer")]


def test_nobody_is_nudged_while_a_gap_is_open_nor_while_nobody_listens(office: Deaf) -> None:
    office.hear(wrote("U0ADA", 0))
    assert office.sweep(50) == []  # nobody has listened for fifty minutes
    office.beat(50)
    assert office.sweep(50) == []
    office.fill([wrote("U0ADA", 0)], 50)
    assert office.sweep(50) == [("U0ANA", "reply")]
    assert office.sweep(50) == []


def test_a_channel_that_cannot_be_read_is_let_go(office: Deaf) -> None:
    office.hear(wrote("U0ADA", 0))
    office.beat(60)
    gap = office.take(60)
    assert gap
    with office.db.begin() as tx:
        filling.give_up(tx, office.workspaces, gap, MONDAY + timedelta(minutes=60), wholly=True)
    assert (office.left(), office.unresolved()) == ([], 0)
    assert office.sweep(60) != []


def test_a_thread_that_is_gone_takes_its_questions_along(office: Deaf) -> None:
    office.hear(wrote("U0ADA", 0), wrote("U0ADA", 1, root=0))
    office.beat(60)
    while gap := office.take(60):
        office.learn(gap, None if gap.root_ts else shown(gap, []), 60)
    assert [ended for _, ended in office.waits()] == ["deleted"]


def test_a_question_that_is_missing_on_its_page_was_deleted(office: Deaf) -> None:
    office.hear(wrote("U0ADA", 0), wrote("U0ANA", 1, root=0), wrote("U0ADA", 2, root=0), wrote("U0ADA", 4, root=0))
    office.beat(60)
    office.fill([wrote("U0ADA", 0), wrote("U0ANA", 1, root=0), wrote("U0ADA", 4, root=0)], 60, size=1)
    assert office.waits() == [(at(0), "answer"), (at(4), None)]


PACES = [(TIER_3, 50, 1.2), (SLOW, 1, 60.0)]


@pytest.mark.parametrize(("pace", "burst", "each"), PACES)
def test_pages_are_asked_for_no_faster_than_slack_allows(office: Deaf, pace: Pace, burst: int, each: float) -> None:
    office.beat(60)
    said = [wrote("U0ADA", number / 10) for number in range(200)]

    def read(seconds: float) -> int:
        count = 0
        while gap := office.take(60 + seconds / 60, pace):
            office.learn(gap, shown(gap, said, 1), 60 + seconds / 60)
            count += 1
        return count

    assert read(0) == burst
    assert read(each * 0.9) == 0
    assert read(each * 1.01) == 1
    assert read(each * 11.02) == min(10, burst)


def test_after_a_limit_nothing_is_asked_in_the_same_way_by_anybody(office: Deaf) -> None:
    office.hear(wrote("U0ADA", 0))
    office.beat(60)
    thread, history = office.take(60), office.take(60)
    assert thread
    assert thread.root_ts
    assert history
    assert not history.root_ts
    with office.db.begin() as tx:
        gaps.later(tx, history, MONDAY + timedelta(minutes=90), history.tries, limited=TIER_3)
    assert [gap and gap.root_ts for gap in (office.take(89.9),)] == [thread.root_ts]
    assert office.take(89.9) is None
    again = office.take(90.1)
    assert again
    assert again.id == history.id


CLOCKS = [
    (timedelta(minutes=-50), True),  # it was ahead while we listened: nobody knows what was missed
    (timedelta(seconds=-30), False),
    (timedelta(seconds=80), False),
    (timedelta(hours=9), True),
]


@pytest.mark.parametrize(("jump", "opens"), CLOCKS)
def test_a_clock_that_jumps_opens_at_most_once(office: Deaf, jump: timedelta, opens: bool) -> None:
    minutes = 120 + jump.total_seconds() / 60
    with office.db.begin() as tx:
        listening.keep(tx, OURS, MONDAY + timedelta(minutes=120))
    assert office.beat(minutes) is opens
    assert not office.beat(minutes + 0.25)
    assert len(office.left()) == int(opens)


def test_what_another_machine_took_while_its_clock_was_ahead_is_read_all_the_same(office: Deaf) -> None:
    """By our own clock nothing was to be seen: the other machine writes no beats, it only reads what was missed."""
    office.beat(120)
    assert office.take(120 + 25)
    assert office.take(121) is None
    with office.db.begin() as tx:
        assert listening.go_on_hearing(tx, MONDAY + timedelta(minutes=121)) == {OURS}
    assert office.take(121)


def test_what_slack_wants_to_wait_for_is_waited_for(office: Deaf) -> None:
    """Beats do not make it shorter."""
    office.beat(120)
    gap = office.take(120)
    assert gap
    with office.db.begin() as tx:
        gaps.later(tx, gap, MONDAY + timedelta(minutes=130), gap.tries, limited=TIER_3)
        listening.go_on_hearing(tx, MONDAY + timedelta(minutes=120.5))
    assert office.take(129.9) is None
    assert office.take(130)


def test_after_a_jump_back_it_is_read_since_what_was_heard_last(office: Deaf) -> None:
    """By Slack's clock, which has not jumped."""
    office.hear(wrote("U0ADA", 10))
    with office.db.begin() as tx:
        listening.keep(tx, OURS, MONDAY + timedelta(minutes=120))
    office.beat(60)
    with office.db.begin() as tx:
        oldest = tx.execute(select(table.c.oldest).where(table.c.root_ts == "")).scalar_one()
    assert oldest == ts_of(MONDAY + timedelta(minutes=10) - MARGIN)


def told_of(office: Deaf, minutes: float) -> Silence | None:
    with office.db.begin() as tx:
        return gaps.silence(tx, OURS, MONDAY + timedelta(minutes=minutes))


def test_a_silence_is_told_of_for_an_hour_and_as_long_as_it_is_read(office: Deaf) -> None:
    office.beat(5)
    assert told_of(office, 5) is None  # Slack had kept all of it
    office.fill([], 5)
    office.beat(60)
    away = Silence(MONDAY + timedelta(minutes=5), MONDAY + timedelta(minutes=60))
    assert told_of(office, 60) == away
    assert told_of(office, 180) == away
    office.fill([], 180)
    assert told_of(office, 119) == away
    assert told_of(office, 121) is None


def test_no_words_are_kept(office: Deaf) -> None:
    """Of a page verdicts alone."""
    office.beat(60)
    gap = office.take(60)
    assert gap
    office.learn(gap, shown(gap, [wrote("U0NEW", 30)])._replace(reached=at(20)), 60)
    with office.db.begin() as tx:
        assert "text" not in str(tx.execute(select(held)).all())


def test_a_new_channel_is_read_a_fortnight_back_once(office: Deaf) -> None:
    with office.db.begin() as tx:
        workspace = office.workspaces.get(tx, OURS, MONDAY)
        assert workspace
        channels.save_channel(tx, OURS, Facts("C0NEW", "new", False, True, False, False, True), MONDAY)
        assert [listening.welcome(tx, workspace, MONDAY) for _ in range(2)] == [1, 0]
        channels.depart(tx, OURS, "C0NEW")
        channels.begin_reading(tx, OURS, "C0NEW", MONDAY + timedelta(days=2))
        channels.save_channel(
            tx, OURS, Facts("C0NEW", "new", False, True, False, False, True), MONDAY + timedelta(days=2)
        )
        assert listening.welcome(tx, workspace, MONDAY + timedelta(days=2)) == 1
    gap = office.take(1)
    assert gap
    assert gap.is_new
    assert gap.oldest == ts_of(MONDAY - timedelta(days=14))


def test_a_beat_a_moment_before_patience_ends_is_in_time(office: Deaf) -> None:
    assert not office.beat(PATIENCE.total_seconds() / 60)
    assert office.beat(2 * PATIENCE.total_seconds() / 60 + 0.01)
