"""What stands between CareCue and its work where it is installed in many workspaces: what is well is told once."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from bot.slack.client import Identity
from bot.slack.doctor import AtHead, Check, of_app_token, of_clock, of_ended, of_place, of_scopes, of_store, refusal
from bot.slack.errors import SlackError
from bot.slack.installed import Installed
from bot.slack.manifest import INSTALL, Doors
from bot.store import installations, renewals
from bot.store.db import Db
from bot.store.installations import Standing
from bot.store.token_box import Unreadable

AT_ONCE = 8


class Seen(NamedTuple):
    """One installation."""

    found: list[Check]
    identity: Identity | None = None


async def checks(
    db: Db,
    installed: Installed,
    app_token: str | None,
    doors: Doors,
    at_head: AtHead,
    now: Callable[[], datetime],
) -> list[Check]:
    """In the order in which to mend them; of workspaces only what is not well."""
    store = await of_store(db, at_head)
    if not all(check.ok for check in store):
        return store  # what stands in the tables cannot be read
    every, names = await db.read(installations.every), await db.read(installations.names)
    keys = _keys(installed, every)
    if not keys.ok:
        return [*store, keys]
    at_once = asyncio.Semaphore(AT_ONCE)
    seen = await asyncio.gather(*(_see(db, installed, one, names[one.key], doors, now, at_once) for one in every))
    identity = next((one.identity for one in seen if one.identity), None)
    return [
        *store,
        keys,
        _where(every, seen),
        *([await of_app_token(installed.slack(app_token), app_token)] if app_token else []),
        *([of_clock(identity, now())] if identity else []),
        *(check for one in seen for check in one.found if not check.ok),
        *await _renewals(db, names),
        *await of_ended(db, store),
    ]


def _keys(installed: Installed, every: Iterable[Standing]) -> Check:
    closed = []
    for one in every:
        try:
            installed.box.open(one.key, one.token)
        except Unreadable:
            closed.append(one.key)
    if closed:
        sentence = f"No key of CARECUE_TOKEN_KEYS opens the tokens of {', '.join(closed)}: put the missing key back."
        return Check("token keys", False, sentence)
    if not all(installed.box.is_newest(one.token) for one in every):
        return Check("token keys", True, "Some tokens need a key that is not the first: run `carecue tokens rotate`.")
    return Check("token keys", True, "All tokens open with the first key.")


async def _see(
    db: Db,
    installed: Installed,
    one: Standing,
    name: str,
    doors: Doors,
    now: Callable[[], datetime],
    at_once: asyncio.Semaphore,
) -> Seen:
    async with at_once:
        try:
            slack = (await installed.by(one)).slack
            identity = await slack.identity()
        except SlackError as error:
            return Seen(
                [
                    _named(
                        name,
                        one.key,
                        Check("token", False, refusal(error, f"install CareCue again there, at {INSTALL}")),
                    )
                ]
            )
        found = [of_scopes(identity, doors)]
        if not one.is_org:
            found += await of_place(db, slack, one.key, now())
        return Seen([_named(name, one.key, check) for check in found], identity)


def _named(name: str, key: str, check: Check) -> Check:
    return Check(check.name, check.ok, f"{name} ({key}): {check.sentence}")


def _where(every: Iterable[Standing], seen: Iterable[Seen]) -> Check:
    orgs = sum(one.is_org for one in every)
    alone = sum(not one.is_org for one in every)
    if not orgs + alone:
        return Check("installed", True, f"Nowhere yet: open {INSTALL} at this server's address in a browser.")
    well = sum(one.identity is not None for one in seen)
    what = f"{alone} workspace{'' if alone == 1 else 's'}"
    whole = f" and {orgs} organization{'' if orgs == 1 else 's'} as a whole" if orgs else ""
    return Check("installed", well == orgs + alone, f"In {what}{whole}; Slack takes {well} of {orgs + alone} tokens.")


async def _renewals(db: Db, names: dict[str, str]) -> list[Check]:
    return [
        Check("token", False, f"{names[key]} ({key}): Slack gives no new token ({error}): install CareCue again there.")
        for key, error in (await db.read(renewals.troubles)).items()
    ]
