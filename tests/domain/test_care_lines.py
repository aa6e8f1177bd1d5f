"""The line of everything in a TOML text, held against tomllib's own reading of it."""

import re
import tomllib
from collections.abc import Iterator
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.care_lines import Lines
from bot.domain.setup import Path

WEIRD = r'''
# a comment with [brackets] and = signs
top = 1  # line 3
"quoted key" = 2
'literal.key' = 3
dotted . "in\u0020side" . deep = 4
text = "a # that is [no] comment \" still text"
long = """
[not.a.table]
not = "a key" ""\""""
literal = ~~~
'no = 1' ~~~''
after_long = 5
flat = [6, "a,]", [7, { x = 8, y.z = [9] }], # comment ]
  # nothing
  10
  , 11,
]
empty = []
when = 1979-05-27 07:32:00
point = { a = 12, "b c" = "}" }

[a]
b = 13
[a.c.d]
e = 14
[[many]]
n = 15
[[many]]
n = 16
[many.sub]
n = 17
[[many.inner]]
n = 18
[[many.inner]]
[[many]]
n = 19
[[many.inner]]
n = 20
[ "odd" . 'header' ] # comment
n = 21
'''.replace("~~~", "'''")


def numbers(value: object, path: Path = ()) -> Iterator[tuple[Path, int]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from numbers(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from numbers(item, (*path, place))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield path, value


def assert_found(text: str) -> None:
    """Each number stands once in the text, so its line is known without the scan."""
    lines, rows = Lines(text), text.split("\n")
    for path, number in numbers(tomllib.loads(text)):
        assert re.search(rf"(?<![\d-]){number}(?!\d)", rows[lines.of(path) - 1]), path


def test_values_are_found_in_all_the_shapes_that_toml_has() -> None:
    assert_found(WEIRD)
    assert len(list(numbers(tomllib.loads(WEIRD)))) == 21


def test_windows_line_ends_count_once() -> None:
    assert Lines("a = 1\r\nb = [\r\n2,\r\n3]\r\n").of(("b", 1)) == 4


def test_tables_are_found_by_their_own_header_and_lists_of_tables_by_place() -> None:
    lines = Lines("[a.b]\n[a]\n[[c]]\n[[c]]\n[[c.d]]\n")
    assert (lines.of(("a",)), lines.of(("a", "b"))) == (2, 1)
    assert [lines.of(("c", *rest)) for rest in [(), (0,), (1,), (1, "d", 0)]] == [3, 3, 4, 5]


def test_what_is_not_there_has_the_line_of_what_would_hold_it() -> None:
    lines = Lines("\n[team.care]\nagents = [\n  'U0ANA',\n]\n")
    assert lines.of(("team", "care", "home")) == 2
    assert lines.of(("team", "care", "agents", 7)) == 3
    assert lines.of(("override", 1)) == lines.of(()) == 1


KEYS = st.sampled_from(["a", "b-1", '"q # ]"', "'l.[='", '"\\u00e9"', "1"])
GAPS = st.sampled_from(["", " ", "\n", "# ] } , =\n", "\n\n  "])
TEXTS = st.sampled_from(['"x"', "'#'", '"""\n]"\n"""', "'''\n}\n'\n'''", "true", "1979-05-27"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Tables, lists and values nested as chance has it, with a number of its own at each end."""
    serial = count(1000)

    def value(depth: int, inline: bool) -> str:
        kind = draw(st.sampled_from(["number", "text", "list", "table"] if depth else ["number", "text"]))
        if kind == "list":
            gap = st.just("") if inline else GAPS
            items = [draw(gap) + value(depth - 1, inline) + draw(gap) for _ in range(draw(st.integers(0, 3)))]
            return f"[{','.join(items)}]"
        if kind == "table":
            keys = draw(st.lists(KEYS, unique=True, max_size=3))
            return "{" + ", ".join(f"{key} = {value(depth - 1, True)}" for key in keys) + "}"
        return str(next(serial)) if kind == "number" else draw(TEXTS)

    def pairs() -> list[str]:
        return [f"{key} = {value(3, False)}" for key in draw(st.lists(KEYS, unique=True, max_size=4))]

    parts = pairs()
    for name in draw(st.lists(st.sampled_from(["t", "u.v", "'w x'"]), max_size=4, unique=True)):
        parts += [f"[{name}]", *pairs()]
    for name in draw(st.lists(st.sampled_from(["m", "n.o"]), max_size=4)):
        parts += [draw(st.sampled_from(["", "# [[m]]"])), f"[[{name}]]  # many", *pairs()]
        parts += [f"[{name}.sub_table]", *pairs()] if draw(st.booleans()) else []
    return "\n".join(parts)


@given(documents())
def test_any_number_in_any_text_is_found(text: str) -> None:
    assert_found(text)


@given(st.text("[]{}=.\"'#,\n a1\\", max_size=60))
def test_a_text_that_is_no_toml_has_lines_all_the_same(text: str) -> None:
    assert 1 <= Lines(text).of(("a", 0)) <= text.count("\n") + 1
