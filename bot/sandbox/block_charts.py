"""Tables and native charts of Block Kit."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.block_rules import Problems, Shape, anything, at, flag, many, number, one_of, string, typed_as

TABLE_LETTERS_MAX = 10_000  # over all cells

_CATEGORY = string(20)
_POINT = Shape({"label": _CATEGORY, "value": number})  # may be negative
_SERIES = Shape({"name": string(20), "data": many(_POINT, 20)})
_AXIS = Shape({"categories": many(_CATEGORY, 20)}, {"x_label": string(50), "y_label": string(50)})


def _series_fit(chart: dict[str, Any], path: str) -> Problems:
    series = [one for one in chart.get("series") or [] if isinstance(one, dict)]
    names = [one.get("name") for one in series]
    if len(names) != len(set(names)):
        yield at("series names must be unique", f"{path}/series")
    categories = (chart.get("axis_config") or {}).get("categories")
    for index, one in enumerate(series):
        labels = [point.get("label") for point in one.get("data") or [] if isinstance(point, dict)]
        if labels != categories:
            yield at("labels must match the categories", f"{path}/series/{index}/data")


def _positive(segment: dict[str, Any], path: str) -> Problems:
    if segment["value"] <= 0:
        yield at("must be greater than 0", f"{path}/value")


_SEGMENT = Shape({"label": _CATEGORY, "value": number}, check=_positive)
_GRID = Shape({"series": many(_SERIES, 6), "axis_config": _AXIS}, check=_series_fit)
CHART = typed_as(
    {"line": _GRID, "bar": _GRID, "area": _GRID, "pie": Shape({"segments": many(_SEGMENT, 6)})},
)
DATA_VISUALIZATION = Shape({"title": string(50), "chart": CHART}, {"block_id": string(255)})

_CELL = typed_as(
    {
        "raw_text": Shape({"text": string(3000)}),
        "raw_number": Shape({"value": number, "text": string(3000)}),
        "rich_text": Shape({"elements": anything}, {"block_id": string(255)}),
    }
)
_COLUMN = Shape(other={"align": one_of("left", "center", "right"), "is_wrapped": flag})


def _letters(value: Any) -> Iterator[int]:
    """Of every text in a cell, however deep: rich text is nested."""
    if isinstance(value, dict):
        if isinstance(text := value.get("text"), str):
            yield len(text)
        value = [*value.values()]
    if isinstance(value, list):
        for one in value:
            yield from _letters(one)


def _short_enough(table: dict[str, Any], path: str) -> Problems:
    if sum(_letters(table["rows"])) > TABLE_LETTERS_MAX:
        yield at(f"no more than {TABLE_LETTERS_MAX} characters allowed in all cells", f"{path}/rows")


TABLE = Shape(
    {"rows": many(many(_CELL, 20), 100)},
    {"block_id": string(255), "column_settings": many(_COLUMN, 20)},
    check=_short_enough,
)
