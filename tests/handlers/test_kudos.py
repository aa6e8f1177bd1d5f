"""Giving kudos: by the command, by the form, from a message; refused kindly; heard only where the giver wants it."""

from typing import Any

import pytest

import handlers.doors
import handlers.kudos
from bot.demo.place import ADA, ANA, BOT, CARE, EXT_ACME, GENERAL, GITA, GUESTS, LEE, MIA, OMAR
from bot.domain.kudos import Code, Refused
from bot.sandbox import Fault
from bot.views import kudos_answers as answers
from bot.views import kudos_form as forms
from bot.views.words import common
from bot.views.words import kudos as words
from bot.views.words import kudos_form as form_words
from tests.handlers.office import all_text, buttons, on_both_databases
from tests.handlers.test_strangers import Stranger, every_stranger
from tests.handlers.thanking import FOR, Thanking, filled

# -- the command -------------------------------------------------------------------------------------------------


@on_both_databases
async def test_colleagues_named_in_the_command_hear_it_in_private_and_the_giver_sees_that(team: Thanking) -> None:
    told = await team.kudos(ANA, f"@lee @omar #kindness {FOR}")
    assert f"<@{LEE}> and <@{OMAR}> will hear it from you, in private." in all_text(told)
    for receiver, other in ((LEE, OMAR), (OMAR, LEE)):
        (note,) = team.notes(receiver)
        assert f"<@{ANA}> thanks you, together with <@{other}>." in all_text(note)
        assert f"> {FOR.removeprefix('for ')}" in all_text(note)
        assert ":yellow_heart: kindness" in all_text(note)
    assert team.announcements() == team.announcements(CARE) == []


@pytest.mark.parametrize(("word", "channel"), [("public", GENERAL), ("publicly", GENERAL), ("team", CARE)])
async def test_the_first_word_says_who_else_shall_hear_it(team: Thanking, word: str, channel: str) -> None:
    await team.kudos(ANA, f"{word} @lee {FOR}")
    (heard,) = team.announcements(channel)
    assert f"<@{ANA}> thanks <@{LEE}>." in all_text(heard)
    assert len(team.announcements(GENERAL) + team.announcements(CARE)) == 1
    assert len(team.notes(LEE)) == 1


async def test_a_user_group_is_all_its_people_but_the_giver(team: Thanking) -> None:
    group = team.sandbox.world.add_group("care", "Care", [ANA, LEE, OMAR])
    await team.kudos(ANA, f"<!subteam^{group.id}|@care> {FOR}")
    assert [len(team.notes(user)) for user in (ANA, LEE, OMAR)] == [0, 1, 1]


async def test_someone_whom_carecue_has_not_met_is_asked_about_first(team: Thanking) -> None:
    new = await team.unmet()
    await team.kudos(ANA, f"@ike {FOR}")
    assert len(team.notes(new)) == 1


@pytest.mark.parametrize("fault", [Fault("ratelimited", method="users.info", retry_after=30, times=9)])
async def test_while_slack_cannot_say_who_that_is_nothing_is_sent_and_nothing_lost(
    team: Thanking, fault: Fault
) -> None:
    new = await team.unmet()
    team.sandbox.faults.add(Fault("ratelimited", method="users.info", retry_after=30, times=9))
    told = await team.kudos(ANA, f"@ike {FOR}")
    assert words.UNREADABLE() in all_text(told)
    team.sandbox.faults.clear()
    await team.click(ANA, told, answers.MEND)
    assert (await team.send_off(ANA)).ok
    assert len(team.notes(new)) == 1


async def test_an_answer_that_takes_long_comes_after_the_acknowledgement(
    team: Thanking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers.doors, "PROMPT", 0.05)
    new = await team.unmet()
    team.sandbox.faults.add(Fault("delay", method="users.info", seconds=0.5))  # longer than this Slack waits
    told = await team.kudos(ANA, f"@ike {FOR}")
    assert f"<@{new}> will hear it from you, in private." in all_text(told)
    assert len(team.notes(new)) == 1


async def test_a_form_does_not_wait_for_slack_longer_than_slack_waits_for_it(
    team: Thanking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers.kudos, "LEARN", 0.05)
    new = await team.unmet()
    team.sandbox.faults.add(Fault("delay", method="users.info", seconds=0.5))
    await team.kudos(ANA)
    outcome = await team.send_off(ANA, receivers=[new], reason=FOR)
    assert outcome.errors == {forms.REASON: words.UNREADABLE()}
    assert (await team.send_off(ANA)).ok
    assert len(team.notes(new)) == 1


