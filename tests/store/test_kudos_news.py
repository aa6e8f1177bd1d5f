"""What kudos make of what happens in Slack: reactions, customers' thanks, deleted messages; in any order."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.arrivals import Account, Reacted
from bot.domain.kudos import Code, Refused
from bot.store import kudos, kudos_asks, kudos_lists, outbox
from bot.store.db import Db
from bot.store.kudos_tables import kudos_asks as asks_table
from bot.store.tables import unresolved
from tests.store.kudos_desk import (
    CUSTOMERS,
    MONDAY,
    PUBLIC,
    SETUP,
    Desk,
    deleted,
    reacted,
    someone,
    words_in,
    wrote,
)

DAY = 24 * 60
WHY = "You gave <@U0LEE> a :sparkling_heart:. Would you like to say why? Then it becomes kudos."
KEEP = "*Ada* thanked you in <#C0ACME>. Would you like to keep this?"


@pytest.fixture
def desk(db: Db) -> Desk:
    return Desk(db)


def heard(desk: Desk, *arrivals: object) -> None:
    desk.hear(*arrivals)  # type: ignore[arg-type]
    desk.send()


def ask_of(desk: Desk, user: str) -> kudos_asks.Ask:
    with desk.db.begin() as tx:
        return kudos_asks.find(tx, "T0CARE", asks_table.c.user_id == user)[-1]


# -- a reaction ----------------------------------------------------------------------------------------------------


def test_the_emoji_on_an_agents_message_asks_its_giver_why(desk: Desk) -> None:
    heard(desk, reacted("U0ANA", 5, "U0LEE"))
    assert desk.texts("U0ANA") == [WHY]
    assert desk.outbox() == [(outbox.POST, "U0ANA")]


@pytest.mark.parametrize(
    ("user", "author"),
    [("U0LEE", "U0LEE"), ("U0ADA", "U0LEE"), ("U0GUS", "U0LEE"), ("U0ANA", "U0ADA"), ("U0ANA", "U0APP")],
)
def test_nobody_is_asked_about_themselves_nor_outsiders_nor_about_them(desk: Desk, user: str, author: str) -> None:
    heard(desk, reacted(user, 5, author))
    assert desk.outbox() == []


def test_the_emoji_means_nothing_until_it_is_switched_on(desk: Desk) -> None:
    desk.set_up(replace(SETUP, kudos=replace(SETUP.kudos, emoji=None)))
    heard(desk, reacted("U0ANA", 5, "U0LEE"))
    desk.set_up(replace(SETUP, kudos=replace(SETUP.kudos, emoji="tada", off=(PUBLIC,))))
    heard(desk, reacted("U0ANA", 6, "U0LEE"), Reacted(PUBLIC, "1.0", "2.0", "U0ANA", "tada", False, "U0LEE"))
    assert desk.outbox() == []


def test_a_reason_makes_it_kudos(desk: Desk) -> None:
    heard(desk, reacted("U0ANA", 5, "U0LEE"))
    ask = ask_of(desk, "U0ANA")
    desk.given("U0LEE", source=ask.source, ask=ask.id)
    assert desk.texts("U0ANA") == ["You said why. Thank you for putting it into words."]
    assert desk.give("U0LEE", ask=ask.id) == Refused(Code.GONE)
    assert desk.give("U0LEE", giver="U0TOM", ask=ask.id) == Refused(Code.NOT_YOURS)


def test_a_reaction_taken_back_takes_the_question_back(desk: Desk) -> None:
    heard(desk, reacted("U0ANA", 5, "U0LEE"))
    heard(desk, reacted("U0ANA", 6, "U0LEE", gone=True))
    assert desk.texts("U0ANA") == ["You took the reaction back, so there is nothing left to say."]
    assert desk.give("U0LEE", ask=ask_of(desk, "U0ANA").id) == Refused(Code.GONE)


def test_a_reaction_taken_back_before_the_question_is_sent_asks_nothing(desk: Desk) -> None:
    desk.hear(reacted("U0ANA", 5, "U0LEE"))
    heard(desk, reacted("U0ANA", 6, "U0LEE", gone=True))
    assert desk.board == {}


def test_a_reaction_taken_back_while_the_question_is_sent_takes_it_back(desk: Desk) -> None:
    desk.hear(reacted("U0ANA", 5, "U0LEE"))
    with desk.db.begin() as tx:
        (flying,) = outbox.lease(tx, MONDAY + timedelta(minutes=1), 9, timedelta(minutes=1))
    desk.hear(reacted("U0ANA", 6, "U0LEE", gone=True))
    desk.carry(flying)
    desk.send()
    assert desk.texts("U0ANA") == ["You took the reaction back, so there is nothing left to say."]


@pytest.mark.parametrize(("later", "stays"), [(10, False), (2 * DAY, True)])
def test_a_reaction_taken_back_takes_its_kudos_back_as_long_as_the_giver_may(
    desk: Desk, later: float, stays: bool
) -> None:
    heard(desk, reacted("U0ANA", 5, "U0LEE"))
    ask = ask_of(desk, "U0ANA")
    desk.given("U0LEE", ask=ask.id, minutes=-later)
    heard(desk, reacted("U0ANA", 6, "U0LEE", gone=True))
    assert len(desk.mine("U0LEE")[0]) == stays
    assert desk.texts("U0ANA")[0].startswith("You said why." if stays else "You took the reaction back")


def test_the_latest_reaction_counts_in_whatever_order_it_is_heard_of(desk: Desk) -> None:
    heard(desk, reacted("U0ANA", 6, "U0LEE", gone=True))
    heard(desk, reacted("U0ANA", 5, "U0LEE"))
    assert desk.outbox() == []
    heard(desk, reacted("U0ANA", 7, "U0LEE"))
    assert desk.texts("U0ANA") == [WHY]


def test_a_reaction_given_again_is_asked_about_again(desk: Desk) -> None:
    heard(desk, reacted("U0ANA", 5, "U0LEE"), reacted("U0ANA", 6, "U0LEE", gone=True), reacted("U0ANA", 7, "U0LEE"))
    assert desk.texts("U0ANA") == [WHY]
    heard(desk, reacted("U0ANA", 7, "U0LEE"))
    assert len(desk.said) == 1


def test_not_now_is_an_answer(desk: Desk) -> None:
    heard(desk, reacted("U0ANA", 5, "U0LEE"))
    ask = ask_of(desk, "U0ANA")
    assert desk.run(kudos_asks.let_be, ask.id, "U0TOM") == Refused(Code.NOT_YOURS)
    assert desk.run(kudos_asks.let_be, ask.id, "U0ANA") is None
    assert desk.run(kudos_asks.keep, ask.id, "U0ANA") == Refused(Code.GONE)
    desk.send()
    assert desk.texts("U0ANA") == ["All right, nothing is kept."]


@pytest.mark.parametrize("new", [("U0NEW", "U0LEE"), ("U0ANA", "U0NEW")])
def test_who_is_not_known_yet_is_asked_as_soon_as_slack_has_said_who_they_are(desk: Desk, new: tuple[str, str]) -> None:
    heard(desk, reacted(new[0], 5, new[1]))
    assert desk.outbox() == []
    assert desk.count(unresolved) == 1
    desk.learn(someone("U0NEW"))
    assert desk.outbox() == [(outbox.POST, new[0])]


@pytest.mark.parametrize("account", [someone("U0NEW", CUSTOMERS), someone("U0NEW", is_guest=True)])
def test_who_turns_out_to_be_an_outsider_is_not_asked(desk: Desk, account: Account) -> None:
    heard(desk, reacted("U0NEW", 5, "U0LEE"))
    desk.learn(account)
    assert desk.outbox() == []


def test_the_author_is_known_from_the_conversation_where_slack_does_not_name_them(desk: Desk) -> None:
    desk.hear(wrote("U0ADA", 0), wrote("U0LEE", 5, root=0))
    heard(desk, reacted("U0ANA", 6, None, of=5))
    assert desk.texts("U0ANA") == [WHY]
    heard(desk, reacted("U0TOM", 6, None, of=77))
    assert desk.stands("U0TOM") == []


def test_a_reaction_in_the_teams_own_channel_counts_too(desk: Desk) -> None:
    heard(desk, reacted("U0ANA", 5, "U0LEE", channel="C0HOME"))
    assert desk.texts("U0ANA") == [WHY]


def test_nothing_is_asked_about_a_message_that_was_deleted(desk: Desk) -> None:
    heard(desk, reacted("U0ANA", 5, "U0LEE"), reacted("U0ANA", 5, "U0LEE", of=1))
    heard(desk, deleted(9))
    assert len(desk.stands("U0ANA")) == 1
    assert desk.run(kudos_asks.let_be, ask_of(desk, "U0ANA").id - 1, "U0ANA") == Refused(Code.GONE)


# -- a customer's thanks -------------------------------------------------------------------------------------------


def thanked(desk: Desk) -> None:
    heard(desk, wrote("U0ADA", 0), wrote("U0LEE", 5, root=0), wrote("U0ADA", 6, root=0, thanks=True))


def test_who_wants_to_be_asked_may_keep_a_customers_thanks(desk: Desk) -> None:
    desk.choose("U0LEE", keep_thanks=True)
    thanked(desk)
    assert desk.texts("U0LEE") == [KEEP]
    assert desk.run(kudos_asks.keep, ask_of(desk, "U0LEE").id, "U0LEE") is None
    desk.send()
    assert desk.texts("U0LEE") == ["Kept on your page: a customer thanked you."]
    (kept,) = desk.look(kudos_lists.kept, "U0LEE", 5)
    assert (kept.channel, kept.at) == (PUBLIC, MONDAY + timedelta(minutes=6))


def test_nobody_is_asked_who_does_not_want_to_be(desk: Desk) -> None:
    thanked(desk)
    desk.choose("U0LEE", keep_thanks=False)
    heard(desk, wrote("U0ADA", 20), wrote("U0LEE", 25, root=20), wrote("U0ADA", 26, root=20, thanks=True))
    assert desk.outbox() == []


def test_thanks_that_nobody_answered_for_ask_nobody(desk: Desk) -> None:
    desk.choose("U0LEE", keep_thanks=True)
    heard(desk, wrote("U0ADA", 0, thanks=True))
    heard(desk, wrote("U0ADA", 10), wrote("U0LEE", 12, root=10), wrote("U0ADA", 14, root=10))
    heard(desk, wrote("U0ADA", 15, root=10, thanks=True))
    assert desk.outbox() == []


def test_thanks_of_ours_are_no_customers(desk: Desk) -> None:
    desk.choose("U0LEE", keep_thanks=True)
    heard(desk, wrote("U0ADA", 0), wrote("U0LEE", 5, root=0), wrote("U0ANA", 6, root=0, thanks=True))
    assert desk.outbox() == []


def test_a_conversation_is_asked_about_once(desk: Desk) -> None:
    desk.choose("U0LEE", keep_thanks=True)
    thanked(desk)
    heard(desk, wrote("U0ADA", 8, root=0, thanks=True))
    assert desk.outbox() == [(outbox.POST, "U0LEE")]


def test_who_helped_turns_it_into_kudos_for_them(desk: Desk) -> None:
    desk.choose("U0LEE", keep_thanks=True)
    thanked(desk)
    ask = ask_of(desk, "U0LEE")
    desk.given("U0TOM", giver="U0LEE", source=ask.source, ask=ask.id)
    assert desk.texts("U0LEE") == ["Passed on to those who helped."]
    assert desk.mine("U0TOM")[0][0].link


def test_a_customers_thanks_that_are_deleted_are_not_kept(desk: Desk) -> None:
    desk.choose("U0LEE", keep_thanks=True)
    thanked(desk)
    desk.run(kudos_asks.keep, ask_of(desk, "U0LEE").id, "U0LEE")
    heard(desk, deleted(9, of=6))
    assert desk.look(kudos_lists.kept, "U0LEE", 5) == ()


def test_of_a_customers_thanks_only_the_place_is_kept(desk: Desk) -> None:
    desk.choose("U0LEE", keep_thanks=True)
    thanked(desk)
    assert {"reason", "text", "words"}.isdisjoint(asks_table.c.keys())
    assert not any("Thanks" in text for text in words_in(desk.db))


# -- the quick path ------------------------------------------------------------------------------------------------


def test_what_kudos_do_not_follow_leaves_no_trace(desk: Desk) -> None:
    heard(
        desk,
        wrote("U0ADA", 0),
        Reacted(PUBLIC, "1.0", "2.0", "U0ANA", "eyes", False, "U0LEE"),
        Reacted(PUBLIC, "1.0", "2.0", "U0ANA", "tada", False, "U0LEE"),
        deleted(3),
    )
    assert desk.count(asks_table) == 0
    assert desk.run(kudos.take_back, 1, "U0ANA") == Refused(Code.NOT_YOURS)
