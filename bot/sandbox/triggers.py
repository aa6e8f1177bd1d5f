"""Short-lived permits that an interaction hands to the app: to open a modal, to answer by URL."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.installed import App
from bot.sandbox.messages import Message
from bot.sandbox.refused import Refused

TRIGGER_SECONDS = 3.0
HOOK_USES = 5
HOOK_LIFE = timedelta(minutes=30)


@dataclass(slots=True)
class Trigger:
    user: str
    since: float
    view_id: str | None
    app: App | None = None  # the installation that was told; None lets any open by it
    spent: bool = False


class Triggers:
    """A trigger opens one view, within three seconds of real time: people do not wait on the sandbox's clock."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._triggers: dict[str, Trigger] = {}

    def issue(self, user: str, view_id: str | None = None, app: App | None = None) -> str:
        trigger_id = f"{len(self._triggers) + 1}.{secrets.token_hex(4)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(user, self._monotonic(), view_id, app)
        return trigger_id

    def spend(self, trigger_id: str, app: App) -> Trigger:
        """By the installation that calls. Raises Refused."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None or (trigger.app is not None and not trigger.app.shares_bot(app)):
            raise Refused("invalid_trigger_id")
        if trigger.spent:
            raise Refused("exchanged_trigger_id")
        if self._monotonic() - trigger.since > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        trigger.spent = True
        return trigger


@dataclass(slots=True)
class Hook:
    """Where a response_url leads: to this person, in this channel, about this message."""

    user: str
    channel: str
    message: Message | None
    until: datetime
    left: int = HOOK_USES
    app: App | None = None  # who answers by it, where it is not the first workspace's


class Hooks:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._hooks: dict[str, Hook] = {}

    def issue(self, user: str, channel: str, message: Message | None = None, app: App | None = None) -> str:
        """The path of a new response_url."""
        key = secrets.token_urlsafe(18)
        self._hooks[key] = Hook(user, channel, message, self._now() + HOOK_LIFE, app=app)
        return f"/hooks/{key}"

    def use(self, key: str) -> Hook:
        hook = self._hooks.get(key)
        if hook is None:
            raise Refused("no_service")
        if self._now() > hook.until:
            raise Refused("expired_url")
        if hook.left <= 0:
            raise Refused("used_url")
        hook.left -= 1
        return hook
