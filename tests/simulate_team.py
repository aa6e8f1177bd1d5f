"""A care team on a simulated clock, before and after budgets: `python -m tests.simulate_team [--weeks N] [--seed N]`.

Prints a table of pings and of answers within target. What is assumed of people stands in
`tests/simulation/behaviour.py`; all else is CareCue's own domain and store.
"""

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from typing import NamedTuple

from bot.store.db import Db
from tests.simulation.run import Run
from tests.simulation.table import Figures, added, lines
from tests.simulation.town import Size, crew

TEAMS = 4


class Share(NamedTuple):
    """One team, played once."""

    team: int
    size: Size
    seed: int
    budgets: bool


def played(share: Share) -> Figures:
    """Teams share no customers, so each plays in a database of its own."""
    with tempfile.TemporaryDirectory(prefix="carecue-simulated-") as folder:
        db = Db(f"sqlite:///{folder}/carecue.db")
        run = Run(db, crew(share.team, share.size, share.seed), share.seed, share.budgets)
        run.play()
        figures = Figures.of(run)
        db.close()
    return figures


def compared(shares: Iterable[Share], found: Iterable[Figures]) -> list[str]:
    """The table of what these shares came to."""
    each = list(zip(shares, found, strict=True))
    before, after = (added(one for share, one in each if share.budgets is budgets) for budgets in (False, True))
    return list(lines(before, after))


def main(arguments: list[str] | None = None) -> None:
    """On as many processors as there are."""
    parser = ArgumentParser(prog="python -m tests.simulate_team", description=__doc__.splitlines()[0])
    parser.add_argument("--weeks", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args(arguments)
    size = Size(days=7 * given.weeks)
    shares = [Share(team, size, given.seed, budgets) for budgets, team in product((True, False), range(TEAMS))]
    with ProcessPoolExecutor() as processes:
        found = list(processes.map(played, shares))
    sys.stdout.write("\n".join(compared(shares, found)) + "\n")


if __name__ == "__main__":
    main()
