"""Boundary calls through real doors: what stops, what the agent can stand on, what the manager owes; and afterwards."""

import asyncio

import pytest
from sqlalchemy import delete

from bot.demo.listed import choose, the_line
from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, EXT_BLUEBIRD, GENERAL, GITA, LEE, MIA, NIA, OMAR, OURS
from bot.domain.asks import Outcome
from bot.domain.boundary import Case
from bot.domain.kudos import Source
from bot.domain.weeks import last_weeks
from bot.store import boundary_calls as store
from bot.store import statistics
from bot.store.tables import conversations, moves, waits
from bot.views import asks as ask_views
from bot.views import boundary as views
from bot.views import ways_out
from bot.views.living_list import Way
from bot.views.words import asks as ask_words
from bot.views.words import boundary as words
from bot.views.words import common
from bot.views.words import living_list as list_words
from bot.views.words import nudges as nudge_words
from bot.views.words import roles as role_words
from tests.handlers.calling import FACTS, LED, LINE, Calling
from tests.handlers.office import CARE_FILE, Office, all_text, buttons, is_about, on_both_databases

BACKING = ["Refund up to 100 € when the mistake was ours", "Say no to a date that cannot be kept"]
OWN_WORDS = """
[team.care.boundary]
breather = "1h"
[team.care.boundary.abusive]
policy = "Nobody of us reads insults."
sentence = "We are glad to help, with respect on both sides."
"""
LEES = LED.replace(f'owner = "{ANA}"', f'owner = "{LEE}"')


@pytest.fixture
async def office(office: Office) -> Calling:
    calling = Calling(office.sandbox, office.clock, office.bot)
    await calling.set_up(LED)
    return calling


# -- the three cases ---------------------------------------------------------------------------------------------


@on_both_databases
@pytest.mark.parametrize(
    ("case", "outcome", "heard"),
    [
        ("abusive", "take_over", "takes over from here"),
        ("abusive", "end", "we end it"),
        ("right", "back", "backs you"),
        ("unreasonable", "back", "backs you"),
        ("unreasonable", "apology", "we owe this customer an apology"),
    ],
)
async def test_a_call_from_the_first_word_to_the_managers_in_writing(
    office: Calling, case: str, outcome: str, heard: str
) -> None:
    ts, nudge = await office.insulted()
    assert (await office.calls(ts, case)).ok
    shown = all_text(office.form(ANA) | {"text": ""})
    assert words.HEADLINES[Case(case)]() in shown
    assert f"<@{MIA}> knows of it; expect word by" in shown
    assert office.now_reads(ANA, nudge)["text"].startswith(nudge_words.left_alone("*Ada*"))
    hand = all_text(office.hand())
    assert words.POLICIES[Case(case)]() in hand
    assert words.SENTENCES[Case(case)]() in hand
    (call,) = office.dm(MIA)
    assert (FACTS in all_text(call), is_about(call, ts)) == (True, True)
    assert (await office.answers(MIA, call, LINE, outcome=outcome)).ok
    answer = office.dm(ANA)[-1]
    assert heard in all_text(answer)
    assert f"> {LINE}" in all_text(answer)
    assert office.nothing_in_channels()
    assert [entry for entry in office.sandbox.record.posts(channel=EXT_ACME) if entry.user not in (ADA, ANA)] == []


async def test_who_is_right_may_answer_at_once_and_has_the_standing_backing_first(office: Calling) -> None:
    await office.set_up(LED.replace(f'home = "{CARE}"', f'home = "{CARE}"\nbacking = {BACKING}'.replace("'", '"')))
    ts, _ = await office.insulted()
    await office.calls(ts, "right")
    hand = all_text(office.hand())
    assert words.ANSWER_NOW() in hand
    assert hand.index(BACKING[0]) < hand.index(words.POLICIES[Case.RIGHT]()) < hand.index(words.SENTENCE())
    await office.say(ANA, EXT_ACME, "Our answer stays as it is.", ts)
    assert office.waits() == [(ts, "boundary")]


