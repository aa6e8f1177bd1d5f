"""A replay of a whole export: a large one in shares, each of some of its channels, on as many processors as there are.

Conversations never leave their channel. How an export is shared depends on it alone, not on the machine, so that the
same export always comes to the same figures.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from heapq import merge
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from bot.replay.archive import open_archive
from bot.replay.export import Export, our_team, read_export
from bot.replay.figures import Result, Scene, result
from bot.replay.options import Options
from bot.replay.play import Counted, Played, Share, count, play
from bot.replay.tally import Tally

LARGE = 24 * 1024 * 1024  # bytes: what is smaller is played sooner than another process is ready for it
SHARES = 8

Progress = Callable[[int, int], None]  # bytes of messages read, of how many


def replay(
    export: Path, options: Options, progress: Progress, conversations: TextIO | None = None, large: int = LARGE
) -> Result:
    """What the bot would have seen and done; each conversation goes to `conversations` as a line of JSON.

    From `large` bytes on it is shared. Raises BadExport.
    """
    with open_archive(export) as archive, TemporaryDirectory(prefix="carecue-replay-") as folder:
        found = read_export(archive)
        team_id = options.agents_team or our_team(found)
        shares = [
            Share(export, channels, Path(folder) / f"{number}.db", team_id, options)
            for number, channels in enumerate(_shared(found.sizes, large))
        ]
        told = [share.database.with_suffix(".jsonl") if conversations else None for share in shares]
        played, counted = _run(shares, found, progress, told)
        if conversations:
            conversations.writelines(_in_order([path for path in told if path]))
        return _together(counted, _scene(team_id, found, played), options)


def _shared(sizes: dict[str, int], large: int) -> list[frozenset[str]]:
    """Shares of about the same size; one where all is small."""
    if len(sizes) < 2 or sum(sizes.values()) < large:
        return [frozenset(sizes)]
    shares: list[list[str]] = [[] for _ in range(min(SHARES, len(sizes)))]
    weights = [0] * len(shares)
    for size, channel in sorted(((size, channel) for channel, size in sizes.items()), reverse=True):
        lightest = weights.index(min(weights))
        shares[lightest].append(channel)
        weights[lightest] += size
    return [frozenset(share) for share in shares]


def _run(
    shares: Sequence[Share], found: Export, progress: Progress, told: Sequence[Path | None]
) -> tuple[list[Played], list[Counted]]:
    """All are played before any is counted: only then it is known when the clock stops."""
    if len(shares) == 1:
        (share,), (path,) = shares, told
        alone = play(share, _adding_up(progress, found.size))
        return [alone], [count(share, alone.until, path)] if alone.until else []
    workers = min(os.cpu_count() or 1, len(shares))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        begun = {pool.submit(play, share, _unheard): share for share in shares}
        played = list(_done(begun, found, progress))
        until = max(one.until for one in played)
        counted = [pool.submit(count, share, until, path) for share, path in zip(shares, told, strict=True)]
        return played, [one.result() for one in counted] if until else []


def _done(begun: dict["Future[Played]", Share], found: Export, progress: Progress) -> Iterator[Played]:
    more = _adding_up(progress, found.size)
    for one in as_completed(begun):
        yield one.result()
        more(found.of(begun[one].channels).size)


def _together(counted: Sequence[Counted], scene: Scene, options: Options) -> Result:
    first, *others = counted or [Counted(Tally(options.tries), {})]
    names = dict(first.names)
    for one in others:
        first.tally.merge(one.tally)
        names |= one.names
    return result(first.tally, scene, names, options.url)


def _scene(team_id: str, found: Export, played: Sequence[Played]) -> Scene:
    spoken = [one for one in played if one.until]
    since, until = min((one.since for one in spoken), default=None), max((one.until for one in spoken), default=None)
    return Scene(team_id, found.channels, sum(one.messages for one in played), since, until)


def _in_order(files: Sequence[Path]) -> Iterator[str]:
    """The lines of all files by where their conversation began, without what they were sorted by."""
    with ExitStack() as stack:
        opened = [stack.enter_context(file.open(encoding="utf-8")) for file in files if file.exists()]
        for row in merge(*opened, key=lambda row: row.split("\t", 2)[:2]):
            yield row.split("\t", 2)[2]


def _adding_up(progress: Progress, total: int) -> Callable[[int], None]:
    """Adds up the bytes that are read."""
    done = 0

    def read_more(size: int) -> None:
        nonlocal done
        done += size
        progress(done, total)

    return read_more


def _unheard(_size: int) -> None:
    """Of another process only what is done is heard."""
