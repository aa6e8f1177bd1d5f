"""What a replay makes of a few messages."""

import json
from datetime import time, timedelta
from typing import Any

import pytest

from bot.domain.hours import Week
from bot.domain.setup import Targets
from bot.replay import BadExport, Options, Result, Times

Export = Any  # the writer of conftest.py


def turns(result: Result) -> tuple[int, int, int]:
    return result.answered, result.waiting, result.closed


def test_a_question_with_an_answer_is_a_conversation_with_a_reply_time(export: Export) -> None:
    export.said(0, "UACME")
    export.said(12, "UAGENT", "Like this.")
    result = export.replay()
    assert (result.messages, result.conversations, turns(result)) == (2, 1, (1, 0, 0))
    assert result.first_reply_s == Times(720, 720)
    assert result.next_reply_s == Times(None, None)
    assert (result.within_target, result.nudges) == (1.0, 0)


def test_conversations_are_answered_waiting_or_closed(export: Export) -> None:
    for place, root in enumerate([export.said(minute, "UACME") for minute in (0, 10, 20)]):
        if place:
            export.said(30 + place, "UAGENT", "Like this.", thread=root)
        if place == 2:
            export.said(40, "UACME", "Thanks!", thread=root)
    result = export.replay()
    assert (result.conversations, turns(result)) == (3, (1, 1, 1))


def test_a_burst_is_one_conversation_whose_clock_starts_with_its_first_message(export: Export) -> None:
    asked = [export.said(minute, "UACME") for minute in (0, 4, 8)]
    answer = export.said(10, "UAGENT", "Like this.")
    [line] = export.lines()
    assert line["message_ts"] == [*asked, answer]
    assert [(wait["from_ts"], wait["to_ts"], wait["working_s"]) for wait in line["waits"]] == [(asked[0], answer, 600)]


def test_a_line_of_the_file_tells_all_of_a_conversation(export: Export) -> None:
    asked = export.said(0, "UACME")
    answered = export.said(50, "UAGENT", "Like this.", thread=asked)
    again = export.said(60, "UACME", "And how do I undo it?", thread=asked)
    export.said(155, "UBOLT", "Hello, can you help?")
    first, second = export.lines()
    assert first == {
        "channel": "C0ACME",
        "channel_name": "ext-acme",
        "root_ts": asked,
        "customer": "UACME",
        "turn": "ours",
        "message_ts": [asked, answered, again],
        "waits": [
            {
                "from_ts": asked,
                "to_ts": answered,
                "ended_by": "answer",
                "first": True,
                "working_s": 3000.0,
                "nudges": [{"at": "2026-03-02T09:45:00+00:00", "step": 1, "percent": 75, "to": "owner"}],
            },
            {
                "from_ts": again,
                "to_ts": None,
                "ended_by": None,
                "first": False,
                "working_s": None,
                "nudges": [{"at": "2026-03-02T11:30:00+00:00", "step": 1, "percent": 75, "to": "UAGENT"}],
            },
        ],
    }
    assert (second["customer"], second["waits"][0]["nudges"]) == ("UBOLT", [])


def test_each_step_counts_once_if_its_moment_came_while_the_wait_was_open(export: Export) -> None:
    """Steps fall due after 45, 60, 90 and 120 minutes."""
    for minutes, channel in ((44, "a"), (45, "b"), (61, "c"), (200, "d")):
        asked = export.said(0, "UACME", channel=channel)
        export.said(minutes, "UAGENT", "Like this.", channel=channel, thread=asked)
    result = export.replay()
    assert (result.nudges, result.nudges_by_step) == (6, (2, 2, 1, 1))
    assert result.within_target == 0.5


def test_the_steps_speak_to_the_owner_the_home_channel_and_a_manager(export: Export) -> None:
    asked = export.said(0, "UACME")
    export.said(500, "UAGENT", "Like this.", thread=asked)
    [line] = export.lines()
    [wait] = line["waits"]
    assert [nudge["to"] for nudge in wait["nudges"]] == ["owner", "owner", "home", "manager"]


def test_for_who_still_waits_the_clock_stops_with_the_last_message_of_the_export(export: Export) -> None:
    export.said(0, "UACME")
    export.said(70, "UOTHER", "Lunch?", channel="elsewhere")
    assert export.replay().nudges == 2


def test_targets_and_hours_can_be_others(export: Export) -> None:
    """From 16:30 on Friday to 09:20 on Monday are 50 working minutes; to answer within 30 was the target."""
    asked = export.said(4 * 24 * 60 + 450, "UACME")
    export.said(7 * 24 * 60 + 20, "UAGENT", "Like this.", thread=asked)
    week = Week("UTC", (((time(9), time(17)),),) * 5 + ((), ()))
    result = export.replay(Options(week, Targets(timedelta(minutes=30), timedelta(minutes=60))))
    assert (result.first_reply_s.p50, result.within_target, result.nudges) == (50 * 60, 0, 3)


