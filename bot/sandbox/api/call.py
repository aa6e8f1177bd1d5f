"""One call of the Web API: its arguments, read as strictly as Slack reads them."""

import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.channels import Channel
from bot.sandbox.core import Core
from bot.sandbox.people import Person
from bot.sandbox.refused import Refused
from bot.sandbox.world import World

Json = dict[str, Any]

_FLAGS = {"1": True, "true": True, "0": False, "false": False, "": False}


def invalid(*messages: str) -> Refused:
    return Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {message}" for message in messages]})


@dataclass(frozen=True, slots=True)
class Call:
    """Forms carry everything as text, JSON bodies carry values: every reader takes both."""

    core: Core
    method: str
    args: Json

    @property
    def world(self) -> World:
        return self.core.world

    def text(self, name: str) -> str | None:
        value = self.args.get(name)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise invalid(f"must be a string [json-pointer:/{name}]")

    def need(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise invalid(f"missing required field: {name}")
        return value

    def number(self, name: str, default: int) -> int:
        value = self.args.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise invalid(f"must be a number [json-pointer:/{name}]") from None

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.args.get(name, default)
        if isinstance(value, bool):
            return value
        if str(value).lower() not in _FLAGS:
            raise invalid(f"must be a boolean [json-pointer:/{name}]")
        return _FLAGS[str(value).lower()]

    def words(self, name: str) -> list[str]:
        """A list, or text with commas."""
        value = self.args.get(name)
        if isinstance(value, list):
            return [str(one) for one in value]
        return [one.strip() for one in (self.text(name) or "").split(",") if one.strip()]

    def json(self, name: str, refusal: str) -> Any:
        """A structure, given as itself or as text; `refusal` is the error name for text that is no JSON."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise Refused(refusal) from None

    # what arguments name

    def channel(self, name: str = "channel") -> Channel:
        """One that the bot can see."""
        return self.seen(self.world.channel(self.need(name)))

    def seen(self, channel: Channel) -> Channel:
        if not self.world.sees(self.world.app.bot_user_id, channel):
            raise Refused("channel_not_found")
        return channel

    def inside(self, name: str = "channel") -> Channel:
        """One that the bot is a member of."""
        channel = self.channel(name)
        if self.world.app.bot_user_id not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def person(self, name: str = "user") -> Person:
        """One of the app's own company, or somebody of another whom a shared channel brings into view."""
        person = self.world.person(self.need(name))
        if not self.knows(person):
            raise Refused("user_not_visible")
        return person

    def knows(self, person: Person) -> bool:
        if self.world.same_company(person.team_id, self.world.app.team_id):
            return True
        return any(person.id in c.members and self.world.app.team_id in c.teams for c in self.world.channels.values())

    def scope(self, *any_of: str) -> None:
        """Refuse unless the app was granted one of these."""
        granted = self.world.app.scopes
        if any_of and not granted.intersection(any_of):
            raise Refused("missing_scope", needed=",".join(any_of), provided=",".join(sorted(granted)))

    def channel_scope(self, channel: Channel, what: str) -> None:
        """`what` is read, history or write: channels, groups, im and mpim have a scope each."""
        family = {"channel": "channels", "group": "groups"}.get(channel.kind, channel.kind)
        self.scope(f"{family}:{what}")
