"""Whose turn it is, told as small stories. A story is one line a move: time in minutes, who, what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.arrivals import Posted, Reacted
from bot.domain.conversations import (
    Conversation,
    EndedBy,
    Kind,
    Move,
    Side,
    Turn,
    apply,
    posted_move,
    reacted_move,
    read,
)
from bot.domain.moments import moment, ts_of
from bot.domain.policy import Policy
from bot.domain.routing import route
from bot.domain.setup import Targets
from bot.domain.story import boundary

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POLICY = Policy()
PAUSED = 20  # minutes, after which a pause ends by itself


def at(minutes: float) -> str:
    return ts_of(START + timedelta(minutes=minutes))


def told(story: str) -> Conversation:
    """A story such as "0 ada asks; 5 lee answers; 6 ada thanks; 7 lee closes 0"."""
    conversation = Conversation("C1", at(0))
    for line in story.split(";"):
        conversation = apply(conversation, _move(line.split()), POLICY)
    return conversation


def _move(words: list[str]) -> Move:
    minutes, who, what, *about = words
    kind = {
        "asks": Kind.THEIRS,
        "thanks": Kind.THEIRS,
        "answers": Kind.OURS,
        "takes": Kind.CLAIM,
        "leaves": Kind.UNCLAIM,
        "closes": Kind.CLOSE,
        "reopens": Kind.UNCLOSE,
        "deletes": Kind.DELETE,
        "calls": Kind.BOUNDARY,
        "withdraws": Kind.UNBOUNDARY,
        "needed": Kind.NEEDED,
        "needless": Kind.NOT_NEEDED,
        "pauses": Kind.PAUSE,
        "resumes": Kind.RESUME,
    }[what]
    move = Move(at(float(minutes)), kind, who, about=at(float(about[0])) if about else "", needs_reply=what != "thanks")
    return move._replace(promise=at(float(minutes) + PAUSED)) if kind is Kind.PAUSE else move


STORIES = [
    # story, turn, waits as (from, to, how it ended)
    ("0 ada asks", Turn.OURS, [(0, None, None)]),
    ("0 ada asks; 5 lee answers", Turn.THEIRS, [(0, 5, EndedBy.ANSWER)]),
    ("0 ada asks; 2 ada asks; 5 lee answers", Turn.THEIRS, [(0, 5, EndedBy.ANSWER)]),
    ("0 ada asks; 5 lee calls 0", Turn.CLOSED, [(0, 5, EndedBy.BOUNDARY)]),
    ("0 ada asks; 5 lee calls 0; 7 ada asks", Turn.CLOSED, [(0, 5, EndedBy.BOUNDARY)]),
    ("0 ada asks; 5 lee calls 0; 7 ada asks; 9 lee answers", Turn.THEIRS, [(0, 5, EndedBy.BOUNDARY)]),
    (
        "0 ada asks; 2 lee answers; 4 ada asks; 5 lee calls 0; 7 ada asks",
        Turn.CLOSED,
        [(0, 2, EndedBy.BOUNDARY), (4, 5, EndedBy.BOUNDARY)],
    ),
    ("0 ada asks; 5 lee calls 0; 6 lee withdraws 0", Turn.OURS, [(0, None, None)]),
    ("0 ada asks; 2 lee closes 0; 5 lee calls 0; 6 lee reopens 0", Turn.CLOSED, [(0, 2, EndedBy.BOUNDARY)]),
    ("0 ada asks; 5 lee answers; 6 ada thanks", Turn.CLOSED, [(0, 5, EndedBy.ANSWER)]),
    ("0 ada asks; 5 lee answers; 6 ada asks", Turn.OURS, [(0, 5, EndedBy.ANSWER), (6, None, None)]),
    ("0 ada asks; 5 lee answers; 6 ada thanks; 9 ada asks", Turn.OURS, [(0, 5, EndedBy.ANSWER), (9, None, None)]),
    ("0 ada thanks", Turn.CLOSED, []),
    ("0 ada asks; 1 ada thanks", Turn.OURS, [(0, None, None)]),
    ("0 ada asks; 3 lee closes 0", Turn.CLOSED, [(0, 3, EndedBy.CLOSED)]),
    ("0 ada asks; 3 lee closes 0; 4 lee reopens 0", Turn.OURS, [(0, None, None)]),
    ("0 ada asks; 3 lee closes 0; 9 ada asks", Turn.OURS, [(0, 3, EndedBy.CLOSED), (9, None, None)]),
    ("0 ada asks; 3 lee closes 0; 9 ada thanks", Turn.CLOSED, [(0, 3, EndedBy.CLOSED)]),
    ("0 ada asks; 3 ada deletes 0", Turn.CLOSED, [(0, 3, EndedBy.DELETED)]),
    ("0 ada asks; 1 ada asks; 3 ada deletes 0", Turn.OURS, [(1, None, None)]),
    ("0 ada asks; 5 lee answers; 6 ada deletes 0", Turn.THEIRS, [(0, 5, EndedBy.ANSWER)]),
    ("0 ada asks; 5 lee answers; 6 lee deletes 5", Turn.OURS, [(0, None, None)]),
    ("0 lee answers; 4 ada asks", Turn.OURS, [(4, None, None)]),
    ("0 lee answers", Turn.THEIRS, []),
    ("0 ada asks; 1 lee takes 0", Turn.OURS, [(0, None, None)]),
    ("0 ada asks; 5 lee answers; 6 ada thanks; 8 lee needed 6", Turn.OURS, [(0, 5, EndedBy.ANSWER), (6, None, None)]),
    ("0 ada asks; 5 lee answers; 6 ada asks; 8 lee needless 6", Turn.CLOSED, [(0, 5, EndedBy.ANSWER)]),
    ("0 ada asks; 5 lee needless 0", Turn.CLOSED, []),
    ("0 ada asks; 5 lee needless 0; 6 kim needed 0", Turn.OURS, [(0, None, None)]),
    ("0 ada asks; 1 ada asks; 5 lee needless 0", Turn.OURS, [(1, None, None)]),
    ("0 ada asks; 1 ada asks; 3 lee answers; 5 lee needless 0", Turn.THEIRS, [(1, 3, EndedBy.ANSWER)]),
]


@pytest.mark.parametrize(("story", "turn", "waits"), STORIES, ids=[story for story, _, _ in STORIES])
def test_whose_turn_it_is_and_who_waited(
    story: str, turn: Turn, waits: list[tuple[int, int | None, EndedBy | None]]
) -> None:
    conversation = told(story)
    expected = [(at(since), at(to) if to is not None else None, how) for since, to, how in waits]
    assert conversation.turn == turn
    assert [(w.from_ts, w.to_ts, w.ended_by) for w in conversation.waits] == expected


def test_the_first_wait_has_the_first_target_and_later_ones_the_next() -> None:
    first, second = told("0 ada asks; 5 lee answers; 9 ada asks").waits
    assert (first.first, first.target) == (True, POLICY.targets.first)
    assert (second.first, second.target) == (False, POLICY.targets.next)


def test_a_customer_who_is_written_to_first_gets_the_next_target() -> None:
    (wait,) = told("0 lee answers; 4 ada asks").waits
    assert not wait.first


def test_the_last_to_take_it_owns_it_and_letting_go_gives_it_back() -> None:
    assert told("0 ada asks; 1 lee takes 0; 2 kim takes 0").claimed_by == "kim"
    assert told("0 ada asks; 1 lee takes 0; 2 kim takes 0; 3 kim leaves 0").claimed_by == "lee"


PAUSES = [
    # story, for each wait its pauses as (since, until)
    ("0 ada asks; 5 lee pauses 0", [[(5, 25)]]),
    ("0 ada asks; 5 lee pauses 0; 9 kim resumes 0", [[(5, 9)]]),
    ("0 ada asks; 5 lee pauses 0; 9 ada asks", [[(5, 9)]]),
    ("0 ada asks; 5 lee pauses 0; 9 ada thanks; 12 lee pauses 0", [[(5, 9), (12, 32)]]),
    ("0 ada asks; 5 lee pauses 0; 9 bob asks", [[(5, 9)]]),
    ("0 ada asks; 5 lee pauses 0; 9 lee takes 0", [[(5, 25)]]),
    ("0 ada asks; 5 lee pauses 0; 10 lee pauses 0", [[(5, 10), (10, 30)]]),
    ("0 ada asks; 5 lee pauses 0; 30 lee resumes 0", [[(5, 25)]]),
    ("0 ada asks; 5 lee pauses 0; 9 lee answers; 12 ada asks", [[(5, 12)], []]),
    ("0 ada asks; 5 lee pauses 0; 9 lee answers; 10 lee deletes 9", [[(5, 25)]]),
    ("0 ada asks; 5 lee pauses 0; 9 lee closes 0; 12 lee reopens 0", [[(5, 25)]]),
    ("0 ada asks; 1 lee answers; 5 lee pauses 0; 9 ada asks", [[], []]),
    ("0 ada asks; 9 lee resumes 0", [[]]),
]


@pytest.mark.parametrize(("story", "pauses"), PAUSES, ids=[story for story, _ in PAUSES])
def test_the_clock_stands_until_the_customer_writes_somebody_resumes_or_time_is_up(
    story: str, pauses: list[list[tuple[int, int]]]
) -> None:
    found = [[(pause.since, pause.until) for pause in wait.pauses] for wait in told(story).waits]
    assert found == [[(moment(at(since)), moment(at(until))) for since, until in one] for one in pauses]


def test_whose_turn_it_is_does_not_depend_on_a_pause() -> None:
    assert told("0 ada asks; 5 lee pauses 0").turn is Turn.OURS


def test_a_customer_with_a_target_of_their_own_has_it_whoever_joins_in() -> None:
    policy = replace(POLICY, customers={"ada": Targets(timedelta(minutes=15), timedelta(minutes=30))})
    conversation = told("0 ada asks; 5 lee answers; 9 bob asks")
    assert [wait.target for wait in read(conversation, policy).waits] == [timedelta(minutes=15), timedelta(minutes=30)]
    assert [wait.target for wait in read(told("0 bob asks"), policy).waits] == [POLICY.targets.first]


ACTS = ["asks", "thanks", "answers", "takes", "leaves", "closes", "reopens", "deletes", "calls", "withdraws"]
ACTS += ["needed", "needless", "pauses", "resumes"]
LINES = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.sampled_from(["ada", "lee"]),
        st.sampled_from(ACTS),
        st.integers(0, 30),
    ),
    max_size=12,
    unique_by=lambda line: _move([str(part) for part in line])[:3],
)


@given(LINES)
def test_a_move_more_is_as_if_all_were_read_anew(lines: list[tuple[int, str, str, int]]) -> None:
    conversation = Conversation("C1", at(0))
    for minute, who, what, about in lines:
        conversation = apply(conversation, _move([str(minute), who, what, str(about)]), POLICY)
        assert _is_as_read_anew(conversation)


@pytest.mark.parametrize("story", [story for story, *_ in STORIES + PAUSES])
def test_a_story_is_told_move_by_move_as_it_is_at_once(story: str) -> None:
    assert _is_as_read_anew(told(story))


def _is_as_read_anew(conversation: Conversation) -> bool:
    anew = read(Conversation("C1", at(0), conversation.moves), POLICY)
    return (conversation, conversation.story) == (anew, anew.story)


@given(LINES, st.randoms())
def test_the_order_of_arrival_does_not_matter(lines: list[tuple[int, str, str, int]], random: object) -> None:
    moves = [_move([str(minute), who, what, str(about)]) for minute, who, what, about in lines]
    shuffled = list(moves)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    forward = backward = Conversation("C1", at(0))
    for move in moves:
        forward = apply(forward, move, POLICY)
    for move in shuffled:
        backward = apply(apply(backward, move, POLICY), move, POLICY)
    assert forward == backward


@given(LINES)
def test_it_is_our_turn_exactly_while_a_wait_is_open(lines: list[tuple[int, str, str, int]]) -> None:
    conversation = Conversation("C1", at(0))
    for minute, who, what, about in lines:
        conversation = apply(conversation, _move([str(minute), who, what, str(about)]), POLICY)
        assert (conversation.turn is Turn.OURS) == (conversation.wait is not None)
        assert all(not wait.open for wait in conversation.waits[:-1])
        assert all(wait.to_ts is None or wait.from_ts <= wait.to_ts for wait in conversation.waits)


@given(LINES)
def test_pauses_follow_each_other_and_none_goes_on_past_what_the_customer_writes(
    lines: list[tuple[int, str, str, int]],
) -> None:
    conversation = Conversation("C1", at(0))
    for minute, who, what, about in lines:
        conversation = apply(conversation, _move([str(minute), who, what, str(about)]), POLICY)
    call = boundary(conversation.moves)
    heard = [move for move in conversation.moves if call is None or move.ts < call.ts]
    said = [moment(move.ts) for move in heard if move.kind is Kind.THEIRS]
    for wait in conversation.waits:
        assert all(pause.since <= pause.until for pause in wait.pauses)
        assert all(one.until <= other.since for one, other in pairwise(wait.pauses))
        assert not any(pause.since < written < pause.until for pause in wait.pauses for written in said)


def posted(minutes: float, user: str, *, root: float | None = None, mentions: tuple[str, ...] = ()) -> Posted:
    return Posted(
        channel="C1",
        ts=at(minutes),
        root_ts=at(minutes if root is None else root),
        user=user,
        user_team=None,
        is_app=False,
        app_ids=(),
        mentions=mentions,
        needs_reply=True,
        reason="",
    )


def play(*arrivals: tuple[Posted, Side]) -> dict[str, Conversation]:
    """A channel of its own, message by message."""
    channel: dict[str, Conversation] = {}
    for arrival, side in arrivals:
        root = route(arrival, side, list(channel.values()))
        move = posted_move(arrival, side)
        assert move
        channel[root] = apply(channel.get(root, Conversation("C1", root)), move, POLICY)
    return channel


THEIRS, OURS = Side.THEIRS, Side.OURS


def test_a_burst_of_one_customer_is_one_conversation() -> None:
    channel = play((posted(0, "ada"), THEIRS), (posted(4, "ada"), THEIRS), (posted(8, "ada"), THEIRS))
    assert [len(c.moves) for c in channel.values()] == [3]


def test_after_more_than_five_minutes_a_new_conversation_begins() -> None:
    assert len(play((posted(0, "ada"), THEIRS), (posted(5.1, "ada"), THEIRS))) == 2


def test_two_customers_at_once_are_two_conversations() -> None:
    assert len(play((posted(0, "ada"), THEIRS), (posted(1, "bob"), THEIRS))) == 2


def test_a_customer_goes_on_with_what_was_just_answered() -> None:
    assert len(play((posted(0, "ada"), THEIRS), (posted(1, "lee"), OURS), (posted(20, "ada"), THEIRS))) == 1
    assert len(play((posted(0, "ada"), THEIRS), (posted(1, "lee"), OURS), (posted(22, "ada"), THEIRS))) == 2


def test_an_answer_in_a_thread_leaves_what_comes_after_it_at_top_level_to_be_something_new() -> None:
    assert len(play((posted(0, "ada"), THEIRS), (posted(1, "lee", root=0), OURS), (posted(2, "ada"), THEIRS))) == 2


def test_a_thread_below_a_later_message_of_a_burst_belongs_to_the_burst() -> None:
    channel = play((posted(0, "ada"), THEIRS), (posted(1, "ada"), THEIRS), (posted(2, "lee", root=1), OURS))
    assert [c.turn for c in channel.values()] == [Turn.THEIRS]


def test_an_answer_at_top_level_goes_to_whom_it_mentions() -> None:
    channel = play((posted(0, "ada"), THEIRS), (posted(1, "bob"), THEIRS), (posted(2, "lee", mentions=("ada",)), OURS))
    assert [(c.customer, c.turn) for c in channel.values()] == [("ada", Turn.THEIRS), ("bob", Turn.OURS)]


def test_without_a_mention_it_answers_who_wrote_last_and_waits() -> None:
    channel = play((posted(0, "ada"), THEIRS), (posted(1, "bob"), THEIRS), (posted(2, "lee"), OURS))
    assert [(c.customer, c.turn) for c in channel.values()] == [("ada", Turn.OURS), ("bob", Turn.THEIRS)]


def test_an_answer_at_top_level_does_not_end_a_wait_inside_a_thread() -> None:
    channel = play(
        (posted(0, "ada"), THEIRS),
        (posted(1, "lee", root=0), OURS),
        (posted(2, "ada", root=0), THEIRS),
        (posted(3, "lee"), OURS),
    )
    assert channel[at(0)].turn is Turn.OURS


@pytest.mark.parametrize(
    ("emoji", "side", "kind"),
    [
        ("eyes", OURS, Kind.CLAIM),
        ("white_check_mark", OURS, Kind.CLOSE),
        ("tada", OURS, None),
        ("eyes", THEIRS, None),
        ("white_check_mark", THEIRS, None),
    ],
)
def test_only_our_own_eyes_own_and_only_our_own_check_marks_close(emoji: str, side: Side, kind: Kind | None) -> None:
    move = reacted_move(Reacted("C1", at(0), at(1), "u", emoji, taken_back=False), side)
    assert (move.kind if move else None) == kind


def test_an_app_makes_no_move() -> None:
    assert posted_move(posted(0, "B1"), Side.APP) is None


@given(st.integers(10**9, 4 * 10**9), st.integers(0, 999_999))
def test_a_moment_survives_its_ts_and_sorts_like_it(seconds: int, microseconds: int) -> None:
    when = datetime.fromtimestamp(seconds, UTC).replace(microsecond=microseconds)
    assert moment(ts_of(when)) == when
    assert (ts_of(when) < ts_of(START)) == (when < START)
