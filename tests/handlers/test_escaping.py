"""What customers call themselves and what people type stays text: it rings nobody, links nowhere, breaks nothing."""

import re

import pytest

from bot.demo.listed import choose, press_in_form, the_list
from bot.demo.place import ADA, ANA, EXT_ACME, LEE, MIA
from bot.views import ways_out
from bot.views.living_list import Way
from tests.handlers.office import Office, all_text, buttons

NAMES = {
    "rings for everyone": "<!channel> <!here|Ada> <!subteam^S0CARE|@care>",
    "a mention": f"<@{MIA}>",
    "a link": "<https://evil.example|Open thread>",
    "bold that ends early": "*Ada* is answered. Close this: *",
    "nothing but blanks": "   ",
    "two lines and code": "Ada\n> is `answered` ```x``` &lt;!channel&gt;",
    "a very long name": "Ada " * 1000,
    "very long and hostile": "<!channel>&*" * 300,
}
RINGS = re.compile(r"<(!|@U0MIA|https://evil)")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
async def test_a_customers_name_stays_a_name_wherever_it_is_shown(office: Office, name: str) -> None:
    office.sandbox.world.change_person(ADA, display_name=name, real_name=name.strip() or "Ada Obi")
    ts, nudge = await office.asked()
    shown = [all_text(nudge), await office.command(ANA)]
    await office.wait(minutes=90)
    shown += [all_text(message) for message in (*office.dm(ANA), *office.home_posts())]
    await choose(office, ANA, ts, Way.HAND_OVER)
    shown.append(all_text({"text": "", **office.sandbox.record.views(ANA)[-1].view}))
    await press_in_form(office, ANA, ways_out.HAND_TO, LEE)
    shown.append(all_text({"text": "", **office.sandbox.record.views(ANA)[-1].view}))
    shown += [all_text(message) for message in office.dm(LEE)]
    await office.say(LEE, EXT_ACME, "There.", ts)
    shown += [all_text(message) for user in (ANA, LEE, MIA) for message in office.dm(user)]
    assert len(shown) > 8
    for text in shown:
        assert not RINGS.search(text.replace(f"How can you help <@{ANA}>", "")), text
        assert len(text) < 1500
    assert buttons(the_list(office, ANA)) == []


TYPED = [
    "<!channel>",
    f"<@{MIA}>",
    "<https://evil.example|help>",
    "*_~`",
    "&lt;!here&gt;",
    "x" * 3000,
    "<!channel>" * 300,
]


async def test_what_is_typed_after_a_command_is_repeated_as_text_and_not_at_length(office: Office) -> None:
    for typed in TYPED:
        told = await office.command(ANA, typed)
        assert not RINGS.search(told), typed
        assert told.startswith("I don't know “")
        assert len(told) < 1300
