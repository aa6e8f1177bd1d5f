"""Nothing that comes from outside becomes SQL: every statement is built of columns, or stands in the code as it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.demo.place import ADA, ANA, EXT_ACME, LEE
from tests.handlers.office import Office

ROOT = Path(bot.__path__[0]).parent
SPOKEN = {"text", "literal_column", "DDL", "exec_driver_sql", "execute", "executemany", "executescript"}  # take SQL
ALLOWED = {
    "cursor.execute(f'PRAGMA {pragma}')": "one of those that stand above it",
    "literal_column(f\"'{kind}'\")": "a kind of move, of those that stand in the code",
    "text(f'DROP INDEX CONCURRENTLY IF EXISTS {index}')": "a name of an index, of those that stand in the code",
}


def sources() -> Iterator[Path]:
    for package in ("bot", "handlers", "jobs"):
        yield from (path for path in (ROOT / package).rglob("*.py") if not {"sandbox", "versions"} & {*path.parts})


def built(tree: ast.AST) -> Iterator[str]:
    """Calls that take SQL as text, and are given one that is put together of parts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in SPOKEN and _is_built(node.args[0]):
            yield ast.unparse(node)


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _is_built(given: ast.expr) -> bool:
    """Texts alone are asked about: a statement of SQLAlchemy's is no text, and its values are bound."""
    match given:
        case ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return any(isinstance(side, ast.JoinedStr) or _is_text(side) for side in (given.left, given.right))
        case ast.Call(func=ast.Attribute(value=said, attr="format" | "join" | "replace")):
            return _is_text(said) or isinstance(said, ast.JoinedStr)
    return False


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_no_statement_is_put_together_as_text() -> None:
    found = {one for path in sources() for one in built(ast.parse(path.read_text()))}
    assert found - set(ALLOWED) == set()


@pytest.mark.parametrize(
    "code",
    [
        'tx.execute(text(f"SELECT * FROM waits WHERE team_id = {team}"))',
        'cursor.execute("SELECT 1 FROM waits WHERE ts = %s" % ts)',
        'tx.exec_driver_sql("DELETE FROM " + table)',
        'text("SELECT {}".format(name))',
        'literal_column("a, ".join(names))',
    ],
)
def test_one_that_is_would_be_found(code: str) -> None:
    assert list(built(ast.parse(code)))


INJECTIONS = (
    "'; DROP TABLE waits; --",
    '" OR ""="',
    "') ON CONFLICT DO NOTHING; DELETE FROM people; --",
    "%' OR '1'='1",
    "$$; SELECT pg_sleep(10); $$",
    "\\'; --",
    ":team :ids %(team)s ? $1",
)


@pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])
async def test_what_people_call_themselves_and_type_is_kept_as_it_is(office: Office) -> None:
    for number, injection in enumerate(INJECTIONS):
        office.sandbox.world.change_person(ADA, display_name=injection, status_emoji=f":{injection}:")
        office.sandbox.world.rename(ANA, EXT_ACME, f"x{number}")
        await office.say(ADA, EXT_ACME, f"{injection} is this right?")
        assert injection in repr(office.tables()["people"]).replace("\\\\", "\\").replace("\\'", "'")
        assert (await office.command(ANA, injection)).startswith("I don't know")
        assert await office.command(ANA, f"why {injection}")
        await office.sandbox.command(LEE, EXT_ACME, "/kudos", f"<@{ANA}> {injection}")
        await office.settle()
    assert len(office.waits()) == len({ts for ts, _ in office.waits()})
