"""Replay: what the bot would have seen and done, had it been there for a Slack export."""

from bot.replay.archive import BadExport
from bot.replay.figures import Result, Times
from bot.replay.options import Options
from bot.replay.shares import replay

__all__ = ["BadExport", "Options", "Result", "Times", "replay"]
