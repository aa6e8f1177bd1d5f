"""Set-up in Slack: every form checks itself, shows what it does before it counts, and what was done can be undone."""

from datetime import timedelta

import pytest

from bot.demo.place import ADA, ANA, CARE, EXT_ACME, GENERAL, GITA, KUDOS, LEE, MIA, NIA
from bot.domain.setup import ChannelRule, CustomerSetup, Override, Targets
from bot.views import setup_channels, setup_forms, setup_history, setup_home
from bot.views.language import speaking
from bot.views.words import common
from bot.views.words import setup_changes as change_words
from bot.views.words import setup_effect as effect_words
from bot.views.words import setup_history as history_words
from bot.views.words import setup_home as words
from tests.handlers.office import CARE_FILE, Office, on_both_databases
from tests.handlers.setting_up import SettingUp


@pytest.fixture
async def office(office: Office) -> SettingUp:
    return SettingUp(office.sandbox, office.clock, office.bot)


# -- the way of every change ---------------------------------------------------------------------------------------


@on_both_databases
async def test_a_change_is_shown_before_it_counts_and_moves_who_waits(office: SettingUp) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.begins(NIA, "channels")
    await office.opens(f"channel:{EXT_ACME}")
    assert (await office.sends(owner=[LEE], first="20m", next="40m")).ok
    effect = office.reads()
    assert f"• channel <#{EXT_ACME}>: owner is now <@{LEE}>, was <@{ANA}>" in effect
    assert "1 open wait moves" in effect
    assert office.owner(ts) == ANA, "nothing has changed yet"
    await office.saves()
    assert office.owner(ts) == LEE
    assert office.setup().targets_for(EXT_ACME).first == timedelta(minutes=20)
    assert effect_words.SAVED() in office.reads()
    await office.closes()
    assert f"looked after by <@{LEE}>" in office.reads(), "the page beneath has followed"


async def test_back_leads_to_the_form_and_nothing_was_saved(office: SettingUp) -> None:
    before = office.exported()
    await office.begins()
    await office.opens("targets:")
    await office.sends(first="2h", next="3h")
    await office.closes()
    view = office.looks_at()
    assert view["callback_id"] == "setup.targets"
    assert "2h" in str(view["state"]), "what was typed is still there"
    assert office.exported() == before
    assert office.history()[0].by is None


async def test_what_changes_nothing_says_so(office: SettingUp) -> None:
    await office.begins()
    await office.opens("targets:")
    await office.sends()
    assert effect_words.NOTHING() in office.reads()
    assert office.history()[0].by is None


async def test_what_is_wrong_stands_beside_its_field_in_the_words_of_the_file(office: SettingUp) -> None:
    await office.begins(NIA, "channels")
    await office.opens(f"channel:{EXT_ACME}")
    outcome = await office.sends(first="soon", relays="B01MAIL nonsense")
    assert "is not a working time" in office.error(outcome, "first")
    assert "is not a working time" in office.error(outcome, "next"), "one target alone is none"
    assert "is not the id of an app" in office.error(outcome, "relays")


async def test_what_does_not_fit_to_the_rest_is_said_beside_the_form(office: SettingUp) -> None:
    await office.begins()
    await office.opens("kudos:")
    outcome = await office.sends(channel=[EXT_ACME])
    assert "kudos are announced where only the team reads" in office.error(outcome, "channel")


async def test_what_was_wrong_before_stands_in_nobodys_way(office: SettingUp) -> None:
    """A file is refused as a whole; somebody who mends one thing in a form is not told of another."""
    await office.set_up(CARE_FILE)
    await office.begins()
    await office.opens("kudos:")
    assert (await office.sends(unthanked_after_days="45")).ok


async def test_of_two_who_change_it_at_once_the_second_looks_again(office: SettingUp) -> None:
    await office.begins()
    await office.opens("targets:")
    await office.sends(first="2h", next="3h")
    await office.set_up(CARE_FILE + '\n[kudos]\nemoji = "sparkling_heart"\n')
    await office.saves()
    assert change_words.CHANGED_MEANWHILE() in office.reads()
    assert office.setup().targets == Targets()


async def test_a_proposal_is_gone_after_a_day(office: SettingUp) -> None:
    await office.begins()
    await office.opens("targets:")
    await office.sends(first="2h", next="3h")
    await office.wait(days=1, minutes=1)
    await office.saves()
    assert change_words.NO_DRAFT() in office.reads()


# -- each form -----------------------------------------------------------------------------------------------------


