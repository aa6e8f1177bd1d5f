"""The grammar of /care: what was typed, read; a word that is not known comes with the one that is probably meant."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from bot.domain.weekly import read_hour

LONGEST = 200  # characters that are read


class Verb(StrEnum):
    """What somebody wants."""

    LIST = "list"
    HELP = "help"
    EXPORT = "export"
    SAY = "digest"  # how the digest stands
    NOW = "now"
    OFF = "off"
    WEEKLY = "weekly"
    HOUR = "hour"
    PULSE = "pulse"
    PROMPT = "prompt"
    ASK = "ask"
    SNAG = "snag"
    BOUNDARY = "boundary"
    BACKING = "backing"
    WHY = "why"
    PAUSE = "pause"
    RESUME = "resume"
    QUIET = "quiet"
    DIGEST_ONLY = "digest-only"
    HOURS = "hours"
    SETUP = "setup"
    PRIVACY = "privacy"
    LEADER_TIME = "leader-time"  # how soon I answer, for my teams to see
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Order:
    """`team`: of a team's page, and not of one's own; `key` names the team where that was said.

    `weekday` is None where only an hour was said. `meant` is how what is not known was probably meant. `line` is what
    was typed after the word, as it was typed; `on` is None where somebody only looks.
    """

    verb: Verb
    team: bool = False
    key: str | None = None
    weekday: int | None = None
    minute: int = 0
    meant: str = ""
    line: str = ""
    on: bool | None = None


TOP = (
    *("pause", "resume", "quiet", "digest-only", "hours"),
    *("ask", "snag", "boundary", "backing", "leader-time", "digest", "export", "help", "pulse", "privacy", "prompt"),
    *("setup", "why"),
)
OF_DIGEST = ("now", "off", "weekly", "hour", "team")
OF_TEAM = ("off", "weekly", "hour")
NEEDS_NO_MORE = (
    "export",
    "pulse",
    "backing",
    "resume",
    "quiet",
    "digest-only",
    "setup",
    "privacy",
)  # with anything behind them they are not understood
_ALONE = {
    "": Verb.LIST,
    "resume": Verb.RESUME,
    "quiet": Verb.QUIET,
    "digest-only": Verb.DIGEST_ONLY,
    "help": Verb.HELP,
    "export": Verb.EXPORT,
    "pulse": Verb.PULSE,
    "backing": Verb.BACKING,
    "setup": Verb.SETUP,
    "privacy": Verb.PRIVACY,
}
_WITH_LINE = {
    "ask": Verb.ASK,
    "snag": Verb.SNAG,
    "boundary": Verb.BOUNDARY,
    "prompt": Verb.PROMPT,
    "why": Verb.WHY,
    "pause": Verb.PAUSE,
    "hours": Verb.HOURS,
}
_SAME = {
    "?": "help",
    "loud": "resume",
    "unpause": "resume",
    "back": "resume",
    "on": "weekly",
    "stop": "off",
    "preview": "now",
    "at": "hour",
    "set-up": "setup",
    "settings": "setup",
    "config": "setup",
}


def read(text: str) -> Order:
    """What was typed after /care."""
    first, *rest = text[:LONGEST].casefold().split() or [""]
    word = _SAME.get(first, first)
    if word == "pause" and rest in (["off"], ["stop"], ["end"]):
        return Order(Verb.RESUME)
    if word == "digest" and rest == ["only"]:
        return Order(Verb.DIGEST_ONLY)
    if word in _ALONE and not (rest and word in NEEDS_NO_MORE):
        return Order(_ALONE[word])
    if word in _WITH_LINE:
        return Order(_WITH_LINE[word], line=_after(text))
    if word == "leader-time":
        return _leader_time(rest)
    if word == "digest":
        return _digest(rest)
    if word in NEEDS_NO_MORE:
        return _unknown([], first, TOP, [])
    meant = _unknown([], first, tuple(one for one in TOP if one not in NEEDS_NO_MORE), rest) if rest else None
    return meant if meant and meant.meant else _unknown([], first, TOP, rest)


def _leader_time(words: list[str]) -> Order:
    if words and words not in (["on"], ["off"]):
        return Order(Verb.UNKNOWN, meant="leader-time on")
    return Order(Verb.LEADER_TIME, on=words == ["on"] if words else None)


def _after(text: str) -> str:
    """What follows the first word, whole."""
    return next(iter(text.split(maxsplit=1)[1:]), "").strip()


def _digest(words: list[str]) -> Order:
    if not words:
        return Order(Verb.SAY)
    first, *rest = words
    if first == "team":
        return _of_team(rest)
    if _SAME.get(first, first) == "now" and not rest:
        return Order(Verb.NOW)
    return _choice(["digest"], words, OF_DIGEST)


def _of_team(words: list[str]) -> Order:
    """The team's key may stand before what is wanted."""
    begun = ["digest", "team"]
    if not words:
        return Order(Verb.SAY, team=True)
    plain = _choice(begun, words, OF_TEAM)
    if plain.verb is not Verb.UNKNOWN or len(words) == 1:
        return Order(plain.verb, True, None, plain.weekday, plain.minute, plain.meant)
    key, *rest = words
    keyed = _choice([*begun, key], rest, OF_TEAM)
    return Order(keyed.verb, True, key, keyed.weekday, keyed.minute, plain.meant or keyed.meant)


def _choice(begun: list[str], words: list[str], known: tuple[str, ...]) -> Order:
    first, *rest = words
    match _SAME.get(first, first), rest:
        case "off", []:
            return Order(Verb.OFF)
        case "weekly", []:
            return Order(Verb.WEEKLY)
        case "hour", [_, *_]:
            return _hour(begun, rest)
        case "hour", []:
            return Order(Verb.UNKNOWN, meant=" ".join([*begun, "hour mon 9:00"]))
    if hour := read_hour(" ".join(words)):
        return Order(Verb.HOUR, weekday=hour[0], minute=hour[1])
    return _unknown(begun, first, known, rest)


def _hour(begun: list[str], words: list[str]) -> Order:
    hour = read_hour(" ".join(words))
    if hour is None:
        return Order(Verb.UNKNOWN, meant=" ".join([*begun, "hour mon 9:00"]))
    return Order(Verb.HOUR, weekday=hour[0], minute=hour[1])


def _unknown(begun: list[str], word: str, known: tuple[str, ...], rest: list[str]) -> Order:
    near = get_close_matches(word, known, 1)
    return Order(Verb.UNKNOWN, meant=" ".join([*begun, near[0], *rest]) if near else "")
