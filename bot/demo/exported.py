"""What was said in the sandbox as a Slack export, as a workspace's owner would download it."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from bot.domain.moments import moment
from bot.sandbox import World
from bot.sandbox.messages import Message
from bot.sandbox.people import user_json
from bot.sandbox.saying import message_json

Json = dict[str, Any]


def write(world: World, folder: Path) -> int:
    """All channels that are no direct messages, day by day; how many messages people and apps wrote."""
    ours = world.app.team_id
    now = world.clock.now()
    rooms = [channel for channel in world.channels.values() if not channel.is_direct]
    _put(folder / "users.json", [user_json(person, ours, now) for person in world.people.values()])
    _put(folder / "channels.json", [{"id": room.id, "name": room.name} for room in rooms])
    for room in rooms:
        days: dict[str, list[Json]] = defaultdict(list)
        for message in room.messages.values():
            days[f"{moment(message.ts):%Y-%m-%d}"].append(message_json(world, message))
        for day, told in days.items():
            _put(folder / room.name / f"{day}.json", told)
    return sum(_is_said(message) for room in rooms for message in room.messages.values())


def _put(file: Path, items: list[Json]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(items), "utf-8")


def _is_said(message: Message) -> bool:
    return message.subtype in (None, "file_share", "me_message", "thread_broadcast", "bot_message")
