"""Questions in private: *say why?* to who reacted to an agent's message, *keep this?* to whom a customer thanked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from bot.domain.kudos import Code, Refused, Source
from bot.store import languages, outbox, people, posts
from bot.store.kudos_tables import kudos_asks
from bot.store.workspaces import Workspace
from bot.views import kudos as views
from bot.views.message import Message

PREFIX = "kudos-ask:"


class Kind(StrEnum):
    """What is asked about."""

    REACTION = "reaction"
    CUSTOMER = "customer"


class Outcome(StrEnum):
    """What became of a question."""

    UNKNOWN = "unknown"  # not asked yet: Slack has to say who they are
    KEPT = "kept"
    GIVEN = "given"  # it became kudos
    LET_BE = "let_be"
    WITHDRAWN = "withdrawn"  # the reaction is gone, or never was to be asked about
    GONE = "gone"  # the message is


class Question(NamedTuple):
    """What `user` may be asked. `about` is who wrote the message: the agent, or the customer. `outcome` None: open."""

    kind: Kind
    user: str
    source: Source
    about: str
    at_ts: str
    emoji: str | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A question as it is stored, with what became of it."""

    id: int
    kind: Kind
    user: str
    source: Source
    about: str
    at_ts: str
    emoji: str | None
    outcome: Outcome | None
    kudos_id: int | None


def begin(tx: Connection, workspace: Workspace, question: Question, now: datetime) -> Ask:
    """Store a question; `send` asks it."""
    source = question.source
    values = question._asdict() | {"user_id": question.user, "channel": source.channel, "ts": source.ts}
    values |= {"root_ts": source.root_ts, "team_id": workspace.team_id, "created_at": now}
    columns = {name: value for name, value in values.items() if name in kudos_asks.c}
    row = tx.execute(insert(kudos_asks).values(columns).returning(*kudos_asks.c)).one()
    return _ask(row)


def reopen(tx: Connection, workspace: Workspace, ask: Ask, now: datetime) -> None:
    """Ask what was withdrawn, or waited for Slack to say who they are."""
    here = kudos_asks.c.id == ask.id
    tx.execute(update(kudos_asks).where(here).values(outcome=None, settled_at=None, kudos_id=None))
    send(tx, workspace, find(tx, workspace.team_id, here), now)


def find(tx: Connection, team_id: str, here: ColumnElement[bool]) -> list[Ask]:
    """Held until this transaction ends."""
    mine = (kudos_asks.c.team_id == team_id) & here
    rows = tx.execute(select(kudos_asks).where(mine).order_by(kudos_asks.c.id).with_for_update())
    return [_ask(row) for row in rows]


def get(tx: Connection, team_id: str, ask_id: int, user: str) -> Ask | None:
    """A question that this person was asked."""
    here = (kudos_asks.c.id == ask_id) & (kudos_asks.c.user_id == user)
    return next(iter(find(tx, team_id, here)), None)


def keep(tx: Connection, workspace: Workspace, ask_id: int, user: str, now: datetime) -> Refused | None:
    """A customer's thanks stay on the agent's page: that it happened, and where."""
    return _answer(tx, workspace, ask_id, user, Outcome.KEPT, now)


def let_be(tx: Connection, workspace: Workspace, ask_id: int, user: str, now: datetime) -> Refused | None:
    """No, thanks."""
    return _answer(tx, workspace, ask_id, user, Outcome.LET_BE, now)


def answerable(tx: Connection, workspace: Workspace, ask_id: int | None, user: str) -> Refused | None:
    """Why kudos cannot answer this question; None if they can, and where there is no question."""
    if ask_id is None:
        return None
    found = get(tx, workspace.team_id, ask_id, user)
    if found is None:
        return Refused(Code.NOT_YOURS)
    return None if found.outcome in (None, Outcome.KEPT, Outcome.LET_BE) else Refused(Code.GONE)


def answered(tx: Connection, workspace: Workspace, ask_id: int | None, kudos_id: int, now: datetime) -> None:
    """These kudos are the answer."""
    if ask_id is not None:
        settle(tx, workspace, [ask_id], Outcome.GIVEN, now, kudos_id)


