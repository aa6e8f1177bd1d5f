"""Whoever clicks and whoever writes the file come to the same: they can do the same, and are refused the same."""

import asyncio
from collections.abc import Mapping
from copy import deepcopy
from random import Random
from typing import Any

import pytest

from bot.demo.place import NIA
from bot.domain import care_file
from bot.domain.care_file import BadSetup
from bot.domain.setup_data import gather, to_dict
from bot.store import setup, workspaces
from bot.store.workspaces import Installation
from bot.views import setup_effect, setup_forms
from tests.handlers.clicking import Edit, any_edit
from tests.handlers.office import CARE_FILE, Office
from tests.handlers.setting_up import SettingUp

TWIN = "T0TWIN"  # a workspace that goes by the file
EDITS = 100
EMPTY: Mapping[str, Any] = {"channel": {}, "person": {}, "customer": {}, "rule": [], "override": []}


class Clicking(SettingUp):
    """Only what is clicked is waited for, and nothing that may follow from it."""

    async def settle(self) -> None:
        while listeners := [one for one in asyncio.all_tasks() if "AsyncioListenerRunner" in repr(one.get_coro())]:
            await asyncio.wait(listeners)

    async def clicks(self, edit: Edit) -> bool:
        """All the way through, whether it was refused or not."""
        if self.looks_at()["private_metadata"] != "main":
            await self.presses(setup_forms.GO, "main")
        if edit.page != "main":
            await self.presses(setup_forms.GO, edit.page)
        page = self.looks_at()["id"]
        await self.presses(*edit.button)
        if edit.values is None:
            await self.presses(setup_forms.REMOVE)
        elif not (await self.sends(**edit.values)).ok:
            await self.closes()
            return False
        if self.looks_at()["callback_id"] == setup_effect.FORM:
            await self.saves()
        while self.looks_at()["id"] != page:
            await self.closes()
        return True

    async def writes(self, text: str) -> None:
        """The file of the twin is applied."""
        await self.bot.deps.db.run(setup.apply, TWIN, setup.read(text), self.clock.now(), None)

    def filed(self) -> str:
        """What the twin exports."""
        with self.bot.deps.db.begin() as tx:
            return setup.export(tx, TWIN)


@pytest.fixture
async def office(office: Office) -> Clicking:
    return Clicking(office.sandbox, office.clock, office.bot)


def as_file(data: Mapping[str, Any]) -> str | None:
    """The text of a file; None for one that is refused."""
    said, found = gather(data)
    try:
        return None if found else care_file.write(setup.read(care_file.write(said)))
    except BadSetup:
        return None


@pytest.mark.parametrize("seed", [1])
async def test_a_hundred_edits_in_slack_and_in_the_file_end_equal(office: Clicking, seed: int) -> None:
    rng, file = Random(seed), {**EMPTY, **to_dict(setup.read(CARE_FILE))}
    await office.bot.deps.db.run(workspaces.install, Installation(TWIN, "Twin", "https://twin.example/"))
    await office.writes(CARE_FILE)
    await office.begins(NIA)
    taken = 0
    for number in range(EDITS):
        edit = any_edit(rng, deepcopy(file))
        text = as_file(edit.file)
        assert await office.clicks(edit) is (text is not None), (number, edit)
        if text is not None:
            await office.writes(text)
            file, taken = edit.file, taken + 1
        assert office.exported() == office.filed(), (number, edit)
    assert EDITS / 2 < taken < EDITS, "most are taken, and some refused"
