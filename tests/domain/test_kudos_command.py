"""How /kudos is typed: who is thanked, for which behaviour, and for what, in any order and any script."""

import re
import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.behaviours import Behaviour, titled
from bot.domain.kudos import Draft, check_reason, read
from tests.domain.test_closings import calls

KINDNESS, WELCOMING, FOCUS = Behaviour.KINDNESS, Behaviour.WELCOMING, Behaviour.CUSTOMER_FOCUS
ANA, LEE, CARE = "<@U0ANA|ana>", "<@U0LEE>", "<!subteam^S0CARE|@care>"


def draft(
    reason: str,
    *receivers: str,
    groups: tuple[str, ...] = (),
    behaviours: tuple[Behaviour, ...] = (),
    unknown: tuple[str, ...] = (),
) -> Draft:
    return Draft(receivers, groups, behaviours, reason, unknown)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"{ANA} {LEE} #kindness for staying with the Acme family until their booking worked",
            draft("staying with the Acme family until their booking worked", "U0ANA", "U0LEE", behaviours=(KINDNESS,)),
            id="people, tag, reason",
        ),
        pytest.param(
            f"#kindness for staying late {ANA} and {LEE}",
            draft("staying late", "U0ANA", "U0LEE", behaviours=(KINDNESS,)),
            id="tag, reason, people",
        ),
        pytest.param(
            f"because they stayed late, {CARE} {ANA} :wave:",
            draft("they stayed late", "U0ANA", groups=("S0CARE",), behaviours=(WELCOMING,)),
            id="reason, group, person, emoji",
        ),
        pytest.param(
            f"{ANA} customer focus: staying late",
            draft("staying late", "U0ANA", behaviours=(FOCUS,)),
            id="a behaviour as two words",
        ),
        pytest.param(
            f"kindness and welcoming {ANA} for staying late",
            draft("staying late", "U0ANA", behaviours=(KINDNESS, WELCOMING)),
            id="behaviours as words first",
        ),
        pytest.param(
            f"for staying late {ANA} customer focus",
            draft("staying late", "U0ANA", behaviours=(FOCUS,)),
            id="a behaviour as words last",
        ),
        pytest.param(
            f"{ANA} <#C0KIND|kindness> for staying late",
            draft("staying late", "U0ANA", behaviours=(KINDNESS,)),
            id="a tag that is a channel's name, too",
        ),
        pytest.param(
            f"{ANA} 👋🏽 ❤️ for staying late",
            draft("staying late", "U0ANA", behaviours=(WELCOMING, KINDNESS)),
            id="emoji as characters, with a skin and with a selector",
        ),
        pytest.param(f"thank you so much {ANA} for staying late", draft("staying late", "U0ANA"), id="thanks first"),
        pytest.param(f"A big thank-you to {ANA}!", draft("A big thank-you", "U0ANA"), id="thanks only"),
        pytest.param(f"all my respect to {ANA}", draft("all my respect", "U0ANA"), id="what leads to the person"),
        pytest.param(f"{ANA}, {ANA} + {ANA}: staying late", draft("staying late", "U0ANA"), id="each person once"),
        pytest.param(f"{ANA}\nfor staying\nlate\n{LEE}", draft("staying\nlate", "U0ANA", "U0LEE"), id="lines"),
        pytest.param(f"{ANA} stayed late. {LEE}", draft("stayed late.", "U0ANA", "U0LEE"), id="after a full stop"),
        pytest.param("", draft(""), id="nothing"),
        pytest.param(" \t\n", draft(""), id="blank"),
        pytest.param("mine", draft("mine"), id="another word"),
        pytest.param(ANA, draft("", "U0ANA"), id="nobody said why"),
        pytest.param("for staying late", draft("staying late"), id="nobody said who"),
    ],
)
def test_people_and_behaviours_stand_at_either_end_of_the_reason(text: str, expected: Draft) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ANA} for helping <@U0KIM|kim>", draft("helping @kim", "U0ANA")),
        (
            f"{ANA} for helping <@U0KIM|kim> and {LEE} #kindness",
            draft("helping @kim and @…", "U0ANA", behaviours=(KINDNESS,)),
        ),
        (
            f"{ANA} for helping <@U0KIM|kim> #kindness {LEE}",
            draft("helping @kim", "U0ANA", "U0LEE", behaviours=(KINDNESS,)),
        ),
        (f"I love how {ANA} stayed late", draft("I love how @ana stayed late", "U0ANA")),
        (f"{ANA}'s patience is a gift", draft("@ana's patience is a gift", "U0ANA")),
        (f"{LEE} and {ANA}’s customers are happy", draft("and @ana’s customers are happy", "U0LEE")),
        (f"how {CARE} stayed late", draft("how @care stayed late", groups=("S0CARE",))),
        (f"{ANA}の対応がとても丁寧でした", draft("@anaの対応がとても丁寧でした", "U0ANA")),
        (f"{ANA}さんへ いつも丁寧に対応してくれて", draft("いつも丁寧に対応してくれて", "U0ANA")),
    ],
)
def test_a_person_within_the_reason_is_thanked_only_if_nobody_is_named_at_its_ends(text: str, expected: Draft) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@ana @lee.b for staying late", draft("staying late", unknown=("ana", "lee.b"))),
        (f"for staying late {ANA} @żółć", draft("staying late", "U0ANA", unknown=("żółć",))),
        ("how @ana stayed late", draft("how @ana stayed late", unknown=("ana",))),
        (f"{ANA} for helping @kim", draft("helping @kim", "U0ANA")),
        (f"{ANA} for writing to kim@example.com", draft("writing to kim@example.com", "U0ANA")),
    ],
)
def test_a_name_that_is_no_mention_is_told_apart(text: str, expected: Draft) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("for kindness beyond words", "kindness beyond words"),
        ("kindness beyond words", "kindness beyond words"),
        ("care for the customer", "care for the customer"),
        ("for her #kindness today", "her #kindness today"),
        ("#teamwork for all of us", "#teamwork for all of us"),
        ("because of her patience", "because of her patience"),
        ("for grade A to", "grade A to"),
        ("+1 for that idea", "+1 for that idea"),
        (":) what a day", ":) what a day"),
        ("— for C++", "C++"),
        ("for staying late 🎉", "staying late 🎉"),
        ("wegen der Geduld", "wegen der Geduld"),
        ("für deine Geduld", "deine Geduld"),
        ("weil du geblieben bist", "weil du geblieben bist"),
        ("parce que tu es là", "tu es là"),
        ("ponieważ została", "ponieważ została"),
    ],
)
def test_the_reason_is_left_as_it_was_written_but_for_the_word_that_leads_to_it(typed: str, reason: str) -> None:
    assert read(f"{ANA} {typed}").reason == reason


