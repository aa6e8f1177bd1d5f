"""What is counted of the talk with Slack, and by which names."""

import logging

import pytest

from bot.metrics import REGISTRY
from bot.slack.client import Slack
from bot.slack.errors import SlackError
from tests.slack.bench import Bench

POST, OPEN = "chat.postMessage", "conversations.open"


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def calls(outcome: str, method: str = OPEN) -> float:
    return counted("carecue_slack_calls_total", method=method, outcome=outcome)


@pytest.mark.parametrize(
    ("kind", "more", "outcome"),
    [
        ("error", {"error": "channel_not_found"}, "channel_not_found"),
        ("error", {"error": "invalid_blocks [json-pointer:/blocks/0]"}, "invalid_blocks"),
        ("error", {"error": "internal_error"}, "unclear"),
        ("ratelimited", {"retry_after": 1}, "ratelimited"),
        ("drop_before", {}, "unclear"),
    ],
)
async def test_a_refusal_is_counted_by_slacks_name_for_it(
    bench: Bench, slack: Slack, kind: str, more: dict[str, object], outcome: str
) -> None:
    """And no call is: each outcome is a series, and what Slack appends to a name is another one each time."""
    before = calls(outcome), calls("ok")
    bench.fault(kind, OPEN, **more)
    with pytest.raises(SlackError):
        await slack.open_dm("U1")
    assert (calls(outcome), calls("ok")) == (before[0] + 1, before[1])


async def test_an_answer_is_counted_with_how_long_it_took(slack: Slack) -> None:
    before = calls("ok"), counted("carecue_slack_seconds_count", method=OPEN)
    await slack.open_dm("U1")
    assert (calls("ok"), counted("carecue_slack_seconds_count", method=OPEN)) == (before[0] + 1, before[1] + 1)


async def test_what_was_said_is_counted_with_how_long_its_reader_waited(bench: Bench) -> None:
    count, total = (counted(f"carecue_said_seconds_{part}", method=POST) for part in ("count", "sum"))
    bench.say("a")
    bench.later(40)
    await bench.sender().drain()
    assert counted("carecue_said_seconds_count", method=POST) == count + 1
    assert counted("carecue_said_seconds_sum", method=POST) == pytest.approx(total + 40)


async def test_what_slack_refuses_is_counted_and_its_line_in_the_log_has_the_id_to_retry_it_by(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    before = counted("carecue_not_said_total", method=POST)
    bench.fault("error", error="msg_too_long")
    bench.say("a")
    with caplog.at_level(logging.WARNING, logger="bot"):
        await bench.sender().drain()
    assert counted("carecue_not_said_total", method=POST) == before + 1
    assert "msg_too_long. Reference: outbox 1." in caplog.text
