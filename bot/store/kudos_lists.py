"""Kudos as pages: my own as stories, a team's as counts that name nobody, and for managers who goes unthanked.

What was taken back or hidden is on no page. What is private is read only by who gave and received it; it counts where
counts name nobody, and its receivers have been thanked.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, select

from bot.domain.kudos import Behaviour
from bot.domain.moments import moment, ts_of
from bot.domain.statistics import FEWEST_IN_COUNCIL
from bot.store import people
from bot.store.kudos_asks import Kind, Outcome
from bot.store.kudos_stories import Kudos, Links, get_many
from bot.store.kudos_tables import kudos, kudos_asks, kudos_receivers
from bot.store.tables import conversations
from bot.store.workspaces import Workspace
from bot.views.kudos import Story
from bot.views.kudos_pages import Kept, Unthanked

FEWEST = 3  # people of a team whose counts may be shown: of fewer they would tell of one
WORTH_A_LOOK = 3  # conversations for each
LOOKED_AT = 500
EVERYTHING = 1_000_000

_RECEIVED: Select[Any] = (
    select(kudos.c.id)
    .join_from(kudos_receivers, kudos, kudos.c.id == kudos_receivers.c.kudos_id)
    .where(kudos_receivers.c.hidden_at.is_(None), kudos.c.taken_back_at.is_(None))
)


def mine(tx: Connection, workspace: Workspace, user: str, limit: int) -> tuple[tuple[Story, ...], tuple[Story, ...]]:
    """What somebody was thanked for, and what they thanked for: newest first, at most `limit` of each."""
    received = _load(tx, workspace, _received_by(workspace, user), limit)
    given = [one for one in _load(tx, workspace, _given_by(workspace, user), limit) if not _all_hidden(one)]
    links = Links(tx, workspace, [one.source for one in received], [user])
    theirs = tuple(one.story(links.to(one.source, user)) for one in received)
    return theirs, tuple(one.story(links.of(one.source)) for one in given)


def kept(tx: Connection, workspace: Workspace, user: str, limit: int) -> tuple[Kept, ...]:
    """Customers' thanks that somebody kept, newest first."""
    here = (kudos_asks.c.team_id == workspace.team_id) & (kudos_asks.c.user_id == user)
    here &= (kudos_asks.c.kind == Kind.CUSTOMER) & (kudos_asks.c.outcome == Outcome.KEPT)
    rows = tx.execute(select(kudos_asks).where(here).order_by(kudos_asks.c.created_at.desc()).limit(limit))
    return tuple(Kept(row.channel, workspace.link(row.channel, row.ts, row.root_ts), moment(row.ts)) for row in rows)


def export(tx: Connection, workspace: Workspace, user: str) -> list[dict[str, Any]]:
    """All of one's own as plain data, newest first: received, given, and customers' thanks that were kept."""
    received, given = mine(tx, workspace, user, EVERYTHING)
    known = people.get_many(tx, workspace.team_id, {who for one in (*received, *given) for who in _who(one)})
    names = {who: person.name for who, person in known.items()}
    rows = [{"kind": "received"} | _plain(one, names) for one in received]
    rows += [{"kind": "given"} | _plain(one, names) for one in given]
    thanks = kept(tx, workspace, user, EVERYTHING)
    return [*rows, *({"kind": "customer_thanks", "at": one.at.isoformat(), "link": one.link} for one in thanks)]


