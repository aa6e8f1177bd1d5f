"""Slack exports that the tests write themselves, a few messages each."""

import io
import json
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.moments import moment, ts_of
from bot.replay import Options, Result, replay

OURS, THEIRS = "T0OURS", "T0ACME"
DEFAULTS = Options()
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def member(user: str, team: str, **facts: object) -> dict[str, Any]:
    return {"id": user, "team_id": team, "name": user.lower(), "is_stranger": team != OURS, "profile": {}} | facts


@dataclass
class SlackExport:
    """Two agents and two customers in `ext-acme`, until a test says otherwise. Moments are minutes after `start`."""

    folder: Path
    start: datetime = MONDAY
    users: list[dict[str, Any]] = field(
        default_factory=lambda: [
            member("UAGENT", OURS),
            member("UOTHER", OURS),
            member("UACME", THEIRS),
            member("UBOLT", "T0BOLT"),
        ]
    )
    channels: list[dict[str, Any]] = field(default_factory=lambda: [{"id": "C0ACME", "name": "ext-acme"}])
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def ts(self, minutes: float) -> str:
        return ts_of(self.start + timedelta(minutes=minutes))

    def said(self, minutes: float, user: str, text: str = "How do I do this?", **facts: Any) -> str:
        """A message in `channel`, in the `thread` of another where one is named by its `ts`; returns its own."""
        channel, thread = facts.pop("channel", "ext-acme"), facts.pop("thread", None)
        ts = self.ts(minutes)
        message = {"type": "message", "user": user, "text": text, "ts": ts} | facts
        self.messages[channel].append(message | ({"thread_ts": thread} if thread else {}))
        return ts

    def files(self) -> dict[str, str]:
        files = {"users.json": json.dumps(self.users), "channels.json": json.dumps(self.channels)}
        for channel, messages in self.messages.items():
            days: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for message in messages:
                days[f"{channel}/{moment(message['ts']):%Y-%m-%d}.json"].append(message)
            files |= {path: json.dumps(day) for path, day in days.items()}
        return files

    def zip(self, around: str = "") -> Path:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, text in self.files().items():
                archive.writestr(around + path, text)
        target = self.folder / "export.zip"
        target.write_bytes(packed.getvalue())
        return target

    def unpacked(self, around: str = "") -> Path:
        for path, text in self.files().items():
            file = self.folder / "unpacked" / (around + path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return self.folder / "unpacked"

    def replay(self, options: Options = DEFAULTS) -> Result:
        return replay(self.zip(), options, lambda _done, _total: None)

    def lines(self, options: Options = DEFAULTS) -> list[dict[str, Any]]:
        """The conversations, as --conversations writes them."""
        told = io.StringIO()
        replay(self.zip(), options, lambda _done, _total: None, told)
        return [json.loads(line) for line in told.getvalue().splitlines()]


@pytest.fixture
def export(tmp_path: Path) -> SlackExport:
    """An export to say things in."""
    return SlackExport(tmp_path)


@pytest.fixture(scope="session")
def new_export() -> type[SlackExport]:
    """Makes exports, for tests that need many."""
    return SlackExport
