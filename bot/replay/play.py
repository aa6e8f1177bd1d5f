"""Plays an export through the same decisions and tables as the live bot, on a clock that its messages set.

Messages are ingested in groups, as the live writer does under load. The ladder is then read off the waits that came
out: a step went out if its moment came while the wait was open.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TextIO

from bot.domain.arrivals import Deleted, Delivery, Posted
from bot.domain.conversations import read
from bot.domain.moments import moment
from bot.domain.policy import Policy
from bot.domain.setup import Targets
from bot.replay.archive import open_archive
from bot.replay.export import Spoken, our_team, read_export
from bot.replay.figures import Result, Scene, result
from bot.replay.lines import line
from bot.replay.options import Options
from bot.replay.stage import database, install, our_people
from bot.replay.stories import Story, tell
from bot.replay.tally import Tally
from bot.store import ingest, listing, people
from bot.store.db import Db
from bot.store.workspaces import Workspace, Workspaces

GROUP = 100  # arrivals in one transaction

Progress = Callable[[int, int], None]  # bytes of messages read, of how many


def replay(export: Path, options: Options, progress: Progress, conversations: TextIO | None = None) -> Result:
    """What the bot would have seen and done; each conversation goes to `conversations` as a line of JSON.

    Raises BadExport.
    """
    with open_archive(export) as archive, database() as db:
        found = read_export(archive)
        team_id = options.agents_team or our_team(found)
        stage = _Stage(db, team_id, our_people(found, team_id))
        with db.begin() as tx:
            install(tx, found, team_id, options)
        for group in _groups(found.spoken(_told(progress, found.size))):
            stage.play(group)
        tally = Tally(options.tries)
        for story in stage.stories(options.tries):
            tally.add(story)
            if conversations:
                conversations.write(line(story, found.channels) + "\n")
        scene = Scene(team_id, found.channels, stage.messages, stage.since or None, stage.until or None)
        return result(tally, scene, stage.names(tally), options.url)


class _Stage:
    """The workspace in play; its clock stands at `until`, the last `ts` that was played."""

    def __init__(self, db: Db, team_id: str, agents: tuple[str, ...]) -> None:
        self.db, self.team_id, self.agents = db, team_id, agents
        self.messages = 0
        self.since, self.until = "", ""
        self._workspaces = Workspaces()

    def play(self, group: Sequence[Spoken]) -> None:
        arrivals = [spoken.arrival for spoken in group]
        self.messages += sum(isinstance(arrival, Posted) for arrival in arrivals)
        self.since = self.since or arrivals[0].at_ts
        self.until = max(self.until, *(arrival.at_ts for arrival in arrivals))
        now = moment(self.until)
        with self.db.begin() as tx:
            people.save_many(tx, self.team_id, [spoken.author for spoken in group if spoken.author], now)
            deliveries = [Delivery(self.team_id, _event_id(arrival), arrival) for arrival in arrivals]
            ingest.ingest(tx, self._workspaces, deliveries, now)

    def names(self, tally: Tally) -> dict[str, str]:
        """What the customers are called who are listed as never answered."""
        with self.db.begin() as tx:
            found = people.get_many(tx, self.team_id, {one.customer for one in tally.latest})
            return {user: person.name for user, person in found.items()}

    def stories(self, tries: Sequence[Targets]) -> Iterator[Story]:
        """Every conversation with a customer, as it stands in the tables."""
        if not self.until:
            return
        now = moment(self.until)
        with self.db.begin() as tx:
            workspace = self._workspaces.get(tx, self.team_id, now)
            assert workspace is not None
            for conversation in listing.with_customers(tx, self.team_id):
                policy = self._policy(workspace, conversation.channel)
                yield tell(read(conversation, policy), policy, now, tries)

    def _policy(self, workspace: Workspace, channel: str) -> Policy:
        """What holds in the channel, where everyone of ours may be nudged."""
        return replace(workspace.policy(channel, None), agents=self.agents)


def _groups(spoken: Iterable[Spoken]) -> Iterator[list[Spoken]]:
    rest = iter(spoken)
    while group := list(islice(rest, GROUP)):
        yield group


def _event_id(arrival: Posted | Deleted) -> str:
    """One message is one event, in however many files it stands."""
    return f"{type(arrival).__name__} {arrival.channel} {arrival.ts}"


def _told(progress: Progress, total: int) -> Callable[[int], None]:
    """Adds up the bytes that are read."""
    done = 0

    def read_more(size: int) -> None:
        nonlocal done
        done += size
        progress(done, total)

    return read_more
