"""What people read and press about their own peace, too much for one of them, and rules that fell silent."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.domain.hours import ROUND_THE_CLOCK, Schedule, Week
from bot.domain.precision import Lately
from bot.domain.presence import Away, Mode, Quiet, Reason
from bot.domain.until import Refused, Unclear
from bot.views import loads, precision, presence
from bot.views.loads import Burden, Free
from bot.views.message import Message
from bot.views.nudges import Waiting

Json = dict[str, Any]

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
LINK = "https://linden.slack.com/archives/C0ACME/p1772445600000100"
OFFICE = Schedule(Week("Europe/Lisbon", (((time(9), time(17)),),) * 5 + ((),) * 2))
ADA = Waiting("C0ACME", "Ada", LINK, timedelta(minutes=45), timedelta(hours=1), "U0ANA")
MUCH = Waiting("C0ACME", "<!channel>&*" * 400, LINK, timedelta(days=4000), timedelta(days=3000), "U0ANA", True)


def quiet(mode: Mode = Mode.LOUD, away: Away | None = None) -> Quiet:
    """Ana's."""
    return Quiet(mode, away, None, OFFICE, "Europe/Lisbon")


def peace() -> Iterator[tuple[str, Message]]:
    """What /care pause, resume, quiet, digest-only and hours answer."""
    yield "paused", presence.paused(NOW, "Europe/Lisbon", 3, anyone=True)
    yield "paused, nobody is left", presence.paused(NOW, "Europe/Lisbon", 1, anyone=False)
    yield "back", presence.resumed(quiet(), was=True)
    for reason in Reason:
        for was in (True, False):
            away = Away(reason, NOW)
            yield f"back, but {reason}, {was}", presence.resumed(quiet(away=away), was=was)
            yield f"above the list: {reason}, {was}", _part(quiet(Mode.QUIET if was else Mode.LOUD, away))
    for mode in Mode:
        yield f"mode {mode}", presence.mode(mode)
        yield f"above the list: {mode}", _part(quiet(mode))
    yield "hours", presence.hours(quiet(), own=True)
    yield "hours, always", presence.hours(Quiet(Mode.LOUD, None, None, Schedule(ROUND_THE_CLOCK), "UTC"), own=False)
    yield "no hours", presence.no_hours("<!channel>&" * 100)
    for why in Unclear:
        yield f"no moment: {why}", presence.refused("<!channel>&" * 100, Refused(why))
    yield "no moment: meant", presence.refused("fridya", Refused(next(iter(Unclear)), "friday"))


def rules() -> Iterator[tuple[str, Message]]:
    """Notes to admins."""
    yield "fell silent", precision.fell_silent("question_mark", Lately(20, 12))
    yield "on again", precision.on_again("question_mark", "U0NIA")


def modals() -> dict[str, Json]:
    """*Take off…*, sent off."""
    mates = [Free("U0LEE", "Lee", 0), Free("U0OMAR", "<!channel>&" * 20, 10**9)]
    crowd = [Free(f"U0LEE{number}", "<!channel>&" * 20, 10**9) for number in range(200)]
    many = [(2**62 - number, MUCH) for number in range(40)]
    return {
        "take off": loads.form(Burden("U0ANA", 11, 8, [(number, ADA) for number in range(11)], mates)),
        "take off, extreme": loads.form(Burden("U0ANA", 10**9, 8, many, crowd)),
    }


def shown() -> dict[str, Json]:
    """What it turns into."""
    return {"not now": loads.not_now("Nobody is on duty."), "done": loads.done("U0ANA", {"U0LEE": 2, "U0OMAR": 1})}


def _part(one: Quiet) -> Message:
    return Message("Above the list", tuple(presence.part(one)))
