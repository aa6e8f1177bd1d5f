"""Corrections through real doors: they hold at once, for nudges too, and for whatever comes later, in any order."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.demo.listed import line, the_list
from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, GENERAL, OURS
from bot.domain.boundary import Case
from bot.domain.moments import moment, ts_of
from bot.domain.roles import Role
from bot.domain.setup import Override
from bot.sandbox import payloads
from bot.sandbox.elements import placed
from bot.store.tables import conversations, moves
from bot.store.workspaces import save_setup
from bot.views import why as views
from bot.views.why import Verb
from bot.views.words import clock as clock_words
from bot.views.words import common
from bot.views.words import nudges as nudge_words
from bot.views.words import why as words
from bot.views.words.roles import not_for_you
from handlers import why
from handlers.doors import Knock
from tests.handlers.calling import Calling
from tests.handlers.office import Office, buttons
from tests.handlers.wondering import Wondering

on_both_databases = pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])


@pytest.fixture
def office(office: Office) -> Wondering:
    return Wondering(office.sandbox, office.clock, office.bot)


# -- this needed a reply, this did not ---------------------------------------------------------------------------


@on_both_databases
async def test_what_needed_no_reply_ends_the_wait_and_its_nudge(office: Wondering) -> None:
    ts, nudge = await office.asked()
    await office.why(ts)
    told = await office.says(Verb.NOT_NEEDED, ts)
    assert f"*needs no reply*: so <@{ANA}> said" in told
    assert clock_words.NO_CLOCK() in told
    assert nudge_words.never_waited("*Ada*") in office.now_reads(ANA, nudge)["text"]
    assert not buttons(office.now_reads(ANA, nudge))
    assert office.open_waits() == []
    await office.wait(hours=5)
    assert line(office, ANA, ts) is None
    assert office.now_reads(ANA, nudge), "no list was posted anew"


@on_both_databases
async def test_what_needed_a_reply_after_all_starts_the_clock_where_it_was_said(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.say(ANA, EXT_ACME, "Under Billing.", ts)
    thanks = await office.say(ADA, EXT_ACME, "Thanks!", ts)
    await office.wait(minutes=100, seconds=1)
    assert office.about(ANA, thanks) == []
    await office.why(ts)
    told = await office.says(Verb.NEEDED, thanks)
    assert "1 h 40 min of 2 hours working time, the target for a further reply" in told
    assert len(office.about(ANA, thanks)) == 1
    await office.say(ANA, EXT_ACME, "You are welcome.", ts)
    assert office.open_waits() == []


async def test_the_last_word_counts(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.why(ts)
    for verb, open_now in ((Verb.NOT_NEEDED, []), (Verb.NEEDED, [ts]), (Verb.NOT_NEEDED, []), (Verb.NEEDED, [ts])):
        await office.says(verb, ts)
        assert office.open_waits() == open_now


async def test_in_the_form_of_the_menu_it_is_the_same(office: Wondering) -> None:
    ts, nudge = await office.asked()
    await office.from_menu(ts)
    assert (await office.says_in_form(Verb.NOT_NEEDED, ts)).ok
    assert f"so <@{ANA}> said" in str(office.form())
    assert not buttons(office.now_reads(ANA, nudge))


# -- split here, one conversation --------------------------------------------------------------------------------


@on_both_databases
async def test_split_in_two_the_answer_to_the_first_leaves_the_second_waiting(office: Wondering) -> None:
    first = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=2)
    second = await office.say(ADA, EXT_ACME, "And could you look at order 12?")
    await office.say(ANA, EXT_ACME, "Under Billing.", first)
    assert office.open_waits() == []
    await office.why(second)
    told = await office.says(Verb.SPLIT, second)
    assert office.open_waits() == [second]
    assert "is waiting for us" in told
    assert f"<@{ANA}>" not in told.split(words.HOW_READ())[1]
    await office.wait(minutes=46)
    assert len(office.about(ANA, second)) == 1


@on_both_databases
async def test_after_a_split_what_follows_in_the_thread_belongs_to_the_later_part(office: Wondering) -> None:
    root = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.say(ANA, EXT_ACME, "Under Billing.", root)
    other = await office.say(ADA, EXT_ACME, "Another thing: what about order 12?", root)
    await office.why(root)
    await office.says(Verb.SPLIT, other)
    more = await office.say(ADA, EXT_ACME, "It is urgent.", root)
    assert _places(office, EXT_ACME)[more] == other
    await office.say(ANA, EXT_ACME, "It leaves at four.", root)
    assert office.open_waits() == []
    assert _places(office, EXT_ACME)[root] == root


@on_both_databases
async def test_made_one_two_waits_become_the_longer_one(office: Wondering) -> None:
    first = await office.say(ADA, EXT_ACME, "The export fails.")
    await office.wait(minutes=30)
    second = await office.say(ADA, EXT_ACME, "It says: no such table.")
    await office.wait(minutes=46)
    assert line(office, ANA, first)
    assert line(office, ANA, second)
    await office.why(second)
    told = await office.joins(first)
    assert office.open_waits() == [first]
    assert f"<@{ADA}> · *needs a reply*" in told
    assert line(office, ANA, first)
    assert line(office, ANA, second) is None
    await office.wait(seconds=1)
    await office.say(ANA, EXT_ACME, "Fixed, please try again.", second)
    assert office.open_waits() == []
    assert line(office, ANA, first) is None
    assert "answered" in the_list(office, ANA)["text"]


@on_both_databases
async def test_made_one_the_answer_to_either_thread_is_the_answer(office: Wondering) -> None:
    first = await office.say(ADA, EXT_ACME, "The export fails.")
    await office.wait(minutes=30)
    second = await office.say(ADA, EXT_ACME, "It says: no such table.")
    await office.why(first)
    await office.joins(second)
    in_second = await office.say(ANA, EXT_ACME, "Fixed.", second)
    again = await office.say(ADA, EXT_ACME, "Where was it?", first)
    places = _places(office, EXT_ACME)
    assert {places[one] for one in (first, second, in_second, again)} == {first}
    assert office.open_waits() == [again]


@on_both_databases
async def test_split_and_joined_again_all_is_as_it_was(office: Wondering) -> None:
    first = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=2)
    second = await office.say(ADA, EXT_ACME, "And could you look at order 12?")
    before = office.waits(), _places(office, EXT_ACME), _talks(office)
    await office.why(second)
    await office.says(Verb.SPLIT, second)
    assert office.open_waits() == [first, second]
    await office.why(second)
    await office.joins(first)
    assert (office.open_waits(), _places(office, EXT_ACME), _talks(office)) == ([first], *before[1:])
    third = await office.say(ADA, EXT_ACME, "Please!", second)
    assert _places(office, EXT_ACME)[third] == first


@on_both_databases
async def test_what_comes_late_goes_where_it_would_have_gone(office: Wondering) -> None:
    """A message of the thread, from before the split and from after it, that Slack delivers only now."""
    root = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=10)
    other = await office.say(ADA, EXT_ACME, "Another thing: what about order 12?", root)
    await office.wait(minutes=10)
    await office.why(root)
    await office.says(Verb.SPLIT, other)
    early, late = (ts_of(moment(one).replace(microsecond=777)) for one in (root, other))
    for ts in (late, early):
        await _deliver(office, ts, root)
    places = _places(office, EXT_ACME)
    assert (places[early], places[late]) == (root, other)


@on_both_databases
async def test_replies_below_a_message_that_was_joined_follow_it_even_where_it_is_no_customers(
    office: Wondering,
) -> None:
    """A thread below an app's message has no first message of its own in the tables."""
    bot = office.sandbox.world.add_person(
        team_id=office.sandbox.world.person(ANA).team_id, name="status", is_bot=True, bot_id="B0STATUS"
    )
    office.sandbox.world.invite(ANA, EXT_ACME, bot.id)
    first = await office.say(ADA, EXT_ACME, "The export fails.")
    status = await office.say(bot.id, EXT_ACME, "Export: degraded")
    below = await office.say(ADA, EXT_ACME, "That must be it.", status)
    await office.why(below)
    await office.joins(first)
    more = await office.say(ADA, EXT_ACME, "Is it?", status)
    places = _places(office, EXT_ACME)
    assert {places[below], places[more]} == {first}


