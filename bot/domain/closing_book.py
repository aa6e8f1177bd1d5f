"""What people say when they end a conversation: data/closings*.toml, ready to read by."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from bot.domain.data_files import load
from bot.domain.phrases import Heard, Phrases, spelled_out
from bot.domain.plain import MENTION, Plain, plain_words
from bot.domain.spelling import Meant, Spelling

Data = dict[str, Any]

_NICK = r"(?:[a-z]{4,}[0-9]{1,2}|[A-Za-z]{2,}_[A-Za-z_]*[A-Za-z]|[A-Z][a-z]+[A-Z][A-Za-z]+[0-9]?)"
_CALLED = re.compile(rf"^\s*{_NICK}(?:\s?[:,]|\b)|\b{_NICK}[.!]*\s*$|\b[a-z]{{4,}}[0-9]{{1,2}}\b")
_MAY_BE_NICK = re.compile("[a-z][0-9A-Z]|_")  # quickly: what a nickname cannot be without

AFTER_BUT = frozenset({"goodbye", "done", "declined", "thanks"})
AFTER_NO = frozenset({"goodbye", "done", "declined", "thanks", "refused"})
SHORTEST_DOING = 5  # letters of a word in -ing; a shorter one is no deed


NOTHING = 99  # no rule so far: weaker than any


class Said(NamedTuple):
    """How far a message has been read: the strongest rule so far, and what may follow."""

    rule: int = NOTHING
    whole: bool = False  # it could end here
    refused: bool = False  # a "no" was the last thing said
    yes: bool = False
    but: bool = False  # the last word was a "but"
    thanked: bool = False
    called: bool = False  # begins with a word that may be a name


class Book:
    """Rules, phrases and the few lists beside them."""

    def __init__(self, data: Data, languages: dict[str, Data], names: Iterable[str]) -> None:
        self.rules: list[str] = data["rules"]
        self.weak = {before: frozenset(rules) for before, rules in data["weak"].items()}
        self.weak_after_yes = {before: frozenset(rules) for before, rules in data["weak_after_yes"].items()}
        self.questions = frozenset(plain_words(" ".join(data["questions"]["starts"])))
        self._ours = _by_word(data["previous"])
        self._before_places = frozenset(data["open"]["before_places"])
        self._hanging = frozenset(data["hanging"]["words"])
        self._after_no = frozenset(data["after_no"]["words"])
        self._traps = [line(plain_words(text)) for text in data["traps"]["phrases"]]
        self._names = frozenset(names)
        self._asks = frozenset(plain_words(" ".join(data["open"]["asks"])))
        self._never = self._asks.union(plain_words(" ".join(data["open"]["never"])))
        self._phrases = _phrases(
            data,
            languages,
            {"word": self._is_word, "some": self._is_some, "doing": self._is_doing, "name": self._is_name},
        )
        self._known = self._never | self._phrases.vocabulary
        self._spelling = Spelling(
            self._phrases.vocabulary,
            self._names,
            {*self._never, *self.questions, *data["spelling"]["no_slips"]},
            data["spelling"]["little"],
        )

    def ours(self, words: Sequence[str]) -> set[str]:
        """What a sentence of our side sounds like."""
        telling = self._ours.keys() & words
        said = line(words) if telling else ""
        return {kind for word in telling for phrase, kind in self._ours[word] if phrase in said}

    def uncalled(self, text: str) -> str:
        """Without the nickname that someone is called by, at the beginning or at the end."""
        return _CALLED.sub(" @someone ", text) if _MAY_BE_NICK.search(text) else text

    def endings(self, written: Plain) -> dict[Said, int]:
        """Every way to cut the whole message into closings, with the number of pieces; none if there is a rest."""
        cut = self._cut(Meant(written, self._spelling))
        found = {said: pieces for said, pieces in cut.items() if said.whole and said.rule != NOTHING}
        return found if found and not self._is_trap(written.whole()) else {}

    def _is_trap(self, words: Sequence[str]) -> bool:
        """Whether it only looks like closings."""
        said = line(words)
        return words[-1] in self._hanging or any(trap in said for trap in self._traps)

    def _cut(self, message: Meant) -> dict[Said, int]:
        """What has been said at the end of the message; it goes on from place to place until nothing fits."""
        begun = self._phrases.over(message)
        reached: dict[int, dict[Said, int]] = {0: {Said(): 0}}
        place = 0
        while reached:
            here = reached.pop(place, {})
            if not message.word(place):
                return here
            if here:
                apart = bool(message.mark(place)) or message.word(place) in self._after_no
                for end, kind in {*begun(place), *self._named(message, place)}:
                    for said, pieces in here.items():
                        if after := self._after(said, kind, apart):
                            there = reached.setdefault(end, {})
                            there[after] = min(pieces + 1, there.get(after, pieces + 1))
            place += 1
        return {}

    def _after(self, said: Said, kind: str, apart: bool) -> Said | None:
        """What has been said once a phrase of this kind was added; None where it cannot stand."""
        if kind in self.rules:
            return self._closing(said, kind, apart)
        if kind in ("mention", "called"):
            return said._replace(called=said.called or kind == "called")
        if kind == "lead":
            return said._replace(whole=False, refused=False)
        if kind == "yes":
            return said._replace(whole=False, refused=False, yes=True)
        if kind == "no":
            rule = min(self.rules.index("refused"), said.rule)
            return None if said.but else said._replace(rule=rule, whole=True, refused=True)
        if kind == "but":
            return said._replace(whole=False, refused=False, but=True) if said.whole else None
        return said if said.whole or said.yes else None

    def _closing(self, said: Said, kind: str, apart: bool) -> Said | None:
        if said.but and kind not in AFTER_BUT:
            return None
        if said.refused and not apart and kind not in AFTER_NO:
            return None
        if said.refused and kind == "thanks":
            kind = "declined"  # no thanks
        rank, thanked = min(self.rules.index(kind), said.rule), said.thanked or kind == "thanks"
        return said._replace(rule=rank, whole=True, refused=kind == "refused", but=False, thanked=thanked)

    def _named(self, message: Meant, place: int) -> Iterator[tuple[int, str]]:
        """A person called by name: beside a closing, or before one and parted from it."""
        after = place + 1
        if message.word(place) in self._names:
            yield after, "mention" if message.word(after) else "tail"
        elif self._may_be_name(message, place):
            if not place and message.mark(after) in (",", ":"):
                yield after, "called"
            elif place and message.capital(place) and (message.mark(after) or not message.word(after)):
                yield after, "tail"

    def _may_be_name(self, message: Meant, place: int) -> bool:
        word = message.word(place)
        follows = place and message.word(place - 1) in self._before_places
        return (
            len(word) > 1
            and word.isalpha()
            and word not in self._known
            and message.mark(place) in ("", ",")
            and not follows
        )

    def _is_word(self, heard: Heard, place: int) -> bool:
        word = heard.word(place)
        return word.isalpha() and word not in self._asks and not heard.mark(place)

    def _is_some(self, heard: Heard, place: int) -> bool:
        word = heard.word(place)
        return len(word) > 1 and word not in self._never and self._is_word(heard, place)

    def _is_doing(self, heard: Heard, place: int) -> bool:
        word = heard.word(place)
        return word.endswith("ing") and len(word) >= SHORTEST_DOING and self._is_some(heard, place)

    def _is_name(self, heard: Heard, place: int) -> bool:
        return heard.word(place) in self._names or heard.word(place) == MENTION


@cache
def book() -> Book:
    """The one book, read when it is first needed."""
    data = load("closings")
    languages = {language: load(f"closings_{language}") for language in data["languages"]}
    return Book(data, languages, load("names")["names"].split())


def line(words: Iterable[str]) -> str:
    """One string to look for whole words in."""
    return f" {' '.join(words)} "


def _by_word(kinds: Mapping[str, Iterable[str]]) -> dict[str, list[tuple[str, str]]]:
    """Phrases with their kinds, each under its longest word: in most sentences none has to be looked for."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, texts in kinds.items():
        for words in map(plain_words, texts):
            found.setdefault(max(words, key=len), []).append((line(words), kind))
    return found


