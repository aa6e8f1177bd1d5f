"""What the engineer reads who starts CareCue while its database is away."""

import sys

import pytest

from bot.__main__ import main


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
    assert capsys.readouterr().err.splitlines()[-1].startswith("The database does not answer: look at DATABASE_URL")
