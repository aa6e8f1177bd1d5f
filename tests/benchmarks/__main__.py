"""`python -m tests.benchmarks [name ...]`: run those named, else all; `--list` names them."""

import sys
from collections.abc import Callable

from tests.benchmarks import (
    bench_ack,
    bench_capacity,
    bench_digest,
    bench_footprint,
    bench_home,
    bench_hours,
    bench_ingest,
    bench_kudos,
    bench_millions,
    bench_partitions,
    bench_replay,
    bench_socket,
    bench_sweep,
    bench_sweepers,
    bench_thousand,
    bench_ticks,
)

ALL: dict[str, Callable[[], None]] = {
    "ingest": bench_ingest.main,
    "socket": bench_socket.main,
    "ack": bench_ack.main,
    "sweep": bench_sweep.main,
    "digest": bench_digest.main,
    "home": bench_home.main,
    "footprint": bench_footprint.main,
    "hours": bench_hours.main,
    "kudos": bench_kudos.main,
    "replay": bench_replay.main,
    "ticks": bench_ticks.main,
    "capacity": bench_capacity.main,
    "millions": bench_millions.main,
    "thousand": bench_thousand.main,
    "sweepers": bench_sweepers.main,
    "partitions": bench_partitions.main,
}


def main() -> None:
    names = sys.argv[1:] or list(ALL)
    if unknown := [name for name in names if name not in ALL]:
        print(f"Benchmarks are: {', '.join(ALL)}.")
        sys.exit(0 if unknown == ["--list"] else 2)
    for name in names:
        ALL[name]()


if __name__ == "__main__":
    main()
