"""More customers than is fair for one person: those who lead them hear of it once a day, and can take some off."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.owners import Load
from bot.domain.setup import Channel, Setup
from bot.store import list_rows, overloads, owners, people, taking_off, workspaces
from bot.store.db import Db
from bot.store.list_tables import list_news
from bot.store.living_lists import News
from bot.store.tables import nudges, waits
from bot.store.workspaces import Workspace
from bot.views.loads import Burden, Pick
from bot.views.words import loads as words
from tests.store.test_ladder import ADA, ANA, CARE, LEE, MIA, OMAR, Office, after
from tests.store.test_loop import MONDAY, OURS, someone, wrote

ZOE = "U0ZOE"
FEW = replace(CARE, load=3)


class Crowd(Office):
    """Everybody writes to Ana's channel, and three are fair."""

    def __init__(self, db: Db) -> None:
        super().__init__(db, Setup(teams=(FEW,), channels=(Channel("C0ACME", team="care", owner=ANA),)))
        with db.begin() as tx:
            people.save(tx, OURS, someone(ZOE, OURS), MONDAY)

    def workspace(self, tx: Any, now: datetime) -> Workspace:
        found = self.workspaces.get(tx, OURS, now)
        assert found
        return found

    def writes(self, *minutes: float) -> None:
        self.hear(*[wrote(ADA, minute) for minute in minutes])

    def watch(self, minutes: float) -> dict[str, list[str]]:
        """Whose lists have news, and whether they ring."""
        with self.db.begin() as tx:
            tx.execute(list_news.delete())
            overloads.watch(tx, self.workspace(tx, after(minutes)), after(minutes))
            rows = tx.execute(select(list_news).order_by(list_news.c.user_id)).all()
        return {"ring": [row.user_id for row in rows if row.news == News.RING], "all": [row.user_id for row in rows]}

    def too_much(self, reader: str, minutes: float = 60) -> list[tuple[str, int, int]]:
        with self.db.begin() as tx:
            found = overloads.told_to(tx, self.workspace(tx, after(minutes)), reader)
        return [(one.user, one.open, one.limit) for one in found]

    def load(self, user: str) -> Load:
        with self.db.begin() as tx:
            return owners.load(tx, self.workspace(tx, MONDAY), user)

    def burden(self, minutes: float, user: str = ANA, by: str = MIA) -> Burden | str:
        with self.db.begin() as tx:
            return taking_off.burden(tx, self.workspace(tx, after(minutes)), user, by, after(minutes))

    def take_off(self, minutes: float, *places: int, to: str | None = None, by: str = MIA) -> Mapping[str, int] | str:
        with self.db.begin() as tx:
            ids = (
                tx.execute(select(waits.c.id).where(waits.c.owner == ANA).order_by(waits.c.started_at)).scalars().all()
            )
            pick = Pick(ANA, tuple(ids[place] for place in places), to)
            return taking_off.take_off(tx, self.workspace(tx, after(minutes)), pick, by, after(minutes))

    def answered(self, *minutes: float) -> None:
        self.hear(*[wrote(ANA, 50 + number, root=minute) for number, minute in enumerate(minutes)])

    def owners(self) -> list[str | None]:
        with self.db.begin() as tx:
            return list(tx.execute(select(waits.c.owner).order_by(waits.c.started_at)).scalars())


@pytest.fixture
def crowd(db: Db) -> Crowd:
    return Crowd(db)


FOUR = (0, 6, 12, 18)


