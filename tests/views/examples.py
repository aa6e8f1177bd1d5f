"""Every message and form of the views in every state that a person can meet; extremes too.

What Slack's shapes are held against, and where the strays test finds what can be pressed. A new view adds its own.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain import care_command
from bot.domain.conversations import EndedBy
from bot.domain.kudos import Announce, Behaviour, Code, Refused, Source, Where
from bot.domain.weekly import Weekly
from bot.views import care, home_digest, kudos, kudos_answers, kudos_form, kudos_pages, nudges, privacy, set_aside
from bot.views.kudos_form import Filled
from bot.views.message import Message
from bot.views.nudges import Waiting
from tests.views import (
    asked,
    backings,
    boundaries,
    digests,
    duties,
    expected,
    first_steps,
    lists,
    promising,
    prompted,
    pulses,
    setup_sheets,
    setup_teams,
    whys,
)
from tests.views.homes import READ

Json = dict[str, Any]
Example = tuple[str, Message]

LINK = "https://linden.slack.com/archives/C0ACME/p1772445600000100?thread_ts=1772445600.000100&cid=C0ACME"
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
WAITINGS = {
    "plain": Waiting("C0ACME", "Ada", LINK, timedelta(minutes=45), timedelta(hours=1)),
    "nameless": Waiting("C0ACME", None, LINK, timedelta(), timedelta(minutes=1)),
    "long": Waiting("C0ACME", "<!channel>&*" * 400, LINK, timedelta(days=4000), timedelta(days=3000), "U0LEE", True),
    "new here": Waiting("C0ACME", "Ådå 🦔 \u202e", LINK, timedelta(hours=2), timedelta(hours=1), "U0LEE", True),
}
SAYS = ("reply", "help", "lend_hand", "how_help", "handed")


def _nudges() -> Iterator[Example]:
    for name, waiting in WAITINGS.items():
        for say in SAYS:
            yield f"{name}, {say}", nudges.nudge(2**62, say, waiting)
            for reader in ("U0ANA", "U0LEE"):
                yield f"{name}, {say}, {reader}", nudges.nudge(1, say, waiting, nudges.note_claimed("U0LEE", reader))
            yield f"{name}, {say}, snoozed", nudges.nudge(1, say, waiting, nudges.note_snoozed(NOW))
        for ended_by in (*EndedBy, None):
            for by in ("U0ANA", "U0LEE", None):
                yield f"{name}, {ended_by} by {by}", nudges.ended(waiting, ended_by, by, "U0ANA")


def _care() -> Iterator[Example]:
    for name, waiting in WAITINGS.items():
        yield f"{name}, many", care.listed([waiting] * care.MOST_LINES, 99_999)
        yield f"{name}, alone", care.listed([waiting], 1)
    yield "nobody", care.listed([], 0)
    for typed in ("help", "coffee", "digets `now`", "x" * 3000, "<!channel>&" * 300):
        yield f"typed {typed[:12]}", care.usage(typed, care_command.read(typed), {*care_command.Verb})


REASONS = {
    "plain": "for staying with the family until it worked",
    "hostile": "<!channel> *b* <@U0MIA> <https://evil.example|here>\n> & `c` @here\n\n" * 12,
    "long": "&" * 1000,
    "many lines": "a line\n" * 140,
}
STORIES = {
    name: kudos.Story(2**62, "U0ANA", receivers, tuple(Behaviour), reason, where, NOW, LINK)
    for receivers in (("U0LEE",), ("U0LEE", "U0OMAR"), tuple(f"U{number:011}" for number in range(200)))
    for where in Where
    for text, reason in REASONS.items()
    for name in [f"{text}, {len(receivers)}, {where}"]
}
TYPED = Filled(("U0LEE",), (Behaviour.KINDNESS,), REASONS["hostile"], Where.TEAM, Source("C0ACME", "1.2", "1.1"), 3, 4)


def _kudos() -> Iterator[Example]:
    for name, story in STORIES.items():
        yield f"{name}, asked", kudos.note(story, "U0LEE", ask=True, may_show_manager=True)
        yield f"{name}, done with", kudos.note(story, "U0LEE", thanked=True, shown=True)
        yield f"{name}, announced", kudos.announcement(story, story.receivers)
        yield f"{name}, thanks", kudos.thanks(story, "U0LEE")
        yield f"{name}, for a manager", kudos.for_manager(story, "U0LEE")
        yield f"{name}, given", kudos_answers.given(story, Behaviour.OPTIMISM, list(Where))
    for code in Code:
        yield f"refused: {code}", kudos_answers.refusal(Refused(code, ("U0LEE",), 3), TYPED)
    yield "why", kudos.ask_why(2**62, "U0LEE", "raised_hands", LINK)
    yield "keep", kudos.ask_keep(2**62, "C0ACME", LINK, "<!channel>&*" * 400)
    yield "keep, nameless", kudos.ask_keep(1, "C0ACME", LINK)
    yield "help", kudos_answers.usage()
    ends = (kudos.hidden, kudos.kept, kudos.why_given, kudos.helped_given, kudos.left_be)
    yield from ((end.__name__, end()) for end in (*ends, kudos.withdrawn))
    yield "taken back", kudos.taken_back("U0ANA")


def _kudos_pages() -> Iterator[Example]:
    kept = [kudos_pages.Kept("C0ACME", LINK, NOW)] * 20
    for name, story in STORIES.items():
        stories = [story] * kudos_pages.MOST_STORIES
        yield f"mine, {name}", kudos_pages.mine(stories, stories, kept, len(stories))
    yield "mine, empty", kudos_pages.mine([], [])
    team = kudos_pages.team("<!channel>&" * 100, [{Behaviour.KINDNESS: 99}] * 8)
    unthanked = [kudos_pages.Unthanked(f"U{number:011}", (LINK,) * 3) for number in range(200)]
    yield "team", kudos_pages.page("Team", [*team, *kudos_pages.unthanked(unthanked, 30)])
    yield "team, nothing", kudos_pages.page("Team", [*kudos_pages.team("", [{}]), *kudos_pages.unthanked([], 1)])
    yield "team, small", kudos_pages.page("Team", kudos_pages.too_small("<!channel>&" * 100))


MESSAGES: dict[str, dict[str, Message]] = {
    "nudges": dict(_nudges()),
    "care": dict(_care()),
    "living_list": dict(lists.messages()),
    "presence": dict(duties.peace()),
    "precision": dict(duties.rules()),
    "set_aside": {"no place": set_aside.told(None, "0badc0de"), "a message": set_aside.told(LINK, "0badc0de")},
    "kudos": dict(_kudos()),
    "kudos_pages": dict(_kudos_pages()),
    "asks": dict(asked.messages()),
    "boundary": dict(boundaries.messages()),
    "backing": dict(backings.messages()),
    "digest": dict(digests.messages()),
    "digest_answers": dict(digests.answers()),
    "pulse": dict(pulses.messages()),
    "promises": dict(promising.messages()),
    "prompts": dict(prompted.messages()),
    "expectations": dict(expected.messages()),
    "first_run": dict(first_steps.first_messages()),
    "channel_questions": dict(first_steps.channel_messages()),
    "why": dict(whys.messages()),
}
MODALS: dict[str, dict[str, Json]] = {
    "prompts": prompted.modals(),
    "asks": asked.modals(),
    "boundary": boundaries.modals(),
    "backing": backings.modals(),
    "living_list": lists.modals(),
    "loads": duties.modals(),
    "setup_team": setup_teams.modals(),
    "first_run": first_steps.first_modals(),
    "kudos": {
        "give": kudos_form.form(TYPED, list(Where), "A note"),
        "give, empty": kudos_form.form(Filled(), [Where.PRIVATE]),
        "edit": kudos_form.edit_form(TYPED),
        "settings": kudos_form.settings_form(Announce.ASK, keep_thanks=True),
    },
    "home": {
        "digest": home_digest.form(home_digest.Chosen(True, True, Weekly(6, 23 * 60 + 59)), leads=True),
        "digest, of an agent": home_digest.form(home_digest.Chosen(False, False, Weekly()), leads=False),
        "erase": privacy.erase_form(),
        "erase, sure": privacy.sure_form(),
    },
    "setup": setup_sheets.modals(),
}
# Modals in which there is something to press, and nothing to send off.
MENUS: dict[str, dict[str, Json]] = {
    "menu": asked.menus(),
    "living_list": lists.menus(),
    "loads": duties.shown(),
    "setup_team": setup_teams.pages(),
    "setup": setup_sheets.pages(),
    "privacy": {name: view for name, view in READ.items() if name.startswith("kept")},
    "first_run": first_steps.first_shown(),
    "boundary": boundaries.shown(),
    "backing": backings.shown(),
    "why": whys.shown(),
}
