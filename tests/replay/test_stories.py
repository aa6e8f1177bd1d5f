"""What a replay makes of a conversation in which we waited on the customer."""

from datetime import UTC, datetime, timedelta

from bot.domain.conversations import Conversation, Kind, Move, read
from bot.domain.moments import ts_of
from bot.domain.policy import Policy
from bot.replay.stories import tell

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
POLICY = Policy(agents=("U0ANA",), owner="U0ANA")


def after(minutes: int) -> str:
    return ts_of(MONDAY + timedelta(minutes=minutes))


def test_a_replay_leaves_out_what_was_the_customers_as_the_live_bot_did() -> None:
    moves = (
        Move(after(0), Kind.THEIRS, "U0ADA"),
        Move(after(30), Kind.PAUSE, "U0ANA", about=after(0), promise=after(3000)),
        Move(after(200), Kind.THEIRS, "U0ADA", threaded=True),
        Move(after(220), Kind.OURS, "U0ANA", threaded=True),
    )

    conversation = read(Conversation("C0ACME", after(0), moves), POLICY)
    (wait,) = tell(conversation, POLICY, MONDAY + timedelta(days=9)).waits
    assert wait.working == timedelta(minutes=50)
    assert [nudge.at for nudge in wait.nudges[0]] == [MONDAY + timedelta(minutes=215)]
