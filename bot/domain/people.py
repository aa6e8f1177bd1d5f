"""Whose people: what Slack says of an account decides the side that its owner is on."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.domain.arrivals import Account
from bot.domain.conversations import Side


@dataclass(frozen=True, slots=True)
class Person(Account):
    """An account as it was known at `read_at`. `dm_channel` is where CareCue talks with them, once it has."""

    read_at: datetime
    dm_channel: str | None = None


class Glance(NamedTuple):
    """What decides the side that somebody is on; and the zone whose clock they mean."""

    home_team: str | None
    enterprise: str | None
    is_guest: bool
    is_app: bool
    zone: str = ""


def side(person: Account | Glance, team_id: str, enterprise_id: str | None) -> Side:
    """Ours are the people of this workspace and of its enterprise, but for its guests."""
    if person.is_app:
        return Side.APP
    return Side.OURS if is_inside(person, team_id, enterprise_id) else Side.THEIRS


def is_inside(account: Account | Glance, team_id: str, enterprise_id: str | None) -> bool:
    """Whether this person or app may read what is internal: neither a guest nor of another company."""
    if account.is_guest:
        return False
    if account.home_team == team_id:
        return True
    # In an enterprise, Slack may name the enterprise itself as an account's home.
    return enterprise_id is not None and enterprise_id in (account.enterprise, account.home_team)


def unknown(user: str) -> Account:
    """Who stands for an account that Slack does not know: a stranger, so that nothing waits to learn more."""
    return Account(
        user=user,
        home_team=None,
        enterprise=None,
        name=user,
        zone="UTC",
        is_guest=False,
        is_app=False,
        is_stranger=True,
        is_admin=False,
        is_gone=True,
    )
