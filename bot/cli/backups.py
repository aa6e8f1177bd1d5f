"""`carecue backup` and `carecue restore`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.asking import refuse
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store.db import Db

DUMP = 'pg_dump --format=custom --file={file} "$DATABASE_URL"'
BRING_BACK = 'pg_restore --clean --if-exists --no-owner --single-transaction --dbname="$DATABASE_URL" {file}'


def backup(
    file: Annotated[Path, typer.Argument(help="Where to save it: one file, which only you may read.")],
    replace: Annotated[bool, typer.Option("--replace", help="A file that is there already goes.")] = False,
) -> None:
    """Save the whole SQLite database while CareCue runs: all that was acknowledged by now is in it."""
    from bot.store import backup as backups

    try:
        database = backups.file_of(Settings().database_url)
        if database is None:
            refuse(f"PostgreSQL saves itself: {DUMP.format(file=file)}")
        if file.exists() and not replace:
            refuse(f"{file} is there already. --replace puts the new one in its place.")
        backups.save(database, file)
    except backups.NoBackup as no:
        refuse(str(no))
    typer.echo(f"{file} is written.")


def restore(
    file: Annotated[
        Path | None, typer.Argument(help="What `carecue backup` has written. With PostgreSQL none, after pg_restore.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask once more.")] = False,
) -> None:
    """Put a backup in the database's place, while CareCue is stopped. What was there until then is kept beside it."""
    from bot.deps import wall_clock
    from bot.store import backup as backups
    from bot.store.db import Db

    url = Settings().database_url
    try:
        database = backups.file_of(url)
        if database is None:
            _restored(Db(url), file)
            return
        if file is None:
            refuse("Which file? `carecue restore FILE` takes what `carecue backup` has written.")
        if database.exists() and not yes:
            typer.confirm(f"Put {file} in the place of {database}?", abort=True)
        kept = backups.put_back(file, database, wall_clock())
    except backups.NoBackup as no:
        refuse(str(no))
    typer.echo(f"{database} is as it was then." + (f" What was there is kept in {kept}." if kept else ""))


def _restored(db: "Db", file: Path | None) -> None:
    """What CareCue has to do itself after PostgreSQL's own tool."""
    from bot.store import backup as backups
    from bot.store.migrate import upgrade

    if file is not None:
        refuse(f"PostgreSQL brings back its own: {BRING_BACK.format(file=file)} - then `carecue restore`.")
    try:
        upgrade(db.engine)
        with db.begin() as tx:
            backups.look_again(tx)
    finally:
        db.close()
    typer.echo("What was about to be said is looked for in Slack before it is said.")
