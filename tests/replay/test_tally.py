"""The figures of a report, held against a count over the conversations that `--conversations` writes."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hours import Schedule, Week
from bot.domain.moments import moment
from bot.domain.setup import Targets
from bot.replay import Options, Result

Export = Any  # the writer of conftest.py

ZONE = ZoneInfo("Europe/Berlin")
OFFICE = Week(ZONE.key, (((time(8), time(18)),),) * 5 + ((), ()))
HOUR, HALF, TWO = (Targets(timedelta(minutes=m), timedelta(minutes=2 * m)) for m in (60, 30, 120))
OPTIONS = Options(OFFICE, HOUR, None, (HALF, TWO))
AGENTS = ("UAGENT", "UOTHER", "UTHIRD")


class Wait(NamedTuple):
    """As a line of the file tells it; `took` is counted here, also for who still waits."""

    began: datetime
    ended: datetime | None
    by: str | None
    first: bool
    answered: bool
    took: float


@pytest.fixture(scope="module")
def told(
    new_export: type[Any], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Result, list[dict[str, Any]], Export]:
    """Five weeks of three agents, one of whom comes late; some are never answered."""
    random, export = Random(7), new_export(tmp_path_factory.mktemp("weeks"))
    export.users.append({"id": "UTHIRD", "team_id": "T0OURS", "name": "third"})
    for day in range(35):
        for number in range(random.randrange(7)):
            _conversation(export, random, day * 1440 + random.randrange(-120, 700), f"ext-{number}", day)
    export.said(35 * 1440, "UAGENT", "Good morning all.", channel="ours")
    return export.replay(OPTIONS), export.lines(OPTIONS), export


def _conversation(export: Export, random: Random, minute: float, channel: str, day: int) -> None:
    asked = export.said(minute, "UACME", channel=channel)
    for _ in range(random.randrange(4)):
        minute += random.expovariate(1 / 50)
        agents = AGENTS if day > 9 else AGENTS[:2]
        export.said(minute, random.choice(agents), "Like this.", channel=channel, thread=asked)
        minute += random.expovariate(1 / 30)
        text = random.choice(["And how do I undo it?", "Thanks, that works!"])
        export.said(minute, "UACME", text, channel=channel, thread=asked)


def _waits(lines: list[dict[str, Any]], export: Export, until: datetime) -> Iterator[Wait]:
    who = {message["ts"]: message["user"] for said in export.messages.values() for message in said}
    schedule = Schedule(OFFICE)
    for wait in (wait for line in lines for wait in line["waits"]):
        began, ended = moment(wait["from_ts"]), moment(wait["to_ts"]) if wait["to_ts"] else None
        took = schedule.elapsed(began, ended or until).total_seconds()
        yield Wait(began, ended, who.get(wait["to_ts"]), wait["first"], wait["ended_by"] == "answer", took)


@pytest.fixture(scope="module")
def waits(told: tuple[Result, list[dict[str, Any]], Export]) -> list[Wait]:
    result, lines, export = told
    return list(_waits(lines, export, moment(str(result.until))))


def _kept(waits: list[Wait], targets: Targets) -> float:
    """Of those answered, or open for longer than the target."""
    limit = {True: targets.first.total_seconds(), False: targets.next.total_seconds()}
    decided = [w for w in waits if w.answered or (w.ended is None and w.took > limit[w.first])]
    return sum(w.answered and w.took <= limit[w.first] for w in decided) / len(decided)


def test_kept_is_the_share_of_waits_that_were_answered_in_time(
    told: tuple[Result, list[dict[str, Any]], Export], waits: list[Wait]
) -> None:
    result = told[0]
    assert [tried.kept for tried in result.tried] == [_kept(waits, one) for one in OPTIONS.tries]
    assert 0 < (result.tried[1].kept or 0) < (result.tried[0].kept or 0) < (result.tried[2].kept or 0) < 1


def test_one_pass_tells_of_each_target_what_a_pass_of_its_own_tells(
    told: tuple[Result, list[dict[str, Any]], Export],
) -> None:
    result, _, export = told
    for tried, targets in zip(result.tried, OPTIONS.tries, strict=True):
        assert export.replay(replace(OPTIONS, targets=targets, what_if=())).tried == (tried,)


def test_nudges_are_those_of_the_lines_by_day_and_as_close_to_the_answer(
    told: tuple[Result, list[dict[str, Any]], Export],
) -> None:
    result, lines, export = told
    first = result.tried[0]
    waited = [wait for line in lines for wait in line["waits"]]
    nudges = [(datetime.fromisoformat(n["at"]), n, wait) for wait in waited for n in wait["nudges"]]
    assert first.nudges == len(nudges) > 50
    assert first.nudges_by_step == tuple(sum(n["step"] == step for _, n, _ in nudges) for step in (1, 2, 3, 4))
    soon = [at for at, _, w in nudges if w["to_ts"] and moment(w["to_ts"]) - at <= timedelta(minutes=2)]
    assert first.soon_answered == len(soon) > 0
    by_day = Counter(at.astimezone(ZONE).date() for at, _, _ in nudges)
    days = {*by_day, *_agent_days(lines, export)}
    assert first.a_day is not None
    assert sum(count for _, count in first.a_day.bars) == len(days)
    assert first.a_day.most == max(by_day.values())
    agent_days = sum(map(len, _agent_days(lines, export).values()))
    assert first.per_agent_day == sum(n["step"] <= 2 for _, n, _ in nudges) / agent_days


def _agent_days(lines: list[dict[str, Any]], export: Export) -> dict[Any, set[str]]:
    """Who wrote to customers on which local day."""
    who = {message["ts"]: message["user"] for said in export.messages.values() for message in said}
    found: dict[Any, set[str]] = defaultdict(set)
    for ts in (ts for line in lines for ts in line["message_ts"] if who[ts] in AGENTS):
        found[moment(ts).astimezone(ZONE).date()].add(who[ts])
    return found


def test_weeks_and_hours_are_by_when_the_customer_began_to_wait_and_tell_nothing_of_two(
    told: tuple[Result, list[dict[str, Any]], Export], waits: list[Wait]
) -> None:
    result = told[0]
    for periods, name in ((result.weeks, _week), (result.hours, lambda at: f"{at.hour:02}")):
        assert sum(period.asked for period in periods) == len(waits)
        for period in periods:
            here = [w for w in waits if name(w.began.astimezone(ZONE)) == period.name]
            first = sorted(w.took for w in here if w.first and w.answered)
            people = {w.by for w in here if w.first and w.answered}
            assert period.asked == len(here)
            assert (period.times.p50 is not None) == (len(people) >= 3)
            if len(people) >= 3:
                assert period.times.p50 == first[(len(first) + 1) // 2 - 1]
                assert period.kept == _kept(here, HOUR)
            else:
                assert (period.kept, period.times.p90) == (None, None)
    assert [week.times.p50 is None for week in result.weeks[:2]] == [True, False]


def _week(local: datetime) -> str:
    return (local.date() - timedelta(days=local.weekday())).isoformat()


def test_who_was_never_answered_is_listed_the_latest_first(
    told: tuple[Result, list[dict[str, Any]], Export], waits: list[Wait]
) -> None:
    result = told[0]
    open_ = [w for w in waits if w.ended is None and w.took > (3600 if w.first else 7200)]
    assert result.unanswered == len(open_) > 5
    assert [moment(one.from_ts) for one in result.latest_unanswered] == sorted((w.began for w in open_), reverse=True)[
        :30
    ]
    assert {one.customer for one in result.latest_unanswered} == {"uacme"}


def test_busy_hours_count_every_message_of_a_customer(told: tuple[Result, list[dict[str, Any]], Export]) -> None:
    result, _, export = told
    at = [moment(m["ts"]).astimezone(ZONE) for said in export.messages.values() for m in said if m["user"] == "UACME"]
    assert {(day, hour): count for day, hour, count in result.busy} == Counter((one.weekday(), one.hour) for one in at)


def test_the_load_is_how_many_conversations_one_of_ours_was_in_on_a_day(
    told: tuple[Result, list[dict[str, Any]], Export],
) -> None:
    result, lines, export = told
    who = {message["ts"]: message["user"] for said in export.messages.values() for message in said}
    days = Counter(
        pair
        for line in lines
        for pair in {(moment(ts).astimezone(ZONE).date(), who[ts]) for ts in line["message_ts"] if who[ts] in AGENTS}
    )
    assert result.load is not None
    assert (result.agent_days, result.answerers) == (len(days), 3)
    assert sum(count for _, count in result.load.bars) == len(days)
    assert result.load.most == max(days.values())


def test_the_target_that_could_have_been_kept_is_the_shortest_that_was_nine_times_in_ten(export: Export) -> None:
    for minutes in range(1, 21):
        asked = export.said(100 * minutes, "UACME", channel="x")
        export.said(100 * minutes + minutes, "UAGENT", "Like this.", channel="x", thread=asked)
    assert export.replay().could_keep_s == 18 * 60
    export.said(3000, "UBOLT", channel="y")
    export.said(3061, "UOTHER", channel="z")
    result = export.replay()
    assert (result.unanswered, result.could_keep_s) == (1, 19 * 60)


def test_where_more_than_one_in_ten_was_never_answered_no_target_could_have_been_kept(export: Export) -> None:
    asked = export.said(0, "UACME", channel="x")
    export.said(5, "UAGENT", "Like this.", channel="x", thread=asked)
    export.said(20, "UBOLT", channel="y")
    export.said(200, "UOTHER", channel="z")
    result = export.replay()
    assert (result.could_keep_s, result.answers_kept_s) == (None, 300)


def test_who_has_only_begun_to_wait_when_the_export_ends_is_neither_kept_nor_missed(export: Export) -> None:
    asked = export.said(0, "UACME", channel="x")
    export.said(5, "UAGENT", "Like this.", channel="x", thread=asked)
    export.said(100, "UBOLT", channel="y")
    export.said(160, "UOTHER", channel="z")
    result = export.replay()
    assert (result.unanswered, result.tried[0].kept, result.could_keep_s) == (0, 1.0, 300)


def test_later_replies_have_as_much_more_time_as_under_the_target_that_was_given(export: Export) -> None:
    asked = export.said(0, "UACME")
    export.said(1, "UAGENT", "Like this.", thread=asked)
    export.said(2, "UACME", "And that?", thread=asked)
    export.said(32, "UAGENT", "Like that.", thread=asked)
    assert export.replay().could_keep_s == 15 * 60
    thrice = Targets(timedelta(hours=1), timedelta(hours=3))
    assert export.replay(Options(targets=thrice)).could_keep_s == 10 * 60


def test_the_load_of_two_is_not_told(export: Export) -> None:
    asked = export.said(0, "UACME")
    for minute, agent in enumerate(("UAGENT", "UOTHER")):
        export.said(1 + minute, agent, "Like this.", thread=asked)
    result = export.replay()
    assert (result.load, result.tried[0].per_agent) == (None, None)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (None, "https://app.slack.com/client/T0OURS/C0ACME/thread/C0ACME-{root}"),
        ("https://linden.slack.com", "https://linden.slack.com/archives/C0ACME/p{dotless}?thread_ts={root}&cid=C0ACME"),
    ],
)
def test_a_link_leads_to_the_message(export: Export, url: str | None, link: str) -> None:
    root = export.said(0, "UACME")
    export.said(1, "UAGENT", "Like this.", thread=root)
    again = export.said(2, "UACME", "And that?", thread=root)
    export.said(500, "UOTHER", channel="z")
    [one] = export.replay(Options(url=url)).latest_unanswered
    assert one.link == link.format(root=root, dotless=again.replace(".", ""))


def test_memory_of_what_is_listed_stays_small(export: Export) -> None:
    """However many were never answered."""
    for minute in range(400):
        export.said(minute * 10, "UACME", thread=export.ts(minute * 10 - 5000))
    result = export.replay()
    assert result.unanswered > 380
    assert len(result.latest_unanswered) == 30
    assert len(json.dumps(result.latest_unanswered[0].link)) < 120
