"""What one person sees of the sandbox: the whole picture that the page draws, and nothing that is not theirs to see."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.channels import Channel
from bot.sandbox.messages import Message
from bot.sandbox.page.reads import Reads
from bot.sandbox.people import Person
from bot.sandbox.saying import message_json
from bot.sandbox.windows import Windows
from bot.sandbox.world import World

Json = dict[str, Any]

ROOTS_MAX = 200  # messages of a channel that the page shows, threads not counted


@dataclass(frozen=True, slots=True)
class Seen:
    """The sandbox through the eyes of `me`."""

    world: World
    windows: Windows
    reads: Reads
    me: Person

    def picture(self, place: Channel | None, thread: str = "") -> Json:
        """`thread`: the ts of a thread that must be there, however old."""
        people = self.world.people.values()
        return {
            "me": self.me.id,
            "now": self.world.clock.now().timestamp(),
            "speed": self.world.clock.speed,
            "zone": self.me.tz,
            "locale": self.me.locale,
            "workspace": {"name": self.world.workspace(self.me.team_id).name},
            "people": {person.id: self._person(person) | {"hue": hue} for hue, person in enumerate(people)},
            "actors": [self._actor(person) for person in actors(self.world)],
            "channels": [self._channel(channel) for channel in self._mine()],
            "names": self._names(),
            "apps": self._apps(),
            "place": self._place(place, thread) if place else None,
            "views": [self.windows.view_json(view) for view in self.windows.stacks.get(self.me.id, ())],
        }

    def sees(self, channel: str) -> bool:
        found = self.world.channels.get(channel)
        return found is not None and self.world.sees(self.me.id, found)

    def first_place(self) -> Channel | None:
        return next((channel for channel in self._mine() if not channel.is_direct), None) or next(self._mine(), None)

    def _mine(self) -> Iterator[Channel]:
        """Channels first, by name; then direct messages in the order they began."""
        mine = [channel for channel in self.world.channels.values() if self.me.id in channel.members]
        rooms = [channel for channel in mine if not channel.is_direct and not channel.is_archived]
        yield from sorted(rooms, key=lambda channel: channel.name_in(self.me.team_id))
        yield from (channel for channel in mine if channel.is_direct)

    def _names(self) -> dict[str, str]:
        """Every channel that may be named to me: mine, and the public ones that I could open."""
        rooms = [channel for channel in self.world.channels.values() if not channel.is_direct]
        return {room.id: room.name_in(self.me.team_id) for room in rooms if self.world.sees(self.me.id, room)}

    def _person(self, person: Person) -> Json:
        here = person.team_id == self.me.team_id
        active = not person.deleted and not person.is_bot
        return {
            "id": person.id,
            "name": person.real_name or person.name,
            "kind": self._kind(person),
            "company": self.world.workspace(person.team_id).name,
            "title": person.title,
            "selectable": active and here,
            "mentionable": not person.deleted and (here or self._shares_channel(person)),
            "status": {"emoji": person.status_emoji, "text": person.status_text} if person.status_emoji else None,
        }

    def _kind(self, person: Person) -> str:
        if person.is_bot:
            return "app"
        if not self.world.same_company(person.team_id, self.me.team_id):
            return "other"
        return "guest" if person.is_restricted or person.is_ultra_restricted else "member"

    def _shares_channel(self, person: Person) -> bool:
        return any({person.id, self.me.id} <= set(channel.members) for channel in self.world.channels.values())

    def _actor(self, person: Person) -> Json:
        guest = person.is_restricted or person.is_ultra_restricted
        company = self.world.workspace(person.team_id).name
        channels = (channel for channel in self.world.channels.values() if person.id in channel.members)
        unread = sum(self.reads.unread(person.id, channel) for channel in channels if channel.is_direct)
        group = f"{company} – guests" if guest and person.team_id in self.world.apps else company
        return {"id": person.id, "group": group, "unread": unread}

    def _channel(self, channel: Channel) -> Json:
        others = [member for member in channel.members if member != self.me.id]
        return {
            "id": channel.id,
            "name": self._name(channel, others),
            "kind": channel.kind,
            "with": others[0] if channel.is_im and others else None,
            "shared": [self.world.workspace(team).name for team in channel.teams if self._outside(team)],
            "pending": channel.is_pending_ext_shared and channel.team_id == self.me.team_id,
            "unread": self.reads.unread(self.me.id, channel),
        }

    def _name(self, channel: Channel, others: list[str]) -> str:
        if not channel.is_direct:
            return channel.name_in(self.me.team_id)
        return ", ".join(self.world.person(user).real_name for user in others) or f"{self.me.real_name} (you)"

    def _outside(self, team_id: str) -> bool:
        return not self.world.same_company(team_id, self.me.team_id)

    def _apps(self) -> list[Json]:
        """The app lives in its own workspace: people of other companies meet its messages, not its Home or commands."""
        app = self.world.apps.get(self.me.team_id)
        if app is None or not app.installed:
            return []
        bot = self.world.person(app.bot_user_id)
        home = self.windows.homes.get(self.me.id)
        return [
            {
                "id": app.app_id,
                "user": bot.id,
                "name": app.bot_name,
                "dm": self.world.direct(self.me.id, bot.id).id,
                "home_tab": app.home_tab,
                "writable": app.messages_tab_writable,
                "home": self.windows.view_json(home) if home else None,
                "commands": list(app.commands.values()),
                "shortcuts": list(app.shortcuts.values()),
            }
        ]

    def _place(self, channel: Channel, thread: str) -> Json:
        roots = [message.ts for message in channel.messages.values() if message.in_channel]
        shown = {*roots[-ROOTS_MAX:], thread}
        return self._channel(channel) | {
            "topic": channel.topic,
            "members": channel.members,
            "member": self.me.id in channel.members,
            "archived": channel.is_archived,
            "more": len(roots) > ROOTS_MAX,
            "messages": [
                self._message(message)
                for message in self._visible(channel)
                if message.ephemeral_to or message.ts in shown or message.thread_ts in shown
            ],
        }

    def _visible(self, channel: Channel) -> list[Message]:
        """Everybody's, and what was whispered to me, as it was said."""
        mine = [message for message in channel.ephemeral.values() if message.ephemeral_to == self.me.id]
        return (
            sorted([*channel.messages.values(), *mine], key=lambda message: message.ts)
            if mine
            else [*channel.messages.values()]
        )

    def _message(self, message: Message) -> Json:
        shown = message_json(self.world, message)
        for file in shown.get("files", ()):
            file["page_url"] = f"page/file/{file['id']}?as={self.me.id}"
        extra = {"ephemeral": bool(message.ephemeral_to), "broadcast": message.broadcast, "state": message.state}
        return {"user": message.user} | shown | extra


def actors(world: World) -> list[Person]:
    """Whom one can act as: people, the app's own workspace first."""
    people = [person for person in world.people.values() if not person.is_bot and not person.deleted]
    teams = [world.app.team_id, *(team for team in world.workspaces if team != world.app.team_id)]
    return sorted(people, key=lambda person: (teams.index(person.team_id), person.is_restricted))