@pytest.mark.parametrize(
    "text",
    [
        f"“{ANA} for staying late”",
        f"{ANA} “for staying late”",
        f"{ANA} for „staying late“",
        f'"{ANA}" for "staying late"',
        f"‘staying late’ {ANA}",
        f"«staying late» “{ANA}”",
        f"{ANA} 「staying late」",
    ],
)
def test_quotes_around_the_whole_are_no_part_of_it(text: str) -> None:
    assert read(text) == draft("staying late", "U0ANA")


def test_other_quotes_stay() -> None:
    assert read(f"{ANA} “yes” is what she’s “saying”").reason == "“yes” is what she’s “saying”"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("<!channel> for staying late", "staying late"),
        ("for telling <!here> and <!everyone|everyone> of it", "telling @here and @everyone of it"),
        ("for R&amp;D &lt;3 &amp;lt;", "R&D <3 &lt;"),
        ("for all in <#C0SECRET|acme-merger> today", "all in #… today"),
        (
            "for <https://example.com/a|the guide> and <https://example.com>",
            "the guide (https://example.com/a) and https://example.com",
        ),
        ("for asking <mailto:kim@example.com|kim@example.com>", "asking kim@example.com"),
        ("for \x00bell\x07 and half \ud83d a pair", "bell and half  a pair"),
    ],
)
def test_no_markup_is_left_in_a_reason_and_no_channels_name(typed: str, reason: str) -> None:
    assert read(f"{ANA} {typed}").reason == reason


