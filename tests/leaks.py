"""Whether anything that CareCue says can be read outside: watched while a test goes on, at the moment of each word."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.sandbox import World
from bot.sandbox.channels import Channel
from bot.sandbox.people import Person
from bot.sandbox.state import Happening


@contextmanager
def tight(world: World) -> Iterator[None]:
    """Raises AssertionError if within it CareCue posts or edits anything where somebody outside is a member."""
    leaks: list[str] = []

    def listen(happening: Happening) -> None:
        leaks.extend(_leak(world, happening))

    world.listeners.append(listen)
    try:
        yield
    finally:
        world.listeners.remove(listen)
    assert not leaks, "CareCue spoke where others read:\n" + "\n".join(leaks)


def _leak(world: World, happening: Happening) -> Iterator[str]:
    message = happening.message
    if message is None or message.user != world.app.bot_user_id or not happening.kind.startswith("message."):
        return
    if message.client_msg_id:
        return  # a test lets it be typed, as nobody can in Slack
    if happening.event.get("subtype") == "message_deleted" or message.subtype in ("channel_join", "channel_leave"):
        return  # takes words away; or is Slack's own word
    channel = world.channel(message.channel)
    if readers := outsiders(world, channel):
        yield f"{channel.name or channel.id}, where {', '.join(readers)} can read it: {message.text}"


def outsiders(world: World, channel: Channel) -> list[str]:
    """Members who are none of ours, and the companies that a channel is shared with whoever of them is in it yet."""
    members = [world.person(user) for user in channel.members]
    companies = [team for team in channel.shared_with if not world.same_company(team, world.app.team_id)]
    return [one.name for one in members if _is_outside(world, one)] + companies


def _is_outside(world: World, person: Person) -> bool:
    return person.is_restricted or not world.same_company(person.team_id, world.app.team_id)
