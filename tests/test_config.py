"""`carecue config` as a person runs it."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.store import workspaces
from bot.store.db import Db
from bot.store.workspaces import Installation
from tests import databases

FILE = '[team.care]\nname = "Care"\nagents = ["U0ANA"]\n\n[[rule]]\nprefix = "ext-"\nteam = "care"\n'


@pytest.fixture
def run(tmp_path: Path) -> Any:
    url = databases.on_sqlite(tmp_path)
    db = Db(url)
    with db.begin() as tx:
        workspaces.install(tx, Installation("T0CARE", "Care", "https://care.slack.com/"))
    db.close()
    return lambda *words: CliRunner().invoke(app, ["config", *map(str, words)], env={"CARECUE_DATABASE_URL": url})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "care.toml"
    path.write_text(FILE, "utf-8")
    return path


def test_a_file_that_is_applied_twice_changes_nothing_the_second_time(run: Any, file: Path) -> None:
    assert run("apply", file).stdout == "team care added\nrule for channels that begin with ext- added\n"
    assert run("apply", file).stdout == "Nothing changes.\n"


def test_what_is_exported_and_applied_again_changes_nothing(run: Any, file: Path) -> None:
    run("apply", file)
    file.write_text(run("export").stdout, "utf-8")
    assert run("apply", file).stdout == "Nothing changes.\n"


def test_the_history_tells_what_was_changed_and_a_change_is_undone_by_its_number(run: Any, file: Path) -> None:
    assert run("history").stdout == "Nothing has been changed yet.\n"
    run("apply", file)
    first, *sentences = run("history").stdout.splitlines()
    assert first.startswith("1  ")
    assert first.endswith(" UTC, by a file")
    assert sentences == ["    team care added", "    rule for channels that begin with ext- added"]
    assert run("undo", 1).stdout == "team care removed\nrule for channels that begin with ext- removed\n"
    newest = run("history", "--most", 1).stdout.splitlines()
    assert newest[0].endswith("by a file, puts 1 back")
    assert run("history").stdout.count(", undone") == 1


def test_a_change_that_cannot_be_undone_is_refused_in_a_sentence(run: Any) -> None:
    done = run("undo", 7)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "not kept any more" in done.stderr
