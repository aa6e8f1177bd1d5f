"""A workspace in a database whose people thank each other, and a Slack of which only what stands where is kept."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from bot.domain.arrivals import Account, Arrival, Deleted, Delivery, Posted, Reacted
from bot.domain.kudos import Announce, Behaviour, Gift, Refused, Source, Where
from bot.domain.moments import ts_of
from bot.domain.setup import Channel, KudosSetup, Override, Setup, Team
from bot.store import channels, kudos, kudos_choices, kudos_lists, outbox, people, sent, workspaces
from bot.store.channels import Facts
from bot.store.db import Db
from bot.store.ingest import ingest, learned
from bot.store.tables import metadata
from bot.store.tables import outbox as outbox_table
from bot.store.workspaces import Installation, Workspace, Workspaces
from bot.views.kudos import Story

Result = TypeVar("Result")

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OURS, CUSTOMERS = "T0CARE", "T0ACME"
WHY = "for staying with the Acme family until their booking worked"
KIND = (Behaviour.KINDNESS,)
PUBLIC, PRIVATE, HOME, KUDOS = "C0ACME", "C0SECRET", "C0HOME", "C0KUDOS"
SETUP = Setup(
    teams=(
        Team("care", "Care", agents=("U0ANA", "U0LEE", "U0TOM"), managers=("U0MIA",), home=HOME),
        Team("sales", "Sales", agents=("U0BEN", "S0SALES")),
    ),
    channels=(Channel(PUBLIC, team="care", owner="U0ANA"), Channel(PRIVATE, team="care")),
    overrides=(Override("U0CON", "ours"),),
    kudos=KudosSetup(channel=KUDOS, emoji="sparkling_heart", off=("C0FUN",)),
)


def someone(user: str, home: str = OURS, **more: bool) -> Account:
    usual = dict.fromkeys(("is_guest", "is_app", "is_stranger", "is_admin", "is_gone"), False)
    flags: dict[str, Any] = usual | more
    return Account(user, home, None, user.removeprefix("U0").title(), "UTC", **flags)


PEOPLE = (
    *(someone(f"U0{name}") for name in ("ANA", "LEE", "TOM", "MIA", "BEN", "SUE")),
    someone("U0ADA", CUSTOMERS),
    someone("U0GUS", is_guest=True),
    someone("U0CON", is_guest=True),
    someone("U0APP", is_app=True),
    someone("U0OLD", is_gone=True),
)


def at(minutes: float) -> str:
    return ts_of(MONDAY + timedelta(minutes=minutes))


class Desk:
    """Time stands at Monday, 9:00 UTC, and `minutes` say how much later something happens."""

    def __init__(self, db: Db, setup: Setup = SETUP) -> None:
        self.db, self.workspaces, self.events = db, Workspaces(), 0
        self.board: dict[tuple[str, str], dict[str, Any]] = {}
        self.said: list[outbox.Row] = []
        with db.begin() as tx:
            workspaces.install(tx, Installation(OURS, "Care", "https://care.slack.com/", None, "U0BOT", "B0BOT"))
            people.save_many(tx, OURS, PEOPLE, MONDAY)
            for channel in (PUBLIC, PRIVATE, HOME, KUDOS):
                facts = Facts(channel, channel.lower(), channel != PUBLIC, False, False, False, True)
                channels.save_channel(tx, OURS, facts, MONDAY)
        self.set_up(setup)

    def set_up(self, setup: Setup) -> None:
        with self.db.begin() as tx:
            workspaces.save_setup(tx, OURS, setup)
            workspaces.save_group(tx, OURS, "S0SALES", ["U0SUE"])

    def run(self, work: Callable[..., Result], *args: Any, minutes: float = 0, **named: Any) -> Result:
        """`work(tx, workspace, …, now)` in a transaction of its own."""
        now = MONDAY + timedelta(minutes=minutes)
        with self.db.begin() as tx:
            return work(tx, self.workspace(tx, now), *args, now=now, **named)

    def look(self, work: Callable[..., Result], *args: Any) -> Result:
        """As `run`, for what needs no time."""
        with self.db.begin() as tx:
            return work(tx, self.workspace(tx), *args)

    def workspace(self, tx: Connection, now: datetime = MONDAY) -> Workspace:
        workspace = self.workspaces.get(tx, OURS, now)
        assert workspace
        return workspace

    def give(
        self,
        *receivers: str,
        giver: str = "U0ANA",
        reason: str = WHY,
        where: Where = Where.PRIVATE,
        source: Source | None = None,
        minutes: float = 0,
        ask: int | None = None,
    ) -> int | Refused:
        gift = Gift(giver, receivers, KIND, reason, where, source)
        return self.run(kudos.give, gift, minutes=minutes, ask=ask)

    def given(self, *receivers: str, **more: Any) -> int:
        """Given, sent, and read by whom it is for."""
        outcome = self.give(*receivers, **more)
        assert isinstance(outcome, int), outcome
        self.send()
        return outcome

    def choose(self, user: str, announce: Announce | None = None, keep_thanks: bool | None = None) -> None:
        with self.db.begin() as tx:
            kudos_choices.choose(tx, OURS, user, announce, keep_thanks)

    def hear(self, *arrivals: Arrival) -> None:
        first, self.events = self.events, self.events + len(arrivals)
        told = [Delivery(OURS, f"Ev{first + number}", arrival) for number, arrival in enumerate(arrivals)]
        with self.db.begin() as tx:
            ingest(tx, self.workspaces, told, MONDAY)

    def learn(self, account: Account) -> None:
        with self.db.begin() as tx:
            learned(tx, self.workspaces, OURS, account, MONDAY)

    def send(self) -> None:
        """What the sender does, without a Slack to ask."""
        while rows := self._lease():
            for row in rows:
                self.carry(row)

    def _lease(self) -> list[outbox.Row]:
        with self.db.begin() as tx:
            rows = outbox.lease(tx, MONDAY + timedelta(days=999), 50, timedelta(minutes=1))
            why = {row.id: sent.still_holds(tx, self.workspaces, row, MONDAY) for row in rows}
            for row in rows:
                if reason := why[row.id]:
                    outbox.dropped(tx, row, reason)
            return [row for row in rows if not why[row.id]]

    def carry(self, row: outbox.Row) -> None:
        self.said.append(row)
        channel = f"D-{row.target}" if row.target.startswith("U") else row.target
        ts = str(row.payload.get("ts") or f"{len(self.said)}.0")
        if row.method == "chat.delete":
            del self.board[channel, ts]
        else:
            assert row.method == outbox.POST or (channel, ts) in self.board
            self.board[channel, ts] = dict(row.payload)
        with self.db.begin() as tx:
            outbox.sent(tx, row, MONDAY)
            sent.posted(tx, self.workspaces, row, channel, ts, MONDAY)

    def stands(self, channel: str) -> list[str]:
        """The messages in a channel, or in the direct messages with a person, as they read now: text and blocks."""
        place = f"D-{channel}" if channel.startswith("U") else channel
        return [json.dumps(payload, ensure_ascii=False) for (where, _), payload in self.board.items() if where == place]

    def texts(self, channel: str) -> list[str]:
        """Only the text that stands for each."""
        return [str(json.loads(message)["text"]) for message in self.stands(channel)]

    def outbox(self) -> list[tuple[str, str]]:
        """Method and target of everything that was ever to be said."""
        with self.db.begin() as tx:
            rows = tx.execute(select(outbox_table).order_by(outbox_table.c.id))
            return [(row.method, row.target) for row in rows]

    def count(self, table: Any) -> int:
        with self.db.begin() as tx:
            return tx.execute(select(func.count()).select_from(table)).scalar_one()

    def mine(self, user: str) -> tuple[tuple[Story, ...], tuple[Story, ...]]:
        return self.look(kudos_lists.mine, user, 10)


def wrote(
    user: str, minutes: float, *, channel: str = PUBLIC, root: float | None = None, thanks: bool = False
) -> Posted:
    team = CUSTOMERS if user == "U0ADA" else OURS
    root_ts = at(minutes if root is None else root)
    return Posted(channel, at(minutes), root_ts, user, team, False, (), (), not thanks, "", thanks)


def reacted(
    user: str, minutes: float, author: str | None, *, gone: bool = False, channel: str = PUBLIC, of: float = 0
) -> Reacted:
    return Reacted(channel, at(of), at(minutes), user, "sparkling_heart", gone, author)


def deleted(minutes: float, *, channel: str = PUBLIC, of: float = 0) -> Deleted:
    return Deleted(channel, at(of), at(minutes))


def words_in(db: Db) -> Iterator[str]:
    """Every text in every table."""
    with db.begin() as tx:
        for table in metadata.sorted_tables:
            for row in tx.execute(select(table)):
                yield from (str(value) for value in row)
