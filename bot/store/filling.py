"""What a page of Slack's history holds, into the tables; and a channel whose gap is closed, applied in order."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from bot.domain.arrivals import Deleted, Posted, Reacted, Spoken
from bot.domain.conversations import Conversation
from bot.domain.gaps import INSTANT, Page, when_marked
from bot.domain.moments import moment, ts_of
from bot.domain.moves import Kind, Side, reacted_move
from bot.store import channels, conversations, gaps, ingest, kudos_news, living_lists, unresolved
from bot.store.gaps import Gap
from bot.store.living_lists import News
from bot.store.locks import lock_channels
from bot.store.promise_tables import promises
from bot.store.tables import moves, nudges, waits
from bot.store.workspaces import Workspace, Workspaces

GROUP = 500  # arrivals that are moved on together, as the writer has at most

_TURNED = {Kind.CLAIM: Kind.CLAIM, Kind.UNCLAIM: Kind.CLAIM, Kind.CLOSE: Kind.CLOSE, Kind.UNCLOSE: Kind.CLOSE}


def learn(tx: Connection, workspaces: Workspaces, gap: Gap, page: Page | None, now: datetime) -> None:
    """Keep what a page holds, and how far it was read; None: the whole thread is gone. The last page closes the gap."""
    lock_channels(tx, gap.team_id, [gap.channel])
    if not gaps.still(tx, gap):
        return
    unresolved.hold_missed(tx, gap.team_id, [*(page.posted + page.marks if page else ()), *_gone(tx, gap, page, now)])
    if page and not gap.root_ts:
        gaps.follow(tx, gap, page.threads, now)
    gaps.reach(tx, gap, page.reached if page else "", now)
    if not gaps.is_open(tx, gap.team_id, gap.channel):
        _close(tx, workspaces, gap.team_id, gap.channel, now)


def give_up(tx: Connection, workspaces: Workspaces, gap: Gap, now: datetime, wholly: bool) -> None:
    """This part of a gap, or the channel `wholly`, cannot be read: what happened there goes on without it."""
    lock_channels(tx, gap.team_id, [gap.channel])
    if wholly:
        gaps.let_go(tx, gap.team_id, gap.channel)
    else:
        gaps.reach(tx, gap, "", now)
    if not gaps.is_open(tx, gap.team_id, gap.channel):
        _close(tx, workspaces, gap.team_id, gap.channel, now)


def forget(tx: Connection, workspaces: Workspaces, gap: Gap, now: datetime) -> None:
    """The channel's gap breaks whoever takes it: what was found goes, and what happens there goes on."""
    lock_channels(tx, gap.team_id, [gap.channel])
    gaps.let_go(tx, gap.team_id, gap.channel)
    unresolved.missed(tx, gap.team_id, gap.channel)
    _close(tx, workspaces, gap.team_id, gap.channel, now)


def _gone(tx: Connection, gap: Gap, page: Page | None, now: datetime) -> list[Deleted]:
    """Messages for which customers wait that should be on this page of their thread and are not."""
    if not gap.root_ts:
        return []
    asked = [one.ts for one in gaps.waiting(tx, gap.team_id, [gap.channel]) if one.root_ts == gap.root_ts]
    gone = asked if page is None else [ts for ts in asked if _is_missing(ts, gap, page)]
    return [Deleted(gap.channel, ts, ts_of(now)) for ts in sorted(gone)]


def _is_missing(ts: str, gap: Gap, page: Page) -> bool:
    if ts == gap.root_ts:
        return ts in page.gone
    return gap.reached < ts and (not page.reached or ts <= page.reached) and ts not in page.seen


def _close(tx: Connection, workspaces: Workspaces, team_id: str, channel: str, now: datetime) -> None:
    found, live = unresolved.missed(tx, team_id, channel)
    workspace = workspaces.get(tx, team_id, now)
    if workspace is None:
        unresolved.gap_over(tx, team_id, channel)
        return
    met = channels.glance(tx, team_id, [channel])
    if workspace.kind(channel, channel in met and met[channel].is_ext_shared) == "customer":
        unresolved.hold(tx, team_id, [(one, None) for one in _news(tx, workspace, channel, found, live)])
    released = unresolved.gap_over(tx, team_id, channel)
    for start in range(0, len(released), GROUP):
        ingest.hear(tx, workspace, released[start : start + GROUP], now, met)
    tell_readers(tx, workspace, channel, now)
    kudos_news.source_gone(tx, workspace, {(channel, one.ts) for one in found if isinstance(one, Deleted)}, now)


