"""Who has a wait: its owner while on duty, else whoever covers; what nobody had goes round. On both databases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.arrivals import Delivery, Membership, PersonChanged
from bot.domain.conversations import Kind, Move
from bot.domain.moments import ts_of
from bot.domain.nudges import NEVER_AGAIN
from bot.domain.setup import Channel, Setup, Team
from bot.store import channels, ladder, people, presence_choices, setup, ways_out, workspaces
from bot.store.channels import Facts
from bot.store.db import Db
from bot.store.ingest import ingest
from bot.store.ledger import Ledger
from bot.store.tables import channels as channel_rows
from bot.store.tables import nudges, waits
from tests.store.test_loop import MONDAY, OURS, someone, wrote
from tests.store.test_loop import Office as Loop

ANA, LEE, OMAR, MIA, ADA = "U0ANA", "U0LEE", "U0OMAR", "U0MIA", "U0ADA"
CARE = Team("care", "Care", agents=(ANA, LEE, OMAR), managers=(MIA,), home="C0HOME")
OWNED = Setup(teams=(CARE,), channels=(Channel("C0ACME", team="care", owner=ANA),))
UNOWNED = Setup(teams=(CARE,), channels=(Channel("C0ACME", team="care"),))


def after(minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


class Office(Loop):
    """A team of three, and what becomes of those who wait for them."""

    def __init__(self, db: Db, setup: Setup = OWNED) -> None:
        super().__init__(db)
        with db.begin() as tx:
            workspaces.save_setup(tx, OURS, setup)
            people.save(tx, OURS, someone(OMAR, OURS), MONDAY)
            tx.execute(update(channel_rows).values(is_ext_shared=True))

    def sweep(self, minutes: float) -> list[tuple[str, str]]:
        """Who is to hear of what, from this look on."""
        return [(row.to, row.say) for row in self._swept(minutes)]

    def why(self, minutes: float) -> list[str]:
        """The same, and why."""
        return [row.because for row in self._swept(minutes)]

    def _swept(self, minutes: float) -> Sequence[Any]:
        with self.db.begin() as tx:
            ladder.take_due(tx, self.workspaces, after(minutes), 100)
            fresh = nudges.c.created_at == after(minutes)
            return tx.execute(select(nudges).where(fresh).order_by(nudges.c.id)).all()

    def lists(self) -> set[str]:
        """On whose lists a wait stands."""
        with self.db.begin() as tx:
            standing = select(nudges.c.to).where(nudges.c.cleared_at.is_(None), nudges.c.to.like("U%"))
            return set(tx.execute(standing).scalars())

    def away(self, user: str, minutes: float, until: float) -> None:
        """They say so: /care pause."""
        with self.db.begin() as tx:
            workspace = self.workspaces.get(tx, OURS, after(minutes))
            assert workspace
            presence_choices.pause(tx, workspace, user, after(until), after(minutes))

    def back(self, user: str, minutes: float) -> None:
        """They say so: /care resume."""
        with self.db.begin() as tx:
            workspace = self.workspaces.get(tx, OURS, after(minutes))
            assert workspace
            presence_choices.resume(tx, workspace, user, after(minutes))

    def changed(self, *facts: Any, minutes: float) -> None:
        """What Slack says of people and channels."""
        with self.db.begin() as tx:
            told = [Delivery(OURS, f"Fact{minutes}{number}", fact) for number, fact in enumerate(facts)]
            ingest(tx, self.workspaces, told, after(minutes))

    def does(self, kind: Kind, user: str, minutes: float) -> None:
        """Somebody says something of the wait in CareCue."""
        with self.db.begin() as tx:
            workspace = self.workspaces.get(tx, OURS, after(minutes))
            assert workspace
            ledger = Ledger(tx, workspace)
            ledger.open([("C0ACME", ts_of(MONDAY))])
            ledger.tell(("C0ACME", ts_of(MONDAY)), Move(ts_of(after(minutes)), kind, user, about=ts_of(MONDAY)))
            ledger.save(after(minutes))

    def members(self, *users: str, private: bool = False) -> None:
        """Slack has said who is in the channel."""
        facts = Facts("C0ACME", "acme", private, not private, False, False, True)
        with self.db.begin() as tx:
            channels.begin_reading(tx, OURS, "C0ACME", MONDAY)
            channels.save_channel(tx, OURS, facts, MONDAY)
            channels.set_members(tx, OURS, "C0ACME", [*users, ADA], MONDAY)

    def wait(self) -> Any:
        """The one there is."""
        with self.db.begin() as tx:
            return tx.execute(select(waits)).one()

    def owner(self) -> str | None:
        return self.wait().owner  # type: ignore[no-any-return]


@pytest.fixture
def office(db: Db) -> Office:
    return Office(db)


@pytest.fixture
def unowned(db: Db) -> Office:
    return Office(db, UNOWNED)


def test_an_owner_on_duty_keeps_it(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    assert office.sweep(45) == [(ANA, "reply")]
    assert (office.owner(), office.wait().because, office.wait().covers_for) == (ANA, None, None)


def test_what_falls_due_while_its_owner_is_away_goes_to_the_next_in_line_who_hears_why(office: Office) -> None:
    office.away(ANA, 0, until=180)
    office.hear(wrote(ADA, 1))
    assert office.sweep(46) == [(LEE, "passed")]
    assert office.why(46) == [f"away:U0ANA:paused:{int(after(180).timestamp())}"]
    assert (office.owner(), office.wait().covers_for) == (LEE, ANA)


def test_whoever_goes_away_leaves_what_waits_at_once(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    office.sweep(45)
    office.away(ANA, 50, until=180)
    assert office.sweep(50) == [(LEE, "passed")]
    assert office.lists() == {LEE}
    assert office.sweep(60) == [(LEE, "help")]


def test_a_cover_outlasts_what_the_customer_writes_meanwhile(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    office.away(ANA, 5, until=600)
    office.sweep(5)
    office.hear(wrote(ADA, 10, root=0))
    assert (office.owner(), office.wait().covers_for) == (LEE, ANA)


def test_what_the_customer_writes_in_that_second_holds_nothing_up(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    office.away(ANA, 5, until=600)
    office.hear(wrote(ADA, 5, root=0))
    assert office.sweep(5) == [(LEE, "passed")]


def test_whoever_takes_it_on_has_it_from_then_on(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    office.away(ANA, 5, until=600)
    office.sweep(5)
    office.does(Kind.CLAIM, OMAR, 7)
    assert (office.owner(), office.wait().covers_for, office.wait().because) == (OMAR, None, None)


def test_its_owner_can_take_it_back_from_a_cover(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    office.away(ANA, 5, until=600)
    office.sweep(5)
    office.does(Kind.CLAIM, ANA, 7)
    assert (office.owner(), office.wait().covers_for) == (ANA, None)


def test_it_goes_back_to_its_owner_when_the_cover_leaves_and_they_are_there_again(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    office.away(ANA, 5, until=30)
    office.sweep(5)
    office.away(LEE, 40, until=600)
    assert office.sweep(40) == [(ANA, "passed")]
    assert (office.owner(), office.wait().covers_for) == (ANA, None)
    assert office.sweep(45) == [(ANA, "reply")]


def test_where_nobody_is_on_duty_the_owner_keeps_it_until_somebody_is(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    for user, until in ((ANA, 300), (LEE, 120), (OMAR, 200)):
        office.away(user, 5, until=until)
    assert office.sweep(5) == []
    assert (office.owner(), office.wait().next_nudge_at) == (ANA, after(45))
    assert office.sweep(45) == [(ANA, "reply")]
    assert office.sweep(60) == [(ANA, "help")]
    assert office.sweep(90) == [("C0HOME", "lend_hand")]
    assert office.wait().next_nudge_at == after(120)
    assert office.sweep(120) == [(LEE, "passed"), (MIA, "how_help")]


def test_whoever_is_back_before_their_time_has_what_waits_at_once(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    for user in (ANA, LEE, OMAR):
        office.away(user, 5, until=300)
    assert office.sweep(45) == [(ANA, "reply")]
    office.back(OMAR, 50)
    assert office.sweep(50) == [(OMAR, "passed")]


def test_looking_again_and_again_says_nothing_again(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    office.away(ANA, 5, until=600)
    assert [office.sweep(minutes) for minutes in (5, 5.1, 6, 7, 30)] == [[(LEE, "passed")], [], [], [], []]


def test_what_is_snoozed_moves_when_the_snooze_ends(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    office.sweep(45)
    with office.db.begin() as tx:
        tx.execute(update(waits).values(snoozed_until=after(100), next_nudge_at=after(100)))
    office.away(ANA, 50, until=600)
    assert office.sweep(50) == []
    assert office.sweep(100) == [(LEE, "passed"), ("C0HOME", "lend_hand")]


def test_what_nobody_had_goes_to_whose_turn_it_is(unowned: Office) -> None:
    unowned.hear(wrote(ADA, 0))
    assert unowned.sweep(45) == [(ANA, "reply")]
    assert (unowned.owner(), unowned.wait().because, unowned.wait().covers_for) == (ANA, "free", None)


def test_turns_move_on_after_half_an_hour_and_each_has_one(unowned: Office) -> None:
    """Until all who are on duty have had it: then the ladder's steps to the team are what is left."""
    unowned.hear(wrote(ADA, 0))
    said = [unowned.sweep(minutes) for minutes in (45, 60, 74, 75, 90, 105, 120, 135, 165, 400)]
    assert said == [
        [(ANA, "reply")],
        [(ANA, "help")],
        [],
        [(LEE, "passed")],
        [("C0HOME", "lend_hand")],
        [(OMAR, "passed")],
        [(MIA, "how_help")],
        [],
        [],
        [],
    ]
    assert (unowned.owner(), unowned.wait().next_nudge_at, unowned.lists()) == (OMAR, None, {OMAR, MIA})