def test_hours_follow_the_clock_on_the_wall_when_it_is_changed(export: Export) -> None:
    """In Berlin the night of 29 March 2026 has no hour from two to three."""
    asked = export.said(27 * 24 * 60 - 9 * 60, "UACME")  # 00:00 UTC, 01:00 there
    export.said(27 * 24 * 60 - 5 * 60, "UAGENT", "Like this.", thread=asked)  # 04:00 UTC, 06:00 there
    berlin = Week("Europe/Berlin", (((time(0), time(5)),),) * 7)
    assert export.replay(Options(week=berlin)).first_reply_s.p50 == 3 * 3600


def test_guests_of_our_own_workspace_are_customers(export: Export) -> None:
    export.users.append({"id": "UGUEST", "team_id": "T0OURS", "is_restricted": True})
    export.said(0, "UGUEST")
    assert [line["customer"] for line in export.lines()] == ["UGUEST"]


@pytest.mark.parametrize(
    ("facts", "customers"),
    [
        ({"user_team": "T0NEW", "team": "T0OURS"}, ["UNEW"]),
        ({"team": "T0NEW"}, ["UNEW"]),
        ({"user_profile": {"team": "T0NEW"}}, ["UNEW"]),
        ({"user_team": "T0OURS", "user_profile": {"is_ultra_restricted": True}}, ["UNEW"]),
        ({}, ["UNEW"]),
        ({"user_team": "T0OURS"}, []),
    ],
)
def test_who_is_not_in_users_json_is_told_by_their_messages(
    export: Export, facts: dict[str, Any], customers: list[str]
) -> None:
    export.said(0, "UNEW", **facts)
    assert [line["customer"] for line in export.lines()] == customers


def test_people_of_our_enterprise_are_ours_wherever_they_work(export: Export) -> None:
    for user in export.users[:2]:
        user["enterprise_user"] = {"enterprise_id": "E0BIG"}
    export.users.append({"id": "USISTER", "team_id": "T0SISTER", "enterprise_user": {"enterprise_id": "E0BIG"}})
    export.said(0, "UACME")
    export.said(5, "USISTER", "Like this.")
    assert export.replay().answered == 1


def test_apps_neither_ask_nor_answer(export: Export) -> None:
    export.users.append({"id": "UBOT", "team_id": "T0OURS", "is_bot": True})
    export.said(0, "UACME")
    export.said(1, "UBOT", "We are on it!", bot_id="B0BOT")
    export.said(2, "UBOT", "Still on it!")
    export.said(3, "UACME", "Anyone?")
    result = export.replay()
    assert (result.messages, result.conversations, result.waiting) == (4, 1, 1)


def test_joins_topics_and_leftovers_of_deleted_messages_are_nobodys_words(export: Export) -> None:
    for minute, subtype in enumerate(("channel_join", "channel_topic", "tombstone", "pinned_item", "bot_add")):
        export.said(minute, "UACME", subtype=subtype)
    export.said(10, "UACME", subtype="thread_broadcast", thread=export.ts(-100))
    export.said(20, "UACME", subtype="file_share", thread=export.ts(-100))
    result = export.replay()
    assert (result.messages, result.conversations) == (2, 1)


def test_a_message_that_stands_in_two_files_was_said_once(export: Export) -> None:
    export.said(0, "UACME")
    export.messages["ext-acme"] *= 2
    assert len(export.lines()[0]["message_ts"]) == 1


def test_among_ourselves_there_is_no_conversation_with_a_customer(export: Export) -> None:
    export.said(0, "UAGENT")
    export.said(1, "UOTHER")
    result = export.replay()
    assert (result.messages, result.conversations, export.lines()) == (2, 0, [])


def test_channels_are_called_by_their_id_where_the_export_tells_it(export: Export) -> None:
    for channel in ("ext-acme", "ext-old"):
        export.said(0, "UACME", channel=channel)
    assert [(line["channel"], line["channel_name"]) for line in export.lines()] == [
        ("C0ACME", "ext-acme"),
        ("ext-old", "ext-old"),
    ]


def test_direct_messages_are_left_out(export: Export) -> None:
    export.said(0, "UACME", channel="D0DIRECT")
    export.said(0, "UACME", channel="mpdm-a--b-1")
    files = export.files() | {
        "dms.json": json.dumps([{"id": "D0DIRECT", "members": []}]),
        "mpims.json": json.dumps([{"id": "G0GROUP", "name": "mpdm-a--b-1"}]),
    }
    export.files = lambda: files
    assert export.replay().messages == 0


def test_ours_is_the_commonest_team_of_who_is_no_stranger(export: Export) -> None:
    export.users += [{"id": f"UX{n}", "team_id": "T0CROWD", "is_stranger": True} for n in range(9)]
    assert export.replay().agents_team == "T0OURS"


def test_ours_can_be_named(export: Export) -> None:
    export.said(0, "UAGENT")
    export.said(5, "UACME", "Like this.")
    assert [line["customer"] for line in export.lines(Options(agents_team="T0ACME"))] == ["UAGENT"]


def test_an_export_of_strangers_alone_asks_which_team_is_ours(export: Export) -> None:
    export.users = [user for user in export.users if user["is_stranger"]]
    with pytest.raises(BadExport, match="--agents-team"):
        export.replay()


def test_an_export_in_which_nobody_spoke_has_no_times(export: Export) -> None:
    result = export.replay()
    assert (result.messages, result.conversations, result.within_target) == (0, 0, None)
    assert (result.since, result.until) == (None, None)
