"""Holds what CareCue says and hears against Slack's shapes, which lie outside the clone: `make shapes`.

Without --shared nothing here is collected; with it, the folder has to be there.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

Json = dict[str, Any]
Problem = Callable[[str, Any], str]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shared", help="the folder with slack/schemas, slack/manifest.schema.json and the samples")


def pytest_configure(config: pytest.Config) -> None:
    shared = _shared(config)
    if shared and not (shared / "slack" / "schemas").is_dir():
        raise pytest.UsageError(f"there is no slack/schemas in {shared}")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    here = collection_path.parent == Path(__file__).parent
    return True if here and _shared(config) is None else None


def _shared(config: pytest.Config) -> Path | None:
    given = config.getoption("--shared", default=None)
    return (config.invocation_params.dir / given).resolve() if given else None


@pytest.fixture(scope="session")
def slack_folder(request: pytest.FixtureRequest) -> Path:
    shared = _shared(request.config)
    assert shared
    return shared / "slack"


@pytest.fixture(scope="session")
def problem(slack_folder: Path) -> Problem:
    """What is wrong with something, held against a shape by its name; "" where nothing is."""
    known: dict[str, Draft7Validator] = {}

    def find(name: str, thing: Any) -> str:
        if name not in known:
            file = "manifest.schema.json" if name == "manifest" else f"schemas/{name}.json"
            known[name] = Draft7Validator(json.loads((slack_folder / file).read_text()))
        error = best_match(known[name].iter_errors(thing))
        return f"{error.json_path}: {error.message[:300]}" if error else ""

    return find
