"""A new workspace: whoever sets CareCue up is greeted once, and says in three steps who, when and where."""

from typing import Any

import pytest
from sqlalchemy import delete

import handlers.first_run
from bot.demo.place import ADA, ANA, BOT, CARE, EXT_ACME, GITA, LEE, MIA, NIA, OURS
from bot.domain.first_run import Draft
from bot.sandbox.faults import Fault
from bot.store import first_run as store
from bot.store import setup
from bot.store.tables import people
from bot.views import first_run as views
from jobs import first_run
from tests.handlers.office import Office, all_text, buttons, on_both_databases

Json = dict[str, Any]


@pytest.fixture
async def empty(office: Office) -> Office:
    """Nothing is set up yet; Nia owns the workspace."""
    await office.set_up("")
    office.sandbox.world.person(NIA).is_primary_owner = True
    return office


async def greeted(office: Office, user: str = NIA) -> Json:
    """The greeting."""
    await first_run.greet(office.bot.deps)
    await office.settle()
    (message,) = office.dm(user)
    return message


async def exported(office: Office) -> str:
    return await office.bot.deps.db.run(setup.export, OURS)


def form(office: Office, user: str = NIA) -> Any:
    (view,) = office.sandbox.windows.stacks[user]
    return view


async def sent_off(office: Office, values: Json | None = None, user: str = NIA) -> Any:
    """A form is filled in and sent off."""
    outcome = await office.sandbox.submit(user, form(office, user).id, values or {})
    await office.settle()
    return outcome


@on_both_databases
async def test_three_forms_set_up_the_first_team_and_the_message_follows(empty: Office) -> None:
    """All that is filled in already is good enough; only channels are chosen. Then CareCue is invited."""
    empty.sandbox.world.leave(BOT, EXT_ACME)
    await empty.settle()
    hello = await greeted(empty)
    assert buttons(hello) == [views.START, views.NOT_NOW]
    await empty.press(NIA, hello, views.START)
    assert (await sent_off(empty)).ok
    assert (await sent_off(empty)).ok
    assert (await sent_off(empty, {views.CHANNELS: [EXT_ACME], views.HOME: CARE})).ok
    text = await exported(empty)
    assert f'[team.customer-care]\nname = "Customer care"\nagents = ["{NIA}"]\nmanagers = ["{NIA}"]' in text
    assert 'zone = "Europe/Lisbon"\nmon-fri = ["09:00-17:00"]' in text
    assert f'[channel.{EXT_ACME}]\nkind = "customer"\nteam = "customer-care"' in text
    so_far = empty.now_reads(NIA, hello)
    assert "type `/invite @CareCue` in this channel" in all_text(so_far)
    assert f"<#{EXT_ACME}>: waits for your invitation\n<#{CARE}>: I am there" in all_text(so_far)
    empty.sandbox.world.invite(LEE, EXT_ACME, BOT)
    await empty.settle()
    await first_run.follow(empty.bot.deps)
    await empty.settle()
    assert "I am in all of its channels" in all_text(empty.now_reads(NIA, hello))
    assert len(empty.dm(NIA)) == 1


async def test_the_first_nudge_follows_at_once_where_somebody_has_waited_too_long(empty: Office) -> None:
    """What was said before CareCue came is read as well."""
    world = empty.sandbox.world
    world.leave(BOT, EXT_ACME)
    await empty.settle()
    ts = world.say(ADA, EXT_ACME, "Is the terrace free on Friday?").ts
    await empty.wait(minutes=70)
    hello = await greeted(empty)
    await empty.press(NIA, hello, views.START)
    for values in ({}, {}, {views.CHANNELS: [EXT_ACME]}):
        await sent_off(empty, values)
    world.invite(LEE, EXT_ACME, BOT)
    await empty.settle()
    assert len(empty.about(NIA, ts)) == 1


async def test_it_greets_once_ever(empty: Office) -> None:
    hello = await greeted(empty)
    await empty.press(NIA, hello, views.NOT_NOW)
    assert "`/care setup` is there" in empty.now_reads(NIA, hello)["text"]
    await empty.wait(days=40)
    await first_run.greet(empty.bot.deps)
    await empty.settle()
    assert len(empty.dm(NIA)) == 1


async def test_whoever_the_settings_name_is_greeted_in_the_owners_place(empty: Office) -> None:
    """And is an admin of CareCue's from then on."""
    deps = empty.bot.deps
    object.__setattr__(deps, "settings", deps.settings.model_copy(update={"installer": MIA}))
    hello = await greeted(empty, MIA)
    assert empty.dm(NIA) == []
    await empty.press(MIA, hello, views.START)
    for values in ({views.AGENTS: [ANA, LEE]}, {}, {}):
        await sent_off(empty, values, MIA)
    assert f'admins = ["{MIA}"]' in await exported(empty)
    assert "type `/invite @CareCue` in a channel where customers write" in all_text(empty.now_reads(MIA, hello))


async def test_nobody_is_greeted_where_a_team_is_set_up(office: Office) -> None:
    office.sandbox.world.person(NIA).is_primary_owner = True
    assert await first_run.greet(office.bot.deps) == 0
    await office.settle()
    assert office.dm(NIA) == []


async def test_a_workspace_of_which_slack_names_no_owner_is_asked_about_once(empty: Office) -> None:
    empty.sandbox.world.person(NIA).is_primary_owner = False
    calls = empty.sandbox.record.calls
    for _ in range(2):
        assert await first_run.greet(empty.bot.deps) == 0
    assert [call.method for call in calls].count("users.list") == 1


