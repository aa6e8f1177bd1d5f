"""`carecue outbox` and `carecue status` as a person runs them."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update
from typer.testing import CliRunner

from bot.__main__ import app
from bot.deps import wall_clock
from bot.store import listening, outbox, set_aside, workspaces
from bot.store.db import Db
from bot.store.outbox import POST, Saying
from bot.store.set_aside import Thing
from bot.store.tables import outbox as table
from bot.store.workspaces import Installation
from tests import databases

SECRET = "a name in a nudge"
LEASE = timedelta(minutes=1)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return databases.on_sqlite(tmp_path)


@pytest.fixture
def db(url: str) -> Iterator[Db]:
    """Two workspaces that were heard just now."""
    db = Db(url)
    with db.begin() as tx:
        for team_id, name in (("T0CARE", "Care"), ("T0SALES", "Sales")):
            workspaces.install(tx, Installation(team_id, name, "https://x.slack.com/"))
            listening.keep(tx, team_id, wall_clock())
    yield db
    db.close()


@pytest.fixture
def run(db: Db, url: str) -> Any:
    assert db
    return lambda *words, **more: CliRunner().invoke(app, [*words], env={"CARECUE_DATABASE_URL": url}, **more)


def refused(db: Db, key: str, team_id: str = "T0CARE", error: str = "channel_not_found") -> int:
    """A message that Slack has refused; its id."""
    now = wall_clock()
    with db.begin() as tx:
        outbox.put(tx, team_id, Saying(key, POST, f"C{key}", {"text": SECRET}), now)
        (row,) = outbox.lease(tx, now, 1, LEASE)
        outbox.failed(tx, row, error)
    return row.id


def unsaid(db: Db) -> list[int]:
    with db.begin() as tx:
        return list(tx.execute(select(table.c.id).where(table.c.due_at.is_not(None))).scalars())


def test_what_was_refused_is_listed_with_its_reason_and_without_its_words(db: Db, run: Any) -> None:
    row_id = refused(db, "a")
    done = run("outbox", "list")
    assert done.exit_code == 0
    head, line = done.stdout.splitlines()
    assert head.split() == ["id", "state", "when", "workspace", "method", "to", "tries", "what", "why"]
    assert line.split()[:2] == [str(row_id), "aside"]
    assert line.split()[-2:] == ["a", "channel_not_found"]
    assert SECRET not in done.stdout


def test_a_list_for_machines_is_an_object_a_line(db: Db, run: Any) -> None:
    refused(db, "a")
    refused(db, "b")
    lines = run("outbox", "list", "--json").stdout.splitlines()
    assert [json.loads(line)["key"] for line in lines] == ["b", "a"]
    assert SECRET not in str(lines)


def test_filters(db: Db, run: Any) -> None:
    refused(db, "a")
    refused(db, "b", "T0SALES")
    assert "There is nothing" in run("outbox", "list", "--state", "sent").stdout
    assert " Cb " not in run("outbox", "list", "--workspace", "T0CARE").stdout
    assert " Ca " not in run("outbox", "list", "--to", "Cb").stdout
    wrong = run("outbox", "list", "--state", "lost")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "There is no state `lost`" in wrong.stderr


def test_what_is_retried_is_due_and_what_is_dropped_is_not(db: Db, run: Any) -> None:
    first, second = refused(db, "a"), refused(db, "b")
    assert "1 message will be tried" in run("outbox", "retry", str(first)).stdout
    assert unsaid(db) == [first]
    assert "2 messages will not be said" in run("outbox", "drop", str(first), str(second)).stdout
    assert unsaid(db) == []


def test_all_that_was_set_aside_goes_as_far_as_the_filters_let_pass(db: Db, run: Any) -> None:
    ours, _ = refused(db, "a"), refused(db, "b", "T0SALES")
    assert "1 message will be tried" in run("outbox", "retry", "--all", "--workspace", "T0CARE").stdout
    assert unsaid(db) == [ours]
    assert run("outbox", "drop", "--all", input="n\n").exit_code == 1
    assert "1 message will not be said" in run("outbox", "drop", "--all", "--yes").stdout


def test_where_one_is_refused_nothing_is_changed(db: Db, run: Any) -> None:
    row_id = refused(db, "a")
    done = run("outbox", "retry", str(row_id), "99")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There is no 99" in done.stderr
    assert "Nothing has been changed" in done.stderr
    assert unsaid(db) == []


def test_which_has_to_be_said(run: Any) -> None:
    for words in (["retry"], ["drop"], ["retry", "1", "--all"]):
        done = run("outbox", *words)
        assert done.exit_code == 2
        assert "Say which" in done.stderr


def test_a_filter_that_would_not_be_looked_at_is_refused(db: Db, run: Any) -> None:
    row_id = refused(db, "a")
    for words in (["--workspace", "T0SALES"], ["--method", "chat.update"], ["--to", "C0OTHER"]):
        done = run("outbox", "drop", str(row_id), *words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "go with --all" in done.stderr
    assert "1 message will be tried" in run("outbox", "retry", str(row_id)).stdout


def test_a_database_that_is_away_or_old_is_said_in_a_sentence(db: Db, run: Any) -> None:
    with db.begin() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    for words in (["status"], ["outbox", "list"], ["outbox", "retry", "1"]):
        done = run(*words)
        assert done.exit_code == 2
        assert "carecue migrate" in done.stderr
        away = CliRunner().invoke(app, words, env={"CARECUE_DATABASE_URL": "postgresql://x@127.0.0.1:1/none"})
        assert away.exit_code == 2
        assert "The database does not answer" in away.stderr


def test_all_is_well(run: Any) -> None:
    done = run("status")
    assert done.exit_code == 0, done.stdout
    assert "NOT" not in done.stdout
    assert "Care (T0CARE)" in done.stdout
    assert "Sales (T0SALES)" in done.stdout


def test_silence_and_messages_that_nobody_sends_are_trouble(db: Db, run: Any) -> None:
    long_ago = wall_clock() - timedelta(minutes=10)
    with db.begin() as tx:
        listening.keep(tx, "T0SALES", long_ago)
        outbox.put(tx, "T0CARE", Saying("a", POST, "C1", {}), long_ago)
    done = run("status")
    assert done.exit_code == 1
    assert "NOT  Slack: heard 10 min ago" in done.stdout
    assert "NOT  Outbox: 1 due, 0 to be tried again, 0 later, the oldest for 10 min." in done.stdout


def test_the_workspace_with_most_trouble_comes_first(db: Db, run: Any) -> None:
    refused(db, "a", "T0SALES")
    done = run("status", "--most", "1")
    assert done.exit_code == 0  # what Slack refuses is for people to decide
    assert "Refused: 1" in done.stdout
    assert "Sales (T0SALES)" in done.stdout
    assert "Care (T0CARE)" not in done.stdout
    assert "and 1 more" in done.stdout


def test_what_broke_is_shown_with_the_reference_that_the_log_has_its_trace_under(db: Db, run: Any) -> None:
    for thing in (Thing("T0CARE", "wait", "7", "C1", "1.0"), Thing("T0CARE", set_aside.SAYING, "8")):
        for minutes in (15, 10, 5):
            with db.begin() as tx:
                at = wall_clock() - timedelta(minutes=minutes)
                set_aside.note(tx, thing, LookupError(SECRET), "1a2b3c4d", at)
    told = run("status").stdout
    assert "T0CARE  wait 7  LookupError, reference 1a2b3c4d, tried again after " in told
    assert "T0CARE  outbox 8  LookupError, reference 1a2b3c4d, `carecue outbox retry 8` tries it again" in told
    assert SECRET not in told


def test_it_is_there_for_machines(db: Db, run: Any) -> None:
    refused(db, "a")
    with db.begin() as tx:
        tx.execute(update(table).values(error="not_in_channel"))
    told = json.loads(run("status", "--json").stdout)
    assert told["vitals"]["unsaid"]["aside"] == 1
    assert [one["team_id"] for one in told["workspaces"]] == ["T0CARE", "T0SALES"]
