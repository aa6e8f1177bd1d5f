"""Words as they were meant: with a letter wrong ("thansk"), or written together ("okthanks")."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.domain.plain import Plain

STOPS = frozenset(",.!;\n。！")  # marks that end a sentence
SHORTEST_MENDED = 5  # letters of a known word; a shorter one with a letter wrong may be any word
LONGEST = 30  # letters; whatever is longer stays as it is


class Spelling:
    """Knows a vocabulary, names, and words that are no slips although they look like one (think, thanks)."""

    def __init__(
        self, vocabulary: Iterable[str], names: Iterable[str], no_slips: Iterable[str], little: Iterable[str]
    ) -> None:
        self._known = frozenset(vocabulary)
        self._parts = self._known.union(names)
        self._little = frozenset(little)
        self._right = self._parts.union(no_slips)
        self._near: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= SHORTEST_MENDED and word.isalpha():
                for shape in _shapes(word):
                    self._near[shape].append(word)

    def mended(self, word: str) -> list[str]:
        """The known words that it stands for, or itself."""
        if word in self._right or not SHORTEST_MENDED <= len(word) <= LONGEST or not word.isalpha():
            return [word]
        return self._parted(word) or [self._slip(word) or word]

    def _slip(self, word: str) -> str | None:
        meant = {known for shape in _shapes(word) for known in self._near.get(shape, ()) if _one_slip(word, known)}
        return min(meant, key=lambda known: (known[0] != word[0], abs(len(known) - len(word)), known), default=None)

    def _parted(self, word: str, parts: int = 3) -> list[str]:
        """Known words that were written together; the longest first."""
        if word in self._parts:
            return [word]
        for cut in range(len(word) - 1, 0, -1) if parts > 1 else ():
            head, rest = word[:cut], word[cut:]
            if head in self._parts and self._are_words(head, rest) and (further := self._parted(rest, parts - 1)):
                return [head, *further]
        return []

    def _are_words(self, *parts: str) -> bool:
        return all(len(part) > 2 or part in self._little for part in parts)


class Meant:
    """A message's words as they were meant, mended no further than someone looks."""

    def __init__(self, written: Plain, spelling: Spelling) -> None:
        self._written, self._spelling = written, spelling
        self._words: list[str] = []
        self._read = 0  # words of the message
        self._marks: dict[int, str] = {}
        self._capitals: set[int] = set()

    def word(self, place: int) -> str:
        """The word, or "" beyond the end."""
        while place >= len(self._words) and self._written.has(self._read):
            self._read_on()
        return self._words[place] if place < len(self._words) else ""

    def mark(self, place: int) -> str:
        """The punctuation mark before the word, or ""."""
        self.word(place)
        return self._marks.get(place, "")

    def stopped(self, place: int) -> bool:
        """Whether a sentence ends before the word."""
        return self.mark(place) in STOPS

    def capital(self, place: int) -> bool:
        """Whether the word begins with a capital."""
        self.word(place)
        return place in self._capitals

    def _read_on(self) -> None:
        place = len(self._words)
        if mark := self._written.breaks.get(self._read):
            self._marks[place] = mark
        if self._read in self._written.capitals:
            self._capitals.add(place)
        self._words += self._spelling.mended(self._written.words[self._read])
        self._read += 1


def _shapes(word: str) -> Iterator[str]:
    """The word, and the word without any one of its letters."""
    yield word
    yield from (word[:place] + word[place + 1 :] for place in range(len(word)))


def _one_slip(one: str, other: str) -> bool:
    """Whether a single letter is missing, too many, another one, or has changed places with its neighbour."""
    if len(one) > len(other):
        one, other = other, one
    same = next(
        (place for place, letters in enumerate(zip(one, other, strict=False)) if len(set(letters)) > 1), len(one)
    )
    one, other = one[same:], other[same:]
    if len(one) < len(other):
        return one == other[1:]
    return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])
