"""Why somebody is not to be handed a wait now: they are away, and others are there."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.domain.because import of_away
from bot.domain.presence import Reason
from bot.store import people, presence, teammates
from bot.store.workspaces import Workspace
from bot.views.words import common, days
from bot.views.words import nudges as words

Refusal = str
MOST_NAMED = 5


def why_not(tx: Connection, workspace: Workspace, channel: str, to: str, reader: str, now: datetime) -> Refusal | None:
    """The sentence for whoever hands over, by their own clock; None where the other one may have it.

    That is who is on duty, and while nobody else is, who is off work and nothing else: they hear of it when back.
    """
    away = presence.away(tx, workspace, [to], now).get(to)
    there = _on_duty(tx, workspace, channel, (to, reader), now) if away else []
    if away is None or (away.reason is Reason.HOURS and not there):
        return None
    known = people.get_many(tx, workspace.team_id, {to, reader, *there})
    names = {user: common.escape(common.shortened(one.name)) for user, one in known.items()}
    until = of_away(to, away).until
    zone = presence.hours(tx, workspace, reader).week.zone
    told = days.timed(until.astimezone(ZoneInfo(zone))) if until else ""
    return words.pick_another(names.get(to, to), told, [names.get(user, user) for user in there])


def _on_duty(tx: Connection, workspace: Workspace, channel: str, but: tuple[str, str], now: datetime) -> list[str]:
    free = teammates.on_duty(tx, workspace, channel, teammates.agents_of(tx, workspace, channel, but), now)
    return [mate.user for mate in teammates.lightest(tx, workspace, free)][:MOST_NAMED]
