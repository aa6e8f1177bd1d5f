"""The manifest asks for what the doors need and for nothing else."""

import re
from importlib.resources import files
from typing import Any

import pytest

from bot.domain.arrivals import SUBSCRIBED
from bot.sandbox.installed import App
from bot.slack.manifest import Command, Doors, Shortcut, build
from bot.slack.scopes import METHODS, needed

DOORS = Doors(
    commands=(Command("/care", "Your waiting customers", "[help]"), Command("/bare", "No hint")),
    shortcuts=(Shortcut("care_message", "CareCue…", "What to do about a message"),),
    events=SUBSCRIBED,
)


def test_in_socket_mode_no_address_is_named() -> None:
    manifest = build(DOORS)
    assert manifest["settings"]["socket_mode_enabled"]
    assert "http" not in str(manifest)


@pytest.mark.parametrize("url", ["https://care.example.com", "https://care.example.com/"])
def test_over_http_events_buttons_and_commands_have_one_address(url: str) -> None:
    manifest = build(DOORS, url)
    settings, expected = manifest["settings"], "https://care.example.com/slack/events"
    assert not settings["socket_mode_enabled"]
    assert settings["event_subscriptions"]["request_url"] == expected
    assert settings["interactivity"]["request_url"] == expected
    assert {command["url"] for command in manifest["features"]["slash_commands"]} == {expected}


def test_for_many_workspaces_slack_knows_where_browsers_go_back_to_and_changes_tokens() -> None:
    doors = Doors((), (), SUBSCRIBED, ("team_access_granted",))
    many, one = build(doors, "https://care.example.com/", many=True), build(doors, "https://care.example.com/")
    assert many["oauth_config"]["redirect_urls"] == ["https://care.example.com/slack/oauth_redirect"]
    assert "redirect_urls" not in one["oauth_config"]
    for setting in ("token_rotation_enabled", "org_deploy_enabled"):
        assert (many["settings"][setting], one["settings"][setting]) == (True, False)
    asked = [set(each["settings"]["event_subscriptions"]["bot_events"]) for each in (many, one)]
    assert asked[0] - asked[1] == {"team_access_granted"}


def test_commands_and_shortcuts_are_those_of_the_doors() -> None:
    features = build(DOORS)["features"]
    assert features["slash_commands"] == [
        {"command": "/care", "description": "Your waiting customers", "should_escape": True, "usage_hint": "[help]"},
        {"command": "/bare", "description": "No hint", "should_escape": True},
    ]
    assert [(s["type"], s["callback_id"]) for s in features["shortcuts"]] == [("message", "care_message")]


def test_a_bot_without_commands_and_shortcuts_names_none() -> None:
    """Slack refuses empty lists."""
    features = build(Doors((), (), SUBSCRIBED))["features"]
    assert not {"slash_commands", "shortcuts"} & set(features)


@pytest.mark.parametrize(
    ("event", "setting", "shown"),
    [("app_home_opened", "home_tab_enabled", True), ("message.im", "messages_tab_read_only_enabled", False)],
)
def test_tabs_are_open_where_somebody_listens(event: str, setting: str, shown: bool) -> None:
    def app_home(*more: str) -> dict[str, Any]:
        home: dict[str, Any] = build(Doors((), (), (*SUBSCRIBED, *more)))["features"]["app_home"]
        return home

    assert app_home()[setting] is not shown
    assert app_home(event)[setting] is shown


def test_the_scopes_are_the_least_that_work() -> None:
    assert needed(SUBSCRIBED) == [
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "dnd:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "reactions:read",
        "usergroups:read",
        "users:read",
    ]


def test_every_method_that_the_client_calls_has_its_scopes_listed() -> None:
    source = files("bot.slack").joinpath("client.py").read_text()
    called = set(re.findall(r'"([a-z]+(?:\.[a-zA-Z]+)+)"', source)) - {"apps.connections.open", "bot.slack.sdk"}
    assert called == set(METHODS)


def test_an_event_of_unknown_scopes_cannot_be_subscribed_to() -> None:
    with pytest.raises(KeyError):
        build(Doors((), (), ("star_added",)))


@pytest.mark.parametrize("url", [None, "https://care.example.com"])
def test_slack_would_save_it(url: str | None) -> None:
    app = App.from_dict({"team_id": "T1", "manifest": build(DOORS, url)})
    assert app.events == set(SUBSCRIBED)
    assert app.name == "CareCue"


def test_texts_keep_to_slacks_limits() -> None:
    shown = build(DOORS)["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
