"""What is kept about me: all of it is shown, all of it is sent, and none of it is left when I have it erased."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo.place import ADA, ANA, BOB, BOT, EXT_ACME, EXT_BLUEBIRD, LEE, MIA, OURS
from bot.domain.statistics import Figures
from bot.domain.weeks import last_weeks
from bot.store import erasing, statistics
from bot.store.kept import KEPT, Goes
from bot.store.set_aside import PAUSES
from bot.store.tables import metadata
from bot.views import home as home_views
from bot.views import privacy as views
from bot.views.words import privacy as words
from jobs import privacy as job
from tests.handlers.thanking import FOR, Thanking

Json = dict[str, Any]

both_ways = pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])


async def a_week(team: Thanking) -> None:
    """Ana answers, promises, thanks and is thanked, asks, chooses, and has customers waiting."""
    await team.kudos(MIA, f"@ana #kindness {FOR}")
    await team.kudos(ANA, f"@lee #kindness {FOR}")
    first, _ = await team.asked()
    await team.say(ANA, EXT_ACME, "I'll look into it and get back to you by 4pm.", first)
    await team.command(ANA, "snag the export is slow")
    await team.command(ANA, "ask how do I refund half an order?")
    await team.command(ANA, "quiet")
    bob = await team.say(BOB, EXT_BLUEBIRD, "Can you check the address?")
    await team.wait(minutes=5, seconds=1)
    await team.say(LEE, EXT_BLUEBIRD, "Done, it is the new one now.", bob)
    await team.wait(minutes=5, seconds=1)
    await team.asked("Where do I change the language?")


async def erase(team: Thanking, user: str = ANA) -> None:
    """Asked for on the page, and said twice."""
    await shown(team, user)
    await team.sandbox.press_view(user, team.form(user)["id"], views.ERASE)
    await team.settle()
    for _ in range(2):
        assert (await team.sandbox.submit(user, team.form(user)["id"])).ok
        await team.settle()


async def shown(team: Thanking, user: str = ANA) -> str:
    """The page, by /care privacy."""
    assert (await team.sandbox.command(user, EXT_ACME, "/care", "privacy")).ok
    await team.settle()
    return json.dumps(team.form(user), ensure_ascii=False)


def named_in(team: Thanking, user: str = ANA) -> set[str]:
    """The columns in which somebody stands, or their direct messages with CareCue."""
    ids = (user, team.sandbox.world.direct(user, BOT).id)
    found = set()
    with team.bot.deps.db.begin() as tx:
        for table in metadata.sorted_tables:
            for row in tx.execute(select(table)).mappings():
                found |= {str(one) for one in table.columns if any(who in str(row[one.name]) for who in ids)}
    return found


def figures(team: Thanking) -> list[Figures]:
    now = team.clock.now()
    with team.bot.deps.db.begin() as tx:
        workspace = team.bot.deps.workspaces.get(tx, OURS, now)
        assert workspace
        return statistics.weekly(tx, workspace, "care", last_weeks("Europe/Lisbon", now, 2), now)


@both_ways
async def test_all_that_names_me_is_in_the_file_that_is_sent_to_me_alone(team: Thanking) -> None:
    await a_week(team)
    before = {name.split(".")[0] for name in named_in(team) & {str(kept.column) for kept in KEPT if not kept.inside}}
    page = await shown(team)
    assert "1 kudos for you" in page
    assert "1 kudos from you" in page
    assert "2 calls on those who lead" in page
    await team.sandbox.press_view(ANA, team.form(ANA)["id"], views.EXPORT)
    await team.settle()
    (file,) = team.sandbox.world.files.values()
    assert file.channels == [team.sandbox.world.direct(ANA, BOT).id]
    told = json.loads(file.content)
    assert before <= {*told, "workspaces"}
    assert told["setup"]["teams"] == {"care": ["agents"]}
    assert {one["line"] for one in told["asks"]} == {"the export is slow", "how do I refund half an order?"}
    assert all(MIA not in str(rows) for name, rows in told.items() if name not in ("kudos_as_stories", "outbox"))


@both_ways
async def test_when_i_have_it_erased_no_table_names_me_but_the_setup_and_slacks_own_lists(team: Thanking) -> None:
    await a_week(team)
    # Of a row that goes with its reader, the place of their messages goes too.
    listed = {str(kept.column) for kept in KEPT} | {"living_lists.channel"}
    assert named_in(team) <= listed
    await erase(team)
    assert named_in(team) <= {str(kept.column) for kept in KEPT if kept.goes is Goes.STAYS}
    assert "It is being erased" in json.dumps(team.form(ANA))


async def test_what_waits_for_who_is_erased_goes_to_their_team(team: Thanking) -> None:
    ts = await team.say(BOB, EXT_BLUEBIRD, "Can you check the address?")
    await team.wait(minutes=30)
    assert team.owner(ts) == LEE
    await erase(team, LEE)
    assert team.owner(ts) not in (LEE, None)


async def test_figures_stay_as_they_were_without_a_person_in_them(team: Thanking) -> None:
    for who, where, by in ((ADA, EXT_ACME, ANA), (BOB, EXT_BLUEBIRD, LEE), (ADA, EXT_ACME, MIA)):
        ts = await team.say(who, where, "Can you check the address?")
        await team.wait(minutes=5, seconds=1)
        await team.say(by, where, "Done, it is the new one now.", ts)
        await team.wait(hours=5)
    await team.wait(days=7)
    before = figures(team)
    await erase(team)
    assert figures(team) == before
    assert before[-1].median_s is not None


async def test_kudos_i_gave_stay_with_their_receiver_as_someones(team: Thanking) -> None:
    await a_week(team)
    await erase(team)
    page = json.dumps((await team.home(LEE))["blocks"], ensure_ascii=False)
    assert "until their booking worked" in page
    assert "someone" in page
    assert ANA not in page


async def test_a_conversation_of_before_goes_on_and_begins_anew_with_me(team: Thanking) -> None:
    ts, _ = await team.asked()
    await team.say(ANA, EXT_ACME, "Done: you are at fifteen now.", ts)
    await erase(team)
    ended = team.waits()
    await team.say(ADA, EXT_ACME, "Thanks, that works!", ts)
    assert team.waits() == ended
    again = await team.say(ADA, EXT_ACME, "One more thing: can we have a window seat?", ts)
    await team.wait(minutes=50)
    await team.say(ANA, EXT_ACME, "Of course, you have it.", ts)
    assert team.waits() == [*ended, (again, "answer")]
    assert "1 customer's wait that was yours" in await shown(team)


async def test_nothing_more_is_said_to_who_was_forgotten(team: Thanking) -> None:
    await a_week(team)
    await erase(team)
    said = len(team.dm(ANA))
    await team.wait(hours=8)
    someone = [entry for entry in team.sandbox.record.entries if "someone" in str(entry.channel)]
    assert not someone
    assert all("4pm" not in str(message) for message in team.dm(ANA)[said:])


async def test_what_stops_on_the_way_goes_on_the_next_time(team: Thanking, monkeypatch: pytest.MonkeyPatch) -> None:
    await a_week(team)

    def stop(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as killed:
        killed.setattr("bot.store.erasing.finish", stop)
        await erase(team)
    assert named_in(team)
    team.clock.advance(PAUSES[0])
    assert await job.erase(team.bot.deps)
    await team.settle()
    assert named_in(team) <= {str(kept.column) for kept in KEPT if kept.goes is Goes.STAYS}


async def test_the_page_opens_from_the_home_tab_too_and_shows_nothing_that_is_not_there(team: Thanking) -> None:
    view = await team.home(MIA)
    await team.sandbox.press_view(MIA, view["id"], home_views.KEPT)
    await team.settle()
    page = json.dumps(team.form(MIA), ensure_ascii=False)
    assert words.NEVER_KEPT().split("*")[0] in page
    assert "0 " not in page


async def test_a_customer_is_forgotten_too_and_goes_on_waiting(team: Thanking) -> None:
    ts = await team.say(ADA, EXT_ACME, "Where is the form?")
    with team.bot.deps.db.begin() as tx:
        erasing.ask(tx, OURS, ADA, team.clock.now())
    await team.settle()
    assert named_in(team, ADA) <= {str(kept.column) for kept in KEPT if kept.goes is Goes.STAYS}
    await team.wait(minutes=46)
    (shown,) = team.about(ANA, ts)
    assert "waiting 45 minutes of 1 hour" in json.dumps(shown)
    await team.say(ANA, EXT_ACME, "Here it is.", ts)
    assert team.waits() == [(ts, "answer")]
    again = await team.say(ADA, EXT_ACME, "And where do I sign?", ts)
    await team.say(ANA, EXT_ACME, "At the bottom.", ts)
    assert team.waits() == [(ts, "answer"), (again, "answer")]
