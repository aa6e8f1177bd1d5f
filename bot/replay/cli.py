"""`carecue replay`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Literal, TextIO

import typer

from bot.replay import page, report
from bot.replay.archive import BadExport
from bot.replay.lines import figures
from bot.replay.options import (
    ALWAYS,
    DEFAULT_TARGET,
    BadOption,
    Options,
    read_all_targets,
    read_hours,
    read_url,
)
from bot.replay.shares import Progress, replay

Export = Annotated[Path, typer.Argument(help="A Slack export: the zip, or the folder it unpacks to.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the figures as JSON; times are working seconds.")]
Conversations = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Write each conversation to this file, a line of JSON each, with its waits and nudges."
    ),
]
Hours = Annotated[
    str, typer.Option(help='Working hours: "24/7", "09:00-17:00" (Monday to Friday), "mon-fri 9-17, sat 10-14".')
]
Zone = Annotated[str, typer.Option(help='Time zone of the hours, like "Europe/Berlin".')]
Target = Annotated[
    list[str] | None,
    typer.Option(
        help='Working time for the first reply, like "45m", or with each later one, "45m/3h" (else twice it). '
        "Given several times, they are put side by side; else it is 60m."
    ),
]
AgentsTeam = Annotated[
    str | None,
    typer.Option(
        metavar="T…", help="Our workspace. Without it: the commonest home among the people who are not strangers."
    ),
]
Report = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE", help="Write a page to show: one file of HTML that loads nothing."),
]
Url = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Where links lead, like https://example.slack.com; else Slack's own address."),
]


def replay_command(
    export: Export,
    as_json: AsJson = False,
    conversations: Conversations = None,
    hours: Hours = ALWAYS,
    tz: Zone = "UTC",
    target: Target = None,
    agents_team: AgentsTeam = None,
    report_to: Report = None,
    workspace_url: Url = None,
) -> None:
    """Play a Slack export through CareCue: who waited for how long, and who would have been nudged.

    Nothing is sent and nothing is kept. Every channel counts as a customer channel.

    Reactions carry no time in an export and play no part.

    Nudges are counted by step: owner at 75 % and 100 % of the target, home channel at 150 %, manager at 200 %.

    For customers who still wait, the clock stops with the last message of the export.

    A target is kept by an answer in time; who was never answered counts as missed.
    """
    try:
        first, *more = read_all_targets(target or [DEFAULT_TARGET])
        url = read_url(workspace_url) if workspace_url else None
        options = Options(read_hours(hours, tz), first, agents_team, tuple(more), url)
        with _file("--report", report_to, "a"):
            pass  # better now than after minutes; what stands there stays until there is a page
        with _file("--conversations", conversations, "w") as lines, _progress(sys.stderr) as progress:
            result = replay(export, options, progress, lines)
        if report_to:
            report_to.write_text(page.draw(result, page.of_export(export.resolve().name, options)), "utf-8")
    except BadOption as bad:
        raise typer.BadParameter(str(bad), param_hint=bad.option) from bad
    except BadExport as bad:
        typer.echo(f"carecue replay: {bad}", err=True)
        raise typer.Exit(1) from bad
    typer.echo(figures(result) if as_json else report.page(result))


def _file(option: str, path: Path | None, mode: Literal["a", "w"]) -> "nullcontext[None] | TextIO":
    if path is None:
        return nullcontext()
    try:
        return path.open(mode, encoding="utf-8")
    except OSError as error:
        raise BadOption(option, f"{path} cannot be written: {error.strerror}") from error


@contextmanager
def _progress(screen: TextIO) -> Iterator[Progress]:
    """A bar for whoever watches; into a file or a pipe nothing."""
    if not screen.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(file=screen), transient=True) as bar:
        task = bar.add_task("Replaying", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