def test_whoever_gets_a_turn_hears_that_nothing_happened_before(unowned: Office) -> None:
    unowned.hear(wrote(ADA, 0))
    unowned.sweep(45)
    unowned.sweep(60)
    assert unowned.why(75) == ["turn:U0ANA"]


def test_what_the_customer_adds_does_not_begin_the_turn_anew(unowned: Office) -> None:
    unowned.hear(wrote(ADA, 0))
    unowned.sweep(45)
    unowned.hear(wrote(ADA, 70, root=0))
    unowned.sweep(70)
    assert unowned.sweep(75) == [(LEE, "passed")]


def test_whoever_says_that_it_is_theirs_keeps_it(unowned: Office) -> None:
    unowned.hear(wrote(ADA, 0))
    unowned.sweep(45)
    unowned.does(Kind.CLAIM, ANA, 50)
    assert unowned.sweep(75) == [(ANA, "help")]
    assert unowned.owner() == ANA


def test_a_snooze_gives_the_turn_anew(unowned: Office) -> None:
    unowned.hear(wrote(ADA, 0))
    unowned.sweep(45)
    with unowned.db.begin() as tx:
        tx.execute(update(waits).values(snoozed_until=after(85), next_nudge_at=after(85)))
    assert unowned.sweep(75) == []
    assert unowned.sweep(85) == [(ANA, "help")]
    assert unowned.sweep(114) == [("C0HOME", "lend_hand")]
    assert unowned.sweep(115) == [(LEE, "passed")]


