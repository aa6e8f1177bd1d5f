"""The ways out of a nudge: what its buttons do. Each answers None, or the sentence that says why it did nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.domain import because
from bot.domain.conversations import Kind, Move
from bot.domain.kudos import Source
from bot.domain.moments import ts_of
from bot.domain.nudges import NEVER_AGAIN, Snooze, snoozed_until
from bot.domain.pauses import expiry
from bot.store import absence, languages, precision
from bot.store import nudges as store
from bot.store.ledger import Ledger
from bot.store.locks import lock_channels
from bot.store.nudges import Cue
from bot.store.tables import nudges, waits
from bot.store.waiting import TOLD, Desk, Told
from bot.store.workspaces import Workspace
from bot.views import nudges as views
from bot.views.nudges import Waiting
from bot.views.words import common
from bot.views.words import nudges as words

Refusal = str


def claim(tx: Connection, workspace: Workspace, nudge_id: int, user: str, now: datetime) -> Refusal | None:
    """*I'm on it*: the wait is this person's, and everyone who was nudged about it sees that."""
    told = _open(tx, workspace, nudge_id)
    if told is None:
        return words.OVER_ALREADY()
    if user != told.owner:
        _wake(tx, told)
    _tell(tx, workspace, told, Move(ts_of(now), Kind.CLAIM, user, about=told.from_ts), now)
    for nudge in _posts(tx, told):
        note = partial(views.note_claimed, user, nudge.to)
        _note(tx, workspace, nudge, told, note, f"claim:{nudge.id}", now)
    store.touched(tx, workspace, told.id, user, now)
    return None


def snooze(
    tx: Connection, workspace: Workspace, nudge_id: int, user: str, choice: Snooze | datetime, now: datetime
) -> Refusal | None:
    """No step of the ladder until the snooze ends: in the working time of the team, or at a moment that was picked."""
    told = _open(tx, workspace, nudge_id)
    if told is None:
        return words.OVER_ALREADY()
    until = choice if isinstance(choice, datetime) else _snoozed_until(tx, workspace, told, choice, now)
    asleep = update(waits).where(waits.c.id == told.id)
    tx.execute(asleep.values(snoozed_until=until, next_nudge_at=until, owner=told.owner or user))
    for nudge in _posts(tx, told):
        _note(tx, workspace, nudge, told, partial(views.note_snoozed, until), f"snooze:{nudge.id}", now)
    store.touched(tx, workspace, told.id, user, now)
    return None


def no_reply(tx: Connection, workspace: Workspace, nudge_id: int, user: str, now: datetime) -> Refusal | None:
    """*No reply needed*: the conversation is closed until the customer speaks again."""
    told = _open(tx, workspace, nudge_id)
    if told is None:
        return words.OVER_ALREADY()
    _tell(tx, workspace, told, Move(ts_of(now), Kind.CLOSE, user, about=told.from_ts), now)
    return None


def pause(tx: Connection, workspace: Workspace, nudge_id: int, user: str, now: datetime) -> Refusal | None:
    """*Waiting on customer*: the clock stands until they write, somebody resumes, or two working days are over."""
    told = _open(tx, workspace, nudge_id)
    if told is None:
        return words.OVER_ALREADY()
    until = expiry(Desk(tx, workspace, [told]).policy(told.channel).schedule, now)
    mine = update(waits).where(waits.c.id == told.id)
    tx.execute(mine.values(snoozed_until=None, owner=told.owner or user))
    move = Move(ts_of(now), Kind.PAUSE, user, about=told.from_ts, promise=ts_of(until))
    _tell(tx, workspace, told, move, now)
    for nudge in _posts(tx, told):
        _note(tx, workspace, nudge, told, partial(views.note_paused, until), f"pause:{nudge.id}", now)
    store.touched(tx, workspace, told.id, user, now)
    return None


def resume(tx: Connection, workspace: Workspace, nudge_id: int, user: str, now: datetime) -> Refusal | None:
    """*Resume*: the clock goes on from here."""
    told = _open(tx, workspace, nudge_id)
    if told is None:
        return words.OVER_ALREADY()
    _tell(tx, workspace, told, Move(ts_of(now), Kind.RESUME, user, about=told.from_ts), now)
    for nudge in _posts(tx, told):
        _note(tx, workspace, nudge, told, str, f"resume:{nudge.id}", now)
    store.touched(tx, workspace, told.id, user, now)
    return None


def not_needed(tx: Connection, workspace: Workspace, nudge_id: int, user: str, now: datetime) -> Refusal | None:
    """*Not needed*: nobody hears of this wait again, and it counts against the rule that began it.

    The customer waits on, in `/care` and in every figure: how their message was read is not corrected by it.
    """
    told = _open(tx, workspace, nudge_id)
    if told is None or told.steps_done >= NEVER_AGAIN:
        return words.OVER_ALREADY()
    waiting = Desk(tx, workspace, [told]).describe(told, now)
    for nudge in _posts(tx, told):
        with languages.to(tx, workspace, nudge.to):
            message = views.over(words.not_needed(waiting.bold_name, common.person(user)), waiting.link)
        store.retire(tx, workspace, nudge, message, now)
    store.drop(tx, workspace, _standing(tx, told), now)
    tx.execute(update(nudges).where(nudges.c.id == nudge_id).values(not_needed_at=now))
    let_be = update(waits).where(waits.c.id == told.id).values(steps_done=NEVER_AGAIN, next_nudge_at=None)
    tx.execute(let_be.values(snoozed_until=None, paused_until=None, look_at=None))
    precision.count(tx, workspace, told, now)
    return None


def hand_over(tx: Connection, workspace: Workspace, nudge_id: int, user: str, to: str, now: datetime) -> Refusal | None:
    """The wait becomes a teammate's, who hears of it at once; off work, as soon as they are back."""
    told = _open(tx, workspace, nudge_id)
    if told is None:
        return words.OVER_ALREADY()
    desk = Desk(tx, workspace, [told])
    if to == user:
        return words.PICK_SOMEONE_ELSE()
    if not desk.policy(told.channel).on_team(to):
        return words.PICK_TEAMMATE()
    if refusal := absence.why_not(tx, workspace, told.channel, to, user, now):
        return refusal
    before = _standing(tx, told)
    _wake(tx, told)
    _tell(tx, workspace, told, Move(ts_of(now), Kind.CLAIM, to, about=told.from_ts), now)
    waiting = desk.describe(told, now, owner=user)
    store.drop(tx, workspace, [nudge for nudge in before if store.is_to_person(nudge)], now)
    for nudge in [one for one in before if one.ts is not None]:
        with languages.to(tx, workspace, nudge.to):
            done = views.over(words.handed_over(waiting.bold_name, common.person(to)), waiting.link)
        store.retire(tx, workspace, nudge, done, now)
    cue = Cue(told.id, f"handed:{told.id}:{ts_of(now)}:{to}", "handed", to, because.by(user))
    store.say(tx, workspace, [cue], {told.id: waiting}, now)
    return None


