"""The care team that is simulated: four teams in two zones, who works when, and who is on leave."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.arrivals import Account
from bot.domain.hours import Days, Schedule, Week
from bot.domain.setup import Channel, PersonSetup, Setup, Team
from bot.store import channels, people, workspaces
from bot.store.db import Db
from bot.store.presence_tables import absences
from bot.store.tables import metadata
from bot.store.workspaces import Installation

OURS, THEIRS = "T0SIM", "T0CUSTOMER"
ZONES = ("Europe/Berlin", "America/New_York", "Europe/Berlin", "America/New_York")
BEGINS = date(2026, 1, 5)  # a Monday; New York changes its clocks on 8 March, Berlin on the 29th
BLOCK = ((time(9), time(17)),)
FULL: Days = (BLOCK, BLOCK, BLOCK, BLOCK, BLOCK, (), ())
FOUR_DAYS: Days = (BLOCK, BLOCK, BLOCK, BLOCK, (), (), ())
MORNINGS: Days = (((time(9), time(13)),),) * 5 + ((), ())
PART_TIME = {7: FOUR_DAYS, 8: FOUR_DAYS, 9: MORNINGS}  # of each team of ten
NO_LIMIT = 100  # more than the setup takes for either


@dataclass(frozen=True, slots=True)
class Size:
    """How much is simulated."""

    agents: int = 10
    channels: int = 100
    days: int = 84


@dataclass(frozen=True, slots=True)
class Crew:
    """A team: its people and channels, and when each of them is at work."""

    key: str
    zone: str
    size: Size
    agents: tuple[str, ...]
    manager: str
    home: str
    owners: dict[str, str]
    leave: dict[str, tuple[date, date]]
    at_work: dict[str, Schedule] = field(default_factory=dict)

    @property
    def days(self) -> Iterator[date]:
        return (BEGINS + timedelta(days=number) for number in range(self.size.days))

    def customer(self, channel: str) -> str:
        """Whose channel it is: one of theirs speaks in each."""
        return f"U0THEIRS{channel}"

    def opens(self, at: datetime) -> datetime:
        """When the team is at work next."""
        return self.at_work[self.manager].next_open(at)

    def local(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()

    def midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(0), ZoneInfo(self.zone)).astimezone(UTC)


def crew(number: int, size: Size, seed: int) -> Crew:
    """The team of that number. Everybody takes a week off within twelve, each a different one where that can be."""
    zone, random = ZONES[number % len(ZONES)], Random(f"leave {number} {seed}")
    agents = tuple(f"U0AGENT{number}X{one}" for one in range(size.agents))
    names = [f"C0CHANNEL{number}X{one}" for one in range(size.channels)]
    owners = {channel: agents[place % len(agents)] for place, channel in enumerate(names)}
    weeks = [random.randrange(max(1, size.days // 7)) for _ in agents]
    leave = {
        agent: (BEGINS + timedelta(weeks=week), BEGINS + timedelta(weeks=week + 1))
        for agent, week in zip(agents, weeks, strict=True)
        if size.days >= 28
    }
    at_work = {agent: _schedule(zone, place, leave.get(agent)) for place, agent in enumerate(agents)}
    manager = f"U0MANAGER{number}"
    at_work[manager] = Schedule(Week(zone, FULL))
    return Crew(f"team{number}", zone, size, agents, manager, f"C0HOME{number}", owners, leave, at_work)


def _schedule(zone: str, place: int, leave: tuple[date, date] | None) -> Schedule:
    first, last = leave or (BEGINS, BEGINS)
    off = [first + timedelta(days=number) for number in range((last - first).days)]
    return Schedule(Week(zone, PART_TIME.get(place, FULL)), off)


def furnish(db: Db, crew: Crew, *, budgets: bool) -> None:
    """A database with this team in it. Without budgets nobody has told CareCue of own hours, leave or limits."""
    metadata.create_all(db.engine)
    now = crew.midnight(BEGINS) - timedelta(days=30)
    with db.begin() as tx:
        workspaces.install(tx, Installation(OURS, "Sim", "https://sim.slack.com/", None, "U0BOT", "B0BOT"))
        workspaces.save_setup(tx, OURS, _setup(crew, budgets=budgets))
        for channel in crew.owners:
            facts = channels.Facts(channel, channel.lower(), False, True, False, False, True)
            channels.save_channel(tx, OURS, facts, now)
        ours = [_account(user, OURS, crew.zone) for user in (*crew.agents, crew.manager)]
        theirs = [_account(crew.customer(channel), THEIRS, crew.zone) for channel in crew.owners]
        people.save_many(tx, OURS, [*ours, *theirs], now)
        if budgets and crew.leave:
            tx.execute(absences.insert(), [_absence(crew, user, *span) for user, span in crew.leave.items()])


def _setup(crew: Crew, *, budgets: bool) -> Setup:
    usual = Team("", "")
    team = Team(
        key=crew.key,
        name=crew.key,
        agents=crew.agents,
        managers=(crew.manager,),
        home=crew.home,
        week=Week(crew.zone, FULL),
        digest=None,
        pulse=None,
        cap=usual.cap if budgets else NO_LIMIT,
        load=usual.load if budgets else NO_LIMIT,
    )
    owned = tuple(Channel(channel, team=crew.key, owner=owner) for channel, owner in crew.owners.items())
    part_time = [
        PersonSetup(user, days=PART_TIME[place]) for place, user in enumerate(crew.agents) if place in PART_TIME
    ]
    return Setup((team,), owned, people=tuple(part_time) if budgets else ())


def _absence(crew: Crew, user: str, first: date, last: date) -> dict[str, object]:
    whose: dict[str, object] = {"team_id": OURS, "user_id": user, "source": "leave.ics"}
    return whose | {"starts_at": crew.midnight(first), "ends_at": crew.midnight(last)}


def _account(user: str, home: str, zone: str) -> Account:
    return Account(user, home, None, user.title(), zone, False, False, False, False, False)