@dataclass(frozen=True)
class Written:
    """A part of a command as it is typed, and what it stands for."""

    typed: str
    receiver: str | None = None
    group: str | None = None
    unknown: str | None = None
    behaviour: Behaviour | None = None


IDS = st.from_regex(r"[A-Z0-9]{2,9}", fullmatch=True)
HANDLES = st.from_regex(r"[a-z][a-z0-9_.-]{0,10}[a-z]", fullmatch=True)
PEOPLE = st.one_of(
    st.builds(lambda user, name: Written(f"<@U{user}|{name}>", receiver=f"U{user}"), IDS, HANDLES),
    st.builds(lambda user: Written(f"<@W{user}>", receiver=f"W{user}"), IDS),
    st.builds(lambda group, name: Written(f"<!subteam^S{group}|@{name}>", group=f"S{group}"), IDS, HANDLES),
    st.builds(lambda group: Written(f"<!subteam^S{group}>", group=f"S{group}"), IDS),
    st.builds(lambda name: Written(f"@{name}", unknown=name), HANDLES),
)
SPELLINGS = {
    Behaviour.KINDNESS: ("#kindness", "#Freundlichkeit", ":heart:", "❤️", "<#C0KIND|kindness>", "#親切"),
    Behaviour.WELCOMING: ("#welcoming", "#ACOGIDA", ":wave::skin-tone-4:", "👋🏾", "“#welcoming”"),
    Behaviour.RESPONSIVENESS: ("#responsiveness", "#réactivité", ":zap:", "⚡"),
    Behaviour.CUSTOMER_FOCUS: ("#customer_focus", "#customer-focus", "#CustomerFocus", "🎯"),
    Behaviour.OPTIMISM: ("#optimism", "#ottimismo", ":rainbow:", "🌈"),
    Behaviour.SOLUTIONS: ("＃solutions", "#rozwiązania", ":bulb:", "💡", "#oplossingen"),
}
SIGNED = st.sampled_from(
    [Written(typed, behaviour=behaviour) for behaviour, spellings in SPELLINGS.items() for typed in spellings]
)
TITLES = st.sampled_from(
    [
        Written(f"{title}:", behaviour=behaviour)
        for behaviour in Behaviour
        for title in (behaviour, behaviour.upper().replace("_", " "), behaviour.replace("_", "-"))
    ]
)
NOISE = st.sampled_from([Written("<!channel>"), Written("<!here|here>")])
BETWEEN = st.sampled_from([" ", "  ", ", ", " and ", " & ".replace("&", "&amp;"), "\n", " — ", " y "])


