"""The pretend Slack itself, stated as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.channels import Channel
from bot.sandbox.installed import App
from bot.sandbox.installing import Grant, Installing
from bot.sandbox.messages import Message
from bot.sandbox.people import Person, UserGroup, Workspace
from bot.sandbox.refused import Refused
from bot.sandbox.rich_text import rich_text, typed

Json = dict[str, Any]


@dataclass
class World(Installing):
    """Everything there is, and the verbs by which people act on it."""

    grants: dict[str, Grant] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "World":
        """`workspaces`, `people`, `channels`, `user_groups`, `messages`, `app`: lists of the fields of their nouns.

        The app's bot user comes by itself. A channel's `shared_with` makes it shared outside or inside. A message
        has `channel`, `user`, `text`, `at` (ISO 8601 with offset, or an aware datetime; in rising order), and may have
        `label`, `thread_of` (a label or ts), `broadcast` and `reactions` ({name: [user]}). Nothing of it is an event.
        """
        world = cls(app=App.from_dict(data["app"]))
        world._add_people(data)
        world.people.setdefault(world.app.bot_user_id, world.app.bot_person())
        world._add_places(data)
        return world

    def grow(self, data: Mapping[str, Any]) -> None:
        """More of the same data, all of it new: it was there all along, also what was said, before anything else."""
        self._add_people(data)
        self._add_places(data)

    def _add_people(self, data: Mapping[str, Any]) -> None:
        for workspace in data.get("workspaces", ()):
            self.workspaces[workspace["team_id"]] = Workspace(**workspace)
        for person in data.get("people", ()):
            self.people[person["id"]] = Person.from_dict(person)

    def _add_places(self, data: Mapping[str, Any]) -> None:
        for group in data.get("user_groups", ()):
            fields: Json = {"team_id": self.app.team_id} | dict(group)
            self.user_groups[group["id"]] = UserGroup(**fields)
        for channel in data.get("channels", ()):
            self._add_channel(channel)
        self._add_history(data.get("messages", ()))
        self._check()

    def _add_channel(self, data: Mapping[str, Any]) -> None:
        fields = {"team_id": self.app.team_id} | dict(data)
        shared_with = fields.pop("shared_with", ())
        fields["members"] = list(fields.get("members", ()))
        fields.setdefault("creator", fields["members"][0] if fields["members"] else "")
        channel = Channel(**fields)
        self.channels[channel.id] = channel
        for team_id in shared_with:
            self.connect(channel, team_id)

    def _add_history(self, messages: Any) -> None:
        labels: dict[str, str] = {}
        for data in messages:
            at = data["at"] if isinstance(data["at"], datetime) else datetime.fromisoformat(data["at"])
            text, person = typed(data.get("text", "")), self.person(data["user"])
            message = Message(self.old_ts(at), data["channel"], person.id, person.team_id, text)
            message.blocks = data.get("blocks") or rich_text(text, self.new_id("b"))
            message.bot_id, message.app_id = person.bot_id, person.app_id
            message.reactions = {name: list(users) for name, users in (data.get("reactions") or {}).items()}
            thread = data.get("thread_of")
            broadcast = bool(data.get("broadcast"))
            self.add_message(message, thread_ts=labels.get(thread, thread), broadcast=broadcast)
            labels[data.get("label", message.ts)] = message.ts

    def _check(self) -> None:
        """Slips in the data are better found here than as a strange test."""
        self.workspace(self.app.team_id)
        for person in self.people.values():
            self.workspace(person.team_id)
        for channel in self.channels.values():
            strangers = [user for user in channel.members if self.person(user).team_id not in channel.teams]
            if strangers and not channel.is_direct:
                raise Refused("user_team_not_in_channel", channel=channel.id, users=strangers)
