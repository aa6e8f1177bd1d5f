"""Asks as they are stored, with whom they call on, and how people are told of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from bot.domain.asks import Ask, Asked, Kind, Leaders, Outcome, told, word_by
from bot.domain.kudos import Source
from bot.domain.setup import Team
from bot.store import people
from bot.store.leading_tables import ask_joins, asks
from bot.store.tables import conversations
from bot.store.workspaces import Workspace
from bot.views.asks import Told


def find(tx: Connection, team_id: str, here: ColumnElement[bool], *, hold: bool = False) -> list[Asked]:
    """Oldest first; `hold`: nobody else changes them until this transaction ends."""
    wanted = select(asks).where(asks.c.team_id == team_id, here).order_by(asks.c.opened_at, asks.c.id)
    return [as_asked(row) for row in tx.execute(wanted.with_for_update() if hold else wanted)]


def get(tx: Connection, team_id: str, ask_id: int) -> Asked | None:
    """None where there is none."""
    return next(iter(find(tx, team_id, asks.c.id == ask_id)), None)


def held(tx: Connection, team_id: str, ask_id: int) -> Asked | None:
    """As `get`, and held until this transaction ends."""
    return next(iter(find(tx, team_id, asks.c.id == ask_id, hold=True)), None)


def leaders(tx: Connection, workspace: Workspace, ask: Ask) -> Leaders:
    """Whom an ask calls on, without those who have left: managers, deputies, the managers' managers, else admins."""
    team = workspace.setup.team(ask.team)
    if team is None:
        return Leaders()
    managers, deputies = workspace.people(team.managers), workspace.people(team.deputies)
    above = _above(workspace, team, managers) or workspace.people(workspace.setup.admins)
    known = people.get_many(tx, workspace.team_id, {*managers, *deputies, *above})
    gone = {user for user, person in known.items() if person.is_gone}
    here = [[user for user in level if user not in gone] for level in (managers, deputies, above)]
    return Leaders.of(ask.by, *here)


def tell(tx: Connection, workspace: Workspace, asked: Asked, now: datetime) -> Told:
    """The ask for people's eyes."""
    calls, hours, ask = leaders(tx, workspace, asked.ask), workspace.schedule(asked.ask.team), asked.ask
    return Told(
        id=asked.id,
        ask=ask,
        first=calls[0] if calls else (),
        told=told(asked, calls),
        word_by=word_by(asked, hours) if calls else None,
        waited=asked.working if asked.working is not None else hours.elapsed(asked.opened_at, now),
        owner=asked.owner,
        snoozed_until=asked.snoozed_until,
        joined=len(joined(tx, workspace.team_id, asked.id)),
        outcome=asked.outcome,
        ended_user=asked.ended_user,
        answer=asked.answer,
        customer=_customer(tx, workspace, ask.about) if ask.about else None,
        link=workspace.link(ask.about.channel, ask.about.ts, ask.about.root_ts) if ask.about else None,
    )


def joined(tx: Connection, team_id: str, ask_id: int) -> list[str]:
    """Who says of a snag: me too."""
    here = (ask_joins.c.team_id == team_id) & (ask_joins.c.ask_id == ask_id)
    wanted = select(ask_joins.c.user_id).where(here).order_by(ask_joins.c.joined_at, ask_joins.c.user_id)
    return list(tx.execute(wanted).scalars())


def shares(tx: Connection, team_id: str, ask_ids: Sequence[int]) -> dict[int, int]:
    """How many people have each of these snags, who told it included."""
    here = (ask_joins.c.team_id == team_id) & ask_joins.c.ask_id.in_(list(ask_ids))
    counted = select(ask_joins.c.ask_id, func.count().label("said")).where(here).group_by(ask_joins.c.ask_id)
    counts = {row.ask_id: int(row.said) for row in tx.execute(counted)}
    return {ask_id: 1 + counts.get(ask_id, 0) for ask_id in ask_ids}


def as_asked(row: Row[Any]) -> Asked:
    """A row, read."""
    about = Source(row.channel, row.ts, row.root_ts) if row.channel else None
    return Asked(
        id=row.id,
        ask=Ask(Kind(row.kind), row.team, row.by, row.line, about, row.case),
        opened_at=row.opened_at,
        target=timedelta(seconds=row.target_s),
        owner=row.owner,
        steps_done=row.steps_done,
        snoozed_until=row.snoozed_until,
        ended_at=row.ended_at,
        ended_user=row.ended_user,
        outcome=Outcome(row.outcome) if row.outcome else None,
        answer=row.answer or "",
        answers=row.answers,
        working=None if row.working_s is None else timedelta(seconds=row.working_s),
    )


def _above(workspace: Workspace, team: Team, managers: Sequence[str]) -> tuple[str, ...]:
    """Those who manage a team in which one of these managers is an agent."""
    others = [one for one in workspace.setup.teams if one.key != team.key]
    led = [one for one in others if not set(managers).isdisjoint(workspace.people(one.agents))]
    return workspace.people([user for one in led for user in one.managers])


def _customer(tx: Connection, workspace: Workspace, about: Source) -> str | None:
    """The name of whoever began the conversation, where it is known."""
    here = (conversations.c.team_id == workspace.team_id) & (conversations.c.channel == about.channel)
    wanted = select(conversations.c.customer).where(here, conversations.c.root_ts == about.root_ts)
    user = tx.execute(wanted).scalar()
    person = people.get(tx, workspace.team_id, user) if user else None
    return person.name if person else None
