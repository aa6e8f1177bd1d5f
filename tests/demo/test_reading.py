"""What the demo prints reads as in Slack."""

import re

import pytest

from bot.demo import script
from bot.demo.place import world
from bot.demo.reading import read
from bot.sandbox import World


async def test_a_person_reads_names_and_no_ids(capsys: pytest.CaptureFixture[str]) -> None:
    assert await script.once(as_json=False) == 0
    told = capsys.readouterr().out
    assert "Tue 03 Mar 10:45  1 customer waits for you. Ada in #ext-acme · waiting 45 minutes of 1 hour." in told
    assert "Ada, customer\n  nothing" in told
    assert not re.search(r"\b[UCT]0[A-Z]+|[<>*]|:\w+:", told)


@pytest.mark.parametrize(
    ("mrkdwn", "words"),
    [
        ("*Ada* waits in <#C0ACME>", "Ada waits in #ext-acme"),
        ("<@U0ANA> asks", "Ana asks"),
        (":white_check_mark: done, <https://linden.example|Open thread>", "✅ done, [Open thread]"),
        ("Ada &amp; Bob &lt;3", "Ada & Bob <3"),
        ("Ana asks:\n> May I &gt; 100 €?", "Ana asks:\n“May I > 100 €?”"),
        ("since <!date^1773043320^{date_short} {time}|9 March, 08:02>", "since 9 March, 08:02"),
    ],
)
def test_mrkdwn_reads_as_in_slack(mrkdwn: str, words: str) -> None:
    assert read(World.from_dict(world()), mrkdwn) == words
