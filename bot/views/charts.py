"""Slack's native charts, which slack_sdk does not know yet, and the table that stands in for one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, TableBlock

from bot.views.blocks import section

TYPE = "data_visualization"

Json = Mapping[str, Any]


class LineChart(Block):
    """Lines over the same categories (2 to 20). `series` are at most six, by name, a value a category each."""

    def __init__(
        self, title: str, categories: Sequence[str], series: Mapping[str, Sequence[float]], x_label: str, y_label: str
    ) -> None:
        super().__init__(type=TYPE)
        self.title = title
        self.chart = {
            "type": "line",
            "series": [
                {"name": name, "data": [{"label": c, "value": v} for c, v in zip(categories, values, strict=True)]}
                for name, values in series.items()
            ],
            "axis_config": {"categories": list(categories), "x_label": x_label, "y_label": y_label},
        }

    @property
    def attributes(self) -> set[str]:  # type: ignore[override]
        """What stands in its JSON."""
        return super().attributes | {"title", "chart"}


def table(rows: Iterable[Sequence[str]]) -> TableBlock:
    """The first column to the left, figures to the right; the first row holds the headings."""
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in rows]
    settings = [{"align": "left" if place == 0 else "right"} for place in range(len(cells[0]))]
    return TableBlock(rows=cells, column_settings=settings)


def has_chart(payload: Json) -> bool:
    """Whether Slack may refuse a message for its chart."""
    return any(block["type"] == TYPE for block in payload.get("blocks") or ())


def with_table(payload: Json) -> dict[str, Any]:
    """The same message with a table under the chart's title in the place of each chart."""
    charts = [[part.to_dict() for part in as_table(one)] if one["type"] == TYPE else [one] for one in payload["blocks"]]
    return {**payload, "blocks": [block for blocks in charts for block in blocks]}


def as_table(block: Json) -> list[Block]:
    """What stands in the place of a chart (its JSON)."""
    chart = block["chart"]
    axis, series = chart["axis_config"], chart["series"]
    head = [axis.get("x_label") or " ", *(one["name"] for one in series)]
    lines = zip(axis["categories"], *([f"{p['value']:g}" for p in one["data"]] for one in series), strict=True)
    title = " · ".join(filter(None, [f"*{block['title']}*", axis.get("y_label")]))
    return [section(title), table([head, *lines])]
