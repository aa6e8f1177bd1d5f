"""Every element that a person can use, drawn by the demo's own bot: what they choose is what the app is told."""

import re
from typing import Any

from playwright.async_api import Browser, Page, expect
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo.place import BOT, MIA, OMAR
from bot.demo.stage import Stage
from bot.sandbox import Sandbox
from tests.shots.browser import window
from tests.shots.loop import at
from tests.shots.visitor import newest

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def options(*texts: str) -> list[Json]:
    return [{"text": plain(text), "value": text.lower()} for text in texts]


def element(kind: str, **rest: Any) -> Json:
    return {"type": kind, "action_id": f"do-{kind}", **rest}


def button(text: str, **rest: Any) -> Json:
    return {"type": "button", "text": plain(text), **rest}


_FRUIT = options("Apple", "Pear", "Plum")
_SURE = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}


def message() -> list[Json]:
    menus = [
        element("static_select", options=_FRUIT, confirm=_SURE, placeholder=plain("Fruit")),
        element("users_select", placeholder=plain("Somebody")),
        element("channels_select", placeholder=plain("Somewhere")),
        element("overflow", options=options("Later", "Never")),
    ]
    ticks = [element("checkboxes", options=_FRUIT), element("datepicker"), element("timepicker")]
    more = [element("datetimepicker"), button("Form", action_id="do-button", value="42")]
    return [_chart(), *({"type": "actions", "elements": elements} for elements in (menus, ticks, more))]


def _chart() -> Json:
    days = ("Mon", "Tue", "Wed")
    data = [{"label": day, "value": value} for day, value in zip(days, (8, 9, 7), strict=True)]
    axis = {"categories": list(days), "y_label": "Replies"}
    chart = {"type": "bar", "series": [{"name": "Replies", "data": data}], "axis_config": axis}
    return {"type": "data_visualization", "title": "Replies by day", "chart": chart}


def form() -> Json:
    asks: dict[str, Json] = {
        "plain_text_input": {},
        "number_input": {"is_decimal_allowed": False},
        "email_text_input": {},
        "url_text_input": {},
        "radio_buttons": {"options": _FRUIT},
        "multi_static_select": {"options": _FRUIT},
        "multi_users_select": {},
    }
    blocks = [
        {"type": "input", "block_id": kind, "label": plain(kind), "element": element(kind, **rest)}
        for kind, rest in asks.items()
    ]
    look = {"type": "actions", "elements": [button("Look up", action_id="look")]}
    return {
        "type": "modal",
        "callback_id": "each",
        "title": plain("One of each"),
        "submit": plain("Done"),
        "blocks": [look, *blocks],
    }


async def what_is_chosen_is_what_the_app_is_told(browser: Browser, on: Stage) -> None:
    _hang(on.bot.bolt)
    client = AsyncWebClient(on.sandbox.world.app.bot_token, base_url=f"{on.sandbox.url}/api/")
    direct = on.sandbox.world.direct(OMAR, BOT)
    await client.chat_postMessage(channel=direct.id, text="One of each", blocks=message())
    async with window(browser, at(on, OMAR, BOT)) as page:
        await _read_chart(page)
        await _use_message(page, on.sandbox)
        await _use_form(page, on.sandbox)


