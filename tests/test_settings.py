"""Settings as the engineer meets them who got one wrong: a sentence that names it, and never a trace."""

import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import Settings

SQLITE = "sqlite:///carecue.db"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no `.env` is."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DATABASE_URL", "nonsense", "It has to be sqlite:///FILE or postgresql://"),
        ("DATABASE_URL", "mysql://care:s3cret@db/care", "It has to be sqlite:///FILE or postgresql://"),
        ("DATABASE_URL", "postgresql://care:s3cret@db:port/care", "It has to be sqlite:///FILE or postgresql://"),
        ("PORT", "99999", "less than or equal to 65535"),
        ("CARECUE_METRICS_PORT", "many", "valid integer"),
        ("CARECUE_LOG_LEVEL", "loud", "It has to be DEBUG, INFO"),
        ("CARECUE_LOG_FORMAT", "xml", "'text' or 'json'"),
    ],
)
def test_what_is_wrong_is_named_as_it_was_set_and_not_quoted(
    name: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["carecue", "status"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith(f"The setting {name} is wrong: ")
    assert told in sentence
    assert "s3cret" not in sentence


@pytest.mark.parametrize("url", [SQLITE, "sqlite://", "postgres://care@db/care", "postgresql://care:x@db:5432/care"])
def test_both_databases_have_their_addresses(url: str) -> None:
    assert Settings.stated(database_url=url).database_url == url


def test_what_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a `.env` that was copied: an empty token is no Socket Mode, and an empty secret signs nothing."""
    for name in ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "CARECUE_CLIENT_ID", "DATABASE_URL", "PORT"):
        monkeypatch.setenv(name, "")
    found = Settings()
    assert (found.socket_mode, found.signing_secret, found.many) == (False, None, False)
    assert (found.database_url, found.port) == (SQLITE, 3000)
