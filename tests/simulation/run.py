"""A team's weeks on a simulated clock: the real domain and store; whatever is to be said, Slack takes at once."""

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import NamedTuple

from sqlalchemy import Connection, select

from bot.domain.arrivals import Delivery, Posted
from bot.domain.moments import ts_of
from bot.store import ladder, list_clock, living_lists, outbox, overloads, presence_choices, sent
from bot.store.db import Db
from bot.store.ingest import forget, ingest
from bot.store.list_posts import PREFIX, Post, read_key
from bot.store.outbox import POST, Row
from bot.store.tables import nudges, waits
from bot.store.workspaces import Workspaces
from tests.simulation.behaviour import Behaviour, after, poisson
from tests.simulation.town import OURS, THEIRS, Crew, furnish

TICK = timedelta(minutes=5)  # what falls due, or was said, within five minutes is one transaction
LEASE = timedelta(minutes=1)
GROUP = 200
FAR = 100_000  # more than a day has


class Happening(NamedTuple):
    """Somebody is about to write, or to look at something."""

    at: datetime
    number: int
    what: str
    talk: "Talk"
    user: str


@dataclass(slots=True, eq=False)
class Talk:
    """A conversation: a thread in a channel. `turn` counts its messages, so that late intentions come to nothing."""

    channel: str
    root: str = ""
    turn: int = 0
    waits: bool = False
    by: datetime | None = None  # when somebody is going to have answered
    shown: Counter[str] = field(default_factory=Counter)  # by reader: reminders about the wait that is on


