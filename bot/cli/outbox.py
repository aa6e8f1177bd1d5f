"""`carecue outbox`: what is to be said and was not, and putting it right."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.asking import refuse

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.store.outbox_desk import Filter, Listed

commands = typer.Typer(
    help="What CareCue is to say: what waits, what Slack refused, and trying or dropping it by hand.",
    no_args_is_help=True,
)

STATES = ("due", "sending", "again", "later", "aside", "dropped", "sent")
COLUMNS = ("id", "state", "when", "workspace", "method", "to", "tries", "what", "why")

Ids = Annotated[list[int] | None, typer.Argument(help="Their ids, as `carecue outbox list` and the log have them.")]
All = Annotated[bool, typer.Option("--all", help="All that was set aside, as far as the filters let pass.")]
Workspace = Annotated[str | None, typer.Option("--workspace", help="Only of the workspace with this T… id.")]
Method = Annotated[str | None, typer.Option("--method", help="Only of this method, such as chat.postMessage.")]
Target = Annotated[str | None, typer.Option("--to", help="Only to this person (U…) or channel (C…).")]


@commands.command("list")
def list_(
    state: Annotated[
        list[str] | None,
        typer.Option("--state", help=f"Only of this state, and more than one: {', '.join(STATES)}."),
    ] = None,
    workspace: Workspace = None,
    method: Method = None,
    to: Target = None,
    most: Annotated[int, typer.Option(min=1, max=10_000, help="So many, the newest first.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, one object a line.")] = False,
) -> None:
    """Print what is not said yet and what was set aside, without what it says. `--state sent` shows what was said."""
    from bot.cli.tables import tables
    from bot.deps import wall_clock
    from bot.store import outbox_desk

    wanted = _filter(state, workspace, method, to)
    with tables(reads=True) as tx:
        found = outbox_desk.find(tx, wanted, wall_clock(), most)
    if as_json:
        for one in found:
            typer.echo(json.dumps(asdict(one), default=datetime.isoformat))
        return
    typer.echo("\n".join(_lines(found)) if found else "There is nothing of that kind.")


@commands.command()
def retry(
    ids: Ids = None, everything: All = False, workspace: Workspace = None, method: Method = None, to: Target = None
) -> None:
    """Try it at once. Whatever no longer needs saying is dropped, and nothing is said twice."""
    from bot.store import outbox_desk

    count = _each(ids, everything, _filter(["aside"], workspace, method, to), outbox_desk.retry)
    typer.echo(f"{_messages(count)} will be tried at once, by whichever process sends.")


@commands.command()
def drop(
    ids: Ids = None,
    everything: All = False,
    workspace: Workspace = None,
    method: Method = None,
    to: Target = None,
    yes: Annotated[bool, typer.Option("--yes", help="With --all: do not ask once more.")] = False,
) -> None:
    """Never say it."""
    from bot.store import outbox_desk

    if everything and not yes:
        typer.confirm("Drop all of it? It cannot be undone.", abort=True)
    count = _each(ids, everything, _filter(["aside"], workspace, method, to), outbox_desk.drop)
    typer.echo(f"{_messages(count)} will not be said.")


def _each(
    ids: Iterable[int] | None,
    everything: bool,
    wanted: "Filter",
    do: "Callable[[Connection, int, datetime], str | None]",
) -> int:
    """All of them or none; how many they were."""
    from bot.cli.tables import tables
    from bot.deps import wall_clock
    from bot.store import outbox_desk

    if bool(ids) is everything:
        refuse("Say which: their ids, or --all.")
    if ids and any((wanted.team_id, wanted.method, wanted.target)):
        refuse("Say their ids alone: --workspace, --method and --to go with --all.")
    now = wall_clock()
    with tables() as tx:
        chosen = list(dict.fromkeys(ids or (one.id for one in outbox_desk.find(tx, wanted, now, 100_000))))
        refusals = list(filter(None, (do(tx, row_id, now) for row_id in chosen)))
        if refusals:
            refuse("\n".join([*refusals, "Nothing has been changed."]))
    return len(chosen)


def _filter(states: list[str] | None, workspace: str | None, method: str | None, to: str | None) -> "Filter":
    from bot.store.outbox_desk import TO_DO, Filter, State

    unknown = [one for one in states or () if one not in STATES]
    if unknown:
        refuse(f"There is no state `{unknown[0]}`; there are {', '.join(STATES)}.")
    return Filter([State(one) for one in states] if states else TO_DO, workspace, method, to)


def _lines(found: "Iterable[Listed]") -> list[str]:
    """A table as wide as what is in it."""
    rows = [COLUMNS, *map(_cells, found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _cells(one: "Listed") -> tuple[str, ...]:
    when = one.sent_at or one.due_at or one.created_at
    facts: tuple[Any, ...] = (one.id, one.state.value, f"{when:%Y-%m-%d %H:%M}", one.team_id, one.method, one.target)
    return (*map(str, facts), str(one.attempts), one.key, one.error or "")


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count} messages"