def settle(
    tx: Connection,
    workspace: Workspace,
    ids: Collection[int],
    outcome: Outcome,
    now: datetime,
    kudos_id: int | None = None,
) -> None:
    """End questions: what stands of them says so, and what is still on its way is not said."""
    if not ids:
        return
    here = kudos_asks.c.id.in_(sorted(ids))
    tx.execute(update(kudos_asks).where(here).values(outcome=outcome, settled_at=now, kudos_id=kudos_id))
    for ask in find(tx, workspace.team_id, here):
        outbox.withdraw(tx, workspace.team_id, _key(ask), "there is nothing to ask any more")
        for post in posts.standing(tx, workspace.team_id, _about(ask.id)):
            posts.say_anew(tx, post, _draw(tx, workspace, ask), now)


def send(tx: Connection, workspace: Workspace, asks: Iterable[Ask], now: datetime) -> None:
    """Ask. A reaction that was taken back and given again is asked about anew."""
    drawn = [(ask, _draw(tx, workspace, ask)) for ask in asks]
    sayings = [outbox.Saying(_key(ask), outbox.POST, ask.user, said.payload()) for ask, said in drawn if said]
    outbox.put_many(tx, workspace.team_id, sayings, now)


def still_holds(tx: Connection, row: outbox.Row) -> str | None:
    """Why a question is not to be asked any more; None if it is."""
    here = (kudos_asks.c.team_id == row.team_id) & (kudos_asks.c.id == posts.id_of(row.key))
    found = tx.execute(select(kudos_asks).where(here)).first()
    return None if found and found.outcome is None else "there is nothing to ask any more"


def posted(tx: Connection, workspace: Workspace, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """Slack has it. If it was settled on the way, it says so at once."""
    found = find(tx, row.team_id, kudos_asks.c.id == posts.id_of(row.key))
    post = posts.stand(tx, row, _about(posts.id_of(row.key)), channel, ts)
    for ask in found:
        posts.say_anew(tx, post, _draw(tx, workspace, ask), now)


def _answer(
    tx: Connection, workspace: Workspace, ask_id: int, user: str, outcome: Outcome, now: datetime
) -> Refused | None:
    found = get(tx, workspace.team_id, ask_id, user)
    if found is None:
        return Refused(Code.NOT_YOURS)
    if found.outcome is not None:
        return Refused(Code.GONE)
    settle(tx, workspace, [ask_id], outcome, now)
    return None


def _draw(tx: Connection, workspace: Workspace, ask: Ask) -> Message | None:
    """None where nothing is to be seen any more."""
    with languages.to_person(tx, workspace.team_id, ask.user):
        return _said(tx, workspace, ask)


def _said(tx: Connection, workspace: Workspace, ask: Ask) -> Message | None:
    source = ask.source
    link = workspace.link(source.channel, source.ts, source.root_ts)
    match ask.outcome, ask.kind:
        case None, Kind.REACTION:
            return views.ask_why(ask.id, ask.about, ask.emoji or "", link)
        case None, Kind.CUSTOMER:
            customer = people.get(tx, workspace.team_id, ask.about)
            return views.ask_keep(ask.id, source.channel, link, customer.name if customer else None)
        case Outcome.GIVEN, Kind.REACTION:
            return views.why_given()
        case Outcome.GIVEN, _:
            return views.helped_given()
        case Outcome.KEPT, _:
            return views.kept()
        case Outcome.LET_BE, _:
            return views.left_be()
        case Outcome.GONE, _:
            return None
    return views.withdrawn()


def _ask(row: Row[Any]) -> Ask:
    return Ask(
        id=row.id,
        kind=Kind(row.kind),
        user=row.user_id,
        source=Source(row.channel, row.ts, row.root_ts),
        about=row.about,
        at_ts=row.at_ts,
        emoji=row.emoji,
        outcome=Outcome(row.outcome) if row.outcome else None,
        kudos_id=row.kudos_id,
    )


def _key(ask: Ask) -> str:
    return f"{_about(ask.id)}:{ask.at_ts}"


def _about(ask_id: int) -> str:
    return f"{PREFIX}{ask_id}"
