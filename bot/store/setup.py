"""A workspace's setup as a file: read with every check, exported, applied; what customers wait for follows it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.domain import care_file
from bot.domain.because import Cause
from bot.domain.channel_rules import fitting
from bot.domain.policy import Policy
from bot.domain.setup import Finding, Setup, Team
from bot.domain.setup_changes import changes
from bot.domain.setup_data import gather, to_dict
from bot.domain.setup_rules import findings
from bot.store import calendars, channels, leaving, living_lists, precision, setup_book
from bot.store.channels import Facts
from bot.store.conversations import Place
from bot.store.ledger import Ledger
from bot.store.living_lists import News
from bot.store.locks import lock_channels
from bot.store.setup_book import Edit
from bot.store.setup_book import WhichWorkspace as WhichWorkspace
from bot.store.tables import waits, workspaces
from bot.store.waits import sync
from bot.store.workspaces import Workspace, Workspaces, in_group, save_setup, touch
from bot.store.workspaces import save_group as keep_group

BATCH = 500  # conversations that are read and written at a time


def pick(tx: Connection, team_id: str | None = None) -> str:
    """The workspace that is meant: the one that is named, else the only one. Raises WhichWorkspace."""
    rows = tx.execute(select(workspaces.c.team_id, workspaces.c.name).order_by(workspaces.c.team_id))
    names = {row.team_id: f"{row.team_id} ({row.name})" for row in rows}
    if not names:
        raise WhichWorkspace("CareCue is not installed in any workspace yet.")
    if team_id is None and len(names) > 1:
        raise WhichWorkspace(
            f"CareCue is installed in several workspaces: choose one by --workspace, of {', '.join(names.values())}."
        )
    found = team_id or next(iter(names))
    if found not in names:
        raise WhichWorkspace(f"CareCue is not installed in {found}, but in {', '.join(names.values())}.")
    return found


def read(source: str | bytes) -> Setup:
    """The setup that a file says, also held against the holidays that are known. Raises BadSetup."""
    return care_file.read(source, calendars.findings)


def wrong(before: Setup, after: Setup) -> Iterator[Finding]:
    """What is wrong with a setup that was not before: by value, together, and in the calendar."""
    known = set(map(str, _all_wrong(before)))
    for finding in _all_wrong(after):
        if str(finding) not in known:
            yield finding


def _all_wrong(one: Setup) -> list[Finding]:
    return [*gather(to_dict(one))[1], *findings(one), *calendars.findings(one)]


def export(tx: Connection, team_id: str) -> str:
    """The file that `read` makes the workspace's setup of. Raises WhichWorkspace."""
    return care_file.write(setup_book.read(tx, team_id))


def apply(
    tx: Connection, team_id: str, setup: Setup, now: datetime, by: str | None, undoes: int | None = None
) -> tuple[str, ...]:
    """What has changed, in sentences; without any, nothing was written. Raises WhichWorkspace.

    The setup is one that `read` has passed. `by` is who wants it, None where a file says it; `undoes` is the change
    that this one puts back.
    """
    return edit(tx, team_id, lambda _: setup, now, by, undoes)


def preview(tx: Connection, team_id: str, setup: Setup, now: datetime) -> tuple[str, ...]:
    """The very sentences that `apply` would say, and nothing is written. Raises WhichWorkspace."""
    with tx.begin_nested() as trial:
        told = apply(tx, team_id, setup, now, None)
        trial.rollback()
    return told


def edit(
    tx: Connection, team_id: str, edit: Edit, now: datetime, by: str | None, undoes: int | None = None
) -> tuple[str, ...]:
    """As `apply`, with what `edit` makes of the setup as it is now, whatever others changed a moment ago.

    It is asked twice: only where it changes something is anything held.
    """
    there = setup_book.read(tx, team_id)
    if not changes(there, edit(there)):
        return ()
    hold(tx, team_id)
    before = setup_book.read(tx, team_id, last=True)
    after = edit(before)
    told = changes(before, after)
    if not told:
        return ()
    save_setup(tx, team_id, after)
    workspace = _here(tx, team_id, now)
    _wake_lists(tx, workspace, before, now)
    if moved := _move(tx, workspace, now):
        told = (*told, f"{moved} open wait{'s' if moved > 1 else ''} moved")
    setup_book.keep(tx, team_id, before, after, told, now, by, undoes)
    return told


def change(
    tx: Connection,
    workspace: Workspace,
    keys: Collection[str],
    edit_team: Callable[[Team], Team],
    now: datetime,
    by: str,
) -> None:
    """Make of the teams that have these keys what `edit_team` makes of them."""

    def edited(setup: Setup) -> Setup:
        return replace(setup, teams=tuple(edit_team(team) if team.key in keys else team for team in setup.teams))

    edit(tx, workspace.team_id, edited, now, by)


