"""Plays a share of an export through the same decisions and tables as the live bot, on a clock that its messages set.

Messages are ingested in groups, as the live writer does under load. The ladder is then read off the waits that came
out: a step went out if its moment came while the wait was open.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TextIO

from bot.domain.arrivals import Deleted, Delivery, Posted
from bot.domain.conversations import read
from bot.domain.moments import moment
from bot.domain.policy import Policy
from bot.replay.archive import open_archive
from bot.replay.export import Heard, Spoken, read_export
from bot.replay.lines import line
from bot.replay.options import Options
from bot.replay.stage import database, install, our_people
from bot.replay.stories import Story, tell
from bot.replay.tally import Tally
from bot.store import ingest, listing, people
from bot.store.db import Db
from bot.store.workspaces import Workspace, Workspaces

GROUP = 500  # arrivals in one transaction, as the live writer has at most
COLLECTED = 100_000  # objects that come to be before the collector looks


@dataclass(frozen=True, slots=True)
class Share:
    """Some channels of an export, and the database that they are played in."""

    export: Path
    channels: frozenset[str]
    database: Path
    team_id: str
    options: Options


@dataclass(frozen=True, slots=True)
class Played:
    """How much was said in a share; `since` and `until` are "" where nothing was."""

    messages: int
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Counted:
    """`names` are those of the customers whom the tally lists."""

    tally: Tally
    names: dict[str, str]


def play(share: Share, read_more: Heard) -> Played:
    """All that was said, into the tables. Raises BadExport."""
    with open_archive(share.export) as archive, database(share.database) as db, _seldom_collected():
        found = read_export(archive).of(share.channels)
        with db.begin() as tx:
            install(tx, found, share.team_id, share.options)
        stage = _Stage(db, share.team_id)
        for group in _groups(found.spoken(read_more)):
            stage.play(group)
        return Played(stage.messages, stage.since, stage.until)


def count(share: Share, until: str, conversations: Path | None = None) -> Counted:
    """The figures of what was played, with the clock stopped at the `ts` `until`.

    Each conversation goes to the file as a line, in order: its `root_ts`, its channel, and its JSON.
    """
    with (
        open_archive(share.export) as archive,
        database(share.database) as db,
        _opened(conversations) as told,
        _seldom_collected(),
    ):
        found = read_export(archive)
        tally = Tally(share.options.tries)
        for story in _stories(db, share, our_people(found, share.team_id), until):
            tally.add(story)
            if told:
                here = story.conversation
                told.write(f"{here.root_ts}\t{here.channel}\t{line(story, found.channels)}\n")
        return Counted(tally, _names(db, share.team_id, tally))


class _Stage:
    """The workspace in play; its clock stands at `until`, the last `ts` that was played."""

    def __init__(self, db: Db, team_id: str) -> None:
        self.db, self.team_id = db, team_id
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


def _stories(db: Db, share: Share, agents: tuple[str, ...], until: str) -> Iterator[Story]:
    """Every conversation with a customer, as it stands in the tables."""
    now = moment(until)
    with db.begin() as tx:
        workspace = Workspaces().get(tx, share.team_id, now)
        assert workspace is not None
        for conversation in listing.with_customers(tx, share.team_id):
            policy = _policy(workspace, conversation.channel, agents)
            yield tell(read(conversation, policy), policy, now, share.options.tries)


def _policy(workspace: Workspace, channel: str, agents: tuple[str, ...]) -> Policy:
    """What holds in the channel, where everyone of ours may be nudged."""
    return replace(workspace.policy(channel, None), agents=agents)


def _names(db: Db, team_id: str, tally: Tally) -> dict[str, str]:
    with db.begin() as tx:
        found = people.get_many(tx, team_id, {one.customer for one in tally.latest})
        return {user: person.name for user, person in found.items()}


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Hardly anything here holds itself, so that looking for what does is a tenth of the time and finds nothing."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _opened(path: Path | None) -> "nullcontext[None] | TextIO":
    return path.open("w", encoding="utf-8") if path else nullcontext()


def _groups(spoken: Iterable[Spoken]) -> Iterator[list[Spoken]]:
    rest = iter(spoken)
    while group := list(islice(rest, GROUP)):
        yield group


def _event_id(arrival: Posted | Deleted) -> str:
    """One message is one event, in however many files it stands."""
    return f"{type(arrival).__name__} {arrival.channel} {arrival.ts}"
