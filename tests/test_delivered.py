"""What CareCue is put in place with names only what there is: commands, settings, files."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import AliasChoices
from typer.main import get_command

from bot.__main__ import app
from bot.settings import Settings

HOUSE = Path(__file__).parents[1]
DELIVERED = ("Dockerfile", "Procfile", "compose.yaml", "deploy/carecue.service")
PAGES = ("README.md", *sorted(f"docs/{path.name}" for path in (HOUSE / "docs").glob("*.md")))
LOCKS = sorted(path.name for path in HOUSE.glob("requirements*.lock"))
OTHERS = {"CARECUE_HOSTNAME"}  # of compose.yaml's proxy


def told(name: str) -> str:
    return (HOUSE / name).read_text()


def settings() -> set[str]:
    """Every name under which something can be set."""
    found: set[str] = set()
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        named = [str(one) for one in alias.choices] if isinstance(alias, AliasChoices) else [f"CARECUE_{name.upper()}"]
        found |= set(named)
    return found


def commands() -> set[str]:
    return set(getattr(get_command(app), "commands"))  # noqa: B009  # a Group has them, which Typer does not say


@pytest.mark.parametrize("name", [*DELIVERED, *PAGES])
def test_every_command_that_is_named_exists(name: str) -> None:
    named = re.findall(r"(?:^|[`/ ])carecue ([a-z]+)\b(?=[^.]*(?:`|$))", told(name), re.MULTILINE)
    named += re.findall(r"command: \[([a-z]+)\]", told(name)) + re.findall(r'^CMD \["(\w+)"', told(name), re.MULTILINE)
    assert [one for one in named if one not in commands()] == []


@pytest.mark.parametrize("name", [*DELIVERED, *PAGES])
def test_every_setting_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"\bCARECUE_[A-Z_]*[A-Z]\b", told(name)))
    assert named - settings() - OTHERS == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    linked = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", told(name))
    assert [one for one in linked if not (HOUSE / name).parent.joinpath(one).exists()] == []


def test_the_image_has_what_the_package_has_and_nothing_else_is_handed_to_the_build() -> None:
    copied = {source for line in copies() for source in line}
    packages = {"bot", "handlers", "jobs"}
    assert packages < copied
    assert all((HOUSE / source).exists() for source in copied)
    kept = set(re.findall(r"^!(\S+)$", told(".dockerignore"), re.MULTILINE))
    assert copied <= kept


def copies() -> Iterator[list[str]]:
    """What each COPY of the first stage copies."""
    for words in re.findall(r"^COPY (?!--from)(.*)$", told("Dockerfile"), re.MULTILINE):
        *sources, _target = words.replace("${LOCK}", "requirements.lock").split()
        yield sources


def test_the_image_runs_as_nobody_in_particular_on_the_python_of_the_tests() -> None:
    last_stage = told("Dockerfile").rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (\S+)", last_stage, re.MULTILINE) == ["10001:10001"]
    (version,) = re.findall(r"^ARG PYTHON=(\S+)", told("Dockerfile"), re.MULTILINE)
    assert version == "3.11"
    assert sys.version_info >= (3, 11)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_locked_by_hash_and_from_nowhere_in_particular(lock: str) -> None:
    """Whoever installs says where from."""
    entries = re.split(r"(?<!\\)\n(?=\S)", told(lock).strip())
    assert [one for one in entries if not re.match(r"[\w.-]+==\S+[^\n]*\\\n +--hash=sha256:[0-9a-f]{64}", one)] == []
    assert "://" not in told(lock)


def test_what_is_locked_twice_is_locked_alike() -> None:
    """What is tested is what runs."""
    pins = re.findall(r"^([\w.-]+)==(\S+)", "\n".join(map(told, LOCKS)), re.MULTILINE)
    assert len(dict(pins)) == len(set(pins))
