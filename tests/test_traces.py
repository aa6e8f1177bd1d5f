"""Traces, where they are switched on: what takes its time, and no word of anybody."""

import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from bot import logs, traces
from bot.settings import Settings


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    traces.send_to(SimpleSpanProcessor(exporter), "1.2.3")
    yield exporter
    traces.switch_off()


def one(exporter: InMemorySpanExporter) -> ReadableSpan:
    (span,) = exporter.get_finished_spans()
    return span


def test_a_span_has_a_name_and_what_it_is_about(exporter: InMemorySpanExporter) -> None:
    with traces.span("ingest", events=3):
        pass
    span = one(exporter)
    assert (span.name, dict(span.attributes or {})) == ("ingest", {"carecue.events": 3})
    assert span.resource.attributes["service.name"] == "carecue"
    assert span.resource.attributes["service.version"] == "1.2.3"


def test_what_is_done_within_is_told_as_part_of_it(exporter: InMemorySpanExporter) -> None:
    with traces.span("door"), traces.span("slack"):
        pass
    inner, outer = exporter.get_finished_spans()
    assert inner.parent
    assert outer.context
    assert inner.parent.span_id == outer.context.span_id


def test_of_an_error_its_kind_alone_is_told(exporter: InMemorySpanExporter) -> None:
    """Its message may quote somebody."""
    with pytest.raises(LookupError), traces.span("job"):
        raise LookupError("what a customer wrote")
    span = one(exporter)
    assert (span.status.status_code, span.status.description) == (StatusCode.ERROR, "LookupError")
    assert "customer" not in span.to_json()


def test_the_log_says_in_which_trace_it_was_written(exporter: InMemorySpanExporter) -> None:
    assert traces.trace_id() == ""
    with traces.span("job"):
        within = traces.trace_id()
        line = logs.Json().format(logging.LogRecord("bot", logging.INFO, "file.py", 1, "x", (), None))
    context = one(exporter).context
    assert context
    assert int(within, 16) == context.trace_id
    assert f'"trace_id": "{within}"' in line


def test_switched_off_there_is_no_span_and_nothing_is_loaded() -> None:
    """In a process of its own: here tests have loaded it."""
    code = (
        "import sys, bot.cli.live, bot.app, bot.traces\n"
        "with bot.traces.span('job', job='nudges.sweep'): pass\n"
        "assert bot.traces.trace_id() == ''\n"
        "assert not [name for name in sys.modules if name.startswith('opentelemetry')]\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_where_the_sender_of_spans_is_not_installed_it_is_said_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(traces.NotInstalled, match=r"pip install 'carecue\[traces\]'"):
        traces.switch_on(None, "1.2.3")


@pytest.mark.parametrize(
    ("switch", "address", "on"),
    [(None, None, False), (None, "http://here:4318", True), (False, "http://here:4318", False), (True, None, True)],
)
def test_they_are_on_where_an_address_is_given_unless_said_otherwise(
    switch: bool | None, address: str | None, on: bool
) -> None:
    assert Settings.stated(traces=switch, otlp_endpoint=address).traced is on
