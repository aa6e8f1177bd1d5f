"""A replay, which goes in great strides, tells what the live bot would have done step by step."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select, update

from bot.domain.arrivals import Delivery
from bot.domain.hours import ROUND_THE_CLOCK, Week
from bot.domain.moments import moment
from bot.domain.setup import Setup, Team
from bot.replay import Options
from bot.replay.archive import open_archive
from bot.replay.export import read_export
from bot.replay.options import read_targets
from bot.replay.stage import database, install
from bot.store import ingest, ladder
from bot.store.db import Db
from bot.store.tables import nudges as sent
from bot.store.tables import people, waits
from bot.store.workspaces import Workspaces, save_setup

OFFICE = Week("Europe/Berlin", (((time(9), time(12)), (time(13), time(17))),) * 5 + ((), ()))
OURS = ("UAGENT", "UOTHER")
PAST = (
    7 / 60
)  # minutes: a step that falls on the very moment in which all go home goes to nobody, which no replay knows


class Line(NamedTuple):
    """Somebody speaks `gap` minutes after the line before: at top level, or in a thread already there."""

    gap: int
    user: str
    thread: int | None
    channel: str
    text: str


LINES = st.builds(
    Line,
    st.one_of(st.integers(1, 6), st.integers(7, 400)),
    st.sampled_from([*OURS, "UACME", "UACME", "UBOLT"]),
    st.none() | st.integers(0, 3),
    st.sampled_from(["one", "two"]),
    st.sampled_from(["How do I do this?", "It fails.", "Thanks!", "ok"]),
)


# From which message of a conversation to which one somebody waited, and the steps that were taken meanwhile.
Waited = tuple[str, str, str, tuple[tuple[int, str], ...]]


@settings(max_examples=25)
@given(st.lists(LINES, min_size=1, max_size=14), st.sampled_from([ROUND_THE_CLOCK, OFFICE]))
@example([Line(1, "UACME", None, "one", "Help?"), Line(45, "UAGENT", None, "one", "Yes.")], ROUND_THE_CLOCK)
@example([Line(1, "UACME", None, "one", "Help?"), Line(120, "UAGENT", None, "two", "Hm.")], ROUND_THE_CLOCK)
@example([Line(167, "UACME", None, "one", "Help?"), Line(167, "UAGENT", None, "one", "Yes.")], OFFICE)
def test_the_same_waits_and_nudges_as_when_every_message_comes_alone(
    new_export: type[Any], lines: list[Line], week: Week
) -> None:
    options = Options(week, read_targets("60m"))
    with TemporaryDirectory() as folder:
        export = new_export(Path(folder))
        _say(export, lines)
        told = [wait for line in export.lines(options) for wait in _told(line)]
        assert sorted(told) == sorted(_lived(export.zip(), options))


def _say(export: Any, lines: list[Line]) -> None:
    roots: list[tuple[str, str]] = []
    minute = 0
    for line in lines:
        minute += line.gap
        here = [ts for channel, ts in roots if channel == line.channel]
        thread = here[line.thread] if line.thread is not None and line.thread < len(here) else None
        ts = export.said(minute + PAST, line.user, line.text, channel=line.channel, thread=thread)
        roots.append((line.channel, ts))


def _told(line: dict[str, Any]) -> Iterator[Waited]:
    for wait in line["waits"]:
        steps = tuple((nudge["step"], nudge["at"]) for nudge in wait["nudges"])
        yield line["root_ts"], wait["from_ts"], wait["ended_by"] or "open", steps


def _lived(path: Path, options: Options) -> list[Waited]:
    """The live store, told of one message at a time, with a sweep at each moment that a nudge falls due."""
    with open_archive(path) as archive, database(path.with_suffix(".db")) as db:
        export, known = read_export(archive), Workspaces()
        with db.begin() as tx:
            install(tx, export, "T0OURS", options)
            # A replay knows the team's clock alone, the live ladder that of each of its people.
            tx.execute(update(people).values(zone=options.week.zone))
            team = Team("care", "Care", agents=OURS, managers=("UBOSS",), home="C0HOME", week=options.week)
            save_setup(tx, "T0OURS", Setup(teams=(team,), targets=options.targets))
        for number, (arrival, _) in enumerate(export.spoken(lambda _size: None)):
            now = moment(arrival.at_ts)
            _sweep(db, known, before=now)
            with db.begin() as tx:
                ingest.ingest(tx, known, [Delivery("T0OURS", f"Ev{number}", arrival)], now)
        _sweep(db, known, before=now + timedelta(microseconds=1))
        with db.begin() as tx:
            return list(_waited(tx))


def _sweep(db: Db, known: Workspaces, before: datetime) -> None:
    while True:
        with db.begin() as tx:
            due = tx.execute(select(func.min(waits.c.next_nudge_at))).scalar()
            if due is None or due >= before:
                return
            ladder.take_due(tx, known, due, 100)


def _waited(tx: Connection) -> Iterator[Waited]:
    for wait in tx.execute(select(waits)).all():
        said = select(sent.c.key, sent.c.created_at).where(sent.c.wait_id == wait.id).order_by(sent.c.created_at)
        # That a turn moves on is no step of the ladder, and in no replay.
        ladder_steps = [row for row in tx.execute(said) if row.key.startswith("nudge:")]
        steps = tuple((int(row.key.split(":")[2]) + 1, row.created_at.isoformat()) for row in ladder_steps)
        yield wait.root_ts, wait.from_ts, wait.ended_by or "open", steps