async def test_help_says_what_the_command_understands(team: Thanking) -> None:
    for typed in ("help", "HELP", "?"):
        assert "`/kudos mine`" in all_text(await team.kudos(ANA, typed))


# -- refusals ----------------------------------------------------------------------------------------------------

REFUSALS: dict[str, tuple[str, Refused]] = {
    "nobody is named": (FOR, Refused(Code.NOBODY)),
    "oneself": (f"@ana {FOR}", Refused(Code.SELF)),
    "oneself among others": (f"@ana @lee {FOR}", Refused(Code.SELF)),
    "a customer": (f"@ada {FOR}", Refused(Code.NOT_OURS, (ADA,))),
    "a guest": (f"@gita {FOR}", Refused(Code.NOT_OURS, (GITA,))),
    "an app": (f"<@{BOT}> {FOR}", Refused(Code.NOT_OURS, (BOT,))),
    "no reason": ("@lee", Refused(Code.NO_REASON)),
    "hardly a reason": ("@lee thanks", Refused(Code.NO_REASON)),
    "a letter": (f"@lee {'for all of it ' * 80}", Refused(Code.TOO_LONG, limit=1000)),
}


@pytest.mark.parametrize(("typed", "refused"), REFUSALS.values(), ids=REFUSALS)
async def test_a_refusal_says_why_sends_nothing_and_keeps_what_was_typed(
    team: Thanking, typed: str, refused: Refused
) -> None:
    told = await team.kudos(ANA, typed)
    who = [common.person(user) for user in refused.who]
    assert words.refused(refused, who) in all_text(told)
    assert [team.notes(user) for user in (ANA, LEE, GITA)] == [[], [], []]
    await team.click(ANA, told, answers.MEND)
    form = team.form(ANA)
    reason = filled(form, forms.REASON) or ""
    assert reason in typed.removeprefix("@lee ")
    assert len(reason) > 900 or reason == (FOR.removeprefix("for ") if FOR in typed else typed[5:])
    assert filled(form, forms.RECEIVERS) == [
        user for user in (ANA, LEE, ADA, GITA, BOT) if f"@{_handle(user)}" in typed or user in typed
    ]


def _handle(user: str) -> str:
    return user.removeprefix("U0").lower()


async def test_a_name_that_is_nobody_is_said_to_be_unknown_and_can_be_picked(team: Thanking) -> None:
    told = await team.kudos(ANA, f"@annabel @lee {FOR}")
    assert "I could not find “@annabel”." in all_text(told)
    assert team.notes(LEE) == []
    await team.click(ANA, told, answers.MEND)
    assert filled(team.form(ANA), forms.RECEIVERS) == [LEE]


async def test_what_was_refused_can_be_mended_and_sent(team: Thanking) -> None:
    told = await team.kudos(ANA, f"public @ana @lee #solutions {FOR}")
    await team.click(ANA, told, answers.MEND)
    assert (await team.send_off(ANA, receivers=[LEE])).ok
    assert len(team.notes(LEE)) == 1
    assert ":bulb: solutions" in all_text(team.announcements()[0])


async def test_the_same_two_thrice_a_week_and_then_next_week(team: Thanking) -> None:
    for _ in range(3):
        await team.kudos(ANA, f"@lee {FOR}")
    refused = words.refused(Refused(Code.PAIR, (LEE,), 3), [common.person(LEE)])
    assert refused in all_text(await team.kudos(ANA, f"@lee @omar {FOR}"))
    assert [len(team.notes(user)) for user in (LEE, OMAR)] == [3, 0]
    await team.wait(days=7)
    await team.kudos(ANA, f"@lee {FOR}")
    assert len(team.notes(LEE)) == 4


async def test_a_group_over_the_days_cap_is_refused_whole(team: Thanking) -> None:
    many = [team.sandbox.world.add_person(team_id="T0LINDEN", name=f"p{number}").id for number in range(11)]
    group = team.sandbox.world.add_group("all", "All", many)
    told = await team.kudos(ANA, f"<!subteam^{group.id}|@all> {FOR}")
    assert words.refused(Refused(Code.DAY, limit=10), []) in all_text(told)
    assert [team.notes(user) for user in many] == [[]] * 11


