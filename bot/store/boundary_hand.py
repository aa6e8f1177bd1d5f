"""What an agent has in hand after a boundary call, and what follows from the manager's answer.

A key in the outbox tells what something is: `boundary:12:hand` stands with the agent, `boundary:12:check` asks how
they are on the next working day.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, update

from bot.domain.asks import Ask, Asked, Outcome
from bot.domain.boundary import Case, breather_ends, own_words
from bot.domain.conversations import Kind, Move
from bot.domain.moments import moment, ts_of
from bot.domain.setup import BoundarySetup
from bot.store import ask_rows, languages, outbox, posts
from bot.store.boundary import STANDS
from bot.store.leading_tables import boundaries
from bot.store.ledger import Ledger
from bot.store.locks import lock_channels
from bot.store.workspaces import Workspace
from bot.views import boundary as views
from bot.views.message import Message

PREFIX = "boundary:"
HAND, CHECK = "hand", "check"

Stored = Row[Any]


def give(tx: Connection, workspace: Workspace, ask_id: int, now: datetime) -> None:
    """Have it said, once."""
    stored = find(tx, workspace.team_id, boundaries.c.ask_id == ask_id)[0]
    payload = _draw(tx, workspace, stored, now).payload()
    saying = outbox.Saying(_key(ask_id, HAND), outbox.POST, stored.user_id, payload, rank=outbox.ANSWER)
    outbox.put(tx, workspace.team_id, saying, now)


def in_hand(tx: Connection, workspace: Workspace, stored: Stored, now: datetime) -> views.Hand:
    """As the team's setup has it now."""
    asked = ask_rows.get(tx, workspace.team_id, stored.ask_id)
    assert asked is not None
    team, case = workspace.setup.team(asked.ask.team), Case(stored.case)
    words = own_words(team.boundary if team else BoundarySetup(), case)
    resting = stored.breather_until is not None and stored.breather_until > now
    return views.Hand(
        ask_id=stored.ask_id,
        case=case,
        policy=words.policy,
        sentence=words.sentence,
        backing=team.backing if team else (),
        link=_link(workspace, asked.ask) if stored.root_ts else None,
        breather_until=stored.breather_until if resting else None,
        outcome=asked.outcome,
    )


def answered(tx: Connection, workspace: Workspace, asked: Asked, now: datetime) -> None:
    """There is word from who leads: the breather begins anew, and what the agent has in hand says what is left to do.

    Does nothing for an ask that is no boundary call; one that the agent took back was never made.
    """
    for stored in find(tx, workspace.team_id, boundaries.c.ask_id == asked.id):
        if asked.outcome is Outcome.WITHDRAWN:
            _take_back(tx, workspace, stored, now)
        else:
            breathe(tx, workspace, asked.ask, asked.id, now)
        _redraw(tx, workspace, asked.id, now)


def breathe(tx: Connection, workspace: Workspace, ask: Ask, ask_id: int, now: datetime) -> None:
    """Nothing new for the agent for as long as the team has set."""
    team = workspace.setup.team(ask.team)
    ends = breather_ends(now, team.boundary.breather, workspace.schedule(ask.team)) if team else None
    _change(tx, workspace, ask_id, breather_until=ends)


def ready(tx: Connection, workspace: Workspace, user: str, now: datetime) -> None:
    """*I'm ready now*: whatever breather somebody takes is over."""
    resting = (boundaries.c.user_id == user) & (boundaries.c.breather_until > now)
    for stored in find(tx, workspace.team_id, resting):
        _change(tx, workspace, stored.ask_id, breather_until=now)
        _redraw(tx, workspace, stored.ask_id, now)


def still_holds(tx: Connection, row: outbox.Row) -> str | None:
    """Why it is not to be said any more; None if it is."""
    found = tx.execute(select(boundaries.c.taken_back).where(_here(row.team_id, posts.id_of(row.key)))).scalar()
    return "the call was taken back" if found in (None, True) else None


