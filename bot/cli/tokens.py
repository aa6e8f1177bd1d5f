"""`carecue tokens`: the keys with which tokens are encrypted, where CareCue is installed in many workspaces."""

import typer

from bot.cli.asking import refuse
from bot.settings import Settings

commands = typer.Typer(help="The keys that encrypt the tokens of many workspaces.", no_args_is_help=True)


@commands.command()
def key() -> None:
    """Print a new key, for CARECUE_TOKEN_KEYS."""
    from bot.store.token_box import new_key

    typer.echo(new_key())


@commands.command()
def rotate() -> None:
    """Encrypt all tokens with the first key of CARECUE_TOKEN_KEYS, so that the others can go. CareCue may run."""
    from bot.slack.clients import box
    from bot.store import installations
    from bot.store.db import Db
    from bot.store.migrate import upgrade
    from bot.store.token_box import Unreadable

    settings = Settings()
    keys = box(settings)
    db = Db(settings.database_url)
    try:
        upgrade(db.engine)
        with db.begin() as tx:
            changed, all_of_them = installations.reseal(tx, keys), len(installations.every(tx))
    except Unreadable as error:
        refuse(f"{error} Nothing was changed. Put the key back with which it was encrypted.")
    finally:
        db.close()
    typer.echo(f"{changed} of {all_of_them} installations were encrypted anew. Only the first key is needed now.")
