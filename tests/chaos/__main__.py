"""`python -m tests.chaos [--minutes N] [--seed N]`: wave after wave, until something is wrong or the time is over."""

import argparse
import asyncio
import sys
import time
from collections import Counter

from tests.chaos.storm import Storm, storm

SEED = 20261122
WAVE = 18  # misdeeds


async def rage(minutes: float, seed: int) -> int:
    """The exit code."""
    end = time.monotonic() + minutes * 60
    async with storm(seed) as there:
        number = 0
        while time.monotonic() < end:
            number += 1
            wrong = await there.wave(there.weather.draw(WAVE, jumps=number % 2 == 0))
            print(_line(there, number), flush=True)
            if wrong:
                print("\n".join(wrong[:20]), there.fleet.words(), sep="\n\n")
                return 1
    return 0


def _line(there: Storm, number: int) -> str:
    late = [one.total_seconds() for one in there.witness.lateness()]
    ends = Counter[int]()
    for post in there.fleet.posts:
        ends += post.ends
    sent = there.sandbox.record.events()
    faults = sum(call.outcome.startswith(("status", "drop", "ratelimited")) for call in there.sandbox.record.calls)
    return (
        f"wave {number}: {len(sent)} events, {len(there.sandbox.record.calls)} calls ({faults} failed), "
        f"{len(there.sandbox.record.posts(by_bot=True))} posts, {ends[-9]} kills, {len(there.weather.did)} misdeeds, "
        f"told {len(late)} times, late by {late[len(late) // 2]:.1f} s in the median, {late[-1]:.1f} s at most"
    )


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    sys.exit(asyncio.run(rage(given.minutes, given.seed)))


if __name__ == "__main__":
    main()
