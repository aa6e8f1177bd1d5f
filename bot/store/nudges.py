"""Nudges: in people's lists and posted to home channels, cleared when their wait is over."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, select, update

from bot.domain.conversations import EndedBy
from bot.store import gaps, home_posts, languages, lists, living_lists, outbox
from bot.store.db import is_sqlite
from bot.store.living_lists import News
from bot.store.tables import nudges, waits
from bot.store.upserts import new
from bot.store.waiting import TOLD, Desk, Told, why_unsaid
from bot.store.workspaces import Workspace, Workspaces
from bot.views import nudges as views
from bot.views.message import Message
from bot.views.nudges import Waiting


class Cue(NamedTuple):
    """A nudge to be sent. `key` makes it once, whatever is repeated; `because` says why it comes to them."""

    wait_id: int
    key: str
    say: str
    to: str
    because: str = ""


def say(
    tx: Connection, workspace: Workspace, cues: Sequence[Cue], waiting: Mapping[int, Waiting], now: datetime
) -> None:
    """Store nudges: people's lists ring for them, a home channel gets a post. One that was said is not said again."""
    if not cues:
        return
    rows = [s._asdict() | {"team_id": workspace.team_id, "created_at": now} for s in cues]
    fresh = new(tx, nudges).on_conflict_do_nothing(index_elements=["team_id", "key"])
    said = tx.execute(fresh.returning(*nudges.c["id", "wait_id", "key", "say", "to"]), rows).all()
    living_lists.note(tx, workspace.team_id, {one.to for one in said if is_to_person(one)}, News.RING, now)
    for to in sorted({one.to for one in said if not is_to_person(one)}):
        _post(tx, workspace, [one for one in said if one.to == to], waiting, now)


def _post(
    tx: Connection, workspace: Workspace, said: Sequence[Row[Any]], waiting: Mapping[int, Waiting], now: datetime
) -> None:
    """What is due at once for one home channel is one post."""
    if len(said) > 1:
        home_posts.say(tx, workspace, said, now)
        return
    for nudge in said:
        with languages.to(tx, workspace, nudge.to):
            message = views.nudge(nudge.id, nudge.say, waiting[nudge.wait_id])
        saying = outbox.Saying(nudge.key, outbox.POST, nudge.to, message.payload(), nudge.id)
        outbox.put(tx, workspace.team_id, saying, now)


def is_to_person(nudge: Row[Any]) -> bool:
    """Whether it stands in somebody's list; else it is a post in a home channel."""
    return bool(nudge.to[0] in "UW")


def clear(tx: Connection, workspace: Workspace, wait_ids: Sequence[int], now: datetime) -> None:
    """The waits are over: they go from all lists, and their posts say so and lose their buttons."""
    standing = _standing(tx, wait_ids)
    drop(tx, workspace, [nudge for nudge, _ in standing if is_to_person(nudge)], now)
    for nudge, told in standing:
        if nudge.ts is not None:
            desk = Desk(tx, workspace, [told])
            ended_by = EndedBy(told.ended_by) if told.ended_by else None
            with languages.to(tx, workspace, nudge.to):
                message = views.ended(desk.describe(told, now), ended_by, told.ended_user, nudge.to)
            retire(tx, workspace, nudge, message, now)


def drop(tx: Connection, workspace: Workspace, gone: Sequence[Row[Any]], now: datetime) -> None:
    """These stand in nobody's list any more, at once."""
    if gone:
        here = nudges.c.id.in_(lists.numbers(is_sqlite(tx), "gone"))
        tx.execute(update(nudges).where(here).values(cleared_at=now), {"gone": lists.packed([one.id for one in gone])})
        living_lists.note(tx, workspace.team_id, {one.to for one in gone}, News.DONE, now)


def touched(tx: Connection, workspace: Workspace, wait_id: int, by: str, now: datetime) -> None:
    """Somebody has done something about a wait: their own list says so at once, others' soon."""
    here = (nudges.c.wait_id == wait_id) & nudges.c.cleared_at.is_(None)
    readers = {one.to for one in tx.execute(select(nudges.c.to).where(here)) if is_to_person(one)}
    living_lists.note(tx, workspace.team_id, {by}, News.DONE, now)
    living_lists.note(tx, workspace.team_id, readers - {by}, News.CHANGED, now)


def retire(tx: Connection, workspace: Workspace, nudge: Row[Any], message: Message, now: datetime) -> None:
    """Put one line in the place of a nudge, for good."""
    tx.execute(update(nudges).where(nudges.c.id == nudge.id).values(cleared_at=now))
    redraw(tx, workspace, nudge, message, f"clear:{nudge.id}", now)


def redraw(tx: Connection, workspace: Workspace, nudge: Row[Any], message: Message, key: str, now: datetime) -> None:
    """Say a nudge anew where it stands; one that is told of with others, among them."""
    if nudge.post_key:
        home_posts.follow(tx, workspace, nudge.post_key, now)
        return
    payload = message.payload() | {"ts": nudge.ts}
    outbox.put_many(tx, workspace.team_id, [outbox.Saying(key, outbox.UPDATE, nudge.channel, payload, nudge.id)], now)


def still_holds(tx: Connection, row: outbox.Row, now: datetime) -> str | None:
    """Why something in the outbox is not to be said any more; None if it is. Updates always are."""
    if row.nudge_id is None or row.method != outbox.POST:
        return None
    if row.target[0] in "UW":
        return "it stands in a list"  # an earlier version said it on its own
    told = tx.execute(_of_nudge(row.nudge_id)).first()
    if told is None or (why := why_unsaid(told, now)):
        return "the wait is over" if told is None else why
    return gaps.UNREAD if gaps.open_in(tx, row.team_id, [told.channel], now) else None


def posted(tx: Connection, workspaces: Workspaces, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """Slack has what the outbox said. If that was a nudge whose wait ended on the way, it says so at once."""
    workspace = workspaces.get(tx, row.team_id, now)
    if row.nudge_id is not None and row.method == outbox.POST and workspace:
        _stand(tx, workspace, row.nudge_id, channel, ts, now)


def _stand(tx: Connection, workspace: Workspace, nudge_id: int, channel: str, ts: str, now: datetime) -> None:
    # The wait's row is taken first: whoever ends the wait meanwhile comes before or after, not in between.
    told = tx.execute(_of_nudge(nudge_id).with_for_update(of=waits)).first()
    tx.execute(update(nudges).where(nudges.c.id == nudge_id).values(channel=channel, ts=ts))
    if told is not None and told.ended_at is not None:
        clear(tx, workspace, [told.id], now)


def _standing(tx: Connection, wait_ids: Sequence[int]) -> list[tuple[Row[Any], Told]]:
    """The nudges of these waits that are uncleared, each with its wait."""
    if not wait_ids:
        return []
    found = tx.execute(_uncleared(is_sqlite(tx)), {"waits": lists.packed(wait_ids)}).all()
    if not found:
        return []
    told = {row.id: row for row in tx.execute(TOLD.where(waits.c.id.in_({row.wait_id for row in found})))}
    return [(nudge, told[nudge.wait_id]) for nudge in found if nudge.wait_id in told]


@cache
def _uncleared(on_sqlite: bool) -> Select[Any]:
    here = nudges.c.wait_id.in_(lists.numbers(on_sqlite, "waits"))
    return select(nudges).where(here, nudges.c.cleared_at.is_(None)).order_by(nudges.c.id)


def _of_nudge(nudge_id: int) -> Any:
    return TOLD.where(waits.c.id == select(nudges.c.wait_id).where(nudges.c.id == nudge_id).scalar_subquery())
