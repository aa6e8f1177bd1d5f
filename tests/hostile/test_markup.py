"""Words of people stay words in whatever CareCue says: they ring nobody, lead nowhere, and end no bold of ours."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.demo.place import ADA, ANA, CARE, EXT_ACME, GENERAL, GITA, GUESTS, LEE, MIA, NIA, OMAR
from bot.domain.boundary import Case
from bot.views import care, kudos_answers
from handlers import COMMANDS
from tests.handlers.calling import LED, Calling
from tests.handlers.office import Office
from tests.views.examples import MENUS, MESSAGES, MODALS
from tests.views.homes import HOMES, READ

Json = dict[str, Any]

VICTIM = "U0VICTIM"  # whom CareCue has no reason to name
HOSTILE = (
    f"<!channel> <!subteam^S0ALL> <@{VICTIM}> <#C0SECRET> <https://evil.example|Open thread> *b* `c` &lt;!here&gt;"
)
SHORT = f"<!here> <@{VICTIM}> *b*"
BREAKS_OUT = re.compile(rf"<(!channel|!here|!everyone|!subteam\^S0ALL|@{VICTIM}|#C0SECRET|https?://evil)")
STAYED = "&lt;!channel&gt;"  # as what stays text reads in a message


def marked(thing: Any, key: str = "") -> Iterator[str]:
    """Every text that Slack reads for mentions and links: all but those that say they are plain."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            if not (name == "text" and thing.get("type") == "plain_text"):
                yield from marked(value, name)
    elif isinstance(thing, list):
        for part in thing:
            yield from marked(part, key)
    elif isinstance(thing, str) and key in ("text", "initial_comment", "fallback", "pretext"):
        yield thing


@pytest.fixture
async def hostile(office: Office) -> Calling:
    """Everybody and everything is called what nobody is."""
    calling = Calling(office.sandbox, office.clock, office.bot)
    world = calling.sandbox.world
    for user in (ADA, ANA, LEE, MIA, OMAR, GITA):
        world.change_person(
            user, display_name=f"{user} {HOSTILE}", real_name=HOSTILE, title=HOSTILE, status_text=HOSTILE
        )
    for channel in (EXT_ACME, GUESTS, CARE):
        world.channels[channel].name = f"x-{HOSTILE}"
    world.workspaces["T0ACME"].name = HOSTILE
    await calling.set_up(LED.replace('"Care"', f"'Care {SHORT}'").replace('"Leads"', f"'Leads {SHORT}'"))
    await calling.settle()
    return calling


async def test_names_and_typed_words_stay_words_in_everything_that_is_said(hostile: Calling) -> None:
    ts, nudge = await hostile.asked(f"Where is it? {HOSTILE}")
    await hostile.say(ANA, EXT_ACME, f"Let me check and get back to you by 3pm {HOSTILE}", ts)
    hostile.sandbox.world.say(ADA, EXT_ACME, "", files=[f"{HOSTILE}.pdf"])
    await hostile.asked_for_help(LEE, HOSTILE)
    for message in hostile.dm(MIA)[-1:]:
        await hostile.answers(MIA, message, f"Done. {HOSTILE}")
    again = await hostile.say(ADA, EXT_ACME, f"{HOSTILE} and where is my refund?")
    await hostile.calls(again, Case.ABUSIVE, HOSTILE)
    for text in (HOSTILE, f"snag {HOSTILE}", f"why {HOSTILE}", f"pause {HOSTILE}", f"help {HOSTILE}", ""):
        await hostile.typed(ANA, text)
    for text in (f"<@{ANA}> {HOSTILE}", f"@nobody {HOSTILE}", f"<@{MIA}|{HOSTILE}> for kindness", HOSTILE):
        await hostile.sandbox.command(LEE, GENERAL, kudos_answers.COMMAND, text)
        await hostile.settle()
    for user in (ANA, MIA, NIA):
        hostile.sandbox.open_home(user)
        await hostile.settle()
    await hostile.wait(hours=3)
    assert nudge
    _all_stay(hostile)


def _all_stay(office: Office) -> None:
    said = [(call.method, text) for call in office.sandbox.record.calls for text in marked(call.args)]
    said += [
        ("only to them", text) for entry in office.sandbox.record.entries if entry.to for text in marked(entry.message)
    ]
    assert [one for one in said if BREAKS_OUT.search(one[1])] == []
    assert sum(STAYED in text for _, text in said) > 10
    assert set(COMMANDS) == {care.COMMAND, kudos_answers.COMMAND}, "all are tried"


def test_so_they_do_in_every_message_form_and_page_that_there_is() -> None:
    """Their examples are drawn with hostile names, too."""
    drawn: list[Any] = [one.payload() for examples in MESSAGES.values() for one in examples.values()]
    drawn += [view for views in (*MODALS.values(), *MENUS.values(), HOMES, READ) for view in views.values()]
    texts = [text for one in drawn for text in marked(one)]
    assert [text for text in texts if BREAKS_OUT.search(text)] == []
    assert sum(STAYED in text for text in texts) > 50


@pytest.mark.parametrize("text", [HOSTILE, "a <!here>", f"b <@{VICTIM}>", "c <https://evil.example|x>"])
def test_one_that_breaks_out_would_be_found(text: str) -> None:
    assert [one for one in marked({"blocks": [{"text": {"type": "mrkdwn", "text": text}}]}) if BREAKS_OUT.search(one)]
    assert not list(marked({"blocks": [{"text": {"type": "plain_text", "text": text}}]}))
