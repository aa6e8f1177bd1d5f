"""The living list as people read it: as it was last looked at, within Slack's limits, and read back as it was drawn."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.asks import Kind
from bot.domain.nudges import Snooze
from bot.sandbox.blocks import message_problems, view_problems
from bot.views import living_list, ways_out
from bot.views.living_list import MOST_LINES, Line, Load, Page, Way
from tests.views import asked, lists, reading
from tests.views.examples import MENUS, MESSAGES, MODALS

Json = dict[str, Any]

ALL = list(MESSAGES["living_list"])
FORMS = {**MODALS["living_list"], **MENUS["living_list"]}


def elements(message: Json) -> list[Json]:
    return [element for block in message["blocks"] if block["type"] == "actions" for element in block["elements"]]


def ids(message: Json) -> list[str]:
    return [element["action_id"] for element in elements(message)]


def drawn(*lines: Line, **more: Any) -> Json:
    return living_list.draw(lists.page(*lines, **more)).payload()


def test_the_list_reads_as_it_was_last_looked_at() -> None:
    assert reading.lists() == lists.FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_every_list_fits_into_slack_and_rings_nobody(name: str) -> None:
    payload = MESSAGES["living_list"][name].payload()
    assert message_problems(payload["blocks"]) == []
    assert len(payload["blocks"]) <= 50
    assert len(payload["text"]) <= 4000
    assert "<!" not in str(payload).replace("<!date^", "")
    assert "<https://evil" not in str(payload)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_fits_into_slack(name: str) -> None:
    assert view_problems(FORMS[name]) == []


def test_nobody_is_blamed_and_nobody_is_shouted_at() -> None:
    text = lists.FILE.read_text(encoding="utf-8")
    assert "!" not in text
    for word in ("late", "failed", "overdue", "ignored", "should have", "still"):
        assert f" {word}" not in text, word


def test_a_notification_says_how_many_wait_before_anything_else() -> None:
    assert drawn(Line(1, lists.ADA), Line(2, lists.BOB))["text"].startswith("2 customers wait for you. Ada in ")
    assert drawn()["text"] == "All caught up: nobody is waiting for you."


def test_a_screen_reader_hears_every_customer_who_waits() -> None:
    text = drawn(Line(1, lists.ADA), Line(2, lists.BOB), Line(3, lists.GITA))["text"]
    assert [name in text for name in ("Ada", "Bob", "Gita")] == [True] * 3


def test_every_line_has_a_way_to_the_thread_and_five_ways_out() -> None:
    reply, menu = elements(drawn(Line(4711, lists.ADA)))
    assert (reply["text"]["text"], reply["url"]) == ("Reply", lists.LINK)
    assert [option["text"]["text"] for option in menu["options"]] == [
        "I'm on it / snooze until…",
        "Ask for help",
        "Hand over",
        "Waiting on customer",
        "More…",
    ]
    assert [living_list.read_way({"selected_option": option}) for option in menu["options"]] == [
        (way, 4711) for way in Way
    ]


def test_a_choice_that_was_never_offered_is_a_failure() -> None:
    with pytest.raises(ValueError, match="sleep"):
        living_list.read_way({"selected_option": {"value": "sleep:1"}})


def test_the_second_word_about_a_wait_does_not_repeat_the_first() -> None:
    first, second = drawn(Line(1, lists.ADA, "reply")), drawn(Line(1, lists.ADA, "help"))
    assert first["blocks"][1] != second["blocks"][1]
    added = set(ids(second)) - set(ids(first))
    assert added == {living_list.ASK, living_list.HAND_OVER}


def test_a_manager_is_asked_how_to_help_and_has_no_ways_out_that_are_an_agents() -> None:
    message = drawn(Line(1, lists.BOB, "how_help"))
    assert "How can you help <@U0LEE>?" in message["blocks"][1]["text"]["text"]
    assert ids(message) == [living_list.REPLY, living_list.CLAIM]


def test_who_is_set_aside_does_not_wait_and_stands_last() -> None:
    message = drawn(Line(1, lists.SNOOZED), Line(2, lists.BOB))
    assert message["text"].startswith("1 customer waits for you. Bob")
    assert [block["text"]["text"][:5] for block in message["blocks"] if block["type"] == "section"][1:] == [
        "*Bob*",
        "*Ada*",
    ]


def test_a_paused_line_has_a_way_back() -> None:
    assert living_list.RESUME in ids(drawn(Line(1, replace(lists.ADA, paused_until=lists.NOW))))
    assert living_list.RESUME not in ids(drawn(Line(1, lists.ADA)))


def test_an_unknown_reason_says_nothing() -> None:
    assert drawn(Line(1, lists.ADA, because="tired:U0LEE")) == drawn(Line(1, lists.ADA))


@pytest.mark.parametrize("customers", [0, 1, 5, 6, 7, 12, 13, 40])
@pytest.mark.parametrize("others", [0, 1, 2, 20])
def test_twelve_lines_at_most_and_the_rest_is_counted(customers: int, others: int) -> None:
    asks = tuple(replace(asked.told(Kind.HELP), id=number) for number in range(others))
    page = Page(
        "U0MIA",
        tuple(Line(number, lists.ADA) for number in range(customers)),
        asks=asks,
        promised=(lists.OWED,) * others,
        loads=(Load("U0ANA", 9, 8),) * others,
    )
    message = living_list.draw(page).payload()
    whole = customers + 3 * others
    shown = len([block for block in message["blocks"] if block["type"] == "section"]) - 1
    assert shown == min(whole, MOST_LINES)
    assert (f"and {whole - shown} more" in str(message)) == (whole > shown)
    if whole:
        assert all(word in str(message) for word, has in (("*Ada*", customers), ("asks for", others)) if has)


def test_a_form_reads_back_what_was_pressed_in_it() -> None:
    form = ways_out.hand_over(4711, lists.ADA, [ways_out.Mate("U0LEE")])
    button = form["blocks"][-2]["accessory"]
    body = {"view": form | {"id": "V1"}}
    assert ways_out.read_press(body, button) == ways_out.Press("V1", 4711, ways_out.HAND_TO, "U0LEE")
    other = {"action_id": ways_out.HAND_TO_OTHER, "selected_user": "U0OMAR"}
    assert ways_out.read_press(body, other) == ways_out.Press("V1", 4711, ways_out.HAND_TO_OTHER, "U0OMAR")


def test_every_snooze_is_read_back() -> None:
    form = ways_out.on_it(4711, lists.ADA)
    buttons = [element for block in form["blocks"] if block["type"] == "actions" for element in block["elements"]][1:]
    read = [ways_out.read_snooze(ways_out.read_press({"view": form | {"id": "V1"}}, button)) for button in buttons]
    assert read == list(Snooze)


def test_a_time_that_was_picked_is_read_back() -> None:
    form = ways_out.on_it(4711, lists.ADA)
    at = int(lists.NOW.timestamp())
    values = {ways_out.UNTIL: {ways_out.UNTIL: {"type": "datetimepicker", "selected_date_time": at}}}
    assert ways_out.read_until(form | {"state": {"values": values}}) == (4711, lists.NOW)
    assert ways_out.read_until(form | {"state": {"values": {}}}) == (4711, None)
