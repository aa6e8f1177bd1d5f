"""`carecue privacy` as a person runs it: for customers, who cannot ask in Slack."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.domain.arrivals import Account, Delivery, posted
from bot.domain.moments import ts_of
from bot.domain.setup import Channel, Setup, Team
from bot.store import erasing, people, workspaces
from bot.store.db import Db
from bot.store.ingest import ingest
from bot.store.workspaces import Installation, Workspaces
from tests import databases

ASKED = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    url = databases.on_sqlite(tmp_path)
    db = Db(url)
    with db.begin() as tx:
        workspaces.install(tx, Installation("T0CARE", "Care", "https://care.slack.com/"))
        workspaces.save_setup(tx, "T0CARE", Setup((Team("care", "Care"),), (Channel("C0ACME", team="care"),)))
        for user, home, name in (("U0ADA", "T0ACME", "Ada"), ("U0ANA", "T0CARE", "Ana")):
            people.save(tx, "T0CARE", Account(user, home, None, name, "UTC", *[False] * 5), ASKED)
        arrival = posted("C0ACME", {"ts": ts_of(ASKED), "user": "U0ADA", "text": "Where is the form?"})
        ingest(tx, Workspaces(), [Delivery("T0CARE", "E0", arrival)], ASKED)
    db.close()
    return url


def run(url: str, *words: str, answer: str | None = None) -> Any:
    return CliRunner().invoke(app, ["privacy", *words], input=answer, env={"CARECUE_DATABASE_URL": url})


def test_what_is_kept_about_a_customer_is_printed(database_url: str) -> None:
    told = json.loads(run(database_url, "show", "U0ADA").output)
    assert told["people"][0]["name"] == "Ada"
    assert [one["kind"] for one in told["moves"]] == ["theirs"]
    assert "form?" not in str(told)


def test_it_is_erased_by_the_bot_once_that_was_confirmed(database_url: str) -> None:
    assert run(database_url, "erase", "U0ADA", answer="n\n").exit_code == 1
    assert asked(database_url) == []
    assert "It is being erased." in run(database_url, "erase", "U0ADA", answer="y\n").output
    assert run(database_url, "erase", "U0ADA", "--yes").exit_code == 0
    assert [(one.team_id, one.user) for one in asked(database_url)] == [("T0CARE", "U0ADA")]


def test_who_can_ask_in_slack_is_shown_and_erased_by_nobody_else(database_url: str) -> None:
    for words in (("show", "U0ANA"), ("erase", "U0ANA", "--yes")):
        refused = run(database_url, *words)
        assert refused.exit_code == 2
        assert "/care privacy" in refused.stderr
    assert asked(database_url) == []


def asked(url: str) -> list[erasing.Asked]:
    db = Db(url)
    try:
        with db.begin() as tx:
            return erasing.asked(tx)
    finally:
        db.close()
