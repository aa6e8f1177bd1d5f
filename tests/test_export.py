"""`carecue export` as a person runs it."""

import csv
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.domain.setup import Setup, Team
from bot.store import workspaces
from bot.store.db import Db
from bot.store.workspaces import Installation
from tests import databases


@pytest.fixture
def run(tmp_path: Path) -> Any:
    url = databases.on_sqlite(tmp_path)
    db = Db(url)
    with db.begin() as tx:
        workspaces.install(tx, Installation("T0CARE", "Care", "https://care.slack.com/"))
        workspaces.save_setup(tx, "T0CARE", Setup((Team("care", "Care"), Team("sales", "Sales"))))
    db.close()
    return lambda *words: CliRunner().invoke(app, ["export", *words], env={"CARECUE_DATABASE_URL": url})


def test_it_prints_a_row_for_each_team_and_week(run: Any) -> None:
    done = run("--weeks", "3")
    assert done.exit_code == 0
    _, *rows = csv.reader(done.stdout.splitlines())
    assert [row[0] for row in rows] == ["care"] * 3 + ["sales"] * 3
    assert rows[0][1] < rows[1][1] < rows[2][1]


def test_it_prints_the_team_that_is_asked_for(run: Any) -> None:
    _, *rows = csv.reader(run("--team", "sales").stdout.splitlines())
    assert {row[0] for row in rows} == {"sales"}
    assert len(rows) == 12


def test_a_team_that_there_is_not_is_refused_in_a_sentence(run: Any) -> None:
    done = run("--team", "nobody")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There is no team `nobody`" in done.stderr
