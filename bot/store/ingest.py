"""What happened in Slack, into the tables: many arrivals in one transaction, each once."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, true, tuple_
from sqlalchemy.sql.dml import ReturningInsert

from bot.domain.arrivals import (
    Account,
    ChannelChanged,
    Deleted,
    Delivery,
    Membership,
    PersonChanged,
    Posted,
    Reacted,
    Spoken,
)
from bot.domain.conversations import (
    CLOSING_EMOJI,
    OWNING_EMOJI,
    Conversation,
    Move,
    Side,
    deleted_move,
    posted_move,
    reacted_move,
)
from bot.domain.moments import moment
from bot.domain.people import Glance
from bot.domain.placing import continuable
from bot.domain.promises import due_ts
from bot.domain.routing import route
from bot.store import (
    asides,
    channel_questions,
    channels,
    conversations,
    installations,
    kudos_news,
    kudos_reactions,
    leaving,
    lists,
    overtaken,
    people,
    sharing,
    unresolved,
)
from bot.store.asides import Aside
from bot.store.authors import side_of, spoken_to
from bot.store.columns import UtcDateTime
from bot.store.db import is_sqlite
from bot.store.ledger import Ledger
from bot.store.locks import lock_channels
from bot.store.nearby import Said, around
from bot.store.tables import events
from bot.store.tables import workspaces as workspaces_table
from bot.store.upserts import insert_into
from bot.store.workspaces import Workspace, Workspaces

log = logging.getLogger(__name__)


class Ready(NamedTuple):
    """An arrival whose author's side is known; None where nobody is behind it. `to` is whose people it speaks to."""

    arrival: Spoken
    side: Side | None
    to: Side | None = None
    zone: str = ""  # by whose clock its author names times

    @property
    def aside(self) -> bool:
        """Whether one of us speaks to a colleague alone."""
        return self.side is Side.OURS and self.to is Side.OURS


def ingest(tx: Connection, workspaces: Workspaces, deliveries: Sequence[Delivery], now: datetime) -> None:
    """Apply deliveries of any workspace. Repeated ones, and those of workspaces that are not ours, change nothing."""
    apply(tx, workspaces, told(tx, workspaces, deliveries), now)


def told(tx: Connection, workspaces: Workspaces, deliveries: Sequence[Delivery]) -> Sequence[Delivery]:
    """The same, and to all other workspaces that are to hear of it."""
    return sharing.told(tx, deliveries) if workspaces.share else deliveries


def apply(tx: Connection, workspaces: Workspaces, deliveries: Sequence[Delivery], now: datetime) -> None:
    """Each in its own workspace alone."""
    # In one order for every process, or two would wait for each other's channels.
    for team_id in sorted({delivery.team_id for delivery in deliveries}):
        version, fresh = _known(tx, team_id, [one for one in deliveries if one.team_id == team_id], now)
        if version is None:
            continue
        workspace = workspaces.at(tx, team_id, version, now)
        gone = _leaving(tx, workspace, fresh)
        for delivery in fresh:
            _note_fact(tx, workspace, delivery, now)
        met = channels.glance(tx, team_id, {one.arrival.channel for one in fresh if isinstance(one.arrival, Spoken)})
        hear(tx, workspace, _in_customer_channels(tx, workspace, fresh, met), now, met)
        kudos_news.hear(tx, workspace, [delivery.arrival for delivery in fresh], now)
        leaving.pass_on(tx, team_id, gone, now)


def _leaving(tx: Connection, workspace: Workspace, fresh: Sequence[Delivery]) -> list[leaving.Leaving]:
    """Who leaves; their customers' channels are locked, with those that somebody speaks in."""
    gone = leaving.heard_of(fresh)
    if gone:
        spoken = {one.arrival.channel for one in fresh if isinstance(one.arrival, Spoken)}
        lock_channels(tx, workspace.team_id, spoken | leaving.channels_of(tx, workspace.team_id, gone))
    return gone


