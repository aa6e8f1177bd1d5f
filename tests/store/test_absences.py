"""`carecue calendar`: a calendar file says who is away, and says it again without a change."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain.arrivals import Account
from bot.domain.presence import Away, Reason
from bot.domain.setup import Setup, Team
from bot.store import absences, calendar_file, people, presence, setup
from bot.store.calendar_file import BadCalendar
from bot.store.db import Db
from bot.store.presence_tables import absences as table
from bot.store.workspaces import Installation, Workspace, Workspaces, install

OURS, ANA, LEE = "T0CARE", "U0ANA", "U0LEE"
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
SETUP = Setup(teams=(Team("care", "Care", agents=(ANA, LEE)),))


def file(*events: str) -> bytes:
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Leave//EN"]
    for number, event in enumerate(events):
        rows += ["BEGIN:VEVENT", f"UID:{number}@leave", "DTSTAMP:20260101T000000Z", *event.split("\n"), "END:VEVENT"]
    return "\r\n".join([*rows, "END:VCALENDAR", ""]).encode()


WEEK_OFF = "SUMMARY:Ana: vacation\nDTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260307"
DOCTOR = (
    "SUMMARY:Doctor\nDTSTART;TZID=Europe/Berlin:20260303T090000\nDURATION:PT2H\nATTENDEE;CN=Lee:mailto:x@example.com"
)
FRIDAYS = "SUMMARY:Lee: off\nDTSTART;VALUE=DATE:20260306\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20260313"
PARTY = "SUMMARY:Party\nDTSTART;VALUE=DATE:20260304"


@pytest.fixture
def office(db: Db) -> Db:
    with db.begin() as tx:
        install(tx, Installation(OURS, "Care", "https://care.slack.com/"))
        setup.apply(tx, OURS, SETUP, MONDAY, None)
        for user, name in ((ANA, "Ana"), (LEE, "Lee")):
            account = Account(user, OURS, None, name, "UTC", False, False, False, False, False)
            people.save(tx, OURS, account, MONDAY)
    return db


def apply(db: Db, source: bytes, person: str | None = None, now: datetime = MONDAY) -> absences.Applied:
    events = calendar_file.read(source, now - timedelta(days=1), now + absences.HORIZON)
    with db.begin() as tx:
        return absences.apply(tx, here(tx, now), "leave.ics", events, now, person)


def here(tx: Any, now: datetime = MONDAY) -> Workspace:
    workspace = Workspaces().get(tx, OURS, now)
    assert workspace is not None
    return workspace


def stored(db: Db) -> list[tuple[str, str]]:
    with db.begin() as tx:
        rows = tx.execute(select(table).order_by(table.c.starts_at))
        return [(row.user_id, f"{row.starts_at:%d %b %H:%M}–{row.ends_at:%d %b %H:%M}") for row in rows]


def test_days_hours_and_what_recurs_are_taken_over(office: Db) -> None:
    told = apply(office, file(WEEK_OFF, DOCTOR, FRIDAYS, PARTY))
    assert told.added == {ANA: 1, LEE: 4}
    assert [event.summary for event in told.unmatched] == ["Party"]
    assert stored(office) == [
        (ANA, "02 Mar 00:00–07 Mar 00:00"),
        (LEE, "03 Mar 08:00–03 Mar 10:00"),
        (LEE, "06 Mar 00:00–07 Mar 00:00"),
        (LEE, "20 Mar 00:00–21 Mar 00:00"),
        (LEE, "27 Mar 00:00–28 Mar 00:00"),
    ]
    with office.begin() as tx:
        known = presence.away(tx, here(tx), [ANA, LEE], MONDAY)
    assert known == {ANA: Away(Reason.CALENDAR, datetime(2026, 3, 7, tzinfo=UTC))}


def test_applying_twice_changes_nothing_and_what_vanished_is_taken_out(office: Db) -> None:
    apply(office, file(WEEK_OFF, DOCTOR))
    again = apply(office, file(WEEK_OFF, DOCTOR))
    assert (again.added, again.removed) == ({}, {})
    told = apply(office, file(DOCTOR, FRIDAYS))
    assert (told.added, told.removed) == ({LEE: 3}, {ANA: 1})
    with office.begin() as tx:
        assert presence.away(tx, here(tx), [ANA], MONDAY) == {}


def test_what_is_over_is_neither_taken_over_nor_told_of(office: Db) -> None:
    apply(office, file(WEEK_OFF))
    told = apply(office, file(), now=MONDAY + timedelta(days=30))
    assert (told.added, told.removed, stored(office)) == ({}, {}, [])


def test_what_was_over_yesterday_is_not_kept(office: Db) -> None:
    apply(office, file(WEEK_OFF, FRIDAYS))
    with office.begin() as tx:
        assert absences.forget(tx, datetime(2026, 3, 8, tzinfo=UTC), 100) == 2
    assert [user for user, _ in stored(office)] == [LEE, LEE]


def test_a_persons_own_file_is_all_of_theirs_and_leaves_others_alone(office: Db) -> None:
    apply(office, file(WEEK_OFF))
    assert apply(office, file(PARTY), person=LEE).added == {LEE: 1}
    assert apply(office, file(), person=LEE).removed == {LEE: 1}
    assert stored(office) == [(ANA, "02 Mar 00:00–07 Mar 00:00")]


@pytest.mark.parametrize(
    "event",
    [
        f"{WEEK_OFF}\nSTATUS:CANCELLED",
        "SUMMARY:Ana\nDTSTART:20260303T090000Z",  # takes no time
        "SUMMARY:Away\nDTSTART;VALUE=DATE:20260303\nATTENDEE;PARTSTAT=DECLINED;CN=Ana:mailto:x@example.com",
    ],
)
def test_what_was_called_off_or_declined_is_no_absence(office: Db, event: str) -> None:
    assert apply(office, file(event)).added == {}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (b"", "no calendar"),
        (b"[team.care]\nname = 'Care'\n", "no calendar"),
        (b"\xff\xfe\x00", "no calendar"),
        (file("SUMMARY:Ana\nDTSTART;VALUE=DATE:20260302\nRRULE:FREQ=SECONDLY"), "recurs more often than daily"),
        (b"x" * (calendar_file.MOST_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_what_is_no_calendar_is_refused_in_a_sentence(source: bytes, why: str) -> None:
    with pytest.raises(BadCalendar, match=why):
        calendar_file.read(source, MONDAY, MONDAY + timedelta(days=7))


@given(
    st.lists(st.sampled_from([*WEEK_OFF.split("\n"), *FRIDAYS.split("\n"), "RRULE:FREQ=?", "DTEND:x", "DURATION:-P1D"]))
)
def test_any_event_is_read_or_refused(lines: list[str]) -> None:
    with suppress(BadCalendar):
        calendar_file.read(file("\n".join(lines)), MONDAY, MONDAY + timedelta(days=30))
