"""A standard Slack export as arrivals in the order in which they happened.

Every channel counts as a customer channel; direct messages are left out. Reactions stand in an export without their
time, so 👀 and ✅ play no part; an edited message stands there as it reads now, a deleted one not at all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from bot.domain.arrivals import Account, Deleted, Posted, account, author_team, read_event
from bot.replay.archive import USERS, Archive, BadExport, reading
from bot.replay.items import at_once, items

Heard = Callable[[int], None]

SMALL = 2 * 1024 * 1024  # bytes of a file that may be in memory as a whole

_DAY = re.compile(r"([^/]+)/(\d{4}-\d\d-\d\d)\.json")
_TS = re.compile(r"\d{10}\.\d{1,6}", re.ASCII)
_ROOMS = ("channels.json", "groups.json")
_PRIVATE = ("dms.json", "mpims.json")


class Spoken(NamedTuple):
    """An arrival; and its author, whom users.json does not list, as far as the first message of theirs says."""

    arrival: Posted | Deleted
    author: Account | None


@dataclass(frozen=True, slots=True)
class Export:
    """`channels` are names by id, `days` the files of each day in order, with the id of their channel."""

    archive: Archive
    people: tuple[Account, ...]
    channels: Mapping[str, str]
    days: tuple[tuple[tuple[str, str], ...], ...]

    @property
    def size(self) -> int:
        """Bytes of all days."""
        return sum(self.archive.sizes[path] for day in self.days for path, _ in day)

    def of(self, channels: Collection[str]) -> "Export":
        """These channels of it alone."""
        days = tuple(tuple(one for one in day if one[1] in channels) for day in self.days)
        named = {channel: name for channel, name in self.channels.items() if channel in channels}
        return replace(self, channels=named, days=tuple(filter(None, days)))

    @property
    def sizes(self) -> dict[str, int]:
        """Bytes of each channel."""
        found = dict.fromkeys(self.channels, 0)
        for day in self.days:
            for path, channel in day:
                found[channel] += self.archive.sizes[path]
        return found

    def spoken(self, read: Heard) -> Iterator[Spoken]:
        """What was said, in time, a day in memory at once; `read` is told the bytes behind each step."""
        met = {person.user for person in self.people}
        for day in self.days:
            today: list[Spoken] = []
            for path, channel in day:
                today += self._spoken_in(path, channel, met)
                read(self.archive.sizes[path])
            today.sort(key=lambda spoken: spoken.arrival.at_ts)
            yield from today

    def _spoken_in(self, path: str, channel: str, met: set[str]) -> Iterator[Spoken]:
        for message in _items(self.archive, path):
            arrival = read_event({"type": "message"} | message | {"channel": channel})
            if isinstance(arrival, Posted | Deleted) and _TS.fullmatch(arrival.ts) and _TS.fullmatch(arrival.at_ts):
                yield Spoken(arrival, _author(message, arrival, met))


def read_export(archive: Archive) -> Export:
    """Who and where; of the messages only the files are listed. Raises BadExport."""
    people = tuple(account(user) for user in _items(archive, USERS) if isinstance(user.get("id"), str))
    ids = {name: id_ for listed in _ROOMS for name, id_ in _named(archive, listed)}
    private = {word for listed in _PRIVATE for pair in _named(archive, listed) for word in pair}
    days: dict[str, list[tuple[str, str]]] = defaultdict(list)
    channels: dict[str, str] = {}
    for path in sorted(archive.sizes):
        match = _DAY.fullmatch(path)
        if match and match[1] not in private and not match[1].startswith("__"):
            channel = ids.get(match[1], match[1])
            channels[channel] = match[1]
            days[match[2]].append((path, channel))
    return Export(archive, people, channels, tuple(tuple(days[day]) for day in sorted(days)))


def our_team(export: Export) -> str:
    """The commonest home among the people who are not strangers. Raises BadExport."""
    homes = Counter(person.home_team for person in export.people if person.home_team and not person.is_stranger)
    if not homes:
        raise BadExport(f"{USERS} does not tell which team is ours: name it with --agents-team.")
    return str(homes.most_common(1)[0][0])


def our_enterprise(export: Export, team_id: str) -> str | None:
    """The enterprise that our people belong to, if any."""
    found = Counter(p.enterprise for p in export.people if p.home_team == team_id and p.enterprise)
    return found.most_common(1)[0][0] if found else None


def _items(archive: Archive, path: str) -> Iterator[dict[str, Any]]:
    """A small file is read at once; one that is large or broken bit by bit, which also tells what is wrong with it."""
    if archive.sizes[path] <= SMALL:
        with reading(archive, path) as stream:
            found = at_once(stream)
        if found is not None:
            yield from found
            return
    with reading(archive, path) as stream:
        yield from items(stream, path)


def _named(archive: Archive, path: str) -> Iterator[tuple[str, str]]:
    """The name and id of what a list holds; one without a name goes by its id."""
    for item in _items(archive, path) if path in archive.sizes else ():
        id_ = item.get("id")
        if isinstance(id_, str) and id_:
            name = item.get("name")
            yield (name if isinstance(name, str) and name else id_), id_


def _author(message: Mapping[str, Any], arrival: Posted | Deleted, met: set[str]) -> Account | None:
    """None for whoever has been met, and for an app, of which there is nothing to know."""
    if isinstance(arrival, Deleted) or arrival.is_app or arrival.user in met:
        return None
    met.add(arrival.user)
    profile = message.get("user_profile")
    facts = profile if isinstance(profile, Mapping) else {}
    return account({**facts, "id": arrival.user, "team_id": author_team(message), "profile": facts})
