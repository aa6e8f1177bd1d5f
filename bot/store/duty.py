"""Who is to have the waits that are taken together: who keeps theirs, who covers, and whose turn it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection, select

from bot.domain import because
from bot.domain.because import Because, Cause, of_away
from bot.domain.hours import NoWorkingTime
from bot.domain.owners import Choice, Load, choose, may_have, soonest
from bot.domain.policy import Policy
from bot.domain.presence import Reason
from bot.store import channels, owners, presence, rotas
from bot.store.tables import nudges
from bot.store.waiting import Desk, Told
from bot.store.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Held:
    """Whose a wait is from now on, as its row keeps it.

    `why`: it was another's until now, or nobody's, as bot.domain.because writes it.
    """

    owner: str | None
    covers_for: str | None
    assigned_at: datetime | None
    because: str | None
    had_by: str
    look_at: datetime | None = None
    why: str = ""


class Duty:
    """Everybody who may have these waits: read once for all of them."""

    def __init__(self, tx: Connection, workspace: Workspace, desk: Desk, rows: Sequence[Told], now: datetime) -> None:
        self._tx, self._workspace, self._desk, self._now = tx, workspace, desk, now
        self._policies = {row.channel: desk.policy(row.channel) for row in rows}
        self._taking = {user for policy in self._policies.values() for user in turns_of(policy)}
        asked = self._taking | {user for row in rows for user in (row.owner, row.covers_for) if user}
        leading = {user for policy in self._policies.values() for user in (*policy.managers, *policy.deputies)}
        self._quiets = presence.quiets(tx, workspace, asked | leading, now)
        self._away = {user: quiet.away for user, quiet in self._quiets.items() if quiet.away}
        self._handed = _handed(tx, [row.id for row in rows if self._is_off(row.owner)])
        self._inside = channels.insiders(tx, workspace.team_id, desk.with_members(), asked)
        gone = channels.departed(tx, workspace.team_id, {row.channel for row in rows} - set(self._inside), asked)
        self._inside |= {channel: asked - users for channel, users in gone.items()}
        self._given: dict[str, int] = {}  # turns that were taken, by the team

    @cached_property
    def _loads(self) -> dict[str, Load]:
        return owners.loads(self._tx, self._workspace, self._taking)

    @cached_property
    def _turns(self) -> dict[str, int]:
        teams = {policy.team for policy in self._policies.values() if policy.team}
        return rotas.turns(self._tx, self._workspace.team_id, teams)

    def keep(self) -> None:
        """Write whose turn it is next."""
        rotas.keep(self._tx, self._workspace.team_id, self._given)

    @property
    def away(self) -> Collection[str]:
        """Of owners, of those who take turns and of those who lead, who is not on duty."""
        return self._away

    def of(self, row: Told) -> Held:
        """Whose this wait is from now on."""
        policy = self._policies[row.channel]
        why = self._why_another(row, policy)
        if why is None:
            return self._kept(row, policy)
        if row.covers_for not in (None, why.user) and self._may_have(row.covers_for, row.channel, policy):
            return self._to(row.covers_for, row, why)
        user = self._next(row, policy, why)
        return self._to(user, row, why) if user else self._nobody_else(row, policy, why)

    def _why_another(self, row: Told, policy: Policy) -> Because | None:
        """Why its owner cannot have it any longer; None where they can."""
        user: str | None = row.owner
        if user is None:
            return because.read(row.because or "") or Because(Cause.FREE)
        if not policy.on_team(user):
            return Because(Cause.TEAM, user)
        if user in self._away and not self._is_kept_for(row):
            return of_away(user, self._away[user])
        if not self._is_inside(user, row.channel):
            return Because(Cause.LEFT, user)
        deadline = self._turn_ends(row, policy)
        return Because(Cause.TURN, user) if deadline and deadline <= self._now else None

    def _is_off(self, user: str | None) -> bool:
        """Whether somebody is off work, and away for no other reason."""
        return user in self._away and self._away[user].reason is Reason.HOURS

    def _is_kept_for(self, row: Told) -> bool:
        """Whether it was handed to its owner while they were off work, and they have not been back since."""
        handed_at = self._handed.get((row.id, row.owner))
        if handed_at is None or not self._is_off(row.owner) or self._away[row.owner].until is None:
            return False
        return self._quiets[row.owner].schedule.next_open(handed_at) == self._away[row.owner].until

    def _turn_ends(self, row: Told, policy: Policy) -> datetime | None:
        """When a wait that nobody had, and that was given by turn, moves on; not where its owner has had it paused."""
        team, since = self._workspace.setup.team(policy.team), _given_at(row)
        if team is None or since is None or row.covers_for or row.pauses:
            return None
        try:
            return policy.schedule.due(since, team.turn)
        except NoWorkingTime:
            return None

    def _next(self, row: Told, policy: Policy, why: Because) -> str | None:
        """Whoever is next in line, on duty and fit to be sent there."""
        rota, fit = turns_of(policy), self._fit(row, policy, why.user) - set(self._away)
        if policy.team is None or not fit:
            return None
        here = self._inside.get(row.channel)
        choice = Choice(rota, fit, fit if here is None else here, self._loads)
        place = choose(choice, self._given.get(policy.team, self._turns[policy.team]))
        if place is None:
            return None
        self._given[policy.team] = place + 1
        self._loads[rota[place]] = replace(self._loads[rota[place]], open=self._loads[rota[place]].open + 1)
        return rota[place]

    def _fit(self, row: Told, policy: Policy, before: str) -> set[str]:
        """Who may have it when they are on duty; each at most once, where it is nobody's."""
        inside = self._inside.get(row.channel) if self._desk.is_private(row.channel) else None
        return may_have(turns_of(policy), {before, *row.had_by.split()}, inside)

    def _may_have(self, user: str, channel: str, policy: Policy) -> bool:
        return policy.on_team(user) and user not in self._away and self._is_inside(user, channel)

    def _is_inside(self, user: str, channel: str) -> bool:
        """Where the members of a channel are not known, whoever looks after it and has not left is taken to be one."""
        return channel not in self._inside or user in self._inside[channel]

    def _kept(self, row: Told, policy: Policy) -> Held:
        ends = self._turn_ends(row, policy)
        return _as_it_is(row, ends if ends and self._fit(row, policy, row.owner) else None)

    def _to(self, user: str, row: Told, why: Because) -> Held:
        by_turn = row.owner is None or row.because
        whose = row.covers_for if by_turn else row.owner
        code = because.write(why)
        if user == whose:
            return Held(user, None, None, None, "", why=code)
        had = f"{row.had_by} {user}".strip() if whose is None else ""
        return Held(user, whose, self._now, code, had, why=code)

    def _nobody_else(self, row: Told, policy: Policy, why: Because) -> Held:
        """Who has it keeps it, until somebody who may have it is on duty: that is when it is looked at again."""
        back = [self._away[user].until for user in self._fit(row, policy, why.user) if user in self._away]
        held = _as_it_is(row, soonest(back, self._now))
        if why.cause not in (Cause.TEAM, Cause.GONE):
            return held
        return replace(held, owner=None, covers_for=row.covers_for or row.owner, because=because.write(why))


def turns_of(policy: Policy) -> tuple[str, ...]:
    """Who takes turns: the rota, or all agents of a team that has none."""
    return policy.rota or policy.agents


def _handed(tx: Connection, wait_ids: Collection[int]) -> dict[tuple[int, str], datetime]:
    """When these waits were handed over, and to whom, by the wait and that person."""
    if not wait_ids:
        return {}
    here = nudges.c.wait_id.in_(wait_ids) & (nudges.c.say == "handed") & nudges.c.cleared_at.is_(None)
    rows = tx.execute(select(nudges.c.wait_id, nudges.c.to, nudges.c.created_at).where(here).order_by(nudges.c.id))
    return {(row.wait_id, row.to): row.created_at for row in rows}


def _as_it_is(row: Told, look_at: datetime | None) -> Held:
    return Held(row.owner, row.covers_for, _given_at(row), row.because, row.had_by, look_at)


def _given_at(row: Told) -> datetime | None:
    """When it was given to its owner; a snooze, once it has ended, gives it to them anew."""
    at: datetime | None = row.assigned_at
    return max(at, row.snoozed_until) if at and row.snoozed_until else at
