"""The lists' clock: those with news are looked at; each rings, is edited, or is looked at later.

At most one post of a list is under way. Whatever happens meanwhile waits for it, or has it drawn anew.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, select

from bot.domain import living_list
from bot.domain.living_list import AGES, Budget, Fresh, rings_at
from bot.domain.moments import moment
from bot.domain.owners import Load
from bot.domain.presence import Mode, Quiet
from bot.domain.setup import Team
from bot.store import before_lists, list_posts, list_rows, living_lists, outbox, owners, people, presence, set_aside
from bot.store.list_posts import Living, Post
from bot.store.list_rows import Standing
from bot.store.list_tables import living_lists as table
from bot.store.set_aside import Due
from bot.store.standing import is_here
from bot.store.workspaces import Workspace, Workspaces
from bot.views import living_list as views
from bot.views.language import speaking
from bot.views.message import Message

SOON, LATER = timedelta(seconds=5), timedelta(minutes=1)  # when to see what became of a post under way
FIRST = 1  # number of a list
DUE = Due("list", table.c.look_at, table.c.user_id)
USUAL_CAP = Team("", "").cap


class Reader(NamedTuple):
    """Whose list it is, as far as it matters to when it rings and what it reads like."""

    workspace: Workspace
    quiet: Quiet
    budget: Budget
    language: str


def take_due(tx: Connection, workspaces: Workspaces, now: datetime, limit: int) -> int:
    """Look at the lists that are due, and put what is to be said of them in the outbox; how many it were.

    Whoever does this at the same time takes others.
    """
    due = select(table).where(table.c.look_at <= now, is_here(table)).order_by(table.c.look_at).limit(limit)
    rows = sorted(tx.execute(due.with_for_update(skip_locked=True)), key=lambda row: str(row.team_id))
    set_aside.taking(tx, DUE, rows)
    for team_id, group in groupby(rows, key=lambda row: str(row.team_id)):
        found = [Living.of(row, now) for row in group]
        workspace = workspaces.get(tx, team_id, now)
        readers = _readers(tx, workspace, [one.user_id for one in found], now) if workspace else {}
        for one in found:
            reader = readers.get(one.user_id)
            list_posts.save(tx, _look(tx, reader, one, now) if reader else replace(one, look_at=None))
    return len(rows)


def next_due(tx: Connection) -> datetime | None:
    """When the next list is to be looked at; None when none is."""
    is_due = table.c.look_at.is_not(None) & is_here(table)
    due = select(table.c.look_at).where(is_due).order_by(table.c.look_at).limit(1)
    known = (tx.execute(due).scalar(), living_lists.next_news(tx))
    return min(filter(None, known), default=None)


def still_holds(tx: Connection, workspaces: Workspaces, row: outbox.Row, now: datetime) -> str | None:
    """Why a post is not to be made any more; None if it is. The job sees what became of it, and gives it back."""
    user, number, kind = list_posts.read_key(row.key)
    one, workspace = list_posts.find(tx, row.team_id, user, now), workspaces.get(tx, row.team_id, now)
    if one is None or workspace is None or one.number != number or not one.is_under_way:
        return "there is a later one"
    if one.urgent or living_lists.is_done_with(tx, row.team_id, user):
        return "something in it is over"
    if kind == Post.SHOWN:
        return None
    reader = _readers(tx, workspace, [user], now)[user]
    fresh = list_rows.fresh(tx, list_rows.read(tx, workspace, user, now), one.ringing_at, now)
    if not fresh or (kind == Post.LEADING and not fresh.leading):
        return "nothing of it is new any more"
    at = rings_at(fresh, one.rung, reader.quiet, reader.budget, now)
    return None if at and at <= now else "it may not ring now"


def posted(tx: Connection, workspace: Workspace, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """Slack has it. What changed on the way is put right by the job at once."""
    user, _, _ = list_posts.read_key(row.key)
    one = list_posts.find(tx, row.team_id, user, now, hold=True)
    if one is not None:
        day = living_list.local_day(now, presence.quiet(tx, workspace, user, now))
        list_posts.save(tx, list_posts.arrived(tx, one, row, (channel, ts), day, now))
        if one.ts is None and one.number == FIRST:
            before_lists.take_away(tx, row.team_id, user, channel, now)


def _look(tx: Connection, reader: Reader, known: Living, now: datetime) -> Living:
    one = known
    if one.is_under_way:
        if due := list_posts.due(tx, one):
            return replace(one, look_at=max(due + SOON, now + LATER))
        one = list_posts.given_back(tx, one, now)
    if reader.quiet.mode is Mode.DIGEST_ONLY:
        return replace(list_posts.take_away(tx, one, now), wanted=False, look_at=None)
    if one.wanted or _may_ring(one, reader, ANYTHING, now) or _is_edited(one, now):
        return _draw(tx, reader, one, now)
    return _later(one, reader, ANYTHING, now)


def _draw(tx: Connection, reader: Reader, one: Living, now: datetime) -> Living:
    """Read what there is for them, and say it by what is new: loudly, in place, or not at all."""
    standing = list_rows.read(tx, reader.workspace, one.user_id, now)
    fresh = list_rows.fresh(tx, standing, one.news_at, now)
    one = one if fresh or not standing.is_whole else replace(one, news_at=None)
    if one.wanted and one.ts is None:
        kind = Post.SHOWN
    elif _may_ring(one, reader, fresh, now):
        counts = living_list.counts(fresh, one.rung, reader.quiet, reader.budget, now)
        kind = Post.PING if counts else Post.LEADING
    else:
        return _later(_in_place(tx, reader, one, standing, now), reader, fresh if standing else None, now)
    sent = list_posts.post(tx, one, _message(tx, reader, standing, now), kind, now)
    return replace(sent, look_at=now + SOON)


def _in_place(tx: Connection, reader: Reader, one: Living, standing: Standing, now: datetime) -> Living:
    if one.ts is None:
        return replace(one, changed_at=None, urgent=False, wanted=False)
    seen = replace(one, wanted=False)
    if not _is_edited(one, now) or not standing.is_whole:
        return seen
    return list_posts.edit(tx, seen, _message(tx, reader, standing, now, moment(one.ts)), now)


def _message(
    tx: Connection, reader: Reader, standing: Standing, now: datetime, posted_at: datetime | None = None
) -> Message:
    with speaking(reader.language):
        return views.draw(list_rows.page(tx, standing, reader.quiet, now, posted_at))


def _may_ring(one: Living, reader: Reader, fresh: Fresh, now: datetime) -> bool:
    at = _rings_at(one, reader, fresh, now)
    return at is not None and at <= now


def _rings_at(one: Living, reader: Reader, fresh: Fresh, now: datetime) -> datetime | None:
    return rings_at(fresh, one.rung, reader.quiet, reader.budget, now) if one.news_at else None


def _is_edited(one: Living, now: datetime) -> bool:
    if one.ts is None or one.drawn_at is None:
        return False
    at = living_list.edits_at(one.changed_at, one.drawn_at, urgent=one.urgent)
    return (at is not None and at <= now) or one.drawn_at + AGES <= now


def _later(one: Living, reader: Reader, fresh: Fresh | None, now: datetime) -> Living:
    """When to look again. `fresh` is None for whom nothing waits: what stands does not age."""
    edits = living_list.edits_at(one.changed_at, one.drawn_at, urgent=one.urgent) if one.ts else None
    ages = living_list.ages_at(one.drawn_at, reader.quiet) if one.ts and one.drawn_at and fresh is not None else None
    rings = _rings_at(one, reader, fresh, now) if fresh is not None else None
    changed_at = one.changed_at if one.ts else None
    return replace(one, changed_at=changed_at, look_at=min(filter(None, (edits, ages, rings)), default=None))


def _readers(tx: Connection, workspace: Workspace, users: Sequence[str], now: datetime) -> dict[str, Reader]:
    quiets, loads = presence.quiets(tx, workspace, users, now), owners.loads(tx, workspace, users)
    spoken = people.languages(tx, workspace.team_id, users)
    return {
        user: Reader(workspace, quiets[user], _budget(workspace, user, loads[user]), spoken[user]) for user in users
    }


def _budget(workspace: Workspace, user: str, load: Load) -> Budget:
    return Budget(max((team.cap for team in workspace.teams_of(user)), default=USUAL_CAP), load.too_much)


ANYTHING = Fresh(own=True, leading=True)  # for all that is known before the tables are read
