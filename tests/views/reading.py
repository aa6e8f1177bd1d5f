"""Messages as a person reads them, block by block; `python -m tests.views.reading` draws digests.txt anew."""

import re
from pathlib import Path
from typing import Any

from tests.views import snapshots
from tests.views.examples import MENUS, MESSAGES, MODALS

Json = dict[str, Any]

FILE = Path(__file__).with_name("digests.txt")


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
        case "actions":
            return [" ".join(f"[{_label(element)}]" for element in block["elements"])]
        case "table":
            return [" | ".join(cell["text"] for cell in row) for row in block["rows"]]
        case "divider":
            return ["--"]
        case "data_visualization":
            return _chart(block)
    raise ValueError(f"nobody has said how to read {block['type']}")


def _label(element: Json) -> str:
    if element["type"] == "overflow":
        return " / ".join(option["text"]["text"] for option in element["options"])
    return str((element.get("text") or element["placeholder"])["text"])


def _chart(block: Json) -> list[str]:
    chart = block["chart"]
    lines = [
        f"{one['name']}: " + ", ".join(f"{point['label']} {point['value']:g}" for point in one["data"])
        for one in chart["series"]
    ]
    return [f"[{chart['type']}: {block['title']}, {chart['axis_config']['y_label']}]", *lines]


def plainly(text: str) -> str:
    """Links by their words, dates in UTC."""
    text = re.sub(r"<!date\^\d+\^[^|]*\|([^>]*)>", r"\1", text)
    return re.sub(r"<https:[^|>]*\|([^>]*)>", r"<\1>", text)


def digests() -> str:
    """All weekly pages and answers about them, but for the extremes, in the order of the examples."""
    found = {**MESSAGES["digest"], **MESSAGES["digest_answers"]}
    shown = {name: one.payload() for name, one in found.items() if not name.endswith(("extreme", "many"))}
    texts = [f"=== {name}\n({payload['text']})\n{read(payload)}" for name, payload in shown.items()]
    return plainly("\n\n".join(texts)) + "\n"


def pulses() -> str:
    """All that the pulse says, but for the extremes; each button asks once more before it sends."""
    shown = {name: one.payload() for name, one in MESSAGES["pulse"].items() if not name.endswith("extreme")}
    return plainly("\n\n".join(f"=== {name}\n({one['text']})\n{read(one)}" for name, one in shown.items())) + "\n"


def asked() -> str:
    """All that is said of asks, but for the extremes, and the forms."""
    shown = {name: one.payload() for name, one in MESSAGES["asks"].items() if not name.endswith("extreme")}
    texts = [f"=== {name}\n({one['text']})\n{read(one)}" for name, one in shown.items()]
    forms = {**MODALS["asks"], **MENUS["menu"]}
    texts += [f"=== {name}\n{snapshots.drawn(view)}" for name, view in forms.items() if not name.endswith("extreme")]
    return plainly("\n\n".join(texts)) + "\n"


def lists() -> str:
    """The living list and its forms, but for the extremes."""
    shown = {name: one.payload() for name, one in MESSAGES["living_list"].items() if not name.endswith("extreme")}
    texts = [f"=== {name}\n({one['text']})\n{read(one)}" for name, one in shown.items()]
    forms = {**MODALS["living_list"], **MENUS["living_list"]}
    texts += [f"=== {name}\n{snapshots.drawn(view)}" for name, view in forms.items() if not name.endswith("extreme")]
    return plainly("\n\n".join(texts)) + "\n"


if __name__ == "__main__":
    FILE.write_text(digests(), encoding="utf-8")