async def test_in_a_channel_without_kudos_none_are_given_and_the_words_are_shown_again(team: Thanking) -> None:
    await team.set_up_kudos(off=[EXT_ACME])
    ts = await team.say(ADA, EXT_ACME, "Could you look at our booking?")
    told = await team.kudos(ANA, f"@lee {FOR}", where=EXT_ACME)
    assert all_text(told).startswith(words.refused(Refused(Code.CHANNEL_OFF), []))
    assert FOR.removeprefix("for ") in all_text(told)
    assert buttons(told) == []
    await team.sandbox.shortcut(ANA, answers.SHORTCUT, EXT_ACME, ts)
    await team.settle()
    assert team.told(ANA) == words.refused(Refused(Code.CHANNEL_OFF), [])
    assert team.sandbox.record.views(ANA) == []
    assert team.notes(LEE) == []


# -- the form ----------------------------------------------------------------------------------------------------


async def test_without_words_a_form_opens_at_once_and_gives(team: Thanking) -> None:
    assert await team.kudos(ANA) == {}
    given = await team.send_off(ANA, receivers=[LEE, OMAR], reason=FOR, behaviours=["optimism"], where="kudos")
    assert given.ok
    assert [len(team.notes(user)) for user in (LEE, OMAR)] == [1, 1]
    (heard,) = team.announcements()
    assert f"<@{ANA}> thanks <@{LEE}> and <@{OMAR}>." in all_text(heard)
    assert ":sunny: optimism" in all_text(heard)
    assert "will hear it" in str(team.form(ANA)["blocks"])


async def test_the_form_offers_only_places_that_there_are(team: Thanking) -> None:
    await team.kudos(ANA)
    assert places(team.form(ANA)) == ["private", "team", "kudos"]
    await team.set_up_kudos(channel=None)
    await team.kudos(ANA)
    assert places(team.form(ANA)) == ["private", "team"]


WRONG: dict[str, tuple[dict[str, Any], str, Refused]] = {
    "oneself": ({"receivers": [ANA]}, forms.RECEIVERS, Refused(Code.SELF)),
    "a guest": ({"receivers": [LEE, GITA]}, forms.RECEIVERS, Refused(Code.NOT_OURS, (GITA,))),
    "hardly a reason": ({"reason": "thanks"}, forms.REASON, Refused(Code.NO_REASON)),
    "a letter": ({"reason": "word " * 300}, forms.REASON, Refused(Code.TOO_LONG, limit=1000)),
}


@pytest.mark.parametrize(("values", "field", "refused"), WRONG.values(), ids=WRONG)
async def test_what_is_wrong_is_said_beside_its_field_and_the_form_stays(
    team: Thanking, values: dict[str, Any], field: str, refused: Refused
) -> None:
    await team.kudos(ANA)
    outcome = await team.send_off(ANA, **({"receivers": [LEE], "reason": FOR} | values))
    names = ["Gita"] if refused.who else []
    assert outcome.errors == {field: words.refused(refused, names)}
    assert team.notes(LEE) == []
    assert (await team.send_off(ANA, receivers=[LEE], reason=FOR)).ok
    assert len(team.notes(LEE)) == 1


# -- from a message ----------------------------------------------------------------------------------------------


async def test_give_kudos_on_a_message_fills_in_its_author_and_links_the_conversation(team: Thanking) -> None:
    root = await team.say(ADA, EXT_ACME, "Could you look at our booking?")
    ts = await team.say(LEE, EXT_ACME, "I stay on the line until it works.", root)
    await team.sandbox.shortcut(ANA, answers.SHORTCUT, EXT_ACME, ts)
    await team.settle()
    assert filled(team.form(ANA), forms.RECEIVERS) == [LEE]
    assert (await team.send_off(ANA, reason=FOR, where="team")).ok
    link = f"https://linden.slack.com/archives/{EXT_ACME}/p{ts.replace('.', '')}?thread_ts={root}"
    assert link in all_text(team.notes(LEE)[0])
    assert link in all_text(team.announcements(CARE)[0])
    assert "until it works" not in str(team.notes(LEE))


async def test_a_customers_message_brings_the_conversation_and_asks_who_helped(team: Thanking) -> None:
    ts = await team.say(ADA, EXT_ACME, "Thank you so much, it works!")
    await team.sandbox.shortcut(ANA, answers.SHORTCUT, EXT_ACME, ts)
    await team.settle()
    form = team.form(ANA)
    assert form_words.NOT_A_COLLEAGUE() in str(form["blocks"])
    assert filled(form, forms.RECEIVERS) == []
    assert (await team.send_off(ANA, receivers=[LEE], reason=FOR)).ok
    assert f"/p{ts.replace('.', '')}" in all_text(team.notes(LEE)[0])


