"""Who is not of the team that installed CareCue drives nothing: every door turns them away and nothing changes."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.demo.listed import choose
from bot.demo.place import ACME, ADA, ANA, BOT, CARE, EXT_ACME, GITA, LEE, MIA, OMAR, OURS
from bot.sandbox import Fault, Refused
from bot.views import living_list as views
from bot.views import nudges, ways_out
from bot.views.living_list import Way
from bot.views.words import common
from bot.views.words import nudges as words
from tests.handlers.office import Office, buttons

Json = dict[str, Any]
Stranger = Callable[[Office], str]


def _deactivated(office: Office) -> str:
    office.sandbox.world.change_person(OMAR, deleted=True)
    return OMAR


def _app(office: Office) -> str:
    bot = office.sandbox.world.add_person(team_id=OURS, name="deploybot", is_bot=True, bot_id="B0DEPLOY")
    return bot.id


def _multi_channel_guest(office: Office) -> str:
    return office.sandbox.world.add_person(team_id=OURS, name="gus", is_restricted=True).id


STRANGERS: dict[str, Stranger] = {
    "a customer of another company": lambda _: ADA,
    "a guest": lambda _: GITA,
    "a guest nobody has met": _multi_channel_guest,
    "someone of another company nobody has met": lambda o: o.sandbox.world.add_person(team_id=ACME, name="al").id,
    "a deactivated agent": _deactivated,
    "an app": _app,
    "someone whom Slack does not know": lambda o: _forgotten(o),
}
every_stranger = pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)


def _forgotten(office: Office) -> str:
    """users.info will say user_not_found."""
    person = office.sandbox.world.add_person(team_id=ACME, name="ghost")
    office.sandbox.faults.add(Fault("error", method="users.info", error="user_not_found"))
    return person.id


@every_stranger
async def test_a_strangers_presses_commands_and_forms_are_refused_and_change_nothing(
    office: Office, stranger: Stranger
) -> None:
    ts, nudge = await office.asked()
    await choose(office, ANA, ts, Way.ON_IT)
    form = office.sandbox.record.views(ANA)[-1].view["id"]
    user = stranger(office)
    await office.settle()
    before = office.decided()
    direct = office.sandbox.world.direct(ANA, BOT).id
    for way in Way:
        assert (await office.forged_press(user, direct, nudge, views.WAY, f"{way}:{value_of(nudge)}")).ok
    assert [entry.text for entry in office.sandbox.record.ephemerals(user)] == [common.OUTSIDERS()] * len(Way)
    assert await office.forged_command(user) == common.OUTSIDERS()
    office.sandbox.windows.view(form).user = user
    answer = await office.forged_submission(user, form)
    assert answer.body == {"response_action": "errors", "errors": {ways_out.UNTIL: common.OUTSIDERS()}}
    assert office.decided() == before
    assert office.sandbox.record.views(user) == []


async def test_slack_itself_offers_the_command_to_nobody_outside(office: Office) -> None:
    with pytest.raises(Refused):
        await office.sandbox.command(ADA, EXT_ACME, "/care")


async def test_a_colleague_cannot_send_off_a_form_for_somebody_elses_line(office: Office) -> None:
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.ON_IT)
    shown = office.sandbox.record.views(ANA)[-1].view
    office.sandbox.windows.view(shown["id"]).user = LEE
    before = office.decided()
    answer = await office.forged_submission(LEE, shown["id"])
    assert words.NOT_YOURS() in str(answer.body)
    assert office.decided() == before


async def test_a_nudge_to_the_team_may_be_taken_by_anyone_of_ours_who_reads_it(office: Office) -> None:
    ts, _ = await office.asked()
    await office.wait(minutes=45)
    (post,) = office.home_posts()
    assert buttons(post) == [nudges.OPEN, nudges.CLAIM]
    await office.sandbox.press(MIA, CARE, post["ts"], nudges.CLAIM)
    await office.settle()
    assert office.owner(ts) == MIA


async def test_a_guest_who_came_into_the_home_channel_later_cannot_take_it(office: Office) -> None:
    ts, _ = await office.asked()
    await office.wait(minutes=45)
    (post,) = office.home_posts()
    office.sandbox.world.invite(ANA, CARE, GITA)
    await office.settle()
    await office.sandbox.press(GITA, CARE, post["ts"], nudges.CLAIM)
    await office.settle()
    assert office.told(GITA) == common.OUTSIDERS()
    assert office.owner(ts) == ANA


async def test_values_that_no_button_of_ours_carries_are_answered_politely(office: Office) -> None:
    _, nudge = await office.asked()
    before = office.decided()
    direct = office.sandbox.world.direct(ANA, BOT).id
    world_blocks = office.sandbox.world.message(direct, nudge["ts"]).blocks
    for value in ("", "x", "-1", "999999", "1; DROP TABLE waits", "٣", "1" * 40):
        world_blocks[-1]["elements"][1]["options"][3]["value"] = f"{Way.PAUSE}:{value}"
        await office.press(ANA, nudge, views.WAY, f"{Way.PAUSE}:{value}")
        assert office.told(ANA) == words.OVER_ALREADY(), value
    assert office.decided() == before


def value_of(nudge: Json) -> str:
    """What the list's one line is about."""
    (row,) = [block for block in nudge["blocks"] if block["type"] == "actions"]
    return str(row["elements"][0]["value"])