def posted(tx: Connection, workspace: Workspace, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """Slack has it. What changed on the way is put right at once."""
    found = find(tx, row.team_id, boundaries.c.ask_id == posts.id_of(row.key))
    if found and row.key.endswith(HAND):
        post = posts.stand(tx, row, _about(found[0].ask_id), channel, ts)
        posts.say_anew(tx, post, _draw(tx, workspace, found[0], now), now)


def check_in(tx: Connection, team_id: str, stored: Stored, now: datetime) -> None:
    """Ask how they are."""
    with languages.to_person(tx, team_id, stored.user_id):
        message = views.check_in(stored.ask_id, stored.called_at)
    saying = outbox.Saying(_key(stored.ask_id, CHECK), outbox.POST, stored.user_id, message.payload())
    outbox.put(tx, team_id, saying, now)


def find(tx: Connection, team_id: str, here: ColumnElement[bool]) -> Sequence[Stored]:
    """Calls, oldest first, held until this transaction ends."""
    mine = select(boundaries).where(boundaries.c.team_id == team_id, here).order_by(boundaries.c.ask_id)
    return tx.execute(mine.with_for_update()).all()


def tell(tx: Connection, workspace: Workspace, place: tuple[str, str], kind: Kind, user: str, now: datetime) -> None:
    """The conversation learns of a call, or that it was none."""
    ledger = Ledger(tx, workspace)
    ledger.open([place])
    heard = ledger.known.get(place)
    # Slack's clock may be ahead of ours: what the call is about came before it.
    after = max(now, moment(heard.last_ts) + timedelta(microseconds=1)) if heard else now
    ledger.tell(place, Move(ts_of(after), kind, user, about=place[1]))
    ledger.save(now)


def _take_back(tx: Connection, workspace: Workspace, stored: Stored, now: datetime) -> None:
    _change(tx, workspace, stored.ask_id, taken_back=True, breather_until=None, check_in_at=None)
    if stored.root_ts and not _called_by_others(tx, workspace, stored):
        lock_channels(tx, workspace.team_id, [stored.channel])
        tell(tx, workspace, (stored.channel, stored.root_ts), Kind.UNBOUNDARY, stored.user_id, now)


def _called_by_others(tx: Connection, workspace: Workspace, stored: Stored) -> bool:
    here = (boundaries.c.channel == stored.channel) & (boundaries.c.root_ts == stored.root_ts)
    return bool(find(tx, workspace.team_id, here & STANDS))


def _redraw(tx: Connection, workspace: Workspace, ask_id: int, now: datetime) -> None:
    (stored,) = find(tx, workspace.team_id, boundaries.c.ask_id == ask_id)
    message = _draw(tx, workspace, stored, now)
    standing = posts.standing(tx, workspace.team_id, _about(ask_id))
    for post in standing:
        posts.say_anew(tx, post, message, now)
    if not standing:
        posts.restate(tx, workspace.team_id, _key(ask_id, HAND), message)


def _draw(tx: Connection, workspace: Workspace, stored: Stored, now: datetime) -> Message:
    with languages.to_person(tx, workspace.team_id, stored.user_id):
        return views.taken_back() if stored.taken_back else views.in_hand(in_hand(tx, workspace, stored, now))


def _change(tx: Connection, workspace: Workspace, ask_id: int, **values: object) -> None:
    tx.execute(update(boundaries).where(_here(workspace.team_id, ask_id)).values(**values))


def _here(team_id: str, ask_id: int) -> ColumnElement[bool]:
    return (boundaries.c.team_id == team_id) & (boundaries.c.ask_id == ask_id)


def _link(workspace: Workspace, ask: Ask) -> str | None:
    return workspace.link(ask.about.channel, ask.about.ts, ask.about.root_ts) if ask.about else None


def _key(ask_id: int, what: str) -> str:
    return f"{_about(ask_id)}:{what}"


def _about(ask_id: int) -> str:
    return f"{PREFIX}{ask_id}"
