"""The standing backing as a manager types it: a sentence a line."""

import re
from unicodedata import category

from bot.domain.setup_values import SENTENCE, UNSEEN
from bot.domain.typed import tidy

TYPED_MAX = 3000  # characters, of a text field in Slack
MOST = 15  # sentences

_BULLET = re.compile(r"^\s*[•*–-]\s+")


def sentences(typed: str) -> tuple[str, ...]:
    """Each once, without the bullets that people put before them."""
    seen = ("".join(one for one in line if category(one) not in UNSEEN) for line in tidy(typed).splitlines())
    lines = (" ".join(_BULLET.sub("", line).split()) for line in seen)
    return tuple(dict.fromkeys(line for line in lines if line))


def too_long(found: tuple[str, ...]) -> str | None:
    """The first that is no sentence any more."""
    return next((one for one in found if len(one) > SENTENCE), None)
