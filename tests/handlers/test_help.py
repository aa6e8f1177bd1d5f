"""/care help knows who asks: what it lists works for them, and what it does not list does not."""

import re

import pytest

from bot.demo.place import ANA, GENERAL, LEE, MIA, NIA, OMAR
from bot.domain.care_command import Verb, read
from bot.domain.roles import Role
from bot.views import menu
from bot.views.words import asks as ask_words
from bot.views.words import backing as backing_words
from bot.views.words import boundary as boundary_words
from bot.views.words import digest_answers as digest_words
from bot.views.words import kudos_pages as page_words
from bot.views.words import prompts as prompt_words
from bot.views.words import pulse as pulse_words
from bot.views.words.roles import not_for_you
from tests.handlers.office import CARE_FILE, Office

DEPUTY = CARE_FILE.replace(f'"{LEE}", "{OMAR}"]', f'"{LEE}"]\ndeputies = ["{OMAR}"]')
LISTED = re.compile(r"`/care ?([a-z-]*)")
HAS_NO_TEAM = (
    *(ask_words.NO_TEAM, backing_words.NO_TEAM, boundary_words.NO_TEAM, digest_words.NO_TEAM, pulse_words.NO_TEAM),
    *(prompt_words.NO_TEAM, ask_words.NOT_LEADING, page_words.NO_TEAM),
)
WORDS = sorted({verb.value for verb in Verb if read(verb.value).verb is verb} - {Verb.UNKNOWN.value} | {""})


def colleague(office: Office) -> str:
    """Somebody in no team, whom Slack shows this channel too."""
    user = office.sandbox.world.add_person(team_id="T0LINDEN", name="sal").id
    office.sandbox.world.invite(ANA, GENERAL, user)
    return user


def refused(said: str) -> bool:
    return any(not_for_you(role, [])[:25] in said for role in Role if role > Role.COLLEAGUE) or any(
        sentence() in said for sentence in HAS_NO_TEAM
    )


async def typed(office: Office, user: str, text: str) -> str:
    """The answer that only they see; nothing where a form has opened."""
    before = len(office.sandbox.record.ephemerals(user))
    assert (await office.sandbox.command(user, GENERAL, "/care", text)).ok
    await office.settle()
    return " ".join(entry.text for entry in office.sandbox.record.ephemerals(user)[before:])


@pytest.mark.parametrize("who", ["a colleague in no team", "an agent", "a deputy", "a manager", "an admin"])
async def test_what_help_lists_works_and_nothing_else_does(office: Office, who: str) -> None:
    await office.set_up(DEPUTY)
    users = {"an agent": ANA, "a deputy": OMAR, "a manager": MIA, "an admin": NIA}
    user = users.get(who) or colleague(office)
    help_ = await typed(office, user, "help")
    listed = set(LISTED.findall(help_))
    told = {word: await typed(office, user, word) for word in WORDS}
    assert {word: said for word, said in told.items() if refused(said) is (word in {*listed, "help"})} == {}


async def test_each_hears_of_their_own(office: Office) -> None:
    sal = colleague(office)
    helps = {user: await typed(office, user, "help") for user in (sal, ANA, MIA, NIA)}
    assert "`/care privacy`" in helps[sal]
    assert "`/care ask" not in helps[sal]
    assert "`/care ask" in helps[ANA]
    assert "`/care prompt`" not in helps[ANA]
    assert "`/care prompt`" in helps[MIA]
    assert "`/care setup`" in helps[NIA]


async def test_a_refusal_says_who_can_help_and_what_works(office: Office) -> None:
    await office.set_up(f'admins = ["{MIA}"]\n{CARE_FILE}')
    sal = colleague(office)
    said = await typed(office, sal, "")
    assert said == not_for_you(Role.AGENT, ["Mia"])
    assert "Mia can add you" in said
    assert "`/care help`" in said
    assert "Ask Mia: for them it works." in await typed(office, ANA, "prompt")


@pytest.mark.parametrize(("who", "offered"), [("sal", {menu.KUDOS}), ("ana", {*menu.DOORS})])
async def test_the_menu_of_a_message_offers_what_works_for_whoever_opens_it(
    office: Office, who: str, offered: set[str]
) -> None:
    user = colleague(office) if who == "sal" else ANA
    ts = await office.say(LEE, GENERAL, "The export works again.")
    await office.sandbox.shortcut(user, menu.SHORTCUT, GENERAL, ts)
    await office.settle()
    shown = office.sandbox.windows.top(user)
    assert shown
    found = [block["accessory"]["action_id"] for block in shown.blocks if "accessory" in block]
    assert {*found} == offered


@pytest.mark.parametrize(("typed_", "meant"), [("mien", "mine"), ("teams", "team"), ("setings", "settings")])
async def test_a_slip_after_kudos_comes_with_what_was_probably_meant(office: Office, typed_: str, meant: str) -> None:
    await office.sandbox.command(ANA, GENERAL, "/kudos", typed_)
    assert office.told(ANA) == digest_words.did_you_mean(typed_, "/kudos", meant)