@dataclass
class Run:
    """A team's weeks. `pings` are told by person and day, `open` talks by where their customer's message stands."""

    db: Db
    crew: Crew
    seed: int
    budgets: bool
    people: Behaviour = Behaviour()
    pings: Counter[tuple[str, date]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.random = Random(f"{self.crew.key} {self.seed}")
        self.known = Workspaces()
        self.now = self.crew.midnight(next(iter(self.crew.days)))
        self.agenda: list[Happening] = []
        self.numbers, self.stamps = count(), count(1)
        self.talks: dict[tuple[str, str], Talk] = {}
        self.busy: dict[str, datetime] = {}
        self.last_nudge = 0
        self.cleaned = self.crew.local(self.now)

    def play(self) -> None:
        """From the first midnight to the last."""
        furnish(self.db, self.crew, budgets=self.budgets)
        for happening in self._beginnings():
            heapq.heappush(self.agenda, happening)
        due: datetime | None = None
        while moment := self._next(due):
            self.now = moment
            with self.db.begin() as tx:
                due = self._tick(tx)
                self._clean(tx)

    def _next(self, due: datetime | None) -> datetime | None:
        """The end of the tick in which something happens next; None at the end of all days."""
        first = min(filter(None, (due, self.agenda[0].at if self.agenda else None)), default=None)
        end = self.crew.midnight(next(iter(self.crew.days)) + timedelta(days=self.crew.size.days))
        at = max(first, self.now) + TICK if first else end
        return at if at < end else None

    def _tick(self, tx: Connection) -> datetime | None:
        """What was said until now is heard, what is due is done; when something is due next."""
        heard = []
        while self.agenda and self.agenda[0].at <= self.now:
            if arrival := self._acts(heapq.heappop(self.agenda)):
                heard.append(Delivery(OURS, f"Ev{next(self.numbers)}", arrival, ext_shared=True))
        ingest(tx, self.known, heard, self.now)
        if self.budgets and (here := self.known.get(tx, OURS, self.now)):
            presence_choices.notice_all(tx, here, self.now)
        ladder.take_due(tx, self.known, self.now, GROUP)
        if self.budgets:
            self._lists(tx)
        self._send(tx)
        if not self.budgets:
            self._ring_each(tx)
        known = [ladder.next_due(tx), list_clock.next_due(tx) if self.budgets else None, outbox.next_due(tx)]
        return min(filter(None, known), default=None)

    def _lists(self, tx: Connection) -> None:
        workspace = self.known.get(tx, OURS, self.now)
        assert workspace
        overloads.watch(tx, workspace, self.now)
        living_lists.take_up(tx, GROUP)
        list_clock.take_due(tx, self.known, self.now, GROUP)

    def _clean(self, tx: Connection) -> None:
        """Once a day, what housekeeping lets go of after some days."""
        if self.crew.local(self.now) != self.cleaned:
            self.cleaned = self.crew.local(self.now)
            outbox.purge(tx, outbox.old(tx, self.now - timedelta(days=1), FAR))
            forget(tx, self.now - timedelta(days=1), FAR)

    # what people write

    def _beginnings(self) -> Iterator[Happening]:
        """Customers who begin to talk, day by day, while the team works."""
        for channel in self.crew.owners:
            customer = self.crew.customer(channel)
            for day in self.crew.days:
                for _ in range(poisson(self.random, self.people.conversations) if day.weekday() < 5 else 0):
                    at = self.crew.midnight(day) + timedelta(hours=self.random.uniform(8.5, 17.5))
                    yield self._plan(at, "ask", Talk(channel), customer)

    def _plan(self, at: datetime, what: str, talk: Talk, user: str) -> Happening:
        return Happening(at, next(self.numbers), what, talk, user)

    def _acts(self, happening: Happening) -> Posted | None:
        at, _, what, talk, user = happening
        wanted, _, turn = what.partition(":")
        if turn and int(turn) != talk.turn:
            return None
        if wanted == "answer":
            return self._answers(talk, user, at) if talk.waits else None
        return self._asks(talk, user, at, thanks=wanted == "thank")

    def _asks(self, talk: Talk, user: str, at: datetime, *, thanks: bool) -> Posted:
        arrival = self._said(talk, user, at, needs_reply=not thanks)
        if not thanks and not talk.waits:
            talk.waits, talk.by, talk.shown = True, None, Counter()
            self.talks[talk.channel, arrival.ts] = talk
            self._may_notice(talk, at)
        return arrival

    def _answers(self, talk: Talk, user: str, at: datetime) -> Posted:
        arrival = self._said(talk, user, at)
        talk.waits = False
        chance, customer = self.random.random(), self.crew.customer(talk.channel)
        back = at + after(self.random, self.people.comes_back)
        if chance < self.people.asks_again:
            self._later(back, f"ask:{talk.turn}", talk, customer)
        elif chance < self.people.asks_again + self.people.says_thanks:
            self._later(back, f"thank:{talk.turn}", talk, customer)
        return arrival

    def _said(self, talk: Talk, user: str, at: datetime, *, needs_reply: bool = True) -> Posted:
        talk.turn += 1
        ts = ts_of(at.replace(microsecond=0) + timedelta(microseconds=next(self.stamps) % 1_000_000))
        talk.root = talk.root or ts
        home = OURS if user in self.crew.at_work else THEIRS
        reason = "" if needs_reply else "thanks"
        return Posted(talk.channel, ts, talk.root, user, home, False, (), (), needs_reply, reason)

    def _later(self, at: datetime, what: str, talk: Talk, user: str) -> None:
        heapq.heappush(self.agenda, self._plan(at, what, talk, user))

    # who answers, and when

    def _may_notice(self, talk: Talk, at: datetime) -> None:
        """Unprompted: by whoever has the channel, or by a colleague where that one is away while others work."""
        owner = self.crew.owners[talk.channel]
        opens, seen = self.crew.opens(at), self.crew.at_work[owner].next_open(at)
        if seen == opens and self.random.random() < self.people.notices:
            self._will_answer(talk, owner, seen + after(self.random, self.people.unprompted))
        elif seen > opens and self.random.random() < self.people.notices_for_another:
            self._will_answer(talk, self._somebody(opens), opens + after(self.random, self.people.unprompted))

    def _will_answer(self, talk: Talk, user: str | None, at: datetime) -> None:
        """One after the other, in their own hours, and not where somebody is about to do it sooner."""
        if user is None:
            return
        begins = self.crew.at_work[user].next_open(max(at, self.busy.get(user, at)))
        done = begins + timedelta(minutes=self.people.answering)
        if talk.by is None or done < talk.by:
            self.busy[user] = talk.by = done
            self._later(done, f"answer:{talk.turn}", talk, user)

    def _somebody(self, at: datetime) -> str | None:
        on = [user for user in self.crew.agents if self.crew.at_work[user].is_open(at)]
        return self.random.choice(on) if on else None

    # what rings

    def _send(self, tx: Connection) -> None:
        """Whatever is due has been taken by Slack at once."""
        for number in count():
            rows = outbox.lease(tx, self.now, GROUP, LEASE)
            for row in rows:
                self._settle(tx, row, f"{ts_of(self.now)[:-6]}{number:06d}")
            if not rows:
                return

    def _settle(self, tx: Connection, row: Row, ts: str) -> None:
        if why := sent.still_holds(tx, self.known, row, self.now):
            outbox.dropped(tx, row, why)
            return
        outbox.sent(tx, row, self.now)
        sent.posted(tx, self.known, row, f"D{row.target}" if row.target[0] == "U" else row.target, ts, self.now)
        if row.method == POST and row.key.startswith(PREFIX):
            user, _, kind = read_key(row.key)
            if kind != Post.SHOWN:
                self._rings(user, self._listed(tx, user))
        elif row.method == POST and row.target == self.crew.home and row.nudge_id:
            self._calls_for_a_hand(tx, row.nudge_id)

    def _ring_each(self, tx: Connection) -> None:
        """Without budgets: each step of the ladder that speaks to a person is a message of its own."""
        fresh = select(nudges.c.id, nudges.c.to, waits.c.channel, waits.c.from_ts)
        fresh = fresh.join_from(nudges, waits, nudges.c.wait_id == waits.c.id).where(nudges.c.id > self.last_nudge)
        for row in tx.execute(fresh.order_by(nudges.c.id)):
            self.last_nudge = row.id
            if row.to.startswith("U"):
                self._rings(row.to, [self.talks[row.channel, row.from_ts]])

    def _listed(self, tx: Connection, user: str) -> list[Talk]:
        """Who waits by somebody's list."""
        here = (nudges.c.to == user) & nudges.c.cleared_at.is_(None) & waits.c.ended_at.is_(None)
        lines = select(waits.c.channel, waits.c.from_ts).join_from(nudges, waits, nudges.c.wait_id == waits.c.id)
        rows = tx.execute(lines.where(here, nudges.c.team_id == OURS).order_by(waits.c.started_at).distinct())
        return [self.talks[row.channel, row.from_ts] for row in rows]

    def _rings(self, user: str, talks: list[Talk]) -> None:
        day = self.crew.local(self.now)
        earlier = self.pings[user, day]
        self.pings[user, day] += 1
        there = self.crew.at_work[user].is_open(self.now)
        for talk in talks:
            chance = self.people.heeded(talk.shown[user], earlier)
            talk.shown[user] += 1
            if there and talk.waits and self.random.random() < chance:
                self._heeds(talk, user)

    def _heeds(self, talk: Talk, user: str) -> None:
        at = self.now + after(self.random, self.people.prompted, 0.7)
        if user == self.crew.manager:
            self._will_answer(talk, self._somebody(self.now), at + timedelta(minutes=self.people.hand))
        else:
            self._will_answer(talk, user, at)

    def _calls_for_a_hand(self, tx: Connection, nudge_id: int) -> None:
        told = select(waits.c.channel, waits.c.from_ts).join_from(nudges, waits, nudges.c.wait_id == waits.c.id)
        row = tx.execute(told.where(nudges.c.id == nudge_id)).one()
        if self.random.random() < self.people.lends_hand:
            talk, at = self.talks[row.channel, row.from_ts], self.now + after(self.random, self.people.hand, 0.7)
            self._will_answer(talk, self._somebody(self.now), at)
