"""Slack exports of any size, as a busy team's would read: what is typed, who typed it, and all that Slack adds."""

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.domain.moments import ts_of

OURS = "T0OURS"
AGENTS = tuple(f"UAGENT{number:02}" for number in range(12))
CHANNELS = 25
A_DAY = 2_500  # messages of all channels on a working day
BEGAN = date(2024, 1, 1)
THREADED = 0.7

_ASKED = (
    "Hi team, the export of last month's invoices stops at page three. Could you have a look?",
    "Is there a way to change the address of a booking after it has been confirmed?",
    "We get an error 502 from the upload since this morning, about every second time.",
    "How do I give a colleague access to the reports only?",
    "Any update on this?",
    "And what happens to the seats that we have paid for already?",
)
_ANSWERED = (
    "Thanks for telling us. I have found it in the logs and a fix goes out this afternoon.",
    "You can: open the booking, then Edit, then Address. It shows on the next invoice.",
    "Could you send me the id of one of these requests?",
    "That is done, could you try once more?",
    "They stay yours until the end of the term, and are on the first page of the plan.",
)
_THANKED = (
    "Thanks, that works!",
    "Great, thank you.",
    "ok, will try that",
    "perfect :+1:",
    "Thanks a lot for the help",
)


def write(path: Path, messages: int) -> None:
    """A zip of about so many messages, day by day on working days; the same every time."""
    random = Random(messages)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("users.json", json.dumps(list(_users())))
        packed.writestr("channels.json", json.dumps([{"id": f"C{n:08}", "name": _name(n)} for n in range(CHANNELS)]))
        day = BEGAN
        while messages > 0:
            for channel in range(CHANNELS):
                said = list(_day(random, day, channel, min(A_DAY, messages) // CHANNELS))
                packed.writestr(f"{_name(channel)}/{day}.json", json.dumps(said, indent=1))
            messages -= A_DAY
            day += timedelta(days=3 if day.weekday() == 4 else 1)


def _name(channel: int) -> str:
    return f"ext-customer-{channel:02}"


def _users() -> Iterator[dict[str, Any]]:
    for user in (*AGENTS, *(_customer(channel, one) for channel in range(CHANNELS) for one in range(3))):
        team = OURS if user in AGENTS else f"T{user[1:9]}"
        yield {"id": user, "team_id": team, "name": user.lower(), "is_stranger": team != OURS, "profile": {}}


def _customer(channel: int, one: int) -> str:
    return f"UCUST{channel:03}{one}"


def _day(random: Random, day: date, channel: int, messages: int) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = []
    opens = datetime.combine(day, time(7), UTC)
    while len(said) < messages:
        said += _conversation(random, opens + timedelta(seconds=random.uniform(0, 11 * 3600)), channel)
    return sorted(said[:messages], key=lambda message: str(message["ts"]))


def _conversation(random: Random, at: datetime, channel: int) -> Iterator[dict[str, Any]]:
    customer, agent = _customer(channel, random.randrange(3)), random.choice(AGENTS)
    root = ts_of(at)
    threaded = random.random() < THREADED
    lines = [(customer, random.choice(_ASKED))]
    for _ in range(random.randrange(1, 4)):
        lines += [(agent, random.choice(_ANSWERED)), (customer, random.choice(_ASKED))]
    lines[-1] = (customer, random.choice(_THANKED))
    for user, text in lines:
        yield _message(random, ts_of(at), user, text, root if threaded else None)
        at += timedelta(seconds=random.expovariate(1 / 1200))


def _message(random: Random, ts: str, user: str, text: str, root: str | None) -> dict[str, Any]:
    team = OURS if user in AGENTS else f"T{user[1:9]}"
    name = user.lower()
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    facts: dict[str, Any] = {
        "user": user,
        "type": "message",
        "ts": ts,
        "client_msg_id": f"{random.getrandbits(128):032x}",
        "text": text,
        "team": team,
        "user_team": team,
        "source_team": team,
        "user_profile": {
            "avatar_hash": f"{random.getrandbits(48):012x}",
            "image_72": f"https://secure.gravatar.com/avatar/{random.getrandbits(128):032x}.jpg?s=72",
            "first_name": name,
            "real_name": name,
            "display_name": name,
            "team": team,
            "name": name,
            "is_restricted": False,
            "is_ultra_restricted": False,
        },
        "blocks": [{"type": "rich_text", "block_id": f"{random.getrandbits(20):05x}", "elements": [words]}],
    }
    return facts | ({"thread_ts": root} if root else {})
