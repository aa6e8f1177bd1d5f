"""What a conversation's moves come to: what a customer's word is worth after what we last said."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.arrivals import Deleted, Posted, posted
from bot.domain.conversations import Conversation, Side, Turn, apply, deleted_move, posted_move
from bot.domain.moments import ts_of
from bot.domain.policy import Policy

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POLICY = Policy()
ADA, LEE, KIM = "U0ADA", "U0LEE", "U0KIM"


def at(minutes: float) -> str:
    return ts_of(START + timedelta(minutes=minutes))


def said(minutes: float, user: str, text: str, **more: object) -> Posted:
    return posted("C1", {"ts": at(minutes), "thread_ts": at(0), "user": user, "text": text} | more)


def told(*lines: tuple[str, str]) -> Conversation:
    """A thread, a line a minute, each with who said it."""
    conversation = Conversation("C1", at(0))
    for minute, (user, text) in enumerate(lines):
        move = posted_move(said(minute, user, text), Side.THEIRS if user == ADA else Side.OURS)
        assert move
        conversation = apply(conversation, move, POLICY)
    return conversation


@pytest.mark.parametrize(
    ("ours", "theirs", "turn"),
    [
        ("Fixed. Is there anything else I can help you with?", "No", Turn.CLOSED),
        ("Did you try the new link?", "No", Turn.OURS),
        ("It works again since noon.", "Thanks!", Turn.CLOSED),
        ("It works again since noon.", "Thanks, but not for me.", Turn.OURS),
    ],
)
def test_what_we_last_said_decides_what_a_short_word_means(ours: str, theirs: str, turn: Turn) -> None:
    assert told((ADA, "We cannot log in."), (LEE, ours), (ADA, theirs)).turn is turn


def test_what_was_said_in_between_is_what_counts_however_late_it_comes() -> None:
    asked = posted_move(said(0, ADA, "We cannot log in."), Side.THEIRS)
    question = posted_move(said(1, LEE, "Is there anything else I can help you with?"), Side.OURS)
    no = posted_move(said(2, ADA, "No"), Side.THEIRS)
    assert asked
    assert question
    assert no
    conversation = Conversation("C1", at(0))
    for move in (asked, no, question):
        conversation = apply(conversation, move, POLICY)
    assert conversation.turn is Turn.CLOSED


def test_an_offer_that_was_taken_back_leaves_nothing_for_a_no_to_decline() -> None:
    before = told((ADA, "We cannot log in."), (LEE, "Anything else I can help with?"), (ADA, "No"))
    after = apply(before, deleted_move(Deleted("C1", at(1), at(3))), POLICY)
    assert (before.turn, after.turn) == (Turn.CLOSED, Turn.OURS)


@pytest.mark.parametrize(
    ("word", "turn"),
    [
        ("never mind", Turn.CLOSED),
        ("Never mind, works now!", Turn.CLOSED),
        ("it works now", Turn.CLOSED),
        ("thanks!", Turn.OURS),
        ("ok", Turn.OURS),
        ("it works now, but only for me", Turn.OURS),
    ],
)
def test_who_has_helped_themselves_waits_no_more(word: str, turn: Turn) -> None:
    conversation = told((ADA, "We cannot log in."), (ADA, "Nobody here can."), (ADA, word))
    assert conversation.turn is turn
    assert (conversation.wait is None) is (turn is Turn.CLOSED)


def test_works_now_with_no_question_before_it_needs_a_look() -> None:
    assert told((ADA, "it works now")).turn is Turn.OURS


def test_what_one_customer_solved_leaves_another_waiting() -> None:
    conversation = Conversation("C1", at(0))
    for minute, (user, text) in enumerate([(ADA, "We cannot log in."), (KIM, "Nor can we."), (KIM, "works now")]):
        move = posted_move(said(minute, user, text), Side.THEIRS)
        assert move
        conversation = apply(conversation, move, POLICY)
    assert conversation.wait is not None
