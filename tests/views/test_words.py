"""Whatever a person reads stands among the words, and reads well."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.views
from bot.views.words import common

VIEWS = Path(bot.views.__file__).parent
PROSE = re.compile(r"[A-Za-z’']+ [A-Za-z’']+|^[A-Z][a-z]+$")


def texts_of(module: Path) -> Iterator[tuple[int, str]]:
    """The texts in a module's code, but for its docstrings."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


@pytest.mark.parametrize("module", sorted(VIEWS.glob("*.py")), ids=lambda path: path.name)
def test_no_view_has_words_of_its_own(module: Path) -> None:
    assert [(line, text) for line, text in texts_of(module) if PROSE.search(text)] == []


def test_a_word_that_strays_would_be_found(tmp_path: Path) -> None:
    stray = tmp_path / "stray.py"
    stray.write_text('"""A docstring is fine."""\nTITLE = "Hand over"\nSUBMIT = "Send"\nID = "nudge.open"\n')
    assert [text for _, text in texts_of(stray) if PROSE.search(text)] == ["Hand over", "Send"]


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(), "0 minutes"),
        (timedelta(seconds=59), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=1, minutes=4), "1 hour"),
        (timedelta(hours=1, minutes=45), "1 h 45 min"),
        (timedelta(hours=2, minutes=59), "2 h 55 min"),
        (timedelta(hours=10, minutes=40), "10 hours"),
        (timedelta(days=3), "72 hours"),
    ],
)
def test_lengths_read_as_a_person_would_say_them(span: timedelta, said: str) -> None:
    assert common.length(span) == said


@given(st.text())
def test_escaped_text_cannot_mention_link_or_ring(text: str) -> None:
    escaped = common.escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@given(st.text())
def test_a_bold_name_is_bold_from_end_to_end(text: str) -> None:
    bold = common.bold(text)
    assert bold[0] == bold[-1] == "*"
    assert len(bold[1:-1].strip()) > 0
    assert "*" not in bold[1:-1]


@given(st.text(max_size=300))
def test_a_shortened_name_stands_on_one_line(text: str) -> None:
    short = common.shortened(text)
    assert len(short) <= common.NAME_MAX
    assert short.splitlines() in ([], [short])
    assert common.shortened(short) == short
