"""The leader's clock through real doors: an agent calls, those who lead hear of it in private, word comes back."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.place import ADA, ANA, BOT, CARE, EXT_ACME, EXT_BLUEBIRD, GITA, LEE, MIA, NIA, OMAR, OURS
from bot.domain.asks import Kind, Outcome
from bot.domain.roles import Role
from bot.sandbox.faults import Fault
from bot.store import asks as store
from bot.views import ask_forms as forms
from bot.views import asks as views
from bot.views import living_list as list_views
from bot.views import menu
from bot.views.words import ask_forms as form_words
from bot.views.words import asks as words
from bot.views.words import common
from bot.views.words import living_list as list_words
from bot.views.words.roles import not_for_you
from tests.handlers.asking import LED, LINE, Asking
from tests.handlers.office import CARE_FILE, Office, all_text, buttons, is_about, on_both_databases

WAYS = [views.ANSWER, views.HAVE_IT, views.SNOOZE]


@pytest.fixture
async def office(office: Office) -> Asking:
    """The office, with a deputy and somebody who leads the manager."""
    asking = Asking(office.sandbox, office.clock, office.bot)
    await asking.set_up(LED)
    return asking


@on_both_databases
async def test_an_agent_asks_and_hears_the_answer_and_no_channel_sees_any_of_it(office: Asking) -> None:
    told = await office.typed(ANA, f"ask {LINE}")
    assert words.CALLED[Kind.HELP]() in told
    assert f"<@{MIA}> knows of it; expect word by <!date^{_at(11)}^" in told
    (call,) = office.dm(MIA)
    assert f"<@{ANA}> asks for your help. {LINE}" in all_text(call)
    assert buttons(call) == WAYS
    await office.wait(minutes=20)
    assert (await office.answers(MIA, call, "Yes: call me, I have ten minutes now.")).ok
    own, answer = office.dm(ANA)
    assert own["text"] == f"<@{MIA}> answered you."
    assert all_text(answer).startswith(f"<@{MIA}> answers your call for help: Yes: call me")
    assert list_words.ALL_CAUGHT_UP() in office.now_reads(MIA, call)["text"]
    assert (buttons(own), buttons(answer), buttons(office.now_reads(MIA, call))) == ([], [], [])
    await office.wait(days=3)
    assert office.heard() == {MIA: 1, OMAR: 0, NIA: 0}
    assert [row.working_s for row in office.asks()] == [20 * 60]
    assert office.nothing_in_channels()


@on_both_databases
async def test_a_manager_who_is_away_is_reminded_once_and_the_ladder_goes_on_without_them(office: Asking) -> None:
    await office.asked_for_help()
    await office.wait(minutes=44, seconds=59)
    assert office.heard() == {MIA: 1, OMAR: 0, NIA: 0}
    await office.wait(seconds=2)
    assert office.heard() == {MIA: 2, OMAR: 0, NIA: 0}
    await office.wait(minutes=15)
    (deputys,) = office.dm(OMAR)
    assert LINE in all_text(deputys)
    assert words.joined_by([f"<@{OMAR}>"]) in all_text(office.dm(ANA)[0])
    await office.wait(hours=1)
    (above,) = office.dm(NIA)
    assert LINE in all_text(above)
    await office.wait(days=3)
    assert office.heard() == {MIA: 2, OMAR: 1, NIA: 1}
    assert (await office.answers(OMAR, deputys, "I am on my way to you.")).ok
    assert office.dm(ANA)[-1]["text"].startswith(f"<@{OMAR}> answers your call for help:")
    for message in (*office.dm(MIA), *office.dm(NIA)):
        assert (list_words.ALL_CAUGHT_UP() in message["text"], buttons(message)) == (True, [])


async def test_a_manager_who_is_the_agent_calls_on_the_deputy_and_then_on_their_own_manager(office: Asking) -> None:
    await office.set_up(LED.replace(f'agents = ["{ANA}", "{LEE}"]', f'agents = ["{ANA}", "{MIA}"]'))
    await office.typed(MIA, "ask Who may sign this off?")
    assert office.heard() == {MIA: 0, OMAR: 1, NIA: 0}
    await office.wait(hours=1, seconds=1)
    assert office.heard() == {MIA: 0, OMAR: 2, NIA: 1}
    assert [buttons(message) for message in office.dm(MIA)] == [[views.WITHDRAW]]
    await office.wait(days=3)
    assert office.heard() == {MIA: 0, OMAR: 2, NIA: 1}


async def test_without_anybody_above_the_admins_hear_last(office: Asking) -> None:
    await office.set_up(f'admins = ["{NIA}"]\n{CARE_FILE}')
    await office.asked_for_help()
    await office.wait(hours=1, minutes=59)
    assert office.heard() == {MIA: 2, OMAR: 0, NIA: 1}


TWO_TEAMS = LED.replace(f'agents = ["{MIA}"]', f'agents = ["{MIA}", "{ANA}"]').replace(
    f'[channel.{EXT_BLUEBIRD}]\nkind = "customer"\nteam = "care"', f'[channel.{EXT_BLUEBIRD}]\nteam = "leads"'
)


@pytest.mark.parametrize(("where", "hears"), [(EXT_ACME, MIA), (EXT_BLUEBIRD, NIA)])
async def test_of_two_teams_the_one_that_looks_after_the_channel_is_called(
    office: Asking, where: str, hears: str
) -> None:
    await office.set_up(TWO_TEAMS)
    await office.typed(ANA, f"ask {LINE}", where)
    assert office.heard() == {MIA: 0, OMAR: 0, NIA: 0} | {hears: 1}


async def test_of_two_teams_the_agent_chooses_where_the_channel_says_nothing(office: Asking) -> None:
    await office.set_up(TWO_TEAMS)
    assert await office.typed(ANA, f"ask {LINE}", CARE.replace("CARE", "GENERAL")) == ""
    (field,) = [block for block in office.form(ANA)["blocks"] if block["block_id"] == forms.LINE]
    assert field["element"]["initial_value"] == LINE
    assert (await office.send_off(ANA, team="leads")).ok
    assert office.heard() == {MIA: 0, OMAR: 0, NIA: 1}


async def test_the_second_nudge_offers_to_ask_and_the_manager_sees_what_it_is_about(office: Asking) -> None:
    ts, first = await office.asked()
    assert list_views.ASK not in buttons(first)
    await office.wait(minutes=15)
    (second,) = office.about(ANA, ts)
    assert buttons(second)[:2] == [list_views.REPLY, list_views.ASK]
    await office.press(ANA, second, list_views.ASK)
    assert (await office.send_off(ANA, line=LINE)).ok
    (call,) = office.dm(MIA)
    assert is_about(call, ts)
    assert f"About *Ada* in <#{EXT_ACME}>" in all_text(call)
    assert office.nothing_in_channels()


async def test_whoever_has_it_is_named_to_the_agent_and_alone_reminded(office: Asking) -> None:
    await office.set_up(LED.replace(f'managers = ["{MIA}"]', f'managers = ["{MIA}", "{NIA}"]', 1))
    own = await office.asked_for_help()
    assert f"<@{MIA}> and <@{NIA}> know of it; expect word by" in all_text(own)
    await office.press(NIA, office.dm(NIA)[0], views.HAVE_IT)
    assert f"<@{NIA}> has it; expect word by <!date^{_at(11)}^" in all_text(office.dm(ANA)[0])
    assert words.has_it(None) in all_text(office.dm(NIA)[0])
    await office.wait(minutes=50)
    assert list_words.ALL_CAUGHT_UP() in all_text(office.dm(MIA)[0])
    assert office.heard() == {MIA: 1, OMAR: 0, NIA: 2}


async def test_a_snooze_is_quiet_until_then_and_the_agent_sees_until_when(office: Asking) -> None:
    await office.asked_for_help()
    await office.press(MIA, office.dm(MIA)[0], views.SNOOZE, "Until this afternoon")
    own = all_text(office.dm(ANA)[0])
    assert f"<@{MIA}> has it; expect word by <!date^{_at(14)}^" in own
    await office.until(datetime(2026, 3, 2, 13, 59, 59, tzinfo=UTC))
    assert office.heard() == {MIA: 1, OMAR: 0, NIA: 0}
    await office.wait(seconds=1)
    assert office.heard() == {MIA: 2, OMAR: 1, NIA: 1}


async def test_asked_in_the_evening_nobody_is_rung_before_the_teams_hours_begin(office: Asking) -> None:
    await office.wait(hours=10)
    own = await office.asked_for_help()
    morning = datetime(2026, 3, 3, 9, tzinfo=UTC)
    by = int((morning + timedelta(hours=1)).timestamp())
    assert f"<@{MIA}> will hear of it as soon as your team's hours begin; expect word by <!date^{by}^" in all_text(own)
    await office.until(morning - timedelta(seconds=1))
    assert office.heard() == {MIA: 0, OMAR: 0, NIA: 0}
    await office.until(morning)
    assert office.heard() == {MIA: 1, OMAR: 0, NIA: 0}
    assert f"<@{MIA}> knows of it" in all_text(office.dm(ANA)[0])


async def test_a_step_that_falls_due_as_the_day_ends_waits_for_the_morning(office: Asking) -> None:
    await office.wait(hours=6)
    await office.asked_for_help()
    await office.wait(hours=1, minutes=30)
    assert office.heard() == {MIA: 2, OMAR: 0, NIA: 0}
    await office.until(datetime(2026, 3, 3, 9, tzinfo=UTC))
    assert office.heard() == {MIA: 2, OMAR: 1, NIA: 0}


async def test_what_the_agent_no_longer_needs_leaves_everybody_alone(office: Asking) -> None:
    own = await office.asked_for_help()
    await office.press(ANA, own, views.WITHDRAW)
    assert office.dm(ANA)[0]["text"] == words.SETTLED()
    assert list_words.ALL_CAUGHT_UP() in office.dm(MIA)[0]["text"]
    await office.wait(days=2)
    assert office.heard() == {MIA: 1, OMAR: 0, NIA: 0}


# -- answered meanwhile ------------------------------------------------------------------------------------------


@on_both_databases
async def test_a_reminder_that_waits_to_be_sent_is_not_when_word_comes_before_it(office: Asking) -> None:
    """Slack has a bad minute just then."""
    await office.asked_for_help()
    office.sandbox.faults.add(Fault("ratelimited", method="chat.postMessage", retry_after=60))
    await office.wait(minutes=45, seconds=1)
    assert office.heard() == {MIA: 1, OMAR: 0, NIA: 0}
    assert (await office.answers(MIA, office.dm(MIA)[0], "Coming.")).ok
    await office.wait(minutes=5)
    assert office.heard() == {MIA: 1, OMAR: 0, NIA: 0}
    assert office.dm(ANA)[-1]["text"].endswith("Coming.")


@on_both_databases
async def test_a_reminder_that_is_just_being_sent_reads_at_once_that_word_has_come(office: Asking) -> None:
    await office.asked_for_help()
    held = office.sandbox.faults.add(Fault("hold", method="chat.postMessage"))
    sending = asyncio.create_task(office.wait(minutes=45, seconds=1))
    await office.sandbox.until(lambda: held.met)
    await _answered_by_mia(office)
    office.sandbox.faults.clear()
    await sending
    await office.settle()
    (message,) = office.dm(MIA)
    assert (list_words.ALL_CAUGHT_UP() in message["text"], buttons(message)) == (True, [])


async def test_word_is_given_once(office: Asking) -> None:
    await office.asked_for_help()
    await office.wait(hours=1, seconds=1)
    await office.press(MIA, office.dm(MIA)[0], views.ANSWER)
    assert (await office.answers(OMAR, office.dm(OMAR)[0], "I come over.")).ok
    assert (await office.send_off(MIA, line="I come over, too.")).errors == {forms.LINE: words.OVER_ALREADY()}
    assert len(office.dm(ANA)) == 2


# -- who knocks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", WAYS[:2])
async def test_nobody_but_those_who_lead_answers(office: Asking, action: str) -> None:
    await office.asked_for_help()
    (call,) = office.dm(MIA)
    before, not_leading = office.asks(), not_for_you(Role.DEPUTY, ["Mia"])
    for user, says in ((LEE, not_leading), (ANA, not_leading), (ADA, common.OUTSIDERS())):
        await office.forged_press(user, office.sandbox.world.direct(MIA, BOT).id, call, action)
        assert office.told(user) == says
    assert office.asks() == before


async def test_nobody_but_the_agent_takes_it_back(office: Asking) -> None:
    own = await office.asked_for_help()
    await office.forged_press(MIA, office.sandbox.world.direct(ANA, BOT).id, own, views.WITHDRAW)
    assert (office.told(MIA), buttons(office.dm(ANA)[0])) == (words.NOT_YOURS(), [views.WITHDRAW])


async def test_who_is_in_no_team_is_told_whom_to_ask(office: Asking) -> None:
    person = office.sandbox.world.add_person(team_id=OURS, name="ike", real_name="Ike Sol")
    office.sandbox.world.invite(ANA, EXT_ACME, person.id)
    await office.settle()
    assert await office.typed(person.id, "ask Hello?") == not_for_you(Role.AGENT, [])
    assert office.asks() == []


async def test_where_nobody_leads_the_agent_is_told_so(office: Asking) -> None:
    await office.set_up(LED.replace(f'managers = ["{MIA}"]\ndeputies = ["{OMAR}"]\n', ""))
    assert words.NOBODY() in await office.typed(ANA, f"ask {LINE}")
    await office.wait(days=2)
    assert office.heard() == {MIA: 0, OMAR: 0, NIA: 0}


async def test_who_has_left_is_not_called(office: Asking) -> None:
    office.sandbox.world.change_person(MIA, deleted=True)
    await office.settle()
    assert f"<@{OMAR}> knows of it" in all_text(await office.asked_for_help())
    assert office.heard() == {MIA: 0, OMAR: 1, NIA: 0}


# -- what is typed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["<!channel> *b* <https://evil.example|here> & `c`", "&lt;!here&gt;", "&" * 500])
async def test_what_is_typed_rings_nobody_and_breaks_nothing(office: Asking, line: str) -> None:
    await office.asked_for_help(line=line)
    assert (await office.answers(MIA, office.dm(MIA)[0], line)).ok
    for message in (*office.dm(MIA), *office.dm(ANA)):
        assert "<!" not in all_text(message)
        assert "<https://evil" not in all_text(message)


async def test_a_line_that_is_none_comes_back_to_be_shortened(office: Asking) -> None:
    assert await office.typed(ANA, f"ask {'x' * 600}") == ""
    assert (await office.send_off(ANA)).errors == {forms.LINE: form_words.too_long(600, 500)}
    assert (await office.send_off(ANA, line="   ")).errors == {forms.LINE: words.EMPTY()}
    assert (await office.send_off(ANA, line="x" * 500)).ok
    assert office.heard() == {MIA: 1, OMAR: 0, NIA: 0}


async def test_my_open_asks_stand_below_my_customers(office: Asking) -> None:
    await office.asked_for_help()
    listed = await office.typed(ANA, "")
    assert "1 ask of yours is open" in listed
    assert f"*Help:* {LINE} · <@{MIA}> knows of it; expect word by" in listed
    await office.answers(MIA, office.dm(MIA)[0], "Here I am.")
    assert "ask of yours" not in await office.typed(ANA, "")


async def test_a_leaders_home_begins_with_who_waits_for_word_and_follows_the_answer(office: Asking) -> None:
    await office.asked_for_help()
    await office.wait(minutes=10)
    office.sandbox.open_home(MIA)
    await office.settle()
    shown = office.sandbox.record.views(MIA)[-1].view
    assert shown["blocks"][0]["text"]["text"] == words.ON_MY_CLOCK()
    assert shown["blocks"][1]["text"]["text"] == f"*Help* for <@{ANA}>, who has waited for 10 minutes: {LINE}"
    await office.sandbox.press_view(MIA, shown["id"], views.ANSWER)
    await office.settle()
    assert (await office.send_off(MIA, line="Here I am.")).ok
    await office.wait(seconds=30)
    assert words.ON_MY_CLOCK() not in str(office.sandbox.record.views(MIA)[-1].view)
    assert office.dm(ANA)[-1]["text"].endswith("Here I am.")


async def test_nobody_elses_home_shows_it(office: Asking) -> None:
    await office.asked_for_help()
    for user in (LEE, NIA, OMAR):
        office.sandbox.open_home(user)
        await office.settle()
        assert LINE not in str(office.sandbox.record.views(user)[-1].view)


# -- the menu ----------------------------------------------------------------------------------------------------


async def test_the_shortcut_on_a_message_leads_to_help_snags_and_kudos(office: Asking) -> None:
    ts = await office.say(ADA, EXT_ACME, "This is the third time now.")
    for entry, title in ((menu.HELP, "Ask for help"), (menu.SNAG, "Tell a snag"), (menu.KUDOS, "Give kudos")):
        await office.sandbox.shortcut(ANA, menu.SHORTCUT, EXT_ACME, ts)
        await office.settle()
        await office.sandbox.press_view(ANA, office.form(ANA)["id"], entry)
        await office.settle()
        assert office.form(ANA)["title"]["text"] == title
        await office.sandbox.close_view(ANA, office.form(ANA)["id"])
    await office.sandbox.shortcut(ANA, menu.SHORTCUT, EXT_ACME, ts)
    await office.settle()
    await office.sandbox.press_view(ANA, office.form(ANA)["id"], menu.HELP)
    await office.settle()
    assert (await office.send_off(ANA, line=LINE)).ok
    assert is_about(office.dm(MIA)[0], ts)
    assert office.nothing_in_channels()


async def test_a_guest_cannot_call_on_anybody(office: Asking) -> None:
    assert await office.forged_command(GITA, f"ask {LINE}") == common.OUTSIDERS()
    assert office.asks() == []


async def _answered_by_mia(office: Asking) -> None:
    deps, (row,) = office.bot.deps, office.asks()
    with deps.db.begin() as tx:
        workspace = deps.workspaces.get(tx, OURS, deps.now())
        assert workspace
        assert store.answer(tx, workspace, row.id, MIA, Outcome.ANSWERED, "Here I am.", deps.now()) is None


def _at(hour: int) -> int:
    return int(datetime(2026, 3, 2, hour, tzinfo=UTC).timestamp())
