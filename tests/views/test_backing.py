"""The standing backing fits into Slack, and what was typed is read back."""

import pytest

from bot.sandbox.blocks import message_problems, view_problems
from bot.views import backing
from bot.views.words import backing as words
from tests.views import backings

MESSAGES = dict(backings.messages())
VIEWS = backings.modals() | backings.shown()


@pytest.mark.parametrize("name", MESSAGES)
def test_every_page_fits_into_slack(name: str) -> None:
    payload = MESSAGES[name].payload()
    assert message_problems(payload["blocks"]) == []
    assert "<!channel>" not in str(payload)


@pytest.mark.parametrize("name", VIEWS)
def test_every_form_fits_into_slack(name: str) -> None:
    assert view_problems(VIEWS[name]) == []


def test_what_was_typed_is_read_back_with_the_team() -> None:
    view = backing.form(backings.CARE)
    state = {"values": {backing.LINES: {backing.LINES: {"value": "Say no."}}}}
    assert backing.read_form(view | {"state": state}) == ("care", "Say no.")


def test_a_list_that_no_form_can_hold_is_changed_in_the_file() -> None:
    page = MESSAGES["page: too long for the form"].payload()
    assert words.IN_THE_FILE() in str(page)
    assert backing.CHANGE not in str(page)
