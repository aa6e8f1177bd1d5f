"""/care pause, resume, quiet, digest-only and hours: people say when they want to be left in peace."""

from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain import typed_hours, until
from bot.domain.care_command import Order, Verb
from bot.domain.presence import Mode, Quiet, Reason
from bot.domain.until import Refused
from bot.store import presence
from bot.store import presence_choices as store
from bot.views import presence as views
from bot.views.message import Message
from handlers import home
from handlers.doors import Knock

MODES = {Verb.QUIET: Mode.QUIET, Verb.DIGEST_ONLY: Mode.DIGEST_ONLY}


async def pause(deps: Deps, knock: Knock, order: Order) -> Message:
    """Until when was typed, or until tomorrow morning."""
    answer = await deps.db.run(_pause, knock, order.line, deps.now())
    deps.sender.wake()
    return answer


async def resume(deps: Deps, knock: Knock) -> Message:
    """As usual again."""
    before, quiet = await deps.db.run(_resume, knock, deps.now())
    deps.sender.wake()
    return views.resumed(quiet, _is_said(before))


async def press_resume(deps: Deps, knock: Knock) -> Message:
    """*Resume*: the same."""
    said = await resume(deps, knock)
    await home.follow(deps, knock)
    return said


async def be(deps: Deps, knock: Knock, order: Order) -> Message:
    """Quiet, or the weekly pages alone."""
    mode = MODES[order.verb]
    await deps.db.run(store.be, knock.workspace, knock.user, mode, deps.now())
    deps.sender.wake()
    return views.mode(mode)


async def hours(deps: Deps, knock: Knock, order: Order) -> Message:
    """My hours: as they are, as typed, or my team's again."""
    if not order.line:
        quiet, own = await deps.db.run(_look, knock, deps.now())
        return views.hours(quiet, own)
    off = order.line.casefold() in ("off", "team")
    days = None if off else typed_hours.read(order.line)
    if isinstance(days, str):
        return views.no_hours(days)
    quiet = await deps.db.run(store.work, knock.workspace, knock.user, days, deps.now())
    return views.hours(quiet, days is not None)


def _pause(tx: Connection, knock: Knock, typed: str, now: datetime) -> Message:
    quiet = presence.quiet(tx, knock.workspace, knock.user, now)
    moment = until.read(typed, now, quiet.zone, quiet.schedule)
    if isinstance(moment, Refused):
        return views.refused(typed, moment)
    passed_on = store.pause(tx, knock.workspace, knock.user, moment, now)
    return views.paused(moment, quiet.zone, *passed_on)


def _resume(tx: Connection, knock: Knock, now: datetime) -> tuple[Quiet, Quiet]:
    before = presence.quiet(tx, knock.workspace, knock.user, now)
    return before, store.resume(tx, knock.workspace, knock.user, now)


def _look(tx: Connection, knock: Knock, now: datetime) -> tuple[Quiet, bool]:
    quiet = presence.quiet(tx, knock.workspace, knock.user, now)
    said = presence.said(tx, knock.workspace.team_id, knock.user).days
    return quiet, bool(said or knock.workspace.setup.person(knock.user).days)


def _is_said(quiet: Quiet) -> bool:
    """Whether they had said anything that can be taken back."""
    return quiet.mode is not Mode.LOUD or bool(quiet.away and quiet.away.reason is Reason.PAUSED)
