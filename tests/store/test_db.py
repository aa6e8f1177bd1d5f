"""Connections, on both databases."""

from sqlalchemy import func, insert, select, text

from bot.store.db import Db, is_sqlite
from bot.store.tables import rotas


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


def test_whoever_only_looks_holds_nobody_up(db: Db) -> None:
    with db.reading() as looking:
        assert looking.scalar(select(func.count()).select_from(rotas)) == 0
        with db.begin() as tx:
            tx.execute(insert(rotas).values(team_id="T1", team="care", turn=1))
    with db.reading() as looking:
        assert looking.scalar(select(func.count()).select_from(rotas)) == 1
