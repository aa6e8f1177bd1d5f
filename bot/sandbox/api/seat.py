"""In which workspace a call is meant that comes with the token of a whole enterprise."""

from typing import Any

from bot.sandbox.api.call import invalid
from bot.sandbox.channels import Channel
from bot.sandbox.installed import App
from bot.sandbox.refused import Refused
from bot.sandbox.world import World

Json = dict[str, Any]

# What belongs to one workspace has to be asked for by its `team_id`.
NEED_TEAM = frozenset(
    {
        "conversations.list",
        "dnd.teamInfo",
        "usergroups.list",
        "usergroups.users.list",
        "users.conversations",
        "users.list",
    }
)


def seat(world: World, app: App, method: str, args: Json) -> App:
    """A token of one workspace speaks of that one, whatever `team_id` says. Raises Refused."""
    if app.org is None:
        return app
    own = {team_id: one for team_id, one in world.apps.items() if one.org == app.org and one.installed}
    if team_id := args.get("team_id"):
        if team_id not in own:
            raise Refused("team_access_not_granted")
        return own[team_id]
    if method in NEED_TEAM:
        raise Refused("missing_argument", response_metadata=invalid("missing required field: team_id").details)
    meant = _meant(world, args)
    if _channel(world, args) and own.keys().isdisjoint(meant):
        raise Refused("channel_not_found")
    return next((own[team_id] for team_id in meant if team_id in own), app)


def _meant(world: World, args: Json) -> list[str]:
    """The workspaces of the channel or person that the call is about."""
    channel = _channel(world, args)
    if channel is not None:
        return channel.teams
    people = (args.get(name) for name in ("user", "user_id", "users", "channel"))
    return [world.people[one].team_id for one in people if isinstance(one, str) and one in world.people]


def _channel(world: World, args: Json) -> Channel | None:
    return world.channels.get(str(args.get("channel") or args.get("channel_id")))
