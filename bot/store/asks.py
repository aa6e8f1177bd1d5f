"""Asks: an agent's call on those who lead, from the first word to the answer.

What a person may not do is answered with the sentence that says why, else with None.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, true, update

from bot.domain.asks import Ask, Asked, Outcome, fits, next_at, told
from bot.domain.nudges import Snooze, snoozed_until
from bot.store import ask_clock, ask_notes, ask_rows, boundary_hand
from bot.store.leading_tables import ask_joins, asks
from bot.store.upserts import new
from bot.store.workspaces import Workspace
from bot.views.words import asks as words

Refusal = str


def open_ask(tx: Connection, workspace: Workspace, ask: Ask, now: datetime) -> int:
    """Start the leader's clock, and tell whoever is to hear of it now: the ask's id."""
    team, about = workspace.setup.team(ask.team), ask.about
    targets = team.targets if team and team.targets else workspace.setup.targets
    values = {
        "team_id": workspace.team_id,
        "team": ask.team,
        "kind": ask.kind,
        "case": ask.case,
        "by": ask.by,
        "line": ask.line,
        "channel": about.channel if about else None,
        "ts": about.ts if about else None,
        "root_ts": about.root_ts if about else None,
        "opened_at": now,
        "target_s": int(targets.first.total_seconds()),
    }
    asked = ask_rows.as_asked(tx.execute(insert(asks).values(values).returning(*asks.c)).one())
    ask_clock.take(tx, workspace, asked, now)
    ask_notes.to_agent(tx, workspace, ask_rows.find(tx, workspace.team_id, asks.c.id == asked.id)[0], now)
    return asked.id


def answer(
    tx: Connection, workspace: Workspace, ask_id: int, user: str, outcome: Outcome, line: str, now: datetime
) -> Refusal | None:
    """Word from who leads, at last: the agent, and whoever said *me too*, hears it."""
    asked = _mine_to_answer(tx, workspace, ask_id, user)
    if isinstance(asked, str):
        return asked
    if not fits(asked.ask.kind, outcome):
        return words.NOT_ONE_OF_THESE()
    said = {"outcome": outcome, "answer": line, "answers": asked.answers + 1, "answered_at": now, "ended_user": user}
    _end(tx, workspace, asked, said, now)
    answered = ask_rows.get(tx, workspace.team_id, ask_id)
    assert answered is not None
    readers = dict.fromkeys((asked.ask.by, *ask_rows.joined(tx, workspace.team_id, ask_id)))
    ask_notes.answer(tx, workspace, answered, readers, now)
    return None


def withdraw(tx: Connection, workspace: Workspace, ask_id: int, user: str, now: datetime) -> Refusal | None:
    """The agent needs no word any more."""
    asked = ask_rows.held(tx, workspace.team_id, ask_id)
    if asked is None or asked.ask.by != user:
        return words.NOT_YOURS()
    if not asked.open:
        return words.OVER_ALREADY()
    if ask_rows.joined(tx, workspace.team_id, ask_id):
        return words.SHARED()
    _end(tx, workspace, asked, {"outcome": Outcome.WITHDRAWN}, now)
    return None


def have_it(tx: Connection, workspace: Workspace, ask_id: int, user: str, now: datetime) -> Refusal | None:
    """*I have it*: the agent, and everyone who was told, sees that. The clock goes on until there is word."""
    asked = _open(tx, workspace, ask_id, user)
    if isinstance(asked, str):
        return asked
    tx.execute(update(asks).where(asks.c.id == ask_id).values(owner=user))
    ask_notes.redraw(tx, workspace, replace(asked, owner=user), now, user)
    return None


def snooze(
    tx: Connection, workspace: Workspace, ask_id: int, user: str, choice: Snooze, now: datetime
) -> Refusal | None:
    """No step until the snooze ends, in the team's working time; the agent sees until when."""
    asked = _open(tx, workspace, ask_id, user)
    if isinstance(asked, str):
        return asked
    hours = workspace.schedule(asked.ask.team)
    until = snoozed_until(choice, now, hours)
    asleep = replace(asked, snoozed_until=until, owner=asked.owner or user)
    again = next_at(asleep, ask_rows.leaders(tx, workspace, asked.ask), hours)
    changed = {"snoozed_until": until, "next_nudge_at": again, "owner": asleep.owner}
    tx.execute(update(asks).where(asks.c.id == ask_id).values(changed))
    ask_notes.redraw(tx, workspace, asleep, now, user)
    return None


