"""A workspace with its setup: what is needed to decide anything in it."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from bot.domain.arrivals import Account
from bot.domain.channel_rules import fitting
from bot.domain.conversations import Side
from bot.domain.hours import BadHours, Days, Schedule
from bot.domain.people import side
from bot.domain.policy import Policy
from bot.domain.setup import Channel, Kind, Setup, Team
from bot.domain.setup_data import from_dict, to_dict
from bot.store import calendars
from bot.store.retention_tables import uninstalls
from bot.store.standing import is_here
from bot.store.tables import channels, user_groups, workspaces
from bot.store.upserts import new

log = logging.getLogger(__name__)

NO_TEAM_SCHEDULE = Schedule(Team("", "").week)
CALENDAR_YEARS = 2  # on either side of now: older waits have long been told


@dataclass(frozen=True, slots=True)
class Workspace:
    """Frozen but for its own memory: of policies, which the same setup always gives again, and of which jobs rest."""

    team_id: str
    name: str
    url: str
    enterprise_id: str | None
    bot_user_id: str | None
    bot_id: str | None
    setup: Setup
    version: int
    groups: Mapping[str, tuple[str, ...]]
    year: int
    _policies: dict[tuple[str, str | None], Policy] = field(default_factory=dict, compare=False, repr=False)
    _hours: dict[tuple[str, Days | None, str | None], Schedule] = field(default_factory=dict, compare=False, repr=False)
    _rests: dict[str, tuple[datetime, datetime]] = field(default_factory=dict, compare=False, repr=False)

    def rests(self, job: str, now: datetime) -> bool:
        """Whether this process has seen that the job has nothing to do here for a while, with this setup."""
        since, until = self._rests.get(job, (now, now))
        return since <= now < until

    def rest(self, job: str, now: datetime, until: datetime) -> None:
        """The job has nothing to do here from `now` on; a clock that goes back ends that, too."""
        self._rests[job] = (now, until)

    def kind(self, channel: str, ext_shared: bool) -> Kind | None:
        """What a channel is: as set up, else customer where it is shared outside; None where nobody said."""
        known = self.setup.channel(channel)
        if known:
            return known.kind
        return "customer" if ext_shared else None

    def policy(self, channel: str, invited_by: str | None) -> Policy:
        """What holds in a channel; whoever invited CareCue there owns it until somebody says otherwise."""
        key = (channel, invited_by)
        if key not in self._policies:
            self._policies[key] = self._policy(channel, invited_by)
        return self._policies[key]

    def _policy(self, channel: str, invited_by: str | None) -> Policy:
        known = self.setup.channel(channel)
        team = self.setup.team_for(channel)
        owner = known.owner if known and known.owner else None
        customers = {one.user: one.targets for one in self.setup.customers if one.targets}
        if team is None:
            return Policy(
                targets=self.setup.targets_for(channel),
                customers=customers,
                ladder=self.setup.ladder,
                schedule=self.schedule(None),
                owner=owner or invited_by,
            )
        return Policy(
            targets=self.setup.targets_for(channel),
            customers=customers,
            ladder=self.setup.ladder_for(team.key),
            schedule=self.schedule(team.key),
            team=team.key,
            owner=owner or (invited_by if invited_by in self.people(team.people) else None),
            agents=self.people(team.agents),
            rota=self.people(team.rota),
            managers=self.people(team.managers),
            deputies=self.people(team.deputies),
            home=team.home,
        )

    def schedule(self, team_key: str | None) -> Schedule:
        """When a team works; the usual week where there is no such team."""
        team = self.setup.team(team_key) if team_key else None
        if team is None:
            return NO_TEAM_SCHEDULE
        return calendars.schedule(team, self._years)

    @property
    def _years(self) -> range:
        return range(self.year - CALENDAR_YEARS, self.year + CALENDAR_YEARS + 1)

    def hours(self, user: str, days: Days | None, zone: str | None) -> Schedule:
        """When a person works, by all that the setup says of them; `days` are the blocks that they said themselves.

        `zone` is that of their account. Where nothing is their own, it is their team's blocks, on their own clock.
        """
        key = (user, days, zone)
        if key not in self._hours:
            self._hours[key] = self._hours_of(user, days, zone)
        return self._hours[key]

    def _hours_of(self, user: str, days: Days | None, zone: str | None) -> Schedule:
        person = self.setup.person(user)
        team = next(iter(self.teams_of(user)), Team("", ""))
        blocks = days or person.days
        try:
            return calendars.own(team, person, blocks, person.zone or zone or team.week.zone, self._years)
        except BadHours:  # a zone that Slack knows and this machine does not
            return calendars.own(team, person, blocks, team.week.zone, self._years)

    def days_off(self, team: Team, now: datetime) -> Iterator[date]:
        """From today on where the team is, those on which it would usually work."""
        today = now.astimezone(ZoneInfo(team.week.zone)).date()
        for day in sorted(self.schedule(team.key).holidays):
            if day >= today and team.week.days[day.weekday()]:
                yield day

    def has(self, person: Account) -> bool:
        """Whether somebody is one of our people, and has not left."""
        return not person.is_gone and side(person, self.team_id, self.enterprise_id) is Side.OURS

    def teams_of(self, user: str) -> tuple[Team, ...]:
        """The teams that name this person, by themselves or by a user group."""
        return self.setup.teams_of(user, [group for group, users in self.groups.items() if user in users])

    def led_by(self, user: str) -> tuple[Team, ...]:
        """The teams that this person manages."""
        return tuple(team for team in self.setup.teams if user in self.people(team.managers))

    def link(self, channel: str, ts: str, root_ts: str) -> str:
        """Where a message stands, in the form of Slack's own permalinks."""
        thread = f"?thread_ts={root_ts}&cid={channel}" if ts != root_ts else ""
        return f"{self.url}archives/{channel}/p{ts.replace('.', '')}{thread}"

    @property
    def leading(self) -> set[str]:
        """Everyone who manages a team."""
        return {user for team in self.setup.teams for user in self.people(team.managers)}

    @property
    def everyone(self) -> set[str]:
        """Everybody of every team, and who takes turns there."""
        return {user for team in self.setup.teams for user in self.people((*team.people, *team.rota))}

    @property
    def setup_groups(self) -> tuple[str, ...]:
        """The user groups that the setup names."""
        named = [one for team in self.setup.teams for one in (*team.people, *team.rota)]
        return tuple(dict.fromkeys(one for one in named if one.startswith("S")))

    def people(self, ids: Iterable[str]) -> tuple[str, ...]:
        """People and the people of user groups, each once."""
        found: dict[str, None] = {}
        for one in ids:
            found.update(dict.fromkeys(self.groups.get(one, ()) if one.startswith("S") else (one,)))
        return tuple(found)


