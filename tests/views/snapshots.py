"""Views as they are read, in a file beside this one; `python -m tests.views.snapshots` draws it anew."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.views.examples import MODALS
from tests.views.homes import EXTREME, HOMES, READ

FILE = Path(__file__).with_name("homes.txt")


def drawn(view: Mapping[str, Any]) -> str:
    """Line by line; a button in brackets, a link by its words, a date as UTC."""
    title = [f"[[ {view['title']['text']} ]]"] if "title" in view else []
    return "\n".join([*title, *(line for block in view["blocks"] for line in _lines(block))])


def homes() -> str:
    """All that belongs to the Home tab, in the order of the examples."""
    views = HOMES | READ | MODALS["home"]
    return "\n\n".join(f"=== {name}\n{drawn(view)}" for name, view in views.items() if name not in EXTREME) + "\n"


def _lines(block: Mapping[str, Any]) -> Iterator[str]:
    kind = block["type"]
    if kind == "divider":
        yield "---"
    elif kind == "header":
        yield f"# {block['text']['text']}"
    elif kind == "section":
        yield _read(block["text"]["text"])
        if "accessory" in block:
            yield f"[{block['accessory']['text']['text']}]"
    elif kind == "context":
        yield from (f"~ {_read(element['text'])}" for element in block["elements"])
    elif kind == "actions":
        yield " ".join(f"[{(element.get('text') or element['placeholder'])['text']}]" for element in block["elements"])
    else:
        yield from _field(block)


def _field(block: Mapping[str, Any]) -> Iterator[str]:
    element = block["element"]
    yield f"{block['label']['text']}:"
    first = [element["initial_option"]] if "initial_option" in element else []
    chosen = [option["value"] for option in element.get("initial_options") or first]
    for option in element.get("options", ()):
        yield f"  ({'x' if option['value'] in chosen else ' '}) {option['text']['text']}"
    if "initial_time" in element:
        yield f"  {element['initial_time']}"
    if "hint" in block:
        yield f"  ~ {block['hint']['text']}"


def _read(text: str) -> str:
    text = re.sub(r"<!date\^\d+\^[^|]*\|([^>]*)>", r"\1", text)
    return re.sub(r"<https:[^|>]*\|([^>]*)>", r"<\1>", text)


if __name__ == "__main__":
    FILE.write_text(homes(), encoding="utf-8")
