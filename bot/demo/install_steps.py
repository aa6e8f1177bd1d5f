"""The steps of the demo about being let into workspaces, and taken out of one, with nothing but a browser."""

import re
from urllib.parse import urlsplit

from bot.demo.offices import ADA, AGENTS, HARBOUR, LINDEN, NIA, OWNERS, ROOMS, Offices, browser, offices
from bot.demo.proof import Act, expect, is_about, texts
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.sandbox.record import Entry
from jobs import first_run

BOTH = (LINDEN, HARBOUR)
QUESTION = "Can two more people join us on Friday?"


async def by_oauth(on: Stage) -> str:
    """Nia says no, then yes: CareCue is in, greets her, and has the one token that Slack gave for her workspace."""
    async with offices(on.clock.now()) as there:
        refused = await there.install(LINDEN, answer="cancel")
        expect("Not installed" in refused.page and not there.sandbox.record.called("oauth.v2.access"), refused.page)
        await _nobody_is_led(there)
        visit = await there.install(LINDEN)
        expect(visit.status == 200, f"a page with status {visit.status}")
        there.app(LINDEN)
        exchanged = [call.outcome for call in there.sandbox.record.called("oauth.v2.access")]
        expect(exchanged == ["ok"], f"codes were exchanged: {exchanged}")
        await greeted(there)
        (hello,) = there.told(NIA)
        expect("I'm CareCue" in " ".join(texts(hello)), "no greeting")
        return _title(visit.page)


async def second_workspace(on: Stage) -> str:
    """Two companies with one customer: each hears of what was asked of it, by its own bot, and nothing of the other."""
    async with offices(on.clock.now()) as there:
        asked = await _both_asked(there)
        told = {team_id: _nudges(there, team_id, asked[team_id]) for team_id in BOTH}
        expect(all(len(nudges) == 1 for nudges in told.values()), "not one nudge each")
        for team_id, other in (BOTH, BOTH[::-1]):
            bots = {post.user for post in _posts(there) if _is_for(there, post, team_id)}
            expect(bots == {there.app(team_id).bot_user_id}, "the other workspace's bot has spoken")
            expect(not _nudges(there, team_id, asked[other]), "word of the other workspace's customer")
        expect(not there.told(ADA), "a message to the customer")
        (said,) = told[HARBOUR]
        return read(there.sandbox.world, said.text)


async def uninstalled(on: Stage) -> str:
    """Linden takes CareCue out while both have somebody waiting: silence there, and Harbour hears of its own.

    Let in again, it goes on: who still waits is told of.
    """
    async with offices(on.clock.now()) as there:
        for team_id in BOTH:
            await there.install(team_id)
            await there.set_up(team_id)
        asked = {team_id: await there.say(ADA, ROOMS[team_id], QUESTION) for team_id in BOTH}
        there.sandbox.world.uninstall(LINDEN)
        await there.settle()
        before = len(there.sandbox.record.calls)
        await there.wait(minutes=50)
        expect(not _nudges(there, LINDEN, asked[LINDEN]), "a nudge where it was taken out")
        dead = [call.method for call in there.sandbox.record.calls[before:] if call.by == LINDEN]
        expect(not dead, f"calls by a token that is dead: {dead}")
        (said,) = _nudges(there, HARBOUR, asked[HARBOUR])
        await there.install(LINDEN)
        await there.wait(minutes=1)
        expect(len(_nudges(there, LINDEN, asked[LINDEN])) == 1, "no word of who still waits where it is back")
        return f"nothing in Linden; in Harbour: {read(there.sandbox.world, said.text)}"


async def _nobody_is_led(there: Offices) -> None:
    """Somebody else's browser, sent to the end of an install that it did not begin, installs nothing."""
    async with browser() as theirs, browser() as another:
        async with theirs.get(f"{there.address}/slack/install", allow_redirects=False) as sent:
            consent = sent.headers["location"]
        back = there.sandbox.world.allow(OWNERS[HARBOUR], consent)
        async with another.get(back) as shown:
            expect(shown.status == 400, f"who did not begin it got {shown.status} at {urlsplit(back).path}")
    expect(HARBOUR not in there.sandbox.world.apps, "somebody was led into an install")


async def greeted(there: Offices) -> None:
    """Who is to set CareCue up reads its first words."""
    await there.settle()
    await first_run.greet(there.bot.deps)
    await there.settle()


async def _both_asked(there: Offices) -> dict[str, str]:
    """Installed and set up in both, and Ada has waited long enough for a word in private."""
    for team_id in BOTH:
        await there.install(team_id)
        await there.set_up(team_id)
    asked = {team_id: await there.say(ADA, ROOMS[team_id], f"{QUESTION} ({team_id})") for team_id in BOTH}
    await there.wait(minutes=46)
    return asked


def _posts(there: Offices) -> list[Entry]:
    """What CareCue said, wherever it is installed."""
    bots = {app.bot_user_id for app in there.sandbox.world.apps.values()}
    said = [post for post in there.sandbox.record.posts() if post.user in bots]
    return [post for post in said if post.message.get("subtype") not in ("channel_join", "channel_leave")]


def _is_for(there: Offices, post: Entry, team_id: str) -> bool:
    members = there.sandbox.world.channel(post.channel).members
    return not {OWNERS[team_id], AGENTS[team_id]}.isdisjoint(members)


def _nudges(there: Offices, team_id: str, ts: str) -> list[Entry]:
    """What an agent was told about a customer's message."""
    return [post for post in _posts(there) if _is_for(there, post, team_id) and is_about(post.message, ts)]


def _title(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    return found.group(1) if found else page


STEPS: tuple[tuple[str, Act], ...] = (
    ("install.oauth", by_oauth),
    ("install.second_workspace", second_workspace),
    ("install.uninstalled", uninstalled),
)