_VERSION = select(workspaces.c.setup_version).where(workspaces.c.team_id == bindparam("team"))
_VERSIONS = (
    select(workspaces.c.team_id, workspaces.c.setup_version).where(is_here(workspaces)).order_by(workspaces.c.team_id)
)


class Workspaces:
    """The workspaces of this process, read anew when their setup has changed.

    `share`: there may be several in one channel, each of another company.
    """

    def __init__(self, *, share: bool = False) -> None:
        self.share = share
        self._known: dict[str, Workspace] = {}
        self._unreadable: dict[str, int] = {}  # the versions that the log has told of

    def get(self, tx: Connection, team_id: str, now: datetime) -> Workspace | None:
        """The workspace as it stands in this transaction; None where CareCue is not installed."""
        version = tx.execute(_VERSION, {"team": team_id}).scalar()
        return None if version is None else self.at(tx, team_id, version, now)

    def every(self, tx: Connection, now: datetime) -> list[Workspace]:
        """All that CareCue is installed in: one question, however many, where nothing has changed."""
        return [one for row in tx.execute(_VERSIONS).all() if (one := self._readable(tx, row, now))]

    def _readable(self, tx: Connection, row: Any, now: datetime) -> Workspace | None:
        """One whose setup cannot be read holds up no other: whoever asks for it alone hears why."""
        try:
            return self.at(tx, row.team_id, row.setup_version, now)
        except (LookupError, TypeError, ValueError, AttributeError):
            if self._unreadable.get(row.team_id) != row.setup_version:
                self._unreadable[row.team_id] = row.setup_version
                log.exception("The setup of workspace %s cannot be read; it is left alone.", row.team_id)
            return None

    def at(self, tx: Connection, team_id: str, version: int, now: datetime) -> Workspace:
        """The same, for whoever has read already how often its setup has changed."""
        known = self._known.get(team_id)
        if known is None or known.version != version or known.year != now.year:
            known = self._known[team_id] = _load(tx, team_id, now)
        return known


