"""The weekly pages, as they come in the office: once a week, at home, with what may be told."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, EXT_BLUEBIRD, GITA, KUDOS, LEE, MIA, OMAR, OURS
from bot.sandbox import Fault
from bot.store import digest_choices
from bot.store.digest_choices import Choice
from bot.store.tables import channels as channels_table
from bot.views import charts
from bot.views import kudos as kudos_views
from bot.views import kudos_form as forms
from bot.views.words import digest as words
from jobs import digest, people
from tests.handlers.office import CARE_FILE, Office, on_both_databases
from tests.jobs.weeks import Json, day, monday, threads, week, weeks
from tests.views.reading import read


@on_both_databases
async def test_on_monday_the_team_finds_its_week_and_the_details_in_the_thread(office: Office) -> None:
    await week(office)
    (page,) = weeks(office)
    said = read(page)
    assert "We answered *6 new conversations*. *All answers* came in time." in said
    assert "A first reply typically came after *about 20 minutes* of working time." in said
    assert "After *all answers* nobody had to ask again within a day." in said
    assert "2 conversations ended with a kind word from the customer." in said
    (details,) = threads(office)
    assert details["thread_ts"] == page["ts"]
    assert "2 Mar | 20 min | 0% | 100% | 6" in read(details)


@on_both_databases
async def test_it_comes_once_however_many_tick(office: Office) -> None:
    await week(office)
    said = await asyncio.gather(*(digest.post(office.bot.deps) for _ in range(8)))
    await office.settle()
    assert sum(said) == 0
    assert len(weeks(office)) == 1
    await monday(office)
    assert len(weeks(office)) == 1  # a week without news has no page


async def test_from_the_second_week_on_there_is_a_chart_and_words_for_what_changed(office: Office) -> None:
    for minutes in (20, 30, 40, 20):
        await week(office, minutes)
    first, *_, last = weeks(office)
    assert not charts.has_chart(first)
    assert charts.has_chart(last)
    assert "about as many as usual" in read(last)
    assert "a little faster than usual" in read(last) or "much faster than usual" in read(last)
    assert "2 Mar 20, 9 Mar 30, 16 Mar 40, 23 Mar 20; the target is 60." in last["text"]


async def test_where_slack_refuses_the_chart_a_table_comes_in_its_place_once(office: Office) -> None:
    await week(office)
    office.sandbox.faults.add(Fault("refuse_block", method="chat.postMessage", block=charts.TYPE))
    await week(office, 30)
    page = weeks(office)[-1]
    assert len(weeks(office)) == 2
    assert not charts.has_chart(page)
    assert "Week | First reply | Target\n2 Mar | 20 | 60\n9 Mar | 30 | 60" in read(page)
    assert "2 Mar 20, 9 Mar 30; the target is 60." in page["text"]
    assert len(threads(office)) == 2


async def test_who_still_waits_is_named_with_the_way_there_and_without_a_time(office: Office) -> None:
    await day(office)
    ts = await office.say(BOB, EXT_BLUEBIRD, "And where is the other form?")
    await monday(office)
    (page,) = weeks(office)
    (line,) = (line for line in read(page).split("\n") if line.startswith("•"))
    assert line.startswith("• *Bob* in <#C0BLUEBIRD> · <https://")
    assert f"/p{ts.replace('.', '')}" in line
    assert "hour" not in line.replace("https", "")


@on_both_databases
async def test_where_only_two_answered_no_time_and_no_share_is_told_anywhere(office: Office) -> None:
    for _ in range(2):
        for who, where, by in ((ADA, EXT_ACME, ANA), (BOB, EXT_BLUEBIRD, LEE)):
            ts = await office.say(who, where, "Where do we find the form?")
            await office.wait(minutes=20)
            await office.say(by, where, "Under Billing.", ts)
        await monday(office)
    assert len(weeks(office)) == len(threads(office)) == 2
    assert "We answered *2 new conversations*" in read(weeks(office)[-1])
    for message in office.home_posts():
        assert not charts.has_chart(message)
        assert not re.search(r"minutes|hours? |in time|of 10|answers\*|%", read(message))


async def test_silence_broken_is_told_without_blame(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where do we find the form?")
    await office.morning(2)
    await office.say(ANA, EXT_ACME, "Sorry for the wait: under Billing.", ts)
    await monday(office)
    assert "1 customer heard from us after more than a day." in read(weeks(office)[0])


async def test_a_page_that_an_outage_held_up_comes_when_the_bot_is_back_with_its_true_dates(office: Office) -> None:
    await day(office)
    office.clock.advance(timedelta(days=9))  # nothing ticks on Monday; now it is Wednesday
    await office.settle()
    (page,) = weeks(office)
    assert "2 to 8 Mar 2026" in read(page)
    assert words.LATE() in read(page)
    await monday(office)
    assert len(weeks(office)) == 1


async def test_of_several_weeks_that_an_outage_held_up_only_the_latest_comes(office: Office) -> None:
    await day(office)
    for _ in range(3):
        office.clock.advance(timedelta(days=7))
        await unattended(office)
    office.clock.advance(timedelta(days=7))
    await office.settle()
    (page,) = weeks(office)
    assert "23 to 29 Mar 2026" in read(page)
    assert "We answered *1 new conversation*" in read(page)


async def unattended(office: Office) -> None:
    """A customer asks and is answered; the bot hears of it, but no clock of it ticks."""
    asked = office.sandbox.world.say(ADA, EXT_ACME, "Where do we find the form?")
    await office.sandbox.settled()
    office.clock.advance(timedelta(minutes=5))
    office.sandbox.world.say(ANA, EXT_ACME, "Under Billing.", thread_ts=asked.ts)
    await office.sandbox.settled()


async def test_a_team_that_was_set_up_this_week_hears_nothing_of_the_time_before(office: Office) -> None:
    await office.settle()
    assert weeks(office) == []
    assert len([row for row in office.tables()["occurrences"] if "'digest'" in row]) == 1


@pytest.mark.parametrize("hour", ['"fri 16:00"', '"tue 08:30"'])
async def test_it_comes_at_the_hour_that_the_team_has_chosen(office: Office, hour: str) -> None:
    await office.set_up(CARE_FILE.replace("[team.care.hours]", f"digest = {hour}\n\n[team.care.hours]"))
    await week(office)
    while not weeks(office):
        await office.wait(hours=1)
    at = office.clock.now()
    assert f"{at:%a}".lower() == hour[1:4]
    assert timedelta() <= at - at.replace(hour=int(hour[5:7]), minute=int(hour[8:10])) < timedelta(hours=1)


async def test_a_team_that_wants_no_page_gets_none(office: Office) -> None:
    await office.set_up(CARE_FILE.replace("[team.care.hours]", 'digest = "off"\n\n[team.care.hours]'))
    await week(office)
    assert weeks(office) == []


async def test_nothing_is_posted_where_a_guest_reads(office: Office) -> None:
    office.sandbox.world.invite(MIA, CARE, GITA)
    await office.settle()
    await week(office)
    assert weeks(office) == []
    assert "guests or people of another company" in str(office.tables()["outbox"])


async def test_no_word_of_it_stands_in_a_shared_channel_or_with_a_customer(office: Office) -> None:
    await office.bot.deps.db.run(digest_choices.choose, OURS, ANA, Choice(mine=True))
    await people.meet_teams(office.bot.deps)
    for minutes in (20, 30):
        await week(office, minutes)
    inside = {CARE, *(office.sandbox.world.direct(user, "U0CARECUE").id for user in (ANA, LEE, OMAR, MIA))}
    said = {entry.channel for entry in office.sandbox.record.posts(by_bot=True)}
    assert said <= inside
    assert office.dm(ADA) == office.dm(BOB) == office.dm(GITA) == []


# -- thanks ------------------------------------------------------------------------------------------------------


async def thank(office: Office, giver: str, receiver: str, why: str, where: str = "team", channel: str = CARE) -> None:
    outcome = await office.sandbox.command(giver, channel, "/kudos", f"{where} <@{receiver}|x> {why}")
    assert outcome.ok
    await office.settle()


async def test_thanks_are_told_as_stories_and_ring_nobody(office: Office) -> None:
    await thank(office, MIA, LEE, "#kindness for staying with the bakery family until it worked")
    await week(office)
    (page,) = weeks(office)
    assert "> staying with the bakery family until it worked\n~ *Mia* to *Lee* · :yellow_heart: kindness" in read(page)
    assert "<@" not in str(page)


async def test_what_was_given_in_private_is_told_nowhere(office: Office) -> None:
    await thank(office, MIA, LEE, "#kindness for staying with the bakery family until it worked", where="private")
    await week(office)
    assert "bakery" not in str(weeks(office))


async def test_whoever_does_not_want_to_be_announced_is_not_named(office: Office) -> None:
    outcome = await office.sandbox.command(LEE, CARE, "/kudos", "settings")
    assert outcome.ok
    form = office.sandbox.windows.view_json(office.sandbox.windows.top(LEE))  # type: ignore[arg-type]
    await office.sandbox.submit(LEE, form["id"], {forms.CHOICE: "never"})
    await office.settle()
    outcome = await office.sandbox.command(
        MIA, CARE, "/kudos", f"team <@{LEE}|lee> <@{OMAR}|omar> #kindness for staying with <@{LEE}|lee> and the family"
    )
    await office.settle()
    await week(office)
    (page,) = weeks(office)
    assert "*Mia* to *Omar*" in read(page)
    assert "Lee" not in read(page)
    assert "lee" not in read(page)


@pytest.mark.parametrize("way", ["socket-sqlite", "socket-postgresql"])
async def test_a_story_that_its_receiver_hides_leaves_the_page(office: Office) -> None:
    await thank(office, MIA, LEE, "#kindness for staying with the bakery family until it worked")
    await week(office)
    assert "bakery" in str(now_reads(office))
    (note,) = (one for one in office.dm(LEE) if "bakery" in str(one))
    await office.press(LEE, note, kudos_views.HIDE)
    assert "bakery" not in str(now_reads(office))
    assert "6 new conversations" in str(now_reads(office))


async def test_a_story_that_is_hidden_on_the_way_never_arrives_for_good(office: Office) -> None:
    """Slack is away when the page is due, and back after the receiver has hidden the story."""
    await thank(office, MIA, LEE, "#kindness for staying with the bakery family until it worked")
    await day(office)
    office.sandbox.faults.add(Fault("error", method="chat.postMessage", error="internal_error", times=10))
    await monday(office)
    (note,) = (one for one in office.dm(LEE) if "bakery" in str(one))
    await office.press(LEE, note, kudos_views.HIDE)
    office.sandbox.faults.clear()
    await office.wait(hours=2)
    assert weeks(office)
    assert "bakery" not in str(now_reads(office))


async def test_over_the_weeks_everybody_is_told_of(office: Office) -> None:
    for receiver in (LEE, OMAR, MIA):
        await thank(office, ANA, receiver, f"#kindness for helping the family number {receiver}")
    await week(office)
    for giver, receiver in ((ANA, LEE), (LEE, OMAR), (OMAR, MIA), (MIA, ANA)):
        await thank(office, giver, receiver, f"#kindness for staying with the family of {receiver}")
    await week(office)
    first, second = weeks(office)
    assert str(first).count("helping the family") == 3
    assert f"staying with the family of {ANA}" in str(second)
    assert str(second).count("staying with the family") == 3


async def test_thanks_announced_to_everybody_are_told_at_home_too(office: Office) -> None:
    await office.set_up(f'[kudos]\nchannel = "{KUDOS}"\n{CARE_FILE}')
    await office.settle()
    await thank(office, MIA, LEE, "#kindness for staying with the bakery family until it worked", where="public")
    await week(office)
    assert "bakery" in str(weeks(office))


async def test_thanks_announced_in_a_closed_kudos_channel_stay_there(office: Office) -> None:
    await office.set_up(f'[kudos]\nchannel = "{KUDOS}"\n{CARE_FILE}')
    await office.settle()
    await thank(office, MIA, LEE, "#kindness for staying with the bakery family until it worked", where="public")
    with office.bot.deps.db.begin() as tx:
        tx.execute(update(channels_table).where(channels_table.c.channel == KUDOS).values(is_private=True))
    await week(office)
    assert weeks(office)
    assert "bakery" not in str(weeks(office))


# -- by direct message -------------------------------------------------------------------------------------------


async def test_my_own_week_comes_to_me_alone_and_only_if_i_want_it(office: Office) -> None:
    await people.meet_teams(office.bot.deps)
    await office.command(ANA, "digest weekly")
    await week(office)
    mine = [message for message in office.dm(ANA) if "My week" in str(message)]
    assert len(mine) == 1
    assert "You answered *2 times*." in read(mine[0])
    assert not any("My week" in str(office.dm(user)) for user in (LEE, OMAR, MIA))
    await office.command(ANA, "digest off")
    await week(office)
    assert len([message for message in office.dm(ANA) if "My week" in str(message)]) == 1


async def test_a_manager_gets_the_load_without_asking_and_can_stop_it(office: Office) -> None:
    await people.meet_teams(office.bot.deps)
    await week(office)
    (load,) = loads(office)
    assert "Customers asked *6 times*. The team answered *6 times*: *6 new conversations*." in read(load)
    await office.command(MIA, "digest off")
    await week(office)
    assert len(loads(office)) == 1


async def test_answers_after_hours_are_a_sign_of_load_and_days_off_stand_against_what_is_usual(office: Office) -> None:
    await office.set_up(CARE_FILE.replace("[team.care.hours]", "days_off = [2026-03-11]\n\n[team.care.hours]"))
    await people.meet_teams(office.bot.deps)
    await day(office)
    await office.wait(hours=9)
    await day(office)
    await monday(office)
    (load,) = loads(office)
    assert "*3 answers* came outside working hours" in read(load)
    assert "That is a sign of load" in read(load)
    assert "Wednesday 11 Mar is a day off." in read(load)


async def test_whoever_leaves_gets_nothing_more(office: Office) -> None:
    await people.meet_teams(office.bot.deps)
    await office.settle()
    office.sandbox.world.change_person(MIA, deleted=True)
    await week(office)
    assert loads(office) == []


def loads(office: Office) -> list[Json]:
    return [message for message in office.dm(MIA) if words.TITLE() not in str(message) and "load" in str(message)]


def now_reads(office: Office) -> Json:
    """The last page as it stands in the channel by now."""
    (*_, last) = weeks(office)
    one = office.sandbox.world.message(CARE, last["ts"])
    return {"text": one.text, "blocks": one.blocks}
