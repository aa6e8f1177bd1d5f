"""The first steps in a workspace: who is greeted, once, and the message that follows what they set up."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, update

from bot.domain.first_run import Draft, first_team, wanted, with_team
from bot.domain.setup import Finding, Setup
from bot.domain.setup_rules import findings
from bot.store import channels, languages, outbox, people, roles
from bot.store import setup as setups
from bot.store.first_run_tables import first_runs
from bot.store.upserts import new
from bot.store.workspaces import Workspace
from bot.views import first_run as views
from bot.views.first_run import Progress
from bot.views.message import Message, digest_of
from bot.views.words import first_run as words

PREFIX = "first_run:"
INVITE = "/invite @CareCue"

Refusal = str


def due(tx: Connection, every: Iterable[Workspace], installer: str | None) -> list[Workspace]:
    """Where nobody has been greeted yet, and nobody has set anything up by other ways.

    Where there was nobody to greet, there may be one now: `installer`, whom the settings name since.
    """
    fresh = [one for one in every if not one.setup.teams and not one.setup.channels]
    begun = (
        {row.team_id: row.user_id for row in tx.execute(select(*first_runs.c["team_id", "user_id"]))} if fresh else {}
    )
    return [one for one in fresh if one.team_id not in begun or _found(tx, one, begun[one.team_id], installer)]


def _found(tx: Connection, workspace: Workspace, greeted: str | None, installer: str | None) -> bool:
    if greeted is not None or installer is None:
        return False
    person = people.get(tx, workspace.team_id, installer)
    return person is None or workspace.has(person)


def greet(tx: Connection, workspace: Workspace, user: str | None, now: datetime) -> bool:
    """Greet whoever sets CareCue up; False where somebody has been. None: there is nobody, and that is that."""
    person = people.get(tx, workspace.team_id, user) if user else None
    greeted = user if person and workspace.has(person) else None
    once = new(tx, first_runs).values(team_id=workspace.team_id, user_id=greeted, greeted_at=now)
    found = {"user_id": greeted, "greeted_at": now}
    nobody = first_runs.c.user_id.is_(None)
    once = once.on_conflict_do_update(index_elements=["team_id"], set_=found, where=nobody)
    if tx.execute(once.returning(first_runs.c.team_id)).first() is None or greeted is None:
        return False
    with languages.to_person(tx, workspace.team_id, greeted):
        payload = views.greeting().payload()
    return outbox.put(tx, workspace.team_id, outbox.Saying(f"{PREFIX}hello", outbox.POST, greeted, payload), now)


def posted(tx: Connection, workspace: Workspace, _row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """The greeting stands; what was set up on its way is told at once."""
    tx.execute(update(first_runs).where(_of(workspace)).values(channel=channel, ts=ts))
    follow(tx, workspace, now)


def may(tx: Connection, workspace: Workspace, user: str) -> bool:
    """Whoever was greeted, and admins."""
    greeted = select(first_runs.c.user_id).where(_of(workspace))
    return roles.administers(tx, workspace, user) or tx.execute(greeted).scalar() == user


def refusal(tx: Connection, workspace: Workspace, user: str) -> Refusal | None:
    """Why somebody cannot set up the first team; None where they can."""
    if not may(tx, workspace, user):
        return words.NOT_YOURS()
    return words.SET_UP_ALREADY() if workspace.setup.teams else None


def begin(tx: Connection, workspace: Workspace, user: str) -> dict[str, Any] | Refusal:
    """The first form."""
    return refusal(tx, workspace, user) or views.team_form(user)


def not_now(tx: Connection, workspace: Workspace, user: str, now: datetime) -> Message | Refusal:
    """What stands in the greeting's place."""
    if not may(tx, workspace, user):
        return words.NOT_YOURS()
    tx.execute(update(first_runs).where(_of(workspace)).values(ended_at=now))
    return views.later()


def outsiders(tx: Connection, workspace: Workspace, users: Iterable[str]) -> dict[str, str]:
    """Those of them that cannot be on a team, with their names as plain text; who has not been met yet may be."""
    met = people.get_many(tx, workspace.team_id, list(users))
    return {user: person.name for user, person in met.items() if not workspace.has(person)}


def zone_of(tx: Connection, workspace: Workspace, user: str) -> str:
    """By whose clock the team probably works."""
    person = people.get(tx, workspace.team_id, user)
    return person.zone if person else "UTC"


def save(
    tx: Connection,
    workspace: Workspace,
    user: str,
    draft: Draft,
    where: tuple[Sequence[str], str | None],
    now: datetime,
) -> list[Finding] | Refusal | None:
    """Set the first team up; what is wrong with it, or why not, else None."""
    if refused := refusal(tx, workspace, user):
        return refused
    customers, home = where
    admin = None if roles.administers(tx, workspace, user) else user
    if wrong := findings(with_team(workspace.setup, draft, customers, home, admin)):
        return wrong

    def first(setup: Setup) -> Setup:
        return setup if setup.teams else with_team(setup, draft, customers, home, admin)

    return None if setups.edit(tx, workspace.team_id, first, now, user) else words.SET_UP_ALREADY()


def told(tx: Connection, workspace: Workspace, now: datetime) -> Progress | None:
    """How far it is; None while no team is set up."""
    team = first_team(workspace.setup)
    if team is None:
        return None
    places = wanted(workspace.setup)[: views.MOST_CHANNELS]
    known = channels.get_many(tx, workspace.team_id, places)
    there = [(channel, channel in known and known[channel].is_member) for channel in places]
    targets, schedule = team.targets or workspace.setup.targets, workspace.schedule(team.key)
    opens = None if schedule.is_open(now) else schedule.next_open(now)
    return Progress(team, team.people, targets, there, INVITE, opens)


def follow(tx: Connection, workspace: Workspace, now: datetime) -> bool:
    """The message says how far it is, until there is nothing left to do. Whether it has something else to say."""
    row = _open(tx, workspace)
    of = told(tx, workspace, now) if row else None
    if row is None or of is None:
        return False
    if of.is_done:
        tx.execute(update(first_runs).where(_of(workspace)).values(ended_at=now))
    with languages.to_person(tx, workspace.team_id, row.user_id):
        payload = views.progress(of).payload() | {"ts": row.ts}
    key = f"{PREFIX}{digest_of(payload)[:12]}"
    return outbox.put(tx, workspace.team_id, outbox.Saying(key, outbox.UPDATE, row.channel, payload), now)


def standing(tx: Connection, _every: Mapping[str, Workspace], _now: datetime) -> set[str]:
    """The workspaces in which the message stands and has something left to tell."""
    return set(tx.execute(select(first_runs.c.team_id).where(_STANDS)).scalars())


def _open(tx: Connection, workspace: Workspace) -> Row[Any] | None:
    return tx.execute(select(first_runs).where(_of(workspace), _STANDS)).first()


_STANDS = first_runs.c.ts.is_not(None) & first_runs.c.ended_at.is_(None)


def _of(workspace: Workspace) -> ColumnElement[bool]:
    return first_runs.c.team_id == workspace.team_id
