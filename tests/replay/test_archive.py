"""Zips and folders, whole, broken and foreign."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot.replay import BadExport, Options, Result, archive, replay

Export = Any  # the writer of conftest.py


def replayed(path: Path) -> Result:
    return replay(path, Options(), lambda _done, _total: None)


def zip_of(folder: Path, **files: str) -> Path:
    target = folder / "some.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return target


@pytest.mark.parametrize("around", ["", "Acme Slack export Mar 1 2026/"])
def test_a_zip_and_its_folder_replay_alike(export: Export, around: str) -> None:
    export.said(0, "UACME")
    export.said(2000, "UAGENT", "Like this.")
    expected = (2, 1, 1)
    for path in (export.zip(around), export.unpacked(around)):
        result = replayed(path)
        assert (result.messages, result.conversations, result.answered) == expected


def test_what_a_mac_leaves_in_a_zip_does_no_harm(export: Export) -> None:
    export.said(0, "UACME")
    path = export.zip()
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("__MACOSX/users.json", "\0\5\x16\7")
        packed.writestr("__MACOSX/2026-03-02.json", "\0\5\x16\7")
        packed.writestr("ext-acme/.DS_Store", "\0")
        packed.writestr("ext-acme/canvas_in_the_conversation.json", "{}")
        packed.writestr("integration_logs.json", "[]")
    assert replayed(path).messages == 1


@pytest.mark.parametrize("empty", [False, True])
def test_another_zip_is_told_what_an_export_looks_like(tmp_path: Path, empty: bool) -> None:
    path = zip_of(tmp_path) if empty else zip_of(tmp_path, **{"holiday/beach.jpg": "?", "a/b/users.json": "[]"})
    with pytest.raises(BadExport, match=r"some\.zip is not a Slack export: it has no users\.json\. .*channels\.json"):
        replayed(path)


def test_so_is_another_folder(tmp_path: Path) -> None:
    with pytest.raises(BadExport, match="is not a Slack export"):
        replayed(tmp_path)


def test_a_path_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(BadExport, match=r"nothing\.zip does not exist"):
        replayed(tmp_path / "nothing.zip")


@pytest.mark.parametrize("cut", [0, 10, 200])
def test_a_file_that_is_no_whole_zip(export: Export, cut: int) -> None:
    export.said(0, "UACME")
    path: Path = export.zip()
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(BadExport, match=r"export\.zip is not a zip file that can be read"):
        replayed(path)


def test_a_damaged_day_is_named(export: Export) -> None:
    export.said(0, "UACME", "How do I do this?" * 50)
    path: Path = export.zip()
    with zipfile.ZipFile(path) as packed:
        info = packed.getinfo("ext-acme/2026-03-02.json")
    data = bytearray(path.read_bytes())
    at = info.header_offset + 30 + len(info.filename) + 20
    data[at : at + 20] = b"\xff" * 20
    path.write_bytes(data)
    with pytest.raises(BadExport, match=r"ext-acme/2026-03-02\.json (cannot be read|is broken)"):
        replayed(path)


@pytest.mark.parametrize("name", ["users.json", "channels.json", "ext-acme/2026-03-02.json"])
def test_broken_json_is_told_by_file(export: Export, name: str) -> None:
    export.said(0, "UACME")
    files = export.files() | {name: '[{"id": "U1"'}
    export.files = lambda: files
    with pytest.raises(BadExport, match=f"{name} is broken"):
        replayed(export.zip())


@pytest.mark.parametrize("path", ["/etc/passwd", "../../x.json", "ext-acme/../../x.json", "C:\\x.json", "..\\x.json"])
def test_paths_that_lead_outside_are_refused(export: Export, path: str) -> None:
    files = export.files() | {path: "[]"}
    export.files = lambda: files
    with pytest.raises(BadExport, match="not made by Slack"):
        replayed(export.zip())


def test_an_encrypted_zip_asks_to_be_unpacked(export: Export) -> None:
    path: Path = export.zip()
    data = path.read_bytes()
    entry = data.index(b"PK\1\2")
    path.write_bytes(data[: entry + 8] + b"\1" + data[entry + 9 :])
    with pytest.raises(BadExport, match="encrypted"):
        replayed(path)


def test_a_packing_that_python_does_not_know_is_named(export: Export) -> None:
    export.said(0, "UACME")
    path: Path = export.zip()
    data = path.read_bytes()
    entry = data.rindex(b"PK\1\2")
    path.write_bytes(data[: entry + 10] + b"\x61" + data[entry + 11 :])
    with pytest.raises(BadExport, match=r"ext-acme/2026-03-02\.json cannot be read"):
        replayed(path)


def test_a_bomb_is_not_unpacked(export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 1024 * 1024)
    files = export.files() | {"ext-acme/2026-03-02.json": " " * (1024 * 1024 + 1)}
    export.files = lambda: files
    with pytest.raises(BadExport, match=r"ext-acme/2026-03-02\.json is larger than 1 MiB"):
        replayed(export.zip())


@pytest.mark.parametrize(
    "odd",
    [
        {"ts": None},
        {"ts": "soon"},
        {"ts": 1772442000},
        {"ts": "9" * 40 + ".000000"},
        {"user": None},
        {"text": None},
        {"thread_ts": 5},
        {"user_profile": "x"},
        {"files": "x", "edited": 1, "reactions": {}},
        {"type": "unheard_of"},
        {"subtype": "unheard_of"},
    ],
    ids=lambda odd: next(iter(odd)),
)
def test_odd_messages_do_no_harm_to_the_others(export: Export, odd: dict[str, Any]) -> None:
    export.said(0, "UACME")
    export.said(10, "UBOLT")
    files = export.files()
    files["ext-acme/2026-03-02.json"] = _with(files["ext-acme/2026-03-02.json"], odd)
    export.files = lambda: files
    assert replayed(export.zip()).conversations >= 1


def _with(day: str, odd: dict[str, Any]) -> str:
    first, *others = json.loads(day)
    return json.dumps([first | odd, *others])
