"""Who and where: teams, people, channels, hours and targets, as the admins have set them up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, NamedTuple

from bot.domain.channel_rules import ChannelRule as ChannelRule
from bot.domain.channel_rules import Kind as Kind
from bot.domain.hours import OFFICE, Days, Week
from bot.domain.prompt_book import Prompt
from bot.domain.pulse import FLOOR
from bot.domain.retention import Retention as Retention
from bot.domain.targets import DEFAULT_LADDER as DEFAULT_LADDER
from bot.domain.targets import Say as Say
from bot.domain.targets import Step as Step
from bot.domain.targets import Targets as Targets
from bot.domain.targets import To as To
from bot.domain.weekly import Weekly as Weekly

Side = Literal["customer", "ours"]
Whose = Literal["customer", "channel", "team", "workspace"]
Path = tuple[str | int, ...]  # ("team", "care", "agents", 0): the keys and places that lead to a value of the file


class Finding(NamedTuple):
    """What is wrong with the setup: where, and a sentence that says what to do."""

    path: Path
    sentence: str

    def __str__(self) -> str:
        at = where(self.path)
        return f"{at}: {self.sentence}" if at else self.sentence


def where(path: Path) -> str:
    """("team", "care", "agents", 0) in words: "team care, agents"."""
    parts: list[str] = []
    for place, step in enumerate(path):
        if place == 1 and path[0] in ("team", "channel", "person", "customer"):
            parts[-1] += f" {step}"
        elif isinstance(step, str):
            parts.append(step)
        elif parts[-1] in ("ladder", "override", "own", "rule"):
            parts[-1] += f" {step + 1}"
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class CaseWords:
    """A team's own for one case of a boundary call; None where those that CareCue comes with hold."""

    policy: str | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class BoundarySetup:
    """What a team does about boundary calls. `breather` is working time; none of it means no breather."""

    breather: timedelta = timedelta(minutes=30)
    abusive: CaseWords = CaseWords()
    right: CaseWords = CaseWords()
    unreasonable: CaseWords = CaseWords()


@dataclass(frozen=True, slots=True)
class Team:
    """Agents, managers and rota hold people (U…, W…) and user groups (S…); deputies hold people.

    `country` and `region` name the public holidays (ISO 3166: "DE", "BE"); `days_off` are the team's own.
    `targets` and `ladder` are None where the workspace's apply. `digest` is when the week's page comes to the home
    channel, in the team's zone; None: never. `backing` is what agents may decide without asking, a sentence each.
    `pulse` is from how many answers on one is told; None: nobody is asked. `managers_channel` is where a weekly prompt
    comes for all who lead; `retired_prompts` are the ids of those that the team's own managers do not want.

    `cap`: pings a person and local day; `load`: open waits above which one ping a day is all; `turn`: the
    working time that a wait which nobody had stays with whose turn it is. `language` is what its channels are told in,
    None for the workspace's.
    """

    key: str
    name: str
    agents: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    home: str | None = None
    week: Week = OFFICE
    country: str | None = None
    region: str | None = None
    days_off: tuple[date, ...] = ()
    targets: Targets | None = None
    ladder: tuple[Step, ...] | None = None
    rota: tuple[str, ...] = ()
    digest: Weekly | None = Weekly()
    backing: tuple[str, ...] = ()
    boundary: BoundarySetup = BoundarySetup()
    pulse: int | None = FLOOR
    managers_channel: str | None = None
    retired_prompts: tuple[str, ...] = ()
    cap: int = 6
    load: int = 8
    turn: timedelta = timedelta(minutes=30)
    language: str | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone of the team once, agents first; user groups stand as their S… id."""
        return tuple(dict.fromkeys((*self.agents, *self.managers, *self.deputies)))


@dataclass(frozen=True, slots=True)
class Channel:
    """`relays` are the apps (B… or A…) whose messages here are customers' mail."""

    id: str
    kind: Kind = "customer"
    team: str | None = None
    owner: str | None = None
    targets: Targets | None = None
    relays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonSetup:
    """Where and when one of ours works, where that differs from their team's.

    `days` are the blocks of each weekday, by the clock of `zone`; None: the team's blocks. Without `zone` it is the
    clock that Slack has for them. `country` and `region` take the place of the team's, `days_off` come to the team's.
    """

    user: str
    zone: str | None = None
    days: Days | None = None
    country: str | None = None
    region: str | None = None
    days_off: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerSetup:
    """What holds for one customer, in whatever channel they write."""

    user: str
    targets: Targets | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """Says whose side a person is on, whatever Slack says: in one channel, or everywhere when it is None."""

    user: str
    is_: Side
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class KudosSetup:
    """`channel` is where kudos may be announced; `off` are channels without kudos.

    `emoji` (a name, without colons) asks who gives it to an agent's message why; None asks nobody. `manager_day_cap`
    is how many people a manager may thank in a day, where that differs from everybody else.
    """

    channel: str | None = None
    emoji: str | None = None
    off: tuple[str, ...] = ()
    manager_day_cap: int | None = None
    unthanked_after_days: int = 30


