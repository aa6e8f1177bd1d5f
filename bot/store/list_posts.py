"""Where a person's list stands, and how it gets there: posted anew and the old one taken away, or edited in place.

A key in the outbox tells what something is: `list:U1:7:ping` is the seventh post of U1's list, and counts as a ping.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, select, update

from bot.domain.living_list import Rung
from bot.store import outbox
from bot.store.list_tables import living_lists
from bot.views.message import Message, digest_of

PREFIX = "list:"


class Post(StrEnum):
    """Why a list is posted."""

    PING = "ping"  # it rings, and counts
    LEADING = "leading"  # it rings, and what for is outside the cap
    SHOWN = "shown"  # its reader asked for it


@dataclass(frozen=True, slots=True)
class Living:
    """A person's list, as `living_lists` has it. `digest` is of what it says, or of what is on its way."""

    team_id: str
    user_id: str
    channel: str | None
    ts: str | None
    number: int
    edits: int
    digest: str | None
    news_at: datetime | None
    ringing_at: datetime | None
    changed_at: datetime | None
    urgent: bool
    wanted: bool
    sending: str | None
    drawn_at: datetime | None
    pinged_at: datetime | None
    day: str | None
    pings: int
    look_at: datetime | None

    @classmethod
    def of(cls, row: Any, now: datetime) -> Self:
        """A clock that was ahead for a while keeps nobody waiting: what is yet to come was at the latest now."""
        one = cls(**{name: getattr(row, name) for name in cls.__dataclass_fields__})
        drawn_at, pinged_at = (min(at, now) if at else None for at in (one.drawn_at, one.pinged_at))
        return replace(one, drawn_at=drawn_at, pinged_at=pinged_at)

    @property
    def rung(self) -> Rung:
        """What has rung so far."""
        return Rung(self.pinged_at, date.fromisoformat(self.day) if self.day else None, self.pings)

    @property
    def is_under_way(self) -> bool:
        """Whether a post was written of which nobody has heard that it arrived."""
        return self.sending is not None


def find(tx: Connection, team_id: str, user: str, now: datetime, *, hold: bool = False) -> Living | None:
    """None for whom there never were news; `hold`: nobody else changes it until this transaction ends."""
    wanted = select(living_lists).where(_here(team_id, user))
    row = tx.execute(wanted.with_for_update() if hold else wanted).first()
    return Living.of(row, now) if row else None


def save(tx: Connection, one: Living) -> None:
    """All of it."""
    values = {name: getattr(one, name) for name in Living.__dataclass_fields__ if name not in ("team_id", "user_id")}
    tx.execute(update(living_lists).where(_here(one.team_id, one.user_id)).values(values))


def post(tx: Connection, one: Living, message: Message, kind: Post, now: datetime) -> Living:
    """Have it posted; the one that stands is taken away once this one does."""
    number, payload = one.number + 1, message.payload()
    key = f"{PREFIX}{one.user_id}:{number}:{kind}"
    rank = outbox.ANSWER if kind is Post.SHOWN else outbox.NEWS
    outbox.put(tx, one.team_id, outbox.Saying(key, outbox.POST, one.user_id, payload, rank=rank), now)
    return replace(
        drawn(one, payload, now),
        number=number,
        sending=str(kind),
        ringing_at=one.news_at,
        news_at=None,
    )


def edit(tx: Connection, one: Living, message: Message, now: datetime) -> Living:
    """Say it anew where it stands, if it says something else."""
    payload = message.payload()
    if digest_of(payload) == one.digest or one.channel is None:
        return drawn(one, payload, now)
    saying = outbox.Saying(_key(one, f"edit-{one.edits + 1}"), outbox.UPDATE, one.channel, payload | {"ts": one.ts})
    outbox.put(tx, one.team_id, saying, now)
    return replace(drawn(one, payload, now), edits=one.edits + 1)


def take_away(tx: Connection, one: Living, now: datetime) -> Living:
    """None stands from now on."""
    _delete(tx, one, now)
    return replace(one, channel=None, ts=None, digest=None, changed_at=None, urgent=False)


def drawn(one: Living, payload: dict[str, Any], now: datetime) -> Living:
    """It says what the tables say."""
    return replace(one, digest=digest_of(payload), drawn_at=now, changed_at=None, urgent=False)


def due(tx: Connection, one: Living) -> datetime | None:
    """When the post under way is to be tried; None once it is settled."""
    return outbox.due_of(tx, one.team_id, _key(one, one.sending or ""))


def given_back(tx: Connection, one: Living, now: datetime) -> Living:
    """The post under way will not arrive: what it was to ring for is new as before.

    After what Slack did not take, there is as long a rest as after a ping.
    """
    news = [at for at in (one.news_at, one.ringing_at) if at]
    error = outbox.error_of(tx, one.team_id, _key(one, one.sending or ""))
    refused = error is not None and not error.startswith(outbox.DROPPED)
    return replace(
        one,
        news_at=min(news, default=None),
        ringing_at=None,
        sending=None,
        changed_at=one.changed_at or now,
        wanted=one.wanted and not refused,
        pinged_at=now if refused else one.pinged_at,
    )


def arrived(tx: Connection, one: Living, row: outbox.Row, place: tuple[str, str], day: date, now: datetime) -> Living:
    """Slack has it: it stands from now on, and the old one goes."""
    channel, ts = place
    if one.ts != ts:
        _delete(tx, one, now)
    _, _, kind = read_key(row.key)
    rung = one.rung if kind == Post.SHOWN else one.rung.again(day, now, counts=kind == Post.PING)
    return replace(
        one,
        channel=channel,
        ts=ts,
        sending=None,
        ringing_at=None,
        wanted=False,
        pinged_at=rung.at,
        day=rung.day.isoformat() if rung.day else None,
        pings=rung.pings,
        look_at=now,
    )


def read_key(key: str) -> tuple[str, int, str]:
    """Whose list, which number, and why it is posted."""
    _, user, number, kind = key.split(":")
    return user, int(number), kind


def _delete(tx: Connection, one: Living, now: datetime) -> None:
    if one.channel and one.ts:
        gone = outbox.Saying(f"{PREFIX}{one.user_id}:{one.ts}:gone", outbox.DELETE, one.channel, {"ts": one.ts})
        outbox.put(tx, one.team_id, gone, now)


def _key(one: Living, what: str) -> str:
    return f"{PREFIX}{one.user_id}:{one.number}:{what}"


def _here(team_id: str, user: str) -> ColumnElement[bool]:
    return (living_lists.c.team_id == team_id) & (living_lists.c.user_id == user)