def escaped(text: str) -> str:
    """As Slack hands over what was typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def is_quiet(text: str) -> bool:
    """Whether a word has nothing that a command gives a meaning to."""
    return text == unicodedata.normalize("NFC", text) and not re.search(
        r"[@＠#＃:\s\"“”„«»‹›'‘’「」『』.!?;…。！？]", text
    )


LETTERS = st.text(
    st.characters(categories=["L", "N", "P", "S"], min_codepoint=33, max_codepoint=0x1FFFF), max_size=8
).filter(is_quiet)
WORDS = st.builds("x{}x".format, LETTERS).filter(lambda word: unicodedata.is_normalized("NFC", word))
REASONS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
LEADS = st.sampled_from(["", "for ", "because ", "For ", "porque ", "für ", ": ", "— "])
QUOTES = st.sampled_from(["{}", "“{}”", "„{}“", '"{}"', "«{}»", "‘{}’", "「{}」"])


def values(parts: list[Written], what: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for part in parts if (found := getattr(part, what)) is not None))


def joined(parts: list[Written], data: st.DataObject) -> str:
    return "".join(data.draw(BETWEEN) + part.typed if place else part.typed for place, part in enumerate(parts))


@given(
    st.lists(st.one_of(PEOPLE, SIGNED, TITLES, NOISE), max_size=8),
    st.lists(st.one_of(PEOPLE, SIGNED, NOISE), max_size=6),
    REASONS,
    LEADS,
    QUOTES,
    st.data(),
)
def test_what_was_written_in_any_order_is_read_back(
    head: list[Written], tail: list[Written], reason: str, lead: str, quotes: str, data: st.DataObject
) -> None:
    text = f"{joined(head, data)} {lead}{quotes.format(escaped(reason))}\n{joined(tail, data)}"
    parts = head + tail
    expected = Draft(
        receivers=values(parts, "receiver"),
        groups=values(parts, "group"),
        behaviours=tuple(dict.fromkeys(part.behaviour for part in parts if part.behaviour)),
        reason=reason,
        unknown=values(parts, "unknown"),
    )
    assert read(text) == expected


@given(st.lists(PEOPLE, min_size=1, max_size=4), REASONS, st.data())
def test_people_named_last_are_read_without_a_new_line_if_nobody_was_named_before(
    people: list[Written], reason: str, data: st.DataObject
) -> None:
    found = read(f"{escaped(reason)} {joined(people, data)}")
    assert (found.receivers, found.groups, found.unknown) == tuple(
        values(people, what) for what in ("receiver", "group", "unknown")
    )
    assert found.reason == reason


FRAGMENTS = st.sampled_from(
    [
        *("<@U0ANA", "<@U0ANA|", "|ana>", "<!", "channel>", "<!subteam^", "S1>", "<#C1|x", ">", "&lt;", "&amp", ";"),
        *("@", "#", "kindness", "customer", "focus", "for", "because", "of", "and", "to", "“", "”", "'", "’s", ":"),
        *(
            ":heart",
            "👋",
            "🏽",
            "\u200d",
            "\ufe0f",
            "\u0301",
            "\x00",
            "\ud800",
            "\u202e",
            "さん",
            "の",
            "\n",
            " ",
            "  ",
        ),
        *(ANA, LEE, CARE, "#kindness"),
    ]
)


@given(st.text(max_size=60) | st.lists(FRAGMENTS, max_size=25).map("".join))
def test_any_text_can_be_read_kept_and_checked(text: str) -> None:
    found = read(text)
    assert all(re.fullmatch("[A-Z0-9]+", each) for each in found.receivers + found.groups)
    assert len(set(found.behaviours)) == len(found.behaviours)
    assert found.reason == found.reason.strip()
    assert "\x00" not in found.reason
    assert found.reason.encode().decode() == found.reason
    check_reason(found.reason)


@given(st.lists(FRAGMENTS.filter(lambda part: "&" not in part and part not in ("<!", ">")), max_size=25).map("".join))
def test_a_broadcast_is_never_left_as_one(text: str) -> None:
    assert not re.search("<!(channel|here|everyone)[|>]", read(f"{text} <!channel> {text} <!here|here> x").reason)


HOSTILE = [
    "<@U0ANA|ana> ",
    "kindness ",
    "customer focus and ",
    "<@U",
    "<#C1|",
    "<!subteam^S",
    "&amp;",
    "@",
    "#",
    "“",
    ":",
]
HOSTILE += [
    ":a",
    "thank you ",
    "for ",
    ", ",
    "\n",
    "x",
    "a_",
    "a's",
    "<@U1>'",
    "<https://",
    "で",
    "👍",
    "\u0301",
    "\u200d👍",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_twice_the_text_is_at_most_twice_the_work(part: str) -> None:
    """Up to 40,000 characters, the most that Slack ever sends."""
    read("load the words first")
    half, whole = part * (3_000 // len(part)), part * (3_000 // len(part) * 2)
    assert calls(lambda: read(whole)) <= 2.2 * calls(lambda: read(half)) + 100
    assert isinstance(read((part * 40_000)[:40_000]), Draft)


def test_titles_are_words_that_begin_no_reason() -> None:
    """Or "@ana quick fix for Acme" would lose its words."""
    assert not any(map(titled, ["quick", "fix", "care", "kind", "fast", "positive", "customer", "welcome", "schnell"]))
