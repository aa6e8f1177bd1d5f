"""Who installed CareCue, and by which token each workspace is spoken to: its own, or its organization's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from bot.store import uninstalls, workspaces
from bot.store.db import is_sqlite
from bot.store.installation_tables import installations as table
from bot.store.retention_tables import uninstalls as uninstalls_table
from bot.store.standing import is_here
from bot.store.tables import workspaces as workspaces_table
from bot.store.token_box import TokenBox
from bot.store.upserts import upsert
from bot.store.workspaces import Installation

ASKED = timedelta(hours=1)  # how often Slack is asked whether CareCue still is installed

_GOOD = table.c.token.is_not(None)
_MANAGED = ("asked_at", "refreshing_until", "trouble")


@dataclass(frozen=True, slots=True, repr=False)
class Tokens:
    """What Slack lets CareCue in with; `expires_in` seconds, where tokens are changed for new ones at all.

    Never printed.
    """

    token: str
    refresh_token: str | None = None
    expires_in: int | None = None

    def ends(self, now: datetime) -> datetime | None:
        """When the token is good no longer."""
        return now + timedelta(seconds=self.expires_in) if self.refresh_token and self.expires_in else None


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody has let CareCue into. `is_org`: all of an organization, whose id stands as the workspace's."""

    tokens: Tokens
    team_id: str
    is_org: bool
    scopes: str
    user_id: str | None
    app_id: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An installation by which a workspace is spoken to; `key` is that of the workspace or of its organization."""

    key: str
    is_org: bool
    token: str  # as it stands in the table
    expires_at: datetime | None
    bot_user_id: str | None
    bot_id: str | None
    enterprise_id: str | None
    version: int


def save(tx: Connection, box: TokenBox, grant: Grant, facts: Installation, now: datetime) -> None:
    """It is installed, or installed again; `facts` are what Slack says of the token."""
    before = select(table.c.version).where(table.c.team_id == grant.team_id).with_for_update()
    version = tx.execute(before).scalar() or _first(now)
    row = {
        "team_id": grant.team_id,
        "is_org": grant.is_org,
        "name": facts.name,
        "url": facts.url,
        "enterprise_id": facts.enterprise_id,
        "bot_user_id": facts.bot_user_id,
        "bot_id": facts.bot_id,
        "scopes": grant.scopes,
        "user_id": grant.user_id,
        "installed_at": now,
        "version": version + 1,
        **dict.fromkeys(_MANAGED),
        "asked_at": now,
        **sealed(box, grant.team_id, grant.tokens, now),
    }
    upsert(tx, table, [row])
    if not grant.is_org:
        workspaces.install(tx, facts)


def find(tx: Connection, team_id: str) -> Standing | None:
    """By which installation a workspace is spoken to; None where CareCue is not installed."""
    org = select(workspaces_table.c.enterprise_id).where(workspaces_table.c.team_id == team_id).scalar_subquery()
    gone = select(uninstalls_table.c.team_id).where(uninstalls_table.c.team_id == team_id).exists()
    meant = (table.c.team_id == team_id) | (table.c.is_org & (table.c.team_id == org))
    row = tx.execute(select(table).where(meant, _GOOD, ~gone).order_by(table.c.is_org).limit(1)).first()
    return _standing(row) if row else None


def get(tx: Connection, key: str) -> Standing | None:
    """The installation itself; None where its token was taken back."""
    row = tx.execute(select(table).where(table.c.team_id == key, _GOOD)).first()
    return _standing(row) if row else None


def every(tx: Connection) -> list[Standing]:
    """All whose tokens are good as far as is known."""
    return [_standing(row) for row in tx.execute(select(table).where(_GOOD).order_by(table.c.team_id))]


def names(tx: Connection) -> dict[str, str]:
    """What each is called."""
    return dict(tx.execute(select(table.c.team_id, table.c.name)).all())


def installer(tx: Connection, team_id: str) -> str | None:
    """Who installed it in this workspace; None where nobody did by OAuth, or for all of an organization."""
    return tx.execute(select(table.c.user_id).where(table.c.team_id == team_id, ~table.c.is_org)).scalar()


def stamp(tx: Connection) -> tuple[int, int]:
    """Another one means that something has changed."""
    count, total = tx.execute(select(func.count(), func.coalesce(func.sum(table.c.version), 0))).one()
    return int(count), int(total)


def versions(tx: Connection) -> dict[str, int]:
    """Of every installation; they only grow."""
    return dict(tx.execute(select(table.c.team_id, table.c.version)).all())


def meet(tx: Connection, team_id: str, org: str, name: str | None = None) -> bool:
    """A workspace of an organization in which CareCue is installed as a whole. Whether it is new, or back."""
    row = tx.execute(select(table).where(table.c.team_id == org, table.c.is_org, _GOOD)).first()
    if row is None:
        return False
    here = select(workspaces_table.c.name).where(workspaces_table.c.team_id == team_id)
    known = tx.execute(here.with_only_columns(workspaces_table.c.name, workspaces_table.c.enterprise_id)).first()
    gone = uninstalls.back(tx, team_id)
    if known and not gone and known.enterprise_id == org and name in (None, known.name):
        return False
    called = name or (known.name if known else team_id)
    facts = Installation(team_id, called, row.url, org, row.bot_user_id, row.bot_id)
    workspaces.install(tx, facts)
    return gone or known is None


def meet_new(tx: Connection, team_id: str, org: str) -> bool:
    """The same for a workspace of which something was heard: what comes late brings none back."""
    known = select(workspaces_table.c.team_id).where(workspaces_table.c.team_id == team_id)
    return tx.execute(known).first() is None and meet(tx, team_id, org)


def covered(tx: Connection, org: str) -> set[str]:
    """The workspaces that are spoken to by an organization's token."""
    own = select(table.c.team_id).where(_GOOD, ~table.c.is_org)
    here = workspaces_table.c.team_id.not_in(own) & (workspaces_table.c.enterprise_id == org)
    return set(tx.execute(select(workspaces_table.c.team_id).where(here, is_here(workspaces_table))).scalars())


