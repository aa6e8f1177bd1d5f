"""Twelve weeks of a care team as a Slack export: what `docs/replay.md` shows is a replay of it."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from math import log
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.moments import moment, ts_of

Json = dict[str, Any]

ZONE = ZoneInfo("Europe/Lisbon")
OURS = "T0LINDEN"
BEGAN = date(2026, 1, 5)
WEEKS = 12
AGENTS = {"U0ANA": "Ana Reis", "U0LEE": "Lee Park", "U0OMAR": "Omar Haddad", "U0SUN": "Sun Li", "U0IDA": "Ida Berg"}
CUSTOMERS = {
    "ext-acme": ("U0ADA", "Ada Obi"),
    "ext-bluebird": ("U0BOB", "Bob Larsen"),
    "ext-cobalt": ("U0CLEO", "Cléo Martin"),
    "ext-delta": ("U0DEV", "Dev Mehta"),
    "ext-ember": ("U0EVA", "Eva Novak"),
    "ext-fjord": ("U0FINN", "Finn Dahl"),
}
BY_HOUR = {8: 2, 9: 6, 10: 9, 11: 7, 12: 3, 13: 4, 14: 7, 15: 8, 16: 6, 17: 3, 19: 1}  # how much is asked when
BY_DAY = (30, 24, 21, 22, 16)  # questions on each working day
SLOW = {12: 2.4, 13: 1.7, 16: 1.4, 17: 2.0}  # how much longer an answer takes at these hours
FEW = {6: 2.2, 7: 1.6}  # weeks in which people were away
USUAL, WIDE = 17.0, 0.9  # minutes to an answer, and how far they spread
LOST = 0.015  # of the questions

_ASKED = (
    "Could you have a look at our last invoice?",
    "How do we add two seats?",
    "The upload fails since this morning.",
)
_ANSWERED = (
    "It is fixed now: please try once more.",
    "Under Settings, then Seats.",
    "I have corrected it, and sent a new one.",
)
_MORE = ("And can we do that for the other account?", "It still fails for one of us, what now?")
_THANKS = ("Thanks, that works!", "Great, thank you.")


def write(folder: Path) -> None:
    """The same every time."""
    random = Random(11)
    users = [_user(user, OURS, name) for user, name in AGENTS.items()]
    users += [_user(user, f"T{user[1:]}", name) for user, name in CUSTOMERS.values()]
    _put(folder / "users.json", users)
    _put(folder / "channels.json", [{"id": _id(name), "name": name} for name in CUSTOMERS])
    for channel, (customer, _) in CUSTOMERS.items():
        days: dict[str, list[Json]] = defaultdict(list)
        for message in _said(random, customer):
            days[f"{moment(message['ts']):%Y-%m-%d}"].append(message)
        for day, told in days.items():
            _put(folder / channel / f"{day}.json", told)


def _said(random: Random, customer: str) -> Iterator[Json]:
    for number in range(WEEKS * 7):
        day = BEGAN + timedelta(days=number)
        asked = BY_DAY[day.weekday()] / len(CUSTOMERS) if day.weekday() < len(BY_DAY) else 0.2
        for _ in range(round(random.gauss(asked, asked / 4))):
            (hour,) = random.choices(list(BY_HOUR), list(BY_HOUR.values()))
            at = datetime.combine(day, time(hour, random.randrange(60), random.randrange(60)), ZONE)
            yield from _conversation(random, customer, at, FEW.get(number // 7, 1.0) * SLOW.get(hour, 1.0))


def _conversation(random: Random, customer: str, at: datetime, slow: float) -> Iterator[Json]:
    root = ts_of(at)
    yield _message(root, customer, random.choice(_ASKED), root)
    agent = random.choice(list(AGENTS))
    for text in [*random.choices(_MORE, k=random.choice((0, 0, 1))), random.choice(_THANKS)]:
        if random.random() < LOST:
            return
        at = _by_then(at + timedelta(minutes=slow * random.lognormvariate(log(USUAL), WIDE)))
        yield _message(ts_of(at), agent, random.choice(_ANSWERED), root)
        at += timedelta(minutes=random.uniform(2, 15))
        yield _message(ts_of(at), customer, text, root)


def _by_then(at: datetime) -> datetime:
    """Nobody answers after six, nor before nine, nor on a Sunday."""
    if at.hour >= 18 or at.weekday() > 4:
        at = datetime.combine(at.date() + timedelta(days=1), time(9, at.minute), ZONE)
    while at.weekday() > 4:
        at += timedelta(days=1)
    return max(at, datetime.combine(at.date(), time(9, at.minute), ZONE))


def _message(ts: str, user: str, text: str, root: str) -> Json:
    return {"type": "message", "user": user, "text": text, "ts": ts, "thread_ts": root}


def _user(user: str, team: str, name: str) -> Json:
    return {"id": user, "team_id": team, "real_name": name, "is_stranger": team != OURS, "profile": {"real_name": name}}


def _id(channel: str) -> str:
    return f"C0{channel.removeprefix('ext-').upper()}"


def _put(file: Path, items: list[Json]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(items), "utf-8")
