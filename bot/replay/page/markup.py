"""HTML that escapes whatever it is given, unless this module made it."""

from html import escape

VOID = {"meta", "line", "rect", "circle", "path", "col"}


class Markup(str):
    """Finished HTML."""

    __slots__ = ()


Part = str | Markup | None


def tag(name: str, /, *parts: Part, **attributes: object) -> Markup:
    """An element; `class_` is its class, and an underscore in an attribute a hyphen. None leaves out either."""
    given = [
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    ]
    opened = f"<{name}{''.join(given)}"
    return Markup(f"{opened}/>" if name in VOID else f"{opened}>{together(*parts)}</{name}>")


def together(*parts: Part) -> Markup:
    """One after the other."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in parts if part is not None))
