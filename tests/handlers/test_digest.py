"""/care digest and /care export: what comes once a week, when, and a look at it beforehand."""

import csv
import io

import pytest
from sqlalchemy import update

from bot.demo.place import ADA, ANA, CARE, EXT_ACME, GITA, LEE, MIA, OURS
from bot.domain.roles import Role
from bot.domain.setup import Weekly
from bot.store import digest_choices, setup
from bot.store.digest_choices import Choice
from bot.store.tables import people as people_table
from bot.views.words import common
from bot.views.words import digest_answers as words
from bot.views.words.roles import not_for_you
from jobs import people
from tests.handlers.office import CARE_FILE, Office
from tests.jobs.weeks import day, week, weeks
from tests.views.reading import plainly, read

every_way = pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])
MONDAY = "2026-03-09 09:00 UTC"


async def ask(office: Office, user: str, text: str) -> str:
    """What somebody is answered, as they read it; nobody else sees it."""
    await office.command(user, f"digest {text}".strip())
    message = office.sandbox.record.ephemerals(user)[-1].message
    return plainly(read(message) or message["text"])


async def exported(office: Office) -> str:
    """The setup as a file."""
    return await office.bot.deps.db.run(setup.export, OURS)


def choice(office: Office, user: str) -> Choice:
    with office.bot.deps.db.begin() as tx:
        return digest_choices.get(tx, OURS, user)


@every_way
async def test_it_says_how_things_stand(office: Office) -> None:
    said = await ask(office, ANA, "")
    assert f"*Care*: the page of the week comes to <#C0CARE>, next on {MONDAY}." in said
    assert "*Your own week* does not come." in said
    assert "load" not in said
    assert f"*The load of your team* comes as a direct message, next on {MONDAY}." in await ask(office, MIA, "")


@every_way
@pytest.mark.parametrize(
    ("typed", "next_", "chosen"),
    [
        ("weekly", MONDAY, Choice(mine=True)),
        ("hour 8:30", "2026-03-09 08:30 UTC", Choice(mine=True, hour=Weekly(0, 510))),
        ("hour fri 4pm", "2026-03-06 16:00 UTC", Choice(mine=True, hour=Weekly(4, 960))),
        ("off", None, Choice(mine=False, managers=False)),
    ],
)
async def test_my_own_page_is_mine_to_choose(office: Office, typed: str, next_: str | None, chosen: Choice) -> None:
    said = await ask(office, ANA, typed)
    assert choice(office, ANA) == chosen
    assert choice(office, LEE) == Choice()
    expected = f"*Your own week* comes as a direct message, next on {next_}." if next_ else words.SAVED_OFF()
    assert expected in said


async def test_the_hour_is_that_of_the_clock_where_i_am(office: Office) -> None:
    await people.meet_teams(office.bot.deps)
    await office.settle()
    with office.bot.deps.db.begin() as tx:
        tx.execute(update(people_table).where(people_table.c.user_id == ANA).values(zone="Asia/Tokyo"))
    assert "next on 2026-03-06 07:00 UTC" in await ask(office, ANA, "hour fri 16:00")
    with office.bot.deps.db.begin() as tx:
        tx.execute(update(people_table).where(people_table.c.user_id == ANA).values(zone="Atlantis/Centre"))
    assert "next on 2026-03-06 16:00 UTC" in await ask(office, ANA, "")


async def test_what_is_chosen_begins_with_the_next_one(office: Office) -> None:
    await week(office)
    await office.wait(days=1)
    assert "next on 2026-03-16 09:00 UTC" in await ask(office, ANA, "weekly")
    await office.settle()
    assert not any("My week" in str(message) for message in office.dm(ANA))


