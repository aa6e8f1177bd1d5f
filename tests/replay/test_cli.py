"""`carecue replay` as a person runs it."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.replay import cli

Export = Any  # the writer of conftest.py

app = typer.Typer()
app.command("replay")(cli.replay_command)


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def conversation(export: Export) -> Export:
    asked = export.said(0, "UACME")
    export.said(50, "UAGENT", "Like this.", thread=asked)
    export.said(60, "UACME", "And that?", thread=asked)
    return export


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200", "TERMINAL_WIDTH": "200"})


def test_a_page_tells_the_figures(conversation: Export) -> None:
    done = run(conversation.zip())
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "messages       3 in 1 channel, 2026-03-02 to 2026-03-02",
        "ours           T0OURS",
        "conversations  1: 0 answered, 1 waiting, 0 closed",
        "waits          2, 100% of the answered within target",
        "first reply    p50 50m, p90 50m",
        "next reply     p50 –, p90 –",
        "nudges         1: 1 to the owner at 75 %, 0 to the owner at 100 %, 0 to the home channel at 150 %, "
        "0 to a manager at 200 %",
    ]


def test_json_has_the_figures_for_programs(conversation: Export) -> None:
    done = run(conversation.zip(), "--json", "--target", "40m")
    told = json.loads(done.stdout)
    expected = {
        "agents_team": "T0OURS",
        "channels": 1,
        "since": conversation.ts(0),
        "until": conversation.ts(60),
        "messages": 3,
        "conversations": 1,
        "answered": 0,
        "waiting": 1,
        "closed": 0,
        "waits": 2,
        "nudges": 2,
        "nudges_by_step": [1, 1, 0, 0],
        "within_target": 0.0,
        "first_reply_s": {"p50": 3000.0, "p90": 3000.0},
        "next_reply_s": {"p50": None, "p90": None},
    }
    assert {name: told[name] for name in expected} == expected
    assert done.stderr == ""


def test_several_targets_stand_side_by_side(conversation: Export) -> None:
    done = run(conversation.zip(), "--target", "60m", "--target", "40m", "--target", "2h/3h")
    assert done.stdout.splitlines()[8:] == [
        "target  kept  nudges  per agent and day  within 2m of the answer",
        "1h      100%       1                1.0                        0",
        "40m       0%       2                2.0                        0",
        "2h/3h   100%       0                0.0                        0",
        "",
        "A target of 50m would have been kept 90 % of the time.",
    ]
    told = json.loads(run(conversation.zip(), "--target", "60m", "--target", "40m", "--json").stdout)
    assert [(one["first_s"], one["next_s"], one["kept"], one["nudges"]) for one in told["tried"]] == [
        (3600.0, 7200.0, 1.0, 1),
        (2400.0, 4800.0, 0.0, 2),
    ]
    assert told["could_keep_s"] == 3000.0


def test_conversations_go_to_a_file(conversation: Export, tmp_path: Path) -> None:
    target = tmp_path / "conversations.jsonl"
    run(conversation.unpacked(), "--conversations", target, "--hours", "09:00-09:30", "--tz", "UTC")
    [line] = [json.loads(line) for line in target.read_text().splitlines()]
    assert [wait["working_s"] for wait in line["waits"]] == [30 * 60, None]


def test_our_team_can_be_named(conversation: Export) -> None:
    assert json.loads(run(conversation.zip(), "--json", "--agents-team", "T0ACME").stdout)["conversations"] == 1


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--hours", "never", "`never` is not known here"),
        ("--tz", "Moon/Base", "not a time zone"),
        ("--target", "soon", "not a working time"),
        ("--conversations", "/nowhere/at/all.jsonl", "cannot be written: No such file or directory"),
        ("--report", "/nowhere/at/all.html", "cannot be written: No such file or directory"),
        ("--workspace-url", "linden", "not a workspace's address"),
    ],
)
def test_a_wrong_option_is_told_by_name(conversation: Export, option: str, value: str, why: str) -> None:
    done = run(conversation.zip(), option, value)
    assert done.exit_code == 2
    assert option in done.stderr
    assert why in done.stderr


def test_what_cannot_be_replayed_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter.zip").write_text("Dear all")
    done = run(tmp_path / "letter.zip")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("carecue replay: ")
    assert "letter.zip is not a zip file" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_shows_how_far_it_is(conversation: Export) -> None:
    screen = Screen()
    with cli._progress(screen) as progress:
        progress(1, 2)
        progress(2, 2)
    assert "Replaying" in screen.getvalue()
    assert "100%" in screen.getvalue()