def hear(
    tx: Connection,
    workspace: Workspace,
    arrivals: Iterable[Spoken],
    now: datetime,
    met: Mapping[str, channels.Glance] | None = None,
) -> None:
    """Move conversations on; what an unknown person did waits until Slack has said who they are.

    `met` are channels that have just been looked at.
    """
    spoken = sorted(arrivals, key=lambda arrival: arrival.at_ts)
    if not spoken:
        return
    lock_channels(tx, workspace.team_id, {arrival.channel for arrival in spoken})
    named = {user for arrival in spoken for user in _named(arrival)}
    known, held = unresolved.look(tx, workspace.team_id, named, {arrival.channel for arrival in spoken})
    ready: list[Ready] = []
    waiting: list[tuple[Spoken, str | None]] = []
    for arrival in spoken:
        whose = side_of(workspace, arrival, known)
        if whose is not None and arrival.channel not in held:
            said = _heard(arrival, theirs=whose is not Side.OURS)
            ready.append(Ready(said, whose, spoken_to(workspace, said, whose, known), _zone(said, known)))
            continue
        held.add(arrival.channel)
        asked = None if whose is not None or isinstance(arrival, Deleted) else arrival.user
        waiting.append((_heard(arrival, theirs=False), asked))
    unresolved.hold(tx, workspace.team_id, waiting)
    unresolved.ask(tx, workspace.team_id, _nameless(ready, known))
    ledger = Ledger(tx, workspace, inviters={channel: one.invited_by for channel, one in (met or {}).items()})
    _apply(ledger, ready, now)


def _heard(arrival: Spoken, *, theirs: bool) -> Spoken:
    """What was said, read into verdicts."""
    return arrival.heard(theirs=theirs) if isinstance(arrival, Posted) else arrival


def _zone(arrival: Spoken, known: Mapping[str, Glance]) -> str:
    met = None if isinstance(arrival, Deleted) else known.get(arrival.user)
    return met.zone if met else ""


def _named(arrival: Spoken) -> Sequence[str]:
    """Its author, and whom it mentions."""
    if isinstance(arrival, Deleted):
        return ()
    return (arrival.user, *arrival.mentions) if isinstance(arrival, Posted) else (arrival.user,)


def learned(tx: Connection, workspaces: Workspaces, team_id: str, account: Account, now: datetime) -> None:
    """Slack has said who someone is: what waited for it goes on."""
    people.save(tx, team_id, account, now)
    workspace = workspaces.get(tx, team_id, now)
    if workspace is None:
        return
    held = unresolved.channels_of(tx, team_id, account.user)
    gone = [leaving.Leaving(account.user)] if account.is_gone else []
    lock_channels(tx, team_id, held | leaving.channels_of(tx, team_id, gone))
    leaving.pass_on(tx, team_id, gone, now)
    hear(tx, workspace, unresolved.release(tx, team_id, account.user, held), now)
    kudos_reactions.learned(tx, workspace, account.user, now)


def learned_apart(tx: Connection, workspaces: Workspaces, team_id: str, account: Account, now: datetime) -> None:
    """The same where that breaks: each arrival alone, and what breaks is let go. Else its channel waited for good."""
    people.save(tx, team_id, account, now)
    workspace = workspaces.get(tx, team_id, now)
    if workspace is None:
        return
    held = unresolved.channels_of(tx, team_id, account.user)
    lock_channels(tx, team_id, held)
    for arrival in unresolved.release(tx, team_id, account.user, held):
        try:
            with tx.begin_nested():
                hear(tx, workspace, [arrival], now)
        except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
            log.warning("What was said at %s in %s is let go: %r", arrival.ts, arrival.channel, type(error).__name__)


def forget(tx: Connection, before: datetime, limit: int) -> int:
    """Let go of event ids seen before then, at most `limit`; how many they were."""
    old = select(events.c.team_id, events.c.event_id).where(events.c.seen_at < before).limit(limit).subquery()
    gone = delete(events).where(tuple_(events.c.team_id, events.c.event_id).in_(select(old)))
    return len(tx.execute(gone.returning(events.c.event_id)).all())


