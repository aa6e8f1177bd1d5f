"""How well messages find their conversation: `python -m tests.evaluate_links EXPORT LINKS` scores a replay of EXPORT.

A line of LINKS holds `ts` and `replies_to`: which messages that one answers, itself where it answers none. Three
figures: of our people's answers, the share that is in one conversation with the customer's message that it answers;
and over all pairs of the messages that LINKS has lines for, how many of the pairs that the replay puts into one
conversation belong together by the links, however many steps apart (precision), and the other way round (recall).
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.domain.arrivals import Posted
from bot.replay.archive import open_archive
from bot.replay.export import our_team, read_export
from bot.replay.stage import our_people

Links = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares, 0 to 1. `apart` are links whose two ends are not in one conversation: the answer, then the answered."""

    answers: float
    precision: float
    recall: float
    apart: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"answers {self.answers:.4f}  pair precision {self.precision:.4f}  pair recall {self.recall:.4f}"


def score(place: Mapping[str, str], links: Links, authors: Mapping[str, str], ours: Iterable[str]) -> Score:
    """`place` names the conversation of each message; a message without one is alone in its own."""
    us = set(ours)
    pairs = [(ts, to) for ts, answered in links.items() for to in answered if to != ts]
    apart = tuple((ts, to) for ts, to in pairs if place.get(ts, ts) != place.get(to, to))
    answers = {(ts, to) for ts, to in pairs if authors.get(ts) in us and authors.get(to) not in us}
    together = Counter((place.get(ts, ts), root) for ts, root in _components(links).items() if ts in links)
    said, true, both = _pairs(together, 0), _pairs(together, 1), sum(map(_choose_two, together.values()))
    return Score(_share(len(answers - set(apart)), len(answers)), _share(both, said), _share(both, true), apart)


def _components(links: Links) -> dict[str, str]:
    """One name for all messages that links connect."""
    root: dict[str, str] = {}

    def find(ts: str) -> str:
        while root.setdefault(ts, ts) != ts:
            ts = root[ts]
        return ts

    for ts, answered in links.items():
        for to in answered:
            root[find(to)] = find(ts)
    return {ts: find(ts) for ts in list(root)}


def _pairs(together: Mapping[tuple[str, str], int], side: int) -> int:
    sizes: Counter[str] = Counter()
    for key, count in together.items():
        sizes[key[side]] += count
    return sum(map(_choose_two, sizes.values()))


def _choose_two(count: int) -> int:
    return count * (count - 1) // 2


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def replayed(export: Path) -> dict[str, str]:
    """The conversation of each message, as `carecue replay --conversations` tells it."""
    with TemporaryDirectory() as folder:
        lines = Path(folder) / "conversations.jsonl"
        command = [sys.executable, "-m", "bot", "replay", str(export), "--conversations", str(lines)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        told = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    return {ts: one["root_ts"] for one in told for ts in one["message_ts"]}


def read_links(file: Path) -> dict[str, list[str]]:
    """What each annotated message answers."""
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {line["ts"]: line["replies_to"] for line in lines}


def main() -> None:
    export, links = map(Path, sys.argv[1:3])
    with open_archive(export) as archive:
        found = read_export(archive)
        said = [spoken.arrival for spoken in found.spoken(lambda _size: None)]
        ours = our_people(found, our_team(found))
    authors = {arrival.ts: arrival.user for arrival in said if isinstance(arrival, Posted)}
    result = score(replayed(export), read_links(links), authors, ours)
    for ts, to in result.apart:
        print(f"apart: {ts} by {authors.get(ts)} answers {to} by {authors.get(to)}")
    print(result)


if __name__ == "__main__":
    main()
