"""Corrections in the tables: whatever comes when, it ends as if all had been there; and read again, nothing changes."""

from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select

from bot.domain.arrivals import Spoken
from bot.domain.story import EndedBy
from bot.store import channels
from bot.store.corrections import correct
from bot.store.db import Db
from bot.store.ledger import Ledger
from bot.store.tables import conversations, events, moves, waits
from bot.store.waits import sync
from bot.views.why import Correction, Verb
from tests.store.test_loop import MONDAY, OURS, Office, at, wrote

ROOTS = (0, 60, 120)  # minutes, each the beginning of a thread
LATER = 500  # minutes: when people begin to correct
WHO = st.sampled_from(["asks", "asks", "thanks", "answers"])
REPLIES = st.lists(
    st.tuples(WHO, st.sampled_from(ROOTS), st.integers(1, 30)), max_size=7, unique_by=lambda one: one[1:]
)
VERBS = st.sampled_from([Verb.NEEDED, Verb.NOT_NEEDED, Verb.SPLIT, Verb.SPLIT, Verb.JOIN, Verb.JOIN])
SAID = st.lists(st.tuples(VERBS, st.integers(0, 9), st.integers(0, 9)), max_size=6)
QUIET = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _replies(told: list[tuple[str, int, int]]) -> list[Spoken]:
    return [
        wrote("U0LEE" if who == "answers" else "U0ADA", root + after, root=root, needs_reply=who != "thanks")
        for who, root, after in told
    ]


class Corrected:
    """An office in which three threads have begun, and Ana corrects how they were read."""

    def __init__(self, db: Db) -> None:
        with db.begin() as tx:
            for table in (waits, moves, conversations, events):
                tx.execute(delete(table))
        self.office, self.minutes = Office(db), count(LATER)
        with db.begin() as tx:
            channels.join(tx, OURS, "C0ACME", "U0ANA")
        self.office.hear(*(wrote("U0ADA", root) for root in ROOTS))

    def says(self, verb: Verb, ts: str, asked: str) -> str | None:
        now = MONDAY + timedelta(minutes=next(self.minutes))
        with self.office.db.begin() as tx:
            workspace = self.office.workspaces.get(tx, OURS, now)
            assert workspace
            return correct(tx, workspace, "U0ANA", Correction(verb, "C0ACME", ts, asked), now)

    def stands(self) -> tuple[list[Any], list[Any], list[Any]]:
        """Where each message is, whose turn it is, and who waited."""
        with self.office.db.begin() as tx:
            spoken = select(moves.c.ts, moves.c.root_ts).where(moves.c.kind.in_(("theirs", "ours")))
            talks = select(conversations.c.root_ts, conversations.c.turn, conversations.c.answered_by)
            real = waits.c.ended_by.is_distinct_from(EndedBy.NEVER)
            wanted = select(*waits.c["root_ts", "from_ts", "first", "target_s", "ended_at", "ended_by", "working_s"])
            return (
                list(tx.execute(spoken.order_by(moves.c.ts))),
                list(tx.execute(talks.order_by(conversations.c.root_ts))),
                list(tx.execute(wanted.where(real).order_by(waits.c.from_ts))),
            )

    def read_again(self) -> None:
        with self.office.db.begin() as tx:
            _read_again(tx, self.office)


@QUIET
@given(told=REPLIES, said=SAID, order=st.randoms())
def test_corrections_hold_whatever_comes_late(
    db: Db, told: list[tuple[str, int, int]], said: list[tuple[Verb, int, int]], order: Any
) -> None:
    """Half of the replies, any half, come only after people have corrected what they saw."""
    replies = _replies(told)
    order.shuffle(replies)
    soon, late = replies[: len(replies) // 2], replies[len(replies) // 2 :]
    known = [at(root) for root in ROOTS] + [arrival.at_ts for arrival in soon]
    acts = [(verb, known[one % len(known)], known[other % len(known)]) for verb, one, other in said]
    stands = []
    for first, last in ((replies, []), (soon, late)):
        channel = Corrected(db)
        channel.office.hear(*first)
        for act in acts:
            channel.says(*act)
        for arrival in last:
            channel.office.hear(arrival)
        stands.append(channel.stands())
        channel.read_again()
        assert channel.stands() == stands[-1]
    assert stands[0] == stands[1]


@QUIET
@given(told=REPLIES)
def test_split_and_joined_again_nothing_has_changed(db: Db, told: list[tuple[str, int, int]]) -> None:
    channel = Corrected(db)
    replies = _replies(told)
    channel.office.hear(*replies)
    before = channel.stands()
    for arrival in replies:
        root = next(at(root) for _, root, after in told if at(root + after) == arrival.at_ts)
        assert channel.says(Verb.SPLIT, arrival.at_ts, arrival.at_ts) is None
        assert channel.says(Verb.JOIN, root, arrival.at_ts) is None
        assert channel.stands() == before


def _read_again(tx: Connection, office: Office) -> None:
    workspace = office.workspaces.get(tx, OURS, MONDAY)
    assert workspace
    ledger = Ledger(tx, workspace)
    ledger.open([(row.channel, row.root_ts) for row in tx.execute(select(conversations))])
    sync(tx, OURS, ledger.known, {channel: ledger.policy(channel) for channel, _ in ledger.known})