def test_a_load_is_what_waits_open_where_customers_are_looked_after(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    assert crowd.load(ANA) == Load(4, 3)
    assert crowd.load(LEE) == Load(0, 3)
    crowd.answered(0)
    assert crowd.load(ANA) == Load(3, 3)


def test_what_waits_on_the_customer_weighs_nothing(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    with crowd.db.begin() as tx:
        tx.execute(update(waits).where(waits.c.started_at == MONDAY).values(paused_until=after(600)))
    assert crowd.load(ANA) == Load(3, 3)


def test_what_waits_where_nobody_is_looked_after_any_more_weighs_nothing(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    with crowd.db.begin() as tx:
        workspaces.save_setup(tx, OURS, Setup(teams=(FEW,), channels=(Channel("C0ACME", kind="ignored"),)))
    assert crowd.load(ANA).open == 0


def test_whoever_is_in_two_teams_has_the_more_generous_limit(crowd: Crowd) -> None:
    with crowd.db.begin() as tx:
        workspaces.save_setup(tx, OURS, Setup(teams=(FEW, replace(FEW, key="sales", load=5))))
    assert crowd.load(ANA) == Load(0, 5)


def test_those_who_lead_hear_of_too_much_and_nobody_else(crowd: Crowd) -> None:
    crowd.writes(*FOUR[:3])
    assert crowd.watch(20)["all"] == []
    crowd.writes(18)
    assert crowd.watch(21) == {"ring": [MIA], "all": [MIA]}
    assert crowd.too_much(MIA) == [(ANA, 4, 3)]
    assert crowd.too_much(LEE) == crowd.too_much(ANA) == []


def test_it_stands_in_the_list_of_those_who_lead(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    crowd.watch(20)
    with crowd.db.begin() as tx:
        standing = list_rows.read(tx, crowd.workspace(tx, after(20)), MIA, after(20))
        assert [(one.user, one.open) for one in standing.loads] == [(ANA, 4)]
        assert list_rows.fresh(tx, standing, after(20), after(20)).leading
        assert not list_rows.fresh(tx, standing, after(21), after(21)).leading


def test_it_rings_once_a_day(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    day = 24 * 60
    rings = [crowd.watch(minutes)["ring"] for minutes in (20, 30, 400, day, day + 10, 2 * day - 1, 2 * day)]
    assert rings == [[MIA], [], [], [MIA], [], [], [MIA]]


def test_it_does_not_ring_while_the_team_does_not_work(crowd: Crowd) -> None:
    evening = 9 * 60
    crowd.writes(*(evening + minute for minute in FOUR))
    assert crowd.watch(evening + 20) == {"ring": [], "all": [MIA]}
    assert crowd.watch(24 * 60)["ring"] == [MIA]


def test_one_more_the_same_day_is_told_without_a_ring(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    crowd.watch(20)
    crowd.writes(24)
    assert crowd.watch(25) == {"ring": [], "all": [MIA]}
    assert crowd.too_much(MIA) == [(ANA, 5, 3)]


def test_it_goes_when_all_is_fair_again(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    crowd.watch(20)
    crowd.answered(0)
    assert crowd.watch(51) == {"ring": [], "all": [ANA, MIA]}
    assert crowd.too_much(MIA) == []
    assert crowd.watch(52)["all"] == []


def test_up_and_down_and_up_again_rings_once(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    crowd.watch(20)
    crowd.answered(0)
    crowd.watch(51)
    crowd.writes(60)
    assert crowd.watch(61) == {"ring": [], "all": [MIA]}


def test_what_there_is_to_be_taken_off_comes_longest_wait_first_with_who_is_on_duty(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    crowd.away(OMAR, 10, until=600)
    burden = crowd.burden(30)
    assert isinstance(burden, Burden)
    assert [int(one.waited.total_seconds() // 60) for _, one in burden.waits] == [30, 24, 18, 12]
    assert [(one.user, one.name, one.open) for one in burden.mates] == [(LEE, "Lee", 0)]
    assert (burden.open, burden.limit) == (4, 3)


@pytest.mark.parametrize(
    ("by", "sentence"), [(LEE, words.NOT_YOURS()), (ANA, words.NOT_YOURS()), (MIA, words.ALL_FAIR())]
)
def test_nobody_takes_off_what_is_fair_or_not_theirs_to_give(crowd: Crowd, by: str, sentence: str) -> None:
    crowd.writes(*(FOUR[:3] if by == MIA else FOUR))
    assert crowd.burden(30, by=by) == sentence


def test_where_nobody_else_is_on_duty_there_is_nobody_to_give_it_to(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    crowd.away(OMAR, 10, until=600)
    crowd.away(LEE, 10, until=600)
    assert crowd.burden(30) == words.NOBODY()


def test_what_is_taken_off_goes_to_who_was_picked_and_they_hear_why(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    crowd.sweep(45)
    crowd.watch(46)
    assert crowd.take_off(50, 0, 2, to=OMAR) == {OMAR: 2}
    assert crowd.owners() == [OMAR, ANA, OMAR, ANA]
    assert crowd.too_much(MIA) == []
    with crowd.db.begin() as tx:
        heard = tx.execute(select(nudges).where(nudges.c.to == OMAR)).all()
        hers = tx.execute(select(nudges).where(nudges.c.to == ANA, nudges.c.cleared_at.is_(None))).all()
    assert {(row.say, row.because) for row in heard} == {("passed", "load:U0ANA")}
    assert len(heard) == 2
    assert all(row.wait_id != one.wait_id for row in hers for one in heard)


def test_what_is_taken_off_for_whoever_has_least_is_shared(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    assert crowd.take_off(50, 0, 1, 2, 3) == {LEE: 2, OMAR: 2}


def test_what_is_settled_meanwhile_stays_so(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    with crowd.db.begin() as tx:
        ids = tx.execute(select(waits.c.id).order_by(waits.c.started_at)).scalars().all()
    crowd.answered(0)
    with crowd.db.begin() as tx:
        pick = Pick(ANA, (ids[0],), LEE)
        moved = taking_off.take_off(tx, crowd.workspace(tx, after(60)), pick, MIA, after(60))
    assert moved == words.NOTHING_MOVED()


def test_nothing_goes_to_who_went_away_meanwhile_nor_by_who_leads_nobody(crowd: Crowd) -> None:
    crowd.writes(*FOUR)
    crowd.away(OMAR, 10, until=600)
    assert crowd.take_off(50, 0, to=OMAR) == words.NOTHING_MOVED()
    assert crowd.take_off(50, 0, to=LEE, by=LEE) == words.NOT_YOURS()
    assert crowd.take_off(50, to=LEE) == words.PICK_SOME()
    assert crowd.owners() == [ANA] * 4


def test_what_nobody_had_goes_to_who_has_no_room_last(db: Db) -> None:
    crowd = Crowd(db)
    crowd.writes(*FOUR)
    others = Setup(teams=(FEW,), channels=(Channel("C0ACME", team="care"),))
    with db.begin() as tx:
        tx.execute(update(waits).values(next_nudge_at=None))
        workspaces.save_setup(tx, OURS, others)
    crowd.writes(*(30 + minute for minute in FOUR), 54, 60)
    crowd.sweep(120)
    assert sorted(map(str, crowd.owners()[4:])) == [LEE, LEE, LEE, OMAR, OMAR, OMAR]
