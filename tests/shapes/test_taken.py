"""Payloads as Slack's own libraries are tried with, each signed and posted: no 5xx, and no wait that nobody caused."""

import json
from collections.abc import AsyncIterator, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.demo.place import OURS
from bot.domain.arrivals import Account
from bot.domain.setup import Channel, Setup, Team
from bot.store import people, workspaces
from bot.store.workspaces import Installation
from handlers import ACTIONS, COMMANDS, FORMS
from tests import databases
from tests.handlers.office import Office, opened
from tests.handlers.test_http import OFFICE_SECRET, signed, url_of

Json = dict[str, Any]

WORKSPACES = ("T111", "T222", "T_INSTALLED", "T_SOURCE", "T_expected", "T014GJXU940", "T03E94MJU", "T0G9PQBBK")
CHANNELS = ("C111", "G111", "C04T3ACM40K", "C2147483705")
AUTHORS = ("W111", "U111", "U03E94MK0", "W013QGS7BPF", "W23456789", "U2147483697", "UL5CBM924", "U222", "U333")
SPOKEN = (None, "file_share", "me_message", "thread_broadcast")
SETUP = Setup(
    teams=(Team("care", "Care", agents=("U0ANA",)),),
    channels=tuple(Channel(channel, team="care", owner="U0ANA") for channel in CHANNELS),
)


@pytest.fixture
def samples(slack_folder: Path) -> list[Json]:
    lines = (slack_folder / "payload_samples.jsonl").read_text().splitlines()
    found = [json.loads(line) for line in lines]
    assert len(found) == 138
    return found


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(databases.on_sqlite(tmp_path), http=True) as office:
        yield office


async def install(office: Office, *, customers: tuple[str, ...]) -> None:
    """The workspaces of the samples, their channels with customers in them, and their people."""
    now = office.clock.now()
    with office.bot.deps.db.begin() as tx:
        for team_id in WORKSPACES:
            workspaces.install(tx, Installation(team_id, team_id, "https://x.slack.com/", None, "UB111", "BZYBOTHED"))
            workspaces.save_setup(tx, team_id, SETUP)
            for user in AUTHORS:
                home = "T0THEIRS" if user in customers else team_id
                account = Account(user, home, None, user, "UTC", False, False, False, False, False)
                people.save(tx, team_id, account, now)


def body_of(sample: Json) -> tuple[str, str]:
    """As Slack posts it: events as JSON, commands as a form, all else as a form with JSON in it."""
    kind, payload = sample["kind"], sample["payload"]
    if kind in ("event_callback", "url_verification"):
        return json.dumps(payload), "application/json"
    fields = payload if kind == "slash_command" else {"payload": json.dumps(payload)}
    return urlencode(fields), "application/x-www-form-urlencoded"


async def post(office: Office, samples: list[Json]) -> list[int]:
    statuses = []
    async with aiohttp.ClientSession() as session:
        for sample in samples:
            body, kind = body_of(sample)
            headers = signed(body, OFFICE_SECRET, kind=kind)
            async with session.post(url_of(office), data=body, headers=headers) as answer:
                statuses.append(answer.status)
                assert answer.status < 500, (sample["kind"], sample["file"], sample["line"])
    await office.settle()
    return statuses


def told_apart(samples: list[Json]) -> list[Json]:
    """The same with event ids of their own: in the samples most are the same event."""
    apart = deepcopy(samples)
    for number, sample in enumerate(apart):
        if "event_id" in sample["payload"]:
            sample["payload"]["event_id"] = f"Ev{number}"
    return apart


def messages_of(samples: list[Json], customers: tuple[str, ...]) -> set[str]:
    """The `ts` of what these people wrote."""
    events = [sample["payload"].get("event") or {} for sample in samples]
    spoken = [e for e in events if e.get("type") == "message" and e.get("subtype") in SPOKEN and "bot_id" not in e]
    return {str(event.get("ts")) for event in spoken if event.get("user") in customers}


async def test_no_payload_breaks_anything(office: Office, samples: list[Json]) -> None:
    await post(office, samples)
    assert office.waits() == []


async def test_every_event_is_acknowledged(office: Office, samples: list[Json]) -> None:
    events = [sample for sample in samples if sample["kind"] == "event_callback"]
    assert set(await post(office, events)) == {200}


async def test_nobody_waits_where_only_our_own_people_and_apps_spoke(office: Office, samples: list[Json]) -> None:
    await install(office, customers=())
    await post(office, told_apart(samples))
    assert office.waits() == []


@pytest.mark.parametrize("customers", [("W111",), ("U111",), AUTHORS], ids=len)
async def test_every_wait_is_from_a_message_of_a_customer(
    office: Office, samples: list[Json], customers: tuple[str, ...]
) -> None:
    await install(office, customers=customers)
    await post(office, told_apart(samples))
    waits = {ts for ts, _ in office.waits()}
    assert waits
    assert waits <= messages_of(samples, customers)


def ours(samples: list[Json]) -> Iterator[Json]:
    """The samples as if they were for our own doors: each id that they name becomes one of ours, in turn."""
    for sample in samples:
        seen = {json.dumps(sample["payload"])}
        for name in (*ACTIONS, *FORMS, *COMMANDS):
            payload = _named(deepcopy(sample["payload"]), name)
            if json.dumps(payload) not in seen:
                seen.add(json.dumps(payload))
                yield sample | {"payload": payload}


def _named(payload: Json, name: str) -> Json:
    if "response_url" in payload:
        payload["response_url"] = "http://127.0.0.1:1/nobody-listens"  # never the address of the sample
    for action in payload.get("actions") or ():
        action["action_id"] = name
    for holder in (payload, payload.get("view") or {}):
        if "callback_id" in holder:
            holder["callback_id"] = name
    if "command" in payload:
        payload["command"] = name
    return payload


async def test_no_payload_breaks_our_own_doors_either(office: Office, samples: list[Json]) -> None:
    """Buttons, forms and commands of another shape than ours: whoever presses gets a sentence, never nothing."""
    await install(office, customers=("W111",))
    await office.settle()  # what is due at this hour, whatever comes
    before = office.decided()
    await post(office, list(ours([sample for sample in samples if sample["kind"] != "event_callback"])))
    assert office.decided() == before
    assert OURS in str(before["workspaces"])
