"""What is told of expectations, in every state; extremes too. Part of tests.views.digests and examples."""

from collections.abc import Iterator

from bot.domain.expectations import OutOfReach, TooFast
from bot.views import expectations
from bot.views.expectations import Expectation
from bot.views.message import Message

FRIDAY = OutOfReach(4, 1800, 0.61, 4500, 0.953)
HASTE = TooFast(6.24, 0.243, 0.11)
TOLD = {
    "a thin Friday": Expectation("care", FRIDAY, None),
    "the whole week": Expectation("care", OutOfReach(None, 1800, 0.724, 7200, 0.96), None),
    "nothing would do": Expectation("care", OutOfReach(0, 1800, 0.08), None),
    "too fast": Expectation("care", None, HASTE),
    "extreme": Expectation("a" * 40, OutOfReach(6, 720 * 3600, 0.0, 720 * 3600, 1.0), HASTE),
}


def messages() -> Iterator[tuple[str, Message]]:
    """As if each came alone."""
    for name, told in TOLD.items():
        yield name, Message(name, tuple(expectations.blocks(told)))
