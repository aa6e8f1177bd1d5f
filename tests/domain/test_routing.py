"""Which conversation a message goes to in a channel that talks at top level, told as small scenes.

A scene is one line a message: minute, who, and what they say. Ada, Bob and Cid are customers, Lee and Kim are ours.
"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.arrivals import Posted, posted
from bot.domain.conversations import Conversation, Side, Turn, apply, posted_move
from bot.domain.moments import moment, ts_of
from bot.domain.policy import Policy
from bot.domain.routing import route

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POLICY = Policy()
OURS = {"U0LEE", "U0KIM"}


def said(line: str) -> Posted:
    """A line of a scene; at "12>3" stands a message in the thread of minute 3."""
    when, who, text = line.split(" ", 2)
    minute, _, thread = when.partition(">")
    for name in ("ada", "bob", "cid", "lee", "kim"):
        text = text.replace(f"@{name}", f"<@U0{name.upper()}>")
    message = {"ts": at(float(minute)), "user": f"U0{who.upper()}", "text": text}
    return posted("C1", message | ({"thread_ts": at(float(thread))} if thread else {}))


def at(minutes: float) -> str:
    return ts_of(START + timedelta(minutes=minutes))


def side_of(user: str) -> Side:
    return Side.OURS if user in OURS else Side.THEIRS


def spoken_to(arrival: Posted) -> Side | None:
    """As the store finds out: a customer who names one of us speaks to us."""
    named = {side_of(user) for user in arrival.mentions}
    if side_of(arrival.user) is Side.OURS:
        return Side.OURS if arrival.to and named == {Side.OURS} else None
    if Side.OURS in named:
        return Side.OURS
    return Side.THEIRS if arrival.to else None


def scene(*lines: str) -> list[Conversation]:
    """The conversations of the channel after these messages, in the order in which they began."""
    channel: dict[str, Conversation] = {}
    for arrival in map(said, lines):
        side, to = side_of(arrival.user), spoken_to(arrival)
        root = route(arrival, side, list(channel.values()), aside=side is to is Side.OURS)
        move = posted_move(arrival, side, to)
        assert move
        channel[root] = apply(channel.get(root, Conversation("C1", root)), move, POLICY)
    return list(channel.values())


def minutes(conversation: Conversation) -> list[float]:
    """When its messages were written."""
    return [round((moment(move.ts) - START) / timedelta(minutes=1), 1) for move in conversation.moves]


def talks(*lines: str) -> list[list[float]]:
    return [minutes(conversation) for conversation in scene(*lines)]


ASKED, ALSO_ASKED = "0 ada How do we log in?", "1 bob When is the invoice due?"

SCENES = {
    "whom an agent names is whom they answer": (
        [ASKED, ALSO_ASKED, "2 lee @ada with your new key", "3 lee @bob on Friday"],
        [[0, 2], [1, 3]],
    ),
    "without a name they answer who wrote last and waits": ([ASKED, ALSO_ASKED, "2 lee On Friday."], [[0], [1, 2]]),
    "an agent's second line stays with the first": (
        [ASKED, ALSO_ASKED, "2 lee @bob on Friday", "3 lee Or on Monday, if Friday is a holiday."],
        [[0], [1, 2, 3]],
    ),
    "whoever asks after that second line is answered before it goes on": (
        [ASKED, "1 lee @ada with your key", "2 bob Is it due today?", "4 lee On Friday."],
        [[0, 1], [2, 4]],
    ),
    "a second line in the same breath is not for whoever has just come in": (
        [ASKED, "1 lee @ada with your key", "1.1 bob Is it due today?", "1.4 lee It is on the first page."],
        [[0, 1, 1.4], [1.1]],
    ),
    "a customer goes on after the answer": (
        [ASKED, "1 lee @ada with your key", "9 ada Which key do you mean?", "10 lee The one in the letter."],
        [[0, 1, 9, 10]],
    ),
    "an hour later it is something new": (
        [ASKED, "1 lee @ada with your key", "61 ada How do we log out?"],
        [[0, 1], [61]],
    ),
    "a new greeting is a new beginning": (
        [ASKED, "1 lee @ada with your key", "12 ada Hello, how do we log out?"],
        [[0, 1], [12]],
    ),
    "after a thank-you something else is something new": (
        [ASKED, "1 lee @ada with your key", "2 ada Thanks!", "12 ada How do we log out?"],
        [[0, 1, 2], [12]],
    ),
    "a thank-you may come hours later": ([ASKED, "1 lee @ada with your key", "200 ada Thanks!"], [[0, 1, 200]]),
    "so may an ok": ([ASKED, "1 lee @ada use your key", "200 ada ok"], [[0, 1, 200]]),
    "any update? joins what is open": ([ASKED, "300 ada Any update?"], [[0, 300]]),
    "any update? joins what is open in a thread": (
        [ASKED, "1>0 lee I see.", "2>0 ada It still fails", "90 ada Hi team, any news on this?"],
        [[0, 1, 2, 90]],
    ),
    "any update? asks after what was answered": (
        [ASKED, "1 lee @ada let me ask", "300 ada Is there any update?"],
        [[0, 1, 300]],
    ),
    "any update? of somebody else is their own": ([ASKED, "300 bob Any update?"], [[0], [300]]),
    "any update? after weeks is something new": ([ASKED, "1 lee @ada so", "20000 ada Any update?"], [[0, 1], [20000]]),
    "who names the agent goes on with them": (
        [ASKED, "1 lee @ada with your key", "90 ada @lee which key do you mean?"],
        [[0, 1, 90]],
    ),
    "more of the same needs no new conversation": ([ASKED, "12 ada And it is urgent."], [[0, 12]]),
    "another question after five minutes is another": ([ASKED, "5.1 ada When is the invoice due?"], [[0], [5.1]]),
    "a customer helps another": (
        [ASKED, "1 bob @ada with your new key", "2 bob It is in the letter.", "3 ada Which letter?"],
        [[0, 1, 2, 3]],
    ),
    "who helps may ask something too": (
        [ASKED, "1 bob @ada with your new key", "9 bob Hello, when is the invoice due?"],
        [[0, 1], [9]],
    ),
    "who helps and names one of us asks for themselves": (
        [ASKED, "1 bob @ada with your new key", "2 bob @lee when is the invoice due?"],
        [[0, 1], [2]],
    ),
    "an agent answers who helps where they help": (
        [ASKED, "1 bob @ada with your new key", "2 lee @bob right"],
        [[0, 1, 2]],
    ),
    "but first of all what they wait for themselves": (
        [ASKED, ALSO_ASKED, "2 bob @ada with your new key", "3 lee @bob on Friday"],
        [[0, 2], [1, 3]],
    ),
    "whom nobody knows yet is a colleague of who waits": (
        [ASKED, "1 lee @ada with your key", "2 bob It fails.", "3 lee @cid which key is it?"],
        [[0, 1], [2, 3]],
    ),
    "words to a colleague are about who waits": (
        [ASKED, "1 lee @ada so", ALSO_ASKED.replace("1", "1.2"), "1.3 lee @kim can you take this?"],
        [[0, 1], [1.2, 1.3]],
    ),
    "an answer in the thread leaves the channel for something new": (
        [ASKED, "1>0 lee With your key.", "7 ada When is the invoice due?"],
        [[0, 1], [7]],
    ),
    "a reply in a thread is of its conversation whoever writes it": (
        [ASKED, ALSO_ASKED, "2>0 bob Same here.", "3>0 lee @bob I see"],
        [[0, 2, 3], [1]],
    ),
}


@pytest.mark.parametrize(("lines", "expected"), SCENES.values(), ids=SCENES)
def test_where_messages_go(lines: list[str], expected: list[list[float]]) -> None:
    assert talks(*lines) == expected


TURNS = {
    "who helps a customer does not end their wait": ([ASKED, "1 bob @ada with your new key"], [Turn.OURS]),
    "until they are thanked": ([ASKED, "1 bob @ada with your new key", "2 ada Thanks, that works!"], [Turn.CLOSED]),
    "also by name": ([ASKED, "1 bob @ada with your new key", "2 ada thanks @bob"], [Turn.CLOSED]),
    "thanks before anybody has helped end nothing": ([ASKED, "2 ada Thanks!"], [Turn.OURS]),
    "who helps may not thank in their place": (
        [ASKED, "1 bob @ada with your new key", "2 bob Thanks!"],
        [Turn.OURS],
    ),
    "customers among themselves wait for nobody": (["0 ada @bob can you send me the file?"], [Turn.CLOSED]),
    "nor does what they go on to say": (
        ["0 ada @bob can you send me the file?", "1 bob @ada of course", "2 bob It is the one of May."],
        [Turn.CLOSED],
    ),
    "a question to a customer and one of us is one to us": (["0 ada @bob @lee can you send it?"], [Turn.OURS]),
    "what is said to one of us waits, in the middle of such a talk": (
        [ASKED, "1 lee @ada so", "2 bob @ada not quite", "3 ada @lee it fails"],
        [Turn.OURS],
    ),
    "words to a colleague are no answer": ([ASKED, "1 lee @kim can you take this?"], [Turn.OURS]),
    "words about a colleague are one": ([ASKED, "1 lee @kim is on it"], [Turn.THEIRS]),
}


@pytest.mark.parametrize(("lines", "expected"), TURNS.values(), ids=TURNS)
def test_whose_turn_it_is_then(lines: list[str], expected: list[Turn]) -> None:
    assert [conversation.turn for conversation in scene(*lines)] == expected


LINES = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.sampled_from(["ada", "bob", "lee", "kim"]),
        st.sampled_from(
            ["How so?", "It fails.", "Thanks!", "Any update?", "@ada so", "@lee so", "@bob @kim so?", "Hello"]
        ),
    ),
    max_size=14,
    unique_by=lambda line: line[0],
)


@given(LINES, st.randoms())
def test_of_what_may_matter_only_what_was_said_before_does(lines: list[tuple[int, str, str]], random: object) -> None:
    """In which order the conversations are given changes nothing, and no message is in two."""
    told = [f"{minute} {who} {text}" for minute, who, text in sorted(lines)]
    channel = scene(*told)
    assert sorted(ts for conversation in channel for ts in minutes(conversation)) == sorted(line[0] for line in lines)
    arrival = said("401 ada It fails again.")
    shuffled = list(channel)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert route(arrival, Side.THEIRS, shuffled) == route(arrival, Side.THEIRS, channel)