def leave(tx: Connection, org: str, team_ids: Collection[str], now: datetime) -> list[str]:
    """An organization took CareCue out of some of its workspaces; those that were."""
    left = [team_id for team_id in sorted(covered(tx, org) & set(team_ids)) if uninstalls.note(tx, team_id, now)]
    if left:
        tx.execute(update(table).where(table.c.team_id == org).values(version=table.c.version + 1))
    return left


def take_back(tx: Connection, standing: Standing, now: datetime) -> list[str]:
    """Slack says that this token is good no longer: CareCue is gone from these workspaces.

    From none where there is another token by now: it was changed, or CareCue installed again, while Slack was asked.
    """
    taken = {"token": None, "refresh_token": None, "expires_at": None, "version": table.c.version + 1}
    same = (table.c.team_id == standing.key) & (table.c.token == standing.token)
    gone = covered(tx, standing.key) if standing.is_org else {standing.key}
    took = update(table).where(same).values(taken).returning(table.c.team_id)
    if tx.execute(took).first() is None or (not standing.is_org and find(tx, standing.key)):
        return []  # or its organization's is good for it
    return [team_id for team_id in sorted(gone) if uninstalls.note(tx, team_id, now)]


def to_ask(tx: Connection, now: datetime, limit: int) -> list[Standing]:
    """Those that Slack was not asked about for an hour; whoever takes them asks."""
    due = select(table).where(_GOOD, table.c.asked_at <= now - ASKED).order_by(table.c.asked_at).limit(limit)
    rows = tx.execute(due if is_sqlite(tx) else due.with_for_update(skip_locked=True)).all()
    tx.execute(update(table).where(table.c.team_id.in_([row.team_id for row in rows])).values(asked_at=now))
    return [_standing(row) for row in rows]


def purge(tx: Connection) -> int:
    """Organizations that took CareCue out, once nothing of their workspaces is kept; how many they were."""
    kept = select(workspaces_table.c.team_id).where(workspaces_table.c.enterprise_id == table.c.team_id).exists()
    gone = table.delete().where(table.c.is_org, ~_GOOD, ~kept)
    return len(tx.execute(gone.returning(table.c.team_id)).all())


def reseal(tx: Connection, box: TokenBox) -> int:
    """Encrypt with the first key what is not yet; how many installations it were. Raises Unreadable, changing none."""
    wanted = select(table).where(_GOOD).order_by(table.c.team_id)
    rows = tx.execute(wanted if is_sqlite(tx) else wanted.with_for_update()).all()
    return sum(_reseal(tx, box, row) for row in rows)


def _reseal(tx: Connection, box: TokenBox, row: Row[Any]) -> bool:
    sealed = {name: row._mapping[name] for name in ("token", "refresh_token") if row._mapping[name]}
    opened = {name: box.open(row.team_id, one) for name, one in sealed.items()}
    if all(map(box.is_newest, sealed.values())):
        return False
    fresh = {name: box.seal(row.team_id, one) for name, one in opened.items()}
    tx.execute(update(table).where(table.c.team_id == row.team_id).values(fresh))
    return True


def _first(now: datetime) -> int:
    """The minutes since 1970: more than it was before all that was kept of a workspace went."""
    return int(now.timestamp()) // 60


def sealed(box: TokenBox, key: str, tokens: Tokens, now: datetime) -> dict[str, Any]:
    """The columns in which tokens stand."""
    refresh = tokens.refresh_token
    return {
        "token": box.seal(key, tokens.token),
        "refresh_token": box.seal(key, refresh) if refresh else None,
        "expires_at": tokens.ends(now),
    }


def _standing(row: Row[Any]) -> Standing:
    return Standing(
        key=row.team_id,
        is_org=row.is_org,
        token=row.token,
        expires_at=row.expires_at,
        bot_user_id=row.bot_user_id,
        bot_id=row.bot_id,
        enterprise_id=row.enterprise_id,
        version=row.version,
    )
