"""`carecue explain` as a person runs it: the same as /care why, from the database, in plain text."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.domain.arrivals import Account, Delivery, posted
from bot.domain.moments import ts_of
from bot.domain.setup import Channel, Setup, Team
from bot.store import people, workspaces
from bot.store.db import Db
from bot.store.ingest import ingest
from bot.store.workspaces import Installation, Workspaces
from tests import databases

ASKED = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
LINK = "https://care.slack.com/archives/C0ACME/p1772445600000000"


@pytest.fixture
def run(tmp_path: Path) -> Any:
    url = databases.on_sqlite(tmp_path)
    db = Db(url)
    with db.begin() as tx:
        workspaces.install(tx, Installation("T0CARE", "Care", "https://care.slack.com/"))
        team = Team("care", "Care", agents=("U0ANA",))
        workspaces.save_setup(tx, "T0CARE", Setup((team,), (Channel("C0ACME", team="care", owner="U0ANA"),)))
        for user, home, name in (("U0ADA", "T0ACME", "Ada"), ("U0ANA", "T0CARE", "Ana")):
            people.save(tx, "T0CARE", Account(user, home, None, name, "UTC", *[False] * 5), ASKED)
        for number, user in enumerate(("U0ADA", "U0ANA")):
            said = {"ts": ts_of(ASKED.replace(minute=5 * number)), "user": user, "thread_ts": ts_of(ASKED)}
            words = "Where is the form?" if user == "U0ADA" else "Under Billing."
            arrival = posted("C0ACME", said | {"text": words})
            ingest(tx, Workspaces(), [Delivery("T0CARE", f"E{number}", arrival)], ASKED)
    db.close()
    return lambda *words: CliRunner().invoke(app, ["explain", *words], env={"CARECUE_DATABASE_URL": url})


def test_it_tells_what_counted_and_how_each_message_was_read(run: Any) -> None:
    done = run(LINK)
    assert done.exit_code == 0, done.stderr
    assert "Ada has our answer in C0ACME: the next word is theirs." in done.stdout
    assert "stopped at Mon 02 Mar 10:05, with the answer of Ana: 5 minutes of 1 hour working time." in done.stdout
    assert "Mon 02 Mar 10:00 Ada · needs a reply: it asks, before our first word (rule question)" in done.stdout
    assert f"    {LINK}\n" in done.stdout
    assert "form" not in done.stdout


@pytest.mark.parametrize(
    ("link", "told"),
    [("nonsense", "That is no link to a message."), (LINK.replace("00000", "00009"), "CareCue knows nothing of that")],
)
def test_a_bad_link_is_refused_in_a_sentence(run: Any, link: str, told: str) -> None:
    done = run(link)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr
    assert "*" not in done.stderr


def test_a_workspace_that_there_is_not_is_refused(run: Any) -> None:
    assert run(LINK, "--workspace", "T0NONE").exit_code != 0