def balance(
    tx: Connection, workspace: Workspace, team_key: str, since: datetime, now: datetime
) -> list[dict[Behaviour, int]]:
    """How often a team's people were thanked for what, week by week from that of `since` to this one (ISO, UTC).

    Empty for a team so small that counts would tell of people.
    """
    them = _people_of(workspace, team_key)
    if len(them) < (FEWEST_IN_COUNCIL if workspace.setup.works_council else FEWEST):
        return []
    monday = _monday(since)
    start = datetime.combine(monday, datetime.min.time(), since.tzinfo)
    theirs = _RECEIVED.where(
        kudos.c.team_id == workspace.team_id,
        kudos_receivers.c.user_id.in_(sorted(them)),
        kudos.c.created_at >= start,
    )
    weeks: dict[date, Counter[Behaviour]] = defaultdict(Counter)
    rows = tx.execute(theirs.with_only_columns(kudos.c.id, kudos.c.created_at, kudos.c.behaviours))
    for row in {row.id: row for row in rows}.values():
        weeks[_monday(row.created_at)].update(map(Behaviour, row.behaviours))
    span = range((_monday(now) - monday).days // 7 + 1)
    return [_sorted(weeks[monday + timedelta(weeks=number)]) for number in span]


def unthanked(tx: Connection, workspace: Workspace, team_key: str, since: datetime) -> list[Unthanked]:
    """The team's agents whom nobody has thanked since then, with conversations they answered; for its managers.

    None in works-council mode, which has no lists of people.
    """
    if workspace.setup.works_council:
        return []
    team = workspace.setup.team(team_key)
    agents = workspace.people(team.agents) if team else ()
    thanked = select(kudos_receivers.c.user_id).join_from(
        kudos_receivers, kudos, kudos.c.id == kudos_receivers.c.kudos_id
    )
    lately = (kudos.c.team_id == workspace.team_id) & (kudos.c.created_at >= since) & kudos.c.taken_back_at.is_(None)
    found = set(tx.execute(thanked.where(lately).distinct()).scalars())
    without = [user for user in agents if user not in found]
    worth = _answered_by(tx, workspace, team_key, without, since)
    return [Unthanked(user, tuple(worth[user])) for user in without]


def _received_by(workspace: Workspace, user: str) -> Select[Any]:
    return _RECEIVED.where(kudos_receivers.c.team_id == workspace.team_id, kudos_receivers.c.user_id == user)


def _given_by(workspace: Workspace, user: str) -> Select[Any]:
    here = (kudos.c.team_id == workspace.team_id) & (kudos.c.giver == user) & kudos.c.taken_back_at.is_(None)
    return select(kudos.c.id).where(here)


def _load(tx: Connection, workspace: Workspace, which: Select[Any], limit: int) -> list[Kudos]:
    ids = list(tx.execute(which.order_by(kudos.c.id.desc()).limit(limit)).scalars())
    return list(get_many(tx, workspace.team_id, ids).values())


def _all_hidden(one: Kudos) -> bool:
    return all(receiver.hidden for receiver in one.receivers)


def _answered_by(
    tx: Connection, workspace: Workspace, team_key: str, users: Sequence[str], since: datetime
) -> dict[str, list[str]]:
    """Links to the last conversations of each, in channels that the team looks after."""
    here = (conversations.c.team_id == workspace.team_id) & conversations.c.answered_by.in_(users)
    lately = conversations.c.root_ts >= ts_of(since)  # by when they began: so their key is walked from its end
    columns = (conversations.c.channel, conversations.c.root_ts, conversations.c.answered_by)
    rows = tx.execute(select(*columns).where(here, lately).order_by(conversations.c.root_ts.desc()).limit(LOOKED_AT))
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        team = workspace.setup.team_for(row.channel)
        if team and team.key == team_key and len(found[row.answered_by]) < WORTH_A_LOOK:
            found[row.answered_by].append(workspace.link(row.channel, row.root_ts, row.root_ts))
    return found


def _people_of(workspace: Workspace, team_key: str) -> tuple[str, ...]:
    team = workspace.setup.team(team_key)
    return workspace.people(team.people) if team else ()


def _who(story: Story) -> tuple[str, ...]:
    return (story.giver, *story.receivers)


def _plain(story: Story, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "at": story.at.isoformat(),
        "giver": story.giver,
        "giver_name": names.get(story.giver, story.giver),
        "receivers": list(story.receivers),
        "receiver_names": [names.get(user, user) for user in story.receivers],
        "behaviours": [str(one) for one in story.behaviours],
        "reason": story.reason,
        "where": str(story.where),
        "link": story.link,
    }


def _monday(at: datetime) -> date:
    return at.date() - timedelta(days=at.weekday())


def _sorted(counted: Mapping[Behaviour, int]) -> dict[Behaviour, int]:
    """In the order in which behaviours are always named."""
    return {one: counted[one] for one in Behaviour if one in counted}
