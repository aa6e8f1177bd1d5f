"""A Slack message as plain words: what is left when markup, case, accents and stretched letters do not count."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

MENTION = "<@>"  # any person, in the list of words
ALARM = "<!>"  # a broadcast, a channel, a sad face: a word that no phrase has

_SPELLED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("´", "'"))
_MENTION = r"<@[A-Z0-9]+(?:\|[^<>]*)?>|@[\w.-]+"
_MARKUP = r"<[#!][^<>]*>"
_EMOJI = r":[\w+'-]+:"
_HAPPY = r"<3|\^_?\^|\\o/|[:;=]['’]?-?[)\]DPp](?!\w)|\((?=[:;=])[:;=]"
_SAD = r"[:;=]['’]?-?[(\[/\\|]"
_WORD = r"[^\W_]+(?:['’`][^\W_]+)*"
_TOKEN = re.compile(
    f"(?P<mention>{_MENTION})|(?P<markup>{_MARKUP})|(?P<emoji>{_EMOJI})|(?P<happy>{_HAPPY})|(?P<sad>{_SAD})"
    rf"|(?P<word>{_WORD})|(?P<sign>[\S\n])"
)
_SIMPLE = re.compile(r"[A-Za-z0-9 .,!?\n'-]*")
_SIMPLE_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*|\?")
_BREAKS = frozenset(".,!;:…\n。，．！、､–—")
_SILENT = frozenset("\n.,!¡;:…·•~*_\"“”„«»'’`´-–—、。，．！・〜～｡､\u200b\u200d\u2060\ufe0e\ufe0f♀♂")
_APOSTROPHES = re.compile("['’`]")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_THREE = re.compile(r"(.)\1\1")  # quickly: what a stretched letter cannot be without
_LETTERS = re.compile("[\u3005-\u30ff\u3400-\u9fff]|[^\u3005-\u30ff\u3400-\u9fff]+")
_STROKES = str.maketrans("łøđı", "lodi")


@dataclass(slots=True)
class Plain:
    """A message's words in order, the marks before the words that follow one, and the places of capitals.

    It is read as far as someone has looked: most messages show by their first words that they are no goodbye.
    """

    tokens: Iterator[re.Match[str]]
    words: list[str] = field(default_factory=list)
    breaks: dict[int, str] = field(default_factory=dict)
    capitals: set[int] = field(default_factory=set)

    def has(self, place: int) -> bool:
        """Whether there is a word at this place."""
        while place >= len(self.words):
            token = next(self.tokens, None)
            if token is None:
                return False
            self._take(token.lastgroup, token[0])
        return True

    def whole(self) -> list[str]:
        """All of its words."""
        for token in self.tokens:
            self._take(token.lastgroup, token[0])
        return self.words

    def _take(self, kind: str | None, word: str) -> None:
        place = len(self.words)
        if kind == "word" and word[0].isupper():
            self.capitals.add(place)
        if kind == "word" and word.isalnum() and word.isascii():
            self.words.append(_unstretched(word.lower()))  # most words are
        elif word in _BREAKS:
            self.breaks[place] = word
        else:
            self.words += _read(kind, word)


def plain_words(text: str) -> list[str]:
    """The words of a message in order, in linear time; punctuation is silent, any other sign is its own word.

    Emoji stand as `:name:` or as their character, a happy face as ":)", a person as MENTION. Japanese has no
    spaces: each of its characters is a word.
    """
    return _simple_words(text) if _SIMPLE.fullmatch(text) else plain(text).whole()


def _simple_words(text: str) -> list[str]:
    """The same for a text of plain letters, which most are, and every message passes here."""
    lower = text.lower()
    words = _SIMPLE_WORD.findall(lower)
    if "'" not in lower and not _THREE.search(lower):
        return words
    return [_unstretched(word.replace("'", "")) for word in words]


def plain(text: str) -> Plain:
    """`plain_words`, and what punctuation and capitals tell, to be read from the beginning."""
    for spelled, sign in _SPELLED:
        text = text.replace(spelled, sign)
    return Plain(_TOKEN.finditer(unicodedata.normalize("NFKC", text)))


def _read(kind: str | None, token: str) -> list[str]:
    if kind == "word":
        return _LETTERS.findall(_plain(token))
    if kind == "sign":
        return [] if token in _SILENT or _is_skin(token) else [token]
    if kind == "emoji":
        return [] if token.startswith(":skin-tone-") else [token]
    return [{"mention": MENTION, "happy": ":)"}.get(kind or "", ALARM)]


def _plain(word: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    return _unstretched(_APOSTROPHES.sub("", bare.translate(_STROKES)))


def _unstretched(word: str) -> str:
    return _STRETCHED.sub(r"\1", word) if len(word) > 2 else word


def _is_skin(sign: str) -> bool:
    return "\U0001f3fb" <= sign <= "\U0001f3ff"
