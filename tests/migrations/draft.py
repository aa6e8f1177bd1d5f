"""Draft the next migration from what `bot.store.tables` has and the migrations do not make yet.

    python -m tests.migrations.draft what changed, in a few words

writes `bot/store/migrations/versions/000N_what_changed.py`, a function for each table. Read it before you keep it:
a renamed column looks like one dropped and one added. To draft the newest one anew, delete it first.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import CreateIndexOp, CreateTableOp, MigrateOperation, ModifyTableOps, UpgradeOps
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, DefaultClause
from sqlalchemy.sql.elements import False_, TextClause, True_

from bot.store import migrate, migrations
from bot.store.db import Db
from bot.store.tables import UtcDateTime, metadata

VERSIONS = Path(migrations.__path__[0]) / "versions"


def draft(message: str) -> Path:
    """The file that was written. Exits with a sentence where there is nothing to do."""
    scripts = ScriptDirectory(str(VERSIONS.parent))
    before = scripts.get_current_head()
    revision = f"{int(before or 0) + 1:04}"
    path = VERSIONS / f"{revision}_{re.sub(r'[^a-z0-9]+', '_', message.lower())}.py"
    db = Db("sqlite://")
    try:
        if before:
            migrate.upgrade(db.engine)
        with db.begin() as tx:
            parts = dict(_parts(tx))
    finally:
        db.close()
    if not parts:
        sys.exit("The migrations make these tables already.")
    path.write_text(_module(message, revision, before, parts))
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(path)], check=True)
    return path


def _parts(tx: Connection) -> Iterator[tuple[str, str]]:
    """Each table that differs, with the code that brings it up to date."""
    context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
    ops = produce_migrations(context, metadata).upgrade_ops
    assert ops is not None
    for table, found in groupby(ops.ops, key=lambda op: str(getattr(op, "table_name", ""))):
        group = list(found)
        later = [] if any(isinstance(op, CreateTableOp) for op in group) else list(_indexes(group))
        code = [_code(context, group, batch=True), _code(context, later, batch=False)]
        yield table, "\n".join(filter(None, code))


def _code(context: MigrationContext, ops: list[MigrateOperation], *, batch: bool) -> str:
    ops = [op for op in ops if not isinstance(op, ModifyTableOps) or op.ops]
    if not ops:
        return ""
    code = render_python_code(UpgradeOps(ops), render_as_batch=batch, render_item=_plainly, migration_context=context)
    return re.sub(r"^ *# ###.*\n?", "", code, flags=re.MULTILINE).rstrip()


def _indexes(group: list[MigrateOperation]) -> Iterator[MigrateOperation]:
    """Taken out of the group: on PostgreSQL bot/store/indexes_ahead.py has made them by then. A batch knows no such."""
    for op in group:
        if isinstance(op, ModifyTableOps):
            for index in [one for one in op.ops if isinstance(one, CreateIndexOp)]:
                op.ops.remove(index)
                index.if_not_exists = True
                yield index


def _plainly(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """A migration stays as it is when our own types change, and says what each database says in its own way."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "server_default" and isinstance(item, DefaultClause) and isinstance(item.arg, False_ | True_):
        return f"sa.{item.arg}()"
    if kind == "server_default" and isinstance(item, DefaultClause) and isinstance(item.arg, TextClause):
        return f'sa.text("{item.arg.text}")'
    return False


def _module(message: str, revision: str, before: str | None, parts: dict[str, str]) -> str:
    head = (
        f'"""{message[0].upper()}{message[1:]}."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f"revision = {revision!r}\ndown_revision = {before!r}\n\n\n"
    )
    calls = "\n".join(f"    _{table}()" for table in parts)
    functions = "\n\n\n".join(f"def _{table}() -> None:\n    {code.lstrip()}" for table, code in parts.items())
    return f"{head}def upgrade() -> None:\n{calls}\n\n\n{functions}\n"


if __name__ == "__main__":
    print(draft(" ".join(sys.argv[1:])))
