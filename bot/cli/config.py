"""`carecue config`: the setup as a file, what was changed in it, and the way back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asking import FilePath, WorkspaceId, contents, refuse
from bot.domain.care_file import BadSetup
from bot.domain.setup import Setup
from bot.settings import Settings

commands = typer.Typer(
    help="Who and where, as a file: teams, people, channels, hours and targets.", no_args_is_help=True
)


@commands.command()
def check(file: FilePath) -> None:
    """Say what is wrong with a file, line by line; nothing is stored."""
    _read(file)
    typer.echo(f"{file} is fine.")


@commands.command()
def apply(file: FilePath, workspace: WorkspaceId = None) -> None:
    """Make a file the setup of the workspace, and say what that changes."""
    from bot.app import installed
    from bot.deps import wall_clock
    from bot.store import setup

    wanted = _read(file)
    with installed(Settings(), workspace) as (tx, team_id):
        told = setup.apply(tx, team_id, wanted, wall_clock(), None)
    typer.echo("\n".join(told) if told else "Nothing changes.")


@commands.command()
def export(workspace: WorkspaceId = None) -> None:
    """Print the setup of the workspace as a file."""
    from bot.app import installed
    from bot.store import setup

    with installed(Settings(), workspace, reads=True) as (tx, team_id):
        typer.echo(setup.export(tx, team_id), nl=False)


@commands.command()
def history(
    most: Annotated[int, typer.Option(min=1, max=1000, help="So many changes, the newest first.")] = 20,
    workspace: WorkspaceId = None,
) -> None:
    """Print who changed the setup, when and what, in Slack or by a file."""
    from bot.app import installed
    from bot.store import setup_history

    with installed(Settings(), workspace, reads=True) as (tx, team_id):
        found = setup_history.latest(tx, team_id, most)
    typer.echo("\n".join(map(str, found)) if found else "Nothing has been changed yet.")


@commands.command()
def undo(
    number: Annotated[int, typer.Argument(help="The change's, as `carecue config history` prints it.")],
    workspace: WorkspaceId = None,
) -> None:
    """Put one change back; whatever else has been changed stays."""
    from bot.app import installed
    from bot.deps import wall_clock
    from bot.store import setup_history

    with installed(Settings(), workspace) as (tx, team_id):
        told = setup_history.undo(tx, team_id, number, None, wall_clock())
    if isinstance(told, str):
        refuse(told)
    typer.echo("\n".join(told))


def _read(file: Path) -> Setup:
    from bot.store import setup

    try:
        return setup.read(contents(file))
    except BadSetup as bad:
        refuse("\n".join(f"{file}:{problem.line}: {problem.sentence}" for problem in bad.problems))