def _known(
    tx: Connection, team_id: str, deliveries: Sequence[Delivery], now: datetime
) -> tuple[int | None, list[Delivery]]:
    """As `_fresh`; a workspace of an organization that has CareCue as a whole becomes known by what is heard of it."""
    version, fresh = _fresh(tx, team_id, deliveries, now)
    org = next((one.org for one in deliveries if one.org), None)
    if version is None and org and installations.meet_new(tx, team_id, org):
        return _fresh(tx, team_id, deliveries, now)
    return version, fresh


def _fresh(
    tx: Connection, team_id: str, deliveries: Sequence[Delivery], now: datetime
) -> tuple[int | None, list[Delivery]]:
    """Those that were not seen before, and the version of the workspace's setup; None where there is nothing to do."""
    by_id = {delivery.event_id: delivery for delivery in deliveries}
    given = {"team": team_id, "now": now, "ids": lists.packed(by_id)}
    unseen: dict[str, int] = dict(tx.execute(_once(is_sqlite(tx)), given).all())
    version = next(iter(unseen.values()), None)
    return version, [delivery for event_id, delivery in by_id.items() if event_id in unseen]


@cache
def _once(on_sqlite: bool) -> ReturningInsert[Any]:
    ids = lists.texts(on_sqlite, "ids").subquery()
    ours = workspaces_table.c.team_id == bindparam("team")
    rows = select(workspaces_table.c.team_id, ids.c.value, bindparam("now", type_=UtcDateTime))
    rows = rows.select_from(workspaces_table.join(ids, true())).where(ours)
    insert = insert_into(on_sqlite, events).from_select(["team_id", "event_id", "seen_at"], rows)
    version = select(workspaces_table.c.setup_version).where(ours).scalar_subquery()
    return insert.on_conflict_do_nothing().returning(events.c.event_id, version)


def _note_fact(tx: Connection, workspace: Workspace, delivery: Delivery, now: datetime) -> None:
    team_id = workspace.team_id
    match delivery.arrival:
        case PersonChanged(account):
            people.save(tx, team_id, account, now)
        case ChannelChanged(channel):
            channels.mark_stale(tx, team_id, channel)
        case Membership(channel, user, _, joined, inviter) if user == workspace.bot_user_id:
            if joined:
                channels.arrive(tx, team_id, channel, inviter)
                channel_questions.came(tx, team_id, channel, inviter, now)
            else:
                channels.depart(tx, team_id, channel)
        case Membership(channel, user, _, joined, _):
            (channels.join if joined else channels.leave)(tx, team_id, channel, user)


def _in_customer_channels(
    tx: Connection, workspace: Workspace, deliveries: Iterable[Delivery], met: Mapping[str, channels.Glance]
) -> list[Spoken]:
    found: list[Spoken] = []
    for arrival, ext_shared in [(d.arrival, d.ext_shared) for d in deliveries if isinstance(d.arrival, Spoken)]:
        row = met.get(arrival.channel)
        # Of a channel just joined nothing has been read yet; the envelope may know more.
        if workspace.kind(arrival.channel, ext_shared or (row is not None and row.is_ext_shared)) != "customer":
            continue
        if row is None:
            channels.meet(tx, workspace.team_id, arrival.channel)
        if not isinstance(arrival, Reacted) or arrival.emoji in OWNING_EMOJI | CLOSING_EMOJI:
            found.append(arrival)
    return found


def _nameless(ready: Iterable[Ready], known: Mapping[str, Glance]) -> set[str]:
    """Customers whom nobody has met yet: their name will be wanted."""
    posted = (item.arrival for item in ready if item.side is Side.THEIRS)
    return {a.user for a in posted if isinstance(a, Posted) and not a.is_app and a.user not in known}


def _apply(ledger: Ledger, ready: Sequence[Ready], now: datetime) -> None:
    thanks: list[kudos_news.Thanks] = []
    said_aside: list[Aside] = []
    _open(ledger, ready, now)
    for one in ready:
        arrival, whose = one.arrival, one.side
        move = _move(ledger, one)
        place = _place(ledger, one, now)
        if move and place:
            begun = place not in ledger.known
            told = ledger.tell(place, move)
            thanks += kudos_news.thanks_in(arrival, whose, told) if one.to is not Side.THEIRS else ()
            _adopt(ledger, arrival, place, begun)
            if one.aside and isinstance(arrival, Posted):
                said_aside.append(Aside(place, arrival.ts, arrival.user, arrival.to))
    ledger.save(now)
    asides.offer(ledger, said_aside, now)
    kudos_news.customer_thanked(ledger.tx, ledger.workspace, thanks, now)