def about(tx: Connection, workspace: Workspace, nudge_id: int, user: str, now: datetime) -> Waiting | Refusal:
    """Who waits, before a form asks something more; the sentence that says why there is nothing to ask."""
    if refusal := not_for(tx, workspace, nudge_id, user):
        return refusal
    told = _open(tx, workspace, nudge_id)
    return Desk(tx, workspace, [told]).describe(told, now) if told else words.OVER_ALREADY()


def not_for(tx: Connection, workspace: Workspace, nudge_id: int, user: str) -> Refusal | None:
    """Why this person may not press here: it was meant for somebody else, and not for a channel of the team."""
    meant_for = reader(tx, workspace.team_id, nudge_id)
    if meant_for is None:
        return words.OVER_ALREADY()
    return words.NOT_YOURS() if meant_for[0] in "UW" and meant_for != user else None


def snoozes(tx: Connection, workspace: Workspace, nudge_id: int, now: datetime) -> dict[Snooze, datetime]:
    """Until when each choice would last at this hour: no afternoon is offered once it has begun."""
    told = _open(tx, workspace, nudge_id)
    ends = {choice: _snoozed_until(tx, workspace, told, choice, now) for choice in Snooze} if told else {}
    if ends.get(Snooze.AFTERNOON) == ends.get(Snooze.TOMORROW):
        ends.pop(Snooze.AFTERNOON, None)
    return ends


