"""Whom a message speaks to, and whether it begins something: names in passing and polite beginnings are the traps."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.addressing import Opening, read

LEE, KIM = "<@U0LEE>", "<@U0KIM|kim>"

SPOKEN_TO = [
    f"{LEE} can you take this?",
    f"{LEE}: ideas?",
    f"{LEE}, please have a look",
    f"Hey {LEE}, the import of Acme fails again",
    f"cc {LEE}",
    f"{LEE}",
    f"{LEE} is this yours?",
    f"{LEE} thoughts?",
    f"{LEE} thanks!",
    f"thanks {LEE}",
    f"can you take this {LEE}?",
    f"Who has the key for Acme, {LEE}?",
    f"{LEE} könntest du das übernehmen?",
]

SPOKEN_OF = [
    f"{LEE} is on it",
    f"{LEE} will help you with that",
    f"{LEE} has found the cause",
    f"{LEE} fixed it this morning",
    f"{LEE} knows more about invoices",
    f"{LEE}'s form is the right one",
    f"{LEE} and {KIM} are looking into it",
    f"Could you send the logs to {LEE}?",
    f"I have asked {LEE} to look at it.",
    f"Hello Ada, {LEE} takes care of it.",
    f"{LEE} kann Ihnen da helfen",
    "Who can take this?",
]


@pytest.mark.parametrize("text", SPOKEN_TO)
def test_a_name_that_is_called_is_whom_it_speaks_to(text: str) -> None:
    assert read(text).to == ("U0LEE",)


@pytest.mark.parametrize("text", SPOKEN_OF)
def test_a_name_in_passing_is_nobody_spoken_to(text: str) -> None:
    assert read(text).to == ()


def test_two_can_be_called_at_once() -> None:
    assert read(f"{LEE} and {KIM} could you look?").to == ("U0LEE", "U0KIM")
    assert read(f"{LEE} {KIM}").to == ("U0LEE", "U0KIM")
    assert read(f"{LEE} &amp; {KIM} could you look?").to == ("U0LEE", "U0KIM")  # as Slack writes it


OPENINGS = [
    ("any update?", Opening.CHASE),
    ("Hi team, any updates on this?", Opening.CHASE),
    (f"{LEE} any news?", Opening.CHASE),
    ("Any news on the refund of last week?", Opening.CHASE),
    ("Just following up on the export.", Opening.CHASE),
    ("Is anyone there??", Opening.CHASE),
    ("hello?", Opening.CHASE),
    ("Still waiting...", Opening.CHASE),
    ("bump", Opening.CHASE),
    ("Can someone help with my question?", Opening.CHASE),
    ("¿Alguna novedad?", Opening.CHASE),
    ("Alguma novidade?", Opening.CHASE),
    ("Avez-vous des nouvelles ?", Opening.CHASE),
    ("Gibt's schon was Neues?", Opening.CHASE),
    ("Ci sono novità?", Opening.CHASE),
    ("Is er al nieuws?", Opening.CHASE),
    ("Są jakieś wieści?", Opening.CHASE),
    ("その後いかがでしょうか？", Opening.CHASE),
    ("Update the address of our account, please.", Opening.PLAIN),
    ("Any update fails since we moved to the new server, and we have tried it on three machines.", Opening.PLAIN),
    ("Hello", Opening.GREETING),
    ("Good morning all, we cannot log in.", Opening.GREETING),
    (f"Hi {LEE}, a question about invoices", Opening.GREETING),
    ("Guten Tag, wir haben eine Frage", Opening.GREETING),
    ("こんにちは、質問があります", Opening.GREETING),
    ("And how do we undo it?", Opening.MORE),
    ("Sorry, I meant the invoice of May.", Opening.MORE),
    ("Also: it fails on the phone", Opening.MORE),
    ("How do we undo it?", Opening.PLAIN),
    ("", Opening.PLAIN),
]


@pytest.mark.parametrize(("text", "opening"), OPENINGS)
def test_how_a_message_begins(text: str, opening: Opening) -> None:
    assert read(text).opening == opening


@given(st.text(max_size=200) | st.text(alphabet="<@U0LEE>| ?,hicanyu", max_size=300))
def test_any_text_is_read(text: str) -> None:
    to, _ = read(text)
    assert len(set(to)) == len(to)
    assert all(f"<@{user}" in text for user in to)


@pytest.mark.parametrize("part", [f"{LEE} ", "any update ", "hi ", "<@", "? ", "and "])
def test_a_message_as_long_as_slack_allows_is_read_at_once(part: str) -> None:
    text = part * (40_000 // len(part))
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 0.25
