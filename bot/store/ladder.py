"""The ladder: waits are taken when a step falls due, or when their owner is away, and whoever is to hear of it does."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from bot.domain import because
from bot.domain.because import Because, Cause
from bot.domain.nudges import NEVER_AGAIN, audience, due_steps, next_at
from bot.domain.owners import soonest
from bot.domain.policy import Policy
from bot.store import gaps, living_lists, precision, set_aside
from bot.store.duty import Duty, Held
from bot.store.living_lists import News
from bot.store.nudges import Cue, say
from bot.store.set_aside import Due
from bot.store.standing import is_here
from bot.store.tables import nudges, waits
from bot.store.waiting import TOLD, Desk, Told, as_wait, set_aside_until
from bot.store.workspaces import Workspace, Workspaces

FREE = because.write(Because(Cause.FREE))
DUE = Due("wait", waits.c.next_nudge_at, waits.c.id)


class Taken(NamedTuple):
    """What becomes of a wait that was looked at: what is written, and what is said about it.

    `before` had it until now.
    """

    values: dict[str, Any]
    owner: str | None
    cues: tuple[Cue, ...] = ()
    before: str = ""


def take_due(tx: Connection, workspaces: Workspaces, now: datetime, limit: int) -> int:
    """Take the waits that are due, longest overdue first, and put what is to be said about them in the outbox.

    Returns how many were taken; whoever does this at the same time takes others.
    """
    is_due = (waits.c.next_nudge_at <= now) & gaps.is_whole(waits, now) & is_here(waits)
    due = TOLD.where(is_due).order_by(waits.c.next_nudge_at).limit(limit)
    rows = tx.execute(due.with_for_update(of=waits, skip_locked=True)).all()
    set_aside.taking(tx, DUE, rows)
    by_team = sorted(rows, key=lambda row: row.team_id)
    for team_id, group in groupby(by_team, key=lambda row: row.team_id):
        workspace = workspaces.get(tx, team_id, now)
        if workspace:
            _take(tx, workspace, list(group), now)
    return len(rows)


def next_due(tx: Connection) -> datetime | None:
    """When the next wait is to be looked at; None when no customer waits whom anybody is still to hear of."""
    due = select(waits.c.next_nudge_at).where(waits.c.next_nudge_at.is_not(None), is_here(waits))
    return tx.execute(due.order_by(waits.c.next_nudge_at).limit(1)).scalar()


def _take(tx: Connection, workspace: Workspace, rows: Sequence[Told], now: datetime) -> None:
    desk = Desk(tx, workspace, rows)
    duty = Duty(tx, workspace, desk, rows, now)
    taken = {row.id: _look_at(row, desk, duty, now) for row in rows}
    unheard = precision.unheard(tx, workspace, rows)
    taken |= {row.id: _unsaid(row, taken[row.id]) for row in rows if row.id in unheard}
    duty.keep()
    tx.execute(update(waits).where(waits.c.id == bindparam("wait_id")), [one.values for one in taken.values()])
    take_away(tx, workspace.team_id, {wait_id: one.before for wait_id, one in taken.items() if one.before}, now)
    cues = [cue for one in taken.values() for cue in one.cues]
    spoken_of = {cue.wait_id for cue in cues}
    waiting = {row.id: desk.describe(row, now, taken[row.id].owner) for row in rows if row.id in spoken_of}
    say(tx, workspace, cues, waiting, now)


def take_away(tx: Connection, team_id: str, before: Mapping[int, str], now: datetime) -> None:
    """These waits are with somebody else now: they go from the lists of those who had them before."""
    if before:
        had = (nudges.c.wait_id == bindparam("had")) & (nudges.c.to == bindparam("had_by"))
        gone = update(nudges).where(had, nudges.c.cleared_at.is_(None)).values(cleared_at=now)
        tx.execute(gone, [{"had": wait_id, "had_by": user} for wait_id, user in before.items()])
        living_lists.note(tx, team_id, before.values(), News.DONE, now)


def _look_at(row: Told, desk: Desk, duty: Duty, now: datetime) -> Taken:
    if not desk.is_customer_channel(row.channel) or row.steps_done >= NEVER_AGAIN:
        return Taken(_values(row, next_nudge_at=None, look_at=None), row.owner)
    if until := set_aside_until(row, now):
        return Taken(_values(row, next_nudge_at=until), row.owner)
    policy, held = desk.policy(row.channel), duty.of(row)
    steps = due_steps(as_wait(row), policy, row.steps_done, now)
    done = max(steps) + 1 if steps else row.steps_done
    due = soonest([next_at(as_wait(row), policy, done), held.look_at], now)
    values = _values(row, next_nudge_at=due, steps_done=done, snoozed_until=None, paused_until=None)
    why = because.read(held.why)
    cues = tuple(_cues(row, steps, held, policy, duty.away, now))
    return Taken(values | _held(held), held.owner, cues, why.user if why else "")


def _unsaid(row: Told, one: Taken) -> Taken:
    """It rests on rules that have fallen silent: it is somebody's, and nobody is told."""
    asleep = {"next_nudge_at": None, "look_at": None, "steps_done": row.steps_done}
    return one._replace(values=one.values | asleep, cues=())


def _values(row: Told, **values: object) -> dict[str, Any]:
    """Of every row the same columns, so that all are written at once."""
    kept = ("owner", "covers_for", "assigned_at", "because", "had_by", "look_at", "steps_done", "snoozed_until")
    return {"wait_id": row.id} | {name: getattr(row, name) for name in (*kept, "paused_until")} | values


def _held(held: Held) -> dict[str, Any]:
    kept = ("owner", "covers_for", "assigned_at", "because", "had_by", "look_at")
    return {name: getattr(held, name) for name in kept}


def _cues(
    row: Told, steps: Sequence[int], held: Held, policy: Policy, away: Collection[str], now: datetime
) -> Iterator[Cue]:
    own = [number for number in steps if policy.ladder[number].to == "owner"]
    if held.owner:
        yield from _to_owner(row, own, held.owner, held, policy, now)
    for number in [one for one in steps if one not in own]:
        step = policy.ladder[number]
        for to in audience(step, held.owner, policy, away):
            yield Cue(row.id, f"nudge:{row.id}:{number}:{to}", step.say, to)


def _to_owner(row: Told, steps: Sequence[int], owner: str, held: Held, policy: Policy, now: datetime) -> Iterator[Cue]:
    """What its owner hears: one thing, the most telling."""
    if held.why not in ("", FREE):
        yield Cue(row.id, f"passed:{row.id}:{now.isoformat()}:{owner}", "passed", owner, held.why)
    elif steps:
        number = max(steps)
        yield Cue(row.id, f"nudge:{row.id}:{number}:{owner}", policy.ladder[number].say, owner, held.why)
    elif held.why:
        yield Cue(row.id, f"passed:{row.id}:{now.isoformat()}:{owner}", "reply", owner, held.why)
    elif row.paused_until:
        yield Cue(row.id, f"paused:{row.id}:{row.paused_until.isoformat()}:{owner}", "paused", owner)
    elif row.snoozed_until:
        # Whoever snoozes asks to be told again, also when the ladder has nothing new to say to them.
        yield Cue(row.id, f"snoozed:{row.id}:{row.snoozed_until.isoformat()}:{owner}", "snoozed", owner)
