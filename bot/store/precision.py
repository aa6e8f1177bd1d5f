"""Rules whose nudges were mostly not needed: counted, silenced, and switched on again.

A rule is the `reason` by which the message that began a wait was read.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.domain.conversations import Kind
from bot.domain.precision import LATELY, Lately, lately, rests_on
from bot.domain.story import told as read
from bot.store import conversations, languages, outbox
from bot.store.people import admins_of
from bot.store.tables import moves, nudges, silent_rules, waits
from bot.store.upserts import new
from bot.store.waiting import Told, is_message, message
from bot.store.workspaces import Workspace
from bot.views import precision as views

PREFIX = "silent:"
MANY = 400  # nudges in which the last waits are looked for: one has seldom more than eight


def count(tx: Connection, workspace: Workspace, wait: Told, now: datetime) -> None:
    """A nudge about this wait was not needed. A rule of which that is mostly said falls silent; admins are told."""
    rule = rule_of(tx, workspace.team_id, wait.channel, wait.from_ts)
    found = of_rule(tx, workspace.team_id, rule) if rule else Lately(0, 0)
    if rule and found.is_mostly_wrong and _silence(tx, workspace.team_id, rule, now):
        sayings = [_fell_silent(tx, workspace, rule, found, user, now) for user in readers(tx, workspace)]
        outbox.put_many(tx, workspace.team_id, sayings, now)


def _fell_silent(
    tx: Connection, workspace: Workspace, rule: str, found: Lately, user: str, now: datetime
) -> outbox.Saying:
    with languages.to_person(tx, workspace.team_id, user):
        payload = views.fell_silent(rule, found).payload()
    return outbox.Saying(f"{PREFIX}{rule}:{now.isoformat()}:{user}", outbox.POST, user, payload)


def rule_of(tx: Connection, team_id: str, channel: str, from_ts: str) -> str:
    """By which rule the message was read that began a wait; nothing where that is not known."""
    here = (moves.c.team_id == team_id) & (moves.c.channel == channel) & (moves.c.ts == from_ts)
    return tx.execute(select(moves.c.reason).where(here, moves.c.kind == Kind.THEIRS)).scalar() or ""


def of_rule(tx: Connection, team_id: str, rule: str) -> Lately:
    """What was said of the last nudges by this rule, since it was last switched on."""
    known = _known(tx, team_id, rule)
    here = (nudges.c.team_id == team_id) & (message.c.reason == rule)
    if known is not None and known.on_again_at:
        here &= nudges.c.created_at >= known.on_again_at
    of_wait = select(nudges.c.wait_id).join_from(nudges, waits, nudges.c.wait_id == waits.c.id)
    begun_so = of_wait.join(message, is_message(waits, waits.c.from_ts, Kind.THEIRS)).where(here)
    found = tx.execute(begun_so.order_by(nudges.c.id.desc()).limit(MANY)).scalars()
    last = list(dict.fromkeys(found))[:LATELY]
    of_them = select(nudges.c.wait_id).where(nudges.c.wait_id.in_(last), nudges.c.not_needed_at.is_not(None))
    marked = set(tx.execute(of_them).scalars())
    return lately(wait in marked for wait in last)


def silent(tx: Connection, team_id: str) -> frozenset[str]:
    """The rules that say nothing for now."""
    here = (silent_rules.c.team_id == team_id) & silent_rules.c.silent_at.is_not(None)
    return frozenset(tx.execute(select(silent_rules.c.rule).where(here)).scalars())


def unheard(tx: Connection, workspace: Workspace, rows: Collection[Row[Any]]) -> set[int]:
    """Of these open waits, those that rest on silent rules alone, by their id."""
    rules = silent(tx, workspace.team_id)
    if not rules:
        return set()
    places = {(row.channel, row.root_ts) for row in rows}
    known = conversations.load(tx, workspace.team_id, places)
    stories = {place: read(one.moves, workspace.policy(place[0], None)) for place, one in known.items()}
    resting = {place for place, story in stories.items() if rests_on(story, rules)}
    return {row.id for row in rows if (row.channel, row.root_ts) in resting}


def switch_on(tx: Connection, team_id: str, rule: str, now: datetime) -> bool:
    """Whether it was silent. What was said of it so far counts no more."""
    here = (silent_rules.c.team_id == team_id) & (silent_rules.c.rule == rule) & silent_rules.c.silent_at.is_not(None)
    on = update(silent_rules).where(here).values(silent_at=None, on_again_at=now)
    return tx.execute(on.returning(silent_rules.c.rule)).first() is not None


def readers(tx: Connection, workspace: Workspace) -> tuple[str, ...]:
    """Who may switch a rule on again: CareCue's admins; where none are set up, those of the workspace it has met."""
    return workspace.people(workspace.setup.admins) or admins_of(tx, workspace.team_id)


def _silence(tx: Connection, team_id: str, rule: str, now: datetime) -> bool:
    """Whether it spoke until now."""
    row = new(tx, silent_rules).values(team_id=team_id, rule=rule, silent_at=now)
    speaks = silent_rules.c.silent_at.is_(None)
    once = row.on_conflict_do_update(index_elements=["team_id", "rule"], set_={"silent_at": now}, where=speaks)
    return tx.execute(once.returning(silent_rules.c.rule)).first() is not None


def _known(tx: Connection, team_id: str, rule: str) -> Row[Any] | None:
    here = (silent_rules.c.team_id == team_id) & (silent_rules.c.rule == rule)
    return tx.execute(select(silent_rules).where(here)).first()
