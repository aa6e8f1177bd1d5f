"""Words to a colleague alone end no wait: whoever is asked is offered it, privately and once."""

import pytest
from sqlalchemy import select

from bot.domain.arrivals import posted
from bot.domain.setup import Channel, Setup, Team
from bot.store import kudos_choices, people, ways_out, workspaces
from bot.store.db import Db
from bot.store.kudos_tables import kudos_asks
from bot.store.tables import nudges
from tests.store.test_loop import CUSTOMERS, MONDAY, OURS, Office, at, someone, wrote

LEE, MIA, ADA, BOB = "<@U0LEE>", "<@U0MIA>", "<@U0ADA>", "<@U0BOB>"


@pytest.fixture
def office(db: Db) -> Office:
    return Office(db)


def say(office: Office, minutes: float, user: str, text: str, root: float | None = None) -> None:
    ts = at(minutes)
    office.hear(posted("C0ACME", {"ts": ts, "thread_ts": ts if root is None else at(root), "user": user, "text": text}))


def offered(office: Office) -> list[tuple[str, str]]:
    """Whose list a wait is in, and why."""
    with office.db.begin() as tx:
        return [(row.to, row.because) for row in tx.execute(select(nudges).order_by(nudges.c.id))]


@pytest.mark.parametrize("root", [0, None])
def test_whoever_is_asked_is_offered_the_wait_which_goes_on(office: Office, root: float | None) -> None:
    say(office, 0, "U0ADA", "How do we log in?")
    say(office, 3, "U0ANA", f"{LEE} can you take this?", root)
    assert office.waits() == [(at(0), None)]
    assert offered(office) == [("U0LEE", "by:U0ANA")]
    assert office.sweep(4) == [("U0LEE", "handed")]


def test_it_is_theirs_once_they_take_it(office: Office) -> None:
    say(office, 0, "U0ADA", "How do we log in?")
    say(office, 3, "U0ANA", f"{LEE} can you take this?", 0)
    office.sweep(4)
    assert office.mine("U0LEE", 5) == []
    assert office.press(ways_out.claim, minutes=5, user="U0LEE") is None
    assert (office.mine("U0LEE", 6), office.mine("U0ANA", 6)) == (["Ada"], [])


def test_all_who_are_asked_hear_of_it_and_of_the_same_words_once(office: Office) -> None:
    say(office, 0, "U0ADA", "How do we log in?")
    for _ in range(2):
        say(office, 3, "U0ANA", f"{LEE} {MIA} ideas?", 0)
    assert sorted(office.sweep(4)) == [("U0LEE", "handed"), ("U0MIA", "handed")]


SILENT = [
    ("they speak of a colleague to the customer", f"{LEE} is on it", "answer"),
    ("the customer is named too", f"{LEE} can you help {ADA}?", "answer"),
    ("a customer is spoken to", f"{ADA} can you try again?", "answer"),
    ("they speak to themselves", "<@U0ANA> can you take this?", "answer"),
    ("nobody knows who that is", "<@U0GONE> can you take this?", "answer"),
]


@pytest.mark.parametrize(("text", "ended_by"), [row[1:] for row in SILENT], ids=[row[0] for row in SILENT])
def test_all_else_is_an_answer(office: Office, text: str, ended_by: str) -> None:
    say(office, 0, "U0ADA", "How do we log in?")
    say(office, 3, "U0ANA", text, 0)
    assert office.waits() == [(at(0), ended_by)]
    assert offered(office) == []


def test_a_colleague_whom_the_setup_names_is_known_before_they_have_been_met(office: Office) -> None:
    team = Team("care", "Care", agents=("U0ANA", "U0NEW"))
    with office.db.begin() as tx:
        workspaces.save_setup(tx, OURS, Setup((team,), (Channel("C0ACME", team="care"),)))
    say(office, 0, "U0ADA", "How do we log in?")
    say(office, 3, "U0ANA", "<@U0NEW> can you take this?", 0)
    assert office.sweep(4) == [("U0NEW", "handed")]


def test_nobody_is_asked_twice_who_is_not_on_the_team(office: Office) -> None:
    with office.db.begin() as tx:
        people.save(tx, OURS, someone("U0DEV", OURS), MONDAY)
    say(office, 0, "U0ADA", "How do we log in?")
    say(office, 3, "U0ANA", "<@U0DEV> is this a bug?", 0)
    assert (office.waits(), offered(office)) == ([(at(0), None)], [])


def test_nothing_is_offered_where_nobody_waits(office: Office) -> None:
    say(office, 0, "U0ADA", "How do we log in?")
    say(office, 2, "U0LEE", "With your key.", 0)
    say(office, 3, "U0ANA", f"{LEE} nice one!", 0)
    assert (office.waits(), offered(office)) == ([(at(0), "answer")], [])


def test_what_was_asked_long_ago_is_not_brought_up(office: Office) -> None:
    say(office, -90, "U0ADA", "How do we log in?")
    say(office, -80, "U0ANA", f"{LEE} can you take this?", -90)
    assert (office.waits(), offered(office)) == ([(at(-90), None)], [])


def test_an_answer_after_it_ends_the_wait(office: Office) -> None:
    say(office, 0, "U0ADA", "How do we log in?")
    say(office, 3, "U0ANA", f"{LEE} can you take this?", 0)
    say(office, 9, "U0LEE", "With your key.", 0)
    assert office.waits() == [(at(0), "answer")]


def test_customers_among_themselves_wait_for_nobody(office: Office) -> None:
    with office.db.begin() as tx:
        people.save(tx, OURS, someone("U0BOB", CUSTOMERS), MONDAY)
    say(office, 0, "U0ADA", f"{BOB} can you send me the form?")
    assert office.waits() == []
    say(office, 1, "U0BOB", f"{ADA} {LEE} which form?")
    assert office.waits() == [(at(1), None)]


def test_whom_nobody_knows_may_be_one_of_us(office: Office) -> None:
    say(office, 0, "U0ADA", f"{BOB} can you send me the form?")
    assert office.waits() == [(at(0), None)]


def test_words_without_names_are_as_they_were(office: Office) -> None:
    office.hear(wrote("U0ADA", 0), wrote("U0LEE", 5, root=0))
    assert office.waits() == [(at(0), "answer")]


def test_thanks_to_another_customer_are_none_of_ours(office: Office) -> None:
    with office.db.begin() as tx:
        people.save(tx, OURS, someone("U0BOB", CUSTOMERS), MONDAY)
        kudos_choices.choose(tx, OURS, "U0LEE", keep_thanks=True)
    say(office, 0, "U0ADA", "How do we log in?")
    say(office, 1, "U0LEE", "With your key.", 0)
    say(office, 2, "U0BOB", f"{ADA} it is in the letter", 0)
    say(office, 3, "U0ADA", f"Thanks {BOB}!", 0)
    with office.db.begin() as tx:
        assert tx.execute(select(kudos_asks)).all() == []
    say(office, 4, "U0ADA", "Thank you!", 0)
    with office.db.begin() as tx:
        assert [row.user_id for row in tx.execute(select(kudos_asks))] == ["U0LEE"]
