"""What the people who look after a channel have agreed on: the part of the setup that decisions need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.hours import ROUND_THE_CLOCK, Schedule
from bot.domain.setup import DEFAULT_LADDER, Step, Targets

BURST = timedelta(minutes=5)  # top-level messages of one customer this close together are one conversation
AFTERTHOUGHT = timedelta(days=1)  # how long a bare "thanks!" still belongs to the conversation before it


@dataclass(frozen=True, slots=True)
class Policy:
    """`agents`, `managers` and `deputies` are people (user groups already looked up); `owner` is the channel's default.

    `customers` are the targets of those who have their own.
    """

    targets: Targets = Targets()
    ladder: tuple[Step, ...] = DEFAULT_LADDER
    schedule: Schedule = field(default_factory=lambda: Schedule(ROUND_THE_CLOCK))
    team: str | None = None
    owner: str | None = None
    agents: tuple[str, ...] = ()
    rota: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    home: str | None = None
    customers: Mapping[str, Targets] = field(default_factory=dict)

    def target(self, first: bool, customer: str | None = None) -> timedelta:
        """Working time that a wait may take, in a conversation of this customer."""
        targets = self.customers.get(customer or "", self.targets)
        return targets.first if first else targets.next

    def on_team(self, user: str | None) -> bool:
        """Only these are nudged; anyone of ours may answer."""
        return user is not None and (user in (*self.agents, *self.managers, *self.deputies) or user == self.owner)
