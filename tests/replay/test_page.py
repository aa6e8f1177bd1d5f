"""The page: it can be shown to anybody, loads nothing, and says the figures."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.domain.hours import ROUND_THE_CLOCK
from bot.domain.setup import Targets
from bot.replay import Options, cli, page
from bot.replay.options import read_hours
from bot.replay.page import words
from bot.replay.page.charts import Mark, columns
from bot.replay.page.markup import tag

Export = Any  # the writer of conftest.py

EVIL = '"><script>alert(1)</script><img src=http://evil.example/x>'
TARGETS = tuple(Targets(timedelta(minutes=m), timedelta(minutes=2 * m)) for m in (30, 60, 120))

app = typer.Typer()
app.command("replay")(cli.replay_command)


class Read(HTMLParser):
    """What stands in a page: tags with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if "style" not in self.open else ""

    def of(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name in names]


def drawn(export: Export, **options: Any) -> Read:
    told = Options(targets=TARGETS[0], what_if=TARGETS[1:], **options)
    return Read(page.draw(export.replay(told), page.of_export("export.zip", told)))


@pytest.fixture
def busy(export: Export) -> Export:
    """Three weeks, three agents, and two who were never answered, one of whom has an evil name."""
    export.users += [{"id": "UTHIRD", "team_id": "T0OURS"}, {"id": "UEVIL", "is_stranger": True, "real_name": EVIL}]
    export.channels.append({"id": "C0EVIL", "name": EVIL})
    for number in range(30):
        asked = export.said(number * 900, "UACME")
        export.said(number * 900 + 20 + number, ("UAGENT", "UOTHER", "UTHIRD")[number % 3], "So.", thread=asked)
    export.said(100, "UEVIL", channel=EVIL)
    export.said(200, "UBOLT", channel="ext-acme")
    return export


def test_whatever_people_are_called_stays_text(busy: Export) -> None:
    busy.folder.mkdir(exist_ok=True)
    busy.channels[-1]["name"] = "C&<b>"
    busy.messages["C&<b>"] = busy.messages.pop(EVIL)
    told = drawn(busy)
    assert EVIL in told.text
    assert "#C&<b>" in told.text
    assert told.of("script", "img", "b") == []


