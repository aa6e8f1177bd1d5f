"""What commands ask for alike, and how they refuse."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

FilePath = Annotated[Path, typer.Argument(help="The file, such as care.toml.")]
WorkspaceId = Annotated[str | None, typer.Option("--workspace", help="Its T… id, where there are several.")]


def contents(file: Path) -> bytes:
    """Of a file; one that cannot be read is refused."""
    try:
        return file.read_bytes()
    except OSError as error:
        refuse(f"{file} cannot be read: {error.strerror}.")


def refuse(sentence: str) -> NoReturn:
    """One sentence on standard error, and exit code 2."""
    typer.echo(sentence, err=True)
    sys.exit(2)
