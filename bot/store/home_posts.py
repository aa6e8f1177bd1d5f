"""Several nudges that fall due at once for one home channel: one post tells of all, and follows what becomes of them.

Its key in the outbox is `home:` and the first nudge's id; every nudge in it has that as `post_key`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.domain.conversations import EndedBy
from bot.domain.moments import ts_of
from bot.store import gaps, languages, outbox
from bot.store.tables import nudges, waits
from bot.store.waiting import TOLD, Desk, Told, why_unsaid
from bot.store.workspaces import Workspace
from bot.views import home_posts as views
from bot.views import nudges as nudge_views
from bot.views.home_posts import HomeLine
from bot.views.message import Message, digest_of
from bot.views.nudges import Waiting
from bot.views.words import home_posts as words

PREFIX = "home:"


def say(tx: Connection, workspace: Workspace, said: Sequence[Row[Any]], now: datetime) -> None:
    """Tell a home channel of these nudges, all to it, in one post."""
    key = f"{PREFIX}{min(nudge.id for nudge in said)}"
    tx.execute(update(nudges).where(nudges.c.id.in_([nudge.id for nudge in said])).values(post_key=key))
    payload = _draw(tx, workspace, _lines(tx, workspace, key), now).payload()
    outbox.put(tx, workspace.team_id, outbox.Saying(key, outbox.POST, said[0].to, payload), now)


def still_holds(tx: Connection, row: outbox.Row, now: datetime) -> str | None:
    """Why it is not to be posted any more; None if it is."""
    told = tx.execute(_told(row.team_id, row.key)).all()
    left = [one for one in told if why_unsaid(one, now) is None]
    if not left:
        return "the waits are over"
    return gaps.UNREAD if gaps.open_in(tx, row.team_id, {one.channel for one in left}, now) else None


def posted(tx: Connection, workspace: Workspace, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """It stands. What became of its customers on the way is put right at once."""
    # The waits' rows are taken first: whoever ends one meanwhile comes before or after, not in between.
    tx.execute(_told(row.team_id, row.key).order_by(waits.c.id).with_for_update(of=waits)).all()
    here = (nudges.c.team_id == row.team_id) & (nudges.c.post_key == row.key)
    tx.execute(update(nudges).where(here).values(channel=channel, ts=ts))
    over = select(nudges.c.id).join_from(nudges, waits, nudges.c.wait_id == waits.c.id)
    ended = tx.execute(over.where(here, waits.c.ended_at.is_not(None))).scalars().all()
    tx.execute(update(nudges).where(nudges.c.id.in_(ended)).values(cleared_at=now))
    follow(tx, workspace, row.key, now)


def follow(tx: Connection, workspace: Workspace, key: str, now: datetime) -> None:
    """Something has become of one of its customers: it says so where it stands."""
    rows = _lines(tx, workspace, key)
    stands = next((nudge for nudge, _ in rows if nudge.ts), None)
    if stands is None:
        return
    payload = _draw(tx, workspace, rows, now).payload() | {"ts": stands.ts}
    again = f"{key}:{ts_of(now)}:{digest_of(payload)[:12]}"
    outbox.put(tx, workspace.team_id, outbox.Saying(again, outbox.UPDATE, stands.channel, payload), now)


def _draw(tx: Connection, workspace: Workspace, rows: Sequence[tuple[Row[Any], Told]], now: datetime) -> Message:
    desk = Desk(tx, workspace, [told for _, told in rows])
    silence = gaps.silence(tx, workspace.team_id, now)
    away = (silence.away_from, silence.away_until) if silence else None
    with languages.to(tx, workspace, rows[0][0].to):
        return views.draw([_line(desk, nudge, told, now) for nudge, told in rows], away)


def _line(desk: Desk, nudge: Row[Any], told: Told, now: datetime) -> HomeLine:
    waiting = desk.describe(told, now)
    if told.ended_at is not None:
        ended_by = EndedBy(told.ended_by) if told.ended_by else None
        over = nudge_views.how_it_ended(waiting, ended_by, told.ended_user, nudge.to)
        return HomeLine(nudge.id, waiting, over=over)
    if nudge.cleared_at is not None:
        return HomeLine(nudge.id, waiting, over=words.no_more(waiting.bold_name))
    return HomeLine(nudge.id, waiting, note=_note(waiting, told.claimed_by))


def _note(waiting: Waiting, claimed_by: str | None) -> str:
    if waiting.paused_until:
        return nudge_views.note_paused(waiting.paused_until)
    if waiting.snoozed_until:
        return nudge_views.note_snoozed(waiting.snoozed_until)
    return nudge_views.note_claimed(claimed_by, "") if claimed_by else ""


def _lines(tx: Connection, workspace: Workspace, key: str) -> list[tuple[Row[Any], Told]]:
    here = (nudges.c.team_id == workspace.team_id) & (nudges.c.post_key == key)
    found = tx.execute(select(nudges).where(here).order_by(nudges.c.id)).all()
    told = {row.id: row for row in tx.execute(_told(workspace.team_id, key))}
    return [(nudge, told[nudge.wait_id]) for nudge in found if nudge.wait_id in told]


def _told(team_id: str, key: str) -> Any:
    here = (nudges.c.team_id == team_id) & (nudges.c.post_key == key)
    return TOLD.where(waits.c.id.in_(select(nudges.c.wait_id).where(here)))
