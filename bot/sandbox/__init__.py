"""An embedded pretend Slack on loopback, as strict as Slack: for the demo, for tests, for trying the bot."""

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Fault
from bot.sandbox.refused import Refused
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World

__all__ = ["Clock", "Fault", "Refused", "Sandbox", "World"]
