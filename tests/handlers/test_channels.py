"""Which channels are looked after, and in which ones CareCue holds its tongue."""

from collections.abc import Callable

import pytest

from bot.demo.place import ACME, ADA, ANA, BOT, CARE, EXT_ACME, GITA, LEE, MIA, OMAR, OURS
from bot.slack.guard import FRESH
from tests.handlers.office import Office, all_text


def shared_channel(office: Office, inviter: str) -> str:
    """A channel shared with a customer that nobody has set up; somebody brings CareCue in."""
    world = office.sandbox.world
    channel = world.create(inviter, "ext-new")
    world.share(channel.id, ACME)
    world.invite(inviter, channel.id, ADA)
    world.invite(inviter, channel.id, BOT)
    return channel.id


async def test_a_channel_shared_outside_is_a_customers_and_its_inviter_the_owner(office: Office) -> None:
    channel = shared_channel(office, LEE)
    await office.settle()
    ts, _ = await office.asked(where=channel)
    assert (len(office.about(LEE, ts)), len(office.about(ANA, ts))) == (1, 0)


async def test_without_any_setup_the_inviter_is_told_by_default_targets_in_office_hours(office: Office) -> None:
    await office.set_up("")
    outsider = office.sandbox.world.add_person(team_id=OURS, name="ike").id
    channel = shared_channel(office, outsider)
    await office.until(office.clock.now().replace(hour=22))
    ts = await office.say(ADA, channel, "Is anybody there?")
    await office.wait(hours=11)
    assert office.about(outsider, ts) == []
    await office.wait(minutes=46)
    (first,) = office.about(outsider, ts)
    assert "45 minutes of 1 hour" in all_text(first)
    await office.wait(minutes=30)
    (second,) = office.about(outsider, ts)
    assert "Would a hand help?" in all_text(second)


async def test_the_first_message_in_a_new_shared_channel_counts_also_when_it_comes_at_once(office: Office) -> None:
    channel = shared_channel(office, LEE)
    ts = await office.say(ADA, channel, "Is anybody there?")
    assert office.waits() == [(ts, None)]


async def test_a_channel_of_our_own_is_nobodys_until_it_is_shared(office: Office) -> None:
    world = office.sandbox.world
    channel = world.create(LEE, "plans")
    world.invite(LEE, channel.id, BOT)
    await office.say(LEE, channel.id, "What do we do on Friday?")
    assert office.waits() == []
    world.share(channel.id, ACME)
    world.invite(LEE, channel.id, ADA)
    await office.settle()
    await office.say(ADA, channel.id, "Hello, what is this channel for?")
    assert len(office.waits()) == 1


async def test_a_channel_that_is_shared_no_more_is_left_alone(office: Office) -> None:
    channel = shared_channel(office, LEE)
    await office.say(ADA, channel, "Is anybody there?")
    office.sandbox.world.unshare(channel, ACME)
    await office.settle()
    await office.wait(days=1)
    assert not [one for one in office.dm(LEE) if "waits for you" in one["text"]]


async def test_a_channel_that_careCue_was_taken_out_of_is_left_alone(office: Office) -> None:
    office.sandbox.world.leave(BOT, EXT_ACME)
    await office.settle()
    office.sandbox.world.say(ADA, EXT_ACME, "Is anybody there?")
    await office.settle()
    assert office.waits() == []


def _share(office: Office) -> None:
    office.sandbox.world.share(CARE, ACME)


def _is_about_to_be_shared(office: Office) -> None:
    """Of which Slack sends no event."""
    office.sandbox.world.ask_to_share(CARE, ACME)


def _gains_a_guest(office: Office) -> None:
    office.sandbox.world.invite(ANA, CARE, GITA)


def _gains_a_customer(office: Office) -> None:
    office.sandbox.world.share(CARE, ACME)
    office.sandbox.world.invite(ANA, CARE, ADA)


def _one_of_it_becomes_a_guest(office: Office) -> None:
    office.sandbox.world.change_person(OMAR, is_restricted=True)


def _archived(office: Office) -> None:
    office.sandbox.world.archive(ANA, CARE)


DANGERS: dict[str, Callable[[Office], None]] = {
    "is shared with another company": _share,
    "is about to be shared with another company": _is_about_to_be_shared,
    "gains a guest": _gains_a_guest,
    "gains a customer": _gains_a_customer,
    "has a colleague who becomes a guest": _one_of_it_becomes_a_guest,
    "is archived": _archived,
}


@pytest.mark.parametrize("danger", DANGERS.values(), ids=DANGERS)
async def test_nothing_is_said_in_a_home_channel_that_others_read(
    office: Office, danger: Callable[[Office], None]
) -> None:
    await office.asked()
    await office.wait(minutes=45)
    assert len(office.home_posts()) == 1
    danger(office)
    await office.settle()
    await office.asked("And a second question: what about the hotel?")
    await office.wait(minutes=80)
    assert len(office.home_posts()) == 1
    (told,) = office.dm(MIA)
    assert told["text"].startswith("2 customers have waited for long"), "the manager hears of it all the same"


async def test_a_sharing_that_no_event_tells_of_is_noticed_within_ten_minutes(office: Office) -> None:
    await office.asked()
    await office.wait(minutes=45)
    office.sandbox.world.ask_to_share(CARE, ACME)
    await office.wait(minutes=FRESH.total_seconds() / 60 + 1)
    await office.asked("And a second question: what about the hotel?")
    await office.wait(minutes=60)
    assert len(office.home_posts()) == 1
