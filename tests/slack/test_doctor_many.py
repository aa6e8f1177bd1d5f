"""The doctor, where CareCue is in many workspaces: one line for all that is well, one for each that is not."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.app import examined
from bot.settings import Settings
from bot.store.token_box import new_key
from tests.handlers.installs import KEY, Town, town


@pytest.fixture
async def some(tmp_path: object) -> AsyncIterator[Town]:
    async with town(f"sqlite:///{tmp_path}/carecue.db") as found:
        yield found


async def told(some: Town, **more: object) -> dict[str, list[tuple[bool, str]]]:
    settings: Settings = some.bot.deps.settings.model_copy(update=more)
    found: dict[str, list[tuple[bool, str]]] = {}
    for check in await examined(settings):
        found.setdefault(check.name, []).append((check.ok, check.sentence))
    return found


async def test_on_the_first_day_it_says_where_to_begin(some: Town) -> None:
    ((ok, sentence),) = (await told(some))["installed"]
    assert ok
    assert "/slack/install" in sentence


async def test_what_is_well_is_told_once_and_what_is_not_by_its_name(some: Town) -> None:
    await some.install("U1")
    await some.install("W3", org=True)
    checks = await told(some)
    assert checks["installed"] == [(True, "In 1 workspace and 1 organization as a whole; Slack takes 2 of 2 tokens.")]
    await some.install("U2")
    some.sandbox.deliveries.deaf = True
    some.sandbox.world.uninstall("T2")
    checks = await told(some)
    assert checks["installed"] == [(False, "In 2 workspaces and 1 organization as a whole; Slack takes 2 of 3 tokens.")]
    ((ok, sentence),) = checks["token"]
    assert not ok
    assert sentence.startswith("Fabrikam (T2): Slack refuses the token (account_inactive): install CareCue again")


async def test_a_key_that_is_missing_is_asked_for_before_slack_is(some: Town) -> None:
    await some.install("U1")
    assert (await told(some))["token keys"] == [(True, "All tokens open with the first key.")]
    ((ok, sentence),) = (await told(some, token_keys=SecretStr(f"{new_key()},{KEY}")))["token keys"]
    assert ok
    assert "carecue tokens rotate" in sentence
    ((ok, sentence),) = (await told(some, token_keys=SecretStr(new_key())))["token keys"]
    assert not ok
    assert "T1" in sentence