def _phrases(data: Data, languages: dict[str, Data], open_slots: dict[str, Any]) -> Phrases:
    slots: dict[str, list[list[str]]] = {}
    for language, said in languages.items():
        local = partial(_local, language, set(said.get("slots", ())))
        for name, entries in said.get("slots", {}).items():
            slots[local(name)] = [words for entry in entries for words in _spelled(entry, local)]
    phrases = Phrases(slots, open_slots)
    for language, said in languages.items():
        local = partial(_local, language, set(said.get("slots", ())))
        for kind, entries in (said["closings"] | said.get("around", {})).items():
            for words in (words for entry in entries for words in _spelled(entry, local)):
                phrases.add(kind, words)
    for kind, words in _around(data):
        phrases.add(kind, words)
    return phrases


def _spelled(entry: str, local: Callable[[str], str]) -> Iterator[list[str]]:
    for words in spelled_out(entry, plain_words):
        yield [local(word) if word.startswith("{") else word for word in words]


def _local(language: str, slots: set[str], name: str) -> str:
    """A slot's name among those of all languages."""
    bare = name.strip("{}*")
    return name.replace(bare, f"{language}.{bare}") if bare in slots else name


def _around(data: Data) -> Iterator[tuple[str, list[str]]]:
    """What may stand beside a closing, and the emoji."""
    for kind, phrases in data["around"].items():
        yield from ((kind, plain_words(phrase)) for phrase in phrases)
    yield from (("emoji", [sign]) for sign in _signs(data["emoji"], ""))
    yield from (("tail", [sign]) for sign in _signs(data["emoji"], "_beside_words"))
    yield "emoji", [":)"]
    yield "mention", [MENTION]


def _signs(emoji: Data, which: str) -> Iterator[str]:
    yield from (f":{name}:" for name in emoji[f"names{which}"])
    yield from emoji[f"characters{which}"]
