"""The weekly prompt in every state that a manager can meet, and its forms; extremes too.

`python -m tests.views.prompted` draws prompted.txt anew.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from bot.domain.behaviours import Behaviour
from bot.domain.prompt_book import Dimension, Prompt, Signal, book
from bot.domain.prompts import Became, Outcome, Turn
from bot.domain.pulse import About
from bot.domain.signals import Heard
from bot.views import prompt_forms, prompts
from bot.views.message import Message
from bot.views.prompts import Before, Page
from bot.views.words import prompt_forms as form_words
from bot.views.words import prompts as words

Json = dict[str, Any]

FILE = Path(__file__).with_name("prompted.txt")
NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)
HOSTILE = "<!channel>&* `x` <@U0MIA> _b_"
PROMPTS = {one.id: one for one in book()}
WALK = PROMPTS["theirs-before-mine"]
LONG = Prompt(
    id="long",
    title=HOSTILE * 2,
    why=HOSTILE * 6,
    act=HOSTILE * 6,
    question=HOSTILE * 6,
    notice=HOSTILE * 6,
    dimension=Dimension.OTHERS_FIRST,
    feeds=Behaviour.CUSTOMER_FOCUS,
)

# A signal with figures as they may be, and the reason that is printed with them.
REASONS: dict[Heard | Turn, str] = {
    Heard(Signal.BOUNDARY_CALLS, 1): "Chosen because there was 1 boundary call last week.",
    Heard(Signal.BOUNDARY_CALLS, 4): "Chosen because there were 4 boundary calls last week.",
    Heard(Signal.SLOW_ASKS, 1): "Chosen because 1 ask waited longer than its target.",
    Heard(Signal.SLOW_ASKS, 3): "Chosen because 3 asks waited longer than their target.",
    Heard(Signal.PULSE_DOWN, about=About.THANKS): "Chosen because the pulse on thanks went down.",
    Heard(Signal.OVERLOAD, 42, 30): (
        "Chosen because customers asked 42 times last week, where about 30 times is usual."
    ),
    Heard(Signal.AFTER_HOURS, 7): "Chosen because 7 answers came outside working hours last week.",
    Heard(Signal.NEW_COLLEAGUE, 1, 4): "Chosen because 1 colleague first answered a customer in the last 4 weeks.",
    Heard(Signal.OUT_OF_REACH, 3, 75): "Chosen because for 3 weeks in a row fewer than 75 % of answers came in time.",
    Heard(Signal.OPEN_SNAGS, 2): "Chosen because 2 snags are open.",
    Heard(Signal.UNTHANKED, 1, 30): "Chosen because 1 person had no kudos in the last 30 days.",
    Heard(Signal.UNTHANKED, 5, 45): "Chosen because 5 people had no kudos in the last 45 days.",
    Heard(Signal.GOOD_WEEK, 24, 95): "Chosen because 24 answers went out last week, and 95 % of them came in time.",
    Turn(None, quiet=True): (
        "Nothing in the week stood out, so it is the turn of *putting others first*, which has not come yet."
    ),
    Turn(9, quiet=True): (
        "Nothing in the week stood out, so it is the turn of *putting others first*, which last came 9 weeks ago."
    ),
    Turn(1, quiet=False): "Chosen because it is the turn of *putting others first*, which last came 1 week ago.",
    Turn(0, quiet=False): "Chosen because it is the turn of *putting others first*.",
}
FRESH = Page(7, WALK, Heard(Signal.SLOW_ASKS, 3), others=2)
TAKEN = replace(FRESH, became=Became.TAKEN, remind_at=NOW)
STATES = {
    "fresh": FRESH,
    "fresh, of several teams": replace(FRESH, team="Night watch"),
    "no other one left": replace(FRESH, others=0),
    "chosen": TAKEN,
    "chosen, and shared": replace(TAKEN, shared="I answer your questions first this week."),
    "chosen, without a reminder": replace(TAKEN, remind_at=None),
    "not this week": replace(FRESH, became=Became.PASSED),
    "with a note": replace(FRESH, note="They laughed, and asked for a second one."),
    **{f"told: {one}": replace(TAKEN, outcome=one, shared="I answer first.") for one in Outcome},
    "last week's is asked about": replace(FRESH, before=Before(6, PROMPTS["fine-to-stop"].act, last_week=True)),
    "an older one is asked about": replace(FRESH, before=Before(6, PROMPTS["fine-to-stop"].act, last_week=False)),
    "last week's is done": replace(FRESH, before=Before(6, PROMPTS["fine-to-stop"].act, True, Outcome.DONE)),
    "gone from the setup": replace(FRESH, prompt=prompts.gone("own")),
    "extreme": Page(
        2**62,
        LONG,
        Heard(Signal.PULSE_DOWN, about=About.LOAD),
        HOSTILE * 40,
        Became.TAKEN,
        NOW,
        HOSTILE * 5,
        Outcome.PARTLY,
        HOSTILE * 34,
        2,
        Before(2**61, HOSTILE * 6, last_week=True),
    ),
}


def messages() -> Iterator[tuple[str, Message]]:
    """All that is said about prompts."""
    for name, one in STATES.items():
        yield name, prompts.page(one)
    for reason in REASONS:
        yield f"reason: {reason}", prompts.page(replace(FRESH, reason=reason))
    for prompt in PROMPTS.values():
        yield f"prompt: {prompt.id}", prompts.page(replace(FRESH, prompt=prompt, reason=Turn(None, quiet=True)))
    yield "for a channel of leaders", prompts.for_leaders(replace(FRESH, reason=Turn(4, quiet=True)))
    for name in ("chosen", "told: done", "told: not_yet", "extreme"):
        yield f"reminder, {name}", prompts.reminder(STATES[name])
    yield "settings", prompts.settings(form_words.setting("Monday at 9:00"))
    yield "settings, off", prompts.settings(form_words.setting(None))
    yield "settings, no team", Message(words.NO_TEAM())
    yield "settings, usage", Message(words.USAGE())


def modals() -> dict[str, Json]:
    """The forms."""
    own = [replace(LONG, id=f"own-{number}", title=HOSTILE * 4) for number in range(50)]
    teams = {f"team-{number}": HOSTILE * 9 for number in range(30)}
    return {
        "take": prompt_forms.take_form(7, WALK.act, date(2026, 3, 12), time(9), None),
        "take, again, extreme": prompt_forms.take_form(2**62, LONG.act, None, time(23, 59), HOSTILE * 5),
        "what happened": prompt_forms.what_form(7, WALK.act, None, None),
        "what happened, told, extreme": prompt_forms.what_form(2**62, LONG.act, Outcome.PARTLY, HOSTILE * 30),
        "book": prompt_forms.book_form(book(), ["empty-rota"], ["Care"]),
        "book, extreme": prompt_forms.book_form([*book(), *own], list(PROMPTS), list(teams.values())),
        "add": prompt_forms.add_form({"care": "Care"}),
        "add, extreme": prompt_forms.add_form(teams),
    }


def drawn() -> str:
    """All of it as it is read, but for the extremes and for what the book itself says."""
    from tests.views import reading, snapshots

    texts = [
        f"=== {name}\n({one.text})\n{reading.read(one.payload()) or one.text}"
        for name, one in messages()
        if not name.endswith("extreme") and not name.startswith(("prompt:", "reason:"))
    ]
    homes = {name: [block.to_dict() for block in prompts.part(STATES[name])] for name in ("fresh", "with a note")}
    texts += [f"=== home, {name}\n{snapshots.drawn({'blocks': blocks})}" for name, blocks in homes.items()]
    texts += [f"=== {name}\n{snapshots.drawn(view)}" for name, view in modals().items() if "extreme" not in name]
    return reading.plainly("\n\n".join(texts)) + "\n"


if __name__ == "__main__":
    FILE.write_text(drawn(), encoding="utf-8")
