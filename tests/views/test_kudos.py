"""Kudos as people read them: whatever somebody typed, it rings nobody, fits on the screen and comes back whole."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.kudos import Announce, Behaviour, Code, Refused, Source, Where
from bot.sandbox.blocks import message_problems, view_problems
from bot.views import blocks, home
from bot.views import kudos as views
from bot.views import kudos_answers as answers
from bot.views import kudos_form as forms
from bot.views import kudos_pages as pages
from bot.views.kudos import Story
from bot.views.kudos_form import Filled
from bot.views.language import Text
from bot.views.message import Message, read_press
from bot.views.words import common
from bot.views.words import kudos as words
from bot.views.words import kudos_form as form_words
from bot.views.words import kudos_pages as page_words

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LINK = "https://linden.slack.com/archives/C0ACME/p1772445600000100"
HOSTILE = "<!channel> *bold* <@U0MIA> <https://evil.example|here>\n> & `code` @here #general\n\n" * 12
REASONS = {
    "plain": "for staying with the Acme family until their booking worked",
    "hostile": HOSTILE,
    "as long as can be": "&" * 1000,
    "many lines": "\n".join(["a line"] * 140),
    "nothing but lines": "\n" * 1000,
    "another script": "お客様に最後まで付き添ってくれてありがとう" * 40,
}
MANY = tuple(f"U{number:011}" for number in range(200))


def story(reason: str = REASONS["plain"], **values: Any) -> Story:
    """Kudos from Ana to Lee and Omar."""
    usual: dict[str, Any] = {"id": 2**62, "giver": "U0ANA", "receivers": ("U0LEE", "U0OMAR"), "where": Where.PRIVATE}
    return Story(**(usual | {"behaviours": tuple(Behaviour), "reason": reason, "at": NOON, "link": LINK} | values))


def messages(reason: str) -> Iterator[tuple[str, Message]]:
    """Every message in which the reason stands."""
    for receivers in (("U0LEE",), ("U0LEE", "U0OMAR"), MANY):
        one = story(reason, receivers=receivers)
        yield "note", views.note(one, "U0LEE", ask=True, may_show_manager=True)
        yield "note, done with", views.note(one, "U0LEE", thanked=True, shown=True)
        yield "announcement", views.announcement(one, receivers)
        yield "thanks", views.thanks(one, "U0LEE")
        yield "for a manager", views.for_manager(one, "U0LEE")
        yield "given", answers.given(one, Behaviour.OPTIMISM, list(Where))
        yield "mine", pages.mine([one] * 8, [one] * 8, [pages.Kept("C0ACME", LINK, NOON)] * 20, 8)
        yield "refused", answers.refusal(Refused(Code.PAIR, receivers, 3), Filled(receivers, reason=reason))


@pytest.mark.parametrize("reason", REASONS.values(), ids=REASONS)
def test_every_message_is_one_that_slack_takes(reason: str) -> None:
    for name, message in messages(reason):
        payload = message.payload()
        assert message_problems(payload["blocks"]) == [], name
        assert 0 < len(payload["text"]) < 2000, name


@settings(max_examples=40)  # each draws two dozen messages
@given(st.text(max_size=1100))
def test_no_reason_can_mention_link_or_ring(reason: str) -> None:
    for name, message in messages(f"{reason}<!channel><@U0MIA>"):
        for text in texts(message.payload()):
            ours = re.findall(r"<[^>]*>", text)
            assert all(re.fullmatch(r"<(@U[0-9A-Z]+|#C0ACME|!date\^.*|https://linden\.[^>]*)>", one) for one in ours), (
                name,
                text,
            )
        assert all(element.get("verbatim") for element in mrkdwn(message.payload())), name


@given(st.text(min_size=1, max_size=1100))
def test_a_reason_never_leaves_its_quote(reason: str) -> None:
    quoted = blocks.quoted(reason)
    assert all(line.startswith("> ") for line in quoted.split("\n"))
    assert len(quoted) <= 3000


def test_a_reason_that_fits_is_told_whole() -> None:
    assert blocks.quoted("Stayed late.\nAnd smiled & waved.") == "> Stayed late.\n> And smiled &amp; waved."


def test_a_note_names_the_others_and_never_its_reader() -> None:
    shown = str(views.note(story(), "U0LEE").payload())
    assert "<@U0OMAR>" in shown
    assert "<@U0LEE>" not in shown


def test_a_note_offers_what_is_left_to_do() -> None:
    ways = [views.ANNOUNCE, views.KEEP_QUIET, views.THANK, views.SHOW_MANAGER, views.HIDE]
    assert pressable(views.note(story(), "U0LEE", ask=True, may_show_manager=True)) == ways
    assert pressable(views.note(story(), "U0LEE", may_show_manager=True)) == ways[2:]
    assert pressable(views.note(story(), "U0LEE", may_show_manager=True, thanked=True)) == ways[3:]
    assert pressable(views.note(story(), "U0LEE", thanked=True, shown=True)) == [views.HIDE]


def test_what_is_over_is_one_line_without_buttons() -> None:
    ends = [views.hidden(), views.taken_back("U0ANA"), views.kept(), views.left_be()]
    ends += [views.why_given(), views.helped_given(), views.withdrawn()]
    for message in ends:
        assert len(message.blocks) == 1
        assert pressable(message) == []
        assert message_problems(message.payload()["blocks"]) == []


def test_a_private_note_says_that_it_is_private() -> None:
    alone = story(receivers=("U0LEE",))
    assert words.between_us(common.person("U0ANA")) in texts_of(views.note(alone, "U0LEE"))
    assert words.between_all_of_us(common.person("U0ANA")) in texts_of(views.note(story(), "U0LEE"))
    assert "Only between" not in texts_of(views.note(story(where=Where.KUDOS), "U0LEE"))


def test_an_announcement_names_only_whom_it_is_told_to() -> None:
    shown = str(views.announcement(story(), ["U0OMAR"]).payload())
    assert ("<@U0OMAR>" in shown, "<@U0LEE>" in shown) == (True, False)


def test_a_link_is_drawn_only_where_there_is_one() -> None:
    for one, is_drawn in ((story(), True), (story(link=None), False)):
        for message in (views.note(one, "U0LEE"), views.announcement(one, ["U0LEE"]), views.thanks(one, "U0LEE")):
            assert (LINK in texts_of(message)) is is_drawn
            assert (words.OPEN_MESSAGE() in texts_of(message)) is is_drawn


FILLED = Filled(
    ("U0LEE",), (Behaviour.KINDNESS,), "For staying late.", Where.TEAM, Source("C0ACME", "1.2", "1.1"), 3, 4
)


def test_what_stands_in_a_form_comes_back_when_it_is_sent_off() -> None:
    assert forms.read_form(sent_off(forms.form(FILLED, list(Where)))) == FILLED
    edited = forms.read_form(sent_off(forms.edit_form(FILLED)))
    assert (edited.reason, edited.behaviours, edited.kudos_id) == (FILLED.reason, FILLED.behaviours, FILLED.kudos_id)


def test_an_empty_form_has_nothing_chosen_but_privacy() -> None:
    assert forms.read_form(sent_off(forms.form(Filled(), [Where.PRIVATE]))) == Filled()


def test_a_place_that_is_not_offered_is_not_chosen() -> None:
    assert forms.read_form(sent_off(forms.form(FILLED, [Where.PRIVATE]))).where is Where.PRIVATE


@pytest.mark.parametrize("announce", Announce)
@pytest.mark.parametrize("keep_thanks", [True, False])
def test_settings_come_back_as_they_were_shown(announce: Announce, keep_thanks: bool) -> None:
    view = forms.settings_form(announce, keep_thanks)
    assert view_problems(view) == []
    assert forms.read_settings(sent_off(view)) == (announce, keep_thanks)


@pytest.mark.parametrize("reason", [*REASONS.values(), "😀" * 3000, "x" * 40_000], ids=[*REASONS, "emoji", "endless"])
def test_forms_are_ones_that_slack_takes(reason: str) -> None:
    filled = Filled(MANY[:100], tuple(Behaviour), reason, Where.KUDOS, Source("C0ACME", "1.2", "1.2"), 2**62, 2**62)
    for view in (forms.form(filled, list(Where), form_words.NOT_A_COLLEAGUE()), forms.edit_form(filled)):
        assert view_problems(view) == []
    assert view_problems(answers.given_view(story(reason), Behaviour.OPTIMISM)) == []
    assert view_problems(answers.told_view(words.SAVED())) == []


@pytest.mark.parametrize("code", Code)
def test_every_refusal_has_a_sentence_and_a_field_to_stand_beside(code: Code) -> None:
    refused = Refused(code, ("U0LEE",), 3)
    ((field, sentence),) = forms.beside(refused, {"U0LEE": "Lee Park"}).items()
    assert field in {block["block_id"] for block in forms.form(FILLED, list(Where))["blocks"]}
    assert "<@" not in sentence
    assert "!" not in sentence
    ((field, _),) = forms.beside(refused, {}, editing=True).items()
    assert field in {block["block_id"] for block in forms.edit_form(FILLED)["blocks"]}


@example("Such patience. " * 66, Where.KUDOS, list(MANY[:10]))
@given(st.text(max_size=1000), st.sampled_from(Where), st.lists(st.sampled_from(MANY), max_size=10, unique=True))
def test_a_refusal_keeps_what_was_typed(reason: str, where: Where, people: list[str]) -> None:
    typed = Filled(tuple(people), (Behaviour.SOLUTIONS,), reason, where)
    message = answers.refusal(Refused(Code.SELF), typed).payload()
    (button,) = message["blocks"][-1]["elements"]
    assert len(button["value"]) <= 2000
    assert answers.read_typed(button) == typed


def test_what_is_too_long_for_a_button_is_kept_from_its_beginning() -> None:
    button = answers.refusal(Refused(Code.TOO_LONG, limit=1000), Filled(MANY, reason="\n<x" * 9000)).payload()
    value = button["blocks"][-1]["elements"][0]
    assert len(value["value"]) <= 2000
    assert answers.read_typed(value).reason.startswith("\n<x\n<x")


@pytest.mark.parametrize("value", [None, "", "12", "[]", "{}", '{"r": 1, "b": [], "t": "", "w": "x"}', "null"])
def test_a_button_that_is_none_of_ours_carries_nothing(value: str | None) -> None:
    assert answers.read_typed({"value": value}) == Filled()
    assert read_press({"value": "1; DROP TABLE kudos"}) is None


def test_my_page_tells_stories_by_behaviour() -> None:
    kind = story("For a kind word on a bad day.", behaviours=(Behaviour.KINDNESS,))
    bright = story("For seeing the way out.", behaviours=(Behaviour.SOLUTIONS, Behaviour.KINDNESS))
    shown = texts_of(pages.mine([bright, kind], []))
    assert shown.index("kindness*") < shown.index("kind word") < shown.index("solutions*") < shown.index("way out")


def test_only_what_may_still_be_changed_can_be() -> None:
    shown = pages.mine([], [story(id=3), story(id=2), story(id=1)], changeable=2)
    assert pressable(shown) == [pages.BEGIN, pages.SETTINGS, *[answers.EDIT, answers.TAKE_BACK] * 2]
    assert view_problems(home.kudos(shown).view()) == []


def test_my_page_shows_every_behaviour_of_a_story_once() -> None:
    both = story(behaviours=(Behaviour.KINDNESS, Behaviour.SOLUTIONS))
    shown = str(pages.mine([both], []).payload())
    assert [shown.count(words.BEHAVIOURS[one]()) for one in both.behaviours] == [1, 1]


def test_an_empty_page_is_a_friendly_one() -> None:
    shown = texts_of(pages.mine([], []))
    assert page_words.MINE_NONE() in shown
    assert page_words.GIVEN_NONE() in shown


def test_the_teams_page_counts_behaviours_and_names_no_person() -> None:
    weeks = [{Behaviour.KINDNESS: 2}, {}, {Behaviour.KINDNESS: 1, Behaviour.SOLUTIONS: 4}]
    shown = texts_of(pages.page("", pages.team("Care", weeks)))
    assert "`2·1`  :yellow_heart: kindness  *3*" in shown
    assert "<@" not in shown
    assert page_words.unseen(["welcoming", "responsiveness", "customer focus", "optimism"]) in shown


def test_the_weeks_of_all_behaviours_stand_below_each_other() -> None:
    shown = texts_of(pages.page("", pages.team("Care", [{Behaviour.KINDNESS: 9}, {Behaviour.OPTIMISM: 10}, {}])))
    assert "`9··`  :yellow_heart: kindness  *9*" in shown
    assert "`·+·`  :sunny: optimism  *10*" in shown


def test_a_team_without_kudos_is_not_scolded() -> None:
    assert page_words.all_unseen() in texts_of(pages.page("", pages.team("Care", [{}, {}])))


def test_a_manager_sees_who_goes_unthanked_with_something_to_look_at() -> None:
    shown = texts_of(pages.page("", pages.unthanked([pages.Unthanked("U0LEE", (LINK,))], 30)))
    assert "<@U0LEE>" in shown
    assert LINK in shown
    assert page_words.ONLY_YOU() in shown
    assert page_words.all_thanked(30) in texts_of(pages.page("", pages.unthanked([], 30)))


def test_names_read_as_a_sentence() -> None:
    assert words.listed([]) == ""
    assert words.listed(["Ana"]) == "Ana"
    assert words.listed(["Ana", "Lee"]) == "Ana and Lee"
    assert words.listed(["Ana", "Lee", "Omar"]) == "Ana, Lee and Omar"
    assert words.listed(["Ana"] * 25).endswith(", Ana and 5 more")


def test_nothing_that_is_said_of_kudos_shouts_or_counts_points() -> None:
    said = [value for value in vars(words).values() if isinstance(value, Text)]
    said += [
        *form_words.CHOICES.values(),
        *form_words.PLACES.values(),
        *words.SHARES.values(),
        *words.BEHAVIOURS.values(),
    ]
    assert len(said) > 50
    for sentence in (text() for text in said):
        assert "!" not in sentence
        assert not re.search(r"\b(point|score|rank|leader|top|badge)", sentence, re.IGNORECASE), sentence


def sent_off(view: dict[str, Any]) -> dict[str, Any]:
    """A view with its fields as they stand in it, as Slack hands it over."""
    keys: dict[str, tuple[str, str, Any]] = {
        "multi_users_select": ("selected_users", "initial_users", []),
        "plain_text_input": ("value", "initial_value", None),
        "multi_static_select": ("selected_options", "initial_options", []),
        "radio_buttons": ("selected_option", "initial_option", None),
        "checkboxes": ("selected_options", "initial_options", []),
    }
    values = {}
    for block in view["blocks"]:
        if element := block.get("element"):
            key, initial, nothing = keys[element["type"]]
            values[block["block_id"]] = {element["action_id"]: {key: element.get(initial, nothing)}}
    return view | {"state": {"values": values}}


def mrkdwn(thing: object) -> Iterator[dict[str, Any]]:
    """Every text that Slack reads for markup."""
    if isinstance(thing, dict):
        if thing.get("type") == "mrkdwn":
            yield thing
        for part in thing.values():
            yield from mrkdwn(part)
    elif isinstance(thing, list):
        for part in thing:
            yield from mrkdwn(part)


def texts(payload: dict[str, Any]) -> list[str]:
    """All that is read for markup, and the line of the notification."""
    return [str(payload["text"]), *(str(one["text"]) for one in mrkdwn(payload["blocks"]))]


def texts_of(message: Message) -> str:
    return "\n".join(texts(message.payload()))


def pressable(message: Message) -> list[str]:
    rows = [block["elements"] for block in message.payload()["blocks"] if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row]
