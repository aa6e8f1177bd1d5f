"""Is it the database that cannot now, or is something wrong with what was to be written?"""

import sqlite3

import pytest
from sqlalchemy import create_engine, func, insert, select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection

from bot.store.db import Db, is_away, is_sqlite
from bot.store.tables import events


def _error_of(db: Db, statement: object) -> SQLAlchemyError:
    with pytest.raises(SQLAlchemyError) as caught, db.begin() as tx:
        tx.execute(statement)  # type: ignore[call-overload]
    return caught.value


def test_tables_of_another_release_are_the_databases_trouble(db: Db) -> None:
    assert is_away(_error_of(db, text("SELECT * FROM what_is_to_come")))
    assert is_away(_error_of(db, text("SELECT what_is_to_come FROM events")))


def test_what_cannot_be_stored_is_not(db: Db) -> None:
    assert not is_away(_error_of(db, insert(events).values(team_id="T1", event_id="Ev1")))  # nobody says when
    assert not is_away(LookupError())
    assert not is_away(ValueError())


def test_who_is_in_the_way_goes_away_again(db: Db) -> None:
    with db.begin() as tx:
        on_sqlite = is_sqlite(tx)
        tx.execute(text("CREATE TABLE held (id INTEGER)"))
    try:
        error = _locked(str(db.engine.url.database)) if on_sqlite else _kept_waiting(db)
    finally:
        with db.begin() as tx:
            tx.execute(text("DROP TABLE held"))
    assert is_away(error)


def test_a_server_that_hangs_up_is_away(db: Db) -> None:
    with db.engine.connect() as tx:
        if is_sqlite(tx):
            return
        mine = tx.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with db.begin() as other:
            other.execute(select(func.pg_terminate_backend(mine, 5000)))
        for _ in range(2):  # the second time it is known
            with pytest.raises(SQLAlchemyError) as caught:
                tx.execute(select(events))
            assert is_away(caught.value)


def test_nobody_there_at_all_is_away() -> None:
    engine = create_engine("postgresql+psycopg://127.0.0.1:1/nothing", connect_args={"connect_timeout": 2})
    with pytest.raises(OperationalError) as caught:
        engine.connect()
    assert is_away(caught.value)
    assert is_away(NoConnection())


def _locked(path: str) -> SQLAlchemyError:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    impatient = create_engine(f"sqlite:///{path}", connect_args={"timeout": 0})
    try:
        with pytest.raises(SQLAlchemyError) as caught, impatient.begin() as tx:
            tx.execute(text("DELETE FROM held"))
        return caught.value
    finally:
        holder.close()
        impatient.dispose()


def _kept_waiting(db: Db) -> SQLAlchemyError:
    with db.begin() as holder, db.engine.connect() as tx:
        holder.execute(text("LOCK TABLE held"))
        tx.execute(text("SET LOCAL lock_timeout = '10ms'"))
        with pytest.raises(SQLAlchemyError) as caught:
            tx.execute(text("LOCK TABLE held"))
        return caught.value
