"""What people do to a setup one thing at a time. Whether the outcome fits together is for `setup_rules.findings`."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.domain.setup import Channel, CustomerSetup, Override, PersonSetup, Setup, Team

T = TypeVar("T")


def put_team(setup: Setup, team: Team) -> Setup:
    """In the place of the one with its key, else as the last; as all of these do."""
    return replace(setup, teams=_put(setup.teams, team, lambda one: one.key))


def remove_team(setup: Setup, key: str) -> Setup:
    """Its channels, channel rules and own prompts stay, and are no team's."""
    own = tuple(replace(one, team=None) if one.team == key else one for one in setup.prompts.own)
    return replace(
        setup,
        teams=tuple(team for team in setup.teams if team.key != key),
        channels=tuple(replace(one, team=None) if one.team == key else one for one in setup.channels),
        rules=tuple(replace(one, team=None) if one.team == key else one for one in setup.rules),
        prompts=replace(setup.prompts, own=own),
    )


def put_channel(setup: Setup, channel: Channel) -> Setup:
    return replace(setup, channels=_put(setup.channels, channel, lambda one: one.id))


def remove_channel(setup: Setup, channel: str) -> Setup:
    """From then on it is what the rules say."""
    return replace(setup, channels=tuple(one for one in setup.channels if one.id != channel))


def put_override(setup: Setup, override: Override) -> Setup:
    return replace(setup, overrides=_put(setup.overrides, override, lambda one: (one.user, one.channel)))


def remove_override(setup: Setup, user: str, channel: str | None) -> Setup:
    """The one for this channel; None: the one for everywhere."""
    return replace(setup, overrides=tuple(o for o in setup.overrides if (o.user, o.channel) != (user, channel)))


def put_customer(setup: Setup, customer: CustomerSetup) -> Setup:
    return replace(setup, customers=_put(setup.customers, customer, lambda one: one.user))


def remove_customer(setup: Setup, user: str) -> Setup:
    return replace(setup, customers=tuple(one for one in setup.customers if one.user != user))


def put_person(setup: Setup, person: PersonSetup) -> Setup:
    return replace(setup, people=_put(setup.people, person, lambda one: one.user))


def remove_person(setup: Setup, user: str) -> Setup:
    return replace(setup, people=tuple(one for one in setup.people if one.user != user))


def _put(things: tuple[T, ...], thing: T, key: Callable[[T], object]) -> tuple[T, ...]:
    if key(thing) not in map(key, things):
        return (*things, thing)
    return tuple(thing if key(one) == key(thing) else one for one in things)
