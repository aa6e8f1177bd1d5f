"""`carecue status`: how all processes and workspaces on one database are doing, on one screen."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.store.status import Line
    from bot.store.vitals import Vitals

SHOWN = 20
LATE = timedelta(minutes=1)  # a sweep runs every second, and a message is said within two

HEAD = ("workspace", "heard", "waiting", "unread", "overdue", "aside", "")


def status(
    most: Annotated[int, typer.Option(min=0, help="So many workspaces, those with most trouble first.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="All of it as JSON.")] = False,
) -> None:
    """Say how CareCue is doing: is Slack heard, is what is due said in time. Exit code 1 where it is not."""
    from bot.cli.tables import tables
    from bot.deps import wall_clock
    from bot.store import set_aside, vitals
    from bot.store import status as lines

    now = wall_clock()
    with tables(reads=True) as tx:
        seen, found, broken = vitals.read(tx, now), lines.lines(tx, now), set_aside.every(tx, now)
        kind = tx.dialect.name
    if as_json:
        told = {"version": version("carecue"), "database": kind, "at": now, "vitals": asdict(seen)}
        told |= {"workspaces": [asdict(one) for one in found], "set_aside": [dict(row._mapping) for row in broken]}
        typer.echo(json.dumps(told, default=datetime.isoformat, indent=2))
    else:
        typer.echo(f"CareCue {version('carecue')} on {kind}, {now:%Y-%m-%d %H:%M:%S} UTC\n")
        typer.echo("\n".join([*_summary(seen, now), "", *_table(found, now, most), *_broken(broken)]))
    sys.exit(0 if all(ok for ok, _ in _findings(seen, now)) else 1)


def _summary(seen: "Vitals", now: datetime) -> Iterator[str]:
    for ok, sentence in _findings(seen, now):
        yield f"{'ok ' if ok else 'NOT'}  {sentence}"


def _findings(seen: "Vitals", now: datetime) -> Iterator[tuple[bool, str]]:
    from bot.domain.gaps import PATIENCE

    if seen.heard_until is None:
        yield True, "Slack: nobody has listened yet."
    else:
        silent = now - seen.heard_until
        heard = f"Slack: heard {_ago(silent)} ago in the workspace that was heard least recently."
        yield silent <= PATIENCE, heard if silent <= PATIENCE else f"{heard} Is anything running that listens?"
    late = {job: now - first for job, first in seen.late.items() if now - first > LATE}
    waits = ", ".join(f"{job} by {_ago(lag)}" for job, lag in late.items())
    yield not late, f"Sweeps: late are {waits}. Is a `carecue worker` running?" if late else "Sweeps: on time."
    unsaid = seen.unsaid
    counted = f"{unsaid.due} due, {unsaid.again} to be tried again, {unsaid.later} later"
    behind = now - unsaid.oldest if unsaid.oldest else timedelta()
    oldest = f", the oldest for {_ago(behind)}" if unsaid.oldest else ""
    yield behind <= LATE, f"Outbox: {counted}{oldest}."
    if unsaid.aside:
        yield True, f"Refused: {unsaid.aside}, see `carecue outbox list --state aside`."


def _table(found: "list[Line]", now: datetime, most: int) -> list[str]:
    rows = [HEAD, *(_row(one, now) for one in found[:most])]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    left = len(found) - most
    more = [f"and {left} more, see --most"] if left > 0 else []
    drawn = [(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [*("  ".join(cells).rstrip() for cells in drawn), *more]


def _broken(rows: "list[Any]") -> Iterator[str]:
    """What was set aside since it broke whoever took it, by the reference under which the log has the trace."""
    if rows:
        yield "\nSet aside since it broke:"
    for row in rows[:SHOWN]:
        what = f"{row.kind} {row.key}".strip()
        yield f"{row.team_id}  {what}  {row.error}, reference {row.reference}, {_again(row)}"


def _again(row: "Any") -> str:
    """Whether it is tried again."""
    from bot.store.set_aside import FOR_GOOD, SAYING

    if row.kind == SAYING:
        return f"`carecue outbox retry {row.key}` tries it again"
    return "not tried again" if row.kind in FOR_GOOD else f"tried again after {row.until:%Y-%m-%d %H:%M} UTC"


def _row(one: "Line", now: datetime) -> tuple[str, ...]:
    heard = f"{_ago(now - one.heard_until)} ago" if one.heard_until else "never"
    counts = map(str, (one.waiting, one.unread, one.overdue, one.aside))
    return (f"{one.name} ({one.team_id})", heard, *counts, "uninstalled" if one.gone else "")


def _ago(span: timedelta) -> str:
    seconds = max(0, round(span.total_seconds()))
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"
