"""Every message and form of every state fits into Slack's limits in every language."""

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import tests.views
from bot.sandbox.blocks import message_problems, view_problems
from bot.views.language import speaking
from tests.messages import SPOKEN

EXAMPLES = [file.stem for file in Path(__file__).parent.glob("[!_]*.py") if not file.stem.startswith("test_")]


def anew(name: str) -> Any:
    """A module of examples, drawn in the language that is spoken; the others see their own, as before."""
    names = [f"tests.views.{one}" for one in EXAMPLES]
    before = {one: sys.modules.pop(one) for one in names if one in sys.modules}
    for one in EXAMPLES:
        vars(tests.views).pop(one, None)
    try:
        return import_module(f"tests.views.{name}")
    finally:
        for one in names:
            sys.modules.pop(one, None)
            vars(tests.views).pop(one.rpartition(".")[2], None)
        for one, module in before.items():
            sys.modules[one] = module
            setattr(tests.views, one.rpartition(".")[2], module)


def problems(language: str) -> Iterator[str]:
    """What Slack would say of each example in this language."""
    with speaking(language):
        examples, homes = anew("examples"), anew("homes")
        for noun, messages in examples.MESSAGES.items():
            for name, one in messages.items():
                yield from _told(noun, name, message_problems(one.payload()["blocks"]))
    for group in (*examples.MODALS.values(), *examples.MENUS.values(), homes.HOMES, homes.READ):
        yield from _forms(group)


def _forms(group: Mapping[str, Any]) -> Iterator[str]:
    for name, view in group.items():
        yield from _told("view", name, view_problems(view))


def _told(noun: str, name: str, found: list[str]) -> Iterator[str]:
    return (f"{noun}, {name}: {one}" for one in found)


@pytest.mark.parametrize("language", ["en", *SPOKEN])
def test_all_that_is_shown_fits_into_slacks_limits(language: str) -> None:
    assert list(problems(language)) == []
