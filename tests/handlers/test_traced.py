"""What traces tell of a working day, and what they do not."""

from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot import traces
from bot.demo.place import ADA, ANA, EXT_ACME
from jobs import nudges
from jobs.measured import measured
from tests.handlers.office import QUESTION, Office


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    traces.send_to(SimpleSpanProcessor(exporter), "1.2.3")
    yield exporter
    traces.switch_off()


async def test_events_jobs_doors_and_calls_of_slack_are_told_without_a_word_of_anybody(
    exporter: InMemorySpanExporter, office: Office
) -> None:
    await office.asked()
    await measured(nudges.sweep)(office.bot.deps)
    await office.command(ANA, "help")
    spans = exporter.get_finished_spans()
    told = {(span.name, *map(str, (span.attributes or {}).values())) for span in spans}
    assert {("ingest", "1"), ("job", "nudges.sweep"), ("door", "care.care"), ("slack", "chat.postMessage")} <= told
    everything = "".join(span.to_json() for span in spans)
    for word in (QUESTION, "seat map", ADA, ANA, EXT_ACME):
        assert word not in everything


async def test_a_call_of_slack_is_part_of_what_is_said(exporter: InMemorySpanExporter, office: Office) -> None:
    await office.asked()
    spans = exporter.get_finished_spans()
    said = {span.context.span_id for span in spans if span.name == "say" and span.context}
    posts = [span for span in spans if span.name == "slack" and "chat.postMessage" in str(span.attributes)]
    assert posts
    assert all(post.parent and post.parent.span_id in said for post in posts)
