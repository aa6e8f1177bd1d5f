"""The setup as a file that people keep: TOML, read with the line of every mistake, written with a few comments."""

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.domain.care_lines import Lines
from bot.domain.setup import Finding, Setup
from bot.domain.setup_data import gather, to_dict
from bot.domain.setup_rules import findings

Check = Callable[[Setup], Iterable[Finding]]
PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
WIDTH = 100
WITHIN = ("hours", "boundary", "abusive", "right", "unreasonable")  # written as a table within that of its team


class Problem(NamedTuple):
    """`line` counts from 1."""

    line: int
    sentence: str


class BadSetup(ValueError):
    """A file that cannot be used, with everything that is wrong with it from top to bottom."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(f"line {line}: {sentence}" for line, sentence in self.problems))


def read(source: str | bytes, *checks: Check) -> Setup:
    """The setup that a file says. An empty file says that all is as usual.

    `checks` say what is wrong beyond what can be known here, such as `bot.store.calendars.findings`.
    Raises BadSetup.
    """
    text = source if isinstance(source, str) else _decoded(source)
    text = text.removeprefix("\ufeff")
    setup, found = gather(_parsed(text))
    for check in (findings, *checks):
        found += check(setup)
    if found:
        lines = Lines(text)
        raise BadSetup(Problem(lines.of(finding.path), str(finding)) for finding in found)
    return setup


def _decoded(source: bytes) -> str:
    try:
        return source.decode()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise BadSetup([Problem(line, "this is not UTF-8: save the file as UTF-8 text")]) from error


def _parsed(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise BadSetup([Problem(1, "lists stand in lists here, too deep to be read")]) from error
    except ValueError as error:
        raise BadSetup([_unparsed(text, str(error))]) from error


def _unparsed(text: str, message: str) -> Problem:
    place = PLACE.search(message)
    reason = message[: place.start()] if place else message
    if place and place[1]:
        return Problem(int(place[1]), f"{_reason(reason)} (column {place[2]})")
    return Problem(max(1, len(text.splitlines())) if place else 1, _reason(reason))


def _reason(reason: str) -> str:
    """tomllib's reason, in the words of someone who writes such a file once a year."""
    if reason.startswith("Cannot declare"):
        keys = re.findall(r"'([^']*)'", reason)
        return f"`{'.'.join(keys)}` stands here a second time: put the two together"
    if reason.startswith(("Cannot overwrite", "Cannot mutate", "Duplicate")):
        return "this key stands here a second time: keep one of them"
    if reason == "Invalid value":
        return 'a value cannot start like this: texts stand in straight quotes, like "U01AB2CD3EF"'
    return f"this is not TOML: {reason}"


HEAD = "# Who looks after whom, where and when. `carecue config check` says what is wrong with this file."
COMMENTS = {
    "admins": "# May change all of this.",
    "targets": "# Working time in which a customer should hear from us: at first, and after each further message.",
    "ladder": "# Whom to tell at which share (%) of the target.",
    "away_emoji": "# Emoji of a Slack status that say: I am not there.",
    "language": "# What channels are told in; a person hears their own language.",
    "works_council": "# Who owned or answered is forgotten once a wait is over.",
    "retention": "# Days after which what is over is deleted.",
    "kudos": "# Kudos: where they may be announced, the emoji that asks for a reason, and the channels without them.",
    "prompts": "# Weekly prompts to managers: the ids of those that nobody is to get, and people's own.",
    "team": "# Teams: agents, managers and rota hold people (U…) or user groups (S…); home is the team's own channel.",
    "channel": "# Channels: customer, team or ignored; relays are the apps that bring customers' mail.",
    "rule": "# Channels that are not listed are what the first rule says that fits.",
    "person": "# People who work elsewhere or at other hours than their team: country, region, days_off and hours.",
    "customer": "# Customers with targets of their own.",
    "override": "# People who are on another side than Slack says: customer or ours, in one channel or everywhere.",
}


def write(setup: Setup) -> str:
    """TOML that `read` makes the same setup of; the same setup always gives the same text."""
    lines = "\n".join([HEAD, *_top(to_dict(setup))])
    return re.sub(r"\n{3,}", "\n\n", lines.rstrip()) + "\n"


def _top(data: Mapping[str, object]) -> Iterator[str]:
    for noun, value in data.items():
        yield from ("", COMMENTS[noun])
        if noun in ("team", "channel", "person", "customer") and isinstance(value, Mapping):
            for key, table in value.items():
                yield from _table(f"[{noun}.{key}]", table)
        elif noun in ("kudos", "prompts", "retention") and isinstance(value, Mapping):
            yield from _table(f"[{noun}]", {key: one for key, one in value.items() if key != "own"})
            for table in value.get("own", ()):
                yield from _table(f"[[{noun}.own]]", table)
        elif noun in ("override", "rule") and isinstance(value, list):
            for table in value:
                yield from _table(f"[[{noun}]]", table)
        else:
            yield f"{noun} = {_value(value)}"


def _table(header: str, table: Mapping[str, object]) -> Iterator[str]:
    yield header
    within = {key: value for key, value in table.items() if key in WITHIN and isinstance(value, Mapping)}
    for key, value in table.items():
        if key not in within:
            yield f"{key} = {_dates(value) if key == 'days_off' else _value(value)}"
    for key, value in within.items():
        yield from _table(header.replace("]", f".{key}]"), value)
    yield ""


def _dates(value: object) -> str:
    return _value(value).replace('"', "")


def _value(value: object) -> str:
    if isinstance(value, list):
        return _list([_value(item) for item in value])
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _list(items: list[str]) -> str:
    """On one line if that is short."""
    line = f"[{', '.join(items)}]"
    return line if len(line) <= WIDTH else "\n".join(["[", *(f"  {item}," for item in items), "]"])