def test_nothing_is_loaded_from_anywhere(busy: Export) -> None:
    busy.messages.pop(EVIL)
    text = page.draw(busy.replay(), page.of_export("export.zip", Options()))
    told = Read(text)
    assert told.of("link", "script", "img", "iframe", "object", "use", "base") == []
    assert not [name for _, attributes in told.tags for name in attributes if name in ("src", "srcset", "xlink:href")]
    assert not re.search(r"url\(|@import|http-equiv=.refresh", text)
    assert {str(a["href"]).split("/")[2] for a in told.of("a")} == {"app.slack.com"}
    [policy] = [one["content"] for one in told.of("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    assert str(policy).startswith("default-src 'none'; style-src 'unsafe-inline';")


def test_no_agent_is_on_it(busy: Export) -> None:
    told = drawn(busy)
    for agent in ("UAGENT", "UOTHER", "UTHIRD", "uagent", "uother"):
        assert agent not in told.text
    assert "ubolt" in told.text  # who was never answered


def test_each_part_of_the_page_has_a_heading_and_each_chart_a_name_and_a_table(busy: Export) -> None:
    told = drawn(busy)
    assert told.text.count(words.WHAT_IF) == 1
    assert [len(told.of(name)) for name in ("h1", "header", "main", "footer", "title")] == [1] * 5
    assert len(told.of("h2")) == len(told.of("section")) == 8
    charts = [one for one in told.of("svg") if one.get("role") == "img"]
    assert len(charts) == 3
    assert all(one["aria-label"] for one in charts)
    assert all(one.get("aria-hidden") == "true" for one in told.of("svg") if one not in charts)
    assert len(told.of("table")) >= 7
    assert all(one.get("scope") in ("col", "row") for one in told.of("th"))
    assert all(one["tabindex"] == "0" and one["aria-label"] for one in told.of("div") if one.get("role") == "region")


def test_targets_stand_side_by_side(busy: Export) -> None:
    result = busy.replay(Options(targets=TARGETS[0], what_if=TARGETS[1:]))
    text = drawn(busy).text.replace("\xa0", " ")
    for tried, name in zip(result.tried, ("30 min, later 1 h", "1 h, later 2 h", "2 h, later 4 h"), strict=True):
        assert f"{name}{words.share(tried.kept)}".replace("\xa0", " ") in text
    assert [one.get("class") for one in drawn(busy).of("tr")[1:4]] == ["first", None, None]
    assert "could have kept 90 % of the time, with the people it had: " in text


def test_an_export_in_which_nobody_spoke_has_a_page_as_well(export: Export) -> None:
    told = drawn(export)
    assert words.NOBODY_BUSY in told.text
    assert words.ALL_ANSWERED in told.text
    assert words.TOO_FEW in told.text
    assert words.NOT_TOLD in told.text


def test_it_is_for_eyes_in_the_dark_and_for_phones(busy: Export) -> None:
    text = page.draw(busy.replay(), page.of_export("export.zip", Options()))
    assert "prefers-color-scheme: dark" in text
    assert 'content="width=device-width, initial-scale=1"' in text


def test_the_command_writes_it(busy: Export, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    done = CliRunner().invoke(app, [str(busy.zip()), "--report", str(file), "--target", "30m", "--target", "2h/3h"])
    assert done.exit_code == 0
    assert file.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "2\xa0h, later 3\xa0h" in file.read_text("utf-8")
    assert re.search(r"^2h/3h +\d+%", done.stdout, re.MULTILINE)


def test_a_page_stays_as_it_was_where_there_is_nothing_to_draw_another_of(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("what was")
    done = CliRunner().invoke(app, [str(tmp_path / "nothing.zip"), "--report", str(file)])
    assert done.exit_code == 1
    assert file.read_text() == "what was"


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ("24/7", "round the clock"),
        ("9-17", "Mon–Fri 09:00–17:00 (Europe/Berlin)"),
        ("mon-thu 9-12 13-17, sat 10-14", "Mon–Thu 09:00–12:00, 13:00–17:00; Sat 10:00–14:00 (Europe/Berlin)"),
    ],
)
def test_hours_are_told_as_people_write_them(hours: str, told: str) -> None:
    assert words.hours(read_hours(hours, "Europe/Berlin")) == told
    assert words.hours(ROUND_THE_CLOCK) == "round the clock"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, "–"),
        (0, "0 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (100, "1 min 40 s"),
        (300, "5 min"),
        (329, "5 min"),
        (3570, "1 h"),
        (5400, "1 h 30 min"),
        (36000, "10 h"),
        (37000, "10 h"),
        (360000, "100 h"),
    ],
)
def test_lengths_are_as_exact_as_they_are_short(seconds: float | None, told: str) -> None:
    assert words.length(seconds).replace("\xa0", " ") == told


@pytest.mark.parametrize(
    ("part", "told"), [(None, "–"), (0, "0 %"), (0.0001, "1 %"), (0.615, "62 %"), (0.9999, "99 %"), (1, "100 %")]
)
def test_all_and_nothing_are_only_said_where_it_is_so(part: float | None, told: str) -> None:
    assert words.share(part).replace("\xa0", " ") == told


def test_a_column_for_each_value_that_is_told_and_a_line_for_the_target() -> None:
    drawn = columns("Times", ["a", "b", "c"], [1, None, 2], [(0, "0"), (2, "2")], Mark(1.5, "target"))
    told = Read(drawn)
    heights = [float(str(one["height"])) for one in told.of("rect")]
    assert heights == [heights[1] / 2, heights[1]]
    assert told.text == "02targetabc"
    above = columns("Times", ["a"], [1], [(0, "0"), (2, "2")], Mark(3, "target"))
    assert "target" not in above  # what would lie above the chart is not drawn


def test_markup_escapes_what_it_did_not_make() -> None:
    assert tag("p", "<b>", tag("i", "&"), class_='"') == '<p class="&quot;">&lt;b&gt;<i>&amp;</i></p>'
