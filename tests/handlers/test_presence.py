"""Being left in peace, as people type it: what holds from then on, and where those who wait for them go."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.demo.place import ADA, ANA, CARE, EXT_ACME, LEE, MIA, OMAR, OURS
from bot.domain.absences import Event
from bot.domain.presence import Away, Mode, Quiet, Reason
from bot.sandbox.elements import find
from bot.sandbox.faults import Fault
from bot.store import absences, presence
from bot.views import presence as views
from jobs import presence as jobs
from tests.handlers.office import CARE_FILE, MONDAY, Office, on_both_databases

QUESTION = "Could you move Friday's delivery to the back door?"


def of(office: Office, user: str) -> Quiet:
    now = office.clock.now()
    with office.bot.deps.db.begin() as tx:
        workspace = office.bot.deps.workspaces.get(tx, OURS, now)
        assert workspace is not None
        return presence.quiet(tx, workspace, user, now)


@on_both_databases
async def test_who_wants_the_list_alone_gets_one_at_once_and_from_then_on_it_is_edited(office: Office) -> None:
    await office.command(ANA, "quiet")
    await office.settle()
    (before,) = office.dm(ANA)
    await office.say(ADA, EXT_ACME, QUESTION)
    await office.wait(minutes=70)
    (after,) = office.dm(ANA)
    assert after["ts"] == before["ts"]
    assert "caught up" in before["text"]
    assert "1 customer waits for you" in after["text"]


def stamp(hours: float) -> str:
    """The moment so many hours after Monday at ten, as Slack is told it."""
    return f"<!date^{int((MONDAY + timedelta(hours=hours)).timestamp())}^"


@on_both_databases
async def test_who_pauses_hears_until_when_and_where_the_customers_go(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    await office.wait(minutes=46)
    told = await office.command(ANA, "pause until friday")
    assert f"paused until *{stamp(95)}" in told  # nine o'clock on Friday
    assert "(Europe/Lisbon)" in told
    assert "1 customer who waits for you goes to those on duty." in told
    assert "/care resume" in told
    await office.settle()
    assert office.owner(ts) in (LEE, OMAR)
    assert of(office, ANA).away == Away(Reason.PAUSED, MONDAY + timedelta(hours=95))


@on_both_databases
async def test_a_pause_shows_in_the_list_and_one_press_ends_it(office: Office) -> None:
    assert "No customer waits for you." in await office.command(ANA, "pause")
    shown = await office.command(ANA)
    assert f"You are paused until *{stamp(23)}" in shown
    message = office.sandbox.record.ephemerals(ANA)[-1].message
    assert find(message["blocks"], views.RESUME, None)
    await office.sandbox.press(ANA, EXT_ACME, message["ts"], views.RESUME)
    await office.settle()
    assert of(office, ANA).away is None
    assert "paused" not in await office.command(ANA)


async def test_the_home_tab_shows_it_too(office: Office) -> None:
    await office.command(ANA, "pause for 2 h")
    office.sandbox.open_home(ANA)
    await office.settle()
    home = office.sandbox.record.views(ANA)[-1].view
    assert "You are paused until" in str(home["blocks"][0])
    await office.sandbox.press_view(ANA, home["id"], views.RESUME)
    await office.settle()
    assert "You are paused until" not in str(office.sandbox.record.views(ANA)[-1].view)


async def test_where_nobody_else_is_on_duty_customers_stay(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    await office.wait(minutes=46)
    for colleague in (LEE, OMAR):
        await office.command(colleague, "pause for 2 h", where=CARE)
    told = await office.command(ANA, "pause for 2 h")
    assert "Nobody else is on duty just now: 1 customer stays with you until somebody is." in told
    await office.settle()
    assert office.owner(ts) == ANA


@pytest.mark.parametrize(
    ("typed", "mode", "said"),
    [
        ("quiet", Mode.QUIET, "never rings"),
        ("digest-only", Mode.DIGEST_ONLY, "no list comes to you"),
        ("digest only", Mode.DIGEST_ONLY, "no list comes to you"),
    ],
)
async def test_quiet_and_digest_only_hold_until_resumed(office: Office, typed: str, mode: Mode, said: str) -> None:
    assert said in await office.command(ANA, typed)
    assert of(office, ANA).mode is mode
    assert of(office, ANA).away is None
    assert "You are back" in await office.command(ANA, "loud")
    assert of(office, ANA).mode is Mode.LOUD


async def test_own_hours_are_said_and_go_back_to_the_teams(office: Office) -> None:
    before = await office.command(ANA, "hours")
    assert "You work your team's hours, Europe/Lisbon:" in before
    assert "Monday to Friday: 09:00–17:00" in before
    told = await office.command(ANA, "hours mon-thu 11:00-13:00")
    assert "Your own working hours, Europe/Lisbon:" in told
    assert "Monday to Thursday: 11:00–13:00" in told
    assert of(office, ANA).away == Away(Reason.HOURS, MONDAY + timedelta(hours=1))
    assert await office.command(ANA, "hours") == told
    assert await office.command(ANA, "hours off") == before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("pause until firday", "Did you mean `/care pause until friday`?"),
        ("pause until <b>", "I can't tell until when “until &lt;b&gt;” is. Say it like `/care pause until friday`"),
        ("pause until today 9:00", "“until today 9:00” is past already."),
        ("pause for 100 days", "A pause lasts 90 days at most."),
        ("puase until friday", "Did you mean `/care pause until friday`?"),
        ("resum", "Did you mean `/care resume`?"),
        ("hours early", "“early” is neither a day nor hours. Say it like `/care hours mon-thu 9:00-13:00"),
        ("hours mon-fri", "Say it like `/care hours mon-thu 9:00-13:00"),
    ],
)
async def test_what_cannot_be_meant_is_one_sentence_with_an_example(office: Office, typed: str, told: str) -> None:
    said = await office.command(ANA, typed)
    assert told in said
    assert "\n" not in said
    assert of(office, ANA).away is None


async def test_resume_says_what_else_keeps_somebody_away(office: Office) -> None:
    office.sandbox.world.change_person(ANA, status_emoji=":palm_tree:")
    await office.settle()
    assert "Your Slack status says that you are away" in await office.command(ANA, "resume")


async def test_help_tells_of_it(office: Office) -> None:
    told = await office.command(MIA, "help")
    assert all(word in told for word in ("pause until friday", "resume", "quiet", "digest-only", "hours"))


@on_both_databases
async def test_a_status_that_says_away_passes_on_who_waits_until_it_ends(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    await office.wait(minutes=46)
    ends = office.clock.now() + timedelta(hours=2)
    office.sandbox.world.change_person(
        ANA, status_emoji=":face_with_thermometer:", status_text="Flu", status_expiration=int(ends.timestamp())
    )
    await office.settle()
    assert office.owner(ts) in (LEE, OMAR)
    assert of(office, ANA).away == Away(Reason.STATUS, ends.replace(microsecond=0))
    assert "Your Slack status says that you are away until" in await office.command(ANA)
    assert "Flu" not in str(office.tables())
    await office.wait(hours=2)
    assert of(office, ANA).away is None


async def test_any_other_status_changes_nothing(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    await office.wait(minutes=46)
    office.sandbox.world.change_person(ANA, status_emoji=":headphones:")
    await office.settle()
    assert office.owner(ts) == ANA


@on_both_databases
async def test_slacks_notification_hours_are_read_and_read_again_when_they_have_passed(office: Office) -> None:
    begins, ends = (int((MONDAY + timedelta(hours=hours)).timestamp()) for hours in (1, 2))
    office.sandbox.world.set_dnd(ANA, enabled=True, next_start_ts=begins, next_end_ts=ends)
    deps = office.bot.deps
    await office.settle()
    assert await jobs.read_dnd(deps) == 4  # the team, its manager too
    assert await jobs.read_dnd(deps) == 0
    assert of(office, ANA).dnd_until is None
    office.clock.advance(timedelta(minutes=61))
    assert of(office, ANA).dnd_until == MONDAY + timedelta(hours=2)
    office.clock.advance(timedelta(minutes=59))
    office.sandbox.world.set_dnd(ANA, next_start_ts=begins + 7200, next_end_ts=ends + 7200)
    assert of(office, ANA).dnd_until is None
    await jobs.read_dnd(deps)
    office.clock.advance(timedelta(hours=1, minutes=1))
    assert of(office, ANA).dnd_until == MONDAY + timedelta(hours=4)


async def test_without_the_scope_nothing_is_held_back_and_slack_is_not_asked_each_minute(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await office.settle()
    office.sandbox.faults.add(Fault("error", "dnd.teamInfo", error="missing_scope"))
    await jobs.read_dnd(office.bot.deps)
    assert "carecue doctor" in caplog.text
    assert await jobs.read_dnd(office.bot.deps) == 0
    assert of(office, ANA).dnd_until is None


@on_both_databases
async def test_an_absence_of_the_calendar_begins_by_itself(office: Office) -> None:
    begins = MONDAY + timedelta(minutes=20)
    events = [Event("Dentist: Ana", begins, begins + timedelta(hours=2))]
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    await office.bot.deps.db.run(take_over, office, events)
    await office.wait(minutes=19)
    assert office.owner(ts) == ANA
    await office.wait(minutes=2)
    assert office.owner(ts) in (LEE, OMAR)
    assert f"Your calendar says that you are away until *{stamp(2 + 1 / 3)}" in await office.command(ANA)


async def test_who_waits_for_somebody_on_a_day_off_is_a_colleagues_by_the_morning(office: Office) -> None:
    await office.set_up(f"{CARE_FILE}\n[person.{ANA}]\ndays_off = [2026-03-03]\n")
    await office.wait(hours=6, minutes=40)
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    await office.wait(hours=16, minutes=21)  # a minute past nine
    assert office.owner(ts) in (LEE, OMAR)
    assert of(office, ANA).away == Away(Reason.HOLIDAY, MONDAY + timedelta(hours=47))


@on_both_databases
async def test_own_hours_across_zones_decide_who_is_asked(office: Office) -> None:
    """Lee has moved to New York: at ten in Lisbon it is five there, and Ana's customers go to Omar."""
    office.sandbox.world.change_person(LEE, tz="America/New_York")
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    await office.wait(minutes=46)
    assert "goes to those on duty" in await office.command(ANA, "pause")
    await office.settle()
    assert office.owner(ts) == OMAR
    assert of(office, LEE).away == Away(Reason.HOURS, MONDAY + timedelta(hours=4))


def take_over(tx: Connection, office: Office, events: list[Event]) -> None:
    workspace = office.bot.deps.workspaces.get(tx, OURS, office.clock.now())
    assert workspace is not None
    absences.apply(tx, workspace, "leave.ics", events, office.clock.now())
