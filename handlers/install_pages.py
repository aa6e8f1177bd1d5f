"""What a person's browser shows while CareCue is installed; a page each, that loads nothing."""

from html import escape

from starlette.responses import HTMLResponse

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; color: #1d1c1d }}
body {{ max-width: 32rem; margin: 18vh auto 0; padding: 0 1.5rem }}
h1 {{ font-size: 1.5rem; color: #1f5c4d }}
a {{ color: #1f5c4d }}
</style>
<h1>{title}</h1>
<p>{text}</p>
{link}</html>
"""
# The address of this page holds what Slack said once: it is neither kept nor passed on.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page(title: str, text: str, link: tuple[str, str] | None = None, status: int = 200) -> HTMLResponse:
    """`link` is an address and what it is called. All of it is shown as it is."""
    shown = f'<p><a href="{escape(link[0])}">{escape(link[1])}</a></p>\n' if link else ""
    return HTMLResponse(_PAGE.format(title=escape(title), text=escape(text), link=shown), status, _HEADERS)
