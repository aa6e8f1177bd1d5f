"""The dashboard and the alerts ask for what is counted, by the names that it has."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.metrics_core import Metric

from bot.metrics import REGISTRY
from bot.store.vitals import Unsaid, Vitals
from bot.watch import Gauges

DOCS = Path(__file__).parents[1] / "docs"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",), "unknown": ("",)}
SCRAPERS = {"job", "instance", "le"}  # labels that Prometheus knows by itself

NAME = re.compile(r"\b(?:carecue|process)_[a-z_]+\b")
GROUPED = re.compile(r"\bby \(([^)]*)\)")
MATCHED = re.compile(r"\{([^}]*)\}")
LABEL = re.compile(r"(\w+)\s*(?:=~|!=|=|!~)")


def counted() -> list[Metric]:
    """Every family that a scrape can have."""
    seen = Vitals(True, 1, NOW, Unsaid(), {"nudges": NOW}, {"wait": 1})
    return [*REGISTRY.collect(), *Gauges(seen, True, 0, NOW).collect()]


def names() -> set[str]:
    return {f"{family.name}{suffix}" for family in counted() for suffix in SUFFIXES[family.type]}


def labels(family: Metric) -> set[str]:
    """Of its samples, and of what has none yet."""
    declared = getattr(REGISTRY._names_to_collectors.get(family.name), "_labelnames", ())
    return {*declared, *(label for sample in family.samples for label in sample.labels)}


def known(asked: set[str]) -> set[str]:
    """The labels of the families that are asked for."""
    found = (one for one in counted() if any(f"{one.name}{suffix}" in asked for suffix in SUFFIXES[one.type]))
    return {label for one in found for label in labels(one)}


def panels() -> Iterator[dict[str, Any]]:
    dashboard = json.loads((DOCS / "grafana" / "carecue.json").read_text("utf-8"))
    yield from (one for one in dashboard["panels"] if one["type"] != "row")


def queries() -> list[str]:
    of_panels = [target["expr"] for panel in panels() for target in panel["targets"]]
    alerts = re.findall(r"^ +expr: (.+)$", (DOCS / "observability.md").read_text("utf-8"), re.MULTILINE)
    assert alerts
    return [*of_panels, *alerts]


@pytest.mark.parametrize("query", queries())
def test_every_query_asks_for_metrics_and_labels_that_there_are(query: str) -> None:
    asked = set(NAME.findall(query))
    assert asked
    assert asked <= names()
    by = {label.strip() for group in GROUPED.findall(query) for label in group.split(",")}
    by |= {label for group in MATCHED.findall(query) for label in LABEL.findall(group)}
    assert by <= known(asked) | SCRAPERS


def test_everything_that_is_counted_is_in_the_dashboard_and_on_the_page() -> None:
    drawn, page = " ".join(queries()), (DOCS / "observability.md").read_text("utf-8")
    ours = [family.name for family in counted() if family.name.startswith("carecue_")]
    assert [name for name in ours if name not in drawn] == []
    assert [name for name in ours if f"`{name}" not in page] == []
    assert [name for name in set(NAME.findall(page)) if name not in names() | set(ours)] == []


def test_no_label_is_one_that_a_scraper_gives_itself() -> None:
    """It would rename ours."""
    assert not {label for one in counted() for label in labels(one)} & {"job", "instance"}


def test_panels_have_a_place_a_title_and_a_word_about_what_they_show() -> None:
    found = list(panels())
    assert len({panel["id"] for panel in found}) == len(found)
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in found]
    assert len(set(places)) == len(places)
    assert all(panel["title"] and panel["description"] for panel in found)
    assert all(panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in found)
