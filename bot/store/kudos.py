"""Kudos: given in one transaction with all that is said of them; changed by who gave and by who received them.

Each verb answers None (`give` the id), or why not. Whoever changes kudos holds their row first, so that what stands
in Slack follows the last change, whatever happens at the same time.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Update, insert, update

from bot.domain.kudos import Announce, Behaviour, Code, Gift, Refused, Where, check, check_reason, may_change
from bot.store import kudos_asks, kudos_caps, kudos_choices, kudos_notes, sides
from bot.store.kudos_stories import Kudos, Receiver, get_many, lock
from bot.store.kudos_tables import kudos, kudos_receivers
from bot.store.workspaces import Workspace


def give(tx: Connection, workspace: Workspace, gift: Gift, now: datetime, *, ask: int | None = None) -> int | Refused:
    """The id of the kudos. People whom CareCue has not met are not ours: learn them first.

    `ask` is the question that the giver answers with it; it is settled.
    """
    channel = announce_in(workspace, gift)
    refused = _refused(tx, workspace, gift) or (channel if isinstance(channel, Refused) else None)
    refused = (
        refused or kudos_asks.answerable(tx, workspace, ask, gift.giver) or kudos_caps.take(tx, workspace, gift, now)
    )
    if refused:
        return refused
    assert not isinstance(channel, Refused)
    kudos_id = _store(tx, workspace, gift, channel, now)
    kudos_notes.send(tx, workspace, get_many(tx, workspace.team_id, [kudos_id])[kudos_id], now)
    kudos_asks.answered(tx, workspace, ask, kudos_id, now)
    return kudos_id


def announce_in(workspace: Workspace, gift: Gift) -> str | Refused | None:
    """The channel that would hear of it; None for nobody but the receivers."""
    if gift.where is Where.PRIVATE:
        return None
    found = workspace.setup.kudos.channel if gift.where is Where.KUDOS else _home(workspace, gift)
    if found is None:
        return Refused(Code.NO_CHANNEL)
    return Refused(Code.CHANNEL_OFF) if found in workspace.setup.kudos.off else found


def given_by(tx: Connection, workspace: Workspace, kudos_id: int, giver: str, now: datetime) -> Kudos | Refused:
    """What the giver may still change: their own, for a day. Nobody else changes it until this transaction ends."""
    found = lock(tx, workspace.team_id, kudos_id)
    if found is None or found.giver != giver:
        return Refused(Code.NOT_YOURS)
    if found.taken_back:
        return Refused(Code.GONE)
    return found if may_change(found.at, now) else Refused(Code.TOO_LATE)


def share(
    tx: Connection, workspace: Workspace, kudos_id: int, giver: str, where: Where, now: datetime
) -> Refused | None:
    """Have private kudos announced after all, of those receivers who may be named as they have chosen by now."""
    found = given_by(tx, workspace, kudos_id, giver, now)
    if isinstance(found, Refused):
        return found
    receivers = [one.user for one in found.receivers]
    gift = Gift(giver, tuple(receivers), found.behaviours, found.reason, where, found.source)
    channel = announce_in(workspace, gift)
    if isinstance(channel, Refused):
        return channel
    if channel and found.announce_in is None:
        tx.execute(update(kudos).where(kudos.c.id == kudos_id).values(where=where, announce_in=channel))
        for user, choice in kudos_choices.get_many(tx, workspace.team_id, receivers).items():
            tx.execute(_of_receiver(kudos_id, user).values(may_announce=_MAY[choice.announce]))
        kudos_notes.announce(tx, workspace, _redraw(tx, workspace, kudos_id, now), now)
    return None


def edit(
    tx: Connection,
    workspace: Workspace,
    kudos_id: int,
    giver: str,
    reason: str,
    behaviours: Sequence[Behaviour],
    now: datetime,
) -> Refused | None:
    """Other words, by the giver, for a day. Who allowed the old ones to be announced is asked about the new ones."""
    found = given_by(tx, workspace, kudos_id, giver, now)
    if isinstance(found, Refused):
        return found
    if refused := check_reason(reason):
        return refused
    words = {"reason": reason, "behaviours": list(behaviours), "edited_at": now}
    tx.execute(update(kudos).where(kudos.c.id == kudos_id).values(**words))
    _ask_again(tx, workspace, found)
    _redraw(tx, workspace, kudos_id, now)
    return None


def take_back(tx: Connection, workspace: Workspace, kudos_id: int, giver: str, now: datetime) -> Refused | None:
    """By the giver, for a day."""
    found = given_by(tx, workspace, kudos_id, giver, now)
    if isinstance(found, Refused):
        return found
    tx.execute(update(kudos).where(kudos.c.id == kudos_id).values(taken_back_at=now))
    _redraw(tx, workspace, kudos_id, now)
    return None


def hide(tx: Connection, workspace: Workspace, kudos_id: int, receiver: str, now: datetime) -> Refused | None:
    """By a receiver, always; nobody else is told."""
    found = _received(tx, workspace, kudos_id, receiver)
    if isinstance(found, Refused):
        return found
    _mark(tx, workspace, kudos_id, receiver, now, hidden_at=now)
    return None


def answer_announce(
    tx: Connection, workspace: Workspace, kudos_id: int, receiver: str, yes: bool, now: datetime
) -> Refused | None:
    """Whether a receiver who wants to be asked may be named. A no may not become a yes by another press."""
    found = _received(tx, workspace, kudos_id, receiver)
    if isinstance(found, Refused):
        return found
    if found[1].may_announce is not None:
        return None
    changed = _mark(tx, workspace, kudos_id, receiver, now, may_announce=yes)
    if yes:
        kudos_notes.announce(tx, workspace, changed, now)
    return None


def say_thanks(tx: Connection, workspace: Workspace, kudos_id: int, receiver: str, now: datetime) -> Refused | None:
    """The giver hears it, once."""
    found = _received(tx, workspace, kudos_id, receiver)
    if isinstance(found, Refused):
        return found
    if not found[1].thanked:
        kudos_notes.thank(tx, workspace, found[0], receiver, now)
        _mark(tx, workspace, kudos_id, receiver, now, thanked_at=now)
    return None


def show_manager(tx: Connection, workspace: Workspace, kudos_id: int, receiver: str, now: datetime) -> Refused | None:
    """Those who lead the receiver see it, but for who gave it. NOBODY where there is no such person."""
    found = _received(tx, workspace, kudos_id, receiver)
    if isinstance(found, Refused):
        return found
    if found[1].shown:
        return None
    if not kudos_notes.show(tx, workspace, found[0], receiver, now):
        return Refused(Code.NOBODY)
    _mark(tx, workspace, kudos_id, receiver, now, shown_at=now)
    return None


def _refused(tx: Connection, workspace: Workspace, gift: Gift) -> Refused | None:
    known, gone = sides.of(tx, workspace, {gift.giver, *gift.receivers})
    refused = check(gift, known, gone)
    off = gift.source is not None and gift.source.channel in workspace.setup.kudos.off
    return refused or (Refused(Code.CHANNEL_OFF) if off else None)


def _home(workspace: Workspace, gift: Gift) -> str | None:
    """Of the conversation's team, else of the receivers'."""
    about = workspace.setup.team_for(gift.source.channel) if gift.source else None
    teams = [about, *(team for user in gift.receivers for team in workspace.teams_of(user))]
    return next((team.home for team in teams if team and team.home), None)


def _store(tx: Connection, workspace: Workspace, gift: Gift, channel: str | None, now: datetime) -> int:
    source = gift.source
    values = {
        "team_id": workspace.team_id,
        "giver": gift.giver,
        "behaviours": list(dict.fromkeys(gift.behaviours)),
        "reason": gift.reason,
        "where": gift.where,
        "announce_in": channel,
        "source_channel": source.channel if source else None,
        "source_ts": source.ts if source else None,
        "source_root_ts": source.root_ts if source else None,
        "created_at": now,
    }
    kudos_id = int(tx.execute(insert(kudos).values(values).returning(kudos.c.id)).scalar_one())
    choices = kudos_choices.get_many(tx, workspace.team_id, gift.receivers)
    rows = [
        {
            "kudos_id": kudos_id,
            "team_id": workspace.team_id,
            "user_id": user,
            "place": place,
            "may_announce": _MAY[choices[user].announce],
        }
        for place, user in enumerate(gift.receivers)
    ]
    tx.execute(insert(kudos_receivers), rows)
    return kudos_id


_MAY: Mapping[Announce, bool | None] = {Announce.YES: True, Announce.ASK: None, Announce.NEVER: False}


def _received(tx: Connection, workspace: Workspace, kudos_id: int, user: str) -> tuple[Kudos, Receiver] | Refused:
    found = lock(tx, workspace.team_id, kudos_id)
    mine = found.receiver(user) if found else None
    if found is None or mine is None:
        return Refused(Code.NOT_YOURS)
    return Refused(Code.GONE) if found.taken_back or mine.hidden else (found, mine)


def _mark(tx: Connection, workspace: Workspace, kudos_id: int, receiver: str, now: datetime, **values: object) -> Kudos:
    tx.execute(_of_receiver(kudos_id, receiver).values(**values))
    return _redraw(tx, workspace, kudos_id, now)


def _of_receiver(kudos_id: int, receiver: str) -> Update:
    here = (kudos_receivers.c.kudos_id == kudos_id) & (kudos_receivers.c.user_id == receiver)
    return update(kudos_receivers).where(here)


def _ask_again(tx: Connection, workspace: Workspace, found: Kudos) -> None:
    choices = kudos_choices.get_many(tx, workspace.team_id, [one.user for one in found.receivers])
    asked = [one.user for one in found.receivers if one.may_announce and choices[one.user].announce is Announce.ASK]
    here = (kudos_receivers.c.kudos_id == found.id) & kudos_receivers.c.user_id.in_(asked)
    tx.execute(update(kudos_receivers).where(here).values(may_announce=None))


def _redraw(tx: Connection, workspace: Workspace, kudos_id: int, now: datetime) -> Kudos:
    found = lock(tx, workspace.team_id, kudos_id)
    assert found is not None
    kudos_notes.redraw(tx, workspace, found, now)
    return found
