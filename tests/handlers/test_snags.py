"""Snags through real doors: told, shared by people, answered, and the loop closed in sight of the team."""

from datetime import UTC, datetime

import pytest

from bot.demo.place import ANA, CARE, LEE, MIA, OMAR, OURS
from bot.domain.asks import Kind, Outcome
from bot.domain.roles import Role
from bot.store import snags
from bot.views import ask_forms as forms
from bot.views import asks as views
from bot.views.words import ask_forms as form_words
from bot.views.words import asks as words
from bot.views.words.roles import not_for_you
from tests.handlers.asking import LED, Asking
from tests.handlers.office import Office, all_text, buttons, on_both_databases

SNAG = "The export stops at 500 rows"
NEXT_PAGE = datetime(2026, 3, 9, 10, 0, 1, tzinfo=UTC)


@pytest.fixture
async def office(office: Office) -> Asking:
    """The office with one more agent, whose team's page has come once before."""
    asking = Asking(office.sandbox, office.clock, office.bot)
    await asking.set_up(LED.replace(f'agents = ["{ANA}", "{LEE}"]', f'agents = ["{ANA}", "{LEE}", "{OMAR}"]'))
    return asking


async def me_too(office: Asking, user: str) -> None:
    """Somebody tells a snag, and finds that it is known."""
    assert await office.typed(user, "snag", CARE) == ""
    assert (await office.send_off(user, same=str(office.asks()[0].id))).ok
    await office.sandbox.close_view(user, office.form(user)["id"])


@on_both_databases
async def test_a_snag_with_two_me_toos_is_answered_to_all_three(office: Asking) -> None:
    assert words.CALLED[Kind.SNAG]() in await office.typed(ANA, f"snag {SNAG}")
    await me_too(office, LEE)
    await me_too(office, OMAR)
    await office.wait(minutes=5)
    (call,) = office.dm(MIA)
    assert words.me_toos(2) in all_text(call)
    assert office.dm(LEE) == []
    assert (await office.answers(MIA, call, "The new version is out.", outcome=Outcome.FIXED)).ok
    for user, about in ((ANA, words.YOU_ASKED()), (LEE, words.SAME_SNAG()), (OMAR, words.SAME_SNAG())):
        told = all_text(office.dm(user)[-1])
        assert told.startswith(f"<@{MIA}> says: fixed. The new version is out.")
        assert about % {"line": SNAG} in told
    await office.wait(days=3)
    assert [len(office.dm(user)) for user in (ANA, LEE, OMAR, MIA)] == [2, 1, 1, 1]
    assert office.nothing_in_channels()


async def test_a_promise_stays_open_until_something_came_of_it(office: Asking) -> None:
    await office.typed(ANA, f"snag {SNAG}")
    await office.answers(MIA, office.dm(MIA)[0], "By Friday.", outcome=Outcome.WHEN)
    assert buttons(office.dm(MIA)[0]) == [views.ANSWER]
    await office.wait(days=1)
    await me_too(office, LEE)
    await office.answers(MIA, office.dm(MIA)[0], "Done as I said.", outcome=Outcome.FIXED)
    assert [message["text"] for message in office.dm(ANA)[1:]] == [
        f"<@{MIA}> says when: By Friday.",
        f"<@{MIA}> says: fixed. Done as I said.",
    ]
    assert [message["text"] for message in office.dm(LEE)] == [f"<@{MIA}> says: fixed. Done as I said."]
    (row,) = office.asks()
    assert (row.working_s, row.answers, buttons(office.dm(MIA)[0])) == (0, 2, [])


async def test_what_has_to_stay_is_told_with_its_reason(office: Asking) -> None:
    await office.typed(ANA, f"snag {SNAG}")
    await office.press(MIA, office.dm(MIA)[0], views.ANSWER)
    assert (await office.send_off(MIA, outcome=Outcome.WONT, line=" ")).errors == {forms.LINE: words.EMPTY()}
    assert (await office.send_off(MIA, outcome=Outcome.WONT, line="The supplier goes away in May.")).ok
    assert office.dm(ANA)[-1]["text"].startswith(f"<@{MIA}> says that this one has to stay, because: The supplier")


async def test_a_new_snag_beside_a_known_one_is_a_new_one(office: Asking) -> None:
    await office.typed(ANA, f"snag {SNAG}")
    assert await office.typed(LEE, "snag Two logins for one booking") == ""
    shown = office.form(LEE)
    assert SNAG in str(shown["blocks"])
    assert form_words.NEW_SNAG() in str(shown["blocks"])
    assert (await office.send_off(LEE)).ok
    assert [row.line for row in office.asks()] == [SNAG, "Two logins for one booking"]


