"""Installs that somebody has begun: what Slack sends back counts once, for ten minutes, in the same browser."""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from bot.store.installation_tables import oauth_states

GOOD_FOR = timedelta(minutes=10)
MOST = 10_000  # begun at a time: whoever asks for more fills nobody's disk


def begin(tx: Connection, state: str, browser: str, now: datetime) -> bool:
    """Whether it may begin: `state` goes to Slack and back, `browser` is that browser's cookie."""
    going = select(func.count()).where(oauth_states.c.expires_at > now)
    if tx.execute(going.select_from(oauth_states)).scalar_one() >= MOST:
        return False
    row = {"state": _mark(state), "browser": _mark(browser), "expires_at": now + GOOD_FOR, "team_id": ""}
    tx.execute(insert(oauth_states).values(row))
    return True


def take(tx: Connection, state: str, browser: str, now: datetime) -> bool:
    """Whether this is an install that was begun, in this browser and in time. Whatever it is, it never counts again."""
    gone = delete(oauth_states).where(oauth_states.c.state == _mark(state))
    row = tx.execute(gone.returning(oauth_states.c.browser, oauth_states.c.expires_at)).first()
    return row is not None and row.expires_at > now and hmac.compare_digest(row.browser, _mark(browser))


def forget(tx: Connection, before: datetime, limit: int) -> int:
    """Let go of what was not finished in time by then, at most `limit`; how many they were."""
    late = select(oauth_states.c.state).where(oauth_states.c.expires_at < before).limit(limit)
    gone = delete(oauth_states).where(oauth_states.c.state.in_(late))
    return len(tx.execute(gone.returning(oauth_states.c.state)).all())


def _mark(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
