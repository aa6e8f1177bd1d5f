"""Whatever is drawn is drawn in the language of whoever reads it."""

from dataclasses import replace

from bot.domain.setup import Setup, Team
from bot.store import languages
from bot.store.workspaces import Workspace

CARE = Team("care", "Care", home="C0CARE", managers_channel="C0LEADS", language="de")
SALES = Team("sales", "Sales", home="C0SALES")
WORKSPACE = Workspace("T1", "", "", None, None, None, Setup(teams=(CARE, SALES), language="fr"), 1, {}, 2026)


def test_a_teams_channels_are_told_in_its_language_and_all_others_in_the_workspaces() -> None:
    told = {channel: languages.in_channel(WORKSPACE, channel) for channel in ("C0CARE", "C0LEADS", "C0SALES", "C0ALL")}
    assert told == {"C0CARE": "de", "C0LEADS": "de", "C0SALES": "fr", "C0ALL": "fr"}


def test_without_a_word_it_is_english() -> None:
    plain = replace(WORKSPACE, setup=Setup(teams=(SALES,)))
    assert languages.in_channel(plain, "C0SALES") == "en"
