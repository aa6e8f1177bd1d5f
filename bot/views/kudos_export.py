"""All kudos of one person as files: a table for people, JSON for machines."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

COLUMNS = ("kind", "at", "giver_name", "receiver_names", "behaviours", "reason", "where", "link", "giver", "receivers")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # spreadsheets run what begins with these


def files(rows: list[dict[str, Any]]) -> dict[str, bytes]:
    """Their content by name."""
    return {"kudos.csv": table(rows).encode("utf-8-sig"), "kudos.json": _json(rows).encode()}


def table(rows: Iterable[Mapping[str, Any]]) -> str:
    """Comma-separated, with a line of headings; several values stand in one cell."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows({name: _cell(row.get(name)) for name in COLUMNS} for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2)
