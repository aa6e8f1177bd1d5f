"""What Slack refuses in blocks and views is refused here, one rule a line."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.blocks import message_problems, view_problems

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def mark(text: str = "x") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str = "x", value: str = "x", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(value=str(number)) for number in range(count)]


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain(), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": [*elements], **more}


def section(**fields: Any) -> Json:
    return {"type": "section", **fields}


def select(**fields: Any) -> Json:
    return {"type": "static_select", "placeholder": plain(), **fields}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": element, **more}


def chart(labels: list[str], *names: str, kind: str = "bar", categories: list[str] | None = None) -> Json:
    series = [{"name": name, "data": [{"label": label, "value": 1} for label in labels]} for name in names]
    axes = {"categories": labels if categories is None else categories}
    return {"type": "data_visualization", "title": "t", "chart": {"type": kind, "series": series, "axis_config": axes}}


def line(*values: Any) -> Json:
    block = chart([str(number) for number, _ in enumerate(values)], "one", kind="line")
    for point, value in zip(block["chart"]["series"][0]["data"], values, strict=True):
        point["value"] = value
    return block


def pie(*values: Any) -> Json:
    segments = [{"label": "a", "value": value} for value in values]
    return {"type": "data_visualization", "title": "t", "chart": {"type": "pie", "segments": segments}}


def table(rows: int = 1, cells: int = 1, text: str = "x") -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * cells] * rows}


def rich(text: str) -> Json:
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [words]}


TAKEN: list[Json] = [
    section(text=mark("x" * 3000)),
    section(fields=[mark("x" * 2000)] * 10),
    section(text=plain(), accessory={"type": "overflow", "options": options(5)}),
    {"type": "header", "text": plain("x" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [mark(), plain(), {"type": "image", "image_url": "https://x", "alt_text": "x"}]},
    {"type": "image", "image_url": "https://x", "alt_text": "x"},
    actions(*(button(action_id=str(number)) for number in range(25))),
    actions(button(url="https://x", style="danger", value="v")),
    actions(
        select(options=options(100)), {"type": "users_select"}, {"type": "datepicker", "initial_date": "2026-03-02"}
    ),
    actions(select(option_groups=[{"label": plain(), "options": options(2)}])),
    actions({"type": "checkboxes", "options": [{"text": mark("*x*"), "value": "x"}]}),
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]},
    chart(["a", "b"], "one", "two"),
    line(-3, 0, 2.5),
    pie(1, 2, 3, 4, 5, 6),
    table(100, 20),
    table(1, 20, "x" * 500),
    {"type": "table", "rows": [[{"type": "raw_number", "value": 41, "text": "41 min"}, rich("x")]]},
]


@pytest.mark.parametrize("block", TAKEN, ids=lambda block: block["type"])
def test_slack_takes(block: Json) -> None:
    assert message_problems([block]) == []


REFUSED: list[tuple[Json, str]] = [
    ({"type": "poem"}, r"unsupported type: poem \[json-pointer:/blocks/0/type\]"),
    ({}, "missing required field: type"),
    (section(), "missing required field: text or fields"),
    (section(text=mark("")), r"must be more than 0 characters \[json-pointer:/blocks/0/text/text\]"),
    (section(text=mark("x" * 3001)), "must be less than 3001 characters"),
    (section(text="x"), "missing required field: type"),
    (section(fields=[mark("x" * 2001)]), "must be less than 2001 characters"),
    (section(fields=[mark()] * 11), "no more than 10 items allowed"),
    (section(fields=[]), "no less than 1 items allowed"),
    (section(text=mark(), colour="red"), "invalid additional property: colour"),
    (section(text=mark(), accessory={"type": "plain_text_input"}), "unsupported type: plain_text_input"),
    (section(text=mark(), block_id="x" * 256), "must be less than 256 characters"),
    ({"type": "header", "text": plain("x" * 151)}, "must be less than 151 characters"),
    ({"type": "header", "text": mark()}, "unsupported type: mrkdwn"),
    ({"type": "image", "image_url": "https://x"}, "missing required field: alt_text"),
    ({"type": "image", "alt_text": "x"}, "either image_url or slack_file"),
    ({"type": "context", "elements": [mark()] * 11}, "no more than 10 items allowed"),
    ({"type": "context", "elements": [button()]}, "unsupported type: button"),
    (actions(), "no less than 1 items allowed"),
    (actions(*[button()] * 26), "no more than 25 items allowed"),
    (actions({"type": "plain_text_input"}), "unsupported type: plain_text_input"),
    (actions(button(text=plain("x" * 76))), "must be less than 76 characters"),
    (actions(button(text=mark())), "unsupported type: mrkdwn"),
    (actions(button(style="loud")), "must be a valid enum value: primary, danger"),
    (actions(button(value="x" * 2001)), "must be less than 2001 characters"),
    (actions(button(action_id="x" * 256)), "must be less than 256 characters"),
    (actions(button(action_id="a"), button(action_id="a")), "action_id a already exists"),
    (actions(button(confirm={"title": plain()})), "missing required field: deny"),
    (actions({"type": "overflow", "options": options(1)}), "no less than 2 items allowed"),
    (actions({"type": "overflow", "options": options(6)}), "no more than 5 items allowed"),
    (actions(select()), "either options or option_groups"),
    (actions(select(options=options(101))), "no more than 100 items allowed"),
    (actions(select(options=[option("x" * 76)])), "must be less than 76 characters"),
    (actions(select(options=[option(value="x" * 151)])), "must be less than 151 characters"),
    (actions(select(options=[option(value="")])), "must be more than 0 characters"),
    (actions(select(options=[option(), option()])), "option values must be unique"),
    (actions(select(options=options(2), initial_option=option("y", "y"))), "initial option must match"),
    (actions(select(options=[{"text": mark(), "value": "x"}])), "unsupported type: mrkdwn"),
    (actions({"type": "datepicker", "initial_date": "March 2nd"}), "must match"),
    (actions({"type": "timepicker", "initial_time": "24:00"}), "must match"),
    (field({"type": "plain_text_input", "min_length": 5, "max_length": 4}), "min_length must not be above"),
    (field({"type": "plain_text_input", "max_length": 3001}), "must be a whole number from 1 to 3000"),
    (field({"type": "number_input"}), "missing required field: is_decimal_allowed"),
    (field({"type": "button", "text": plain()}), "unsupported type: button"),
    (field({"type": "plain_text_input"}, optional="yes"), "must be a boolean"),
    (chart(["a"], "one", "one"), "series names must be unique"),
    (chart(["a"], "one", categories=["b"]), "labels must match the categories"),
    (chart(["x" * 21], "one"), "must be less than 21 characters"),
    (chart(["a"], *"1234567"), "no more than 6 items allowed"),
    (chart([str(number) for number in range(21)], "one"), "no more than 20 items allowed"),
    (chart(["a"], "one", kind="radar"), "unsupported type: radar"),
    (chart(["a"], "x" * 21), "must be less than 21 characters"),
    (chart([], "one"), "no less than 1 items allowed"),
    ({**chart(["a"], "one"), "title": "x" * 51}, "must be less than 51 characters"),
    ({**chart(["a"], "one"), "alt_text": "x"}, "invalid additional property: alt_text"),
    (line(1, None, 3), "missing required field: value"),
    (line(1, float("nan"), 3), "must be a number"),
    (line(1, "40 minutes"), "must be a number"),
    (pie(1, 0), "must be greater than 0"),
    (pie(*range(1, 8)), "no more than 6 items allowed"),
    (table(1, 20, "x" * 501), "no more than 10000 characters"),
    ({"type": "table", "rows": [[rich("x" * 10_001)]]}, "no more than 10000 characters"),
    ({"type": "table", "rows": [[{"type": "raw_number", "value": 41}]]}, "missing required field: text"),
    (table(101), "no more than 100 items allowed"),
    (table(1, 21), "no more than 20 items allowed"),
    ({"type": "alert", "text": plain()}, "unsupported type: alert"),
]


@pytest.mark.parametrize(("block", "problem"), REFUSED, ids=lambda value: value if isinstance(value, str) else "")
def test_slack_refuses(block: Json, problem: str) -> None:
    problems = message_problems([block])
    assert any(re.search(problem, one) for one in problems), problems


def test_a_message_has_fifty_blocks_two_charts_and_one_table() -> None:
    assert message_problems([{"type": "divider"}] * 50) == []
    assert message_problems([{"type": "divider"}] * 51) != []
    assert message_problems([chart(["a"], "one")] * 2) == []
    assert message_problems([chart(["a"], "one")] * 3) != []
    assert message_problems([table(), table()]) != []


def test_block_ids_are_unique_in_a_message() -> None:
    twice = [{"type": "divider", "block_id": "b"}] * 2
    assert message_problems(twice) == ["block_id b already exists [json-pointer:/blocks]"]


@pytest.mark.parametrize(
    "blocks", [None, "x", {}, [None], [[]], ["x"], [{"type": 3}], [{"type": "section", "text": []}]]
)
def test_nonsense_is_a_refusal_and_no_crash(blocks: Any) -> None:
    assert message_problems(blocks) != []


SEEDS = [*TAKEN, *(block for block, _ in REFUSED)]
NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "options"]), inner),
    max_leaves=6,
)


def spoilt(value: Any, path: list[int], nonsense: Any) -> Any:
    """The same structure with nonsense at one place in it."""
    if not path or not isinstance(value, dict | list) or not value:
        return nonsense
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = keys[path[0] % len(keys)]
    copy: Any = value.copy()
    copy[key] = spoilt(value[key], path[1:], nonsense)
    return copy


@given(st.sampled_from(SEEDS), st.lists(st.integers(0, 9), max_size=5), NONSENSE)
def test_no_block_makes_the_check_itself_fail(block: Json, path: list[int], nonsense: Any) -> None:
    broken = spoilt(block, path, nonsense)
    assert isinstance(message_problems([broken]), list)
    assert isinstance(view_problems({"type": "modal", "title": plain(), "blocks": [broken, nonsense]}), list)


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain(), "blocks": [{"type": "divider"}], **more}


WRONG_VIEWS: list[tuple[Json, str]] = [
    ({"type": "modal", "blocks": []}, "missing required field: title"),
    ({"type": "modal", "title": plain()}, "missing required field: blocks"),
    ({"type": "window", "blocks": []}, "unsupported type: window"),
    (modal(title=plain("x" * 25)), "must be less than 25 characters"),
    (modal(submit=plain("x" * 25)), "must be less than 25 characters"),
    (modal(close=plain("x" * 25)), "must be less than 25 characters"),
    (modal(private_metadata="x" * 3001), "must be less than 3001 characters"),
    (modal(callback_id="x" * 256), "must be less than 256 characters"),
    (modal(blocks=[{"type": "divider"}] * 101), "no more than 100 items allowed"),
    (modal(blocks=[field({"type": "plain_text_input"})]), "submit is required"),
    (modal(blocks=[chart(["a"], "one")]), "unsupported type: data_visualization"),
    (modal(notify_on_close="yes"), "must be a boolean"),
    ({"type": "home", "blocks": [], "title": plain()}, "invalid additional property: title"),
    ({"type": "home", "blocks": [{"type": "alert", "text": plain()}]}, "unsupported type: alert"),
]


@pytest.mark.parametrize(("view", "problem"), WRONG_VIEWS, ids=[problem for _, problem in WRONG_VIEWS])
def test_slack_refuses_views(view: Json, problem: str) -> None:
    problems = view_problems(view)
    assert any(problem in one for one in problems), problems


def test_slack_takes_a_full_modal_and_home() -> None:
    inputs = [field({"type": "plain_text_input"}), {"type": "alert", "text": plain()}]
    assert view_problems(modal(submit=plain(), close=plain(), private_metadata="x" * 3000, blocks=inputs)) == []
    assert view_problems({"type": "home", "blocks": [{"type": "divider"}] * 100}) == []
