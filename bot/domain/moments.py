"""Slack's message ids (`ts`, seconds with six decimals) as moments, exact to the microsecond."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(4096)
def moment(ts: str) -> datetime:
    """The aware UTC moment of a `ts`. Raises ValueError for what is not one."""
    seconds, _, fraction = ts.partition(".")
    return EPOCH + timedelta(seconds=int(seconds), microseconds=int(fraction[:6].ljust(6, "0")))


def ts_of(at: datetime) -> str:
    """The `ts` that a message posted at this moment would have."""
    since = at - EPOCH
    return f"{since.days * 86400 + since.seconds}.{since.microseconds:06d}"
