"""What the engineer reads who starts CareCue while its database is away, or is not what it should be."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from bot.__main__ import main
from bot.app import assembled
from bot.settings import Settings
from bot.store.db import away
from tests import databases


def test_a_start_without_the_database_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = {
        "DATABASE_URL": "postgresql://127.0.0.1:1/none",
        "SLACK_BOT_TOKEN": "xoxb-none",
        "SLACK_SIGNING_SECRET": "s",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["carecue", "migrate"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith("The database does not answer (")
    assert "Connection refused): look at DATABASE_URL" in sentence


def test_what_a_database_says_has_no_password_in_it() -> None:
    """One with an @ in it, which nobody escaped, is read as part of the host."""
    said = psycopg.OperationalError("failed to resolve host 'word@db': Name or service not known\nand more")
    told = away(OperationalError("SELECT 1", {}, said))
    assert "failed to resolve host 'db': Name or service not known)" in told
    assert "word" not in told


def test_a_database_of_a_newer_release_is_told_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """To migrate would be no help."""
    url = databases.on_sqlite(tmp_path)
    with closing(sqlite3.connect(tmp_path / "carecue.db")) as tx, tx:
        tx.execute("UPDATE alembic_version SET version_num = '9999'")
    monkeypatch.setenv("DATABASE_URL", url)
    for words in (["status"], ["outbox", "list"], ["migrate"]):
        monkeypatch.setattr(sys, "argv", ["carecue", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 2
        assert "the database is at 9999" in capsys.readouterr().err


async def test_a_token_in_the_environment_is_no_reason_to_warn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where Docker and systemd put it, Bolt finds it, too."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-none")
    settings = Settings.stated(database_url=databases.on_sqlite(tmp_path))
    async with assembled(settings):
        assert [record for record in caplog.records if record.levelname == "WARNING"] == []
