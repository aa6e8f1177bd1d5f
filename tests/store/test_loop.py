"""The loop as the store sees it: a customer writes, a nudge falls due, an answer clears it. On both databases."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.arrivals import Account, Deleted, Delivery, Posted, Reacted, Spoken
from bot.domain.moments import ts_of
from bot.domain.nudges import Snooze
from bot.domain.setup import Channel, Override, Setup, Team
from bot.store import ladder, list_rows, nudges, outbox, people, waiting, ways_out, workspaces
from bot.store.db import Db
from bot.store.ingest import ingest, learned
from bot.store.tables import nudges as nudges_table
from bot.store.tables import outbox as outbox_table
from bot.store.tables import unresolved as unresolved_table
from bot.store.tables import waits as waits_table
from bot.store.workspaces import Installation, Workspaces

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OURS, CUSTOMERS = "T0CARE", "T0ACME"
SETUP = Setup(
    teams=(Team("care", "Care", agents=("U0ANA", "U0LEE"), managers=("U0MIA",), home="C0HOME"),),
    channels=(Channel("C0ACME", team="care", owner="U0ANA", relays=("B0MAIL",)),),
)


def someone(user: str, home: str, **more: bool) -> Account:
    usual = dict.fromkeys(("is_guest", "is_app", "is_stranger", "is_admin", "is_gone"), False)
    flags: dict[str, Any] = usual | more
    return Account(user, home, None, user.removeprefix("U0").title(), "UTC", **flags)


class Office:
    """A workspace in a database, and what happens in it."""

    def __init__(self, db: Db) -> None:
        self.db = db
        self.workspaces = Workspaces()
        self.events = 0
        self.told = 0  # the last nudge that was seen here
        with db.begin() as tx:
            workspaces.install(tx, Installation(OURS, "Care", "https://care.slack.com/", None, "U0BOT", "B0BOT"))
            workspaces.save_setup(tx, OURS, SETUP)
            for user in ("U0ANA", "U0LEE", "U0MIA"):
                people.save(tx, OURS, someone(user, OURS), MONDAY)
            people.save(tx, OURS, someone("U0ADA", CUSTOMERS), MONDAY)

    def hear(self, *arrivals: Spoken, repeated: bool = False) -> None:
        self.events += 0 if repeated else len(arrivals)
        first = self.events - len(arrivals)
        with self.db.begin() as tx:
            named = [Delivery(OURS, f"Ev{first + number}", a) for number, a in enumerate(arrivals)]
            ingest(tx, self.workspaces, named, MONDAY)

    def sweep(self, minutes: float) -> list[tuple[str, str]]:
        """Who is told of something by a sweep, and with which of the ladder's words. Home channels' posts arrive."""
        now = MONDAY + timedelta(minutes=minutes)
        with self.db.begin() as tx:
            ladder.take_due(tx, self.workspaces, now, 100)
            rows = tx.execute(
                select(nudges_table).where(nudges_table.c.id > self.told).order_by(nudges_table.c.id)
            ).all()
            for row in [row for row in rows if row.to.startswith("C")]:
                leased = outbox_table.c.nudge_id == row.id
                tx.execute(outbox_table.update().where(leased).values(due_at=None))
                said = outbox.Row(0, OURS, "", outbox.POST, row.to, {}, row.id, now, 1)
                nudges.posted(tx, self.workspaces, said, row.to, ts_of(now), now)
            self.told = max([self.told, *(row.id for row in rows)])
            return [(row.to, row.say) for row in rows]

    def listed(self, user: str, minutes: float) -> list[str]:
        """What stands in somebody's list, by the ladder's words."""
        now = MONDAY + timedelta(minutes=minutes)
        with self.db.begin() as tx:
            workspace = self.workspaces.get(tx, OURS, now)
            assert workspace
            return [entry.nudge.say for entry in list_rows.read(tx, workspace, user, now).entries]

    def press(self, way: Callable[..., str | None], *, minutes: float, user: str, **more: object) -> str | None:
        """The last nudge's button."""
        now = MONDAY + timedelta(minutes=minutes)
        with self.db.begin() as tx:
            last = tx.execute(select(nudges_table.c.id).order_by(nudges_table.c.id.desc())).scalars().first()
            workspace = self.workspaces.get(tx, OURS, now)
            return way(tx, workspace, last, user, now=now, **more)

    def said_anew(self) -> list[str]:
        """The texts of updates that are to be sent."""
        with self.db.begin() as tx:
            here = (outbox_table.c.method == outbox.UPDATE) & outbox_table.c.due_at.is_not(None)
            return [row.payload["text"] for row in tx.execute(select(outbox_table).where(here))]

    def waits(self) -> list[tuple[str, str | None]]:
        with self.db.begin() as tx:
            found = tx.execute(select(waits_table).order_by(waits_table.c.from_ts))
            return [(row.from_ts, row.ended_by) for row in found]

    def unresolved(self) -> int:
        with self.db.begin() as tx:
            return len(tx.execute(select(unresolved_table)).all())

    def mine(self, user: str, minutes: float) -> list[str | None]:
        now = MONDAY + timedelta(minutes=minutes)
        with self.db.begin() as tx:
            workspace = self.workspaces.get(tx, OURS, now)
            assert workspace
            return [one.customer for one in waiting.mine(tx, workspace, user, now, 10)[0]]


