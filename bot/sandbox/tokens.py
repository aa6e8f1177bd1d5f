"""Bot tokens that OAuth handed out: what they open, until when, and by what a new one is had."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.installed import App
from bot.sandbox.refused import Refused

LIFE = timedelta(hours=12)  # where the app rotates its tokens; a token that was replaced lives to its own end


@dataclass(slots=True)
class Token:
    """`dead`: Slack's word for why it opens nothing any more. `refresh` is good for one use."""

    value: str
    app: App
    expires_at: datetime | None = None
    refresh: str | None = None
    dead: str = ""


class Tokens:
    def __init__(self) -> None:
        self.issued: dict[str, Token] = {}

    def issue(self, app: App, now: datetime) -> Token:
        """One for this installation. Where tokens do not rotate, who installs again gets the one that there is."""
        if app.rotates:
            value, refresh = f"xoxe.xoxb-1-{secrets.token_hex(24)}", f"xoxe-1-{secrets.token_hex(24)}"
            token = Token(value, app, now + LIFE, refresh)
        elif app.installed and not app.token_revoked:
            token = self.issued.get(app.bot_token) or Token(app.bot_token, app)
        else:
            token = Token(f"xoxb-{app.team_id}-{secrets.token_hex(12)}", app)
        app.bot_token = token.value
        self.issued[token.value] = token
        return token

    def exchange(self, refresh: str, now: datetime) -> Token:
        """Raises Refused for one that was used before, or whose app was taken out."""
        for token in list(self.issued.values()):
            if token.refresh == refresh and not token.dead:
                token.refresh = None
                return self.issue(token.app, now)
        raise Refused("invalid_refresh_token")

    def end(self, app: App, why: str) -> None:
        """Of this installation no token opens anything any more."""
        for token in self.issued.values():
            if token.app is app:
                token.dead = why

    def check(self, value: str, now: datetime) -> App | None:
        """Whose token it is; None where it was not handed out by OAuth. Raises Refused."""
        token = self.issued.get(value)
        if token is None:
            return None
        if token.dead:
            raise Refused(token.dead)
        if token.expires_at is not None and now >= token.expires_at:
            raise Refused("token_expired")
        return token.app