async def test_a_channel_is_picked_set_up_and_taken_out_again(office: SettingUp) -> None:
    await office.begins(NIA, "channels")
    await office.presses(setup_channels.PICK, GENERAL)
    assert (await office.sends(kind="ignored")).ok
    await office.saves()
    await office.closes()
    known = office.setup().channel(GENERAL)
    assert known
    assert known.kind == "ignored"
    await office.opens(f"channel:{GENERAL}")
    await office.presses(setup_forms.REMOVE)
    assert f"channel <#{GENERAL}> removed" in office.reads()
    await office.saves()
    assert office.setup().channel(GENERAL) is None


async def test_a_channel_that_is_not_listed_opens_as_what_it_is(office: SettingUp) -> None:
    await office.set_up(f'{CARE_FILE}\n[[rule]]\nprefix = "kud"\nkind = "ignored"\n')
    await office.begins(NIA, "channels")
    await office.presses(setup_channels.PICK, CARE)
    assert "Only the team reads here" in str(office.looks_at()["state"])
    await office.closes()
    await office.presses(setup_channels.PICK, KUDOS)
    assert "CareCue looks away here" in str(office.looks_at()["state"])


async def test_channel_rules_are_asked_in_their_order(office: SettingUp) -> None:
    await office.begins(NIA, "rules")
    await office.sets_up("rule:", prefix="#ext-", kind="customer", team="care")
    await office.sets_up("rule:", shared=["yes"], kind="ignored", place="1")
    assert office.setup().rules == (ChannelRule(None, True, "ignored"), ChannelRule("ext-", False, "customer", "care"))
    assert "1. Channels that are shared with another company" in office.reads()
    await office.opens('rule:["ext-", false]')
    outcome = await office.sends(prefix="")
    assert "this rule fits no channel" in office.error(outcome, "prefix")
    await office.presses(setup_forms.REMOVE)
    await office.saves()
    assert len(office.setup().rules) == 1


async def test_somebody_is_put_on_another_side(office: SettingUp) -> None:
    await office.begins(NIA, "overrides")
    await office.sets_up("override:", user=[GITA], **{"is": "ours"})
    await office.opens(f"override:{GITA}/")
    await office.sends(channel=[EXT_ACME])
    await office.saves()
    await office.closes()
    assert office.setup().overrides == (Override(GITA, "ours", EXT_ACME),)
    await office.opens("override:")
    outcome = await office.sends(user=[ANA], **{"is": "customer"})
    assert "cannot be a customer everywhere" in office.error(outcome, "user")


async def test_a_customer_has_targets_of_their_own(office: SettingUp) -> None:
    await office.begins(NIA, "customers")
    await office.sets_up("customer:", user=[ADA], first="10m", next="30m")
    wanted = CustomerSetup(ADA, Targets(timedelta(minutes=10), timedelta(minutes=30)))
    assert office.setup().customers == (wanted,)
    await office.opens(f"customer:{ADA}")
    await office.presses(setup_forms.REMOVE)
    await office.saves()
    assert office.setup().customers == ()


async def test_somebody_works_elsewhere_and_at_other_hours(office: SettingUp) -> None:
    await office.begins(NIA, "people")
    await office.opens("person:")
    outcome = await office.sends(user=[LEE], country="us", region="XX", hours="mon-wed 9:00-13:00")
    assert "XX" in office.error(outcome, "region")
    assert (await office.sends(region="CA", hours__zone="America/Los_Angeles", days_off="2026-11-27")).ok
    await office.saves()
    person = office.setup().person(LEE)
    assert (person.zone, person.country, person.region) == ("America/Los_Angeles", "US", "CA")
    assert person.days
    assert [bool(day) for day in person.days] == [True] * 3 + [False] * 4


async def test_the_ladder_is_written_a_step_a_line(office: SettingUp) -> None:
    await office.begins()
    await office.opens("targets:")
    outcome = await office.sends(ladder="90% owner reply\n80% home")
    assert "put them in order" in office.error(outcome, "ladder")
    assert (await office.sends(ladder="80% owner reply\n120% manager")).ok
    await office.saves()
    assert [(step.at, step.to, step.say) for step in office.setup().ladder] == [
        (80, "owner", "reply"),
        (120, "manager", "how_help"),
    ]
    await office.closes()
    await office.opens("targets:")
    await office.sends(ladder="")
    await office.saves()
    assert office.setup().ladder == ()


async def test_language_admins_and_works_council(office: SettingUp) -> None:
    await office.begins()
    await office.sets_up("workspace:", language="de", admins=[MIA, LEE], works_council=["yes"], away_emoji="")
    setup = office.setup()
    assert (setup.language, setup.works_council, setup.away_emoji) == ("de", True, ())
    assert set(setup.admins) == {MIA, LEE}


