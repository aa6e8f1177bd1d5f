"""What is told of a conversation: read from a link, explained from its moves and from what is stored of its wait."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.because import Because, Cause
from bot.domain.conversations import Conversation, Kind, Move, apply
from bot.domain.moments import ts_of
from bot.domain.nudges import NEVER_AGAIN
from bot.domain.policy import Policy
from bot.domain.precision import Lately
from bot.domain.setup import Step
from bot.domain.spells import Pause
from bot.domain.why import Based, Kept, Next, Silence, explain, read_link

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POLICY = Policy(agents=("U0ANA", "U0LEE"), managers=("U0MIA",), home="C0CARE")
CHANNELS = st.from_regex(r"[CG][A-Z0-9]{2,12}", fullmatch=True)


@given(CHANNELS, st.integers(1, 10**10 - 1), st.integers(0, 999_999), st.sampled_from(["", "<", "see <"]))
def test_a_copied_link_leads_back_to_its_message(channel: str, seconds: int, fraction: int, before: str) -> None:
    ts = f"{seconds}.{fraction:06}"
    link = f"https://linden.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    for written in (link, f"{link}?thread_ts={ts}&cid={channel}", f"{link}|a message>"):
        assert read_link(before + written) == (channel, ts)


@given(st.text(max_size=300))
def test_any_text_is_a_link_or_none(text: str) -> None:
    found = read_link(text)
    assert found is None or "/archives/" in text


@pytest.mark.parametrize(
    "text",
    ["", "why", "https://x.slack.com/archives/C0ACME", "/archives/C0ACME/p12", "/archives/c0acme/p1772445600000100"],
)
def test_what_is_no_link_is_none(text: str) -> None:
    assert read_link(text) is None


def waits(*more: Move) -> Conversation:
    """Ada asked at nine."""
    conversation = Conversation("C1", ts_of(START))
    for move in (Move(ts_of(START), Kind.THEIRS, "U0ADA", reason="question"), *more):
        conversation = apply(conversation, move, POLICY)
    return conversation


def upcoming(kept: Kept, policy: Policy = POLICY, conversation: Conversation | None = None) -> Next | Silence:
    """What is told a minute later."""
    told = explain(conversation or waits(), policy, {ts_of(START): kept}, START + timedelta(minutes=1))
    return told.next


@pytest.mark.parametrize(
    ("done", "percent", "to"), [(0, 75, ("U0ANA",)), (1, 100, ("U0ANA",)), (2, 150, ("C0CARE",)), (3, 200, ("U0MIA",))]
)
def test_each_step_of_the_ladder_is_told_with_whom_it_speaks_to(done: int, percent: int, to: tuple[str, ...]) -> None:
    due = START + timedelta(hours=done)
    assert upcoming(Kept("U0ANA", done, None, due)) == Next(due, POLICY.ladder[done].say, to, percent)


def test_whoever_has_left_the_team_is_not_told_of_as_the_next() -> None:
    coming = upcoming(Kept("U0GONE", 0, None, START))
    assert isinstance(coming, Next)
    assert coming.to == ()


def test_a_snooze_is_told_before_the_step_that_it_puts_off() -> None:
    until = START + timedelta(hours=5)
    assert upcoming(Kept("U0ANA", 1, until, until)) == Next(until, "reply", ("U0ANA",))


def test_the_end_of_a_pause_is_told_before_the_step_that_it_puts_off() -> None:
    until = START + timedelta(days=2)
    kept = Kept("U0ANA", 1, None, until, paused_until=until)
    assert upcoming(kept) == Next(until, "reply", ("U0ANA",), paused=True)


def test_what_rests_on_a_silent_rule_alone_comes_to_nobody() -> None:
    told = explain(waits(), POLICY, {}, START, based=Based("unsure", Lately(20, 14), silent=True))
    assert told.next is Silence.RULE
    assert explain(waits(), POLICY, {}, START, based=Based("unsure", Lately(20, 14))).next is not Silence.RULE


def test_the_time_that_was_the_customers_counts_for_nothing() -> None:
    pause = Move(ts_of(START + timedelta(minutes=10)), Kind.PAUSE, "U0LEE", ts_of(START))
    pause = pause._replace(promise=ts_of(START + timedelta(hours=1)))
    told = explain(waits(pause), POLICY, {}, START + timedelta(hours=2))
    assert told.counted
    assert told.counted.worked == timedelta(minutes=70)
    assert [spell.pause for spell in told.counted.spells] == [None, Pause.CUSTOMER, None]
    assert [line.move.kind for line in told.lines] == [Kind.THEIRS, Kind.PAUSE]


def test_a_look_between_the_steps_is_no_step_but_it_may_move_on() -> None:
    """Given by turn half an hour before the second step."""
    soon = START + timedelta(minutes=50)
    kept = Kept("U0ANA", 1, None, soon, because=Because(Cause.FREE), look_at=soon)
    assert upcoming(kept) == Next(START + timedelta(hours=1), "help", ("U0ANA",), 100)
    assert kept.moves_on_at == soon
    assert kept._replace(covers_for="U0LEE").moves_on_at is None


@pytest.mark.parametrize(
    ("kept", "policy", "silence"),
    [
        (Kept("U0ANA", 4), POLICY, Silence.CLIMBED),
        (Kept("U0ANA", 0), POLICY, Silence.NO_HOURS),
        (Kept("U0ANA", 0), Policy(ladder=()), Silence.NO_LADDER),
        (Kept("U0ANA", 1), Policy(ladder=(Step(75, "owner", "reply"),)), Silence.CLIMBED),
        (Kept("U0ANA", NEVER_AGAIN, not_needed=True), POLICY, Silence.NOT_NEEDED),
        (Kept("U0ANA", NEVER_AGAIN), POLICY, Silence.CLIMBED),
    ],
)
def test_why_nobody_is_to_be_nudged_though_somebody_waits(kept: Kept, policy: Policy, silence: Silence) -> None:
    assert upcoming(kept, policy) is silence


@pytest.mark.parametrize(
    ("kind", "user", "silence"),
    [
        (Kind.OURS, "U0LEE", Silence.ANSWERED),
        (Kind.CLOSE, "U0LEE", Silence.CLOSED),
        (Kind.DELETE, "", Silence.NOT_ASKED),
        (Kind.NOT_NEEDED, "U0LEE", Silence.NOT_ASKED),
        (Kind.BOUNDARY, "U0LEE", Silence.BOUNDARY),
    ],
)
def test_why_nobody_is_to_be_nudged_since_nobody_waits(kind: Kind, user: str, silence: Silence) -> None:
    over = Move(ts_of(START + timedelta(seconds=9)), kind, user, "" if kind is Kind.OURS else ts_of(START))
    assert upcoming(Kept("U0ANA"), conversation=waits(over)) is silence
