"""How often Slack lets an app call, per workspace and method: a switch, off unless somebody turns it on."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.refused import Refused

MINUTE = 60.0
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}  # calls a minute

# By the tables of Slack's reference: all others are tier 3.
TIER: dict[str, int] = {
    **dict.fromkeys(("apps.connections.open", "apps.uninstall"), 1),
    **dict.fromkeys(("auth.teams.list", "conversations.list", "dnd.teamInfo", "reactions.remove"), 2),
    **dict.fromkeys(("usergroups.list", "usergroups.users.list", "users.conversations", "users.list"), 2),
    **dict.fromkeys(("api.test", "apps.event.authorizations.list", "chat.postEphemeral", "conversations.members"), 4),
    **dict.fromkeys(("files.completeUploadExternal", "files.getUploadURLExternal", "oauth.v2.access"), 4),
    **dict.fromkeys(("users.info", "users.profile.get"), 4),
    **dict.fromkeys(("views.open", "views.publish", "views.push", "views.update"), 4),
}
SPECIAL = {"auth.test": 300, "chat.getPermalink": 300, "chat.postMessage": 300}  # "hundreds": Slack names no figure

POSTS_AT_ONCE = 3  # one a second and channel, but that a short burst is let pass


class Limited(Refused):
    """`retry_after`: whole seconds, as the header has them."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("ratelimited")
        self.retry_after = max(1, math.ceil(retry_after))


@dataclass(slots=True)
class Limits:
    """By real time, as the app that is told to wait does it. `spent`: how often it was told to."""

    on: bool = False
    monotonic: Callable[[], float] = time.monotonic
    spent: int = 0
    _calls: dict[tuple[str, ...], deque[float]] = field(default_factory=dict)

    def take(self, team_id: str, method: str, channel: str | None = None) -> None:
        """Count a call of the app's in a workspace. Raises Limited."""
        if not self.on:
            return
        windows = [(self._window(team_id, method), self.allowed(method), MINUTE)]
        if method == "chat.postMessage" and channel:
            windows.append((self._window(team_id, method, channel), POSTS_AT_ONCE, float(POSTS_AT_ONCE)))
        now = self.monotonic()
        waits = [_left(calls, most, span, now) for calls, most, span in windows]
        if max(waits) > 0:
            self.spent += 1
            raise Limited(max(waits))
        for calls, _, _ in windows:
            calls.append(now)

    def allowed(self, method: str) -> int:
        """Calls a minute."""
        return SPECIAL.get(method) or TIERS[TIER.get(method, 3)]

    def _window(self, *key: str) -> "deque[float]":
        return self._calls.setdefault(key, deque())


def _left(calls: "deque[float]", most: int, span: float, now: float) -> float:
    """Seconds until the next call is let pass; 0 at once."""
    while calls and calls[0] <= now - span:
        calls.popleft()
    return calls[0] + span - now if len(calls) >= most else 0.0
