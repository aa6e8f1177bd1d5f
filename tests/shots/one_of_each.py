"""Every element that a person can use, to see that what they choose is what the app is told."""

from typing import Any

from playwright.async_api import Page, expect

from bot.sandbox.sandbox import Sandbox
from tests.shots.standin import Json, button, options, plain, question

_FRUIT = options("Apple", "Pear", "Plum")
_SURE = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}


def element(kind: str, **rest: Any) -> Json:
    return {"type": kind, "action_id": f"do-{kind}", **rest}


def message() -> list[Json]:
    menus = [
        element("static_select", options=_FRUIT, confirm=_SURE, placeholder=plain("Fruit")),
        element("users_select", placeholder=plain("Somebody")),
        element("channels_select", placeholder=plain("Somewhere")),
        element("overflow", options=options("Later", "Never")),
    ]
    ticks = [element("checkboxes", options=_FRUIT), element("datepicker"), element("timepicker")]
    more = [element("datetimepicker"), button("Value", "do-button", value="42")]
    return [{"type": "actions", "elements": elements} for elements in (menus, ticks, more)]


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
    blocks = [question(kind, kind, element(kind, **rest)) for kind, rest in asks.items()]
    look = {"type": "actions", "elements": [button("Look up", "look")]}
    return {
        "type": "modal",
        "callback_id": "each",
        "title": plain("One of each"),
        "submit": plain("Done"),
        "blocks": [look, *blocks],
    }


def told(sandbox: Sandbox, kind: str) -> Json:
    """The newest interaction of this kind that the app received."""
    payloads = [sent.payload for sent in sandbox.record.sent if sent.payload.get("type") == kind]
    return payloads[-1]


async def use_message(page: Page, sandbox: Sandbox) -> None:
    async def expect_told(kind: str, **choice: Any) -> None:
        await expect(page.locator("article").last).to_contain_text(f"do-{kind}")
        [action] = told(sandbox, "block_actions")["actions"]
        assert action["action_id"] == f"do-{kind}"
        assert {key: action[key] for key in choice} == choice

    await page.get_by_label("Fruit").select_option(label="Pear")
    await page.get_by_role("dialog").get_by_role("button", name="No").click()
    await expect(page.get_by_label("Fruit")).to_have_value("")
    await page.get_by_label("Fruit").select_option(label="Plum")
    await page.get_by_role("dialog").get_by_role("button", name="Yes").click()
    await expect_told("static_select", selected_option=_FRUIT[2])
    await page.get_by_label("Somebody").select_option(label="Mia Lindqvist")
    await expect_told("users_select", selected_user="UMIA")
    await page.get_by_label("Somewhere").select_option(label="#care-team")
    await expect_told("channels_select", selected_channel="CTEAM")
    await page.get_by_role("button", name="More actions", exact=True).and_(page.locator(".btn-overflow")).click()
    await page.get_by_role("menuitem", name="Never").click()
    await expect_told("overflow", selected_option=options("Never")[0])
    await page.get_by_label("Apple").check()
    await expect_told("checkboxes", selected_options=_FRUIT[:1])
    await page.locator("input[type=date]").fill("2026-03-10")
    await expect_told("datepicker", selected_date="2026-03-10")
    await page.locator("input[type=time]").fill("14:30")
    await expect_told("timepicker", selected_time="14:30")
    await page.locator("input[type=datetime-local]").fill("2026-07-01T09:00")
    await expect_told("datetimepicker", selected_date_time=1782892800)  # 09:00 of Lisbon's summer
    await page.get_by_role("button", name="Value").click()
    await expect_told("button", value="42")


async def use_form(page: Page, sandbox: Sandbox) -> None:
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
    await dialog.get_by_label("multi_users_select").select_option(label="Ana Costa")
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
    values = told(sandbox, "view_submission")["view"]["state"]["values"]
    chosen = {block: next(iter(actions.values())) for block, actions in values.items()}
    assert [chosen[kind]["value"] for kind in ("plain_text_input", "number_input", "email_text_input")] == [
        "hello",
        "12",
        "ana@example.com",
    ]
    assert chosen["radio_buttons"]["selected_option"] == _FRUIT[1]
    assert chosen["multi_static_select"]["selected_options"] == _FRUIT[2:]
    assert chosen["multi_users_select"]["selected_users"] == ["UANA"]
