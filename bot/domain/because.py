"""Why somebody has a wait that was not theirs before: a code with values, which tables keep and views make words of."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.domain.presence import Away, Reason

UNTOLD = {Reason.BREATHER}  # nobody else is to learn who takes a breath


class Cause(StrEnum):
    """What became of whoever had it before, or what they did."""

    FREE = "free"  # nobody had it, and it was this person's turn
    TURN = "turn"  # it had been given to them by turn, and nothing happened
    AWAY = "away"
    LEFT = "left"  # they left the channel
    TEAM = "team"  # they are no longer in the team
    GONE = "gone"  # they left the company
    BY = "by"  # they handed it over
    LOAD = "load"  # they had too much, and somebody who leads took it off them


@dataclass(frozen=True, slots=True)
class Because:
    """`user` had it before; nobody where it was free.

    `reason` and `until` say of who is away why and till when, where that is known and not for them alone to know.
    """

    cause: Cause
    user: str = ""
    reason: Reason | None = None
    until: datetime | None = None


def of_away(user: str, away: Away) -> Because:
    """Why a wait of somebody who is away goes to another."""
    if away.reason is Reason.GONE:
        return Because(Cause.GONE, user)
    if away.reason in UNTOLD:
        return Because(Cause.AWAY, user)
    return Because(Cause.AWAY, user, away.reason, away.until)


def write(because: Because) -> str:
    """ "away:U0ANA:paused:1772445600", "turn:U0ANA", "free"."""
    until = str(int(because.until.timestamp())) if because.until else ""
    parts = (because.cause, because.user, because.reason or "", until)
    return ":".join(parts).rstrip(":")


def by(user: str) -> str:
    """Of what somebody handed over, or asked another to take."""
    return write(Because(Cause.BY, user))


def read(code: str) -> Because | None:
    """What `write` made; None for nothing, and for what no version of this knows."""
    cause, user, reason, until = (*code.split(":"), "", "", "")[:4]
    try:
        return Because(
            Cause(cause),
            user,
            Reason(reason) if reason else None,
            datetime.fromtimestamp(int(until), UTC) if until else None,
        )
    except ValueError:
        return None
