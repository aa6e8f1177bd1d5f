"""Every text of the code is in every catalogue, and says what it says in English, with the same parts."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from tests.messages import CATALOGUES, SPOKEN, Texts, read, said, written

PARTS = re.compile(r"%(?:\(\w+\)[sd]|%)|`[^`]*`|:[a-z0-9_+-]+:|<[^>]*>")
BOLD = re.compile(r"(?<!\w)\*(?=\S)[^*\n]+\*(?!\w)")
Language = pytest.mark.parametrize("language", SPOKEN)


def parts(text: str) -> Counter[str]:
    """What a translation has to keep: placeholders, what is typed, emoji, links; and as many in bold."""
    return Counter(PARTS.findall(text)) + Counter({"*": len(BOLD.findall(text))})


def mistakes(english: Texts, translated: Texts) -> Iterator[str]:
    """What is wrong with a translation of a text."""
    sources = (english,) if isinstance(english, str) else english
    forms = (translated,) if isinstance(translated, str) else translated
    if len(forms) != len(sources) or not all(forms):
        yield "not translated"
        return
    for source, form in zip(sources, forms, strict=True):
        if parts(form) not in [parts(one) for one in sources]:
            yield f"{parts(source)} became {parts(form)}"
        if form.count("!") > source.count("!"):
            yield "louder"
        if (form[0].isspace(), form[-1].isspace()) != (source[0].isspace(), source[-1].isspace()):
            yield "other spaces around it"
        if form.count("\n") != source.count("\n"):
            yield "other lines"


def wrong(message: Message) -> list[str]:
    """The same of an entry of a catalogue."""
    found = mistakes(message.id, message.string or "")  # type: ignore[arg-type]
    return [f"{message.id!r}: {mistake}" for mistake in found]


@Language
def test_a_catalogue_has_what_the_code_says_and_no_more(language: str) -> None:
    """`make messages` brings it up to date."""
    assert (CATALOGUES / f"{language}.po").read_bytes() == written(language, read(language))


@Language
def test_every_text_is_translated_with_all_its_parts(language: str) -> None:
    assert [mistake for message in read(language) if message.id for mistake in wrong(message)] == []


@pytest.mark.parametrize(
    ("english", "translated", "found"),
    [
        ("Save", "Speichern", []),
        ("Save", "", ["not translated"]),
        (("%(n)d day", "%(n)d days"), ("%(n)d Tag", ""), ["not translated"]),
        (("%(n)d day", "%(n)d days"), ("%(n)d Tag", "%(n)d Tage"), []),
        (("One day", "%(n)d days"), ("Ein Tag", "%(n)d Tage"), []),
        ("Thanks.", "Danke!", ["louder"]),
        ("Hi %(who)s", "Hallo", ["Counter({'%(who)s': 1, '*': 0}) became Counter({'*': 0})"]),
    ],
)
def test_a_mistake_in_a_translation_is_found(english: Texts, translated: Texts, found: list[str]) -> None:
    told = list(mistakes(english, translated))
    assert len(told) == len(found)
    assert [mistake for mistake in told if "became" not in mistake] == [one for one in found if "became" not in one]


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Type `/care help`", "Gib `/care hilfe` ein"),
        (":eyes: Seen", ":augen: Gesehen"),
        ("*Now* or later", "Jetzt oder später"),
        ("<%(link)s|Open>", "Öffnen"),
    ],
)
def test_what_is_typed_drawn_linked_or_bold_stays(english: str, translated: str) -> None:
    assert [mistake for mistake in mistakes(english, translated) if "became" in mistake]


def test_texts_are_said_by_views_alone() -> None:
    """Else no catalogue would have them."""
    assert {module.split("/")[1] for module, _ in said() if module.endswith(".py")} == {"views"}
