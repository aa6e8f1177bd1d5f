"""What is typed after /care prompt."""

from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.weekly import read_hour


class Wish(Enum):
    """What somebody wants with their weekly prompt."""

    LOOK = auto()
    ON = auto()
    OFF = auto()
    HOUR = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Order:
    """`weekday` is None where only an hour was said."""

    wish: Wish
    weekday: int | None = None
    minute: int = 0


_WISHES = {"": Wish.LOOK, "on": Wish.ON, "weekly": Wish.ON, "off": Wish.OFF, "stop": Wish.OFF}


def read(line: str) -> Order:
    """The line as it was typed, of any length."""
    words = line[:100].casefold().split()
    if wish := _WISHES.get(" ".join(words)):
        return Order(wish)
    hour = read_hour(" ".join(words[1:] if words[:1] == ["hour"] else words))
    return Order(Wish.HOUR, *hour) if hour else Order(Wish.UNKNOWN)
