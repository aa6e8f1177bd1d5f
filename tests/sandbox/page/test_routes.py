"""What the browser gets when it asks."""

import asyncio
import re

from aiohttp import ClientSession

from bot.sandbox.messages import File
from bot.sandbox.page import Page, Step
from bot.sandbox.page.routes import STATIC
from bot.sandbox.world import World


async def test_the_page_and_all_that_it_names_is_served(browser: ClientSession) -> None:
    async with browser.get("/") as answer:
        html = await answer.text()
    for path in re.findall(r'(?:href|src)="([^"]+)"', html):
        async with browser.get(f"/{path}") as answer:
            assert answer.status == 200, path


async def test_no_script_or_style_but_our_own_may_run(browser: ClientSession) -> None:
    for path in ("/", "/page/main.js"):
        async with browser.get(path) as answer:
            policy = answer.headers["content-security-policy"]
            assert "script-src 'self';" in policy
            assert "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_import_of_a_script_is_a_file_of_ours() -> None:
    for script in STATIC.rglob("*.js"):
        for path in re.findall(r'from ?"([^"]+)"', script.read_text("utf-8")):
            assert (script.parent / path).is_file(), f"{script.name} imports {path}"


def test_no_script_writes_html() -> None:
    """Text of people becomes text nodes; nothing of ours may parse it as HTML."""
    for script in STATIC.glob("*.js"):
        found = re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(", script.read_text("utf-8"))
        assert not found, script.name


async def test_a_person_gets_their_own_picture(browser: ClientSession) -> None:
    async with browser.get("/page/state?as=U9&channel=C1") as answer:
        told = await answer.json()
    assert (told["me"], told["workspace"]["name"]) == ("U9", "Fabrikam")
    assert (told["zone"], told["locale"]) == ("Asia/Tokyo", "en-US")
    assert told["place"]["id"] == "C1"


async def test_whoever_comes_without_a_name_begins_where_the_tour_does(browser: ClientSession, page: Page) -> None:
    page.tour.set_steps([Step("look", "Look", "Look.", "U1", "C1"), Step("ask", "Ask", "Ask.", "U9", "C1")])
    page.tour.tick("look")
    async with browser.get("/page/state?as=&channel=") as answer:
        told = await answer.json()
    assert (told["me"], told["place"]["id"]) == ("U9", "C1")


async def test_a_channel_that_is_not_ones_own_is_as_if_it_were_not_there(browser: ClientSession) -> None:
    async with browser.get("/page/state?as=U2&channel=C2") as answer:
        assert (await answer.json())["place"]["id"] == "C1"


async def test_a_person_named_as_channel_opens_the_direct_message(browser: ClientSession) -> None:
    async with browser.get("/page/state?as=U1&channel=U2") as answer:
        place = (await answer.json())["place"]
    assert (place["kind"], place["name"]) == ("im", "Bo Hill")


async def test_looking_at_a_channel_reads_it(browser: ClientSession, world: World) -> None:
    world.say("U9", "C1", "is it up?")

    async def unread(looking: int) -> int:
        async with browser.get(f"/page/state?as=U1&channel=C1&looking={looking}") as answer:
            return int((await answer.json())["place"]["unread"])

    assert [await unread(0), await unread(1), await unread(0)] == [1, 0, 0]


async def test_an_open_browser_is_told_of_every_change(browser: ClientSession, world: World, page: Page) -> None:
    page.tour.set_steps([Step("wait", "A customer waits", "Look.")])
    async with browser.ws_connect("/page/live") as live:
        await asyncio.sleep(0)
        world.say("U9", "C1", "is it up?")
        assert await live.receive_str(timeout=5) == "changed"
        page.tour.tick("wait")
        assert await live.receive_str(timeout=5) == "changed"


async def test_a_file_is_for_those_who_can_see_its_channel_and_never_runs(browser: ClientSession, world: World) -> None:
    hostile = File("F1", "page.html", "page", "U1", 9, "text/html", 0, content=b"<script>")
    picture = File("F2", "dock.png", "dock", "U1", 4, "image/png", 0, content=b"png!")
    world.say("U1", "C2", files=[hostile, picture])
    async with browser.get("/page/file/F1?as=U1") as answer:
        assert answer.headers["content-disposition"] == "attachment"
    async with browser.get("/page/file/F2?as=U1") as answer:
        assert await answer.read() == b"png!"
        assert "content-disposition" not in answer.headers
    async with browser.get("/page/file/F2?as=U9") as answer:
        assert answer.status == 404
