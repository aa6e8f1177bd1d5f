"""The page of what CareCue has seen itself, read from its tables instead of from an export."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain.conversations import Kind, read
from bot.domain.moments import ts_of
from bot.domain.policy import Policy
from bot.domain.setup import Targets
from bot.replay import page
from bot.replay.figures import Result, Scene, result
from bot.replay.page import words
from bot.replay.stories import Story, tell
from bot.replay.tally import Tally
from bot.store import channels, listing, people
from bot.store.workspaces import Workspace

# Beside what has been agreed. Later replies have twice as long.
OTHERS = tuple(Targets(timedelta(minutes=m), timedelta(minutes=2 * m)) for m in (30, 60, 120, 240))
AGREED = (None, *OTHERS)


def draw(tx: Connection, workspace: Workspace, since: datetime, now: datetime, quiet: bool = False) -> str:
    """The page of what happened since then; `quiet` where nobody has been told of it."""
    hours = tuple(f"{team.name}: {words.hours(team.week)}" for team in workspace.setup.teams)
    about = page.About(words.QUIET_TITLE if quiet else words.PAST_TITLE, words.QUIET_LEAD if quiet else None, hours)
    return page.draw(look(tx, workspace, since, now), about)


def look(
    tx: Connection, workspace: Workspace, since: datetime, now: datetime, tries: Sequence[Targets | None] = AGREED
) -> Result:
    """The figures of what happened since then."""
    tally, since_ts = Tally(tuple(tries)), ts_of(since)
    messages, met = 0, _Channels(tx, workspace)
    for told in listing.with_customers(tx, workspace.team_id, since_ts):
        policy = met.policy(told.channel)
        story = _since(tell(read(told, policy), policy, now, tries), since_ts)
        messages += len(story.message_ts)
        tally.add(story)
    names = people.get_many(tx, workspace.team_id, {one.customer for one in tally.latest})
    scene = Scene(workspace.team_id, met.names, messages, since_ts, ts_of(now))
    return result(tally, scene, {user: person.name for user, person in names.items()}, workspace.url)


@dataclass(slots=True)
class _Channels:
    """Those in which something happened, met one by one."""

    tx: Connection
    workspace: Workspace
    names: dict[str, str] = field(default_factory=dict)
    inviters: dict[str, str | None] = field(default_factory=dict)

    def policy(self, channel: str) -> Policy:
        """What holds there."""
        if channel not in self.names:
            known = channels.get(self.tx, self.workspace.team_id, channel)
            self.names[channel] = known.name if known else channel
            self.inviters[channel] = known.invited_by if known else None
        return self.workspace.policy(channel, self.inviters[channel])


def _since(story: Story, since_ts: str) -> Story:
    """Only what happened from then on."""
    moves = tuple(move for move in story.conversation.moves if move.ts >= since_ts or move.kind is Kind.BOUNDARY)
    waits = tuple(told for told in story.waits if told.wait.from_ts >= since_ts)
    return replace(story, conversation=replace(story.conversation, moves=moves), waits=waits)
