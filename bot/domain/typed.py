"""What somebody typed into a command, cut into pieces: Slack's markup for people and channels, tags, emoji, words."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

HIDDEN = "…"  # stands for a person or a channel whose name is not ours to tell

_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_SKIN = "(?::skin-tone-[2-6]:)?"
_PIECE = re.compile(
    r"(?P<space>\s*)(?:"
    r"<@(?P<person>[A-Z0-9]{1,30})(?:\|(?P<handle>[^<>|]{0,200}))?>"
    r"|<!subteam\^(?P<group>[A-Z0-9]{1,30})(?:\|(?P<group_handle>[^<>|]{0,200}))?>"
    r"|<\#(?P<channel>[A-Z0-9]{1,30})(?:\|(?P<channel_name>[^<>|]{0,200}))?>"
    r"|<!(?P<broadcast>channel|here|everyone)(?:\|[^<>|]{0,200})?>"
    r"|<(?P<link>(?:https?://|mailto:)[^\s<>|]{1,3000})(?:\|(?P<label>[^<>|]{0,300}))?>"
    r"|(?<!\w)[@＠](?P<name>[^\W_](?:[\w.-]{0,80}\w)?)"
    r"|(?<!\w)[#＃](?P<tag>[^\W_](?:[\w-]{0,80}\w)?)"
    rf"|(?P<emoji>:[\w+'-]{{1,100}}:{_SKIN})"
    r"|(?P<word>[^\W_]+(?:['’_-][^\W_]+)*)"
    "|(?P<sign>&(?:lt|gt|amp);|(?:[^\\w\\s]|_)(?:[\u0300-\u036f\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[^\\w\\s])*)"
    r"|$)"
)
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class What(StrEnum):
    """What a piece is."""

    PERSON = "person"  # value: the id
    GROUP = "group"  # value: the user group's id
    CHANNEL = "channel"  # value: its name, or "" if Slack keeps it
    BROADCAST = "broadcast"
    LINK = "link"
    NAME = "name"  # "@ana", which did not become an id; value: "ana"
    TAG = "tag"  # value: without its "#"
    EMOJI = "emoji"
    WORD = "word"
    SIGN = "sign"  # anything else, an emoji's character too


@dataclass(frozen=True, slots=True)
class Piece:
    """`shown` is plain text, no markup. `space` is what stood before it."""

    what: What
    value: str
    shown: str
    space: str = ""


def pieces(text: str) -> list[Piece]:
    """The text in order, tidy, in linear time."""
    return [_piece(found) for found in _PIECE.finditer(tidy(text)) if found.lastgroup != "space"]


def tidy(text: str) -> str:
    """The text without what no database can keep, such as half a character; each letter spelled in one way."""
    return unicodedata.normalize("NFC", _UNWRITABLE.sub("", text))


def written(found: Iterable[Piece]) -> str:
    """The pieces as plain text again."""
    return "".join(piece.space + piece.shown for piece in found).strip()


def _piece(found: re.Match[str]) -> Piece:
    what = next(what for what in What if found[what] is not None)
    return Piece(what, _value(what, found), _shown(what, found), found["space"])


def _value(what: What, found: re.Match[str]) -> str:
    if what is What.CHANNEL:
        return found["channel_name"] or ""
    return _plain(found[what])


def _shown(what: What, found: re.Match[str]) -> str:
    """A channel's name may be a secret of its members, and who is without a handle has no name here."""
    if what is What.PERSON:
        return f"@{_plain(found['handle'] or HIDDEN)}"
    if what is What.GROUP:
        return f"@{_plain(found['group_handle'] or HIDDEN).lstrip('@')}"
    if what is What.CHANNEL:
        return f"#{HIDDEN}"
    if what is What.LINK:
        return _link(_plain(found["link"]), _plain(found["label"] or ""))
    return _plain(found[0].lstrip()) if what is not What.BROADCAST else f"@{found['broadcast']}"


def _link(address: str, label: str) -> str:
    bare = address.removeprefix("mailto:")
    return bare if label in bare else f"{label} ({bare})"


def _plain(text: str) -> str:
    return re.sub("&(?:lt|gt|amp);", lambda entity: _ENTITIES[entity[0]], text)
