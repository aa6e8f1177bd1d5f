"""Charts as inline SVG, drawn for a phone's width: text in them stays readable when they are no wider than that.

What they show also stands in a table beside them, so each is one picture with a name to who cannot see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from bot.replay.page.markup import Markup, Part, tag

WIDE, HIGH = 360, 190
LEFT, RIGHT, TOP, BOTTOM = 44, 6, 12, 24
LETTER, GAP = 6.2, 10  # how wide a letter along the bottom is, and how far names stay apart
WIDEST = 48  # of a column
BAR = (100, 14)  # of a bar in a row of a table


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across a chart, and what it means."""

    value: float
    name: str


def columns(
    title: str,
    names: Sequence[str],
    values: Sequence[float | None],
    ticks: Sequence[tuple[float, str]],
    mark: Mark | None = None,
) -> Markup:
    """A column for each value, none where it is not told. `ticks` are lines across, the last of them the top."""
    top = ticks[-1][0] or 1.0
    width = (WIDE - LEFT - RIGHT) / max(len(values), 1)
    bars = [
        _column(LEFT + place * width, width, value / top) for place, value in enumerate(values) if value is not None
    ]
    return tag(
        "svg",
        *[part for value, text in ticks for part in _tick(value / top, text)],
        *bars,
        *(_mark(mark, top) if mark and mark.value <= top else ()),
        *_names(names, width),
        viewBox=f"0 0 {WIDE} {HIGH}",
        role="img",
        aria_label=title,
        class_="chart",
    )


def bar(share: float) -> Markup:
    """A row's part of the longest one's length; the figure stands beside it, so it is nothing to read aloud."""
    wide, high = BAR
    drawn = tag("rect", width=f"{max(share * wide, 0.0):.1f}", height=high, class_="bar")
    box = {"viewBox": f"0 0 {wide} {high}", "preserveAspectRatio": "none", "aria_hidden": "true", "class_": "row"}
    return tag("svg", drawn, **box)


def _column(x: float, width: float, share: float) -> Markup:
    gap = max(min(width * 0.2, 4), width - WIDEST)
    high = max(share * (HIGH - TOP - BOTTOM), 1.0)
    return tag(
        "rect",
        x=f"{x + gap / 2:.1f}",
        y=f"{HIGH - BOTTOM - high:.1f}",
        width=f"{max(width - gap, 0.6):.1f}",
        height=f"{high:.1f}",
        class_="bar",
    )


def _tick(share: float, text: str) -> tuple[Markup, Markup]:
    y = _y(share)
    label = tag("text", text, x=LEFT - 6, y=f"{y + 4:.1f}", text_anchor="end")
    return tag("line", x1=LEFT, x2=WIDE - RIGHT, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="tick"), label


def _mark(mark: Mark, top: float) -> tuple[Markup, Markup]:
    y = _y(mark.value / top)
    label = tag("text", mark.name, x=WIDE - RIGHT, y=f"{y - 4:.1f}", text_anchor="end", class_="mark")
    return tag("line", x1=LEFT, x2=WIDE - RIGHT, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="mark"), label


def _names(names: Sequence[str], width: float) -> list[Part]:
    longest = max(map(len, names), default=0)
    every = ceil((longest * LETTER + GAP) / width)
    return [
        tag("text", name, x=f"{LEFT + (place + 0.5) * width:.1f}", y=HIGH - 8, text_anchor="middle")
        for place, name in enumerate(names)
        if place % every == 0
    ]


def _y(share: float) -> float:
    return HIGH - BOTTOM - share * (HIGH - TOP - BOTTOM)
