"""What a channel is that CareCue has just been invited to, as far as one can tell by looking at it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.setup import Kind, Setup

MOST_APPS = 3  # that are asked about

_MAIL = re.compile(r"\b(e-?mail|mail\w*|inbox|support|help ?desk|tickets?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Poster:
    """An app that writes in the channel, by its B… id. `relays`: it probably brings the mail of customers."""

    id: str
    name: str
    relays: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to be seen. `pending`: another company is invited, and has not answered yet."""

    shared: bool = False
    pending: bool = False
    guests: int = 0
    apps: tuple[Poster, ...] = ()

    @property
    def kind(self) -> Kind:
        """What it probably is. Where nobody from outside writes, it is nothing for CareCue to follow."""
        outside = self.shared or self.pending or self.guests or any(app.relays for app in self.apps)
        return "customer" if outside else "ignored"


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says a channel is, whose, and which apps bring customers' mail there."""

    kind: Kind
    team: str | None = None
    relays: tuple[str, ...] = ()


def posters(messages: Iterable[Mapping[str, Any]], us: str | None) -> tuple[Poster, ...]:
    """The apps that begin conversations among these messages, those that write most first; `us` is our own B… id.

    Whichever writes the greater part of all, or is called a mailbox, probably relays what customers write.
    """
    begun = [one for one in messages if one.get("thread_ts") in (None, one.get("ts")) and _is_said(one)]
    counts = Counter(str(one["bot_id"]) for one in begun if one.get("bot_id") and one["bot_id"] != us)
    names = {str(one["bot_id"]): _name(one) for one in begun if one.get("bot_id")}
    return tuple(
        Poster(app, names[app], bool(_MAIL.search(names[app])) or 2 <= count > len(begun) - count)
        for app, count in counts.most_common(MOST_APPS)
    )


def team_of(setup: Setup, teams: Iterable[str]) -> str | None:
    """Whose the channel probably is: the first of `teams`, which the asked person is in, else the only one there is."""
    mine = next(iter(teams), None)
    return mine or (setup.teams[0].key if len(setup.teams) == 1 else None)


def _is_said(message: Mapping[str, Any]) -> bool:
    return message.get("subtype") in (None, "bot_message", "file_share")


def _name(message: Mapping[str, Any]) -> str:
    """The app's own; the name under which it writes may be a customer's."""
    profile = message.get("bot_profile")
    return str(profile.get("name") or "") if isinstance(profile, Mapping) else ""
