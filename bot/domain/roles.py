"""Who somebody of ours is to CareCue: the roles of which every door asks at least one."""

from collections.abc import Set
from enum import IntEnum


class Role(IntEnum):
    """In order: who has one may come in wherever those before it may."""

    COLLEAGUE = 1  # everybody of the workspace, but for its guests
    AGENT = 2  # of a team, or with something of their own here: a customer who waits for them, a promise, a channel
    DEPUTY = 3  # stands in where a team's managers have no word
    MANAGER = 4  # leads a team
    ADMIN = 5  # of the workspace, or named by the setup


Roles = Set[Role]  # somebody may be agent, manager and admin at once; everybody of ours is a colleague


def may(roles: Roles, least: Role) -> bool:
    """Whether one of these is enough where at least so much is needed."""
    return max(roles) >= least
