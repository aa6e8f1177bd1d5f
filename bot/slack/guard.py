"""The one guard that every word to a channel passes: nothing internal where a customer can read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain.people import Person, is_inside
from bot.slack.channels import learn_members
from bot.slack.clients import Clients
from bot.store import channels, people
from bot.store.channels import Channel
from bot.store.db import Db
from bot.store.workspaces import Workspace, Workspaces

FRESH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Speak; or do not, and `why`; or first ask Slack, since too little is known."""

    speak: bool = False
    ask: bool = False
    why: str = ""


SPEAK = Verdict(speak=True)
ASK = Verdict(ask=True, why="who can read the channel is not known")


def is_person(target: str) -> bool:
    """Whether a target is one person, or the direct messages with one, and no channel."""
    return target[:1] in ("U", "W", "D")


def may_speak(
    workspace: Workspace,
    channel: Channel | None,
    members: Mapping[str, Person | None],
    now: datetime,
    decided: datetime | None = None,
) -> Verdict:
    """Whether only people of ours can read the channel. `members` are those in it, None where they are not known.

    What was known before it was `decided` to speak is not enough: an event that says who came since may be on its way.
    """
    if channel is None or channel.is_stale or not _fresh(channel.read_at, now, decided):
        return ASK
    if why := _unfit(channel):
        return Verdict(why=why)
    if not _fresh(channel.members_read_at, now, decided) or not members or None in members.values():
        return ASK
    outside = sorted(user for user, person in members.items() if person and not _inside(person, workspace))
    return (
        Verdict(why=f"guests or people of another company are in the channel: {', '.join(outside)}")
        if outside
        else SPEAK
    )


class Guard:
    """Knows from the tables who can read a channel, and asks Slack when they may be wrong."""

    def __init__(self, db: Db, slack: Clients, workspaces: Workspaces, now: Callable[[], datetime]) -> None:
        self._db, self._slack, self._workspaces, self._now = db, slack, workspaces, now

    def verdict(self, tx: Connection, team_id: str, target: str, now: datetime, decided: datetime) -> Verdict:
        """What the tables say of a message that was `decided` then.

        Whom of ours to tell was decided with it; they may have left since, or have been made a guest.
        """
        workspace = self._workspaces.get(tx, team_id, now)
        if is_person(target):
            person = people.get(tx, team_id, target) if target[0] in "UW" else None
            gone = person is not None and workspace is not None and not workspace.has(person)
            return Verdict(why="they are not one of ours any more") if gone else SPEAK
        if workspace is None or workspace.kind(target, ext_shared=False) != "team":
            return Verdict(why="the channel is no team's home")
        inside = channels.get_members(tx, team_id, target)
        known = people.get_many(tx, team_id, inside)
        members = {user: known.get(user) for user in inside}
        return may_speak(workspace, channels.get(tx, team_id, target), members, now, decided)

    async def ask(self, team_id: str, channel: str) -> bool:
        """Read the channel and its members from Slack. False while that cannot be had."""
        return await learn_members(self._db, self._slack, team_id, channel, self._now())


def _fresh(read_at: datetime | None, now: datetime, decided: datetime | None) -> bool:
    """What a clock that was ahead has read is as little known as what was read long ago."""
    return read_at is not None and abs(now - read_at) <= FRESH and (decided is None or read_at >= decided)


def _unfit(channel: Channel) -> str:
    if not channel.is_member:
        return "CareCue is not in the channel"
    if channel.is_archived:
        return "the channel is archived"
    if channel.is_ext_shared:
        return "the channel is shared with another company"
    if channel.is_pending_ext_shared:
        return "the channel is about to be shared with another company"
    return ""


def _inside(person: Person, workspace: Workspace) -> bool:
    return not person.is_stranger and is_inside(person, workspace.team_id, workspace.enterprise_id)