def tell_readers(tx: Connection, workspace: Workspace, channel: str, now: datetime) -> None:
    """Lines of this channel come into lists, or go from them."""
    here = (waits.c.team_id == workspace.team_id) & (waits.c.channel == channel) & waits.c.ended_at.is_(None)
    readers = select(nudges.c.to).join_from(waits, nudges, nudges.c.wait_id == waits.c.id)
    found = {*tx.execute(readers.where(here, nudges.c.cleared_at.is_(None)).distinct()).scalars()}
    made = (promises.c.team_id == workspace.team_id) & (promises.c.channel == channel) & promises.c.ended_at.is_(None)
    found |= {*tx.execute(select(promises.c.by).where(made, promises.c.nudged_at.is_not(None))).scalars()}
    living_lists.note(tx, workspace.team_id, [to for to in found if to[0] in "UW"], News.CHANGED, now)


def _news(
    tx: Connection, workspace: Workspace, channel: str, found: Sequence[Spoken], live: Sequence[Spoken]
) -> list[Spoken]:
    """Of what was found, what has not been heard already."""
    posted = {one.ts: one for one in found if isinstance(one, Posted)}
    marks = [one for one in found if isinstance(one, Reacted)]
    team_id = workspace.team_id
    places = conversations.rooted(tx, team_id, {(channel, one.ts) for one in found})
    told = conversations.load(tx, team_id, set(places.values()))
    fresh = _fresh(marks, told.values(), live)
    meant = _Later(tx, team_id, channel, fresh, [*posted.values(), *live])
    gone = {one.ts: one for one in found if isinstance(one, Deleted)}
    return [
        *(one for one in posted.values() if (channel, one.ts) not in places),
        *_apart([*(mark._replace(at_ts=when_marked(mark, meant.after(mark))) for mark in fresh), *gone.values()]),
    ]


def _fresh(marks: Iterable[Reacted], told: Iterable[Conversation], live: Iterable[Spoken]) -> list[Reacted]:
    """Emoji that nobody has heard of: each once, but for those that were given already and still are."""
    given: dict[tuple[str, str, Kind], Kind] = {}
    for conversation in told:
        for move in conversation.moves:
            if move.kind in _TURNED:
                given[move.user, move.about, _TURNED[move.kind]] = move.kind
    heard = {key for key, last in given.items() if last in (Kind.CLAIM, Kind.CLOSE)}
    heard |= {_key(one) for one in live if isinstance(one, Reacted) and not one.taken_back}
    return list({_key(mark): mark for mark in marks if _key(mark) not in heard}.values())


def _key(mark: Reacted) -> tuple[str, str, Kind]:
    move = reacted_move(mark._replace(taken_back=False), Side.OURS)
    assert move is not None
    return mark.user, mark.ts, move.kind


class _Later:
    """What was written after messages that somebody marked, by whoever had written them."""

    def __init__(
        self, tx: Connection, team_id: str, channel: str, marks: Sequence[Reacted], said: Iterable[Spoken]
    ) -> None:
        self._said = {(one.user, one.ts, one.root_ts) for one in said if isinstance(one, Posted)}
        if marks:
            here = (moves.c.team_id == team_id) & (moves.c.channel == channel) & (moves.c.kind == Kind.THEIRS)
            rows = tx.execute(
                select(*moves.c["user_id", "ts", "about", "threaded"]).where(
                    here, moves.c.ts >= min(mark.ts for mark in marks)
                )
            )
            self._said |= {(row.user_id, row.ts, row.about if row.threaded else row.ts) for row in rows}

    def after(self, mark: Reacted) -> list[str]:
        """When its author wrote again where it stands: in its thread, and at top level if it stands there itself."""
        root = next((root_ts for _, ts, root_ts in self._said if ts == mark.ts), mark.ts)
        at_top = root == mark.ts
        return [
            ts
            for user, ts, root_ts in self._said
            if user == mark.author and ts > mark.ts and (root_ts == root or (at_top and root_ts == ts))
        ]


def _apart(done: Iterable[Reacted | Deleted]) -> Iterable[Spoken]:
    """No two at the same instant, since that would make them one."""
    last = ""
    for one in sorted(done, key=lambda one: one.at_ts):
        at = one.at_ts if one.at_ts > last else ts_of(moment(last) + INSTANT)
        last = at
        yield one._replace(at_ts=at)