@pytest.mark.parametrize(
    ("values", "beside", "says"),
    [
        ({views.HOURS: "whenever"}, views.HOURS, "“whenever” is neither a day nor hours."),
        ({views.HOURS: "mon-fri"}, views.HOURS, "Name the days and their hours"),
        ({views.ZONE: "Lisbon"}, views.ZONE, "Lisbon"),
    ],
)
async def test_wrong_hours_are_told_beside_their_field(empty: Office, values: Json, beside: str, says: str) -> None:
    await empty.press(NIA, await greeted(empty), views.START)
    await sent_off(empty)
    outcome = await sent_off(empty, values)
    assert says in outcome.errors[beside]


async def test_around_the_clock_is_a_week_too(empty: Office) -> None:
    await empty.press(NIA, await greeted(empty), views.START)
    for values in ({}, {views.HOURS: "Around the clock", views.TARGET: "5"}, {}):
        await sent_off(empty, values)
    text = await exported(empty)
    assert 'mon-sun = ["00:00-24:00"]' in text
    assert 'first = "5m"' in text


async def test_guests_are_on_no_team(empty: Office) -> None:
    """Beside a field stands plain text: their name as it is."""
    empty.sandbox.world.change_person(GITA, real_name="Gita & Co", display_name="Gita & Co")
    await empty.settle()
    await empty.press(NIA, await greeted(empty), views.START)
    outcome = await sent_off(empty, {views.AGENTS: [NIA, GITA]})
    assert "Gita & Co is an app, or a guest" in outcome.errors[views.AGENTS]


async def test_a_form_does_not_wait_for_slack_longer_than_slack_waits_for_it(
    empty: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the first day nobody has been met, and a team may be large."""
    monkeypatch.setattr(handlers.first_run, "LEARN", 0.05)
    await empty.press(NIA, await greeted(empty), views.START)
    new = empty.sandbox.world.add_person(id="U0NEW", team_id=OURS, name="new").id
    await empty.settle()
    with empty.bot.deps.db.begin() as tx:
        tx.execute(delete(people).where(people.c.user_id == new))
    empty.sandbox.faults.add(Fault("hold", method="users.info"))
    assert (await sent_off(empty, {views.AGENTS: [NIA, new]})).ok
    assert form(empty).stated["callback_id"] == views.HOURS_FORM
    empty.sandbox.faults.clear()


async def test_a_customers_channel_cannot_be_the_teams_own(empty: Office) -> None:
    await empty.press(NIA, await greeted(empty), views.START)
    for _ in range(2):
        await sent_off(empty)
    outcome = await sent_off(empty, {views.CHANNELS: [EXT_ACME], views.HOME: EXT_ACME})
    assert "must not go there" in outcome.errors[views.HOME]


async def test_a_setup_that_came_meanwhile_by_a_file_is_not_overwritten(empty: Office) -> None:
    await empty.press(NIA, await greeted(empty), views.START)
    for _ in range(2):
        await sent_off(empty)
    await empty.set_up(f'[team.care]\nname = "Care"\nagents = ["{ANA}"]\n')
    before = await exported(empty)
    outcome = await sent_off(empty, {views.CHANNELS: [EXT_ACME]})
    assert "set up already" in outcome.errors[views.CHANNELS]
    assert await exported(empty) == before


async def test_two_who_save_at_once_set_up_one_team(empty: Office) -> None:
    """Both were let in while there was none."""
    await greeted(empty)
    deps = empty.bot.deps
    before = await deps.db.run(deps.workspaces.get, OURS, deps.now())
    assert before
    mine, theirs = Draft("Care", (ANA,)), Draft("Support", (LEE,))
    assert await deps.db.run(store.save, before, NIA, mine, ([], None), deps.now()) is None
    said = await deps.db.run(store.save, before, NIA, theirs, ([EXT_ACME], None), deps.now())
    assert "set up already" in str(said)
    assert "[team.support]" not in await exported(empty)


async def test_only_who_was_greeted_and_admins_may_begin(empty: Office) -> None:
    hello = await greeted(empty)
    channel = empty.sandbox.world.direct(NIA, BOT).id
    await empty.forged_press(ANA, channel, hello, views.START)
    assert ANA not in empty.sandbox.windows.stacks or not empty.sandbox.windows.stacks[ANA]


async def test_outside_of_hours_the_message_says_when_it_begins(empty: Office) -> None:
    """Nobody wonders on a Monday evening why nothing rings."""
    await empty.press(NIA, await greeted(empty), views.START)
    await empty.until(empty.clock.now().replace(hour=20))
    for values in ({}, {}, {views.CHANNELS: [EXT_ACME]}):
        await sent_off(empty, values)
    (message,) = empty.dm(NIA)
    assert "The team is not at work now: what is due rings from <!date^1772528400^" in all_text(message)


async def test_a_slip_in_the_settings_can_be_mended(empty: Office) -> None:
    """Nobody is greeted by an id that nobody has; once it is right, its owner is."""
    deps = empty.bot.deps
    for user in ("U0NOBODY", MIA):
        object.__setattr__(deps, "settings", deps.settings.model_copy(update={"installer": user}))
        await first_run.greet(deps)
        await empty.settle()
    assert buttons(empty.dm(MIA)[0]) == [views.START, views.NOT_NOW]
