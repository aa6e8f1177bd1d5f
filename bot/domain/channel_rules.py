"""Channel rules: what channels are that nobody lists one by one, told from their names and from who else reads them."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["customer", "team", "ignored"]


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """Fits the channels whose name begins with `prefix`, those that are shared outside, or those that are both."""

    prefix: str | None = None
    shared: bool = False
    kind: Kind = "customer"
    team: str | None = None

    def fits(self, name: str, is_shared: bool) -> bool:
        """`name` is without its #."""
        if self.prefix is None:
            return self.shared and is_shared
        return name.startswith(self.prefix) and (is_shared or not self.shared)

    @property
    def which(self) -> str:
        """The channels that it fits, in words."""
        begin = f" that begin with {self.prefix}" if self.prefix else ""
        return ("shared " if self.shared else "") + f"channels{begin}"


def fitting(rules: tuple[ChannelRule, ...], name: str, is_shared: bool) -> ChannelRule | None:
    """The first that fits."""
    return next((rule for rule in rules if rule.fits(name, is_shared)), None)
