"""What the people who look after a channel have agreed on: the part of the setup that decisions need."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.hours import ROUND_THE_CLOCK, Schedule
from bot.domain.setup import DEFAULT_LADDER, Step, Targets

BURST = timedelta(minutes=5)  # top-level messages of one customer this close together are one conversation
AFTERTHOUGHT = timedelta(days=1)  # how long a bare "thanks!" still belongs to the conversation before it


@dataclass(frozen=True, slots=True)
class Policy:
    """`agents` and `managers` are people (user groups already looked up); `owner` is the channel's default."""

    targets: Targets = Targets()
    ladder: tuple[Step, ...] = DEFAULT_LADDER
    schedule: Schedule = field(default_factory=lambda: Schedule(ROUND_THE_CLOCK))
    team: str | None = None
    owner: str | None = None
    agents: tuple[str, ...] = ()
    rota: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    home: str | None = None

    def target(self, first: bool) -> timedelta:
        """Working time that a wait may take."""
        return self.targets.first if first else self.targets.next

    def on_team(self, user: str | None) -> bool:
        """Only these are nudged; anyone of ours may answer."""
        return user is not None and (user in self.agents or user in self.managers or user == self.owner)