async def test_ones_own_message_is_an_occasion_to_thank_others(team: Thanking) -> None:
    ts = await team.say(ANA, EXT_ACME, "Fixed, thanks to Lee.")
    await team.sandbox.shortcut(ANA, answers.SHORTCUT, EXT_ACME, ts)
    await team.settle()
    assert filled(team.form(ANA), forms.RECEIVERS) == []
    assert form_words.NOT_A_COLLEAGUE() not in str(team.form(ANA)["blocks"])


async def test_a_link_into_a_private_channel_is_for_those_who_are_in_it_and_its_name_for_nobody(team: Thanking) -> None:
    secret = team.sandbox.world.create(LEE, "project-hush", is_private=True, members=(ANA, BOT))
    await team.settle()
    ts = await team.say(LEE, secret.id, "Here is how we do it.")
    await team.sandbox.shortcut(ANA, answers.SHORTCUT, secret.id, ts)
    await team.settle()
    reason = f"for the way out, see <#{secret.id}|project-hush>"
    assert (await team.send_off(ANA, receivers=[LEE, OMAR], reason=FOR, where="kudos")).ok
    assert f"/p{ts.replace('.', '')}" in all_text(team.notes(LEE)[-1])
    assert secret.id not in str(team.notes(OMAR)) + str(team.announcements())
    await team.kudos(ANA, f"public @omar {reason}")
    everything = str(team.notes(OMAR)) + str(team.announcements())
    assert "project-hush" not in everything
    assert secret.id not in everything


# -- what must never ring ----------------------------------------------------------------------------------------

RINGING = [
    "<!channel> stayed until it worked",
    "stayed until it worked <!here>",
    "stayed <!everyone|everyone> until it worked",
    "stayed until &lt;!channel&gt; worked",
    f"stayed with <@{MIA}> until it worked",
    "stayed <https://evil.example|until> it worked",
    "stayed until\n&gt; it worked\n*for all*",
    "stayed <!subteam^S0CARE|@care> until it worked",
]


@pytest.mark.parametrize("reason", RINGING)
@pytest.mark.parametrize("by", ["command", "form"])
async def test_no_reason_rings_a_channel_a_group_or_a_person(team: Thanking, reason: str, by: str) -> None:
    if by == "command":
        await team.kudos(ANA, f"public @lee {reason}")
    else:
        await team.kudos(ANA)
        assert (await team.send_off(ANA, receivers=[LEE], reason=reason.replace("&lt;", "<"), where="kudos")).ok
    (heard,) = team.announcements()
    for message in (heard, *team.notes(LEE)):
        for markup in ("<!", f"<@{MIA}", "<https://evil", "<!subteam"):
            assert markup not in all_text(message)


# -- strangers, and where customers read ---------------------------------------------------------------------------


@every_stranger
async def test_nobody_from_outside_gives_kudos(team: Thanking, stranger: Stranger) -> None:
    user = stranger(team)
    await team.settle()
    before = team.decided()
    for typed in (f"@lee {FOR}", "", "mine", "team", "export", "settings", "help"):
        assert (await team.forged(user, typed))["text"] == common.OUTSIDERS()
    assert team.decided() == before
    assert team.sandbox.record.views(user) == []
    assert team.notes(LEE) == []


async def test_nothing_is_announced_in_a_channel_with_a_guest_in_it(team: Thanking) -> None:
    team.sandbox.world.invite(ANA, GENERAL, GITA)
    await team.settle()
    await team.kudos(ANA, f"public @lee {FOR}")
    assert team.announcements() == []
    assert len(team.notes(LEE)) == 1


async def test_nothing_is_said_where_customers_read(team: Thanking) -> None:
    ts = await team.say(LEE, EXT_ACME, "Here it is.")
    await team.sandbox.shortcut(ANA, answers.SHORTCUT, EXT_ACME, ts)
    await team.settle()
    assert (await team.send_off(ANA, reason=FOR, where="team")).ok
    await team.kudos(ANA, f"team @omar {FOR}", where=EXT_ACME)
    assert team.announcements(EXT_ACME) == team.announcements(GUESTS) == []
    assert len(team.announcements(CARE)) == 2


def places(form: dict[str, Any]) -> list[str]:
    """Where a form offers to let it be heard."""
    (block,) = [block for block in form["blocks"] if block.get("block_id") == forms.WHERE]
    return [option["value"] for option in block["element"]["options"]]
