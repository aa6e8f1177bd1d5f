"""How well closings are read: `python -m tests.evaluate_closings FILE…` scores JSON lines that people have labelled.

A line holds `text`, `label` and perhaps `prev_agent`, what our side said before. Only the labels `no_reply` and
`needs_reply` count. Precision of `no_reply`: of what was read as a closing, the share that is one (the rest would be
customers who wait unseen). Recall: of the closings, the share that was read as one (the rest would be needless nudges).
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.closings import Reading, read

CLOSING = {"no_reply": True, "needs_reply": False}


@dataclass(frozen=True, slots=True)
class Scored:
    """A labelled message and how it was read."""

    text: str
    previous: str | None
    is_closing: bool
    reading: Reading

    @property
    def read_as_closing(self) -> bool:
        """Whether nobody would be told of this message."""
        return not self.reading.needs_reply

    @property
    def misread(self) -> bool:
        """Whether label and reading differ."""
        return self.read_as_closing != self.is_closing


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one file."""

    closings: int
    found: int
    others: int
    false: int

    @classmethod
    def of(cls, scored: Iterable[Scored]) -> "Score":
        """Count them."""
        counts = {(label, reading): 0 for label in (True, False) for reading in (True, False)}
        for message in scored:
            counts[message.is_closing, message.read_as_closing] += 1
        found, false = counts[True, True], counts[False, True]
        return cls(found + counts[True, False], found, false + counts[False, False], false)

    def __str__(self) -> str:
        return (
            f"precision {_share(self.found, self.found + self.false)}  recall {_share(self.found, self.closings)}  "
            f"false closings {_share(self.false, self.others)}  "
            f"({self.found} of {self.closings} closings found, {self.false} of {self.others} others taken for one)"
        )


def score(lines: Iterable[str]) -> Iterator[Scored]:
    """Read every labelled message of a file."""
    for line in lines:
        item = json.loads(line) if line.strip() else {}
        if item.get("label") in CLOSING:
            previous = item.get("prev_agent")
            yield Scored(item["text"], previous, CLOSING[item["label"]], read(item["text"], previous))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"


def _misread(scored: Iterable[Scored]) -> Iterator[str]:
    for message in sorted(scored, key=lambda message: message.is_closing):
        kind = "missed" if message.is_closing else "false closing"
        said = f"   after: {message.previous[-100:]!r}" if message.previous else ""
        yield f"  {kind} ({message.reading.reason}): {message.text!r}{said}"


def main(names: list[str]) -> None:
    """Print the misread messages of every file, then the figures of all."""
    figures: list[str] = []
    for name in names:
        with Path(name).open(encoding="utf-8") as lines:
            scored = list(score(lines))
        print(name, *_misread(message for message in scored if message.misread), sep="\n")
        figures.append(f"{Path(name).name}: {Score.of(scored)}")
    print("", *figures, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
