"""A message as a person reads it, block by block: what the snapshots show."""

from typing import Any

Json = dict[str, Any]


def read(message: Json) -> str:
    """# heads, ~ is small print, -- a line; the text that stands for the message is not part of it."""
    return "\n".join(line for block in message.get("blocks", ()) for line in _block(block))


def _block(block: Json) -> list[str]:
    match block["type"]:
        case "header":
            return [f"# {block['text']['text']}"]
        case "section":
            return [block["text"]["text"]]
        case "context":
            return ["~ " + " | ".join(element["text"] for element in block["elements"])]
        case "table":
            return [" | ".join(cell["text"] for cell in row) for row in block["rows"]]
        case "divider":
            return ["--"]
        case "data_visualization":
            return _chart(block)
    raise ValueError(f"nobody has said how to read {block['type']}")


def _chart(block: Json) -> list[str]:
    chart = block["chart"]
    lines = [
        f"{one['name']}: " + ", ".join(f"{point['label']} {point['value']:g}" for point in one["data"])
        for one in chart["series"]
    ]
    return [f"[{chart['type']}: {block['title']}, {chart['axis_config']['y_label']}]", *lines]
