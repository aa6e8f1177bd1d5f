"""The weekly prompt in the office: once a week, with a true reason, and with ways to take it up."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, GITA, KUDOS, LEE, MIA, OMAR, OURS
from bot.domain.prompt_book import book
from bot.domain.roles import Role
from bot.domain.weekly import Weekly
from bot.domain.weeks import week_of
from bot.sandbox import Fault
from bot.store import prompt_answers, prompt_commitments, setup
from bot.store import prompts as store
from bot.store.prompt_choices import Choice
from bot.store.prompt_tables import prompts as table
from bot.views import prompt_forms as forms
from bot.views import prompts as views
from bot.views.words import prompt_forms as form_words
from bot.views.words import prompts as words
from bot.views.words.roles import not_for_you
from jobs import people, prompts
from tests.handlers.office import CARE_FILE, Office, all_text, buttons, on_both_databases
from tests.jobs.weeks import Json, monday, week, weeks
from tests.views.reading import read

SHARED = "I answer your <questions> first."


def cues(office: Office, user: str = MIA) -> list[Json]:
    """The prompts that somebody got, as they read now."""
    return [message for message in office.dm(user) if words.FOR_YOU() in message["text"]]


def reminders(office: Office) -> list[Json]:
    return [message for message in office.dm(MIA) if message["text"].startswith(":bell:")]


async def first(office: Office) -> Json:
    """The first prompt of the office; it comes with the second Monday."""
    await people.meet_teams(office.bot.deps)
    await week(office)
    (cue,) = cues(office)
    return cue


async def fill(office: Office, values: dict[str, Any], user: str = MIA) -> bool:
    """The form that is open is sent off; whether it was taken."""
    form = office.sandbox.record.views(user)[-1].view
    outcome = await office.sandbox.submit(user, form["id"], values)
    await office.settle()
    return outcome.ok


async def take(office: Office, cue: Json, day: str | None = "2026-03-12", at: str = "09:00", share: str = "") -> bool:
    await office.press(MIA, cue, views.TAKE)
    return await fill(office, {forms.DAY: day, forms.TIME: at, forms.SHARE: share or None})


def told(office: Office, team: str = "care") -> tuple[str, ...]:
    """What the team's page tells of this week's commitments."""
    with office.bot.deps.db.begin() as tx:
        workspace = office.bot.deps.workspaces.get(tx, OURS, office.clock.now())
        assert workspace
        return prompt_commitments.commitments(tx, workspace, team, week_of("Europe/Lisbon", office.clock.now()))


def shown(office: Office) -> list[Any]:
    with office.bot.deps.db.begin() as tx:
        return list(tx.execute(select(table).order_by(table.c.id)))


# -- it comes ----------------------------------------------------------------------------------------------------


@on_both_databases
async def test_it_comes_once_a_week_to_who_leads_and_to_nobody_else(office: Office) -> None:
    cue = await first(office)
    assert buttons(cue) == [views.TAKE, views.ANOTHER, views.PASS, views.WHAT_HAPPENED]
    assert sum(await asyncio.gather(*(prompts.post(office.bot.deps) for _ in range(5)))) == 0
    assert len(cues(office)) == 1
    assert not any(cues(office, user) for user in (ANA, LEE, OMAR, ADA, BOB, GITA))
    await monday(office)
    assert len({cue["text"] for cue in cues(office)}) == 2


async def test_its_reason_is_true_of_the_teams_week(office: Office) -> None:
    assert "Chosen because 3 people had no kudos in the last 30 days." in all_text(await first(office))
    for one in (ANA, LEE, OMAR):
        await office.sandbox.command(
            MIA, CARE, "/kudos", f"private <@{one}|x> #kindness for staying calm with the bakery family"
        )
    await monday(office)
    assert "Nothing in the week stood out, so it is the turn of" in all_text(cues(office)[-1])


async def test_who_leads_two_teams_gets_one_that_says_whose_week_called_it(office: Office) -> None:
    await office.set_up(f'{CARE_FILE}\n[team.night]\nname = "Night *watch*"\nmanagers = ["{MIA}"]\n')
    assert "Chosen because in *Care* 3 people had no kudos in the last 30 days." in all_text(await first(office))


async def test_an_agents_call_for_help_that_waits_too_long_calls_the_next_one(office: Office) -> None:
    await first(office)
    await office.command(ANA, "ask May I refund the bakery?")
    await monday(office)
    said = all_text(cues(office)[-1])
    assert "Chosen because 1 ask waited longer than its target." in said
    assert "bakery" not in said


async def test_it_comes_at_the_hour_that_its_reader_chose_or_not_at_all(office: Office) -> None:
    await first(office)
    deps = office.bot.deps

    async def choose(choice: Choice) -> datetime | None:
        def work(tx: Any) -> datetime | None:
            workspace = deps.workspaces.get(tx, OURS, office.clock.now())
            assert workspace
            store.choose_hour(tx, workspace, MIA, choice, office.clock.now())
            return store.upcoming(tx, workspace, MIA, office.clock.now())

        return await deps.db.run(work)

    assert await choose(Choice(True, Weekly(2, 15 * 60))) == datetime(2026, 3, 18, 15, tzinfo=UTC)
    await office.until(datetime(2026, 3, 18, 16, tzinfo=UTC))
    assert len(cues(office)) == 2
    assert await choose(Choice(wanted=False)) is None
    await monday(office)
    await monday(office)
    assert len(cues(office)) == 2


async def test_whoever_leads_no_longer_gets_no_more(office: Office) -> None:
    await first(office)
    await office.set_up(CARE_FILE.replace(f'managers = ["{MIA}"]', f'managers = ["{OMAR}"]'))
    await monday(office)
    await monday(office)
    assert len(cues(office)) == 1
    assert len(cues(office, OMAR)) == 2


# -- taking it up ------------------------------------------------------------------------------------------------


@on_both_databases
async def test_who_takes_it_up_is_reminded_once_at_the_hour_they_chose(office: Office) -> None:
    cue = await first(office)
    assert await take(office, cue)
    assert f"{words.TAKEN()} A gentle reminder comes" in read(office.now_reads(MIA, cue))
    assert await take(office, cue, "2026-03-13", "15:30")
    await office.until(datetime(2026, 3, 13, 15, 29, tzinfo=UTC))
    assert reminders(office) == []
    await office.until(datetime(2026, 3, 15, tzinfo=UTC))
    (reminder,) = reminders(office)
    assert reminder["ts"].startswith(str(int(datetime(2026, 3, 13, 15, 30, tzinfo=UTC).timestamp())))
    await office.press(MIA, reminder, views.DONE)
    assert "Done." in read(office.now_reads(MIA, reminder))
    assert "Done." in read(office.now_reads(MIA, cue))


async def test_what_is_done_before_needs_no_reminder(office: Office) -> None:
    cue = await first(office)
    assert await take(office, cue)
    await office.press(MIA, cue, views.WHAT_HAPPENED)
    assert await fill(office, {forms.OUTCOME: "done"})
    await monday(office)
    assert reminders(office) == []


@pytest.mark.parametrize(
    ("day", "refusal"), [("2026-03-08", form_words.PASSED_ALREADY()), ("2026-05-01", form_words.TOO_FAR())]
)
async def test_a_reminder_cannot_lie_in_the_past_or_far_away(office: Office, day: str, refusal: str) -> None:
    cue = await first(office)
    await office.press(MIA, cue, views.TAKE)
    form = office.sandbox.record.views(MIA)[-1].view
    outcome = await office.sandbox.submit(MIA, form["id"], {forms.DAY: day})
    assert refusal in str(outcome)
    assert shown(office)[0].became is None


@on_both_databases
async def test_the_next_one_opens_with_what_was_chosen_and_asks_once(office: Office) -> None:
    cue = await first(office)
    assert await take(office, cue, None)
    act = shown(office)[0].prompt
    await monday(office)
    _, second = cues(office)
    assert f"*Last week you chose:* {views_act(act)}\nDone?" in read(second)
    await office.press(MIA, second, views.DONE)
    second = office.now_reads(MIA, second)
    assert ":white_check_mark: Done." in read(second)
    assert views.NOT_YET not in buttons(second)
    assert ":white_check_mark: Done." in read(office.now_reads(MIA, cue))
    await monday(office)
    assert "you chose:" not in read(cues(office)[-1])


def views_act(prompt_id: str) -> str:
    return next(one.act for one in book() if one.id == prompt_id)


@on_both_databases
async def test_another_can_be_had_twice_and_none_comes_back(office: Office) -> None:
    cue = await first(office)
    for left in (1, 0):
        await office.press(MIA, cue, views.ANOTHER)
        cue = office.now_reads(MIA, cue)
        assert (views.ANOTHER in buttons(cue)) == bool(left)
    assert len({row.prompt for row in shown(office)}) == 3
    assert len(cues(office)) == 1
    for _ in range(4):
        await monday(office)
    assert len({row.prompt for row in shown(office)}) == len(shown(office)) == 7


async def test_not_this_week_is_fine_and_can_be_thought_better_of(office: Office) -> None:
    cue = await first(office)
    await office.press(MIA, cue, views.PASS)
    cue = office.now_reads(MIA, cue)
    assert words.PASSED() in read(cue)
    assert buttons(cue) == [views.TAKE, views.WHAT_HAPPENED]
    assert await take(office, cue, None)
    assert words.TAKEN() in read(office.now_reads(MIA, cue))


async def test_what_is_pressed_while_it_is_on_its_way_holds(office: Office) -> None:
    """Slack is away when it is due; from the Home tab it is taken up all the same."""
    await people.meet_teams(office.bot.deps)
    office.sandbox.faults.add(Fault("error", method="chat.postMessage", error="internal_error", times=500))
    await week(office)
    assert cues(office) == []
    (row,) = shown(office)
    now = office.clock.now()

    def take_it(tx: Any) -> str | None:
        workspace = office.bot.deps.workspaces.get(tx, OURS, now)
        assert workspace
        return prompt_answers.take(tx, workspace, forms.Commitment(row.id, None, None), MIA, now)

    assert await office.bot.deps.db.run(take_it) is None
    office.sandbox.faults.clear()
    await office.wait(hours=2)
    (cue,) = cues(office)
    assert words.TAKEN() in read(office.now_reads(MIA, cue))


# -- whose it is -------------------------------------------------------------------------------------------------


async def test_nobody_else_presses_there(office: Office) -> None:
    cue = await first(office)
    direct = office.sandbox.world.direct(MIA, "U0CARECUE").id
    before = office.decided()
    for action in (views.TAKE, views.ANOTHER, views.PASS, views.WHAT_HAPPENED):
        await office.forged_press(ANA, direct, cue, action)
    assert office.decided() == before
    assert office.sandbox.record.views(ANA) == []


async def test_a_note_is_its_writers_alone(office: Office) -> None:
    cue = await first(office)
    assert await take(office, cue, None, share=SHARED)
    await office.press(MIA, cue, views.WHAT_HAPPENED)
    assert await fill(office, {forms.OUTCOME: "partly", forms.NOTE: "It was harder than I thought."})
    assert "Your note: It was harder than I thought." in read(office.now_reads(MIA, cue))
    assert told(office) == ("*Mia*: “I answer your &lt;questions&gt; first.” :white_check_mark: Done in part.",)
    await monday(office)
    said = [entry for entry in office.sandbox.record.posts(by_bot=True) if "harder than" in str(entry.message)]
    assert {entry.channel for entry in said} <= {office.sandbox.world.direct(MIA, "U0CARECUE").id}


async def test_a_commitment_is_told_to_its_own_team_and_only_if_it_was_shared(office: Office) -> None:
    night = f'\n[team.night]\nmanagers = ["{OMAR}"]\nagents = ["{LEE}"]\n'
    await office.set_up(f"{CARE_FILE}{night}")
    cue = await first(office)
    assert await take(office, cue, None)
    assert told(office) == ()
    assert await take(office, cue, None, share=SHARED)
    assert told(office) == ("*Mia*: “I answer your &lt;questions&gt; first.” Under way.",)
    assert told(office, "night") == ()
    await monday(office)
    assert told(office) == ()  # another week


async def test_the_team_reads_on_its_page_what_was_shared_and_nobody_is_rung(office: Office) -> None:
    cue = await first(office)
    assert await take(office, cue, share="Half an hour with each of you <!channel> <@U0ANA>.")
    await week(office)
    page = weeks(office)[-1]
    assert "*Mia*: “Half an hour with each of you &lt;!channel&gt; &lt;@U0ANA&gt;.” Under way." in read(page)


# -- the book ----------------------------------------------------------------------------------------------------


async def settings(office: Office, user: str) -> Json:
    """The message with the ways to the book, as /care prompt answers it."""
    direct = office.sandbox.world.direct(user, "U0CARECUE").id
    await (await office.bot.deps.slack.of(OURS)).post(direct, views.settings("How it stands.").payload())
    return office.dm(user)[-1]


async def exported(office: Office) -> str:
    return await office.bot.deps.db.run(setup.export, OURS)


async def test_a_manager_retires_prompts_and_brings_them_back(office: Office) -> None:
    await first(office)
    message = await settings(office, MIA)
    await office.press(MIA, message, views.RETIRE)
    assert await fill(office, {forms.RETIRED: ["empty-rota", "worst-hour"]})
    assert 'retired_prompts = ["worst-hour", "empty-rota"]' in (await exported(office)).replace(
        '["empty-rota", "worst-hour"]', '["worst-hour", "empty-rota"]'
    )
    await office.press(MIA, message, views.RETIRE)
    assert await fill(office, {forms.RETIRED: []})
    assert "retired" not in await exported(office)


async def test_what_is_retired_does_not_come_and_ones_own_do(office: Office) -> None:
    await people.meet_teams(office.bot.deps)
    message = await settings(office, MIA)
    await office.press(MIA, message, views.ADD)
    texts = {
        forms.TITLE: "Visit a bakery",
        forms.WHY: "An hour in a kitchen explains a year of questions.",
        forms.ACT: "Visit one customer near you <!channel>.",
        forms.QUESTION: "What surprised you there?",
        forms.NOTICES: "Somebody tells of it.",
    }
    assert await fill(
        office, texts | {forms.TEAM: "care", forms.DIMENSION: "ethical_behaviour", forms.FEEDS: "kindness"}
    )
    assert 'id = "visit-a-bakery"' in await exported(office)
    await office.press(MIA, message, views.RETIRE)
    everything = [one.id for one in book()]
    assert await fill(office, {forms.RETIRED: everything})
    await week(office)
    (cue,) = cues(office)
    assert "Visit a bakery" in read(cue)
    assert "<!channel>" not in str(cue)
    await monday(office)
    assert len(cues(office)) == 1  # there is no other one, and never the same within a quarter


async def test_an_agent_changes_no_book(office: Office) -> None:
    before = await exported(office)
    message = await settings(office, ANA)
    for action in (views.RETIRE, views.ADD):
        await office.press(ANA, message, action)
        assert office.told(ANA) == not_for_you(Role.MANAGER, ["Mia"])
    assert office.sandbox.record.views(ANA) == []
    assert await exported(office) == before


# -- for all who lead --------------------------------------------------------------------------------------------

WITH_LEADERS = CARE_FILE.replace("[team.care.hours]", f'managers_channel = "{KUDOS}"\n\n[team.care.hours]')


def posts(office: Office) -> list[Json]:
    return [entry.message for entry in office.sandbox.record.posts(channel=KUDOS, by_bot=True)]


@on_both_databases
async def test_a_channel_of_managers_gets_one_as_well_that_tells_of_no_team(office: Office) -> None:
    await office.set_up(WITH_LEADERS)
    await first(office)
    (post,) = posts(office)
    assert post["text"].startswith(words.FOR_LEADERS())
    assert buttons(post) == []
    assert "kudos in the last" not in all_text(post)
    await monday(office)
    assert len({post["text"] for post in posts(office)}) == 2


async def test_nothing_is_posted_there_once_a_guest_reads(office: Office) -> None:
    await office.set_up(WITH_LEADERS)
    office.sandbox.world.invite(MIA, KUDOS, GITA)
    await first(office)
    assert posts(office) == []
    assert "guests or people of another company" in str(office.tables()["outbox"])


async def test_no_word_of_it_reaches_a_customer(office: Office) -> None:
    await office.set_up(WITH_LEADERS)
    cue = await first(office)
    assert await take(office, cue, share=SHARED)
    await monday(office)
    inside = {CARE, KUDOS, *(office.sandbox.world.direct(user, "U0CARECUE").id for user in (ANA, LEE, OMAR, MIA))}
    assert {entry.channel for entry in office.sandbox.record.posts(by_bot=True)} <= inside
    assert EXT_ACME not in inside
    assert office.dm(ADA) == office.dm(BOB) == office.dm(GITA) == []