def test_a_turn_counts_in_working_time(unowned: Office) -> None:
    """The team stops at five: what was given at ten to five moves on in the morning."""
    evening = 7 * 60 + 5
    unowned.hear(wrote(ADA, evening))
    assert unowned.sweep(evening + 45) == [(ANA, "reply")]
    assert unowned.sweep(evening + 75) == []
    morning = 24 * 60
    unowned.sweep(morning + 5)
    assert unowned.sweep(morning + 20) == [(LEE, "passed")]


def test_the_next_unowned_wait_goes_to_who_has_least(unowned: Office) -> None:
    for hour in range(6):
        unowned.hear(wrote(ADA, hour * 60))
        unowned.sweep(hour * 60 + 45)
        with unowned.db.begin() as tx:
            tx.execute(update(waits).values(assigned_at=None, next_nudge_at=None, look_at=None, steps_done=4))
    with unowned.db.begin() as tx:
        had = [row.owner for row in tx.execute(select(waits).order_by(waits.c.id))]
    assert had == [ANA, LEE, OMAR, ANA, LEE, OMAR]


def test_many_that_fall_due_at_once_are_shared_fairly(unowned: Office) -> None:
    unowned.hear(*[wrote(ADA, minutes) for minutes in range(0, 60, 6)])
    unowned.sweep(140)
    with unowned.db.begin() as tx:
        had = [row.owner for row in tx.execute(select(waits))]
    assert sorted(had.count(user) for user in (ANA, LEE, OMAR)) == [3, 3, 4]


