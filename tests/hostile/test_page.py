"""docs/security.md: each threat names a test that is there, and no test of a threat is left out."""

import ast
import re
from pathlib import Path

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "security.md").read_text("utf-8")
HELD_BY = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


def test_what_holds_is_there() -> None:
    for path, name in HELD_BY:
        tree = ast.parse((HOUSE / path).read_text("utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}, (
            name
        )


def test_every_threat_says_what_holds_it() -> None:
    rows = [
        line for line in PAGE.splitlines() if line.startswith("| ") and "---" not in line and "| test |" not in line
    ]
    assert len(rows) > 20
    assert [row for row in rows if "`tests/" not in row.split("|")[3]] == []


def test_every_file_of_these_tests_stands_on_the_page() -> None:
    here = {f"tests/hostile/{path.name}" for path in Path(__file__).parent.glob("test_*.py")} - {
        "tests/hostile/test_page.py"
    }
    assert here <= {path for path, _ in HELD_BY}
