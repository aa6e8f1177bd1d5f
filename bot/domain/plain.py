"""A Slack message as plain words: what is left when markup, case, accents and stretched letters do not count."""

import re
import unicodedata

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
    rf"|(?P<word>{_WORD})|(?P<sign>\S)"
)
_SILENT = frozenset(".,!¡;:…·•~*_\"“”„«»'’`´-–—、。，．！・〜～｡､\u200b\u200d\u2060\ufe0e\ufe0f♀♂")
_APOSTROPHES = re.compile("['’`]")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_LETTERS = re.compile("[\u3005-\u30ff\u3400-\u9fff]|[^\u3005-\u30ff\u3400-\u9fff]+")
_STROKES = str.maketrans("łøđı", "lodi")


def plain_words(text: str) -> list[str]:
    """The words of a message in order, in linear time; punctuation is silent, any other sign is its own word.

    Emoji stand as `:name:` or as their character, a happy face as ":)", a person as MENTION. Japanese has no
    spaces: each of its characters is a word.
    """
    for spelled, sign in _SPELLED:
        text = text.replace(spelled, sign)
    words: list[str] = []
    for token in _TOKEN.finditer(unicodedata.normalize("NFKC", text)):
        word = token[0]
        if token.lastgroup == "word" and word.isalnum() and word.isascii():
            words.append(_unstretched(word.lower()))  # most words are; and every message passes here
        else:
            words += _read(token.lastgroup, word)
    return words


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
