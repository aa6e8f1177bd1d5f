"""What the pages for agents and managers say, and the page of what never happens, is so."""

import ast
import re
from pathlib import Path

import pytest

from bot.domain.care_command import Verb, read
from bot.domain.kudos_command import read as read_kudos
from bot.domain.roles import Role
from handlers.kudos_pages import PAGES
from handlers.roles import works

HERE = Path(__file__).parents[1]
DOCS = HERE / "docs"
NEVER = (DOCS / "never.md").read_text("utf-8")
HELD_BY = re.findall(r"`((?:tests|bot|handlers|jobs)/[\w/]+\.py)(?:::(\w+))?`", NEVER)
TYPED = re.compile(r"^\| `/(care|kudos)([^`]*)`", re.MULTILINE)
AGENT = {Role.COLLEAGUE, Role.AGENT}


@pytest.mark.parametrize(("path", "name"), HELD_BY)
def test_what_never_happens_is_held_by_something_that_is_there(path: str, name: str) -> None:
    tree = ast.parse((HERE / path).read_text("utf-8"))
    named = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    assert not name or name in {node.name for node in tree.body if isinstance(node, named)}


def test_nothing_is_promised_without_saying_what_holds_it() -> None:
    rows = [line for line in NEVER.splitlines() if line.startswith(("| It ", "| For "))]
    assert len(rows) > 20
    assert [row for row in rows if not re.search(r"`(tests|bot|handlers|jobs)/", row.split("|")[2])] == []


@pytest.mark.parametrize(("page", "roles"), [("agents.md", AGENT), ("managers.md", AGENT | {Role.MANAGER})])
def test_what_a_page_says_to_type_is_understood_and_works_for_its_reader(page: str, roles: set[Role]) -> None:
    typed = TYPED.findall((DOCS / page).read_text("utf-8"))
    assert len(typed) > 5
    for command, words in typed:
        if command == "care":
            assert read(words.strip()).verb in works(roles) - {Verb.UNKNOWN}, words
        else:
            assert words.strip() in PAGES or read_kudos(words), words


@pytest.mark.parametrize("page", ["agents.md", "managers.md", "never.md"])
def test_the_ways_on_lead_somewhere_and_a_page_is_one_page(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not (DOCS / link).exists()] == []
    assert len(text.splitlines()) < 80
