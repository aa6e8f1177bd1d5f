"""The page that is shown around: one file of HTML that loads nothing, whatever stands in it."""

from dataclasses import dataclass
from importlib.resources import files

from bot.replay.figures import Result
from bot.replay.options import Options
from bot.replay.page import words
from bot.replay.page.markup import Markup, tag, together
from bot.replay.page.sections import SECTIONS

# Nothing is fetched, whatever a name may hold.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class About:
    """What the page is of: its title, a sentence where one is needed, and the lines under it."""

    title: str
    lead: str | None
    lines: tuple[str, ...]


def of_export(name: str, options: Options) -> About:
    """Of an export that was played with these options."""
    return About(words.PAST_TITLE, None, (name, words.hours(options.week)))


def draw(result: Result, about: About) -> str:
    """The whole file."""
    heading = tag(
        "header",
        tag("h1", about.title),
        tag("p", about.lead) if about.lead else None,
        tag("p", together(" · ".join((words.span(result), words.extent(result), *about.lines))), class_="soft"),
    )
    body = tag("body", heading, tag("main", *(section(result) for section in SECTIONS)), _foot(), class_="page")
    return f"<!DOCTYPE html>\n{tag('html', _head(about.title), body, lang='en')}\n"


def _head(title: str) -> Markup:
    css = (files(__package__) / "page.css").read_text("utf-8")
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", Markup(css)),
    )


def _foot() -> Markup:
    return tag("footer", tag("p", words.MADE_BY))
