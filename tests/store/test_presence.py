"""Who is on duty and who is left in peace: pauses, status, calendar, holidays and hours, each where the person is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import insert, select

from bot.domain.arrivals import NO_STATUS, Account, Status
from bot.domain.hours import Days
from bot.domain.moments import ts_of
from bot.domain.presence import Away, Mode, Quiet, Reason
from bot.domain.setup import PersonSetup, Setup, Team
from bot.store import people, presence, setup
from bot.store.db import Db
from bot.store.presence_tables import absences, presences
from bot.store.tables import waits
from bot.store.workspaces import Installation, Workspaces, install

OURS = "T0CARE"
ANA, BEN, LEA = "U0ANA", "U0BEN", "U0LEA"
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SETUP = Setup(teams=(Team("care", "Care", agents=(ANA, BEN, LEA), country="DE"),))

At = Callable[..., Quiet]


@pytest.fixture
def office(db: Db) -> Db:
    with db.begin() as tx:
        install(tx, Installation(OURS, "Care", "https://care.slack.com/"))
        setup.apply(tx, OURS, SETUP, MONDAY, None)
        people.save_many(tx, OURS, [account(ANA), account(BEN, "America/New_York"), account(LEA)], MONDAY)
    return db


def account(user: str, zone: str = "UTC", status: Status = NO_STATUS, *, gone: bool = False) -> Account:
    return Account(user, OURS, None, user, zone, False, False, False, False, gone, status=status)


def say(db: Db, user: str, **values: object) -> None:
    with db.begin() as tx:
        tx.execute(insert(presences).values(team_id=OURS, user_id=user, **values))


def of(db: Db, user: str, now: datetime = MONDAY) -> Quiet:
    with db.begin() as tx:
        workspace = Workspaces().get(tx, OURS, now)
        assert workspace is not None
        return presence.quiet(tx, workspace, user, now)


def test_who_has_said_nothing_works_the_teams_hours_on_their_own_clock(office: Db) -> None:
    assert of(office, ANA).away is None
    assert of(office, ANA).zone == "UTC"
    assert of(office, BEN).away == Away(Reason.HOURS, datetime(2026, 3, 2, 14, tzinfo=UTC))  # nine in New York
    assert of(office, BEN, MONDAY + timedelta(hours=10)).away is None
    assert of(office, ANA, MONDAY + timedelta(hours=10)).away == Away(Reason.HOURS, MONDAY + timedelta(hours=23))


def test_a_person_whom_nobody_has_met_works_as_their_team_does(office: Db) -> None:
    assert of(office, "U0NEW").away is None


def test_own_hours_win_over_those_of_the_setup_and_these_over_the_teams(office: Db) -> None:
    morning: Days = (((time(8), time(12)),),) * 5 + ((), ())
    with office.begin() as tx:
        ana = PersonSetup(ANA, zone="Asia/Tokyo", days=morning)
        setup.apply(tx, OURS, replace(SETUP, people=(ana,)), MONDAY, None)
    assert of(office, ANA).away == Away(Reason.HOURS, datetime(2026, 3, 2, 23, tzinfo=UTC))  # eight in Tokyo
    say(office, ANA, hours={"tue": ["10:00-11:00"]})
    assert of(office, ANA).away == Away(Reason.HOURS, datetime(2026, 3, 3, 1, tzinfo=UTC))
    assert of(office, ANA).zone == "Asia/Tokyo"


def test_a_holiday_in_one_region_is_one_there_only(office: Db) -> None:
    with office.begin() as tx:
        there = (PersonSetup(ANA, country="DE", region="BE"), PersonSetup(LEA, country="DE", region="BY"))
        setup.apply(tx, OURS, replace(SETUP, people=there), MONDAY, None)
    womens_day = datetime(2027, 3, 8, 10, tzinfo=UTC)  # a Monday
    assert of(office, ANA, womens_day).away == Away(Reason.HOLIDAY, womens_day + timedelta(hours=23))
    assert of(office, LEA, womens_day).away is None
    assert of(office, BEN, womens_day + timedelta(hours=6)).away is None


def test_a_day_off_of_the_team_and_one_of_their_own_are_holidays(office: Db) -> None:
    day_off = MONDAY.date()
    with office.begin() as tx:
        there = (PersonSetup(ANA, days_off=(day_off,)),)
        team = replace(SETUP.teams[0], days_off=(date(2026, 3, 3),))
        setup.apply(tx, OURS, replace(SETUP, teams=(team,), people=there), MONDAY, None)
    assert of(office, ANA).away == Away(Reason.HOLIDAY, datetime(2026, 3, 4, 9, tzinfo=UTC))
    assert of(office, LEA).away is None


def test_a_pause_ends_by_itself(office: Db) -> None:
    until = MONDAY + timedelta(hours=2)
    say(office, ANA, paused_until=until)
    assert of(office, ANA).away == Away(Reason.PAUSED, until)
    assert of(office, ANA, until).away is None


@pytest.mark.parametrize(
    ("status", "hours_later", "away"),
    [
        (Status("palm_tree", None), 0, Away(Reason.STATUS, None)),
        (Status("palm_tree", MONDAY + timedelta(hours=3)), 2, Away(Reason.STATUS, MONDAY + timedelta(hours=3))),
        (Status("palm_tree", MONDAY + timedelta(hours=3)), 3, None),
        (Status("coffee", None), 0, None),
        (Status(), 0, None),
    ],
)
def test_a_status_counts_by_its_emoji_and_until_it_ends(
    office: Db, status: Status, hours_later: int, away: Away | None
) -> None:
    with office.begin() as tx:
        people.save(tx, OURS, account(ANA, status=status), MONDAY)
    assert of(office, ANA, MONDAY + timedelta(hours=hours_later)).away == away


def test_the_workspace_says_which_emoji_count(office: Db) -> None:
    with office.begin() as tx:
        setup.apply(tx, OURS, replace(SETUP, away_emoji=("coffee",)), MONDAY, None)
        people.save(tx, OURS, account(ANA, status=Status("coffee")), MONDAY)
        people.save(tx, OURS, account(LEA, status=Status("palm_tree")), MONDAY)
    assert of(office, ANA).away == Away(Reason.STATUS)
    assert of(office, LEA).away is None


def test_absences_of_the_calendar_that_touch_are_one(office: Db) -> None:
    spans = [(-1, 2), (2, 5), (4, 6), (8, 9)]
    rows = [
        {"user_id": ANA, "starts_at": MONDAY + timedelta(hours=start), "ends_at": MONDAY + timedelta(hours=end)}
        for start, end in spans
    ]
    with office.begin() as tx:
        tx.execute(insert(absences), [row | {"team_id": OURS, "source": "leave.ics"} for row in rows])
    assert of(office, ANA).away == Away(Reason.CALENDAR, MONDAY + timedelta(hours=6))
    assert of(office, ANA, MONDAY + timedelta(hours=6)).away is None


def test_who_has_left_is_gone_whatever_else_is_said(office: Db) -> None:
    say(office, ANA, paused_until=MONDAY + timedelta(hours=2))
    with office.begin() as tx:
        people.save(tx, OURS, account(ANA, gone=True), MONDAY)
    assert of(office, ANA).away == Away(Reason.GONE)


def test_slacks_notification_hours_are_known_while_they_last(office: Db) -> None:
    start, end = MONDAY - timedelta(hours=1), MONDAY + timedelta(hours=1)
    say(office, ANA, dnd_from=start, dnd_until=end, mode="quiet")
    quiet = of(office, ANA)
    assert (quiet.mode, quiet.away, quiet.dnd_until) == (Mode.QUIET, None, end)
    assert of(office, ANA, end).dnd_until is None
    assert of(office, ANA, start - timedelta(minutes=1)).dnd_until is None


def open_wait(db: Db, owner: str, at: datetime, channel: str = "C0ACME", **more: object) -> None:
    row = {
        "team_id": OURS,
        "channel": channel,
        "root_ts": ts_of(at),
        "from_ts": ts_of(at),
        "first": True,
        "target_s": 3600,
        "started_at": at,
        "owner": owner,
    }
    with db.begin() as tx:
        tx.execute(insert(waits).values(**row, **more))


def test_the_waits_of_the_absent_are_due_at_once_but_those_put_off(office: Db) -> None:
    later = MONDAY + timedelta(hours=2)
    open_wait(office, ANA, MONDAY, next_nudge_at=later)
    open_wait(office, ANA, MONDAY + timedelta(minutes=1), next_nudge_at=None)
    open_wait(office, ANA, MONDAY + timedelta(minutes=2), next_nudge_at=later, snoozed_until=later)
    open_wait(office, ANA, MONDAY + timedelta(minutes=3), next_nudge_at=later, paused_until=later)
    open_wait(office, ANA, MONDAY + timedelta(minutes=4), next_nudge_at=None, ended_at=MONDAY)
    open_wait(office, LEA, MONDAY + timedelta(minutes=5), next_nudge_at=later)
    with office.begin() as tx:
        assert presence.pass_on(tx, OURS, [ANA], MONDAY) == 2
        due = tx.execute(select(waits.c.next_nudge_at).order_by(waits.c.id)).scalars().all()
    assert due == [MONDAY, MONDAY, later, later, None, later]