@every_way
async def test_a_manager_changes_the_teams_page_and_the_setup_shows_it(office: Office) -> None:
    said = await ask(office, MIA, "team hour fri 16:00")
    assert "*Care*: the page of the week comes to <#C0CARE>, next on 2026-03-06 16:00 UTC." in said
    assert 'digest = "fri 16:00"' in await exported(office)
    assert "*Care*: no page of the week comes." in await ask(office, MIA, "team off")
    assert 'digest = "off"' in await exported(office)
    assert f"next on {MONDAY}" in (await ask(office, MIA, "team weekly")).split("\n")[0]
    await ask(office, MIA, "team care 10:15")
    assert 'digest = "mon 10:15"' in await exported(office)


async def test_an_agent_does_not_change_it(office: Office) -> None:
    before = await exported(office)
    assert await ask(office, ANA, "team off") == words.NOT_YOURS()
    assert await exported(office) == before


async def test_an_admin_does(office: Office) -> None:
    await office.set_up(f'admins = ["{LEE}"]\n{CARE_FILE}')
    await ask(office, LEE, "team off")
    assert 'digest = "off"' in await exported(office)


async def test_who_leads_several_says_which(office: Office) -> None:
    await office.set_up(f'{CARE_FILE}\n[team.night]\nmanagers = ["{MIA}"]\nagents = ["{LEE}"]')
    assert "`/care digest team care off`" in await ask(office, MIA, "team off")
    assert "Yours are `care`, `night`." in await ask(office, MIA, "team day off")
    assert await ask(office, MIA, "team night weekly") == words.NO_HOME()
    await ask(office, MIA, "team care off")
    assert (await exported(office)).count('digest = "off"') == 1


@every_way
async def test_a_look_at_it_beforehand_is_for_my_eyes_only(office: Office) -> None:
    await week(office, 20)
    await week(office, 30)
    posts = len(office.home_posts())
    said = await ask(office, ANA, "now")
    assert said.startswith(f"~ {words.PREVIEW()}\n--\n# Our week")
    assert "Week | First reply | Target\n2 Mar | 20 | 60\n9 Mar | 30 | 60" in said
    assert "# My week\n" in said
    assert "load" not in said
    assert "# The team's load\n" in await ask(office, MIA, "now")
    await office.settle()
    assert len(office.home_posts()) == posts


async def test_before_the_first_week_is_over_there_is_nothing_to_look_at(office: Office) -> None:
    await day(office)
    assert "*Care*: a week without news, so no page would come." in await ask(office, ANA, "now")


async def test_whoever_is_in_no_team_is_told_so(office: Office) -> None:
    ike = office.sandbox.world.add_person(team_id=OURS, name="ike")
    office.sandbox.world.join(ike.id, CARE)
    await office.settle()
    for typed in ("", "now", "weekly"):
        await office.sandbox.command(ike.id, CARE, "/care", f"digest {typed}")
        assert office.told(ike.id) == not_for_you(Role.AGENT, [])


@pytest.mark.parametrize("who", [ADA, GITA])
async def test_customers_and_guests_learn_nothing(office: Office, who: str) -> None:
    for text in ("digest", "digest now", "digest team off", "export"):
        assert await office.forged_command(who, text) == common.OUTSIDERS()
    assert weeks(office) == []


async def test_a_slip_is_met_with_what_was_meant(office: Office) -> None:
    assert await office.command(ANA, "digets now") == "I don't know “digets now”. Did you mean `/care digest now`?"
    said = await ask(office, ANA, "haur 8:30")
    assert said == "I don't know “digest haur 8:30”. Did you mean `/care digest hour 8:30`?"


@every_way
async def test_the_figures_of_my_teams_come_as_a_file(office: Office) -> None:
    await week(office)
    assert await office.command(ANA, "export", where=EXT_ACME)
    (file,) = office.sandbox.world.files.values()
    assert file.name == "weeks.csv"
    assert file.channels == [office.sandbox.world.direct(ANA, "U0CARECUE").id]
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert rows[-1]["week"] == "2026-03-02"
    assert (rows[-1]["conversations"], rows[-1]["within_target"]) == ("6", "1.0")
