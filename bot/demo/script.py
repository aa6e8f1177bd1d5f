"""The demo without a browser: a few scripted weeks in seconds, and whether every step held."""

import json
from dataclasses import asdict

from bot.demo import place
from bot.demo.listed import is_list
from bot.demo.proof import Step, play
from bot.demo.reading import first_line, read
from bot.demo.stage import Stage, stage
from bot.demo.steps import STEPS
from bot.domain.moments import moment
from bot.sandbox.record import Entry

PEOPLE = (
    (place.ANA, "Ana, agent"),
    (place.LEE, "Lee, agent"),
    (place.OMAR, "Omar, agent"),
    (place.MIA, "Mia, manager"),
)
CUSTOMERS = (
    (place.ADA, "Ada, customer"),
    (place.BOB, "Bob, customer"),
)


async def once(*, as_json: bool) -> int:
    """Play, print, and return the exit code: 0 only if every step held."""
    async with stage() as on:
        steps = [await play(on, name, act) for name, act in STEPS]
        seen = "" if as_json else _seen(on)
    ok = all(step.ok for step in steps)
    if as_json:
        print(json.dumps({"ok": ok, "steps": [asdict(step) for step in steps]}, indent=2, ensure_ascii=False))
    else:
        print(
            "\n".join(_line(step) for step in steps),
            seen,
            "Every step held." if ok else "Not every step held.",
            sep="\n",
        )
    return 0 if ok else 1


def _line(step: Step) -> str:
    return f"{'ok ' if step.ok else 'NOT'}  {step.name:<26} {step.saw}"


def _seen(on: Stage) -> str:
    """What CareCue told everyone in private, and the team at home; under each message what it reads in the end."""
    told = on.sandbox.record.posts(by_bot=True)
    parts = [
        f"\n{name}\n{_told(on, [post for post in told if _to(on, post, user)])}" for user, name in (*PEOPLE, *CUSTOMERS)
    ]
    return "\n".join([*parts, "\n#care-team", _told(on, on.sandbox.record.posts(channel=place.CARE, by_bot=True)), ""])


def _to(on: Stage, post: Entry, user: str) -> bool:
    channel = on.sandbox.world.channel(post.channel)
    return channel.is_im and user in channel.members


def _told(on: Stage, posts: list[Entry]) -> str:
    return "\n".join(_life(on, post) for post in posts) or "  nothing"


def _life(on: Stage, post: Entry) -> str:
    """How a message read at first and, if it changed, how it reads in the end."""
    said = [_said(on, entry) for entry in on.sandbox.record.of(post.channel, post.ts)]
    at = f"{moment(post.ts).astimezone(place.ZONE):%a %d %b %H:%M}"
    return f"  {at}  {said[0]}" + (f"\n  {'':{len(at)}}  {said[-1]}" if said[-1] != said[0] else "")


def _said(on: Stage, entry: Entry) -> str:
    """Of a list, all of it."""
    world, message = on.sandbox.world, entry.message
    return read(world, message["text"]) if is_list(entry) else first_line(world, message)