@pytest.fixture
def office(db: Db) -> Office:
    return Office(db)


def at(minutes: float) -> str:
    return ts_of(MONDAY + timedelta(minutes=minutes))


def wrote(
    user: str, minutes: float, *, root: float | None = None, team: str | None = None, needs_reply: bool = True
) -> Posted:
    is_app = user.startswith("B")
    return Posted(
        "C0ACME",
        at(minutes),
        at(minutes if root is None else root),
        user,
        team,
        is_app,
        (user,) if is_app else (),
        (),
        needs_reply,
        "",
    )


def test_the_owner_hears_of_a_wait_at_three_quarters_of_the_target(office: Office) -> None:
    office.hear(wrote("U0ADA", 0))
    assert office.sweep(44) == []
    assert office.sweep(45) == [("U0ANA", "reply")]
    assert office.sweep(46) == []


def test_the_ladder_is_climbed_once_step_by_step(office: Office) -> None:
    office.hear(wrote("U0ADA", 0))
    said = [office.sweep(minutes) for minutes in (45, 60, 60, 90, 120, 400)]
    assert said == [
        [("U0ANA", "reply")],
        [("U0ANA", "help")],
        [],
        [("C0HOME", "lend_hand")],
        [("U0MIA", "how_help")],
        [],
    ]


def test_after_an_outage_each_audience_hears_once(office: Office) -> None:
    office.hear(wrote("U0ADA", 0))
    assert sorted(office.sweep(200)) == [("C0HOME", "lend_hand"), ("U0ANA", "help"), ("U0MIA", "how_help")]


def test_nobody_hears_of_a_customer_who_was_answered_in_time(office: Office) -> None:
    office.hear(wrote("U0ADA", 0), wrote("U0LEE", 10, root=0))
    assert office.sweep(600) == []


def test_nobody_hears_of_thanks(office: Office) -> None:
    office.hear(wrote("U0ADA", 0), wrote("U0LEE", 10, root=0), wrote("U0ADA", 11, root=0, needs_reply=False))
    assert office.sweep(600) == []


def test_an_answer_clears_the_nudge(office: Office) -> None:
    office.hear(wrote("U0ADA", 0))
    office.sweep(45)
    assert office.listed("U0ANA", 46) == ["reply"]
    office.hear(wrote("U0LEE", 50, root=0))
    assert office.listed("U0ANA", 51) == []


def test_a_repeated_delivery_changes_nothing(office: Office) -> None:
    office.hear(wrote("U0ADA", 0))
    office.hear(wrote("U0ADA", 0), repeated=True)
    assert office.waits() == [(at(0), None)]


def test_hours_outside_the_teams_week_do_not_count(office: Office) -> None:
    friday_evening = 4 * 24 * 60 + 7 * 60 + 30
    office.hear(wrote("U0ADA", friday_evening))
    assert office.sweep(friday_evening + 60) == []
    monday_morning = 7 * 24 * 60
    assert office.sweep(monday_morning + 14) == []
    assert office.sweep(monday_morning + 15) == [("U0ANA", "reply")]


def test_an_unknown_persons_words_wait_for_slack_and_then_count_from_when_they_were_written(office: Office) -> None:
    office.hear(wrote("U0NEW", 0, team=OURS))
    office.hear(wrote("U0ANA", 5, root=0))
    assert (office.waits(), office.unresolved()) == ([], 2)
    with office.db.begin() as tx:
        learned(tx, office.workspaces, OURS, someone("U0NEW", OURS, is_guest=True), MONDAY)
    assert (office.waits(), office.unresolved()) == ([(at(0), "answer")], 0)


def test_someone_of_another_company_is_a_customer_at_once_and_gets_a_name_later(office: Office) -> None:
    office.hear(wrote("U0BOB", 0, team=CUSTOMERS))
    assert office.waits() == [(at(0), None)]
    with office.db.begin() as tx:
        learned(tx, office.workspaces, OURS, someone("U0BOB", CUSTOMERS), MONDAY)
    assert office.mine("U0ANA", 1) == ["Bob"]


def test_an_app_is_no_customer_unless_it_relays_mail(office: Office) -> None:
    office.hear(wrote("B0NEWS", 0), wrote("B0BOT", 1))
    assert office.waits() == []
    office.hear(wrote("B0MAIL", 2))
    assert office.waits() == [(at(2), None)]


