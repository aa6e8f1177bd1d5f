"""The log: a line each to standard error, as text or as JSON, with the reference that people are told.

It holds ids, counts and errors, and never what anybody wrote.
"""

import json
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal

from bot import traces

Format = Literal["text", "json"]

# They would say every second that they are well, or that a job which takes longer than a second still runs.
CHATTY = {"apscheduler": logging.ERROR, "alembic": logging.WARNING}

_reference: ContextVar[str] = ContextVar("carecue_reference", default="")


@contextmanager
def about(reference: str = "") -> Iterator[str]:
    """Lines that are written within carry this reference, or a new one; gives it."""
    given = reference or secrets.token_hex(4)
    before = _reference.set(given)
    try:
        yield given
    finally:
        _reference.reset(before)


def reference() -> str:
    """The one that lines carry now; a new one where they carry none, for this one line."""
    return _reference.get() or secrets.token_hex(4)


def begin(level: str, form: Format) -> None:
    """Write this process's log so from now on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Json() if form == "json" else Text())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, lowest in CHATTY.items():
        logging.getLogger(name).setLevel(lowest)


class Text(logging.Formatter):
    """For people: when (UTC), how bad, who, what, and under which reference unless the line says it itself."""

    def format(self, record: logging.LogRecord) -> str:
        """The trace of an error follows in lines of its own; nothing else can begin one."""
        said, carried = _said(record), _reference.get()
        mark = f" [{carried}]" if carried and carried not in said else ""
        line = f"{_at(record)} {record.levelname} {record.name}: {said}{mark}"
        trace = _trace(record, self)
        return f"{line}\n{trace}" if trace else line


class Json(logging.Formatter):
    """For machines: one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Without what there is nothing to say of."""
        kind = record.exc_info[0] if record.exc_info else None
        told = {
            "at": _at(record),
            "level": record.levelname,
            "logger": record.name,
            "message": _said(record),
            "reference": _reference.get(),
            "trace_id": traces.trace_id(),
            "process": record.process,
            "error": kind.__name__ if kind else "",
            "traceback": _trace(record, self),
        }
        return json.dumps({key: value for key, value in told.items() if value not in ("", None)}, ensure_ascii=False)


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _said(record: logging.LogRecord) -> str:
    """On one line, so that nothing in it passes for another or writes over it."""
    said = record.getMessage()
    return said if said.isprintable() else "".join(one if one.isprintable() else ascii(one)[1:-1] for one in said)


def _trace(record: logging.LogRecord, formatter: logging.Formatter) -> str:
    trace = formatter.formatException(record.exc_info) if record.exc_info else record.exc_text or ""
    stack = formatter.formatStack(record.stack_info) if record.stack_info else ""
    return "\n".join(part for part in (trace, stack) if part)
