"""Verbs of places: channels made, joined, left, shared with other companies, archived."""

from typing import Any

from bot.sandbox.channels import Channel, channel_json
from bot.sandbox.messages import Message
from bot.sandbox.refused import Refused
from bot.sandbox.talk import Talk

Json = dict[str, Any]

MEMBERS_ONLY = ("is_member", "topic", "purpose", "previous_names", "parent_conversation")  # not in channel_created


class Places(Talk):
    def create(self, user: str, name: str, *, is_private: bool = False, members: tuple[str, ...] = ()) -> Channel:
        person = self.active(user)
        if any(c.name == name and c.team_id == person.team_id for c in self.channels.values()):
            raise Refused("name_taken")
        channel = Channel(
            id=self.new_id("C"),
            team_id=person.team_id,
            name=name,
            creator=user,
            created=self.seconds(),
            is_private=is_private,
            members=[user],
        )
        self.channels[channel.id] = channel
        if not is_private:
            shown = channel_json(channel, channel.team_id, self.app.bot_user_id)
            shown = {key: value for key, value in shown.items() if key not in MEMBERS_ONLY} | {"is_frozen": False}
            event = {"type": "channel_created", "channel": shown, "event_ts": self.new_ts()}
            self.tell("channel_created", event, channel=channel, everyone=True)
        for member in members:
            self.invite(user, channel.id, member)
        return channel

    def join(self, user: str, channel: str) -> None:
        person, place = self.active(user), self.channel(channel)
        if place.kind != "channel" or not self.sees(user, place):
            raise Refused("channel_not_found" if place.kind != "im" else "method_not_supported_for_channel_type")
        if place.is_archived:
            raise Refused("is_archived")
        if user not in place.members:
            self._enter(place, person.id, inviter=None)

    def invite(self, inviter: str, channel: str, user: str) -> None:
        """Brings a colleague, or a person of a workspace that the channel is shared with."""
        person, place = self.active(user), self.channel(channel)
        self.active(inviter)
        if inviter not in place.members:
            raise Refused("not_in_channel" if self.sees(inviter, place) else "channel_not_found")
        if place.is_archived:
            raise Refused("is_archived")
        if user in place.members:
            raise Refused("already_in_channel")
        if place.is_direct:
            raise Refused("method_not_supported_for_channel_type")
        if not self.belongs(person.id, place):
            raise Refused("user_team_not_in_channel")
        self._enter(place, user, inviter=inviter)

    def leave(self, user: str, channel: str) -> None:
        place = self.channel(channel)
        if user not in place.members:
            raise Refused("not_in_channel")
        place.members.remove(user)
        ours = next((app for app in self.apps.values() if app.bot_user_id == user), None)
        self._notice(place, user, "channel_leave", "has left the channel", None)
        event: Json = {"type": "member_left_channel", "user": user, "channel": channel, "channel_type": _letter(place)}
        event |= {"team": self.person(user).team_id, "event_ts": self.new_ts()}
        self.tell("member_left_channel", event, channel=place, team_id=self.person(user).team_id, everyone=bool(ours))
        if ours:
            kind = "group_left" if place.is_private else "channel_left"
            left = {"type": kind, "channel": channel, "actor_id": user, "event_ts": self.new_ts()}
            self.tell(kind, left, channel=place, team_id=ours.team_id, only=ours)

    def ask_to_share(self, channel: str, team_id: str) -> None:
        """A Slack Connect invitation that the other workspace has not accepted yet."""
        place = self.channel(channel)
        if self.workspace(team_id).team_id not in [*place.teams, *place.pending]:
            place.pending.append(team_id)
            self.tell("sharing", {"type": "sharing", "channel": channel}, channel=place)

    def share(self, channel: str, team_id: str, *, name: str | None = None) -> None:
        """Connect another workspace; with a `name` of its own there, if it has one."""
        place = self.channel(channel)
        if team_id in place.teams:
            raise Refused("already_shared")
        self.connect(place, team_id, name=name)
        event = {"type": "channel_shared", "connected_team_id": team_id, "channel": channel, "event_ts": self.new_ts()}
        self.tell("channel_shared", event, channel=place)

    def connect(self, channel: Channel, team_id: str, *, name: str | None = None) -> None:
        channel.shared_with.append(self.workspace(team_id).team_id)
        if team_id in channel.pending:
            channel.pending.remove(team_id)
        if name:
            channel.names[team_id] = name
        self._sort_out_sharing(channel)

    def unshare(self, channel: str, team_id: str) -> None:
        place = self.channel(channel)
        if team_id in place.pending:
            place.pending.remove(team_id)
            return
        if team_id not in place.shared_with:
            raise Refused("not_shared")
        for user in [user for user in place.members if self.person(user).team_id == team_id]:
            self.leave(user, channel)
        place.shared_with.remove(team_id)
        self._sort_out_sharing(place)
        event: Json = {"type": "channel_unshared", "previously_connected_team_id": team_id, "channel": channel}
        event |= {"is_ext_shared": place.is_ext_shared, "event_ts": self.new_ts()}
        self.tell("channel_unshared", event, channel=place)

    def archive(self, user: str, channel: str) -> None:
        self._set_archived(user, channel, archived=True)

    def unarchive(self, user: str, channel: str) -> None:
        self._set_archived(user, channel, archived=False)

    def rename(self, user: str, channel: str, name: str) -> None:
        self.active(user)
        place = self.channel(channel)
        place.previous_names.append(place.name)
        place.name = name
        kind = "group_rename" if place.is_private else "channel_rename"
        shown: Json = {"id": channel, "name": name, "created": place.created, "is_channel": place.kind == "channel"}
        shown["is_mpim"] = False
        event = {"type": kind, "channel": shown | {"name_normalized": name}, "event_ts": self.new_ts()}
        self.tell(kind, event, channel=place, everyone=not place.is_private)

    def direct(self, *users: str) -> Channel:
        """The direct message between these people, made on first use."""
        members = sorted(set(users))
        for channel in self.channels.values():
            if channel.is_direct and sorted(channel.members) == members:
                return channel
        team_id = self.person(users[0]).team_id
        single = len(members) <= 2
        channel = Channel(
            id=self.new_id("D" if single else "G"),
            team_id=team_id,
            name="" if single else "mpdm-" + "--".join(self.person(user).name for user in members) + "-1",
            creator=users[0],
            created=self.seconds(),
            is_im=single,
            is_mpim=not single,
            is_private=True,
            members=members,
        )
        self.channels[channel.id] = channel
        return channel

    def _enter(self, channel: Channel, user: str, *, inviter: str | None) -> None:
        channel.members.append(user)
        person = self.person(user)
        self._notice(channel, user, "channel_join", "has joined the channel", inviter)
        event: Json = {"type": "member_joined_channel", "user": user, "channel": channel.id}
        event |= {"channel_type": _letter(channel), "team": person.team_id, "event_ts": self.new_ts()}
        if inviter:
            event["inviter"] = inviter
        self.tell("member_joined_channel", event, channel=channel, team_id=person.team_id)

    def _notice(self, channel: Channel, user: str, subtype: str, words: str, inviter: str | None) -> None:
        team_id = self.person(user).team_id
        text = f"<@{user}> {words}"
        self.add_message(Message(self.new_ts(), channel.id, user, team_id, text, subtype=subtype, inviter=inviter))

    def _sort_out_sharing(self, channel: Channel) -> None:
        others = channel.shared_with
        channel.is_ext_shared = any(not self.same_company(channel.team_id, other) for other in others)
        channel.is_org_shared = any(self.same_company(channel.team_id, other) for other in others)

    def _set_archived(self, user: str, channel: str, *, archived: bool) -> None:
        self.active(user)
        place = self.channel(channel)
        if place.is_archived == archived:
            raise Refused("already_archived" if archived else "not_archived")
        place.is_archived = archived
        kind = ("group_" if place.is_private else "channel_") + ("archive" if archived else "unarchive")
        event: Json = {"type": kind, "channel": channel, "user": user, "is_moved": 0, "event_ts": self.new_ts()}
        self.tell(kind, event, channel=place, everyone=not place.is_private)


def _letter(channel: Channel) -> str:
    """How membership events name the kind of place."""
    return "G" if channel.is_private else "C"
