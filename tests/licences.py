"""The licences of everything that CareCue needs to run, as the packages say them themselves, in one notation.

    python -m tests.licences

writes docs/licences.md anew.
"""

import re
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import NamedTuple

HOUSE = Path(__file__).parents[1]
PAGE = HOUSE / "docs" / "licences.md"

# Of SPDX's identifiers. Those of libraries ask only that the library itself stays replaceable, which it is in Python.
PERMISSIVE = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "PSF-2.0", "Unlicense"}
OF_LIBRARIES = {"LGPL-3.0-only", "LGPL-3.0-or-later", "MPL-2.0"}

ELSEWHERE = {"colorama": "BSD-3-Clause"}  # on other systems than this one only, so that there is nobody to ask here
SPOKEN = {
    "Apache 2.0": "Apache-2.0",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "ISC License": "ISC",
    "MIT License": "MIT",
}

HEAD = """\
# Licences

CareCue is under the [Apache License 2.0](../LICENSE). What it needs to run, in the versions of `requirements.lock`:

| package | version | licence |
|---|---|---|
"""
FOOT = """
All are permissive, but those under the LGPL: libraries that CareCue uses as they are, and that anybody may replace by
their own. `make licences` writes this page, and a test holds that each is listed and of an allowed kind;
`make sbom` writes the same for machines.
"""


class Package(NamedTuple):
    name: str
    version: str
    licence: str

    @property
    def kinds(self) -> set[str]:
        """All that may apply, where there is a choice too."""
        return set(re.split(r" (?:AND|OR) ", self.licence))


def packages() -> Iterator[Package]:
    """All of requirements.lock, in its order."""
    lock = (HOUSE / "requirements.lock").read_text()
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE):
        yield Package(name, version, _licence(name))


def page() -> str:
    rows = "".join(f"| {one.name} | {one.version} | {one.licence} |\n" for one in packages())
    return f"{HEAD}{rows}{FOOT}"


def _licence(name: str) -> str:
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ELSEWHERE[name]
    said = (
        _first(told, "License-Expression") or _first(told, "License") or _classified(told.get_all("Classifier") or [])
    )
    return SPOKEN.get(said, said)


def _first(told: PackageMetadata, key: str) -> str:
    (first, *_) = told.get_all(key) or [""]
    return str(first)


def _classified(classifiers: list[str]) -> str:
    kinds = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License")]
    return " AND ".join(kinds) or "unknown"


if __name__ == "__main__":
    PAGE.write_text(page())
