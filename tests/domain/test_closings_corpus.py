"""Messages of customers, in our own words, that are closings or only look like one: every rule, trap and language.

tests/corpus/closings.jsonl holds one a line: `text`, `label`, `language`, what our side said before (`prev_agent`),
and the `rule` that makes it a closing or the `trap` that it is. Add a line for whatever was misread.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.domain.closing_book import book
from bot.domain.closings import before, read, read_any
from tests import evaluate_closings

CORPUS = Path(__file__).parents[1] / "corpus" / "closings.jsonl"
LANGUAGES = {"en", "es", "pt", "fr", "de", "it", "nl", "pl", "ja"}
TRAPS = {"advance", "but", "more", "sent", "link", "code", "question", "broken", "ask", "hello", "unsure", "answer"}


def messages() -> list[dict[str, Any]]:
    """Every line of the corpus."""
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_message_of_the_corpus_is_misread(language: str) -> None:
    misread = [
        (message["text"], message.get("prev_agent"))
        for message in messages()
        if message["language"] == language
        and read(message["text"], message.get("prev_agent")).needs_reply != (message["label"] == "needs_reply")
    ]
    assert misread == []


def test_a_closing_of_the_corpus_is_one_by_its_rule() -> None:
    closings = [message for message in messages() if message["label"] == "no_reply"]
    reasons = {message["text"]: read(message["text"], message.get("prev_agent")).reason for message in closings}
    assert reasons == {message["text"]: message["rule"] for message in closings} | {
        text: rule for text, rule in reasons.items() if Counter(m["text"] for m in closings)[text] > 1
    }


def test_the_corpus_knows_every_language_rule_and_trap() -> None:
    assert len(messages()) >= 600
    assert {message["language"] for message in messages()} == LANGUAGES
    assert {message["trap"] for message in messages() if "trap" in message} >= TRAPS
    assert {message["rule"] for message in messages() if "rule" in message} >= set(book().rules) - {
        "accepted",  # never a closing: to accept is to expect something
        "intends",  # nor is a remark on what they will do
    }


def test_a_message_of_the_corpus_is_read_the_same_without_our_words() -> None:
    for message in messages():
        text, previous = message["text"], message.get("prev_agent")
        assert read(text, previous) == read_any(text)[before(previous)]


def test_the_evaluation_counts_only_what_people_were_sure_of() -> None:
    lines = [
        '{"text": "Thanks!", "label": "no_reply"}',
        '{"text": "ok", "label": "no_reply"}',
        '{"text": "ok", "label": "no_reply", "prev_agent": "We have fixed it."}',
        '{"text": "It fails again", "label": "needs_reply"}',
        '{"text": "hm", "label": "ambiguous"}',
        "",
    ]
    score = evaluate_closings.Score.of(evaluate_closings.score(lines))
    assert (score.closings, score.found, score.others, score.false) == (3, 2, 1, 0)
