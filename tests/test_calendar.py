"""`carecue calendar` as a person runs it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.domain.arrivals import Account
from bot.domain.setup import Setup, Team
from bot.store import people, workspaces
from bot.store.db import Db
from bot.store.workspaces import Installation
from tests import databases

OURS, LEE = "T0CARE", "U0LEE"
MET = datetime(2026, 3, 2, 10, tzinfo=UTC)
LEAVE = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Leave//EN
BEGIN:VEVENT
UID:1
SUMMARY:Lee: day off
DTSTART;VALUE=DATE:20200101
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Party
DTSTART;VALUE=DATE:20200601
RRULE:FREQ=YEARLY
END:VEVENT
END:VCALENDAR
"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    url = databases.on_sqlite(tmp_path)
    db = Db(url)
    with db.begin() as tx:
        workspaces.install(tx, Installation(OURS, "Care", "https://care.slack.com/"))
        workspaces.save_setup(tx, OURS, Setup((Team("care", "Care", agents=(LEE,)),)))
        people.save(tx, OURS, Account(LEE, OURS, None, "Lee", "UTC", False, False, False, False, False), MET)
    db.close()
    return lambda *words: CliRunner().invoke(app, ["calendar", *words], env={"CARECUE_DATABASE_URL": url})


def test_a_file_is_taken_over_once_and_what_names_nobody_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "leave.ics"
    path.write_text(LEAVE)
    first, *left_out = run(str(path)).stdout.splitlines()
    assert first.startswith("Lee: ")
    assert first.endswith("new.")
    assert set(left_out) == {"Left out, for it names nobody of the teams, or several: “Party”."}
    assert run(str(path)).stdout.splitlines() == ["Nothing changes.", *left_out]
    path.write_text(LEAVE.replace("Lee", "Kim"))
    assert run(str(path)).stdout.splitlines()[0].endswith("no more.")


def test_what_cannot_be_taken_over_is_refused_in_a_sentence(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.ics"
    refused = run(str(path))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "cannot be read" in refused.stderr
    path.write_text("hello")
    assert "bad.ics is not taken over: it is no calendar" in run(str(path)).stderr
    path.write_text(LEAVE)
    assert "U0EVE is in no team" in run(str(path), "--person", "U0EVE").stderr
    assert "Lee: " in run(str(path), "--person", LEE).stdout
