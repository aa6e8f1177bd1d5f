"""Something is taken off a person with too much: by those who lead them, for whoever on duty takes it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, update

from bot.domain import because
from bot.domain.because import Because, Cause
from bot.domain.conversations import Kind, Move
from bot.domain.moments import ts_of
from bot.store import overloads, owners, people, teammates
from bot.store.ladder import take_away
from bot.store.ledger import Ledger
from bot.store.locks import lock_channels
from bot.store.nudges import Cue, say
from bot.store.tables import waits
from bot.store.waiting import TOLD, Desk, Told
from bot.store.workspaces import Workspace
from bot.views.loads import Burden, Free, Pick
from bot.views.words import loads as words

Refusal = str
Moved = Mapping[str, int]  # how many each has got


def burden(tx: Connection, workspace: Workspace, user: str, by: str, now: datetime) -> Burden | Refusal:
    """What there is to be taken off, and who could take it; else the sentence that says why nothing is."""
    if by not in overloads.leaders_of(workspace, user):
        return words.NOT_YOURS()
    load = owners.load(tx, workspace, user)
    if not load.too_much:
        return words.ALL_FAIR()
    rows = _open(tx, workspace, user)
    desk = Desk(tx, workspace, rows)
    free = {mate for row in rows for mate in _free(tx, workspace, desk, row.channel, user, now)}
    known = people.get_many(tx, workspace.team_id, free)
    mates = [
        Free(one.user, known[one.user].name if one.user in known else one.user, one.open)
        for one in teammates.lightest(tx, workspace, sorted(free))
    ]
    if not mates:
        return words.NOBODY()
    return Burden(user, load.open, load.limit, [(row.id, desk.describe(row, now)) for row in rows], mates)


def take_off(tx: Connection, workspace: Workspace, pick: Pick, by: str, now: datetime) -> Moved | Refusal:
    """Hand over what was picked. What is settled meanwhile, or not for whoever was picked, stays as it is."""
    if by not in overloads.leaders_of(workspace, pick.user):
        return words.NOT_YOURS()
    if not pick.wait_ids:
        return words.PICK_SOME()
    lock_channels(tx, workspace.team_id, {row.channel for row in _open(tx, workspace, pick.user)})
    rows = [row for row in _open(tx, workspace, pick.user, hold=True) if row.id in pick.wait_ids]
    given = _shared_out(tx, workspace, rows, pick, now)
    _hand_over(tx, workspace, [row for row in rows if row.id in given], given, pick.user, now)
    overloads.watch(tx, workspace, now)
    return Counter(given.values()) or words.NOTHING_MOVED()


def _shared_out(
    tx: Connection, workspace: Workspace, rows: Sequence[Told], pick: Pick, now: datetime
) -> dict[int, str]:
    """Who gets which of them: who was picked, or each in turn whoever has least by then."""
    desk, given = Desk(tx, workspace, rows), dict[int, str]()
    free = {channel: _free(tx, workspace, desk, channel, pick.user, now) for channel in {row.channel for row in rows}}
    loads = owners.loads(tx, workspace, {user for users in free.values() for user in users})
    open_ = Counter({user: load.open for user, load in loads.items()})
    for row in rows:
        able = [user for user in free[row.channel] if pick.to in (None, user)]
        if able:
            given[row.id] = min(able, key=lambda user: open_[user])
            open_[given[row.id]] += 1
    return given


def _hand_over(
    tx: Connection, workspace: Workspace, rows: Sequence[Told], given: Mapping[int, str], user: str, now: datetime
) -> None:
    desk, ledger = Desk(tx, workspace, rows), Ledger(tx, workspace)
    ledger.open([(row.channel, row.root_ts) for row in rows])
    why = because.write(Because(Cause.LOAD, user))
    tx.execute(update(waits).where(waits.c.id.in_(sorted(given))).values(snoozed_until=None))  # it was not their snooze
    cues: list[Cue] = []
    for number, row in enumerate(rows):
        at = ts_of(now + timedelta(microseconds=number))  # nobody does two things in the same microsecond
        ledger.tell((row.channel, row.root_ts), Move(at, Kind.CLAIM, given[row.id], about=row.from_ts))
        cues.append(Cue(row.id, f"handed:{row.id}:{at}:{given[row.id]}", "passed", given[row.id], why))
    ledger.save(now)
    take_away(tx, workspace.team_id, dict.fromkeys(given, user), now)
    say(tx, workspace, cues, {row.id: desk.describe(row, now, given[row.id]) for row in rows}, now)


def _open(tx: Connection, workspace: Workspace, user: str, *, hold: bool = False) -> list[Told]:
    """What weighs on somebody, oldest first."""
    here = (waits.c.team_id == workspace.team_id) & (waits.c.owner == user) & waits.c.ended_at.is_(None)
    wanted = TOLD.where(here, waits.c.paused_until.is_(None)).order_by(waits.c.started_at)
    rows = tx.execute(wanted.with_for_update(of=waits) if hold else wanted).all()
    desk = Desk(tx, workspace, rows)
    return [row for row in rows if desk.is_customer_channel(row.channel)]


def _free(tx: Connection, workspace: Workspace, desk: Desk, channel: str, user: str, now: datetime) -> list[str]:
    """Who on duty could take something there."""
    policy = desk.policy(channel)
    others = [one for one in dict.fromkeys((*policy.agents, *policy.rota)) if one != user]
    return teammates.on_duty(tx, workspace, channel, others, now)
