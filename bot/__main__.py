"""The carecue command."""

import asyncio
import json
import logging
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from bot.cli import backups, config, outbox, privacy, tokens
from bot.cli.asking import WorkspaceId, contents, refuse
from bot.cli.live import live
from bot.cli.status import status
from bot.replay.cli import replay_command
from bot.settings import Settings, troubles

app = typer.Typer(
    help="A Slack bot for customer-care teams.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(config.commands, name="config")
app.add_typer(outbox.commands, name="outbox")
app.add_typer(privacy.commands, name="privacy")
app.add_typer(tokens.commands, name="tokens")
app.command("status")(status)
app.command("replay")(replay_command)
app.command("backup")(backups.backup)
app.command("restore")(backups.restore)


def main() -> None:
    """Run a command; a refusal is one sentence on standard error and exit code 2."""
    from sqlalchemy.exc import OperationalError

    from bot.app import NotSetUp  # the parts take a while to load, and not every command needs them
    from bot.slack.errors import SlackError, Unclear
    from bot.store.db import away
    from bot.store.migrate import NewerDatabase
    from bot.store.setup import WhichWorkspace

    try:
        app()
    except (NotSetUp, NewerDatabase, WhichWorkspace) as refusal:
        refuse(str(refusal))
    except Unclear as silence:
        refuse(f"Slack cannot be reached ({silence.error}): look at the network, or try again later.")
    except SlackError as refusal:
        refuse(f"Slack answered {refusal.error} to {refusal.method}. `carecue doctor` says what to do.")
    except OperationalError as error:
        refuse(away(error))
    except ValidationError as wrong:
        refuse("\n".join(troubles(wrong)))


@app.command()
def run(
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="A quiet start: everything is seen, nobody is told; its admins get a page once a week. "
            "The setting CARECUE_DRY_RUN=1 does the same for `web` and `worker`.",
        ),
    ] = False,
) -> None:
    """Run CareCue: everything in one process, in Socket Mode with an app token, else in HTTP mode."""
    live(web=None, jobs=True, quiet=dry_run)


@app.command()
def web() -> None:
    """Run only the HTTP side, on $PORT: events, commands and buttons. Jobs run in `carecue worker`."""
    live(web=True, jobs=False)


@app.command()
def worker() -> None:
    """Run jobs and the sender, and Socket Mode if an app token is set."""
    live(web=False, jobs=True)


@app.command()
def migrate() -> None:
    """Bring the database to this release."""
    from bot.store.db import Db
    from bot.store.migrate import upgrade

    db = Db(Settings().database_url)
    try:
        revision = upgrade(db.engine)
    finally:
        db.close()
    typer.echo(f"The database is at {revision}.")


@app.command()
def demo(
    speed: Annotated[
        float, typer.Option(help="Seconds of the demo's clock to a second; the page can change it.")
    ] = 1.0,
    once: Annotated[
        bool, typer.Option("--once", help="Play a few scripted weeks in seconds, without a browser.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --once: the steps as JSON.")] = False,
    port: Annotated[int, typer.Option(help="Where the page is; 0 takes a free port.")] = 8300,
) -> None:
    """Try CareCue in a pretend Slack in your browser: no account, no token, nothing leaves this machine."""
    from bot.demo import script, tour

    logging.basicConfig(level=logging.ERROR)
    if once:
        sys.exit(asyncio.run(script.once(as_json=as_json)))
    asyncio.run(tour.show(speed, port))


@app.command()
def sandbox(port: Annotated[int, typer.Option(help="Where its page is; 0 takes a free port.")] = 8400) -> None:
    """An empty pretend Slack on this machine: create the app in it, and run CareCue against it as against Slack."""
    from bot.app import stopped
    from bot.deps import wall_clock
    from bot.sandbox.alone import alone

    async def serve() -> None:
        async with alone(wall_clock(), port) as slack:
            typer.echo(f"An empty pretend Slack: open {slack.url}/apps to create the app. Ctrl+C ends it.")
            await stopped()

    try:
        asyncio.run(serve())
    except OSError as error:
        refuse(f"Port {port} cannot be listened on: {error.strerror}. --port 0 takes a free one.")


@app.command()
def manifest(
    http: Annotated[str | None, typer.Option(help="The public address, for HTTP mode; without it Socket Mode.")] = None,
    many: Annotated[bool, typer.Option("--many", help="To be installed in many workspaces by OAuth.")] = False,
) -> None:
    """Print the Slack app manifest, to create the app from."""
    from bot.slack.manifest import build
    from handlers import DOORS

    if many and not http:
        refuse("To be installed by OAuth, CareCue needs an address: --http https://care.example.com")
    typer.echo(json.dumps(build(DOORS, http, many=many), indent=2, ensure_ascii=False))


