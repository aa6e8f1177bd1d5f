"""`carecue privacy`: what is kept about somebody, shown and erased."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.asking import WorkspaceId, refuse
from bot.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.store.workspaces import Workspace

PersonId = Annotated[str, typer.Argument(help="Their U… id, from *Copy member ID* in their Slack profile.")]

commands = typer.Typer(
    help="What is kept about somebody who cannot ask for it in Slack, such as a customer.", no_args_is_help=True
)


@commands.command()
def show(person: PersonId, workspace: WorkspaceId = None) -> None:
    """Print all of it as JSON, by table."""
    from bot.app import installed
    from bot.deps import wall_clock
    from bot.store import kept_pages

    with installed(Settings(), workspace, reads=True) as (tx, team_id):
        here = _not_of_ours(tx, team_id, person)
        told = kept_pages.export(tx, here, person, wall_clock())
    typer.echo(json.dumps(told, ensure_ascii=False, indent=2))


@commands.command()
def erase(
    person: PersonId,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask once more.")] = False,
    workspace: WorkspaceId = None,
) -> None:
    """Erase it. The bot does so within a minute or two while it runs, and else when it starts."""
    from bot.app import installed
    from bot.deps import wall_clock
    from bot.store import erasing

    if not yes:
        typer.confirm(f"Erase all that is kept about {person}? It cannot be undone.", abort=True)
    with installed(Settings(), workspace) as (tx, team_id):
        _not_of_ours(tx, team_id, person)
        erasing.ask(tx, team_id, person, wall_clock())
    typer.echo("It is being erased.")


def _not_of_ours(tx: "Connection", team_id: str, person: str) -> "Workspace":
    """The workspace, if this is nobody of it who can ask for themselves."""
    from bot.deps import wall_clock
    from bot.store import sides
    from bot.store.workspaces import Workspaces

    here = Workspaces().get(tx, team_id, wall_clock())
    assert here is not None, "it is installed"
    if person in sides.of(tx, here, [person]).ours:
        refuse(f"{person} is one of your own, who alone may see and erase it: /care privacy in Slack.")
    return here
