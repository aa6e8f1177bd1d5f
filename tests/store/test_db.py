"""Connections, on both databases."""

from sqlalchemy import text

from bot.store.db import Db, is_sqlite


def test_after_the_server_has_hung_up_work_goes_on(db: Db) -> None:
    """PostgreSQL is started anew, or a proxy lets go of whoever says nothing for long."""
    with db.begin() as tx:
        if is_sqlite(tx):
            return
        pid = tx.scalar(text("SELECT pg_backend_pid()"))
    other = Db(db.engine.url.render_as_string(hide_password=False))
    with other.begin() as tx:
        tx.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    other.close()
    with db.begin() as tx:
        assert tx.scalar(text("SELECT pg_backend_pid()")) != pid
