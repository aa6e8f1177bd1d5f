"""The language that texts are said in: that of whoever reads them, which is English where nothing else is said.

`_` and `ngettext` say a text at once. A text that stands in a module is a `Text`, and said when it is called.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de", "fr", "es", "pt")
FOLDER = files("bot.views") / "locale"

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


class Text:
    """A text that stands in a module: `NAME = Text("…")`, said by `NAME()`."""

    __slots__ = ("english",)

    def __init__(self, english: str) -> None:
        self.english = english

    def __call__(self) -> str:
        return _(self.english)


def _(english: str) -> str:
    """The text, in the language that is spoken."""
    return catalogue(_spoken.get()).gettext(english)


def ngettext(one: str, many: str, count: int) -> str:
    """The text for so many, in the language that is spoken."""
    return catalogue(_spoken.get()).ngettext(one, many, count)


def spoken() -> str:
    """The language of now, one of LANGUAGES."""
    return _spoken.get()


def speak(language: str) -> None:
    """Texts are said in this language, one of LANGUAGES, for as long as this task or thread goes on."""
    _spoken.set(language)


@contextmanager
def speaking(language: str) -> Generator[None]:
    """Within it texts are said in this language, one of LANGUAGES."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def understood(locale: str, otherwise: str = ENGLISH) -> str:
    """The language of one of Slack's locales ("pt-BR"), where CareCue speaks it."""
    language = locale.replace("_", "-").split("-")[0].lower()
    return language if language in LANGUAGES else otherwise


@cache
def catalogue(language: str) -> NullTranslations:
    """What the language's texts are; English stands in the code. Read once, from the file that translators edit."""
    if language == ENGLISH:
        return NullTranslations()
    with (FOLDER / f"{language}.po").open("rb") as file:
        written = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, written)
    compiled.seek(0)
    return GNUTranslations(compiled)