@app.command()
def doctor() -> None:
    """Check tokens, scopes, database, clock and channels: each line is ok, or says what to do."""
    from bot.app import examined

    found = asyncio.run(examined(Settings()))
    for check in found:
        typer.echo(f"{'ok ' if check.ok else 'NOT'}  {check.name}: {check.sentence}")
    sys.exit(0 if all(check.ok for check in found) else 1)


@app.command()
def calendar(
    file: Annotated[Path, typer.Argument(help="An iCalendar file (.ics) of who is away when.")],
    person: Annotated[
        str | None, typer.Option("--person", help="All of it is this person's, by their U… id; else events name them.")
    ] = None,
    workspace: WorkspaceId = None,
) -> None:
    """Take over from a calendar file when people are away. Again, with a newer file, as often as you like."""
    from bot.app import installed
    from bot.deps import wall_clock
    from bot.store import absences, calendar_file
    from bot.store.workspaces import Workspaces
    from bot.views.words import absences as words

    now = wall_clock()
    try:
        events = calendar_file.read(contents(file), now - timedelta(days=1), now + absences.HORIZON)
    except calendar_file.BadCalendar as bad:
        refuse(f"{file} is not taken over: {bad}.")
    with installed(Settings(), workspace) as (tx, team_id):
        here = Workspaces().get(tx, team_id, now)
        names = absences.names_of(tx, here) if here else {}
        if here is None or (person and person not in names):
            refuse(f"{person} is in no team, or CareCue has not met them yet.")
        told = absences.apply(tx, here, file.name, events, now, person)
    typer.echo("\n".join(words.told(told.added, told.removed, [str(e.summary) for e in told.unmatched], names)))


@app.command()
def export(
    team: Annotated[str | None, typer.Option(help="The team's key, such as care; without it all teams.")] = None,
    weeks: Annotated[int, typer.Option(min=1, max=520, help="How many weeks back.")] = 12,
    workspace: WorkspaceId = None,
) -> None:
    """Print the teams' figures week by week, as comma-separated values for a spreadsheet."""
    from bot.app import installed
    from bot.deps import wall_clock
    from bot.store import statistics
    from bot.store.workspaces import Workspaces
    from bot.views import figures_export

    with installed(Settings(), workspace, reads=True) as (tx, team_id):
        here = Workspaces().get(tx, team_id, wall_clock())
        teams = [one for one in here.setup.teams if team in (None, one.key)] if here else []
        if here is None or not teams:
            refuse(f"There is no team `{team}`." if team else "No team is set up yet.")
        typer.echo(figures_export.table(statistics.by_team(tx, here, teams, weeks, wall_clock())), nl=False)


@app.command()
def explain(
    link: Annotated[str, typer.Argument(help="The link of a message, as Slack copies it.")],
    workspace: WorkspaceId = None,
) -> None:
    """Say why a conversation stands as it does: what counted, how each message was read, which nudge comes next."""
    from bot.app import installed
    from bot.deps import wall_clock
    from bot.domain.why import read_link
    from bot.store import why
    from bot.store.workspaces import Workspaces
    from bot.views.why_lines import plain, unmarked
    from bot.views.words.why import NO_LINK

    found = read_link(link)
    if found is None:
        refuse(unmarked(NO_LINK()))
    with installed(Settings(), workspace, reads=True) as (tx, team_id):
        here = Workspaces().get(tx, team_id, wall_clock())
        told = why.told(tx, here, *found, wall_clock()) if here else NO_LINK()
    if isinstance(told, str):
        refuse(unmarked(told))
    typer.echo(plain(told))


@app.command()
def report(
    file: Annotated[Path, typer.Argument(help="Where to write the page: one file of HTML that loads nothing.")],
    weeks: Annotated[int, typer.Option(min=1, max=52, help="How many weeks back.")] = 1,
    workspace: WorkspaceId = None,
) -> None:
    """Write the page that `carecue replay --report` makes, of what CareCue has seen itself."""
    from bot.app import installed
    from bot.deps import wall_clock
    from bot.replay import seen
    from bot.store.workspaces import Workspaces

    with installed(Settings(), workspace, reads=True) as (tx, team_id):
        now = wall_clock()
        here = Workspaces().get(tx, team_id, now)
        page = seen.draw(tx, here, now - timedelta(weeks=weeks), now) if here else ""
    try:
        file.write_text(page, "utf-8")
    except OSError as error:
        refuse(f"{file} cannot be written: {error.strerror}.")
    typer.echo(f"{file} is written.")


if __name__ == "__main__":
    main()