@dataclass(frozen=True, slots=True)
class Installation:
    """What Slack says of a workspace that CareCue is installed in (`auth.test`)."""

    team_id: str
    name: str
    url: str
    enterprise_id: str | None = None
    bot_user_id: str | None = None
    bot_id: str | None = None


def install(tx: Connection, installation: Installation) -> None:
    """Make the workspace known, or bring what Slack says of it up to date; its setup stays, and all else."""
    tx.execute(delete(uninstalls).where(uninstalls.c.team_id == installation.team_id))
    facts = asdict(installation)
    once = new(tx, workspaces).values(setup=to_dict(Setup()), setup_version=1, **facts).on_conflict_do_nothing()
    if tx.execute(once.returning(workspaces.c.team_id)).first() is None:
        here = update(workspaces).where(workspaces.c.team_id == installation.team_id)
        tx.execute(here.values(setup_version=workspaces.c.setup_version + 1, **facts))


def save_setup(tx: Connection, team_id: str, setup: Setup) -> None:
    """Replace a workspace's setup. Every process notices with its next transaction."""
    data: dict[str, Any] = to_dict(setup)
    changed = update(workspaces).where(workspaces.c.team_id == team_id)
    tx.execute(changed.values(setup=data, setup_version=workspaces.c.setup_version + 1))


def in_group(tx: Connection, team_id: str, group_id: str) -> set[str]:
    """Who is in a user group, as far as Slack has been asked."""
    return set(tx.execute(select(user_groups.c.user_id).where(_group(team_id, group_id))).scalars())


def save_group(tx: Connection, team_id: str, group_id: str, users: Iterable[str]) -> bool:
    """Who is in a user group now; whether that is anything new."""
    after = set(users)
    if in_group(tx, team_id, group_id) == after:
        return False
    tx.execute(delete(user_groups).where(_group(team_id, group_id)))
    if after:
        rows = [{"team_id": team_id, "group_id": group_id, "user_id": user} for user in sorted(after)]
        tx.execute(insert(user_groups), rows)
    touch(tx, team_id)
    return True


def _group(team_id: str, group_id: str) -> ColumnElement[bool]:
    return (user_groups.c.team_id == team_id) & (user_groups.c.group_id == group_id)


def touch(tx: Connection, team_id: str) -> None:
    """Something that the setup speaks of is another: every process reads it anew with its next transaction."""
    changed = update(workspaces).where(workspaces.c.team_id == team_id)
    tx.execute(changed.values(setup_version=workspaces.c.setup_version + 1))


def all_ids(tx: Connection) -> list[str]:
    """Every workspace that CareCue is installed in."""
    return list(tx.execute(_VERSIONS).scalars())


def _ruled(tx: Connection, team_id: str, setup: Setup) -> Setup:
    """With what its channel rules make of the channels that CareCue has heard of."""
    if not setup.rules:
        return setup
    facts = select(*channels.c["channel", "name", "is_ext_shared"]).where(channels.c.team_id == team_id)
    found = {row.channel: fitting(setup.rules, row.name, row.is_ext_shared) for row in tx.execute(facts)}
    ruled = {
        channel: Channel(channel, rule.kind, rule.team)
        for channel, rule in found.items()
        if rule and setup.channel(channel) is None
    }
    return replace(setup, ruled=ruled)


def _load(tx: Connection, team_id: str, now: datetime) -> Workspace:
    row = tx.execute(select(workspaces).where(workspaces.c.team_id == team_id)).one()
    groups: dict[str, list[str]] = {}
    for group in tx.execute(select(user_groups).where(user_groups.c.team_id == team_id)):
        groups.setdefault(group.group_id, []).append(group.user_id)
    return Workspace(
        team_id=team_id,
        name=row.name,
        url=row.url,
        enterprise_id=row.enterprise_id,
        bot_user_id=row.bot_user_id,
        bot_id=row.bot_id,
        setup=_ruled(tx, team_id, from_dict(row.setup)),
        version=row.setup_version,
        groups={group: tuple(sorted(users)) for group, users in groups.items()},
        year=now.year,
    )