def test_whoever_leaves_the_channel_leaves_what_waits_there(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    office.sweep(45)
    office.changed(Membership("C0ACME", ANA, None, False, None), minutes=50)
    assert office.lists() == set()
    assert office.sweep(50) == [(LEE, "passed")]
    assert (office.owner(), office.wait().covers_for, office.wait().because) == (LEE, ANA, "left:U0ANA")


def test_whoever_has_left_a_channel_whose_members_nobody_has_read_gets_nothing_new_there(office: Office) -> None:
    office.changed(Membership("C0ACME", ANA, None, joined=False, inviter=None), minutes=0)
    office.hear(wrote(ADA, 1))
    assert office.why(46) == [f"left:{ANA}"]
    assert office.owner() == LEE
    office.changed(Membership("C0ACME", ANA, None, joined=True, inviter=None), minutes=47)
    office.hear(wrote(LEE, 48, root=1), wrote(ADA, 60))
    assert office.sweep(105) == [(ANA, "reply")]


def test_whoever_leaves_the_company_leaves_everything(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    office.changed(PersonChanged(someone(ANA, OURS, is_gone=True)), minutes=10)
    assert office.sweep(10) == [(LEE, "passed")]
    assert office.wait().because == "gone:U0ANA"
    office.hear(wrote(ADA, 12, root=0))
    assert office.owner() == LEE


def test_whoever_is_taken_out_of_the_team_leaves_what_they_had(db: Db) -> None:
    unowned = Office(db, UNOWNED)
    unowned.hear(wrote(ADA, 0))
    unowned.does(Kind.CLAIM, ANA, 5)
    without = Setup(teams=(Team("care", "Care", (LEE, OMAR), (MIA,), home="C0HOME"),), channels=UNOWNED.channels)
    with db.begin() as tx:
        setup.apply(tx, OURS, without, after(10), None)
    assert unowned.sweep(10) == [(LEE, "passed")]
    assert unowned.wait().because == "team:U0ANA"


def test_whoever_is_taken_out_of_a_user_group_leaves_what_they_had(db: Db) -> None:
    group = Team("care", "Care", agents=("S0CARE",), home="C0HOME")
    unowned = Office(db, Setup(teams=(group,), channels=UNOWNED.channels))
    with db.begin() as tx:
        setup.save_group(tx, OURS, "S0CARE", [ANA, LEE], MONDAY)
    unowned.hear(wrote(ADA, 0))
    assert unowned.sweep(45) == [(ANA, "reply")]
    with db.begin() as tx:
        setup.save_group(tx, OURS, "S0CARE", [LEE], after(50))
    assert unowned.sweep(50) == [(LEE, "passed")]


def test_a_private_channel_is_no_place_to_send_who_is_not_in_it(office: Office) -> None:
    office.members(ANA, OMAR, private=True)
    office.hear(wrote(ADA, 0))
    office.away(ANA, 5, until=600)
    assert office.sweep(5) == [(OMAR, "passed")]


def test_a_channel_anybody_may_join_goes_first_to_who_is_in_it(office: Office) -> None:
    office.members(ANA, OMAR)
    office.hear(wrote(ADA, 0))
    office.away(ANA, 5, until=600)
    assert office.sweep(5) == [(OMAR, "passed")]
    office.away(OMAR, 8, until=600)
    assert office.sweep(8) == [(LEE, "passed")]


def test_an_owner_who_is_not_in_the_channel_is_as_good_as_away(office: Office) -> None:
    office.members(LEE, OMAR)
    office.hear(wrote(ADA, 0))
    assert office.why(45) == ["left:U0ANA"]


def test_nobody_hears_of_what_was_said_to_need_no_nudge(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    with office.db.begin() as tx:
        tx.execute(update(waits).values(steps_done=NEVER_AGAIN))
    office.away(ANA, 5, until=600)
    assert office.sweep(5) == []
    assert office.wait().next_nudge_at is None


def hands_over(office: Office, to: str, minutes: float) -> str | None:
    """Ana does, by the latest line in her list; why it could not be."""
    with office.db.begin() as tx:
        workspace = office.workspaces.get(tx, OURS, after(minutes))
        assert workspace
        hers = select(nudges.c.id).where(nudges.c.to == ANA).order_by(nudges.c.id.desc())
        return ways_out.hand_over(tx, workspace, tx.execute(hers.limit(1)).scalar_one(), ANA, to, after(minutes))


def works(office: Office, user: str, begins: int, ends: int) -> None:
    """They have hours of their own, on every day of the week."""
    with office.db.begin() as tx:
        workspace = office.workspaces.get(tx, OURS, MONDAY)
        assert workspace
        presence_choices.work(tx, workspace, user, (((time(begins), time(ends)),),) * 7, MONDAY)


EVENING, TUESDAY = 8 * 60 + 20, 24 * 60


@pytest.fixture
def evening(office: Office) -> Office:
    """Ada asked at ten to four; now it is twenty past five, and nobody is there. Lee begins at eleven."""
    works(office, LEE, 11, 16)
    office.hear(wrote(ADA, 410))
    office.sweep(455)
    office.sweep(470)
    return office


def test_while_nobody_is_there_it_is_handed_to_who_is_only_off_work_and_stays_with_them(evening: Office) -> None:
    assert hands_over(evening, LEE, EVENING) is None
    assert (evening.owner(), evening.lists()) == (LEE, {LEE})
    assert evening.sweep(TUESDAY + 20) == [("C0HOME", "lend_hand")]
    assert evening.sweep(TUESDAY + 50) == [(MIA, "how_help")]
    assert evening.owner() == LEE


def test_whoever_was_handed_it_off_work_and_stays_away_for_longer_has_it_no_more(evening: Office) -> None:
    hands_over(evening, LEE, EVENING)
    evening.away(LEE, TUESDAY + 5, until=3 * TUESDAY)
    assert evening.sweep(TUESDAY + 5) == [(ANA, "passed")]


def test_whoever_was_there_since_it_was_handed_to_them_leaves_it_when_they_are_off_work_again(evening: Office) -> None:
    hands_over(evening, LEE, EVENING)
    evening.sweep(TUESDAY + 20)
    assert evening.sweep(TUESDAY + 7 * 60 + 30) == [(ANA, "passed"), (MIA, "how_help")]


def test_while_somebody_is_there_it_is_not_handed_to_who_is_off_work(evening: Office) -> None:
    works(evening, OMAR, 9, 19)
    refusal = hands_over(evening, LEE, EVENING)
    assert refusal == "Lee is away until Tuesday 3 Mar, 11:00. On duty now: Omar."


def test_whoever_is_on_leave_is_handed_nothing_even_while_nobody_is_there(evening: Office) -> None:
    evening.away(LEE, EVENING, until=3 * TUESDAY)
    assert "Nobody else is on duty right now" in str(hands_over(evening, LEE, EVENING))
    assert evening.owner() == ANA


def test_a_snooze_is_its_makers_and_whoever_is_handed_it_hears_at_once(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    office.sweep(45)
    with office.db.begin() as tx:
        tx.execute(update(waits).values(snoozed_until=after(300), next_nudge_at=after(300)))
    assert hands_over(office, LEE, 50) is None
    assert (office.wait().snoozed_until, office.wait().next_nudge_at) == (None, after(60))


def test_a_snooze_is_its_makers_and_ends_when_a_colleague_takes_it_on(office: Office) -> None:
    office.hear(wrote(ADA, 0))
    office.sweep(45)
    for user, left in ((ANA, after(300)), (LEE, None)):
        with office.db.begin() as tx:
            tx.execute(update(waits).values(snoozed_until=after(300), next_nudge_at=after(300)))
            workspace = office.workspaces.get(tx, OURS, after(50))
            assert workspace
            ways_out.claim(tx, workspace, tx.execute(select(nudges.c.id)).scalar_one(), user, after(50))
        assert (office.owner(), office.wait().snoozed_until) == (user, left)


NOA, TOM = "U0NOA", "U0TOM"


@pytest.mark.parametrize(
    ("absent", "hear"),
    [((), [MIA, NOA]), ((MIA,), [NOA]), ((MIA, NOA), [TOM]), ((MIA, NOA, TOM), [MIA, NOA])],
)
def test_the_managers_step_goes_to_who_can_help_now(db: Db, absent: tuple[str, ...], hear: list[str]) -> None:
    """Mia and Noa lead, Tom stands in: where all are away, those who lead hear of it when they are back."""
    office = Office(db, replace(OWNED, teams=(replace(CARE, managers=(MIA, NOA), deputies=(TOM,)),)))
    for user in absent:
        office.away(user, 0, until=600)
    office.hear(wrote(ADA, 0))
    assert [to for to, say in office.sweep(120) if say == "how_help"] == hear
