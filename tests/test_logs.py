"""The log as people and machines read it."""

import json
import logging
import sys
from collections.abc import Iterator
from types import TracebackType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs

Error = tuple[type[BaseException], BaseException, TracebackType | None]


def record(message: str, *args: object, error: Error | None = None) -> logging.LogRecord:
    one = logging.LogRecord("bot.store", logging.WARNING, "file.py", 1, message, args, error)
    one.created = 1772445600.25
    return one


def raised() -> Error:
    try:
        raise LookupError("T0CARE")
    except LookupError:
        kind, error, trace = sys.exc_info()
        assert kind
        assert error
        return kind, error, trace


def told(one: logging.LogRecord) -> dict[str, object]:
    line = logs.Json().format(one)
    assert "\n" not in line
    return dict(json.loads(line))


def test_a_line_for_people_says_when_how_bad_who_and_what() -> None:
    line = logs.Text().format(record("%d deliveries could not be written", 3))
    assert line == "2026-03-02T10:00:00.250Z WARNING bot.store: 3 deliveries could not be written"


def test_an_object_for_machines_says_the_same_by_name() -> None:
    said = told(record("%d rows", 3))
    assert said.pop("process")
    assert said == {"at": "2026-03-02T10:00:00.250Z", "level": "WARNING", "logger": "bot.store", "message": "3 rows"}


def test_every_line_of_what_goes_together_carries_its_reference() -> None:
    """Unless it says it itself: the reference that a person was told finds all of it."""
    with logs.about() as reference:
        assert logs.reference() == reference
        assert logs.Text().format(record("slow")).endswith(f"slow [{reference}]")
        assert logs.Text().format(record("failed, reference %s", reference)).count(reference) == 1
        assert told(record("slow"))["reference"] == reference
    assert "[" not in logs.Text().format(record("slow"))


def test_a_reference_ends_where_it_began_and_another_may_stand_within() -> None:
    with logs.about("outbox 12") as outer:
        with logs.about() as inner:
            assert told(record("x"))["reference"] == inner != outer
        assert told(record("x"))["reference"] == "outbox 12"
    assert "reference" not in told(record("x"))
    assert logs.reference() != logs.reference()


def test_an_error_is_named_and_its_trace_is_one_field() -> None:
    said = told(record("broken", error=raised()))
    assert said["error"] == "LookupError"
    assert str(said["traceback"]).startswith("Traceback")
    assert "Traceback" in logs.Text().format(record("broken", error=raised()))


@given(st.text())
def test_nothing_that_is_logged_can_pass_for_another_line(word: str) -> None:
    """A channel's name, say, with a line break in it."""
    line = logs.Text().format(record("no channel %s", word))
    assert len(line.splitlines()) == 1
    assert told(record("no channel %s", word))["message"]


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield root
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
    for handler in [one for one in before if one not in root.handlers]:
        root.addHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize(("form", "kind"), [("text", logs.Text), ("json", logs.Json)])
def test_a_process_writes_its_log_as_it_is_set(root: logging.Logger, form: logs.Format, kind: type) -> None:
    logs.begin("warning", form)
    assert [type(handler.formatter) for handler in root.handlers] == [kind]
    assert root.level == logging.WARNING
    scheduler = logging.getLogger("apscheduler.scheduler")  # warns each second that a long job still runs
    assert not scheduler.isEnabledFor(logging.WARNING)
    assert scheduler.isEnabledFor(logging.ERROR)
