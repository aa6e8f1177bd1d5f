"""Modals and the App Home: drawn by the app, filled in and sent off by people."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Refused, Sandbox
from bot.sandbox.delivery import Answer, Delivery

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Ring"), "submit": plain("Go"), "blocks": [*blocks], **more}


def field(block_id: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


WHY = field("why", {"type": "plain_text_input", "action_id": "text", "max_length": 10})
OPTIONS = [{"text": plain("Soon"), "value": "soon"}, {"text": plain("Later"), "value": "later"}]
WHEN = field("when", {"type": "static_select", "action_id": "pick", "options": OPTIONS}, optional=True)


class Script:
    """Stands in for the app: notes what it is sent and answers what the test says."""

    def __init__(self) -> None:
        self.sent: list[Json] = []
        self.says: Any = None

    async def send(self, delivery: Delivery) -> Answer:
        self.sent.append(delivery.payload)
        return Answer(True, self.says)


@pytest.fixture
def app(sandbox: Sandbox) -> Script:
    script = Script()
    sandbox.deliveries.transport = script
    return script


async def opened(sandbox: Sandbox, web: AsyncWebClient, *blocks: Json, **more: Any) -> str:
    answer = await web.views_open(trigger_id=sandbox.triggers.issue("U1"), view=modal(*blocks, **more))
    return str(answer["view"]["id"])


async def test_a_form_arrives_with_everything_that_was_filled_in(
    sandbox: Sandbox, web: AsyncWebClient, app: Script
) -> None:
    view_id = await opened(sandbox, web, WHY, WHEN, callback_id="ring", private_metadata="m")
    outcome = await sandbox.submit("U1", view_id, {"why": "fire", "pick": "Later"})
    (payload,) = app.sent
    assert outcome.ok
    assert (payload["type"], payload["view"]["callback_id"]) == ("view_submission", "ring")
    assert payload["view"]["private_metadata"] == "m"
    assert payload["view"]["state"]["values"] == {
        "why": {"text": {"type": "plain_text_input", "value": "fire"}},
        "when": {"pick": {"type": "static_select", "selected_option": OPTIONS[1]}},
    }
    assert sandbox.windows.top("U1") is None


async def test_an_optional_field_left_empty_is_null(sandbox: Sandbox, web: AsyncWebClient, app: Script) -> None:
    await sandbox.submit("U1", await opened(sandbox, web, WHY, WHEN), {"why": "x"})
    assert app.sent[0]["view"]["state"]["values"]["when"]["pick"]["selected_option"] is None


FILLED_WRONG = [
    ({}, "missing_input"),
    ({"why": "x" * 11}, "bad_length"),
    ({"why": "x", "pick": "never"}, "no_such_option"),
]


@pytest.mark.parametrize(("values", "code"), FILLED_WRONG)
async def test_slacks_client_lets_nobody_send_a_wrong_form(
    sandbox: Sandbox, web: AsyncWebClient, app: Script, values: Json, code: str
) -> None:
    view_id = await opened(sandbox, web, WHY, WHEN)
    with pytest.raises(Refused, match=code):
        await sandbox.submit("U1", view_id, values)
    assert app.sent == []


async def test_errors_keep_the_form_open_and_stand_at_their_fields(
    sandbox: Sandbox, web: AsyncWebClient, app: Script
) -> None:
    view_id = await opened(sandbox, web, WHY)
    app.says = {"response_action": "errors", "errors": {"why": "Say more."}}
    outcome = await sandbox.submit("U1", view_id, {"why": "x"})
    assert (outcome.ok, outcome.errors) == (False, {"why": "Say more."})
    assert sandbox.windows.top("U1") is not None


async def test_errors_for_a_field_that_is_not_there_are_a_fault_of_the_app(
    sandbox: Sandbox, web: AsyncWebClient, app: Script
) -> None:
    view_id = await opened(sandbox, web, WHY)
    app.says = {"response_action": "errors", "errors": {"what": "?"}}
    with pytest.raises(Refused, match="errors_for_unknown_blocks"):
        await sandbox.submit("U1", view_id, {"why": "x"})


async def test_a_form_can_lead_to_the_next_and_close_the_whole_stack(
    sandbox: Sandbox, web: AsyncWebClient, app: Script
) -> None:
    first = await opened(sandbox, web, WHY)
    app.says = {"response_action": "push", "view": modal(WHEN)}
    await sandbox.submit("U1", first, {"why": "x"})
    second = sandbox.windows.top("U1")
    assert second is not None
    assert (second.previous_view_id, second.root_view_id) == (first, first)
    app.says = {"response_action": "clear"}
    await sandbox.submit("U1", second.id)
    assert sandbox.windows.top("U1") is None


async def test_an_update_keeps_what_was_filled_in_where_the_field_stays(
    sandbox: Sandbox, web: AsyncWebClient, app: Script
) -> None:
    view_id = await opened(sandbox, web, WHY)
    app.says = {"response_action": "update", "view": modal(WHY, WHEN)}
    await sandbox.submit("U1", view_id, {"why": "fire"})
    app.says = None
    assert (await sandbox.submit("U1", view_id)).ok
    assert app.sent[1]["view"]["state"]["values"]["why"]["text"]["value"] == "fire"


async def test_a_view_changed_since_is_not_overwritten(sandbox: Sandbox, web: AsyncWebClient) -> None:
    view = (await web.views_open(trigger_id=sandbox.triggers.issue("U1"), view=modal(WHY)))["view"]
    await web.views_update(view_id=view["id"], hash=view["hash"], view=modal(WHY))
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await web.views_update(view_id=view["id"], hash=view["hash"], view=modal(WHY))


async def test_a_trigger_opens_one_view_within_three_seconds(sandbox: Sandbox, web: AsyncWebClient) -> None:
    trigger = sandbox.triggers.issue("U1")
    await web.views_open(trigger_id=trigger, view=modal(WHY))
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await web.views_open(trigger_id=trigger, view=modal(WHY))
    late = sandbox.triggers.issue("U1")
    sandbox.triggers._triggers[late].since -= 3.1
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await web.views_open(trigger_id=late, view=modal(WHY))


async def test_three_views_are_the_highest_stack(sandbox: Sandbox, web: AsyncWebClient) -> None:
    view_id = await opened(sandbox, web, WHY)
    for _ in range(2):
        await web.views_push(trigger_id=sandbox.triggers.issue("U1", view_id), view=modal(WHY))
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await web.views_push(trigger_id=sandbox.triggers.issue("U1", view_id), view=modal(WHY))


async def test_closing_is_told_to_an_app_that_asked(sandbox: Sandbox, web: AsyncWebClient, app: Script) -> None:
    await sandbox.close_view("U1", await opened(sandbox, web, WHY))
    assert app.sent == []
    await sandbox.close_view("U1", await opened(sandbox, web, WHY, notify_on_close=True))
    assert [(payload["type"], payload["is_cleared"]) for payload in app.sent] == [("view_closed", False)]


async def test_choosing_in_a_modal_is_told_only_where_the_field_dispatches(
    sandbox: Sandbox, web: AsyncWebClient, app: Script
) -> None:
    view_id = await opened(
        sandbox, web, WHEN, field("who", {"type": "users_select", "action_id": "u"}, dispatch_action=True)
    )
    await sandbox.press_view("U1", view_id, "pick", "soon")
    assert app.sent == []
    await sandbox.press_view("U1", view_id, "u", "U3")
    (payload,) = app.sent
    assert payload["actions"][0]["selected_user"] == "U3"
    assert payload["view"]["state"]["values"]["when"]["pick"]["selected_option"]["value"] == "soon"


async def test_a_home_is_drawn_for_one_person_and_its_buttons_work(
    sandbox: Sandbox, web: AsyncWebClient, app: Script
) -> None:
    assert sandbox.open_home("U1") is None
    button = {"type": "button", "action_id": "ring", "text": plain("Ring"), "value": "1"}
    await web.views_publish(user_id="U1", view={"type": "home", "blocks": [{"type": "actions", "elements": [button]}]})
    home = sandbox.open_home("U1")
    assert home is not None
    await sandbox.press_view("U1", home.id, "ring")
    await sandbox.settled()
    kinds = [payload.get("event", payload)["type"] for payload in app.sent]
    assert sorted(kinds) == ["app_home_opened", "app_home_opened", "block_actions"]
    with pytest.raises(Refused, match="not_found"):
        await sandbox.press_view("U3", home.id, "ring")


async def test_a_home_changed_since_is_not_overwritten(sandbox: Sandbox, web: AsyncWebClient) -> None:
    """The hash says which Home the app has seen; without one it is drawn whatever stood there."""
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await web.views_publish(user_id="U1", view=home, hash="1.of-no-home")
    first = (await web.views_publish(user_id="U1", view=home))["view"]
    second = (await web.views_publish(user_id="U1", view=home, hash=first["hash"]))["view"]
    assert (second["id"], second["hash"] != first["hash"]) == (first["id"], True)
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await web.views_publish(user_id="U1", view={"type": "home", "blocks": []}, hash=first["hash"])
    assert sandbox.windows.homes["U1"].hash == second["hash"]
    assert (await web.views_publish(user_id="U1", view=home))["ok"]


async def test_a_stranger_finds_the_home_through_a_shared_channel(
    sandbox: Sandbox, web: AsyncWebClient, app: Script
) -> None:
    """Slack tells the app who looks, and takes what it draws for them."""
    sandbox.open_home("U9")
    await sandbox.settled()
    (heard,) = app.sent
    assert (heard["event"]["type"], heard["event"]["user"]) == ("app_home_opened", "U9")
    assert (await web.views_publish(user_id="U9", view={"type": "home", "blocks": []}))["ok"]
    sandbox.world.leave("U9", "C1")
    with pytest.raises(Refused, match="not_allowed"):
        sandbox.open_home("U9")


async def test_what_is_pressed_while_the_home_is_redrawn_is_not_lost(
    sandbox: Sandbox, web: AsyncWebClient, app: Script
) -> None:
    """The browser still shows the last drawing; what is older is gone."""
    button = {"type": "button", "action_id": "ring", "text": plain("Ring"), "value": "1"}
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]}
    seen = [(await web.views_publish(user_id="U1", view=home))["view"] for _ in range(3)]
    await sandbox.press_view("U1", seen[2]["id"], "ring", block_id=seen[1]["blocks"][0]["block_id"])
    assert [payload["actions"][0]["value"] for payload in app.sent] == ["1"]
    with pytest.raises(Refused, match="no_such_element"):
        await sandbox.press_view("U1", seen[2]["id"], "ring", block_id=seen[0]["blocks"][0]["block_id"])


async def test_every_persons_home_has_a_hash_of_its_own(sandbox: Sandbox, web: AsyncWebClient) -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    hashes = [(await web.views_publish(user_id=user, view=home))["view"]["hash"] for user in ("U1", "U3", "U2")]
    assert len(set(hashes)) == 3
    assert (await web.views_publish(user_id="U1", view=home, hash=hashes[0]))["ok"]


async def test_shortcuts_carry_their_message(sandbox: Sandbox, app: Script) -> None:
    message = sandbox.world.say("U9", "C1", "help")
    await sandbox.settled()
    await sandbox.shortcut("U1", "ring_message", "C1", message.ts)
    await sandbox.shortcut("U1", "ring_anywhere")
    assert [payload["type"] for payload in app.sent[1:]] == ["message_action", "shortcut"]
    assert app.sent[1]["message"]["text"] == "help"
    with pytest.raises(Refused, match="wrong_kind_of_shortcut"):
        await sandbox.shortcut("U1", "ring_message")


async def test_choices_in_a_message_arrive_by_kind(sandbox: Sandbox, web: AsyncWebClient, app: Script) -> None:
    elements = [
        {"type": "overflow", "action_id": "more", "options": OPTIONS},
        {"type": "users_select", "action_id": "who"},
        {"type": "datepicker", "action_id": "day"},
    ]
    posted = await web.chat_postMessage(channel="C4", text="?", blocks=[{"type": "actions", "elements": elements}])
    await sandbox.settled()
    app.sent.clear()
    for action, value in (("more", "later"), ("who", "U3"), ("day", "2026-03-09")):
        await sandbox.press("U1", "C4", posted["ts"], action, value)
    actions = [payload["actions"][0] for payload in app.sent]
    assert actions[0]["selected_option"]["text"]["text"] == "Later"
    assert (actions[1]["selected_user"], actions[2]["selected_date"]) == ("U3", "2026-03-09")
    (state,) = app.sent[2]["state"]["values"].values()
    assert state["who"]["selected_user"] == "U3"


async def test_an_ephemeral_message_is_for_one_person_to_press(
    sandbox: Sandbox, web: AsyncWebClient, app: Script
) -> None:
    button = {"type": "button", "action_id": "ring", "text": plain("Ring")}
    blocks = [{"type": "actions", "elements": [button]}]
    ts = (await web.chat_postEphemeral(channel="C4", user="U1", text="psst", blocks=blocks))["message_ts"]
    with pytest.raises(Refused, match="message_not_found"):
        await sandbox.press("U3", "C4", ts, "ring")
    await sandbox.press("U1", "C4", ts, "ring")
    assert app.sent[-1]["container"]["is_ephemeral"]
    assert "message" not in app.sent[-1]


async def test_a_response_url_works_five_times(sandbox: Sandbox, session: Any) -> None:
    url = sandbox.url + sandbox.hooks.issue("U1", "C1")
    for _ in range(5):
        async with session.post(url, json={"text": "psst"}) as response:
            assert await response.text() == "ok"
    async with session.post(url, json={"text": "psst"}) as response:
        assert (response.status, (await response.json())["error"]) == (404, "used_url")
    assert len(sandbox.record.ephemerals("U1")) == 5
