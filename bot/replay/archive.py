"""The files of an export, zipped or in a folder, each opened only when its turn comes."""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from typing import IO, Protocol

USERS = "users.json"
LARGEST = 256 * 1024 * 1024  # bytes of one file, unpacked: a channel's day is a hundredth of it

_STRANGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)


class BadExport(Exception):
    """What was given cannot be replayed; the message is a sentence for the person who gave it."""


class Archive(Protocol):
    """The files of an export by their paths in it, "channel/2026-11-21.json"."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """Bytes of every file, unpacked."""

    def open(self, path: str) -> IO[bytes]:
        """The bytes of one file."""


@contextmanager
def open_archive(export: Path) -> Iterator[Archive]:
    """The export with whatever folder was zipped around it taken off. Raises BadExport."""
    if export.is_dir():
        yield _Folder(export)
        return
    try:
        packed = zipfile.ZipFile(export)
    except FileNotFoundError as error:
        raise BadExport(f"{export} does not exist.") from error
    except _STRANGE as error:
        raise BadExport(f"{export} is not a zip file that can be read: {_why(error)}.") from error
    with packed:
        yield _Zip(packed, export.name)


@contextmanager
def reading(archive: Archive, path: str) -> Iterator[IO[bytes]]:
    """One file to read from. Whatever is wrong with its packing is a BadExport that names it."""
    if archive.sizes[path] > LARGEST:
        raise BadExport(f"{path} is larger than {LARGEST // 1024**2} MiB: that is not a day of a Slack channel.")
    try:
        with archive.open(path) as stream:
            yield stream
    except _STRANGE as error:
        raise BadExport(f"{path} cannot be read: {_why(error)}.") from error


class _Folder:
    def __init__(self, root: Path) -> None:
        found = {file.relative_to(root).as_posix(): file for file in _files(root)}
        prefix = _prefix(found, root.name)
        self._files = {path.removeprefix(prefix): file for path, file in found.items() if path.startswith(prefix)}
        self.sizes: Mapping[str, int] = {path: file.stat().st_size for path, file in self._files.items()}

    def open(self, path: str) -> IO[bytes]:
        return self._files[path].open("rb")


class _Zip:
    def __init__(self, packed: zipfile.ZipFile, name: str) -> None:
        found = {info.filename: info for info in packed.infolist() if not info.is_dir()}
        for path, info in found.items():
            _check(path, info)
        prefix = _prefix(found, name)
        self._packed = packed
        self._files = {path.removeprefix(prefix): info for path, info in found.items() if path.startswith(prefix)}
        self.sizes: Mapping[str, int] = {path: info.file_size for path, info in self._files.items()}

    def open(self, path: str) -> IO[bytes]:
        return self._packed.open(self._files[path])


def _files(root: Path) -> Iterator[Path]:
    """Its files no deeper than an export goes, with one folder around it."""
    for pattern in ("*.json", "*/*.json", "*/*/*.json"):
        yield from (file for file in sorted(root.glob(pattern)) if file.is_file())


def _check(path: str, info: zipfile.ZipInfo) -> None:
    # Nothing is ever unpacked to disk; who writes such paths has not exported from Slack.
    read = PureWindowsPath(path)  # knows drives and both slashes
    if read.drive or read.root or ".." in read.parts:
        raise BadExport(f"This zip was not made by Slack: it holds {path!r}, a path that leads outside of it.")
    if info.flag_bits & 1:
        raise BadExport("This zip is encrypted: unpack it with its password, and replay the folder.")


def _prefix(paths: Mapping[str, object], name: str) -> str:
    """The one folder that everything lies in, if any: where `users.json` is decides."""
    holders = [path.removesuffix(USERS) for path in paths if path == USERS or path.endswith(f"/{USERS}")]
    near = sorted((prefix for prefix in holders if prefix.count("/") <= 1), key=len)
    if not near:
        raise BadExport(
            f"{name} is not a Slack export: it has no {USERS}. An export, as a workspace owner downloads it, holds "
            f"{USERS}, channels.json, and a folder for each channel with a file for each day."
        )
    return near[0]


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).rstrip(".") or "it ends too early"
