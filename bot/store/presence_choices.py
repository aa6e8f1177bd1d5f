"""What people say of themselves: paused, quiet, at their own hours; and what follows for those who wait for them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from bot.domain.hours import Days
from bot.domain.presence import Mode
from bot.domain.setup_hours import days_data
from bot.store import living_lists, noticing, presence
from bot.store.living_lists import News
from bot.store.presence_tables import absences, presences
from bot.store.tables import waits
from bot.store.upserts import new
from bot.store.workspaces import Workspace


class PassedOn(NamedTuple):
    """How many customers wait for somebody who is away now, and whether anyone else of the team is on duty."""

    customers: int
    anyone: bool


def pause(tx: Connection, workspace: Workspace, user: str, until: datetime, now: datetime) -> PassedOn:
    """Away until then; the ladder looks at once at what waits for them."""
    before = presence.waiting_for(tx, workspace.team_id, [user], now)
    _put(tx, workspace.team_id, user, paused_until=until)
    notice(tx, workspace, [user], now)
    team = {one for team in workspace.teams_of(user) for one in workspace.people((*team.agents, *team.rota))} - {user}
    return PassedOn(len(before), len(presence.away(tx, workspace, team, now)) < len(team))


def resume(tx: Connection, workspace: Workspace, user: str, now: datetime) -> presence.Quiet:
    """As usual again: neither paused nor quiet. What else keeps them away is in what comes back.

    Who had said nothing changes nothing.
    """
    presence.waiting_for(tx, workspace.team_id, [user], now)
    said = presence.said(tx, workspace.team_id, user)
    if said.mode is Mode.LOUD and said.paused_until is None:
        return presence.quiet(tx, workspace, user, now)
    _put(tx, workspace.team_id, user, paused_until=None, mode=Mode.LOUD)
    notice(tx, workspace, [user], now)
    living_lists.note(tx, workspace.team_id, [user], News.CHANGED, now)
    return presence.quiet(tx, workspace, user, now)


def be(tx: Connection, workspace: Workspace, user: str, mode: Mode, now: datetime) -> None:
    """How much of CareCue they want from now on. Who wants the list alone gets one, if none stands, to look at."""
    _put(tx, workspace.team_id, user, mode=mode)
    if mode is Mode.QUIET:
        living_lists.show(tx, workspace.team_id, user, now)
    else:
        living_lists.note(tx, workspace.team_id, [user], News.CHANGED, now)


def work(tx: Connection, workspace: Workspace, user: str, days: Days | None, now: datetime) -> presence.Quiet:
    """Their own week from now on; None: their team's again."""
    _put(tx, workspace.team_id, user, hours=days_data(days) if days else None)
    presence.look_again(tx, workspace.team_id, now)  # they may be there now
    living_lists.note(tx, workspace.team_id, [user], News.CHANGED, now)
    return presence.quiet(tx, workspace, user, now)


def notice_all(tx: Connection, workspace: Workspace, now: datetime) -> int:
    """As `notice`, for everybody for whom a customer waits, and for all who were away."""
    team_id = workspace.team_id
    workspace.rest(noticing.JOB, now, now + noticing.HOLIDAYS)
    here = (waits.c.team_id == team_id) & waits.c.ended_at.is_(None) & waits.c.owner.is_not(None)
    owners = set(tx.execute(select(waits.c.owner).where(here).distinct()).scalars())
    away = select(presences.c.user_id).where(presences.c.team_id == team_id, presences.c.noticed.is_not(None))
    return notice(tx, workspace, owners | set(tx.execute(away).scalars()), now)


def notice(tx: Connection, workspace: Workspace, users: Collection[str], now: datetime) -> int:
    """Who has become away passes on what waits for them, once for each absence; who is back has their list looked at.

    Returns for how many something is new.
    """
    quiets = presence.quiets(tx, workspace, users, now)
    before = _noticed(tx, workspace.team_id, users)
    news = {
        user: noticing.code(quiet.away)
        for user, quiet in quiets.items()
        if noticing.code(quiet.away) != before.get(user)
    }
    presence.pass_on(tx, workspace.team_id, [user for user, code in news.items() if code], now)
    if None in news.values():
        presence.look_again(tx, workspace.team_id, now)
    for user, code in sorted(news.items()):
        _put(tx, workspace.team_id, user, noticed=code)
    living_lists.note(tx, workspace.team_id, news, News.CHANGED, now)
    return len(news)


def next_due(tx: Connection, now: datetime) -> datetime | None:
    """When the next absence of a calendar begins."""
    return tx.execute(select(func.min(absences.c.starts_at)).where(absences.c.starts_at > now)).scalar()


def _noticed(tx: Connection, team_id: str, users: Collection[str]) -> Mapping[str, str | None]:
    here = (presences.c.team_id == team_id) & presences.c.user_id.in_(sorted(users))
    return {row.user_id: row.noticed for row in tx.execute(select(presences).where(here))}


def _put(tx: Connection, team_id: str, user: str, **values: Any) -> None:
    statement = new(tx, presences).values(team_id=team_id, user_id=user, **values)
    tx.execute(statement.on_conflict_do_update(index_elements=["team_id", "user_id"], set_=values))