async def test_retention_is_days_or_for_good(office: SettingUp) -> None:
    await office.begins()
    await office.sets_up("retention:", conversations="90", kudos="365", answers="")
    retention = office.setup().retention
    assert (retention.conversations, retention.kudos, retention.answers, retention.grace) == (90, 365, None, 30)


# -- history -------------------------------------------------------------------------------------------------------


@on_both_databases
async def test_a_change_is_recorded_and_undone(office: SettingUp) -> None:
    before = office.exported()
    await office.begins()
    await office.sets_up("targets:", first="2h", next="3h")
    latest = office.history()[0]
    assert (latest.by, latest.at) == (NIA, office.clock.now())
    await office.presses(setup_forms.GO, "history")
    assert f"<@{NIA}>" in office.reads()
    assert "targets is now first 2h, next 3h" in office.reads()
    await office.presses(setup_history.UNDO, str(latest.id))
    assert history_words.PUT_BACK() in office.reads()
    assert office.exported() == before
    assert office.history()[1].undone


async def test_what_has_been_changed_since_is_not_put_back(office: SettingUp) -> None:
    await office.begins()
    await office.sets_up("targets:", first="2h", next="3h")
    first = office.history()[0].id
    await office.sets_up("targets:", first="4h", next="5h")
    await office.presses(setup_forms.GO, "history")
    await office.presses(setup_history.UNDO, str(first))
    assert history_words.NOT_PUT_BACK() in office.reads()
    assert office.setup().targets.first == timedelta(hours=4)


# -- who may -------------------------------------------------------------------------------------------------------


async def test_a_manager_sees_the_teams_they_lead_and_nothing_else(office: SettingUp) -> None:
    await office.set_up(CARE_FILE + f'\n[team.night]\nname = "Night"\nagents = ["{LEE}"]\n')
    page = await office.begins(MIA)
    assert "*Care*" in office.reads(MIA)
    assert "*Night*" not in office.reads(MIA)
    assert setup_forms.OPEN not in str(page)


async def test_an_agent_is_told_who_sets_up(office: SettingUp) -> None:
    await office.sandbox.command(ANA, EXT_ACME, "/care", "setup")
    await office.settle()
    assert setup_forms.GO not in str(office.sandbox.windows.top(ANA))


async def test_who_is_made_an_admin_by_the_setup_is_one(office: SettingUp) -> None:
    await office.set_up(f'admins = ["{LEE}"]\n{CARE_FILE}')
    await office.begins(LEE)
    assert words.HISTORY() in office.reads(LEE)


async def test_a_guest_comes_nowhere(office: SettingUp) -> None:
    assert await office.forged_command(GITA, "setup") == common.OUTSIDERS()


async def test_who_is_no_admin_any_more_saves_nothing(office: SettingUp) -> None:
    await office.begins()
    await office.opens("targets:")
    await office.sends(first="2h", next="3h")
    office.sandbox.world.change_person(NIA, is_admin=False)
    await office.settle()
    await office.saves()
    assert office.setup().targets == Targets()


async def test_an_admin_reads_it_in_their_own_language(office: SettingUp) -> None:
    office.sandbox.world.change_person(NIA, locale="de-DE")
    await office.settle()
    await office.begins()
    with speaking("de"):
        title = words.TITLE()
    assert title != words.TITLE()
    assert office.looks_at()["title"]["text"] == title


async def test_the_home_tab_of_an_admin_leads_to_it(office: SettingUp) -> None:
    view = await office.home(NIA)
    await office.sandbox.press_view(NIA, view["id"], setup_home.BEGIN)
    await office.settle()
    assert words.HISTORY() in office.reads()


async def test_the_home_tab_of_a_manager_leads_to_their_teams(office: SettingUp) -> None:
    view = await office.home(MIA)
    await office.sandbox.press_view(MIA, view["id"], setup_home.BEGIN)
    await office.settle()
    assert words.MANAGERS_INTRO() in office.reads(MIA)


# -- limits --------------------------------------------------------------------------------------------------------


async def test_more_channels_than_a_page_holds_are_turned_to(office: SettingUp) -> None:
    many = "\n".join(f'[channel.C0MANY{place:03}]\nkind = "ignored"' for place in range(40))
    await office.set_up(f"{CARE_FILE}\n{many}")
    await office.begins(NIA, "channels")
    assert "C0MANY000" in office.reads()
    assert "C0MANY039" not in office.reads()
    await office.presses(setup_forms.GO, "channels:30")
    assert "C0MANY039" in office.reads()
    assert "C0MANY000" not in office.reads()
