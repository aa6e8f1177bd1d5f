"""Prompts in the setup: what the file may say, and what it is told where that cannot be."""

import pytest

from bot.domain.care_file import BadSetup, read, write
from bot.domain.prompt_book import Dimension, Signal
from bot.domain.setup import Channel
from bot.domain.setup_changes import changes

OWN = """\
[[prompts.own]]
id = "bakery"
title = "Visit a bakery"
why = "It explains a lot."
act = "Visit one."
question = "What surprised you?"
notice = "Somebody tells of it."
dimension = "empowering"
"""


def test_a_prompt_of_ones_own_needs_little() -> None:
    (own,) = read(OWN).prompts.own
    assert (own.id, own.dimension, own.signals, own.anytime, own.team) == (
        "bakery",
        Dimension.EMPOWERING,
        (),
        True,
        None,
    )


def test_it_may_say_who_gets_it_and_what_calls_it() -> None:
    setup = read(f'{OWN}signals = ["open_snags"]\nanytime = false\nteam = "care"\n[team.care]\n')
    (own,) = setup.prompts.own
    assert (own.signals, own.anytime, own.team) == ((Signal.OPEN_SNAGS,), False, "care")
    assert read(write(setup)) == setup


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ('[prompts]\nretired = ["emty-rota"]\n', 2, "there is no prompt `emty-rota`: did you mean `empty-rota`?"),
        ('[team.care]\nretired_prompts = ["nothing-like-it-0"]\n', 2, "there is no prompt `nothing-like-it-0`"),
        (OWN.replace("bakery", "empty-rota", 1), 2, "another prompt is called `empty-rota` already"),
        (f"{OWN}{OWN}", 2, "another prompt is called `bakery` already"),
        (f'{OWN}team = "car"\n[team.care]\n', 9, "there is no team `car`: did you mean `care`?"),
        (OWN.replace("bakery", "A Bakery", 1), 2, "cannot name a prompt"),
        (OWN.replace("empowering", "growth"), 8, '"growth" is not possible'),
        (f'{OWN}signals = ["snags"]\n', 9, '"snags" is not possible'),
        (f"{OWN}anytime = false\n", 9, "nothing calls it either: name some `signals`"),
        (f'{OWN}anytime = "no"\n', 9, "it may be true or false"),
        (OWN.replace('act = "Visit one."\n', ""), 1, "`act` is missing"),
        (f'{OWN}weight = "2"\n', 9, "`weight` is not known here"),
        (
            '[team.care]\nmanagers_channel = "C0ACME"\n[channel.C0ACME]\n',
            2,
            "C0ACME is a channel of kind `customer`: what is meant for managers must not go there",
        ),
    ],
)
def test_what_cannot_be_is_said_with_its_line(text: str, line: int, sentence: str) -> None:
    with pytest.raises(BadSetup) as bad:
        read(text)
    assert any(problem.line == line and sentence in problem.sentence for problem in bad.value.problems)


def test_a_managers_channel_is_one_of_ours_without_being_listed() -> None:
    assert read('[team.care]\nmanagers_channel = "C0LEAD"\n').channel("C0LEAD") == Channel("C0LEAD", "team")
    home = read('[team.care]\nhome = "C0LEAD"\nmanagers_channel = "C0LEAD"\n')
    assert home.channel("C0LEAD") == Channel("C0LEAD", "team", "care")


def test_changes_are_told_in_sentences() -> None:
    before = read("[team.care]\n")
    after = read(f'{OWN}[team.care]\nretired_prompts = ["empty-rota"]\nmanagers_channel = "C0LEAD"\n')
    told = changes(before, after)
    assert set(told) == {
        "prompt bakery added",
        "team care: retired prompt empty-rota added",
        "team care: managers_channel is now C0LEAD",
    }
    assert "prompt bakery removed" in changes(after, before)
