"""What is told of expectations, in every state; extremes too. Part of tests.views.digests and examples."""

from collections.abc import Iterator

from bot.domain.expectations import OutOfReach, TooFast
from bot.views import expectations
from bot.views.expectations import Expectation
from bot.views.message import Message

HOSTILE = "<!channel>&* `x` <@U0MIA>\n" * 40
FRIDAY = OutOfReach(4, 1800, 0.61, 4500, 0.953)
HASTE = TooFast(6.24, 0.243, 0.11)
TOLD = {
    "a thin Friday": Expectation("care", "Care", FRIDAY, None),
    "the whole week": Expectation("care", "Care", OutOfReach(None, 1800, 0.724, 7200, 0.96), None),
    "nothing would do": Expectation("care", "Care", OutOfReach(0, 1800, 0.08), None),
    "too fast": Expectation("care", "Care", None, HASTE),
    "extreme": Expectation("a" * 40, HOSTILE, OutOfReach(6, 720 * 3600, 0.0, 720 * 3600, 1.0), HASTE),
}


def messages() -> Iterator[tuple[str, Message]]:
    """As if each came alone."""
    for name, told in TOLD.items():
        yield name, Message(name, tuple(expectations.blocks(told)))
