"""The data files of the package: what people may read and add to without reading code."""

import tomllib
from importlib import resources
from typing import Any


def load(name: str) -> dict[str, Any]:
    """data/NAME.toml. Whoever reads one keeps what is made of it."""
    return tomllib.loads(resources.files("bot.domain").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))
