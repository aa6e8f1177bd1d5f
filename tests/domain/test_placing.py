"""Where messages belong after "split here" and "these are one conversation": the same in whatever order they arrive."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversations import Conversation, Kind, Move
from bot.domain.placing import continuable, follow, going, without_said


def at(minute: float) -> str:
    return f"{1_772_445_600 + minute * 60:.6f}"


def says(minute: float, below: float | None = None) -> Move:
    return Move(at(minute), Kind.THEIRS, "U0ADA", at(below) if below is not None else "", threaded=below is not None)


@dataclass
class Channel:
    """What was heard so far, by where it is; and what people said of it, by the conversation."""

    inside: dict[str, list[Move]] = field(default_factory=dict)
    said: dict[str, list[Move]] = field(default_factory=dict)
    corrections: int = 0

    def hear(self, move: Move) -> None:
        root = follow(natural(move), move.ts, move.about, lambda root: self.said.get(root, ()))
        self.inside.setdefault(root, []).append(move)

    def place(self, ts: str) -> str:
        return next(root for root, moves in self.inside.items() if any(move.ts == ts for move in moves))

    def split(self, ts: str) -> None:
        root = self.place(ts)
        first = next(move for move in self.inside[root] if move.ts == ts)
        if ts == min(move.ts for move in self.inside[root]) or ts == root:
            return
        split = self._say(root, Kind.SPLIT, ts)._replace(threaded=first.threaded)
        along = going(self.inside[root], split)
        self.said.setdefault(root, []).append(split)
        self.inside[root] = [move for move in self.inside[root] if move not in along]
        self.inside.setdefault(ts, []).extend(along)

    def join(self, one: str, other: str) -> None:
        home, stray = sorted([self.place(one), self.place(other)])
        if home == stray:
            return
        self.said.setdefault(stray, []).append(self._say(stray, Kind.JOINED, home))
        self.inside[home] += self.inside.pop(stray)

    def _say(self, _root: str, kind: Kind, about: str) -> Move:
        self.corrections += 1
        return Move(at(1000 + self.corrections), kind, "U0ANA", about)


def natural(move: Move) -> str:
    """Where a message comes to at first: its thread's, or one of its own."""
    return move.about or move.ts


MESSAGES = st.lists(st.tuples(st.integers(0, 40), st.none() | st.integers(0, 4)), min_size=2, max_size=14)
ACTS = st.lists(st.tuples(st.sampled_from(["hear", "split", "join"]), st.integers(0, 20), st.integers(0, 20)))


@given(MESSAGES, ACTS, st.randoms())
def test_what_comes_late_goes_where_it_would_have_gone(
    told: list[tuple[int, int | None]], acts: list[tuple[str, int, int]], random: object
) -> None:
    """Messages come in any order among the corrections; each ends where all corrections, one by one, take it."""
    coming = list({move.ts: move for move in (says(5 + at_, below) for at_, below in told)}.values())
    random.shuffle(coming)  # type: ignore[attr-defined]
    channel, heard = Channel(), list[Move]()
    for what, one, other in [*acts, *[("hear", 0, 0)] * len(coming)]:
        if what == "hear" and coming:
            heard.append(coming.pop())
            channel.hear(heard[-1])
        elif what == "split" and heard:
            channel.split(heard[one % len(heard)].ts)
        elif what == "join" and heard:
            channel.join(heard[one % len(heard)].ts, heard[other % len(heard)].ts)
    for move in heard:
        assert channel.place(move.ts) == follow(natural(move), move.ts, move.about, lambda r: channel.said.get(r, ()))


def test_a_cut_at_top_level_leaves_replies_below_earlier_messages_where_they_are() -> None:
    moves = [says(0), says(1), says(2, below=0), says(3, below=1), says(4)]
    cut = Move(at(9), Kind.SPLIT, "U0ANA", at(1))
    assert [move.ts for move in going(moves, cut)] == [at(1), at(3), at(4)]


def test_a_cut_within_a_thread_takes_along_all_that_follows() -> None:
    moves = [says(0), says(1, below=0), says(2, below=0), says(3, below=0)]
    cut = Move(at(9), Kind.SPLIT, "U0ANA", at(2), threaded=True)
    assert [move.ts for move in going(moves, cut)] == [at(2), at(3)]


@pytest.mark.parametrize("kind", [Kind.CLAIM, Kind.CLOSE, Kind.DELETE, Kind.NEEDED])
def test_what_was_done_about_a_message_goes_with_the_message(kind: Kind) -> None:
    done = [Move(at(6), kind, "U0LEE", at(0)), Move(at(7), kind, "U0LEE", at(2)), Move(at(8), kind, "U0LEE", at(1))]
    cut = Move(at(9), Kind.SPLIT, "U0ANA", at(1))
    assert going([says(0), says(1), says(2, below=0), *done], cut) == [says(1), done[2]]


def test_split_and_joined_again_a_message_stays_where_it_began() -> None:
    split, joined = Move(at(10), Kind.SPLIT, "U0ANA", at(5)), Move(at(11), Kind.JOINED, "U0ANA", at(0))
    said = {at(0): [split], at(5): [joined]}
    assert follow(at(0), at(7), "", lambda root: said.get(root, ())) == at(0)
    assert follow(at(5), at(7), "", lambda root: said.get(root, ())) == at(0)


def test_a_customers_next_words_go_on_with_the_part_that_was_split_off() -> None:
    first, second = Conversation("C1", at(0), (says(0),)), Conversation("C1", at(2), (says(2),))
    said = {at(0): [Move(at(3), Kind.SPLIT, "U0ANA", at(2))]}
    assert continuable([first, second], lambda root: said.get(root, ()), at(4)) == [second]
    assert continuable([first, second], lambda root: said.get(root, ()), at(1)) == [first]


def test_what_people_said_of_places_is_no_part_of_what_happened() -> None:
    said = Move(at(3), Kind.SPLIT, "U0ANA", at(2))
    assert without_said(Conversation("C1", at(0), (says(0), said))).moves == (says(0),)
