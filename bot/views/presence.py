"""Being left in peace: the answers to what people say of themselves, and how it stands above their lists."""

from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.presence import Mode, Quiet, Reason
from bot.domain.until import Refused, Unclear
from bot.views.blocks import context, section
from bot.views.home_forms import lines
from bot.views.message import Message, date, one_line
from bot.views.words import common
from bot.views.words import digest_answers as digest_words
from bot.views.words import presence as words

COMMAND = "/care"
RESUME = "presence.resume"


def paused(until: datetime, zone: str, customers: int, anyone: bool) -> Message:
    """What holds from now on, what becomes of those who wait, and the way back."""
    said = [words.paused(_when(until), common.escape(zone), COMMAND), words.passed_on(customers, anyone)]
    return one_line("\n".join(said))


def resumed(quiet: Quiet, was: bool) -> Message:
    """Back, as far as that is for the person to say: a status or a calendar may say otherwise."""
    still = _why_away(quiet)
    if still:
        return one_line(still if was else f"{words.NOTHING_PAUSED()} {still}")
    return one_line(words.BACK())


def mode(chosen: Mode) -> Message:
    """Quiet, or the weekly pages alone."""
    said = words.quiet if chosen is Mode.QUIET else words.digest_only
    return one_line(said(COMMAND))


def hours(quiet: Quiet, own: bool) -> Message:
    """When something may ring."""
    return one_line(words.hours(quiet.zone, list(lines(quiet.schedule.week)), own, COMMAND))


def no_hours(why: str) -> Message:
    """What was typed is no week."""
    return Message(words.no_hours(why, COMMAND))


def refused(typed: str, refusal: Refused) -> Message:
    """No moment could be made of what was typed."""
    if refusal.meant:
        return Message(digest_words.did_you_mean(f"pause {typed}", COMMAND, f"pause {refusal.meant}"))
    if refusal.why is Unclear.TOO_FAR:
        return Message(words.TOO_FAR())
    return Message((words.past if refusal.why is Unclear.PAST else words.unclear)(typed, COMMAND))


def part(quiet: Quiet | None) -> list[Block]:
    """How it stands with somebody, above their list: nothing where all is as usual."""
    if quiet is None:
        return []
    said = _by_choice(quiet)
    if said:
        return [section(said, ButtonElement(text=words.RESUME(), action_id=RESUME))]
    away = _why_away(quiet)
    return [context(away)] if away else []


def _by_choice(quiet: Quiet) -> str:
    """What they have said themselves, and can take back."""
    if quiet.away and quiet.away.reason is Reason.PAUSED and quiet.away.until:
        return words.is_paused(_when(quiet.away.until))
    return {Mode.QUIET: words.IS_QUIET(), Mode.DIGEST_ONLY: words.IS_DIGEST_ONLY()}.get(quiet.mode, "")


def _why_away(quiet: Quiet) -> str:
    if quiet.away and quiet.away.reason is Reason.STATUS:
        return words.by_status(_when(quiet.away.until) if quiet.away.until else None)
    if quiet.away and quiet.away.reason is Reason.CALENDAR and quiet.away.until:
        return words.by_calendar(_when(quiet.away.until))
    return ""


def _when(at: datetime) -> str:
    return date(at, "{date_long_pretty}, {time}")
