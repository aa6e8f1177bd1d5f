"""What every handler and job is handed, and the one place that asks the machine what time it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.settings import Settings
from bot.slack.clients import Clients
from bot.slack.installed import Installed
from bot.slack.sender import Sender
from bot.store.db import Db
from bot.store.workspaces import Workspaces
from bot.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Deps:
    """Made by bot.app, once a process. `now` gives aware UTC, on whatever clock this process lives by."""

    settings: Settings
    db: Db
    slack: Clients
    now: Callable[[], datetime]
    workspaces: Workspaces
    writer: Writer
    sender: Sender
    installed: Installed | None = None  # where workspaces let CareCue in by OAuth; `slack` is the same then


def wall_clock() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)