def _adopt(ledger: Ledger, arrival: Spoken, place: conversations.Place, begun: bool) -> None:
    """What overtook this message comes home: what was done about it and, if it begins something, our answer."""
    stray = (arrival.channel, arrival.ts)
    if isinstance(arrival, Posted) and stray != place and stray in ledger.known:
        ledger.adopt(place, stray)
    if isinstance(arrival, Posted) and begun and not arrival.threaded and ledger.known[place].customer:
        answer = overtaken.answer_to(arrival.ts, ledger.of_channel(arrival.channel))
        if answer:
            ledger.adopt(place, (arrival.channel, answer.root_ts))


def _open(ledger: Ledger, ready: Sequence[Ready], now: datetime) -> None:
    """Read every conversation that these arrivals may belong to, in a query or two however many they are."""
    top = [Said(a, one.side) for one in ready if one.side and isinstance(a := one.arrival, Posted) and not a.threaded]
    parts = [(a.channel, a.root_ts if isinstance(a, Posted) else a.ts) for a, *_ in ready]
    ledger.take(around(ledger.tx, ledger.workspace.team_id, parts, top))
    ledger.open(_overtaking(ledger, [one.arrival for one in ready], now))


def _overtaking(ledger: Ledger, arrivals: Sequence[Spoken], now: datetime) -> set[conversations.Place]:
    """What may have overtaken those that come late: nothing, as a rule."""
    late = [a for a in arrivals if isinstance(a, Posted) and overtaken.is_late(a, now)]
    if not late:
        return set()
    since, team_id = min(a.ts for a in late), ledger.workspace.team_id
    return {(a.channel, a.ts) for a in late} | overtaken.ours_since(
        ledger.tx, team_id, {a.channel for a in late}, since
    )


def _place(ledger: Ledger, ready: Ready, now: datetime) -> conversations.Place | None:
    """The conversation that an arrival belongs to; None for reactions to, and deletions of, what is long past."""
    arrival = ready.arrival
    if isinstance(arrival, Posted):
        again = ledger.holders.get((arrival.channel, arrival.ts))
        return again or (arrival.channel, _root(ledger, arrival, ready.side or Side.APP, ready.aside))
    holder = ledger.holder(arrival.channel, arrival.ts)
    if holder is None and not overtaken.may_come(arrival.ts, now):
        return None
    return (arrival.channel, holder.root_ts if holder else arrival.ts)


def _root(ledger: Ledger, arrival: Posted, whose: Side, aside: bool) -> str:
    """Of the conversation that a message belongs to: as it is routed, and then as people said otherwise since."""
    return ledger.placed(arrival, route(arrival, whose, _candidates(ledger, arrival, whose), aside))


def _candidates(ledger: Ledger, arrival: Posted, whose: Side) -> list[Conversation]:
    if not arrival.threaded:
        nearby = ledger.of_channel(arrival.channel)
        if whose is not Side.THEIRS or not ledger.said:
            return nearby
        return continuable(nearby, ledger.said_in(arrival.channel), arrival.ts)
    holder = ledger.holder(arrival.channel, arrival.root_ts)
    return [holder] if holder else []


def _move(ledger: Ledger, ready: Ready) -> Move | None:
    arrival, whose = ready.arrival, ready.side
    if isinstance(arrival, Deleted):
        return deleted_move(arrival)
    assert whose is not None
    if not isinstance(arrival, Posted):
        return reacted_move(arrival, whose)
    move = posted_move(arrival, whose, ready.to)
    if move is None or not move.promise:
        return move
    schedule = ledger.policy(arrival.channel).schedule
    return move._replace(promise=due_ts(move.promise, moment(move.ts), ready.zone, schedule))
