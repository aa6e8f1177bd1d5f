"""Verbs of talking: say, edit, delete, react. Whoever acts is named first."""

import uuid
from collections.abc import Sequence
from typing import Any

from bot.sandbox.channels import Channel
from bot.sandbox.installed import App
from bot.sandbox.messages import File, Message
from bot.sandbox.people import Person
from bot.sandbox.refused import Refused
from bot.sandbox.rich_text import rich_text, typed
from bot.sandbox.saying import message_event, message_json, subscription
from bot.sandbox.state import State

Json = dict[str, Any]

TEXT_MAX = 40_000


class Talk(State):
    """Every verb raises Refused with Slack's error name where Slack's client would not let the person do it."""

    def say(
        self,
        user: str,
        channel: str,
        text: str = "",
        *,
        thread_ts: str | None = None,
        broadcast: bool = False,
        blocks: list[Json] | None = None,
        files: Sequence[str | File] = (),
        me: bool = False,
    ) -> Message:
        """`text` as typed: `<@U…>`, `<#C…>`, links stay; other `<`, `>` and `&` is escaped. `files`: their names."""
        person, place = self._speaker(user, channel)
        text = typed(text)
        if not text and not blocks and not files:
            raise Refused("no_text")
        if len(text) > TEXT_MAX:
            raise Refused("msg_too_long")
        message = Message(
            ts=self.new_ts(),
            channel=channel,
            user=user,
            team_id=person.team_id,
            text=text,
            blocks=blocks or rich_text(text, self.new_id("b")),
            client_msg_id=str(uuid.uuid4()),
            files=[self._file(person, place, file) for file in files],
            subtype="me_message" if me else "file_share" if files else None,
            bot_id=person.bot_id,
            app_id=person.app_id,
        )
        return self.add_message(message, thread_ts=thread_ts, broadcast=broadcast)

    def add_message(self, message: Message, *, thread_ts: str | None = None, broadcast: bool = False) -> Message:
        """Put a message in its place and tell of it; the Web API speaks through this too."""
        channel = self.channel(message.channel)
        if thread_ts:
            self._into_thread(channel, message, thread_ts, broadcast=broadcast)
        channel.messages[message.ts] = message
        self._tell_message(message, message_event(self, message))
        if message.metadata:
            self._tell_metadata(message)
        for app in self.apps.values():
            if f"<@{app.bot_user_id}>" in (message.text or "") and message.user != app.bot_user_id:
                self._tell_mention(message, app)
        for file in message.files:
            event = {"type": "file_shared", "file_id": file.id, "user_id": file.user, "file": {"id": file.id}}
            event |= {"channel_id": channel.id, "event_ts": message.ts}
            self.tell("file_shared", event, channel=channel, team_id=message.team_id)
        return message

    def whisper(self, message: Message) -> Message:
        """Show a message to `ephemeral_to` alone."""
        self.channel(message.channel).ephemeral[message.ts] = message
        self._tell_ephemeral("posted", message)
        return message

    def change_ephemeral(self, message: Message, **fields: Any) -> None:
        for name, value in fields.items():
            setattr(message, name, value)
        self._tell_ephemeral("edited", message)

    def remove_ephemeral(self, message: Message) -> None:
        """Also what its person does by closing it."""
        self.channel(message.channel).ephemeral.pop(message.ts, None)
        self._tell_ephemeral("deleted", message)

    def edit(self, user: str, channel: str, ts: str, text: str) -> Message:
        self._speaker(user, channel)
        message = self.message(channel, ts)
        if message.user != user or message.subtype not in (None, "thread_broadcast", "file_share", "me_message"):
            raise Refused("cant_update_message")
        text = typed(text)
        return self.change_message(message, user, text=text, blocks=rich_text(text, self.new_id("b")))

    def change_message(self, message: Message, user: str | None, **fields: Any) -> Message:
        """`user` None: a change that leaves no edited mark, such as an unfurled link."""
        before = message_json(self, message)
        for name, value in fields.items():
            setattr(message, name, value)
        ts = self.new_ts()
        if user is not None:
            message.edited_by, message.edited_ts = user, ts
        self._tell_changed(message, before, ts)
        return message

    def delete(self, user: str, channel: str, ts: str) -> None:
        """One's own message; a workspace's admins and owners may delete any of their own workspace's."""
        message = self.message(channel, ts)
        person = self.active(user)
        if message.user != user and not (person.is_admin or person.is_owner):
            raise Refused("cant_delete_message")
        self.remove_message(message)

    def remove_message(self, message: Message) -> None:
        """A root that has replies stays as a tombstone, and that is a change, not a deletion."""
        channel = self.channel(message.channel)
        before = message_json(self, message)
        if channel.replies(message.ts):
            message.subtype, message.text, message.user = "tombstone", "This message was deleted.", "USLACKBOT"
            message.blocks, message.attachments, message.files, message.reactions = [], [], [], {}
            self._tell_changed(message, before, self.new_ts())
            return
        self._forget(channel, message)
        ts = self.new_ts()
        event: Json = {"type": "message", "subtype": "message_deleted", "previous_message": before, "hidden": True}
        event |= {
            "channel": channel.id,
            "deleted_ts": message.ts,
            "ts": ts,
            "event_ts": ts,
            "channel_type": channel.kind,
        }
        self._tell_message(message, event)

    def react(self, user: str, channel: str, ts: str, name: str) -> None:
        message = self._reactable(user, channel, ts)
        users = message.reactions.setdefault(name.strip(":"), [])
        if user in users:
            raise Refused("already_reacted")
        users.append(user)
        self._tell_reaction("reaction_added", user, message, name.strip(":"))

    def unreact(self, user: str, channel: str, ts: str, name: str) -> None:
        message = self._reactable(user, channel, ts)
        users = message.reactions.get(name.strip(":"), [])
        if user not in users:
            raise Refused("no_reaction")
        users.remove(user)
        if not users:
            del message.reactions[name.strip(":")]
        self._tell_reaction("reaction_removed", user, message, name.strip(":"))

    def _speaker(self, user: str, channel: str) -> tuple[Person, Channel]:
        person, place = self.active(user), self.channel(channel)
        if user not in place.members:
            raise Refused("not_in_channel" if self.sees(user, place) else "channel_not_found")
        if place.is_archived:
            raise Refused("is_archived")
        bots = {app.bot_user_id for app in self.apps.values()}
        if place.is_im and not bots.isdisjoint(place.members) and not self.app.messages_tab_writable:
            raise Refused("messages_tab_disabled")
        return person, place

    def _reactable(self, user: str, channel: str, ts: str) -> Message:
        self.active(user)
        place = self.channel(channel)
        if user not in place.members:
            raise Refused("not_in_channel" if self.sees(user, place) else "channel_not_found")
        if place.is_archived:
            raise Refused("is_archived")
        return self.message(channel, ts)

    def _file(self, person: Person, channel: Channel, named: str | File) -> File:
        if isinstance(named, str):
            file_id = self.new_id("F")
            named = File(file_id, named, named, person.id, 1024, "application/octet-stream", self.seconds())
        named.channels.append(channel.id)
        self.files[named.id] = named
        return named

    def _into_thread(self, channel: Channel, message: Message, thread_ts: str, *, broadcast: bool) -> None:
        root = channel.messages.get(thread_ts)
        if root is None:
            raise Refused("thread_not_found")
        thread_ts = root.thread_ts or root.ts
        message.thread_ts, message.broadcast = thread_ts, broadcast
        message.parent_user_id = channel.messages[thread_ts].user if thread_ts in channel.messages else None
        if broadcast:
            message.subtype = "thread_broadcast"
        channel.threads.setdefault(thread_ts, []).append(message.ts)

    def _forget(self, channel: Channel, message: Message) -> None:
        channel.messages.pop(message.ts, None)
        if not message.is_root and message.ts in channel.threads.get(message.thread_ts or "", ()):
            channel.threads[message.thread_ts or ""].remove(message.ts)

    def _tell_message(self, message: Message, event: Json) -> None:
        channel = self.channel(message.channel)
        self.tell(subscription(channel), event, channel=channel, team_id=message.team_id, message=message)

    def _tell_ephemeral(self, what: str, message: Message) -> None:
        """No event of Slack's: only the sandbox's own record and page hear of it."""
        event = {"type": "ephemeral", "what": what, "user": message.ephemeral_to, "ts": message.ts}
        self.tell(f"ephemeral.{what}", event, channel=self.channel(message.channel), message=message)

    def _tell_changed(self, message: Message, before: Json, ts: str) -> None:
        event: Json = {"type": "message", "subtype": "message_changed", "message": message_json(self, message)}
        event |= {"previous_message": before, "channel": message.channel, "hidden": True, "ts": ts, "event_ts": ts}
        self._tell_message(message, event | {"channel_type": self.channel(message.channel).kind})

    def _tell_metadata(self, message: Message) -> None:
        event: Json = {"type": "message_metadata_posted", "app_id": message.app_id, "bot_id": message.bot_id}
        event |= {"user_id": message.user, "team_id": message.team_id, "channel_id": message.channel}
        event |= {"metadata": message.metadata, "message_ts": message.ts, "event_ts": message.ts}
        self.tell("message_metadata_posted", event, channel=self.channel(message.channel), team_id=message.team_id)

    def _tell_mention(self, message: Message, app: App) -> None:
        event = message_event(self, message) | {"type": "app_mention"}
        for key in ("subtype", "channel_type", "root"):
            event.pop(key, None)
        channel = self.channel(message.channel)
        if not channel.is_im and app.bot_user_id in channel.members:
            self.tell("app_mention", event, channel=channel, team_id=message.team_id, only=app)

    def _tell_reaction(self, kind: str, user: str, message: Message, name: str) -> None:
        event: Json = {"type": kind, "user": user, "reaction": name, "item_user": message.user}
        event["item"] = {"type": "message", "channel": message.channel, "ts": message.ts}
        event["event_ts"] = self.new_ts()
        channel = self.channel(message.channel)
        self.tell(kind, event, channel=channel, team_id=self.people[user].team_id, message=message)
