"""Everybody is spoken to in the language of their Slack, wherever they knock; channels in that of their team."""

from bot.demo.place import ANA, CARE, LEE, MIA
from bot.views import living_list as views
from bot.views import nudges, ways_out
from bot.views.living_list import Way
from tests.handlers.office import CARE_FILE, Json, Office, all_text

CLAIM = "Ich kümmere mich"


async def test_whoever_uses_slack_in_german_is_answered_in_german_and_others_as_before(office: Office) -> None:
    office.sandbox.world.change_person(ANA, locale="de-DE")
    await office.settle()
    assert "Wartende Kunden" in await office.command(ANA, "help")
    assert "Customers who wait" in await office.command(LEE, "help")


async def test_the_list_its_forms_and_what_becomes_of_them_are_in_ones_own_language(office: Office) -> None:
    office.sandbox.world.change_person(ANA, locale="de-AT")
    _, message = await office.asked()
    assert "wartet auf dich" in message["text"]
    await office.press(ANA, message, views.WAY, f"{Way.ON_IT}:{_value(message)}")
    view = office.sandbox.windows.top(ANA)
    assert view
    assert view.stated["title"]["text"] == CLAIM
    await office.sandbox.press_view(ANA, view.id, ways_out.SNOOZE_HOUR, None)
    await office.settle()
    assert "Zurückgestellt bis" in str(office.dm(ANA)[-1])


async def test_a_language_that_carecue_does_not_speak_gives_way_to_the_workspaces(office: Office) -> None:
    await office.set_up(f'language = "fr"\n{CARE_FILE}')
    office.sandbox.world.change_person(ANA, locale="ja-JP")
    office.sandbox.world.change_person(LEE, locale="en-US")
    await office.settle()
    assert "Les clients qui attendent" in await office.command(ANA, "help")
    assert "Customers who wait" in await office.command(LEE, "help")


async def test_a_teams_channel_stays_with_its_language_whoever_presses_there(office: Office) -> None:
    await office.set_up(CARE_FILE.replace('name = "Care"', 'name = "Care"\nlanguage = "de"'))
    office.sandbox.world.change_person(MIA, locale="fr-FR")
    await office.asked()
    await office.wait(minutes=45)
    (post,) = office.home_posts()
    assert "Wer kann mit anpacken?" in post["text"]
    await office.sandbox.press(MIA, CARE, post["ts"], nudges.CLAIM)
    await office.settle()
    after = office.sandbox.record.of(CARE, post["ts"])[-1].message
    assert f"<@{MIA}> kümmert sich." in all_text(after)
    assert "Thread öffnen" in str(after)


def _value(message: Json) -> str:
    (row,) = [block for block in message["blocks"] if block["type"] == "actions"]
    return str(row["elements"][0]["value"])
