"""The weekly pages as people read them: rounded, compared without blame, and nobody beside a time."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.behaviours import Behaviour
from bot.domain.digest import Change, Compared
from bot.domain.kudos import Where
from bot.domain.statistics import Figures
from bot.domain.weeks import last_weeks
from bot.sandbox.blocks import message_problems
from bot.views import charts, digest, digest_mine
from bot.views.digest import TeamWeek
from bot.views.digest_mine import MyWeek
from bot.views.kudos import Story
from bot.views.nudges import Waiting
from bot.views.words import days
from bot.views.words import digest as words
from tests.views import reading
from tests.views.digests import BEFORE, FIRST, LAST, LINK, LOAD, MINE, NOW, SMALL, WEEK, figures

Json = dict[str, Any]

TIME = re.compile(r"\b(minutes?|hours?|an hour|½)\b")
PERSON = re.compile(r"<@[UW]\w+>")

SHARES = st.none() | st.floats(0, 1)
SECONDS = st.none() | st.integers(0, 10**7)
COUNTS = st.integers(0, 10**6)
FIGURES = st.builds(
    Figures, st.just(LAST), COUNTS, COUNTS, COUNTS, COUNTS, SHARES, SECONDS, SECONDS, SHARES, st.none() | COUNTS
)
NAMES = st.text(max_size=120)
SPANS = st.timedeltas(timedelta(), timedelta(days=400))
WAITINGS = st.builds(Waiting, st.just("C0ACME"), st.none() | NAMES, st.just(LINK), SPANS, SPANS)
USERS = st.sampled_from(["U0ANA", "U0LEE", "U0OMAR", "U0MIA"])
STORIES = st.builds(
    Story,
    st.integers(1, 10**6),
    USERS,
    st.lists(USERS, min_size=1, max_size=9).map(tuple),
    st.lists(st.sampled_from(Behaviour), max_size=6, unique=True).map(tuple),
    st.text(min_size=1, max_size=1000),
    st.sampled_from(Where),
    st.just(NOW),
    st.none() | st.just(LINK),
)
WEEKS = st.builds(
    TeamWeek,
    name=NAMES,
    week=st.just(LAST),
    figures=FIGURES,
    before=st.lists(FIGURES, max_size=8).map(
        lambda of: tuple(replace(one, week=week) for one, week in zip(of, BEFORE, strict=False))
    ),
    target=st.timedeltas(timedelta(minutes=1), timedelta(hours=720)),
    waiting=st.lists(WAITINGS, max_size=5).map(tuple),
    waiting_count=COUNTS,
    waited=st.booleans(),
    stories=st.lists(STORIES, max_size=3, unique_by=lambda story: story.id).map(tuple),
    names=st.dictionaries(USERS, NAMES),
    thanked=COUNTS,
    invitation=st.none() | st.sampled_from(Behaviour),
    late=st.booleans(),
)


def blocks(of: TeamWeek) -> list[Json]:
    found: list[Json] = digest.page(of).payload()["blocks"]
    return found


def test_the_pages_read_as_they_were_last_looked_at() -> None:
    assert reading.digests() == reading.FILE.read_text(encoding="utf-8")


@settings(max_examples=150)
@given(WEEKS)
def test_slack_takes_every_page_with_its_chart_and_with_the_table_instead(of: TeamWeek) -> None:
    payload = digest.page(of).payload()
    for said in (payload, charts.with_table(payload), digest.details(of).payload()):
        assert message_problems(said["blocks"]) == []
        assert 0 < len(said["text"]) <= 4000
    assert not charts.has_chart(charts.with_table(payload))


@settings(max_examples=150)
@given(WEEKS)
def test_a_page_rings_nobody_and_names_nobody_beside_a_time(of: TeamWeek) -> None:
    told = digest.page(replace(of, stories=(), waiting=(), name="Care")).payload()
    assert not PERSON.search(str(told))
    stories = [part for part in blocks(of) if str(part.get("block_id")).startswith(digest.KINDNESS)]
    assert not PERSON.search(reading.read({"blocks": stories}).replace("&lt;@", ""))
    lines = digest.waiting_lines([replace(one, customer="Ada") for one in of.waiting], of.waiting_count)
    assert not TIME.search(reading.plainly(lines))


@settings(max_examples=150)
@given(FIGURES, st.lists(FIGURES, max_size=8))
def test_speed_never_stands_alone(of: Figures, before: list[Figures]) -> None:
    """Beside it stands how often nobody had to ask again; and where either may not be told, neither is."""
    said = digest.speed(of, before)
    known = None not in (of.median_s, of.p90_s, of.not_asked_again)
    assert bool(said) is known
    assert ("ask again within a day" in said) is known


def test_a_team_of_two_keeps_its_counts_and_loses_its_times() -> None:
    payload = digest.page(SMALL).payload()
    assert "5 new conversations" in payload["text"]
    assert not TIME.search(str(payload).replace(words.MORE_IN_THREAD(), ""))
    assert not charts.has_chart(payload)
    assert "%" not in reading.read(digest.details(SMALL).payload())


def test_a_week_without_times_says_that_it_is_for_privacy() -> None:
    assert words.NO_TIMES() in reading.read(digest.page(SMALL).payload())
    for of in (WEEK, replace(SMALL, figures=Figures(LAST, 0, 0, 0, 0))):  # nothing is missing where nobody answered
        assert words.NO_TIMES() not in reading.read(digest.page(of).payload())


@pytest.mark.parametrize(("answers", "says"), [(1, False), (2, False), (3, True)])
def test_my_week_speaks_of_speed_and_of_what_is_usual_from_three_answers_on(answers: int, says: bool) -> None:
    of = replace(MINE, figures=figures(8, conversations=answers, answers=answers, answerers=1, median_s=60))
    said = reading.read(digest_mine.mine(of).payload())
    assert ("first reply" in said) is says
    assert ("usual" in said) is says
    assert ("in time" in said) is says


def test_a_week_in_which_i_answered_once_is_not_what_is_usual_for_me() -> None:
    once = tuple(figures(place, conversations=1, answers=1, answerers=1, median_s=60) for place in range(8))
    assert (
        "than usual"
        not in reading.read(digest_mine.mine(replace(MINE, before=once)).payload()).partition("first reply")[2]
    )


def test_a_load_counts_new_conversations_as_the_teams_page_does() -> None:
    load = replace(LOAD, load=replace(LOAD.load, answers=7, conversations=6))
    said = reading.read(digest_mine.managers(LAST, (load,)).payload())
    assert "The team answered *7 times*: *6 new conversations* and *1 follow-up question*." in said


def test_a_manager_finds_the_way_to_three_of_those_who_wait() -> None:
    many = replace(LOAD, waiting=(LOAD.waiting[0],) * 5, waiting_count=5)
    said = reading.read(digest_mine.managers(LAST, (many,)).payload())
    assert said.count(f"<{LINK}|") == 3
    assert "and 2 more" in said


def test_a_phone_shows_the_whole_table_with_the_first_reply_at_the_front() -> None:
    (table,) = [block for block in digest.details(WEEK).payload()["blocks"] if block["type"] == "table"]
    rows = [[cell["text"] for cell in row] for row in table["rows"]]
    assert rows[0][:2] == [words.WEEK(), words.CHART_REPLY()]
    assert len(rows[0]) <= 5
    assert sum(max(map(len, column)) for column in zip(*rows, strict=True)) <= 45  # letters that a phone has room for


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Europe/Lisbon", "Pacific/Honolulu"])
def test_everybody_reads_the_same_days_wherever_they_and_the_team_are(zone: str) -> None:
    """Slack's own dates go by the reader's clock, so that a week and a day off must not be written with them."""
    (week,) = last_weeks(zone, datetime(2026, 3, 11, 12, tzinfo=UTC), 1)
    pages = digest.page(replace(WEEK, week=week)), digest_mine.mine(replace(MINE, week=week))
    for message in (*pages, digest_mine.managers(week, (LOAD,))):
        assert "2 to 8 Mar 2026" in reading.read(message.payload())
        assert "<!date" not in str(message.payload())


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 3, 2), date(2026, 3, 8), "2 to 8 Mar 2026"),
        (date(2026, 3, 30), date(2026, 4, 5), "30 Mar to 5 Apr 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 Dec 2025 to 4 Jan 2026"),
    ],
)
def test_a_week_says_once_what_its_days_share(first: date, last: date, said: str) -> None:
    assert days.between(first, last) == said


def test_weeks_of_fewer_than_three_people_are_gaps_in_the_chart() -> None:
    hidden = Figures(BEFORE[3], 9, 9, 2, 0)
    of = replace(WEEK, before=(*WEEK.before[:3], hidden, *WEEK.before[4:]))
    (chart,) = (block for block in blocks(of) if block["type"] == charts.TYPE)
    assert days.short(hidden.week.monday) not in chart["chart"]["axis_config"]["categories"]
    assert len(chart["chart"]["axis_config"]["categories"]) == len(of.before)


def test_the_text_says_what_the_chart_shows() -> None:
    assert not charts.has_chart(digest.page(FIRST).payload())
    text = digest.page(WEEK).payload()["text"]
    assert text.endswith("16 Feb 46, 23 Feb 49, 2 Mar 42; the target is 60.")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "a minute"),
        (60, "a minute"),
        (90, "2 minutes"),
        (290, "5 minutes"),
        (9.6 * 60, "10 minutes"),
        (42 * 60, "40 minutes"),
        (52 * 60, "50 minutes"),
        (53 * 60, "an hour"),
        (74 * 60, "an hour"),
        (76 * 60, "an hour and a half"),
        (2 * 3600, "2 hours"),
        (2.4 * 3600, "2½ hours"),
        (9.7 * 3600, "9½ hours"),
        (12.6 * 3600, "13 hours"),
    ],
)
def test_times_are_rounded_as_a_person_would_say_them(seconds: float, said: str) -> None:
    assert words.span(int(seconds)) == said


@pytest.mark.parametrize(
    ("part", "of", "said"),
    [
        (1.0, 40, "all answers"),
        (0.99, 40, "nearly all answers"),
        (0.91, 40, "9 of 10 answers"),
        (0.5, 40, "about half of the answers"),
        (0.02, 90, "few answers"),
        (0.0, 40, "none of the answers"),
        (0.75, 4, "most answers"),
        (0.5, 4, "about half of the answers"),
        (0.25, 4, "some answers"),
    ],
)
def test_shares_are_said_in_tenths_or_of_a_few_in_words(part: float, of: int, said: str) -> None:
    assert words.share(part, of) == said


@pytest.mark.parametrize(
    ("usual", "last", "said"),
    [
        (None, None, ""),
        (Change.SAME, Change.SAME, "as usual"),
        (Change.LESS, Change.FAR_LESS, "a little faster than usual"),
        (Change.LESS, None, "a little faster than usual"),
        (None, Change.MORE, "a little slower than the week before"),
        (Change.SAME, Change.MORE, "as usual"),
        (Change.SAME, Change.FAR_MORE, "as usual, slower than the week before"),
        (Change.LESS, Change.SAME, "a little faster than usual"),
        (Change.FAR_MORE, Change.LESS, "slower than usual, a little faster than the week before"),
    ],
)
def test_the_week_before_is_named_where_it_tells_something_else(
    usual: Change | None, last: Change | None, said: str
) -> None:
    assert words.beside(Compared(usual, last), words.SPEED) == said


def test_a_story_that_is_hidden_leaves_the_page_and_an_empty_part_leaves_with_it() -> None:
    payload = digest.page(replace(WEEK, thanked=0, invitation=None)).payload()
    once = digest.retold(payload, 7, None, {})
    assert "bakery" not in str(once)
    assert "two forms" in str(once)
    gone = reading.read(digest.retold(once, 9, None, {}))
    assert "Kindness" not in gone
    assert "new conversations" in gone
    assert digest.retold(payload, 8, None, {}) == payload


def test_a_story_that_was_edited_is_told_anew_in_its_place() -> None:
    payload = digest.page(WEEK).payload()
    story = replace(WEEK.stories[0], reason="staying with the bakery family all day")
    again = digest.retold(payload, story.id, story, WEEK.names or {})
    assert again == digest.page(replace(WEEK, stories=(story, WEEK.stories[1]))).payload()
    assert digest.retold(again, story.id, WEEK.stories[0], WEEK.names or {}) == payload


def test_my_own_answers_after_hours_are_never_praised() -> None:
    said = reading.read(digest_mine.mine(MINE).payload())
    assert "2 of your answers came outside working hours. Nobody expects that of you." in said


@settings(max_examples=100)
@given(FIGURES, st.lists(FIGURES, max_size=8), st.lists(WAITINGS, max_size=5), COUNTS, COUNTS)
def test_slack_takes_every_page_of_one_person(
    of: Figures, before: list[Figures], waiting: list[Waiting], count: int, thanked: int
) -> None:
    payload = digest_mine.mine(MyWeek(LAST, of, tuple(before), tuple(waiting), count, thanked=thanked)).payload()
    assert message_problems(payload["blocks"]) == []
    assert 0 < len(payload["text"]) <= 4000


def test_no_word_blames_ranks_or_shouts() -> None:
    said = reading.digests().casefold().replace("<!", "").replace("&lt;!", "")
    for word in ("!", "failed", "late answer", "worst", "best", "top ", "rank", "score", "too slow", "missed", "bad "):
        assert word not in said, word


def test_a_week_without_anything_is_not_worth_saying() -> None:
    nothing = replace(SMALL, figures=Figures(LAST, 0, 0, 0, 0), thanked=0)
    assert not nothing.worth_saying
    assert not replace(nothing, invitation=Behaviour.KINDNESS).worth_saying
    assert not replace(nothing, waiting_count=1).worth_saying  # who asked this morning is of this week
    for of in (WEEK, SMALL, replace(nothing, waiting_count=1, waited=True), replace(nothing, figures=figures(8))):
        assert of.worth_saying
