"""Kudos as they are stored, and as a person may read them: with the link only where they may follow it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from bot.domain.kudos import Behaviour, Source, Where
from bot.store import channels
from bot.store.kudos_tables import kudos, kudos_receivers
from bot.store.tables import members, moves
from bot.store.workspaces import Workspace
from bot.views.kudos import Story


class Receiver(NamedTuple):
    """`may_announce` is None while that is still to be answered."""

    user: str
    may_announce: bool | None
    hidden: bool
    thanked: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class Kudos:
    """What was given, as it stands now. `announce_in` is the channel that may hear of it."""

    id: int
    giver: str
    behaviours: tuple[Behaviour, ...]
    reason: str
    where: Where
    announce_in: str | None
    source: Source | None
    at: datetime
    taken_back: bool
    receivers: tuple[Receiver, ...]

    def receiver(self, user: str) -> Receiver | None:
        """None for whom it does not thank."""
        return next((one for one in self.receivers if one.user == user), None)

    @property
    def named(self) -> tuple[str, ...]:
        """Who stands in the announcement."""
        if self.announce_in is None or self.taken_back:
            return ()
        return tuple(one.user for one in self.receivers if one.may_announce and not one.hidden)

    def story(self, link: str | None) -> Story:
        """For a person's eyes."""
        shown = tuple(one.user for one in self.receivers if not one.hidden)
        return Story(self.id, self.giver, shown, self.behaviours, self.reason, self.where, self.at, link)


def lock(tx: Connection, team_id: str, kudos_id: int) -> Kudos | None:
    """Nobody else changes these kudos until this transaction ends; None where there are none."""
    here = (kudos.c.team_id == team_id) & (kudos.c.id == kudos_id)
    tx.execute(select(kudos.c.id).where(here).with_for_update()).first()
    return get_many(tx, team_id, [kudos_id]).get(kudos_id)


def get_many(tx: Connection, team_id: str, ids: Collection[int]) -> dict[int, Kudos]:
    """Those of them that there are, by id, newest first."""
    if not ids:
        return {}
    here = (kudos.c.team_id == team_id) & kudos.c.id.in_(sorted(set(ids)))
    rows = tx.execute(select(kudos).where(here).order_by(kudos.c.id.desc())).all()
    inside: dict[int, list[Receiver]] = {row.id: [] for row in rows}
    theirs = kudos_receivers.c.kudos_id.in_(sorted(inside))
    for row in tx.execute(select(kudos_receivers).where(theirs).order_by(*kudos_receivers.c["kudos_id", "place"])):
        inside[row.kudos_id].append(_receiver(row))
    return {row.id: _kudos(row, inside[row.id]) for row in rows}


class Links:
    """Which messages who may follow a link to, read once for all of them.

    A private channel is open to those who are in it or spoke in the thread; where that is not known, it is not.
    """

    def __init__(
        self, tx: Connection, workspace: Workspace, sources: Iterable[Source | None], readers: Collection[str]
    ) -> None:
        self._workspace = workspace
        wanted = {source for source in sources if source}
        known = channels.get_many(tx, workspace.team_id, {source.channel for source in wanted})
        self._public = {channel.channel for channel in known.values() if not channel.is_private}
        closed = {source for source in wanted if source.channel not in self._public}
        self._inside = _inside(tx, workspace.team_id, closed, readers) if closed and readers else set()

    def of(self, source: Source | None) -> str | None:
        """The link for who has been there."""
        return self._workspace.link(source.channel, source.ts, source.root_ts) if source else None

    def to(self, source: Source | None, reader: str | None = None) -> str | None:
        """The link for a reader, or (None) for everybody who is ours."""
        if source is None or source.channel in self._public:
            return self.of(source)
        seen = {(reader, source.channel), (reader, source.channel, source.root_ts)}
        return None if seen.isdisjoint(self._inside) else self.of(source)


def _inside(tx: Connection, team_id: str, sources: Collection[Source], readers: Collection[str]) -> set[Any]:
    """(person, channel) of members, (person, channel, thread) of those who spoke there."""
    here, them = sorted({source.channel for source in sources}), sorted(set(readers))
    joined = (members.c.team_id == team_id) & members.c.channel.in_(here) & members.c.user_id.in_(them)
    spoke = (moves.c.team_id == team_id) & moves.c.channel.in_(here) & moves.c.user_id.in_(them)
    spoke &= moves.c.root_ts.in_(sorted({source.root_ts for source in sources}))
    rows: list[Sequence[Any]] = [*tx.execute(select(members.c.user_id, members.c.channel).where(joined))]
    rows += tx.execute(select(moves.c.user_id, moves.c.channel, moves.c.root_ts).where(spoke).distinct()).all()
    return set(map(tuple, rows))


def _receiver(row: Row[Any]) -> Receiver:
    return Receiver(
        user=row.user_id,
        may_announce=row.may_announce,
        hidden=row.hidden_at is not None,
        thanked=row.thanked_at is not None,
        shown=row.shown_at is not None,
    )


def _kudos(row: Row[Any], receivers: Sequence[Receiver]) -> Kudos:
    return Kudos(
        id=row.id,
        giver=row.giver,
        behaviours=tuple(map(Behaviour, row.behaviours)),
        reason=row.reason,
        where=Where(row._mapping["where"]),
        announce_in=row.announce_in,
        source=Source(row.source_channel, row.source_ts, row.source_root_ts) if row.source_ts else None,
        at=row.created_at,
        taken_back=row.taken_back_at is not None,
        receivers=tuple(receivers),
    )