async def test_after_a_split_a_customers_next_words_go_on_with_the_later_part(office: Wondering) -> None:
    first = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=1)
    second = await office.say(ADA, EXT_ACME, "And could you look at order 12?")
    await office.why(second)
    await office.says(Verb.SPLIT, second)
    office.sandbox.world.react(ANA, EXT_ACME, first, "eyes")
    await office.wait(minutes=1)
    third = await office.say(ADA, EXT_ACME, "It has the wrong date.")
    assert _places(office, EXT_ACME)[third] == second


async def test_the_first_message_has_nothing_to_be_split_from(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.why(ts)
    before = office.decided()
    assert await _forged(office, f"split:{EXT_ACME}:{ts}:{ts}") == words.NOTHING_TO_SPLIT()
    assert office.decided() == before


# -- not a customer ----------------------------------------------------------------------------------------------


@on_both_databases
async def test_who_is_no_customer_waits_for_nobody_now_and_later(office: Wondering) -> None:
    ts, nudge = await office.asked()
    await office.why(ts)
    told = await office.says(Verb.NOT_CUSTOMER, ts)
    assert words.ours_alone("<#C0ACME>") in told
    assert office.open_waits() == []
    assert not buttons(office.now_reads(ANA, nudge))
    await office.say(ADA, EXT_ACME, "Who can look at this?")
    assert office.open_waits() == []
    theirs = await office.say(BOB, EXT_BLUEBIRD, "Where is my order?")
    assert office.open_waits() == [theirs]


@on_both_databases
async def test_it_holds_in_that_channel_only_and_can_be_taken_back(office: Wondering) -> None:
    first = await office.say(ADA, EXT_ACME, "Where is the form?")
    answer = await office.say(ADA, EXT_ACME, "Found it.", first)
    await office.why(first)
    await office.says(Verb.NOT_CUSTOMER, first)
    assert _overrides(office) == (Override(ADA, "ours", EXT_ACME),)
    await office.says(Verb.CUSTOMER, answer)
    assert _overrides(office) == ()
    assert office.open_waits() == [first]


async def test_a_customer_after_all_has_spoken_to_us_and_to_no_colleague(office: Wondering) -> None:
    first = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.why(first)
    await office.says(Verb.NOT_CUSTOMER, first)
    asked = await office.say(ADA, EXT_ACME, f"<@{ANA}> can you take this?", first)
    assert "to a colleague" in await office.why(asked)
    assert "*needs a reply*: it asks" in await office.says(Verb.CUSTOMER, asked)
    assert office.open_waits() == [first]


async def test_what_somebody_else_has_changed_in_the_setup_meanwhile_stays(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    deps, other = office.bot.deps, Override(BOB, "ours", EXT_BLUEBIRD)
    with deps.db.begin() as tx:
        before = deps.workspaces.get(tx, OURS, office.clock.now())
        assert before
        save_setup(tx, OURS, replace(before.setup, overrides=(other,)))
    await why.correct(deps, Knock(before, ANA, {}, {"value": f"not_customer:{EXT_ACME}:{ts}:{ts}"}))
    assert _overrides(office) == (other, Override(ADA, "ours", EXT_ACME))


# -- who may, and what stays as it is ----------------------------------------------------------------------------


async def test_a_boundary_call_stays_as_it_is(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, "You fools!")
    await office.why(ts)
    await Calling(office.sandbox, office.clock, office.bot).calls(ts, Case.ABUSIVE)
    before = office.decided()
    await office.says(Verb.NOT_NEEDED, ts)
    assert office.told(ANA) == words.BOUNDARY_STANDS()
    assert office.decided() == before


Stranger = Callable[[Wondering, str], Awaitable[str]]


async def _customer(office: Wondering, ts: str) -> str:
    return ADA


async def _colleague(office: Wondering, ts: str) -> str:
    tom = office.sandbox.world.add_person(team_id=office.sandbox.world.person(ANA).team_id, name="tom").id
    office.sandbox.world.invite(ANA, GENERAL, tom)
    return tom


@pytest.mark.parametrize(
    ("stranger", "told"),
    [(_customer, common.OUTSIDERS()), (_colleague, not_for_you(Role.AGENT, []))],
    ids=["customer", "tom"],
)
async def test_nobody_else_can_correct_anything(office: Wondering, stranger: Stranger, told: str) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.why(ts)
    user = await stranger(office, ts)
    await office.settle()
    before = office.decided()
    assert await _forged(office, f"not_needed:{EXT_ACME}:{ts}:{ts}", user) == told
    assert office.decided() == before


@pytest.mark.parametrize("value", ["x", "burn:C0ACME:{ts}:{ts}", "needed:C0ACME:{ts}", "needed:C0NOWHERE:1.2:1.2"])
async def test_what_was_drawn_by_nobody_changes_nothing(office: Wondering, value: str) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.why(ts)
    before = office.decided()
    assert await _forged(office, value.replace("{ts}", ts)) in (words.CHANGED_MEANWHILE(), words.UNKNOWN())
    assert office.decided() == before


async def _forged(office: Wondering, value: str, user: str = ANA) -> str:
    """A correction by somebody who was never shown it; what they are told."""
    shown = office.sandbox.world.channel(EXT_ACME).ephemeral[office.answer()["ts"]]
    one = next(item for item in placed(shown.blocks) if item.action_id == views.CORRECT)
    choice = {"selected_option": one.element["options"][0] | {"value": value}}
    payload = payloads.message_press(office.sandbox, office.sandbox.world.person(user), shown, one, choice)
    await office.sandbox.deliveries.ask("interactive", payload, takes_answer=False)
    await office.settle()
    return office.told(user)


def _overrides(office: Wondering) -> tuple[Override, ...]:
    """What was said of whose side people are on."""
    with office.bot.deps.db.begin() as tx:
        workspace = office.bot.deps.workspaces.get(tx, OURS, office.clock.now())
    assert workspace
    return workspace.setup.overrides


def _places(office: Wondering, channel: str) -> dict[str, str]:
    """In which conversation each message is."""
    spoken = select(moves.c.ts, moves.c.root_ts).where(moves.c.channel == channel, moves.c.kind.in_(("theirs", "ours")))
    with office.bot.deps.db.begin() as tx:
        return {row.ts: row.root_ts for row in tx.execute(spoken)}


def _talks(office: Wondering) -> list[tuple[str, str]]:
    """Whose turn it is in which conversation."""
    with office.bot.deps.db.begin() as tx:
        found = tx.execute(select(conversations.c.root_ts, conversations.c.turn).order_by(conversations.c.root_ts))
        return [(row.root_ts, row.turn) for row in found]


async def _deliver(office: Wondering, ts: str, root: str) -> None:
    """A message of Ada's in the thread that was said at `ts`, and that Slack delivers now."""
    event = {"type": "message", "channel": EXT_ACME, "ts": ts, "event_ts": ts, "thread_ts": root, "user": ADA}
    event["text"] = "Any idea?"
    more = {"channel_type": "channel", "team": office.sandbox.world.person(ADA).team_id}
    office.sandbox.world.tell("message.channels", event | more, channel=office.sandbox.world.channel(EXT_ACME))
    await office.settle()