def join(tx: Connection, workspace: Workspace, ask_id: int, user: str, now: datetime) -> Refusal | None:
    """*Me too*, of a snag. Whoever told it has said so already."""
    asked = ask_rows.held(tx, workspace.team_id, ask_id)
    if asked is None or asked.settled:
        return words.OVER_ALREADY()
    if asked.ask.by == user:
        return None
    row = {"team_id": workspace.team_id, "ask_id": ask_id, "user_id": user, "joined_at": now}
    tx.execute(new(tx, ask_joins).values(row).on_conflict_do_nothing())
    ask_notes.redraw(tx, workspace, asked, now)
    return None


def current(tx: Connection, workspace: Workspace, user: str) -> list[Asked]:
    """What this agent still waits for word about, oldest first."""
    return ask_rows.find(tx, workspace.team_id, (asks.c.by == user) & asks.c.ended_at.is_(None))


def on_clock(tx: Connection, workspace: Workspace, user: str) -> list[Asked]:
    """What waits for word from this person, longest first: what they have, and what nobody of their level has."""
    open_ = asks.c.ended_at.is_(None)
    mine: ColumnElement[bool] = asks.c.owner == user
    if user in workspace.people(workspace.setup.admins) or workspace.led_by(user):
        mine = true()  # they may be whom the managers of any team have above them
    else:
        deputised = {team.key for team in workspace.setup.teams if user in workspace.people(team.deputies)}
        mine |= asks.c.team.in_(sorted(deputised))
    return [one for one in ask_rows.find(tx, workspace.team_id, open_ & mine) if _is_called(tx, workspace, one, user)]


def may_answer(tx: Connection, workspace: Workspace, ask_id: int, user: str) -> Asked | Refusal:
    """The ask, if it is this person's to answer, and not answered for good."""
    asked = ask_rows.get(tx, workspace.team_id, ask_id)
    return _answerable(tx, workspace, asked, user)


def _mine_to_answer(tx: Connection, workspace: Workspace, ask_id: int, user: str) -> Asked | Refusal:
    return _answerable(tx, workspace, ask_rows.held(tx, workspace.team_id, ask_id), user)


def _answerable(tx: Connection, workspace: Workspace, asked: Asked | None, user: str) -> Asked | Refusal:
    if asked is None or user not in ask_rows.leaders(tx, workspace, asked.ask).all:
        return words.NOT_YOURS()
    return words.OVER_ALREADY() if asked.settled else asked


def _open(tx: Connection, workspace: Workspace, ask_id: int, user: str) -> Asked | Refusal:
    found = _mine_to_answer(tx, workspace, ask_id, user)
    return words.OVER_ALREADY() if isinstance(found, Asked) and not found.open else found


def _is_called(tx: Connection, workspace: Workspace, asked: Asked, user: str) -> bool:
    """Where somebody has it, only they are, and those who were called because there was no word from them."""
    leaders = ask_rows.leaders(tx, workspace, asked.ask)
    if user == asked.owner or asked.owner is None:
        return user == asked.owner or user in told(asked, leaders)
    levels = {one: number for number, level in enumerate(leaders) for one in level}
    return user in told(asked, leaders) and levels[user] > levels.get(asked.owner, 0)


def _end(tx: Connection, workspace: Workspace, asked: Asked, said: dict[str, object], now: datetime) -> None:
    """The first answer stops the clock; a later one only says more."""
    if asked.open:
        took = workspace.schedule(asked.ask.team).elapsed(asked.opened_at, now)
        said |= {"ended_at": now, "working_s": int(took.total_seconds())}
    said |= {"next_nudge_at": None, "snoozed_until": None}
    ended = tx.execute(update(asks).where(asks.c.id == asked.id).values(said).returning(*asks.c)).one()
    ask_notes.redraw(tx, workspace, ask_rows.as_asked(ended), now)
    boundary_hand.answered(tx, workspace, ask_rows.as_asked(ended), now)
