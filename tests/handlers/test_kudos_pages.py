"""Looking at kudos: my stories, the team's behaviours, a manager's own list, and all that is mine to take along."""

import csv
import io
import json

import pytest

from bot.demo.place import ANA, GENERAL, GITA, GUESTS, LEE, MIA, OMAR
from bot.domain.kudos import Code, Refused
from bot.views import kudos_answers as answers
from bot.views import kudos_form as forms
from bot.views import kudos_pages as views
from bot.views.words import common
from bot.views.words import kudos as words
from bot.views.words import kudos_pages as page_words
from tests.handlers.office import CARE_FILE, all_text, buttons, is_about, on_both_databases
from tests.handlers.thanking import FOR, Thanking


@on_both_databases
async def test_my_page_tells_what_i_was_thanked_for_and_what_i_gave(team: Thanking) -> None:
    await team.kudos(ANA, f"@lee #kindness {FOR}")
    await team.kudos(LEE, "@omar #solutions for the script that saved us an hour")
    page = await team.kudos(LEE, "mine")
    text = all_text(page)
    assert text.index(page_words.MINE()) < text.index("until their booking worked") < text.index(page_words.GIVEN())
    assert text.index(page_words.GIVEN()) < text.index("saved us an hour")
    assert f"from <@{ANA}>" in text
    assert f"to <@{OMAR}>" in text
    assert buttons(page) == [views.BEGIN, views.SETTINGS, answers.EDIT, answers.TAKE_BACK]


async def test_my_page_is_mine(team: Thanking) -> None:
    await team.kudos(ANA, f"@lee {FOR}")
    assert "Acme" not in all_text(await team.kudos(OMAR, "mine"))


async def test_what_i_gave_can_be_taken_back_there_for_a_day(team: Thanking) -> None:
    await team.kudos(ANA, f"@lee {FOR}")
    page = await team.kudos(ANA, "mine")
    await team.click(ANA, page, answers.TAKE_BACK)
    assert team.notes(LEE)[0]["text"] == words.taken_back(common.person(ANA))
    await team.kudos(ANA, f"@lee {FOR}")
    await team.wait(days=2)
    assert buttons(await team.kudos(ANA, "mine")) == [views.BEGIN, views.SETTINGS]


async def test_settings_open_from_my_page(team: Thanking) -> None:
    await team.click(LEE, await team.kudos(LEE, "mine"), views.SETTINGS)
    assert team.form(LEE)["callback_id"] == forms.SETTINGS_FORM


async def test_the_teams_page_counts_behaviours_by_week_and_names_nobody(team: Thanking) -> None:
    await team.kudos(ANA, f"@lee @omar #kindness {FOR}")
    await team.wait(days=7)
    await team.kudos(OMAR, f"@lee #kindness #solutions {FOR}")
    text = all_text(await team.kudos(ANA, "team"))
    assert "`······11`  :yellow_heart: kindness  *2*" in text
    assert "solutions  *1*" in text
    assert page_words.unseen(["welcoming", "responsiveness", "customer focus", "optimism"]) in text
    assert not any(user in text for user in (ANA, LEE, OMAR, MIA))


async def test_a_team_of_two_is_not_counted(team: Thanking) -> None:
    await team.set_up(CARE_FILE.replace(f'"{ANA}", "{LEE}", "{OMAR}"', f'"{ANA}"'))
    assert page_words.too_small("*Care*") in all_text(await team.kudos(ANA, "team"))


async def test_who_is_in_no_team_is_told_whom_to_ask(team: Thanking) -> None:
    user = team.sandbox.world.add_person(team_id="T0LINDEN", name="ike").id
    team.sandbox.world.invite(ANA, GENERAL, user)
    await team.settle()
    assert all_text(await team.kudos(user, "team")).startswith(page_words.NO_TEAM())


async def test_a_manager_alone_sees_who_has_gone_unthanked_with_something_to_look_at(team: Thanking) -> None:
    root = await team.say(GITA, GUESTS, "Could you look at our booking?")
    await team.say(OMAR, GUESTS, "Of course, it is done.", root)
    await team.kudos(ANA, f"@lee {FOR}")
    page = await team.kudos(MIA, "team")
    assert page_words.unthanked(30) in all_text(page)
    assert f"<@{OMAR}>" in all_text(page)
    assert f"<@{LEE}>" not in all_text(page)
    assert is_about(page, root)
    assert page_words.unthanked(30) not in all_text(await team.kudos(ANA, "team"))
    await team.wait(days=31)
    assert f"<@{LEE}>" in all_text(await team.kudos(MIA, "team"))


@pytest.mark.parametrize("way", ["socket-sqlite", "http-sqlite"])
async def test_all_that_is_mine_comes_as_files_for_people_and_for_machines(team: Thanking) -> None:
    await team.kudos(ANA, '@lee #kindness for "quotes", commas, and\nnew lines & <tags> too')
    await team.kudos(LEE, "@omar =HYPERLINK(1) is what I thank you for")
    await team.kudos(OMAR, f"@ana {FOR}")
    told = await team.kudos(LEE, "export")
    assert all_text(told).startswith(page_words.EXPORT_SENT())
    files = {file.name: file for file in team.sandbox.world.files.values()}
    assert all(file.channels == [team.sandbox.world.direct(LEE, "U0CARECUE").id] for file in files.values())
    rows = json.loads(files["kudos.json"].content)
    assert [(row["kind"], row["giver"]) for row in rows] == [("received", ANA), ("given", LEE)]
    assert rows[0]["reason"] == '"quotes", commas, and\nnew lines & <tags> too'
    table = list(csv.DictReader(io.StringIO(files["kudos.csv"].content.decode("utf-8-sig"))))
    assert table[0]["reason"] == rows[0]["reason"]
    assert table[0]["behaviours"] == "kindness"
    assert table[1]["reason"].startswith("'=HYPERLINK")
    assert "Acme" not in files["kudos.csv"].content.decode()


async def test_who_has_nothing_yet_is_told_so(team: Thanking) -> None:
    assert all_text(await team.kudos(LEE, "export")).startswith(page_words.NOTHING_TO_EXPORT())
    assert page_words.MINE_NONE() in all_text(await team.kudos(LEE, "mine"))
    assert team.sandbox.world.files == {}


async def test_pages_open_by_their_word_alone(team: Thanking) -> None:
    told = await team.kudos(ANA, "mine was the mistake, and you all carried it")
    assert words.refused(Refused(Code.NOBODY), []) in all_text(told)