async def test_saying_me_too_twice_or_of_ones_own_counts_once(office: Asking) -> None:
    await office.typed(ANA, f"snag {SNAG}")
    for user in (LEE, LEE, ANA):
        await me_too(office, user)
    deps = office.bot.deps
    with deps.db.begin() as tx:
        workspace = deps.workspaces.get(tx, OURS, deps.now())
        assert workspace
        (snag,) = snags.open_of(tx, workspace, ["care"], 9)
    assert snag.people == 2


async def test_what_others_share_is_not_taken_back_from_under_them(office: Asking) -> None:
    await office.typed(ANA, f"snag {SNAG}")
    await me_too(office, LEE)
    await office.press(ANA, office.dm(ANA)[0], views.WITHDRAW)
    assert office.told(ANA) == words.SHARED()
    assert (await office.answers(MIA, office.dm(MIA)[0], "Done.", outcome=Outcome.FIXED)).ok
    assert office.dm(LEE)[-1]["text"] == f"<@{MIA}> says: fixed. Done."


async def test_another_teams_snags_are_not_offered(office: Asking) -> None:
    apart = LED.replace(f'agents = ["{ANA}", "{LEE}"]', f'agents = ["{ANA}"]')
    await office.set_up(apart.replace(f'agents = ["{MIA}"]', f'agents = ["{MIA}", "{LEE}"]'))
    await office.typed(ANA, f"snag {SNAG}")
    assert words.CALLED[Kind.SNAG]() in await office.typed(LEE, "snag The kettle leaks")


# -- in the digest -----------------------------------------------------------------------------------------------


async def in_a_week(office: Asking) -> str:
    """The team's next page, which comes on Monday at nine in Lisbon."""
    await office.until(NEXT_PAGE)
    return "\n".join(all_text(post) for post in office.home_posts())


@on_both_databases
async def test_the_page_says_what_was_said_and_done_and_names_nobody(office: Asking) -> None:
    await office.until(datetime(2026, 3, 3, 10, tzinfo=UTC))
    await office.typed(ANA, f"snag {SNAG}")
    await me_too(office, LEE)
    await office.typed(ANA, "ask May I refund?")
    await office.wait(minutes=5)
    snag, help_ = office.asks()
    await office.answers(MIA, office.dm(MIA)[0], "The new version is out.", snag.id, outcome=Outcome.FIXED)
    await office.answers(MIA, office.dm(MIA)[0], "You may.", help_.id)
    await office.typed(LEE, "snag Two logins for one booking")
    page = await in_a_week(office)
    assert f"“{SNAG}”: fixed. The new version is out." in page
    assert "1 call for help was answered." in page
    assert "Two logins for one booking" in page
    for user in (ANA, LEE, MIA):
        assert user not in page
    assert "May I refund" not in page


async def test_how_soon_a_leader_answers_is_told_with_their_leave_and_from_three_answers_on(office: Asking) -> None:
    await office.until(datetime(2026, 3, 3, 10, tzinfo=UTC))
    assert "off" in await office.typed(MIA, "leader-time")
    assert "on" in await office.typed(MIA, "leader-time on")
    await answered_after_20_minutes(office, times=3)
    assert "*Mia* usually had word for you after about 20 minutes of working time." in await in_a_week(office)


@pytest.mark.parametrize(("times", "choice"), [(2, "on"), (3, "off")])
async def test_without_leave_or_with_too_few_answers_no_time_is_told(office: Asking, times: int, choice: str) -> None:
    await office.until(datetime(2026, 3, 3, 10, tzinfo=UTC))
    await office.typed(MIA, f"leader-time {choice}")
    await answered_after_20_minutes(office, times=times)
    page = await in_a_week(office)
    assert f"{times} calls for help were answered." in page
    assert "usually had word" not in page


async def test_only_who_leads_has_a_time_to_show(office: Asking) -> None:
    assert await office.typed(ANA, "leader-time on") == not_for_you(Role.DEPUTY, ["Mia"])


async def answered_after_20_minutes(office: Asking, times: int) -> None:
    """Asks, one after the other."""
    for number in range(times):
        await office.typed(ANA, f"ask Question {number}")
        await office.wait(minutes=20)
        await office.answers(MIA, office.dm(MIA)[-1], "Like this.")