def move_waits(tx: Connection, team_id: str, now: datetime) -> int:
    """Hold open waits to the setup as it is now; of how many the target, the owner or the next nudge is another.

    Every step of the ladder that was taken stays taken, and a snooze goes on. Those that rest on rules alone that have
    fallen silent come to nobody, whatever moves.
    """
    hold(tx, team_id)
    return _move(tx, _here(tx, team_id, now), now)


def hold(tx: Connection, team_id: str) -> None:
    """From now on nobody else moves the conversations of those who wait: to be asked before anything is written.

    Channels come before the workspace's own row: whoever corrects a message has its channel, and then changes that.
    """
    here = (waits.c.team_id == team_id) & waits.c.ended_at.is_(None)
    lock_channels(tx, team_id, set(tx.execute(select(waits.c.channel).where(here).distinct()).scalars()))


def _here(tx: Connection, team_id: str, now: datetime) -> Workspace:
    """As it stands in this transaction, which nobody else knows of yet."""
    workspace = Workspaces().get(tx, team_id, now)
    assert workspace is not None
    return workspace


def _wake_lists(tx: Connection, workspace: Workspace, before: Setup, now: datetime) -> None:
    """Whoever may be pinged more or less from now on: a list that may not ring is not looked at before that."""
    old, new = ({team.key: (team.cap, team.load) for team in one.teams} for one in (before, workspace.setup))
    teams = [team for team in (*before.teams, *workspace.setup.teams) if old.get(team.key) != new.get(team.key)]
    readers = workspace.people(user for team in teams for user in (*team.people, *team.rota))
    living_lists.note(tx, workspace.team_id, readers, News.CHANGED, now)


def _move(tx: Connection, workspace: Workspace, now: datetime) -> int:
    team_id = workspace.team_id
    before = _open(tx, team_id)
    places = sorted({(row.channel, row.root_ts) for row in before.values()})
    policies: dict[str, Policy] = {}
    for start in range(0, len(places), BATCH):
        policies |= _reckon(tx, workspace, places[start : start + BATCH])
    _release(tx, team_id, _open(tx, team_id), policies, now)
    after = _open(tx, team_id)
    heard = before.keys() - precision.unheard(tx, workspace, after.values())
    return sum(_decided(before[wait]) != _decided(after[wait]) for wait in heard)


def save_group(tx: Connection, team_id: str, group_id: str, users: Collection[str], now: datetime) -> None:
    """Who is in a user group now; waits of those who have left it move.

    Slack is asked every few minutes, and mostly nothing has changed: then nothing is held.
    """
    if in_group(tx, team_id, group_id) == set(users):
        return
    hold(tx, team_id)
    if keep_group(tx, team_id, group_id, users):
        _move(tx, _here(tx, team_id, now), now)


def save_channel(tx: Connection, team_id: str, facts: Facts, began: datetime, now: datetime) -> None:
    """What Slack said of a channel when asked since `began`; waits of one that another channel rule fits now move."""
    if not _is_under_another_rule(tx, team_id, facts):
        channels.save_channel(tx, team_id, facts, began)
        return
    hold(tx, team_id)
    channels.save_channel(tx, team_id, facts, began)
    touch(tx, team_id)
    _move(tx, _here(tx, team_id, now), now)


def _is_under_another_rule(tx: Connection, team_id: str, facts: Facts) -> bool:
    known = channels.get(tx, team_id, facts.channel)
    if known and (known.name, known.is_ext_shared) == (facts.name, facts.is_ext_shared):
        return False
    rules = setup_book.rules(tx, team_id)
    before = fitting(rules, known.name, known.is_ext_shared) if known else None
    return before != fitting(rules, facts.name, facts.is_ext_shared)


def _open(tx: Connection, team_id: str) -> dict[int, Row[Any]]:
    """Open waits by their id, which no sweep takes until the transaction ends."""
    here = (waits.c.team_id == team_id) & waits.c.ended_at.is_(None)
    return {row.id: row for row in tx.execute(select(waits).where(here).order_by(waits.c.id).with_for_update())}


def _decided(row: Row[Any]) -> tuple[int, datetime | None, str | None]:
    """What of a wait follows from the setup."""
    return row.target_s, row.next_nudge_at, row.owner


def _reckon(tx: Connection, workspace: Workspace, places: Sequence[Place]) -> dict[str, Policy]:
    """Write what conversations make of the setup; what holds in their channels."""
    ledger = Ledger(tx, workspace)
    ledger.open(places)
    policies = {channel: ledger.policy(channel) for channel, _ in ledger.known}
    sync(tx, workspace.team_id, ledger.known, policies, council=workspace.setup.works_council)
    return policies


def _release(
    tx: Connection, team_id: str, rows: Mapping[int, Row[Any]], policies: Mapping[str, Policy], now: datetime
) -> None:
    """Who has left the team owns nothing: the rota finds somebody at once."""
    # A channel that is not among them has begun to wait only now, by what held a moment ago.
    owned = [row for row in rows.values() if row.owner and row.channel in policies]
    gone = [row for row in owned if not policies[row.channel].on_team(row.owner)]
    leaving.release(tx, team_id, gone, Cause.TEAM, now)
