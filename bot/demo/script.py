"""The demo without a browser: a scripted fortnight in seconds, and whether every step held."""

import json
from dataclasses import asdict

from bot.demo import place
from bot.demo.stage import Stage, stage
from bot.demo.steps import STEPS, Step, play

PEOPLE = (
    (place.ANA, "Ana, agent"),
    (place.LEE, "Lee, agent"),
    (place.OMAR, "Omar, agent"),
    (place.MIA, "Mia, manager"),
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
    """What each person was told in private, as it read in the end."""
    parts = [f"\n{name}\n" + "\n".join(_said(on, user)) for user, name in PEOPLE]
    home = [entry.message["text"] for entry in on.sandbox.record.posts(channel=place.CARE, by_bot=True)]
    return "\n".join([*parts, "\n#care-team", *(f"  {text}" for text in home), ""])


def _said(on: Stage, user: str) -> list[str]:
    return [f"  {message['text']}" for message in on.dm(user)] or ["  (nothing)"]
