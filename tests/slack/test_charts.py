"""A chart that Slack does not take: the same message comes with a table, once."""

from typing import Any

import pytest

from bot.views import charts
from bot.views.blocks import section
from bot.views.charts import LineChart
from bot.views.message import Message
from tests.slack.bench import Bench

CHART = LineChart("Replies", ["2 Mar", "9 Mar"], {"Reply": [40, 30.5], "Target": [60, 60]}, "Week", "Minutes")
PAGE = Message("Our week", (section("*Our week*"), CHART)).payload()
POST, UPDATE = "chat.postMessage", "chat.update"


def blocks(bench: Bench) -> list[str]:
    """The kinds of block of the one message that stands there."""
    (message,) = bench.sandbox.record.dm("U1")
    return [block["type"] for block in message["blocks"]]


async def test_where_slack_takes_charts_the_chart_comes(bench: Bench) -> None:
    bench.say("k1", **PAGE)
    assert await bench.sender().drain() == 1
    assert blocks(bench) == ["section", charts.TYPE]
    assert bench.called(POST) == 1


async def test_where_slack_refuses_it_a_table_comes(bench: Bench) -> None:
    bench.fault("refuse_block", block=charts.TYPE)
    bench.say("k1", **PAGE)
    assert await bench.sender().drain() == 1
    assert blocks(bench) == ["section", "section", "table"]
    assert bench.errors() == {"k1": None}
    assert bench.called(POST) == 2


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "drop_after"},
        {"kind": "drop_before"},
        {"kind": "error", "error": "internal_error"},
        {"kind": "ratelimited"},
    ],
)
@pytest.mark.parametrize("skip", [0, 1])
async def test_it_comes_once_whatever_breaks_on_the_way(bench: Bench, fault: dict[str, Any], skip: int) -> None:
    """`skip` 1 breaks the request with the table."""
    bench.fault("refuse_block", block=charts.TYPE)
    bench.fault(**fault, skip=skip)
    bench.say("k1", **PAGE)
    for _ in range(4):
        await bench.sender().drain()
        bench.later(60)
    assert blocks(bench) == ["section", "section", "table"]
    assert bench.errors() == {"k1": None}


async def test_what_stands_is_changed_with_a_table_too(bench: Bench) -> None:
    bench.fault("refuse_block", block=charts.TYPE)
    bench.say("k1", **PAGE)
    await bench.sender().drain()
    (_, channel, ts) = bench.told[0]
    bench.say("k2", channel, UPDATE, **{**PAGE, "text": "Our week, anew", "ts": ts})
    await bench.sender().drain()
    assert blocks(bench) == ["section", "section", "table"]
    assert bench.sandbox.record.dm("U1")[0]["text"] == "Our week, anew"


async def test_other_blocks_that_slack_refuses_are_set_aside_at_once(bench: Bench) -> None:
    bench.say("k1", **Message("x", (section("y"),)).payload() | {"blocks": [{"type": "section"}]})
    assert await bench.sender().drain() == 0
    assert bench.errors() == {"k1": "invalid_blocks"}
    assert bench.called(POST) == 1


def test_a_message_without_a_chart_stays_as_it_is() -> None:
    payload = Message("x", (section("y"),)).payload()
    assert charts.with_table(payload) == payload
    assert not charts.has_chart({"text": "x"})
