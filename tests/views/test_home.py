"""The Home tab as people read it: calm, theirs, and within what Slack takes however much there is to show."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.behaviours import Behaviour
from bot.domain.kudos import Where
from bot.domain.statistics import Figures
from bot.domain.weekly import Weekly
from bot.sandbox.blocks import view_problems
from bot.views import home, home_digest, home_health, home_teams
from bot.views.home import Page
from bot.views.home_digest import Chosen
from bot.views.home_health import Failure, Health, Known
from bot.views.home_teams import Led
from bot.views.kudos import Story
from bot.views.kudos_pages import Unthanked
from bot.views.nudges import Waiting
from bot.views.words import common
from tests.views import snapshots
from tests.views.homes import (
    AGENT,
    HEALTH,
    HOMES,
    LAST,
    LED,
    LINK,
    MANAGER,
    MINE,
    NOW,
    QUIET,
    READ,
    THIS,
    UNWELL,
    WAITING,
)

Json = dict[str, Any]

FEW = st.integers(0, 30)
NAMES = st.text(max_size=200)
SPANS = st.timedeltas(timedelta(), timedelta(days=400))
SHARES = st.none() | st.floats(0, 1)
USERS = st.from_regex(r"U[0-9A-Z]{3,10}", fullmatch=True)
FIGURES = st.builds(
    Figures,
    week=st.sampled_from([THIS, LAST]),
    conversations=st.integers(0, 10**6),
    answers=st.integers(0, 10**6),
    answerers=FEW,
    silence_broken=FEW,
    within_target=SHARES,
    median_s=st.none() | st.integers(0, 10**7),
    not_asked_again=SHARES,
)
WAITINGS = st.builds(
    Waiting, st.just("C0ACME"), NAMES, st.just(LINK), SPANS, SPANS, owner=st.none() | USERS, new_here=st.booleans()
)
STORIES = st.builds(
    Story,
    id=st.integers(1, 2**62),
    giver=USERS,
    receivers=st.lists(USERS, min_size=1, max_size=5).map(tuple),
    behaviours=st.lists(st.sampled_from(Behaviour), max_size=6).map(tuple),
    reason=st.text(min_size=1, max_size=1000),
    where=st.sampled_from(Where),
    at=st.just(NOW),
)
PEOPLE = st.builds(Unthanked, USERS, st.lists(st.just(LINK), max_size=3).map(tuple))
LEDS = st.builds(
    Led,
    name=NAMES,
    waits=st.integers(0, 10**6),
    longest=st.none() | SPANS,
    last_week=FIGURES,
    so_far=FEW,
    unthanked=st.lists(PEOPLE, max_size=30).map(tuple),
    unthanked_days=st.integers(1, 365),
)
HEALTHS = st.builds(
    Health,
    at=st.just(NOW),
    heard_at=st.none() | st.just(NOW),
    events=st.integers(0, 10**6),
    events_most=st.just(10_000),
    outbox=FEW,
    oldest=st.none() | st.just(NOW),
    failure=st.none() | st.builds(Failure, reference=NAMES, error=NAMES, at=st.just(NOW)),
    teams=st.lists(st.builds(Known, NAMES, FEW, FEW, st.none() | st.just("C0CARE")), max_size=30).map(tuple),
    outside=st.lists(st.just("C0ACME"), max_size=30).map(tuple),
    without_team=st.lists(st.just("C0ACME"), max_size=30).map(tuple),
)
PAGES = st.builds(
    Page,
    at=st.just(NOW),
    in_team=st.booleans(),
    is_agent=st.booleans(),
    waiting=st.lists(WAITINGS, max_size=home.MOST_WAITING).map(tuple),
    waits=st.integers(0, 10**6),
    this_week=st.none() | FIGURES,
    last_week=st.none() | FIGURES,
    led=st.lists(LEDS, max_size=home_teams.MOST_TEAMS).map(tuple),
    more_led=st.lists(NAMES, max_size=30).map(tuple),
    stories=st.lists(STORIES, max_size=home.MOST_STORIES).map(tuple),
    health=st.none() | HEALTHS,
)
OURS = r"<(@U[0-9A-Z]+|#C[0-9A-Z]+|!date\^.*|https://linden\.[^>]*)>"


def strings(thing: object) -> Iterator[str]:
    """Every text of a view, wherever it stands."""
    if isinstance(thing, dict):
        yield from (value for key, value in thing.items() if key == "text" and isinstance(value, str))
    for part in thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ():
        yield from strings(part)


def text(page: Page) -> str:
    return snapshots.drawn(home.home(page).view())


def test_everything_of_the_home_tab_reads_as_it_was_last_looked_at() -> None:
    assert snapshots.homes() == snapshots.FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("view", [*HOMES.values(), *READ.values()], ids=[*HOMES, *READ])
def test_every_view_is_one_that_slack_takes(view: Json) -> None:
    assert view_problems(view) == []


@settings(max_examples=60)  # each draws a page of up to eighty blocks
@given(PAGES)
def test_however_much_there_is_to_show_it_is_a_page_that_slack_takes(page: Page) -> None:
    view = home.home(page).view()
    assert view_problems(view) == []
    assert 0 < len(view["blocks"]) <= 100
    assert sum(block["type"] == "actions" for block in view["blocks"]) <= 2


@settings(max_examples=60)
@given(PAGES)
def test_nobodys_name_or_words_can_mention_link_or_ring(page: Page) -> None:
    for block in home.home(page).view()["blocks"]:
        if block["type"] in ("section", "context"):
            found = [part for said in strings(block) for part in re.findall(r"<[^>]*>", said)]
            assert all(re.fullmatch(OURS, part) for part in found), found


def test_who_is_not_of_ours_sees_no_internal_word_and_nothing_to_press() -> None:
    view = json.dumps(home.nothing().view()).casefold()
    words = ("care", "team", "kudos", "wait", "target", "week", "digest", "setting", "agent", "manager", "customer")
    assert not [word for word in words if word in view]
    assert "action" not in view


@given(PAGES, st.timedeltas(timedelta(), timedelta(hours=2)))
@settings(max_examples=40)
def test_a_page_that_only_grows_older_is_the_same_page(page: Page, passed: timedelta) -> None:
    calm = replace(page, waiting=(), led=(), health=None)
    assert home.home(calm).digest == home.home(replace(calm, at=NOW + passed)).digest


@pytest.mark.parametrize(("minutes", "is_news"), [(0, False), (2, False), (3, True), (60, True)])
def test_a_wait_is_news_every_five_minutes(minutes: int, is_news: bool) -> None:
    older = replace(WAITING, waited=WAITING.waited + timedelta(minutes=minutes))  # 47 minutes and more
    before, after = (home.home(replace(QUIET, waiting=(one,), waits=1)) for one in (WAITING, older))
    assert (before.digest != after.digest) is is_news
    assert "47 minutes of 1 hour" in snapshots.drawn(before.view())


@pytest.mark.parametrize(
    "change",
    [
        replace(AGENT, waits=3),
        replace(AGENT, stories=()),
        replace(AGENT, this_week=replace(AGENT.this_week or QUIET.this_week, answers=13)),  # type: ignore[type-var]
        replace(AGENT, health=HEALTH),
        replace(AGENT, led=(LED,)),
    ],
)
def test_what_changes_the_page_changes_its_digest(change: Page) -> None:
    assert home.home(change).digest != home.home(AGENT).digest


def test_every_event_and_every_message_on_its_way_is_no_news_to_an_admin() -> None:
    busy = replace(HEALTH, events=HEALTH.events + 1, outbox=2, oldest=NOW)
    assert home.home(Page(NOW, health=busy)).digest == home.home(Page(NOW, health=HEALTH)).digest
    late = replace(busy, oldest=NOW - home_health.LATE - timedelta(seconds=1))
    assert home.home(Page(NOW, health=late)).digest != home.home(Page(NOW, health=HEALTH)).digest


def test_of_a_team_of_two_a_manager_sees_no_times() -> None:
    small = replace(LED, last_week=Figures(LAST, 41, 60, 2, 2))
    told = text(replace(MANAGER, led=(small,)))
    assert "41 new conversations answered" in told
    assert "No times, for privacy" in told
    assert "first reply" not in told
    assert "in time" not in told


@pytest.mark.parametrize(("answers", "says"), [(1, False), (2, False), (3, True)])
def test_my_week_speaks_of_speed_from_three_answers_on(answers: int, says: bool) -> None:
    told = text(replace(QUIET, this_week=replace(MINE, conversations=answers, answers=answers)))
    assert ("first reply" in told) is says
    assert ("in time" in told) is says


def test_a_manager_finds_the_way_to_three_of_those_who_wait() -> None:
    told = text(replace(MANAGER, led=(replace(LED, waits=9, waiting=(WAITING,) * 9),)))
    assert told.count("• *Ada* in <#C0ACME> · <Open thread>") == 3
    assert "and 6 more" in told


def test_whatever_is_read_and_done_with_is_closed_with_the_same_word() -> None:
    assert home_digest.saved()["close"]["text"] == common.CLOSE()
    assert {view["close"]["text"] for view in READ.values()} == {common.CLOSE()}


def test_a_manager_who_answers_nobody_has_the_team_first_and_an_agent_the_customers() -> None:
    assert text(MANAGER).startswith("# Team Care")
    assert text(replace(AGENT, led=(LED,))).startswith("# 2 customers are waiting")


def test_what_is_not_well_says_what_to_do() -> None:
    told = text(Page(NOW, health=UNWELL))
    assert "type `/invite @CareCue` there" in told
    assert "`nudge:17:reply` in the outbox" in told


@given(st.booleans(), st.booleans(), st.integers(0, 6), st.integers(0, 24 * 60 - 1))
def test_what_stands_in_the_digest_form_comes_back_when_it_is_sent_off(
    mine: bool, managers: bool, weekday: int, minute: int
) -> None:
    chosen = Chosen(mine, managers, Weekly(weekday, minute))
    view = home_digest.form(chosen, leads=True)
    assert view_problems(view) == []
    assert home_digest.read(_sent_off(view)) == chosen


@pytest.mark.parametrize("day", ["7", "-1", "x"])
def test_a_day_that_was_not_offered_is_refused(day: str) -> None:
    sent = _sent_off(home_digest.form(Chosen(True, True, Weekly()), leads=True))
    sent["state"]["values"][home_digest.DAY][home_digest.DAY]["selected_option"]["value"] = day
    with pytest.raises(ValueError, match=r"range|int"):
        home_digest.read(sent)


def _sent_off(view: Json) -> Json:
    """As Slack sends what nobody touched."""
    values: Json = {}
    for block in view["blocks"]:
        element = block["element"]
        state = {
            "selected_options": element.get("initial_options", []),
            "selected_option": dict(element.get("initial_option") or {}),
            "selected_time": element.get("initial_time"),
        }
        values[block["block_id"]] = {element["action_id"]: state}
    return view | {"state": {"values": values}}
