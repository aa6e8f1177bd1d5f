"""Spans of OpenTelemetry, where they are switched on. Off, nothing of it is loaded and a span is nothing.

No span carries a word of anybody: not what was said, and of an error its kind alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
    from opentelemetry.trace import Tracer

_OFF: AbstractContextManager[None] = nullcontext()


class NotInstalled(Exception):
    """Traces are switched on, and what sends them is not there; the message is a sentence for the engineer."""


class _Switch:
    """The one thing of a process that says whether spans are made."""

    __slots__ = ("provider", "tracer")

    def __init__(self) -> None:
        self.provider: TracerProvider | None = None
        self.tracer: Tracer | None = None


_switch = _Switch()


def span(name: str, **attributes: str | int) -> AbstractContextManager[None]:
    """What takes its time, while the block lasts. `attributes` are names, ids and counts."""
    return _OFF if _switch.tracer is None else _within(_switch.tracer, name, attributes)


def trace_id() -> str:
    """Of the span that this runs in, as a log tells it; empty where there is none."""
    if _switch.tracer is None:
        return ""
    from opentelemetry.trace import format_trace_id, get_current_span

    context = get_current_span().get_span_context()
    return format_trace_id(context.trace_id) if context.is_valid else ""


def switch_on(endpoint: str | None, version: str) -> None:
    """Send spans by OTLP over HTTP to `endpoint` (http://localhost:4318 unless given). Raises NotInstalled."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise NotInstalled("Traces are switched on and not installed: pip install 'carecue[traces]'.") from None
    address = f"{endpoint.rstrip('/')}/v1/traces" if endpoint else None
    send_to(BatchSpanProcessor(OTLPSpanExporter(endpoint=address)), version)


def send_to(processor: SpanProcessor, version: str) -> None:
    """Hand every span to this from now on."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    _switch.provider = TracerProvider(
        resource=Resource.create({"service.name": "carecue", "service.version": version}), shutdown_on_exit=False
    )
    _switch.provider.add_span_processor(processor)
    _switch.tracer = _switch.provider.get_tracer("carecue", version)


def switch_off() -> None:
    """Send what is left; no spans from now on."""
    provider, _switch.provider, _switch.tracer = _switch.provider, None, None
    if provider:
        provider.shutdown()


@contextmanager
def _within(tracer: Tracer, name: str, attributes: dict[str, str | int]) -> Iterator[None]:
    from opentelemetry.trace import Status, StatusCode

    told = {f"carecue.{key}": value for key, value in attributes.items()}
    # What OpenTelemetry notes of an error by itself is its message and its trace, which may quote.
    with tracer.start_as_current_span(
        name, attributes=told, record_exception=False, set_status_on_exception=False
    ) as here:
        try:
            yield
        except BaseException as error:
            here.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise
