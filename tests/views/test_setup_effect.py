"""What a change does, as it is told to people: ids by their names, words as they were typed."""

from bot.demo.place import BOB, CARE, EXT_BLUEBIRD
from bot.domain.setup import Setup, Team
from bot.domain.setup_changes import changes
from bot.views import setup_effect


def test_a_long_list_of_changes_stays_within_slacks_limits() -> None:
    view = setup_effect.form(setup_effect.Proposal(1, "main"), [f"team care: name is now {'&' * 900}"] * 100)
    assert len(view["blocks"]) <= 100
    assert all(len(block["text"]["text"]) <= 3000 for block in view["blocks"] if block["type"] == "section")


def test_ids_are_shown_by_their_names_and_words_are_left_alone() -> None:
    told = setup_effect.linked(f"channel {EXT_BLUEBIRD}: owner is now {BOB} and S01NIGHT, GROUPS of <US>, {CARE}")
    assert told == (
        f"channel <#{EXT_BLUEBIRD}>: owner is now <@{BOB}> and <!subteam^S01NIGHT>, GROUPS of &lt;US&gt;, <#{CARE}>"
    )


def test_what_people_call_things_is_no_id() -> None:
    """A team may be named after what it is there for."""
    before = Setup(teams=(Team("care", "Care"),))
    after = Setup(teams=(Team("care", "COVID19", agents=(BOB,), backing=("Answer about W0RKSHOP26",)),))
    assert {setup_effect.linked(sentence) for sentence in changes(before, after)} == {
        "team care: name is now COVID19, was Care",
        f"team care: agent <@{BOB}> added",
        "team care: backing is now Answer about W0RKSHOP26",
    }