@dataclass(frozen=True, slots=True)
class PromptSetup:
    """Weekly prompts: the ids of those that nobody is to get, and people's own beside those that CareCue brings."""

    retired: tuple[str, ...] = ()
    own: tuple[Prompt, ...] = ()


LANGUAGES = ("en", "de", "fr", "es", "pt")  # those that CareCue speaks

# Names of emoji in a Slack status that say: I am not there. Slack offers the first two itself.
AWAY_EMOJI = (
    "palm_tree",
    "face_with_thermometer",
    "desert_island",
    "beach_with_umbrella",
    "away",
    "ooo",
    "out_of_office",
    "vacation",
)


@dataclass(frozen=True, slots=True)
class Setup:
    """The whole of it. Empty is fine: no team, the default targets and ladder.

    `rules` say what channels are that are not listed, the first that fits. `language` is what channels are told in; a
    person hears theirs. In `works_council` mode nobody is told of by name once a wait is over.
    `ruled` is no part of what is set up, but what the rules make of the channels that are known now.
    """

    teams: tuple[Team, ...] = ()
    channels: tuple[Channel, ...] = ()
    overrides: tuple[Override, ...] = ()
    targets: Targets = Targets()
    ladder: tuple[Step, ...] = DEFAULT_LADDER
    admins: tuple[str, ...] = ()
    kudos: KudosSetup = KudosSetup()
    prompts: PromptSetup = PromptSetup()
    people: tuple[PersonSetup, ...] = ()
    customers: tuple[CustomerSetup, ...] = ()
    away_emoji: tuple[str, ...] = AWAY_EMOJI
    rules: tuple[ChannelRule, ...] = ()
    retention: Retention = Retention()
    works_council: bool = False
    language: str = "en"
    ruled: Mapping[str, Channel] = field(default_factory=dict, repr=False, compare=False)
    _teams: Mapping[str, Team] = field(init=False, repr=False, compare=False)
    _channels: Mapping[str, Channel] = field(init=False, repr=False, compare=False)
    _overrides: Mapping[tuple[str, str | None], Side] = field(init=False, repr=False, compare=False)
    _people: Mapping[str, PersonSetup] = field(init=False, repr=False, compare=False)
    _customers: Mapping[str, CustomerSetup] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked on every event, hence dicts; frozen, hence set past the guard, once.
        object.__setattr__(self, "_teams", {team.key: team for team in self.teams})
        ours = {self.kudos.channel: Channel(self.kudos.channel, "team")} if self.kudos.channel else {}
        leading = [team.managers_channel for team in self.teams if team.managers_channel]
        ours |= {channel: Channel(channel, "team") for channel in leading}
        ours |= {team.home: Channel(team.home, "team", team.key) for team in self.teams if team.home}
        object.__setattr__(
            self, "_channels", {**self.ruled, **ours} | {channel.id: channel for channel in self.channels}
        )
        object.__setattr__(self, "_overrides", {(o.user, o.channel): o.is_ for o in self.overrides})
        object.__setattr__(self, "_people", {person.user: person for person in self.people})
        object.__setattr__(self, "_customers", {customer.user: customer for customer in self.customers})

    def team(self, key: str | None) -> Team | None:
        """None for a key that no team has."""
        return self._teams.get(key) if key else None

    def channel(self, channel: str) -> Channel | None:
        """A home channel is its team's without being listed; the kudos channel and managers' channels are ours.

        None for a channel that nobody has set up, and that no rule fits.
        """
        return self._channels.get(channel)

    def team_for(self, channel: str) -> Team | None:
        """The channel's team; a workspace with a single team need not say so channel by channel."""
        known = self._channels.get(channel)
        if known and known.team:
            return self._teams.get(known.team)
        return self.teams[0] if len(self.teams) == 1 else None

    def teams_of(self, user: str, groups: Collection[str] = ()) -> tuple[Team, ...]:
        """The teams that name this person, or one of the user groups the person is in."""
        ids = {user, *groups}
        return tuple(team for team in self.teams if not ids.isdisjoint(team.people))

    def person(self, user: str) -> PersonSetup:
        """Where and when somebody works; with nothing in it where that is as their team does."""
        return self._people.get(user) or PersonSetup(user)

    def targets_for(self, channel: str, customer: str | None = None) -> Targets:
        """The customer's own, else the channel's, else its team's, else the workspace's."""
        return self.agreed(channel, customer)[1]

    def agreed(self, channel: str, customer: str | None = None) -> tuple[Whose, Targets]:
        """The same, with whose they are."""
        own = self._customers.get(customer) if customer else None
        if own and own.targets:
            return "customer", own.targets
        known = self._channels.get(channel)
        if known and known.targets:
            return "channel", known.targets
        team = self.team_for(channel)
        return ("team", team.targets) if team and team.targets else ("workspace", self.targets)

    def ladder_for(self, key: str | None) -> tuple[Step, ...]:
        """The team's own ladder (an empty one means no nudges), else the workspace's."""
        team = self.team(key)
        return self.ladder if team is None or team.ladder is None else team.ladder

    def override(self, user: str, channel: str) -> Side | None:
        """What an admin said of this person here; what is said of the channel wins over everywhere."""
        here = self._overrides.get((user, channel))
        return here or self._overrides.get((user, None))
