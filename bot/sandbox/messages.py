"""What was said in the sandbox."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class File:
    id: str
    name: str
    title: str
    user: str
    size: int
    mimetype: str
    created: int
    channels: list[str] = field(default_factory=list)
    content: bytes = b""


@dataclass(slots=True)
class Message:
    """One message. `ephemeral_to` names the only person who sees it; such a message is in no history."""

    ts: str
    channel: str
    user: str
    team_id: str
    text: str
    subtype: str | None = None
    thread_ts: str | None = None
    parent_user_id: str | None = None
    broadcast: bool = False
    inviter: str | None = None
    client_msg_id: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    username: str | None = None
    icon_emoji: str | None = None
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    files: list[File] = field(default_factory=list)
    edited_by: str | None = None
    edited_ts: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    ephemeral_to: str | None = None
    state: dict[str, Json] = field(default_factory=dict)  # what people chose in its blocks, by block_id

    @property
    def is_root(self) -> bool:
        return self.thread_ts is None or self.thread_ts == self.ts

    @property
    def in_channel(self) -> bool:
        return self.is_root or self.broadcast


def file_json(file: File, team_id: str) -> Json:
    kind = file.name.rpartition(".")[2] or "txt"
    private = f"https://files.slack.com/files-pri/{team_id}-{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": file.user,
        "user_team": team_id,
        "size": file.size,
        "mode": "hosted",
        "editable": False,
        "is_external": False,
        "external_type": "",
        "is_public": bool(file.channels),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "channels": list(file.channels),
        "url_private": f"{private}/{file.name}",
        "url_private_download": f"{private}/download/{file.name}",
        "permalink": f"https://files.slack.com/files/{file.user}/{file.id}/{file.name}",
        "permalink_public": f"https://slack-files.com/{team_id}-{file.id}-0",
        "media_display_type": "unknown",
        "has_rich_preview": False,
        "file_access": "visible",
    }
