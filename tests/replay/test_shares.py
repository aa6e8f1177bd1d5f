"""A large export is played in shares, by several processes, and comes to the same."""

import io
from typing import Any

from bot.replay import Options, shares

Export = Any  # the writer of conftest.py


def _town(export: Export) -> None:
    """Five channels in which it goes on at the same time; the last word of all is said in one of them."""
    for number in range(5):
        channel = f"ext-{number}"
        asked = export.said(number, "UACME", channel=channel)
        export.said(30 + 7 * number, ("UAGENT", "UOTHER")[number % 2], "Like this.", channel=channel, thread=asked)
        export.said(60 + number, "UBOLT", "And what about the other one?", channel=channel)
    export.said(300, "UNEW", "Hello?", channel="ext-2", user_team="T0NEW")


def _played(export: Export, large: int) -> tuple[Any, list[str], list[tuple[int, int]]]:
    told, heard = io.StringIO(), list[tuple[int, int]]()
    result = shares.replay(export.zip(), Options(), lambda *seen: heard.append(seen), told, large)
    return result, told.getvalue().splitlines(), heard


def test_shares_come_to_the_same_figures_and_the_same_lines(export: Export) -> None:
    _town(export)
    whole, shared = _played(export, 2**40), _played(export, 0)
    assert shared[:2] == whole[:2]
    assert whole[0].waits == 11
    assert shared[2][-1] == whole[2][-1]  # the bar of who watches comes to its end


def test_the_clock_stops_for_all_shares_with_the_last_message_of_the_export(export: Export) -> None:
    _town(export)
    result, _, _ = _played(export, 0)
    assert result.until == export.ts(300)
    assert max(one.waited_s for one in result.latest_unanswered) == (300 - 60) * 60


def test_how_an_export_is_shared_depends_on_it_alone() -> None:
    sizes = {"C1": 50, "C2": 30, "C3": 30, "C4": 20, **{f"D{n}": 10 for n in range(10)}}
    found = shares._shared(sizes, 0)
    assert found == shares._shared(dict(reversed(sizes.items())), 0)
    assert sorted(channel for share in found for channel in share) == sorted(sizes)
    assert [sum(sizes[channel] for channel in share) for share in found] == [50, 30, 30, 30, 30, 20, 20, 20]
    assert shares._shared({"C1": 9}, 0) == shares._shared({"C1": 9}, 99) == [frozenset({"C1"})]
    assert shares._shared({}, 0) == [frozenset()]
