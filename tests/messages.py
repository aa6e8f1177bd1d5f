"""The catalogues of all languages, brought up to what the code says: `make messages`.

What is translated stays; what the code no longer says is dropped. Texts stand in the order of the code, with neither
lines nor dates, so that a catalogue changes only where a text does.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

import bot.views
from bot.domain.data_files import load
from bot.views.language import ENGLISH, LANGUAGES

VIEWS = Path(bot.views.__file__).parent
CATALOGUES = VIEWS / "locale"
SPOKEN = tuple(language for language in LANGUAGES if language != ENGLISH)
KEYWORDS = {"_": None, "Text": None, "ngettext": (1, 2)}
# 0 is one to the French and to Brazilians.
PLURALS = {"de": "(n != 1)", "es": "(n != 1)", "fr": "(n > 1)", "pt": "(n > 1)"}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural={plural};\\n"

"""

Texts = str | tuple[str, ...]  # one, or the one of one and of many


def said() -> Iterator[tuple[str, Texts]]:
    """All texts of the code, each with the module in which it stands; and the pulse's questions, which are data."""
    for module in sorted(VIEWS.rglob("*.py")):
        name = module.relative_to(VIEWS.parent.parent).as_posix()
        for _line, texts, _comments, _context in extract_from_file("python", module, keywords=KEYWORDS):
            yield name, texts
    yield from (("bot/domain/data/pulse.toml", one["text"]) for one in load("pulse")["question"])


def read(language: str) -> Catalog:
    """A catalogue as it is."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return Catalog(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def written(language: str, known: Catalog) -> bytes:
    """The catalogue's file, with the translations that are known."""
    catalogue = Catalog(language)
    for module, texts in said():
        one = texts if isinstance(texts, str) else texts[0]
        before = known.get(one)
        translated = before.string if before and before.id == texts else None
        catalogue.add(texts, translated, locations=[(module, 0)])
    entries = BytesIO()
    write_po(entries, catalogue, width=0, omit_header=True, include_lineno=False)
    return HEADER.format(language=language, plural=PLURALS[language]).encode() + entries.getvalue()


def main() -> None:
    """Write them all."""
    CATALOGUES.mkdir(exist_ok=True)
    for language in SPOKEN:
        (CATALOGUES / f"{language}.po").write_bytes(written(language, read(language)))


if __name__ == "__main__":
    main()
