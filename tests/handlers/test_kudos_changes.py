"""Second thoughts: for a day the giver changes what was said, and everything that stands says so."""

import pytest

from bot.demo.place import ANA, GENERAL, LEE, OMAR
from bot.domain.kudos import Code, Refused
from bot.views import kudos as views
from bot.views import kudos_answers as answers
from bot.views import kudos_form as forms
from bot.views.words import common
from bot.views.words import kudos as words
from tests.handlers.office import all_text, buttons, on_both_databases
from tests.handlers.thanking import FOR, Thanking, filled


async def test_a_behaviour_is_suggested_from_the_words_and_never_forced(team: Thanking) -> None:
    told = await team.kudos(ANA, "@lee for being so kind to the new colleague")
    assert words.sounds_like("kindness") in all_text(told)
    assert "kindness" not in all_text(team.notes(LEE)[0])
    now = await team.click(ANA, told, answers.ADD)
    assert answers.ADD not in buttons(now)
    assert ":yellow_heart: kindness" in all_text(team.notes(LEE)[0])


async def test_what_is_named_is_not_guessed_at(team: Thanking) -> None:
    told = await team.kudos(ANA, "@lee #optimism for being so kind to the new colleague")
    assert answers.ADD not in buttons(told)


async def test_a_suggestion_can_be_taken_in_the_form_too(team: Thanking) -> None:
    await team.kudos(ANA)
    await team.send_off(ANA, receivers=[LEE], reason="for being so kind to the new colleague")
    await team.sandbox.press_view(ANA, team.form(ANA)["id"], answers.ADD)
    await team.settle()
    assert ":yellow_heart: kindness" in all_text(team.notes(LEE)[0])
    assert answers.ADD not in str(team.form(ANA)["blocks"])


@on_both_databases
async def test_what_was_said_in_private_can_be_shared_after_all(team: Thanking) -> None:
    told = await team.kudos(ANA, f"@lee {FOR}")
    now = await team.click(ANA, told, answers.SHARE_KUDOS)
    (heard,) = team.announcements()
    assert f"<@{ANA}> thanks <@{LEE}>." in all_text(heard)
    assert answers.SHARE_KUDOS not in buttons(now)
    assert "Only between" not in all_text(team.notes(LEE)[0])


async def test_whoever_gave_finds_other_words_and_everything_that_stands_says_so(team: Thanking) -> None:
    told = await team.kudos(ANA, f"public @lee {FOR}")
    await team.click(ANA, told, answers.EDIT)
    assert filled(team.form(ANA), forms.REASON) == FOR.removeprefix("for ")
    assert (await team.send_off(ANA, reason="Patience that I will remember.", behaviours=["kindness"])).ok
    for message in (*team.announcements(), *team.notes(LEE)):
        assert "> Patience that I will remember." in all_text(message)
        assert "Acme" not in all_text(message)


async def test_other_words_have_to_be_a_sentence_too(team: Thanking) -> None:
    told = await team.kudos(ANA, f"@lee {FOR}")
    await team.click(ANA, told, answers.EDIT)
    outcome = await team.send_off(ANA, reason="ok")
    assert outcome.errors == {forms.REASON: words.refused(Refused(Code.NO_REASON), [])}


async def test_what_is_taken_back_is_gone_from_where_it_stood(team: Thanking) -> None:
    told = await team.kudos(ANA, f"public @lee {FOR}")
    now = await team.click(ANA, told, answers.TAKE_BACK)
    assert all_text(now).strip() == words.TAKEN_BACK()
    (note,) = team.notes(LEE)
    assert (note["text"], buttons(note)) == (words.taken_back(common.person(ANA)), [])
    assert "Acme" not in str(team.announcements())
    assert words.refused(Refused(Code.GONE), []) in all_text(await team.click(ANA, told, answers.EDIT))


async def test_after_a_day_it_stands(team: Thanking) -> None:
    told = await team.kudos(ANA, f"@lee {FOR}")
    await team.wait(days=1, seconds=1)
    for action in (answers.EDIT, answers.TAKE_BACK, answers.SHARE_KUDOS):
        assert words.refused(Refused(Code.TOO_LATE), []) in all_text(await team.click(ANA, told, action))
    assert views.THANK in buttons(team.notes(LEE)[0])


async def test_nobody_else_can_change_it(team: Thanking) -> None:
    told = await team.kudos(ANA, f"@lee {FOR}")
    row = next(block for block in told["blocks"] if block["type"] == "actions")
    for action in (answers.EDIT, answers.TAKE_BACK, answers.SHARE_KUDOS):
        theirs = await team.kudos(OMAR, f"@mia {FOR}")
        world = team.sandbox.world.channel(GENERAL).ephemeral[theirs["ts"]]
        for block in world.blocks:
            for element in block.get("elements", ()):
                if "value" in element:
                    element["value"] = row["elements"][0]["value"]
        assert words.refused(Refused(Code.NOT_YOURS), []) in all_text(await team.click(OMAR, theirs, action))


@pytest.mark.parametrize("value", ["", "x", "-1", "999999", "1; DROP TABLE kudos", "1" * 40])
async def test_values_that_no_button_of_ours_carries_change_nothing(team: Thanking, value: str) -> None:
    told = await team.kudos(ANA, f"@lee {FOR}")
    world = team.sandbox.world.channel(GENERAL).ephemeral[told["ts"]]
    for block in world.blocks:
        for element in block.get("elements", ()):
            if "value" in element:
                element["value"] = value
    before = team.decided()
    for action in (answers.EDIT, answers.TAKE_BACK, answers.SHARE_TEAM):
        assert words.refused(Refused(Code.NOT_YOURS), []) in all_text(await team.click(ANA, told, action))
    assert team.decided() == before
