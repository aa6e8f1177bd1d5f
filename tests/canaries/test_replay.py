"""A replay reads every word of an export, and keeps none: in no table, figure, page, line or complaint."""

import logging
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.replay import cli
from bot.replay.options import Options
from bot.replay.play import Share, play
from tests.canaries.messages import NESTED, PROFILE, SENTENCES, SUBTYPES, WORDS
from tests.canaries.planting import HERE as W
from tests.canaries.planting import Cage
from tests.replay.conftest import OURS, THEIRS, SlackExport, member

app = typer.Typer()
app.command("replay")(cli.replay_command)


@pytest.fixture
def cage() -> Cage:
    return Cage()


@pytest.fixture
def export(tmp_path: Path, cage: Cage) -> SlackExport:
    """Two companies that said everything that can be said."""
    export = SlackExport(tmp_path)
    export.users = [
        member(user, team, profile=cage.plant(f"profile of {user}", PROFILE), what_i_do=cage.plant("account", W))
        for user, team in (("UAGENT", OURS), ("UACME", THEIRS))
    ]
    export.channels = [
        {"id": "C0ACME", "name": "ext-acme"} | cage.plant("channel", {"topic": {"value": W}, "pins": [W]})
    ]
    minute = 0.0
    for user in ("UACME", "UAGENT"):
        for subtype in SUBTYPES:
            fields = WORDS | dict.fromkeys(NESTED, WORDS) | ({"subtype": subtype} if subtype else {})
            said = cage.plant(f"{subtype} of {user}", fields)
            export.said(minute := minute + 7, user, said.pop("text"), **said)
        for what, sentence in SENTENCES.items():
            asked = export.said(minute := minute + 7, user, cage.plant(f"{what} of {user}", sentence))
            other = "UAGENT" if user == "UACME" else "UACME"
            export.said(minute := minute + 7, other, cage.plant(f"{what}, answering {user}", sentence), thread=asked)
    return export


def texts(folder: Path) -> list[tuple[str, str]]:
    """Every file there, but for the export itself."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != "export.zip"]
    return [(file.name, file.read_bytes().decode("latin-1")) for file in files]


def test_nothing_of_what_was_said_is_told(
    export: SlackExport, cage: Cage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither by the figures, nor by the page, nor by a line of a conversation."""
    told = tmp_path / "told"
    told.mkdir()
    with caplog.at_level(logging.DEBUG):
        words = ["--json", "--report", str(told / "page.html"), "--conversations", str(told / "lines.jsonl")]
        done = CliRunner().invoke(app, [str(export.zip()), *words])
    assert done.exit_code == 0, done.output
    assert '"waits"' in done.stdout
    assert "C0ACME" in (told / "lines.jsonl").read_text()
    assert cage.found_in([("the output", done.output), ("the log", caplog.text), *texts(told)]) == []


def test_nothing_of_what_was_said_is_in_its_tables(export: SlackExport, cage: Cage, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    share = Share(export.zip(), frozenset({"C0ACME"}), kept / "replay.db", OURS, Options())
    assert play(share, lambda _done: None).messages > 50
    assert "UACME" in texts(kept)[0][1]
    assert cage.found_in(texts(kept)) == []


@pytest.mark.parametrize("name", ["users.json", "channels.json", "ext-acme/2026-03-02.json"])
@pytest.mark.parametrize("broken", ["it breaks off", "a word too much"])
def test_what_is_broken_is_not_quoted(export: SlackExport, cage: Cage, name: str, broken: str) -> None:
    """The complaint says where, not what."""
    folder = export.unpacked()
    text = (folder / name).read_text()
    middle = text.index("canary", len(text) // 2)
    (folder / name).write_text(text[:middle] if broken == "it breaks off" else text[:middle] + '"' + text[middle:])
    done = CliRunner().invoke(app, [str(folder)])
    assert done.exit_code == 1
    assert name in done.output
    assert cage.found_in([("the complaint", done.output), ("the error", repr(done.exception))]) == []
