"""CareCue is installed for an organization as a whole: one token, any number of its workspaces."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.sandbox import payloads
from bot.slack.client import Identity, Slack
from bot.slack.errors import SlackError
from bot.store.installations import meet
from bot.views.words import common
from jobs import installations
from tests.handlers.installs import Town, town

GRID = "E1"


@pytest.fixture
async def grid(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url) as found:
        page = await found.install("W3", org=True)
        assert "CareCue is installed in" in page
        yield found


async def added(grid: Town, *team_ids: str) -> None:
    grid.sandbox.world.add_to_workspaces(GRID, *team_ids)
    await grid.sandbox.until(lambda: set(team_ids) <= set(grid.here()))


async def test_each_workspace_that_it_is_added_to_is_known_and_spoken_to_by_the_one_token(grid: Town) -> None:
    await added(grid, "T3", "T4")
    assert grid.here() == ["T3", "T4"]
    for user in ("W3", "W4"):
        assert (await grid.sandbox.command(user, {"W3": "C3", "W4": "C4"}[user], "/care", "help")).ok
        assert "/care" in grid.sandbox.record.ephemerals(user)[-1].text


async def test_it_may_be_told_of_as_one_of_its_workspaces(grid: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's reference leaves open whether `team_id` is the organization there."""
    identity = Slack.identity

    async def of_t3(slack: Slack) -> Identity:
        told = await identity(slack)
        return replace(told, installation=replace(told.installation, team_id="T3"))

    monkeypatch.setattr(Slack, "identity", of_t3)
    await grid.install("W3", org=True)
    await added(grid, "T4")
    assert grid.here() == ["T4"]
    assert await grid.bot.deps.slack.of("T4")


async def test_slack_is_told_which_workspace_is_meant(grid: Town) -> None:
    await added(grid, "T3", "T4")
    await (await grid.bot.deps.slack.of("T4")).joined()
    assert grid.sandbox.record.called("users.conversations")[-1].args["team_id"] == "T4"


async def test_a_workspace_that_is_taken_from_it_is_gone_alone_and_can_come_back(grid: Town) -> None:
    await added(grid, "T3", "T4")
    grid.sandbox.world.remove_from_workspaces(GRID, "T4")
    await grid.sandbox.until(lambda: grid.gone() == ["T4"])
    with pytest.raises(SlackError, match="not_authed"):
        await grid.bot.deps.slack.of("T4")
    assert grid.here() == ["T3"]
    await added(grid, "T4")
    assert grid.gone() == []
    assert await grid.bot.deps.slack.of("T4")


async def test_an_organization_that_takes_it_out_takes_it_out_of_all(grid: Town) -> None:
    await added(grid, "T3", "T4")
    await grid.install("U1")
    grid.sandbox.world.uninstall(GRID)
    await grid.sandbox.until(lambda: grid.gone() == ["T3", "T4"])
    assert grid.here() == ["T1"]


async def test_what_nobody_told_is_found_out_within_the_hour(grid: Town) -> None:
    await added(grid, "T3")
    grid.sandbox.deliveries.deaf = True
    grid.sandbox.world.add_to_workspaces(GRID, "T4")
    grid.sandbox.world.remove_from_workspaces(GRID, "T3")
    await grid.sandbox.settled()
    assert grid.here() == ["T3"]
    await grid.later(hours=1)
    assert (grid.here(), grid.gone()) == (["T4"], ["T3"])


async def test_a_workspace_that_comes_while_slack_is_asked_is_not_taken_for_gone(
    grid: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack's list was made before; what is to be said there must not be dropped."""
    await added(grid, "T3")
    teams = Slack.teams

    async def asked(slack: Slack) -> dict[str, str]:
        told = await teams(slack)
        await grid.bot.deps.db.run(meet, "T4", GRID, "Pencils")
        return told

    monkeypatch.setattr(Slack, "teams", asked)
    await grid.later(hours=1)
    assert (grid.here(), grid.gone()) == (["T3", "T4"], [])


async def test_what_is_heard_of_a_workspace_before_slack_tells_of_it_is_not_lost(
    grid: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Events are in no order: a message of a workspace may come before the word that it is there."""

    async def deaf(*_given: Any) -> list[str]:
        return []

    monkeypatch.setattr("bot.slack.uninstalls.ask", deaf)
    grid.sandbox.world.add_to_workspaces(GRID, "T4")
    await grid.sandbox.settled()
    assert grid.here() == []
    bot = grid.sandbox.world.apps["T4"].bot_user_id
    grid.sandbox.world.invite("W4", "C4", bot)
    await grid.sandbox.until(lambda: grid.here() == ["T4"])
    with grid.bot.deps.db.begin() as tx:
        (row,) = tx.exec_driver_sql("SELECT team_id, channel, is_member FROM channels").all()
    assert tuple(row) == ("T4", "C4", True)


async def test_whoever_types_first_makes_their_workspace_known(grid: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def deaf(*_given: Any) -> list[str]:
        return []

    monkeypatch.setattr("bot.slack.uninstalls.ask", deaf)
    grid.sandbox.world.add_to_workspaces(GRID, "T4")
    await grid.sandbox.settled()
    assert (await grid.sandbox.command("W4", "C4", "/care", "help")).ok
    assert grid.here() == ["T4"]


async def test_asking_costs_a_request_an_hour_not_one_a_minute(grid: Town) -> None:
    await added(grid, "T3")
    await grid.sandbox.until(lambda: grid.by_token("auth.teams.list") == 2)  # when installed, and when added to T3
    for _ in range(3):
        await installations.look(grid.bot.deps)
    assert grid.by_token("auth.teams.list") == 2


async def test_a_form_that_names_the_organization_as_its_place_is_taken_where_its_sender_is(grid: Town) -> None:
    """So Slack does for a form that an organization's app opened."""
    await added(grid, "T3")
    assert (await grid.sandbox.command("W3", "C3", "/kudos")).ok
    opened = grid.sandbox.windows.top("W3")
    assert opened
    payload = payloads.submission(grid.sandbox, grid.sandbox.world.person("W3"), opened)
    payload["view"]["app_installed_team_id"] = payload["enterprise"]["id"]
    answer = await grid.sandbox.deliveries.ask("interactive", payload, takes_answer=True)
    assert answer.ok, answer
    assert common.OUTSIDERS() not in str(answer.body)