@pytest.mark.parametrize(("side", "waits"), [("ours", 0), ("customer", 1)])
def test_an_override_decides_whatever_slack_says(office: Office, side: str, waits: int) -> None:
    overrides = (Override("U0ADA", "ours"),) if side == "ours" else (Override("U0LEE", "customer"),)
    with office.db.begin() as tx:
        workspaces.save_setup(tx, OURS, Setup(SETUP.teams, SETUP.channels, overrides))
    office.hear(wrote("U0ADA" if side == "ours" else "U0LEE", 0))
    assert len(office.waits()) == waits


def test_eyes_make_an_owner_who_then_hears_of_it(office: Office) -> None:
    office.hear(wrote("U0ADA", 0), Reacted("C0ACME", at(0), at(1), "U0LEE", "eyes", taken_back=False))
    assert office.sweep(45) == [("U0LEE", "reply")]


def test_a_check_mark_closes_until_the_customer_speaks_again(office: Office) -> None:
    office.hear(wrote("U0ADA", 0), Reacted("C0ACME", at(0), at(1), "U0LEE", "white_check_mark", taken_back=False))
    assert office.sweep(600) == []
    office.hear(wrote("U0ADA", 700, root=0))
    assert office.waits() == [(at(0), "closed"), (at(700), None)]


def test_without_an_owner_the_rota_takes_turns(office: Office) -> None:
    with office.db.begin() as tx:
        workspaces.save_setup(tx, OURS, Setup(SETUP.teams, (Channel("C0ACME", team="care"),)))
    office.hear(wrote("U0ADA", 0), wrote("U0ADA", 10))
    assert office.sweep(60) == [("U0ANA", "help"), ("U0LEE", "reply")]


def test_a_snooze_is_quiet_and_then_reminds(office: Office) -> None:
    office.hear(wrote("U0ADA", 0))
    office.sweep(45)
    assert office.press(ways_out.snooze, minutes=46, user="U0ANA", choice=Snooze.HOUR) is None
    assert office.sweep(105) == []
    assert sorted(office.sweep(106)) == [("C0HOME", "lend_hand"), ("U0ANA", "help")]


def test_a_snooze_reminds_also_when_the_ladder_has_nothing_new_to_say(office: Office) -> None:
    office.hear(wrote("U0ADA", 0))
    for minutes in (45, 60, 90, 120):
        office.sweep(minutes)
    assert office.press(ways_out.snooze, minutes=130, user="U0ANA", choice=Snooze.HOUR) is None
    assert office.sweep(190) == [("U0ANA", "snoozed")]


def test_handing_over_tells_the_teammate_at_once_and_moves_the_wait(office: Office) -> None:
    office.hear(wrote("U0ADA", 0))
    office.sweep(45)
    assert office.press(ways_out.hand_over, minutes=46, user="U0ANA", to="U0LEE") is None
    assert office.sweep(46) == [("U0LEE", "handed")]
    assert office.mine("U0LEE", 47) == ["Ada"]
    assert office.mine("U0ANA", 47) == []
    assert office.sweep(60) == [("U0LEE", "help")]


@pytest.mark.parametrize("to", ["U0ANA", "U0ADA", "U0NOBODY"])
def test_a_wait_is_handed_to_teammates_only(office: Office, to: str) -> None:
    office.hear(wrote("U0ADA", 0))
    office.sweep(45)
    assert office.press(ways_out.hand_over, minutes=46, user="U0ANA", to=to)
    assert office.mine("U0ANA", 47) == ["Ada"]


def test_no_reply_needed_ends_the_wait_and_says_so(office: Office) -> None:
    office.hear(wrote("U0ADA", 0))
    office.sweep(45)
    assert office.press(ways_out.no_reply, minutes=46, user="U0ANA") is None
    assert office.listed("U0ANA", 47) == []
    assert office.sweep(600) == []


def test_a_button_of_a_wait_that_is_over_says_so(office: Office) -> None:
    office.hear(wrote("U0ADA", 0))
    office.sweep(45)
    office.hear(wrote("U0ANA", 50, root=0))
    for way in (ways_out.claim, ways_out.no_reply):
        assert office.press(way, minutes=51, user="U0ANA")


def test_an_answer_that_is_taken_back_lets_the_customer_wait_again(office: Office) -> None:
    office.hear(wrote("U0ADA", 0), wrote("U0ANA", 10, root=0), Deleted("C0ACME", at(10), at(11)))
    assert office.waits() == [(at(0), None)]


def test_the_list_has_my_customers_longest_wait_first(office: Office) -> None:
    office.hear(wrote("U0ADA", 20), wrote("U0BOB", 0, team=CUSTOMERS))
    assert office.mine("U0ANA", 30) == [None, "Ada"]
