"""What is read after a silence: since when, and what a page of Slack's history says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.arrivals import Reacted
from bot.domain.gaps import LOOK_BACK, MARGIN, missed_since, read_page, when_marked
from bot.domain.moments import ts_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OLD = ts_of(NOW - 3 * HOUR)

SILENCES = [
    # last beat, last message heard, since when something may have been missed
    (NOW - MINUTE, None, None),
    (NOW - HOUR, None, NOW - HOUR - MARGIN),
    (NOW - timedelta(days=40), None, NOW - timedelta(days=40) - MARGIN),
    (NOW + MINUTE, None, None),
    (NOW + HOUR, NOW - 3 * HOUR, NOW - 3 * HOUR - MARGIN),
    (NOW + HOUR, NOW + 2 * HOUR, NOW - MARGIN),
    (NOW + HOUR, None, NOW - LOOK_BACK),
    (NOW + HOUR, NOW - timedelta(days=40), NOW - LOOK_BACK),
]


@pytest.mark.parametrize(("heard_until", "last_heard", "since"), SILENCES)
def test_since_when_something_may_have_been_missed(
    heard_until: datetime, last_heard: datetime | None, since: datetime | None
) -> None:
    assert missed_since(heard_until, NOW, last_heard) == since


def at(minutes: float) -> str:
    return ts_of(NOW + minutes * MINUTE)


def message(minutes: float, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": "U0ADA", "team": "T0ACME", "ts": at(minutes), "text": "Where is it?"} | more


def test_messages_of_every_kind_are_read_as_their_events_are() -> None:
    given = [
        message(-1),
        message(-2, subtype="thread_broadcast", thread_ts=at(-90)),
        message(-3, subtype="bot_message", bot_id="B0MAIL", user=None),
        message(-4, subtype="file_share", files=[{"id": "F1"}], text=""),
        message(-5, subtype="channel_join"),
        message(-6, edited={"user": "U0ADA", "ts": at(-5)}, text="Thanks, that works!"),
    ]
    page = read_page("C0ACME", given, OLD, NOW)
    assert [(one.ts, one.user, one.threaded) for one in page.posted] == [
        (at(-1), "U0ADA", False),
        (at(-2), "U0ADA", True),
        (at(-3), "B0MAIL", False),
        (at(-4), "U0ADA", False),
        (at(-6), "U0ADA", False),
    ]
    assert [one.needs_reply for one in page.posted if one.ts == at(-6)] == [False]
    assert "Where is it?" not in str(page)


def test_of_older_messages_only_what_was_done_to_them_is_news() -> None:
    reactions = [{"name": "eyes", "users": ["U0ANA", "U0LEE"]}, {"name": "tada", "users": ["U0ANA"]}]
    given = [message(-600, reactions=reactions, reply_count=2, latest_reply=at(-1)), message(-700)]
    page = read_page("C0ACME", given, OLD, NOW)
    assert page.posted == ()
    assert [(mark.ts, mark.user, mark.emoji, mark.author) for mark in page.marks] == [
        (at(-600), "U0ANA", "eyes", "U0ADA"),
        (at(-600), "U0LEE", "eyes", "U0ADA"),
    ]
    assert page.threads == ((at(-600), at(-1)),)
    assert page.seen == {at(-600), at(-700)}


def test_skin_tones_are_no_other_emoji() -> None:
    given = [message(-1, reactions=[{"name": "white_check_mark::skin-tone-3", "users": ["U0ANA"]}])]
    assert [mark.emoji for mark in read_page("C0ACME", given, OLD, NOW).marks] == ["white_check_mark"]


def test_an_empty_place_is_a_message_that_is_gone() -> None:
    given = [message(-1, subtype="tombstone", user="USLACKBOT", reply_count=1, latest_reply=at(0))]
    page = read_page("C0ACME", given, OLD, NOW)
    assert not page.posted
    assert not page.seen
    assert page.gone == {at(-1)}
    assert page.threads == ((at(-1), at(0)),)


def test_of_thanks_of_the_day_before_yesterday_nobody_is_asked() -> None:
    given = [message(-1, text="Thank you so much!"), message(-3000, text="Thank you so much!")]
    assert [one.thanks for one in read_page("C0ACME", given, at(-4000), NOW).posted] == [True, False]


MARKS = [
    # minutes of what the customer wrote afterwards, and when the mark on their message of minute 0 was given
    ((), 100.0),
    ((3.0, 8.0), 100.0),
    ((3.0, 12.0, 21.0), 100.0),
    ((11.0,), 11.0),
    ((5.0, 40.0, 42.0), 40.0),
]


@pytest.mark.parametrize(("later", "given"), MARKS)
def test_a_mark_does_not_mean_what_was_asked_a_while_after_it(later: tuple[float, ...], given: float) -> None:
    mark = Reacted("C0ACME", at(0), at(100), "U0ANA", "white_check_mark", taken_back=False, author="U0ADA")
    expected = at(given) if given == 100.0 else ts_of(NOW + given * MINUTE - timedelta(microseconds=1))
    assert when_marked(mark, [at(minutes) for minutes in later]) == expected
