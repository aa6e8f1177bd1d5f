"""No text is long enough to keep a regular expression busy: the steps of each grow as the text does, and no faster."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import pytest

import bot
import handlers
import jobs
from tests.hostile.steps import Counter, TooMany, attacks

FEW, MANY = 40, 80  # characters with which patterns are tried
LONG = 500  # with which those are tried again that looked suspicious: a repeat may be bounded
STEPS, STEPS_OF_LONG = 100_000, 10_000_000
LINEAR, SQUARE = 2.8, 4.5  # how much more steps twice the text may take

# Those that take the square of a text's length, since they begin anew at every place: on texts that are short.
SHORT = {
    "bot.domain.addressing._FIRST": "looks at one place only: the beginning",
    "bot.domain.care_lines.KEY": "looks at one place only; the file is an engineer's own",
    "bot.domain.typed_hours._DASH": "what fits into a field of a form",
    "bot.replay.export._DAY": "a file's name in an archive, looked at as a whole",
    "bot.replay.options._DASH": "an option of the command line",
    "bot.views.setup_effect.MOVED": "a sentence of CareCue's own",
    "bot.views.setup_team_hours._AROUND": "what fits into a field of a form",
}
# Patterns that are put together while CareCue runs.
MADE = {
    "bot/domain/setup_values.py": "of letters that stand in the code",
    "bot/domain/typed_hours.py": "of names that stand in the code",
    "bot/domain/plain.py": "of letters that stand in the code",
    "bot/domain/typed.py": "of patterns that stand in the code",
    "bot/domain/until.py": "of patterns that stand in the code",
    "bot/domain/closing_book.py": "of patterns that stand in the code",
    "bot/store/erasing.py": "of ids, escaped",
}
NOT_REACHED = ("bot.__main__", "bot.demo", "bot.sandbox", "bot.store.migrations")  # by strangers


def modules() -> Iterator[ModuleType]:
    for package in (bot, handlers, jobs):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith(NOT_REACHED):
                yield import_module(found.name)


def inside(thing: Any, deep: int = 3) -> Iterator[re.Pattern[str]]:
    if isinstance(thing, re.Pattern) and isinstance(thing.pattern, str):
        yield thing
    if deep and isinstance(thing, dict):
        thing = [*thing, *thing.values()]
    if deep and isinstance(thing, list | tuple | set | frozenset):
        for part in thing:
            yield from inside(part, deep - 1)


def calls(path: Path) -> Iterator[ast.Call]:
    """Of `re`."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name), args=[_, *_]) if name != "escape":
                yield node


def patterns() -> dict[str, re.Pattern[str]]:
    """Every one of the code once, by where it stands: those with a name, and those that are used where written."""
    found: dict[re.Pattern[str], str] = {}
    for module in modules():
        for name, value in vars(module).items():
            for pattern in inside(value):
                found.setdefault(pattern, f"{module.__name__}.{name}")
    for module in modules():
        for call in calls(Path(str(module.__file__))):
            match call:
                case ast.Call(func=ast.Attribute(attr=used), args=[ast.Constant(value=str(text)), *_]):
                    if used != "compile":
                        found.setdefault(re.compile(text), f"{module.__name__}:{call.lineno}")
    return {name: pattern for pattern, name in found.items()}


def worst(pattern: re.Pattern[str], *, long: bool = True) -> float:
    """How much more steps the text takes that is twice as long, for what suits the pattern least. Raises TooMany."""
    counter = Counter(pattern)
    tried = [
        (counter.through(many, STEPS) / max(1, counter.through(few, STEPS)), many)
        for few, many in zip(attacks(counter, FEW), attacks(counter, MANY), strict=False)
    ]
    rate, text = max(tried, default=(1.0, ""))
    if rate <= LINEAR or not long:
        return rate
    some, more = (counter.through(longer(text, length), STEPS_OF_LONG) for length in (LONG, 2 * LONG))
    return more / some


def longer(text: str, length: int) -> str:
    """The same going on for so long; its last character stays the last."""
    return (text[:-1] * (length // (len(text) - 1) + 1))[:length] + text[-1]


@pytest.fixture(autouse=True)
def deep() -> Iterator[None]:
    """Repeats of groups go as deep as they are long."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(50_000)
    yield
    sys.setrecursionlimit(before)


def test_every_pattern_takes_as_many_steps_as_its_text_is_long() -> None:
    rates = {name: round(worst(pattern, long=name not in SHORT), 1) for name, pattern in patterns().items()}
    assert {name: rate for name, rate in rates.items() if rate > (SQUARE if name in SHORT else LINEAR)} == {}
    assert [name for name in SHORT if rates[name] <= LINEAR] == [], "no longer to be excused"


def test_patterns_that_are_put_together_at_run_time_are_known() -> None:
    root = Path(bot.__path__[0]).parent
    made = {
        module.__file__
        for module in modules()
        for call in calls(Path(str(module.__file__)))
        if not isinstance(call.args[0], ast.Constant)
    }
    assert {str(Path(str(file)).relative_to(root)) for file in made} <= set(MADE)


HARMFUL = [r"(a+)+$", r"(a|a)*b", r"(\w+\s?)+$", r"(?:a|ab|b)*c", r"(.*)(.*)(.*)x"]


@pytest.mark.parametrize("pattern", HARMFUL)
def test_a_pattern_that_does_harm_would_be_found(pattern: str) -> None:
    with pytest.raises(TooMany):
        worst(re.compile(pattern))


@pytest.mark.parametrize("pattern", [r"\s+$", r"a*b", r"[^x]+x", r"\d+\.\d+x"])
def test_so_would_one_that_takes_the_square(pattern: str) -> None:
    assert LINEAR < worst(re.compile(pattern)) <= SQUARE


FOUND = [
    (r"(a|bc)+d", "xabcad"),
    (r"\b(\w)\1", "a bb"),
    (r"(?<=x)y+?z", "xyyz"),
    (r"^a(?!b).$", "ac"),
    (r"(?>a+)b", "aab"),
]


@pytest.mark.parametrize(("pattern", "text"), FOUND)
def test_the_counter_finds_what_the_engine_finds(pattern: str, text: str) -> None:
    counter = Counter(re.compile(pattern))
    counter.through(text)
    assert counter.steps >= 1
    assert [match.span() for match in re.finditer(pattern, text)] == list(counter.found)
