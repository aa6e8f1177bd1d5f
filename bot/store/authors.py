"""Whose people write, and whose they speak to, as far as the tables know."""

from collections.abc import Mapping

from bot.domain.arrivals import Deleted, Posted, Spoken
from bot.domain.conversations import Side
from bot.domain.people import Glance, side
from bot.store.workspaces import Workspace

Known = Mapping[str, Glance]


def side_of(workspace: Workspace, arrival: Spoken, known: Known) -> Side | None:
    """Whose people the author belongs to; None when only Slack can tell."""
    if isinstance(arrival, Deleted):
        return Side.APP
    is_app = isinstance(arrival, Posted) and arrival.is_app
    if is_app and not workspace.setup.override(arrival.user, arrival.channel):
        return Side.THEIRS if isinstance(arrival, Posted) and _relays(workspace, arrival) else Side.APP
    found = _side(workspace, arrival.user, arrival.channel, known)
    if found is not None:
        return found
    home = arrival.user_team if isinstance(arrival, Posted) else None
    if home and home != workspace.team_id and workspace.enterprise_id is None:
        return Side.THEIRS
    return None


def spoken_to(workspace: Workspace, arrival: Spoken, whose: Side, known: Known) -> Side | None:
    """Whose people a message speaks to, where it speaks to somebody alone; ours, whenever a customer names one of us.

    Unless all whom one of us names are known to be ours, their words are for the customer.
    """
    if not isinstance(arrival, Posted) or not arrival.mentions:
        return None
    named = {user: _whose(workspace, user, arrival.channel, known) for user in arrival.mentions}
    if whose is Side.OURS:
        is_aside = bool(arrival.to) and set(arrival.to) != {arrival.user}
        return Side.OURS if is_aside and set(named.values()) == {Side.OURS} else None
    if Side.OURS in named.values():
        return Side.OURS
    to = {named[user] for user in arrival.to}
    return Side.THEIRS if to == {Side.THEIRS} else None


def _whose(workspace: Workspace, user: str, channel: str, known: Known) -> Side | None:
    """Of someone who is named: whoever is in a team is one of us, also before they have been met."""
    found = _side(workspace, user, channel, known)
    return Side.OURS if found is None and workspace.teams_of(user) else found


def _side(workspace: Workspace, user: str, channel: str, known: Known) -> Side | None:
    said = workspace.setup.override(user, channel)
    if said:
        return Side.THEIRS if said == "customer" else Side.OURS
    person = known.get(user)
    return side(person, workspace.team_id, workspace.enterprise_id) if person else None


def _relays(workspace: Workspace, arrival: Posted) -> bool:
    channel = workspace.setup.channel(arrival.channel)
    ours = workspace.bot_id in arrival.app_ids
    return channel is not None and not ours and not set(channel.relays).isdisjoint(arrival.app_ids)
