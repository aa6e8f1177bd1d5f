"""Kudos: who may thank whom, who hears of it, and what becomes of it in every place where it stands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from bot.domain.kudos import Announce, Behaviour, Code, Refused, Source, Where
from bot.store import kudos, outbox
from bot.store.db import Db
from bot.store.kudos_tables import kudos as kudos_table
from bot.store.kudos_tables import kudos_days, kudos_pairs, kudos_receivers
from bot.store.tables import outbox as outbox_table
from tests.store.kudos_desk import (
    HOME,
    KUDOS,
    MONDAY,
    PRIVATE,
    PUBLIC,
    SETUP,
    Desk,
    at,
    deleted,
    words_in,
    wrote,
)

DAY = 24 * 60
SOURCE = Source(PUBLIC, at(0), at(0))
LINK = "https://care.slack.com/archives/C0ACME/p"


@pytest.fixture
def desk(db: Db) -> Desk:
    return Desk(db)


# -- giving --------------------------------------------------------------------------------------------------------


def test_a_gift_is_one_note_for_each_receiver_and_one_announcement(desk: Desk) -> None:
    desk.given("U0LEE", "U0TOM", "U0MIA", where=Where.KUDOS)
    assert desk.outbox() == [(outbox.POST, target) for target in ("U0LEE", "U0TOM", "U0MIA", KUDOS)]
    assert desk.texts("U0LEE")[0].startswith("<@U0ANA> thanks you, together with <@U0TOM> and <@U0MIA>.")
    assert desk.texts(KUDOS)[0].startswith("<@U0ANA> thanks <@U0LEE>, <@U0TOM> and <@U0MIA>.")


def test_a_private_gift_is_heard_by_its_receiver_alone(desk: Desk) -> None:
    desk.given("U0LEE")
    assert desk.outbox() == [(outbox.POST, "U0LEE")]


@pytest.mark.parametrize(
    ("receiver", "source", "channel"),
    [
        ("U0LEE", SOURCE, HOME),
        ("U0BEN", SOURCE, HOME),  # the conversation's team
        ("U0LEE", Source("C0OTHER", at(0), at(0)), HOME),  # else the receiver's
        ("U0LEE", None, HOME),
        ("U0BEN", None, Code.NO_CHANNEL),  # whose team has no home
    ],
)
def test_the_teams_channel_is_that_of_the_conversation_else_of_who_is_thanked(
    desk: Desk, receiver: str, source: Source | None, channel: str
) -> None:
    outcome = desk.give(receiver, where=Where.TEAM, source=source)
    if isinstance(outcome, Refused):
        assert outcome.code == channel
    else:
        assert desk.outbox()[-1] == (outbox.POST, channel)


@pytest.mark.parametrize(
    ("receivers", "refused"),
    [
        ((), Refused(Code.NOBODY)),
        (("U0ANA",), Refused(Code.SELF)),
        (("U0LEE", "U0ANA"), Refused(Code.SELF)),
        (("U0ADA",), Refused(Code.NOT_OURS, ("U0ADA",))),
        (("U0LEE", "U0GUS", "U0APP"), Refused(Code.NOT_OURS, ("U0GUS", "U0APP"))),
        (("U0OLD",), Refused(Code.NOT_OURS, ("U0OLD",))),
        (("U0NEW",), Refused(Code.NOT_OURS, ("U0NEW",))),  # whom nobody has met
    ],
)
def test_only_others_of_ours_can_be_thanked(desk: Desk, receivers: tuple[str, ...], refused: Refused) -> None:
    assert desk.give(*receivers) == refused
    assert desk.outbox() == []


@pytest.mark.parametrize("giver", ["U0ADA", "U0GUS", "U0APP", "U0OLD"])
def test_customers_guests_apps_and_who_has_left_give_none(desk: Desk, giver: str) -> None:
    assert desk.give("U0LEE", giver=giver) == Refused(Code.NOT_OURS, (giver,))


def test_a_guest_whom_an_admin_calls_ours_is_ours(desk: Desk) -> None:
    desk.given("U0CON")
    desk.given("U0ANA", giver="U0CON")


def test_a_reason_is_needed(desk: Desk) -> None:
    assert desk.give("U0LEE", reason="thanks") == Refused(Code.NO_REASON)


def test_channels_can_be_switched_off(desk: Desk) -> None:
    assert desk.give("U0LEE", source=Source("C0FUN", at(0), at(0))) == Refused(Code.CHANNEL_OFF)
    desk.set_up(replace(SETUP, kudos=replace(SETUP.kudos, off=(HOME,))))
    assert desk.give("U0LEE", where=Where.TEAM) == Refused(Code.CHANNEL_OFF)


def test_without_a_kudos_channel_there_is_none_to_announce_in(desk: Desk) -> None:
    desk.set_up(replace(SETUP, kudos=replace(SETUP.kudos, channel=None)))
    assert desk.give("U0LEE", where=Where.KUDOS) == Refused(Code.NO_CHANNEL)


# -- who is named --------------------------------------------------------------------------------------------------


def test_who_never_wants_to_be_announced_is_left_out(desk: Desk) -> None:
    desk.choose("U0LEE", Announce.NEVER)
    desk.given("U0LEE", "U0TOM", where=Where.KUDOS)
    assert "U0LEE" not in desk.stands(KUDOS)[0]
    assert "U0LEE" in desk.texts("U0TOM")[0]


def test_where_nobody_wants_to_be_announced_nothing_is(desk: Desk) -> None:
    desk.choose("U0LEE", Announce.NEVER)
    desk.given("U0LEE", where=Where.KUDOS)
    assert desk.outbox() == [(outbox.POST, "U0LEE")]


def test_who_wants_to_be_asked_is_asked_and_named_after_a_yes(desk: Desk) -> None:
    desk.choose("U0LEE", Announce.ASK)
    first = desk.given("U0LEE", where=Where.KUDOS)
    assert desk.stands(KUDOS) == []
    assert "kudos.announce" in desk.stands("U0LEE")[0]
    assert desk.run(kudos.answer_announce, first, "U0LEE", True) is None
    desk.send()
    assert desk.texts(KUDOS)[0].startswith("<@U0ANA> thanks <@U0LEE>.")
    assert "kudos.announce" not in desk.stands("U0LEE")[0]


def test_a_yes_joins_the_announcement_that_stands(desk: Desk) -> None:
    desk.choose("U0LEE", Announce.ASK)
    desk.choose("U0MIA", Announce.ASK)
    first = desk.given("U0LEE", "U0TOM", "U0MIA", where=Where.KUDOS)
    assert desk.texts(KUDOS)[0].startswith("<@U0ANA> thanks <@U0TOM>.")
    for user in ("U0MIA", "U0LEE"):
        desk.run(kudos.answer_announce, first, user, True)
    desk.send()
    assert [text.split(".")[0] for text in desk.texts(KUDOS)] == ["<@U0ANA> thanks <@U0LEE>, <@U0TOM> and <@U0MIA>"]
    assert desk.outbox().count((outbox.POST, KUDOS)) == 1


def test_two_who_say_yes_before_anything_is_sent_share_one_announcement(desk: Desk) -> None:
    for user in ("U0LEE", "U0TOM"):
        desk.choose(user, Announce.ASK)
    first = desk.given("U0LEE", "U0TOM", where=Where.KUDOS)
    for user in ("U0LEE", "U0TOM"):
        desk.run(kudos.answer_announce, first, user, True)
    desk.send()
    assert [text.split(".")[0] for text in desk.texts(KUDOS)] == ["<@U0ANA> thanks <@U0LEE> and <@U0TOM>"]
    assert desk.outbox().count((outbox.POST, KUDOS)) == 1


def test_a_no_stays_a_no(desk: Desk) -> None:
    desk.choose("U0LEE", Announce.ASK)
    first = desk.given("U0LEE", where=Where.KUDOS)
    desk.run(kudos.answer_announce, first, "U0LEE", False)
    desk.run(kudos.answer_announce, first, "U0LEE", True)
    desk.send()
    assert desk.stands(KUDOS) == []
    assert "kudos.announce" not in desk.stands("U0LEE")[0]


def test_nobody_is_asked_about_what_is_private_anyway(desk: Desk) -> None:
    desk.choose("U0LEE", Announce.ASK)
    desk.given("U0LEE")
    assert "kudos.announce" not in desk.stands("U0LEE")[0]


def test_private_kudos_can_be_announced_later_by_what_people_want_by_then(desk: Desk) -> None:
    first = desk.given("U0LEE", "U0TOM", "U0MIA")
    desk.choose("U0TOM", Announce.NEVER)
    desk.choose("U0MIA", Announce.ASK)
    assert desk.run(kudos.share, first, "U0LEE", Where.KUDOS) == Refused(Code.NOT_YOURS)
    for _ in range(2):
        assert desk.run(kudos.share, first, "U0ANA", Where.KUDOS) is None
        desk.send()
    assert [text.split(".")[0] for text in desk.texts(KUDOS)] == ["<@U0ANA> thanks <@U0LEE>"]
    assert "kudos.announce" in desk.stands("U0MIA")[0]
    assert desk.outbox().count((outbox.POST, KUDOS)) == 1


# -- second thoughts -----------------------------------------------------------------------------------------------


def test_an_edit_changes_every_place_where_it_stands(desk: Desk) -> None:
    first = desk.given("U0LEE", where=Where.KUDOS)
    words = ("for never giving up on us", (Behaviour.OPTIMISM,))
    assert desk.run(kudos.edit, first, "U0ANA", *words, minutes=DAY) is None
    desk.send()
    for place in ("U0LEE", KUDOS):
        assert ["for never giving up on us" in message for message in desk.stands(place)] == [True]
    assert desk.mine("U0LEE")[0][0].behaviours == (Behaviour.OPTIMISM,)


def test_other_words_need_another_yes(desk: Desk) -> None:
    desk.choose("U0LEE", Announce.ASK)
    first = desk.given("U0LEE", where=Where.KUDOS)
    desk.run(kudos.answer_announce, first, "U0LEE", True)
    desk.send()
    desk.run(kudos.edit, first, "U0ANA", "for something else entirely", ())
    desk.send()
    assert desk.stands(KUDOS) == []
    desk.run(kudos.answer_announce, first, "U0LEE", True)
    desk.send()
    assert desk.texts(KUDOS) == ["<@U0ANA> thanks <@U0LEE>. for something else entirely"]


def test_what_is_taken_back_leaves_the_channel_and_says_so_to_its_receivers(desk: Desk) -> None:
    first = desk.given("U0LEE", where=Where.KUDOS)
    assert desk.run(kudos.take_back, first, "U0ANA") is None
    desk.send()
    assert desk.stands(KUDOS) == []
    assert desk.texts("U0LEE") == ["<@U0ANA> has taken these kudos back."]
    assert desk.mine("U0LEE") == desk.mine("U0ANA") == ((), ())


Verb = Callable[..., object]
EDIT: Verb = partial(kudos.edit, reason="for something else", behaviours=())


@pytest.mark.parametrize("verb", [EDIT, kudos.take_back])
def test_the_giver_alone_changes_it_and_for_a_day(desk: Desk, verb: Verb) -> None:
    first = desk.given("U0LEE")
    assert desk.run(verb, first, giver="U0LEE") == Refused(Code.NOT_YOURS)
    assert desk.run(verb, first + 1, giver="U0ANA") == Refused(Code.NOT_YOURS)
    assert desk.run(verb, first, giver="U0ANA", minutes=DAY + 1) == Refused(Code.TOO_LATE)
    desk.run(kudos.take_back, first, "U0ANA", minutes=DAY)
    assert desk.run(verb, first, giver="U0ANA", minutes=DAY) == Refused(Code.GONE)


def test_an_edit_needs_a_reason_too(desk: Desk) -> None:
    first = desk.given("U0LEE")
    assert desk.run(kudos.edit, first, "U0ANA", "ok", ()) == Refused(Code.NO_REASON)
    assert desk.mine("U0LEE")[0][0].reason.startswith("for staying")


def test_a_receiver_hides_it_always_and_everywhere_and_nobody_else_is_told(desk: Desk) -> None:
    first = desk.given("U0LEE", "U0TOM", where=Where.KUDOS)
    assert desk.run(kudos.hide, first, "U0LEE", minutes=400 * DAY) is None
    desk.send()
    assert desk.texts(KUDOS)[0].startswith("<@U0ANA> thanks <@U0TOM>.")
    assert desk.texts("U0LEE")[0].startswith("You have hidden these kudos.")
    assert desk.mine("U0LEE") == ((), ())
    assert desk.mine("U0ANA")[1][0].receivers == ("U0TOM",)
    assert [target for _, target in desk.outbox()].count("U0ANA") == 0


def test_an_announcement_of_nobody_goes_and_comes_again_with_a_yes(desk: Desk) -> None:
    desk.choose("U0TOM", Announce.ASK)
    first = desk.given("U0LEE", "U0TOM", where=Where.KUDOS)
    desk.run(kudos.hide, first, "U0LEE")
    desk.send()
    assert desk.stands(KUDOS) == []
    desk.run(kudos.answer_announce, first, "U0TOM", True)
    desk.send()
    assert [text.split(".")[0] for text in desk.texts(KUDOS)] == ["<@U0ANA> thanks <@U0TOM>"]


def test_only_a_receiver_hides(desk: Desk) -> None:
    first = desk.given("U0LEE")
    assert desk.run(kudos.hide, first, "U0TOM") == Refused(Code.NOT_YOURS)


# -- what is still on its way --------------------------------------------------------------------------------------


def test_what_is_taken_back_or_hidden_before_it_is_sent_is_never_seen(desk: Desk) -> None:
    taken, hidden = desk.give("U0LEE", where=Where.KUDOS), desk.give("U0TOM", where=Where.KUDOS)
    desk.run(kudos.take_back, taken, "U0ANA")
    desk.run(kudos.hide, hidden, "U0TOM")
    desk.send()
    assert desk.board == {}


def test_what_changes_before_it_is_sent_is_sent_as_it_is_by_then(desk: Desk) -> None:
    first = desk.give("U0LEE", "U0TOM", where=Where.KUDOS)
    desk.run(kudos.edit, first, "U0ANA", "for never giving up on us", ())
    desk.run(kudos.hide, first, "U0LEE")
    desk.send()
    assert desk.texts(KUDOS) == ["<@U0ANA> thanks <@U0TOM>. for never giving up on us"]
    assert {method for method, _ in desk.outbox()} == {outbox.POST}


def test_what_changes_while_it_is_being_sent_is_put_right_at_once(desk: Desk) -> None:
    first = desk.give("U0LEE", where=Where.KUDOS)
    with desk.db.begin() as tx:
        flying = outbox.lease(tx, MONDAY + timedelta(minutes=1), 9, timedelta(minutes=1))
    desk.run(kudos.take_back, first, "U0ANA")
    for row in flying:
        desk.carry(row)
    desk.send()
    assert desk.stands(KUDOS) == []
    assert desk.texts("U0LEE") == ["<@U0ANA> has taken these kudos back."]


def test_what_did_not_change_on_its_way_is_not_said_twice(desk: Desk) -> None:
    desk.given("U0LEE", "U0TOM", where=Where.TEAM, source=SOURCE)
    assert len(desk.outbox()) == len(desk.said) == 3


# -- what a receiver does with it ----------------------------------------------------------------------------------


def test_thanks_reach_the_giver_once(desk: Desk) -> None:
    first = desk.given("U0LEE")
    for _ in range(2):
        assert desk.run(kudos.say_thanks, first, "U0LEE") is None
        desk.send()
    assert [text.split(".")[0] for text in desk.texts("U0ANA")] == ["<@U0LEE> says thanks for your kudos"]
    assert "kudos.thank" not in desk.stands("U0LEE")[0]


def test_only_what_reads_differently_is_said_anew(desk: Desk) -> None:
    first = desk.given("U0LEE", "U0TOM", where=Where.KUDOS)
    desk.run(kudos.say_thanks, first, "U0LEE")
    desk.send()
    assert [method for method, _ in desk.outbox()].count("chat.update") == 1


def test_a_manager_sees_what_is_shown_to_them_until_it_is_taken_back(desk: Desk) -> None:
    first = desk.given("U0LEE")
    assert "kudos.show_manager" in desk.stands("U0LEE")[0]
    assert desk.run(kudos.show_manager, first, "U0LEE") is None
    desk.send()
    assert desk.texts("U0MIA")[0].startswith("<@U0LEE> would like you to see what <@U0ANA> thanked them for.")
    assert "kudos.show_manager" not in desk.stands("U0LEE")[0]
    desk.run(kudos.take_back, first, "U0ANA")
    desk.send()
    assert desk.stands("U0MIA") == []


@pytest.mark.parametrize(("giver", "receiver"), [("U0MIA", "U0LEE"), ("U0ANA", "U0BEN"), ("U0LEE", "U0MIA")])
def test_who_has_no_manager_but_the_giver_is_not_offered_one(desk: Desk, giver: str, receiver: str) -> None:
    first = desk.given(receiver, giver=giver)
    assert "kudos.show_manager" not in desk.stands(receiver)[0]
    assert desk.run(kudos.show_manager, first, receiver) == Refused(Code.NOBODY)


@pytest.mark.parametrize("verb", [kudos.say_thanks, kudos.show_manager, kudos.hide])
def test_what_is_gone_can_only_be_left(desk: Desk, verb: Verb) -> None:
    first = desk.given("U0LEE")
    desk.run(kudos.take_back, first, "U0ANA")
    assert desk.run(verb, first, "U0LEE") == Refused(Code.GONE)
    assert desk.run(verb, first, "U0TOM") == Refused(Code.NOT_YOURS)


# -- the message it is about ---------------------------------------------------------------------------------------


def test_a_link_to_a_public_channel_is_for_everybody(desk: Desk) -> None:
    desk.given("U0LEE", where=Where.KUDOS, source=SOURCE)
    assert [LINK in desk.stands(place)[0] for place in ("U0LEE", KUDOS)] == [True, True]


def test_a_link_into_a_private_channel_is_for_who_was_there(desk: Desk) -> None:
    desk.hear(wrote("U0ADA", 0, channel=PRIVATE), wrote("U0LEE", 5, channel=PRIVATE, root=0))
    first = desk.given("U0LEE", "U0TOM", where=Where.KUDOS, source=Source(PRIVATE, at(5), at(0)))
    desk.run(kudos.say_thanks, first, "U0LEE")
    desk.run(kudos.show_manager, first, "U0LEE")
    desk.send()
    seen = {place: PRIVATE in "".join(desk.stands(place)) for place in ("U0LEE", "U0TOM", "U0ANA", "U0MIA", KUDOS)}
    assert seen == {"U0LEE": True, "U0TOM": False, "U0ANA": True, "U0MIA": False, KUDOS: False}
    assert desk.mine("U0TOM")[0][0].link is None
    assert desk.mine("U0LEE")[0][0].link
    assert desk.mine("U0ANA")[1][0].link


def test_when_the_message_is_deleted_nothing_links_to_it_any_more(desk: Desk) -> None:
    desk.given("U0LEE", where=Where.KUDOS, source=SOURCE)
    kept = desk.given("U0LEE", source=Source(PUBLIC, at(1), at(0)))
    desk.hear(deleted(9))
    desk.send()
    assert LINK not in desk.stands(KUDOS)[0]
    assert [LINK in message for message in desk.stands("U0LEE")] == [False, True]
    assert [(story.id == kept, bool(story.link)) for story in desk.mine("U0LEE")[0]] == [(True, True), (False, False)]


def test_no_word_of_a_customer_is_kept(desk: Desk) -> None:
    desk.hear(wrote("U0ADA", 0))
    desk.given("U0LEE", reason="for a gentle answer", source=SOURCE)
    texts = [text for text in words_in(desk.db) if "gentle" in text]
    assert texts
    with desk.db.begin() as tx:
        row = tx.execute(select(kudos_table)).one()
    assert set(row._mapping) == {
        *("id", "team_id", "giver", "behaviours", "reason", "where", "announce_in"),
        *("source_channel", "source_ts", "source_root_ts", "created_at", "edited_at", "taken_back_at"),
    }


def test_what_is_refused_leaves_nothing_behind(desk: Desk) -> None:
    desk.give("U0LEE", reason="no")
    desk.give(*[f"U{number:03}" for number in range(11)])
    for table in (kudos_table, kudos_receivers, kudos_days, kudos_pairs, outbox_table):
        assert desk.count(table) == 0


def test_other_workspaces_kudos_are_nobodys(desk: Desk) -> None:
    first = desk.given("U0LEE")
    with desk.db.begin() as tx:
        tx.execute(kudos_table.update().values(team_id="T0ELSE"))
    assert desk.run(kudos.take_back, first, "U0ANA") == Refused(Code.NOT_YOURS)
    assert desk.run(kudos.hide, first, "U0LEE") == Refused(Code.NOT_YOURS)
    assert desk.mine("U0ANA")[1] == ()
