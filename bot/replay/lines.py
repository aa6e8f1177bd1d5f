"""A conversation as a line of JSON, and the figures as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.domain.setup import DEFAULT_LADDER
from bot.replay.figures import Result
from bot.replay.stories import Nudge, Story, WaitTold


def line(story: Story, channels: Mapping[str, str]) -> str:
    """One conversation; `ts` are Slack's own, other moments ISO 8601 in UTC, lengths working seconds."""
    conversation = story.conversation
    return json.dumps(
        {
            "channel": conversation.channel,
            "channel_name": channels.get(conversation.channel, conversation.channel),
            "root_ts": conversation.root_ts,
            "customer": conversation.customer,
            "turn": conversation.turn,
            "message_ts": story.message_ts,
            "waits": [_wait(told) for told in story.waits],
        }
    )


def figures(result: Result) -> str:
    """The whole replay as one object."""
    return json.dumps(asdict(result))


def _wait(told: WaitTold) -> dict[str, Any]:
    return {
        "from_ts": told.wait.from_ts,
        "to_ts": told.wait.to_ts,
        "ended_by": told.wait.ended_by,
        "first": told.wait.first,
        "working_s": told.working.total_seconds() if told.working is not None else None,
        "nudges": [_nudge(nudge) for nudge in told.nudges[0]],
    }


def _nudge(nudge: Nudge) -> dict[str, Any]:
    return {
        "at": nudge.at.isoformat(),
        "step": nudge.step + 1,
        "percent": DEFAULT_LADDER[nudge.step].at,
        "to": nudge.to,
    }