def _hang(bolt: AsyncApp) -> None:
    """Doors for what only this check draws."""

    async def acknowledge(ack: Any) -> None:
        await ack()

    async def open_form(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    async def look_up(ack: Any, body: Json, client: AsyncWebClient) -> None:
        """Redraws the form with what was typed so far."""
        await ack()
        typed = body["view"]["state"]["values"]["plain_text_input"]["do-plain_text_input"]["value"]
        found = {"type": "section", "text": plain(f"looked up {typed}")}
        await client.views_update(view_id=body["view"]["id"], view=form() | {"blocks": [found, *form()["blocks"]]})

    async def thank(ack: Any) -> None:
        said = {"type": "section", "text": plain("That was all.")}
        await ack(response_action="update", view={"type": "modal", "title": plain("Thank you"), "blocks": [said]})

    bolt.action("do-button")(open_form)
    bolt.action(re.compile("^do-"))(acknowledge)
    bolt.action("look")(look_up)
    bolt.view("each")(thank)


async def _read_chart(page: Page) -> None:
    await expect(page.locator(".chart rect")).to_have_count(3)
    await page.get_by_text("Show as table").click()
    await expect(page.locator(".chart td").first).to_have_text("8")


def _told(sandbox: Sandbox, kind: str) -> Json:
    """The newest interaction of this kind that the app received."""
    return [sent.payload for sent in sandbox.record.sent if sent.payload.get("type") == kind][-1]


async def _use_message(page: Page, sandbox: Sandbox) -> None:
    async def expect_told(kind: str, **choice: Any) -> None:
        for _ in range(50):
            [action] = _told(sandbox, "block_actions")["actions"]
            if action["action_id"] == f"do-{kind}":
                break
            await page.wait_for_timeout(20)
        assert action["action_id"] == f"do-{kind}"
        assert {key: action[key] for key in choice} == choice

    drawn = newest(page)
    await drawn.get_by_label("Fruit").select_option(label="Pear")
    await page.get_by_role("dialog").get_by_role("button", name="No").click()
    await expect(drawn.get_by_label("Fruit")).to_have_value("")
    await drawn.get_by_label("Fruit").select_option(label="Plum")
    await page.get_by_role("dialog").get_by_role("button", name="Yes").click()
    await expect_told("static_select", selected_option=_FRUIT[2])
    await drawn.get_by_label("Somebody").select_option(label="Mia Sand")
    await expect_told("users_select", selected_user=MIA)
    await drawn.get_by_label("Somewhere").select_option(label="#care-team")
    await expect_told("channels_select", selected_channel="C0CARE")
    await drawn.locator(".btn-overflow").click()
    await page.get_by_role("menuitem", name="Never").click()
    await expect_told("overflow", selected_option=options("Never")[0])
    await drawn.get_by_label("Apple").check()
    await expect_told("checkboxes", selected_options=_FRUIT[:1])
    await drawn.locator("input[type=date]").fill("2026-03-10")
    await expect_told("datepicker", selected_date="2026-03-10")
    await drawn.locator("input[type=time]").fill("14:30")
    await expect_told("timepicker", selected_time="14:30")
    await drawn.locator("input[type=datetime-local]").fill("2026-07-01T09:00")
    await expect_told("datetimepicker", selected_date_time=1782892800)  # 09:00 of Lisbon's summer
    await drawn.get_by_role("button", name="Form").click()
    await expect_told("button", value="42")


async def _use_form(page: Page, sandbox: Sandbox) -> None:
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("plain_text_input").fill("hello")
    await dialog.get_by_role("button", name="Look up").click()
    await expect(dialog).to_contain_text("looked up hello")
    await expect(dialog.get_by_label("plain_text_input")).to_have_value("hello")
    await dialog.get_by_label("number_input").fill("1x")
    await dialog.get_by_label("email_text_input").fill("ana@")
    await dialog.get_by_label("url_text_input").fill("https://example.com")
    await dialog.get_by_label("Pear").check()
    for fruit in ("Apple", "Plum"):
        await dialog.get_by_label("multi_static_select").select_option(label=fruit)
    await dialog.get_by_label("Remove Apple").click()
    await dialog.get_by_label("multi_users_select").select_option(label="Mia Sand")
    await dialog.get_by_role("button", name="Done").click()
    await expect(dialog.get_by_role("alert")).to_have_text(
        ["Please enter a valid number.", "Please enter a valid email address."]
    )
    await dialog.get_by_label("number_input").fill("12")
    await dialog.get_by_label("email_text_input").fill("ana@example.com")
    await dialog.get_by_role("button", name="Done").click()
    await expect(dialog.get_by_role("heading")).to_have_text("Thank you")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    _check_submission(_told(sandbox, "view_submission")["view"]["state"]["values"])


def _check_submission(values: Json) -> None:
    chosen = {block: next(iter(actions.values())) for block, actions in values.items()}
    typed = ("plain_text_input", "number_input", "email_text_input")
    assert [chosen[kind]["value"] for kind in typed] == ["hello", "12", "ana@example.com"]
    assert chosen["radio_buttons"]["selected_option"] == _FRUIT[1]
    assert chosen["multi_static_select"]["selected_options"] == _FRUIT[2:]
    assert chosen["multi_users_select"]["selected_users"] == [MIA]