@pytest.mark.parametrize("case", ["abusive", "unreasonable"])
async def test_in_the_other_cases_the_agent_need_not_answer(office: Calling, case: str) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, case)
    assert words.NO_NEED() in all_text(office.hand())


async def test_a_teams_own_words_take_the_place_of_carecues(office: Calling) -> None:
    await office.set_up(LED + OWN_WORDS)
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    hand = all_text(office.hand())
    assert "Nobody of us reads insults." in hand
    assert "> We are glad to help, with respect on both sides." in hand
    assert words.POLICIES[Case.ABUSIVE]() not in hand


@pytest.mark.parametrize("outcome", ["take_over", "end", "apology"])
async def test_once_there_is_word_nothing_is_suggested_that_no_longer_fits(office: Calling, outcome: str) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "unreasonable")
    await office.answers(MIA, office.dm(MIA)[0], LINE, outcome=outcome)
    hand = all_text(office.hand())
    assert words.SENTENCE() not in hand
    assert words.AFTER[Outcome(outcome)]() in hand


# -- nudges and figures ------------------------------------------------------------------------------------------


@on_both_databases
async def test_nobody_is_ever_reminded_of_that_conversation_again(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    before = {user: len(office.about(user, ts)) for user in (ANA, LEE)}
    await office.say(ADA, EXT_ACME, "Answer me!", ts)
    await office.wait(days=3)
    assert {user: len(office.about(user, ts)) for user in (ANA, LEE)} == before
    assert office.home_posts() == []
    assert "All caught up" in await office.typed(ANA, "")


async def test_its_waits_are_in_no_figure(office: Calling) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is it?")
    await office.say(ANA, EXT_ACME, "On its way.", ts)
    await office.say(ADA, EXT_ACME, "Where is it, you fools?", ts)
    await office.calls(ts, "abusive")
    await office.wait(days=7)
    now = office.clock.now()
    with office.bot.deps.db.begin() as tx:
        workspace = office.bot.deps.workspaces.get(tx, OURS, now)
        assert workspace
        weeks = last_weeks("Europe/Lisbon", now, 1)
        (team,) = statistics.weekly(tx, workspace, "care", weeks, now)
        (mine,) = statistics.mine(tx, workspace, ANA, weeks, now)
        (load,) = statistics.load(tx, workspace, "care", weeks, now)
    assert (team.answers, mine.answers, load.answers, sum(load.by_weekday)) == (0, 0, 0, 0)


async def test_other_conversations_of_the_same_customer_go_on(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    other = await office.say(ADA, EXT_ACME, "Another thing: where is the form?")
    await office.wait(hours=3)
    assert office.about(LEE, other) or office.about(OMAR, other) or office.about(ANA, other)


async def test_a_slip_taken_back_never_was(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "unreasonable")
    own = office.dm(ANA)[-2]
    assert buttons(own) == [ask_views.WITHDRAW]
    await office.press(ANA, own, ask_views.WITHDRAW)
    assert office.waits() == [(ts, None)]
    assert office.hand()["text"] == words.TAKEN_BACK()
    await office.wait(minutes=20)
    assert list_words.SAYS["help"]() in the_line(office, ANA, ts).text
    await office.morning()
    assert words.CHECK_IN() not in [message["text"] for message in office.dm(ANA)]


# -- who is called -----------------------------------------------------------------------------------------------


async def test_a_manager_who_is_the_agent_calls_on_the_deputy(office: Calling) -> None:
    await office.set_up(LED.replace(f'agents = ["{ANA}", "{LEE}"]', f'agents = ["{ANA}", "{MIA}"]'))
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive", user=MIA)
    assert office.heard() == {MIA: 0, OMAR: 1, NIA: 0}
    assert words.HEADLINES[Case.ABUSIVE]() in all_text(office.hand(MIA))


async def test_an_absent_manager_is_stood_in_for_and_the_deputys_word_counts(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "right")
    await office.wait(hours=1, seconds=1)
    (deputys,) = office.dm(OMAR)
    assert (await office.answers(OMAR, deputys, LINE, outcome="back")).ok
    assert ask_words.heard(Outcome.BACK, f"<@{OMAR}>") in all_text(office.dm(ANA)[-1])


TWO_TEAMS = LED.replace(f'agents = ["{MIA}"]', f'agents = ["{MIA}", "{ANA}"]').replace(
    f'[channel.{EXT_BLUEBIRD}]\nkind = "customer"\nteam = "care"', f'[channel.{EXT_BLUEBIRD}]\nteam = "leads"'
)


@pytest.mark.parametrize(("who", "where", "hears"), [(ADA, EXT_ACME, MIA), (BOB, EXT_BLUEBIRD, NIA)])
async def test_of_two_teams_the_one_that_looks_after_the_customer_stands_behind_the_agent(
    office: Calling, who: str, where: str, hears: str
) -> None:
    await office.set_up(TWO_TEAMS.replace('name = "Leads"', 'name = "Leads"\nbacking = ["Anything"]'))
    ts = await office.say(who, where, "This is not good enough!")
    await office.calls(ts, "unreasonable", where=where)
    assert office.heard() == {MIA: 0, OMAR: 0, NIA: 0} | {hears: 1}
    assert ("• Anything" in all_text(office.hand())) == (hears == NIA)


async def test_without_a_manager_all_else_holds(office: Calling) -> None:
    await office.set_up(CARE_FILE.replace(f'managers = ["{MIA}"]\n', ""))
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    assert office.waits() == [(ts, "boundary")]
    assert ask_words.NOBODY() in all_text(office.dm(ANA)[-2])


# -- the doors ---------------------------------------------------------------------------------------------------


async def test_every_line_of_the_list_offers_a_boundary_too(office: Calling) -> None:
    ts, _ = await office.insulted()
    await choose(office, ANA, ts, Way.MORE)
    await office.sandbox.press_view(ANA, office.form(ANA)["id"], ways_out.BOUNDARY)
    await office.settle()
    assert (await office.sends(ANA, "abusive")).ok
    assert office.waits() == [(ts, "boundary")]


@on_both_databases
async def test_the_command_offers_the_conversations_that_may_be_meant_and_takes_what_was_typed(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.say(BOB, EXT_BLUEBIRD, "Where is the oven?")
    assert await office.typed(ANA, f"boundary abusive {FACTS}") == ""
    which, case, line = (block["element"] for block in office.form(ANA)["blocks"] if block["type"] == "input")
    assert [one["text"]["text"] for one in which["options"]] == ["Ada in #ext-acme", words.NONE_OF_THESE()]
    assert case["initial_option"]["value"] == "abusive"
    assert line["initial_value"] == FACTS
    assert (await office.sends(ANA, "abusive", FACTS, which=which["options"][0]["value"])).ok
    assert office.waits()[0] == (ts, "boundary")


async def test_a_call_about_no_message_still_has_everything_but_a_conversation(office: Calling) -> None:
    await office.typed(ANA, "boundary It was on the phone.")
    assert (await office.sends(ANA, "abusive", which=views.NONE)).ok
    assert words.TOLD_ONLY() in all_text(office.hand())
    assert len(office.dm(MIA)) == 1
    assert [row.root_ts for row in office.stored()] == [None]


async def test_a_message_in_the_middle_of_a_burst_is_its_whole_conversation(office: Calling) -> None:
    first = await office.say(ADA, EXT_ACME, "Where is it?")
    second = await office.say(ADA, EXT_ACME, "You fools?")
    await office.calls(second, "abusive")
    assert office.waits() == [(first, "boundary")]


@on_both_databases
async def test_a_conversation_from_before_carecue_is_left_alone_too(office: Calling) -> None:
    ts = await office.say(ADA, EXT_ACME, "This is a scandal!")
    with office.bot.deps.db.begin() as tx:
        for table in (waits, moves, conversations):
            tx.execute(delete(table))
    assert (await office.calls(ts, "abusive")).ok
    await office.say(ADA, EXT_ACME, "Answer me!", ts)
    await office.wait(days=1)
    assert office.waits() == []
    assert office.about(ANA, ts) == [office.hand()]


async def test_in_a_channel_without_customers_the_manager_hears_and_nothing_stops(office: Calling) -> None:
    ts = await office.say(LEE, CARE, "Acme called me names on the phone.")
    assert (await office.calls(ts, "abusive", where=CARE)).ok
    assert words.TOLD_ONLY() in all_text(office.hand())
    assert is_about(office.dm(MIA)[0], ts)
    assert [row.root_ts for row in office.stored()] == [None]


async def test_the_nudges_in_the_teams_own_channel_end_without_saying_who_called(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.wait(minutes=45)
    assert len(office.home_posts()) == 1
    await office.calls(ts, "abusive")
    (post,) = office.home_posts()
    now = office.sandbox.record.of(CARE, post["ts"])[-1].message
    assert now["text"] == nudge_words.left_alone("*Ada*")
    assert (buttons(now), ANA in str(now), "boundary" in str(now).casefold()) == ([], False, False)


async def test_a_conversation_is_called_on_once_at_a_time(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    await office.sandbox.close_view(ANA, office.form(ANA)["id"])
    outcome = await office.calls(ts, "right", user=LEE)
    assert outcome.errors == {views.LINE: words.CALLED_ALREADY()}
    assert len(office.dm(MIA)) == 1


@on_both_databases
async def test_of_two_who_call_at_the_same_time_one_is_told_that_it_is_done(office: Calling) -> None:
    ts, _ = await office.insulted()
    deps, filled = office.bot.deps, views.Filled(Source(EXT_ACME, ts, ts), Case.ABUSIVE, FACTS)
    workspace = await deps.db.run(deps.workspaces.get, OURS, deps.now())
    assert workspace
    calls = [deps.db.run(store.call, workspace, user, filled, deps.now()) for user in (ANA, LEE, OMAR)]
    found = await asyncio.gather(*calls)
    assert sorted(isinstance(one, str) for one in found) == [False, True, True]
    assert words.CALLED_ALREADY() in found
    assert (len(office.stored()), len(office.asks())) == (1, 1)


@on_both_databases
async def test_however_often_it_is_pressed_one_talk_is_asked_for(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    deps, (row,) = office.bot.deps, office.stored()
    workspace = await deps.db.run(deps.workspaces.get, OURS, deps.now())
    assert workspace
    await asyncio.gather(*(deps.db.run(store.talk, workspace, row.ask_id, ANA, deps.now()) for _ in range(4)))
    assert [one.kind for one in office.asks()] == ["boundary", "help"]


async def test_who_is_in_no_team_is_told_what_to_do_instead(office: Calling) -> None:
    await office.set_up(LED.replace(f'managers = ["{NIA}"]\n', ""))
    assert role_words.ADD_YOURSELF() in await office.typed(NIA, "boundary", GENERAL)


async def test_a_guest_calls_on_nobody(office: Calling) -> None:
    assert await office.forged_command(GITA, "boundary abusive") == common.OUTSIDERS()
    assert office.asks() == []


@on_both_databases
async def test_whatever_an_agent_writes_cannot_ring_or_link_anywhere(office: Calling) -> None:
    hostile = "<!channel> <@U0MIA> <https://evil.example|here> *b* `c`\n> & done"
    ts, _ = await office.insulted()
    assert (await office.calls(ts, "abusive", hostile)).ok
    await office.answers(MIA, office.dm(MIA)[0], hostile, outcome="end")
    await office.set_up(LEES)
    second = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=46)
    shown = [*office.dm(MIA), *office.dm(ANA), *office.about(LEE, second)]
    texts = "\n".join(all_text(message) for message in shown)
    assert "&lt;!channel&gt;" in texts
    assert "<!channel>" not in texts
    assert "<https://evil" not in texts


async def test_a_button_of_somebody_elses_does_nothing(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    await office.morning()
    (asked,) = [message for message in office.dm(ANA) if message["text"] == words.CHECK_IN()]
    direct = office.sandbox.world.direct(ANA, office.sandbox.world.app.bot_user_id).id
    before = office.decided()
    for action in (views.FINE, views.TALK, views.READY):
        if action in buttons(asked):
            await office.forged_press(LEE, direct, asked, action)
    assert office.decided() == before
