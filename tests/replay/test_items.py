"""Lists of JSON objects, read a piece at a time."""

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replay import BadExport
from bot.replay import items as module
from bot.replay.items import items

LETTERS = st.characters(codec="utf-8")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(LETTERS, max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(LETTERS, max_size=5), inner, max_size=4),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(st.text(LETTERS, max_size=5), VALUES, max_size=5), max_size=8)


def read(text: str | bytes, chunk: int = 1000) -> list[dict[str, Any]]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(items(io.BytesIO(data), "general/2026-03-02.json", chunk))


@given(
    OBJECTS,
    st.sampled_from([{}, {"indent": 4}, {"separators": (",", ":")}, {"ensure_ascii": False}]),
    st.integers(1, 40),
)
def test_a_list_reads_the_same_in_pieces_of_any_size(
    objects: list[dict[str, Any]], style: dict[str, Any], chunk: int
) -> None:
    assert read(json.dumps(objects, **style), chunk) == objects


@pytest.mark.parametrize("text", ["[]", " \n[ ] \n", b"\xef\xbb\xbf[]"])
def test_an_empty_list_holds_nothing(text: str | bytes) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is not a list"),
        ('{"ok": false}', "it is not a list"),
        ("<html>", "it is not a list"),
        ('[{"a": 1}', "it ends too early"),
        ('[{"a": 1}, {"b"', "ends|delimiter"),
        ('[{"a": 1} {"b": 2}]', "a comma is missing"),
        ('[{"a": 1},]', "something that is not a message"),
        ("[1, 2]", "something that is not a message"),
        ("[] []", "something follows"),
        (b'[{"a": "\xff"}]', "not text in UTF-8"),
        ('[{"a": ' + "[" * 100_000 + "]" * 100_000 + "}]", "nested too deeply"),
    ],
)
def test_what_is_broken_is_told_by_file(text: str | bytes, why: str) -> None:
    with pytest.raises(BadExport, match=f"general/2026-03-02.json is broken: .*{why}"):
        read(text)


def test_one_object_may_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_ITEM", 100)
    assert read(f'[{{"a": "{"x" * 50}"}}]', chunk=10)
    with pytest.raises(BadExport):
        read(f'[{{"a": "{"x" * 500}"}}]', chunk=10)


def test_a_long_list_is_never_in_memory_as_a_whole() -> None:
    message = json.dumps({"text": "x" * 2000, "user": "UACME"})
    stream = io.BytesIO(f"[{','.join([message] * 4000)}]".encode())
    tracemalloc.start()
    try:
        assert sum(1 for _ in items(stream, "general/2026-03-02.json")) == 4000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2 * 1024 * 1024 < len(stream.getvalue()) / 3
