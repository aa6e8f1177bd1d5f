"""What one of us said to a colleague alone, "@lee can you take this?": the colleague is offered the wait, privately.

The customer waits on: whoever was asked takes it with a button, or answers.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import tuple_

from bot.domain import because
from bot.domain.moments import moment
from bot.store import boundary, nudges
from bot.store.conversations import Place
from bot.store.ledger import Ledger
from bot.store.nudges import Cue
from bot.store.tables import waits
from bot.store.waiting import TOLD, Desk, Told

FRESH = timedelta(hours=1)  # what was asked longer ago is not brought up any more


class Aside(NamedTuple):
    """Words of `by` to colleagues, at `ts`, in a conversation."""

    place: Place
    ts: str
    by: str
    to: Sequence[str]


def offer(ledger: Ledger, said: Sequence[Aside], now: datetime) -> None:
    """Tell those who were asked that a customer waits, where one does; nobody twice of the same words."""
    told = ((one, ledger.known.get(one.place)) for one in said if now - moment(one.ts) <= FRESH)
    fresh = [one for one, conversation in told if conversation and conversation.wait]
    if not fresh:
        return
    tx, workspace = ledger.tx, ledger.workspace
    here = (waits.c.team_id == workspace.team_id) & waits.c.ended_at.is_(None)
    places = tuple_(waits.c.channel, waits.c.root_ts).in_(sorted({one.place for one in fresh}))
    rows = {(row.channel, row.root_ts): row for row in tx.execute(TOLD.where(here, places))}
    desk, resting = Desk(tx, workspace, list(rows.values())), boundary.resting(tx, workspace.team_id, now)
    for one in fresh:
        row = rows[one.place]
        cues = [cue for cue in _cues(one, row, desk) if cue.to not in resting]
        nudges.say(tx, workspace, cues, {row.id: desk.describe(row, now, owner=one.by)}, now)


def _cues(aside: Aside, row: Told, desk: Desk) -> Iterator[Cue]:
    policy = desk.policy(row.channel)
    for user in aside.to:
        if user != aside.by and policy.on_team(user):
            yield Cue(row.id, f"asked:{row.id}:{aside.ts}:{user}", "handed", user, because.by(aside.by))