def reader(tx: Connection, team_id: str, nudge_id: int) -> str | None:
    """Whom a nudge was meant for: a person, or a home channel."""
    here = (nudges.c.id == nudge_id) & (nudges.c.team_id == team_id)
    return tx.execute(select(nudges.c.to).where(here)).scalar()


def source_for(tx: Connection, workspace: Workspace, nudge_id: int, user: str) -> Source | Refusal:
    """The customer's message that a nudge is about, for whom it was meant."""
    refusal = not_for(tx, workspace, nudge_id, user)
    return refusal or source(tx, workspace.team_id, nudge_id) or words.OVER_ALREADY()


def source(tx: Connection, team_id: str, nudge_id: int) -> Source | None:
    """The customer's message that a nudge is about."""
    here = (nudges.c.id == nudge_id) & (nudges.c.team_id == team_id)
    wanted = select(waits.c.channel, waits.c.from_ts, waits.c.root_ts)
    found = tx.execute(wanted.join_from(nudges, waits, nudges.c.wait_id == waits.c.id).where(here)).first()
    return Source(*found) if found else None


def _open(tx: Connection, workspace: Workspace, nudge_id: int) -> Told | None:
    """The wait of a nudge, if the customer still waits; nobody else changes it meanwhile."""
    here = (nudges.c.id == nudge_id) & (nudges.c.team_id == workspace.team_id)
    found = tx.execute(
        select(waits.c.id, waits.c.channel).join_from(nudges, waits, nudges.c.wait_id == waits.c.id).where(here)
    ).first()
    if found is None:
        return None
    lock_channels(tx, workspace.team_id, [found.channel])
    still_open = TOLD.where(waits.c.id == found.id, waits.c.ended_at.is_(None))
    # The ladder takes no channel, but the wait's row, and what was said of it after that: so does whoever presses.
    return tx.execute(still_open.with_for_update(of=waits)).first()


def _snoozed_until(tx: Connection, workspace: Workspace, told: Told, choice: Snooze, now: datetime) -> datetime:
    return snoozed_until(choice, now, Desk(tx, workspace, [told]).policy(told.channel).schedule)


def _wake(tx: Connection, told: Told) -> None:
    """Somebody else has it from now on: a snooze was its maker's alone."""
    tx.execute(update(waits).where(waits.c.id == told.id).values(snoozed_until=None))


def _tell(tx: Connection, workspace: Workspace, told: Told, move: Move, now: datetime) -> None:
    ledger = Ledger(tx, workspace)
    ledger.open([(told.channel, told.root_ts)])
    ledger.tell((told.channel, told.root_ts), move)
    ledger.save(now)


def _standing(tx: Connection, told: Told) -> Sequence[Row[Any]]:
    here = (nudges.c.wait_id == told.id) & nudges.c.cleared_at.is_(None)
    return tx.execute(select(nudges).where(here).order_by(nudges.c.id)).all()


def _posts(tx: Connection, told: Told) -> list[Row[Any]]:
    """Those that stand as messages of their own, as those in home channels do."""
    return [nudge for nudge in _standing(tx, told) if nudge.ts is not None]


def _note(
    tx: Connection, workspace: Workspace, nudge: Row[Any], told: Told, note: Callable[[], str], key: str, now: datetime
) -> None:
    waiting = Desk(tx, workspace, [told]).describe(told, now)
    with languages.to(tx, workspace, nudge.to):
        message = views.nudge(nudge.id, nudge.say, waiting, note())
    store.redraw(tx, workspace, nudge, message, f"{key}:{ts_of(now)}", now)
