"""Learning from Slack who someone is."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.arrivals import Account
from bot.domain.people import unknown
from bot.slack.client import Slack
from bot.slack.clients import Clients
from bot.slack.errors import RateLimited, SlackError, Unclear
from bot.store import people
from bot.store.db import Db

NOBODY = {"user_not_found", "user_not_visible", "users_not_found"}
AT_ONCE = 4


async def ask(slack: Slack, user_id: str) -> Account | None:
    """Who someone is; a stranger where Slack does not know them; None while Slack cannot be asked."""
    try:
        return await told(slack, user_id)
    except (RateLimited, Unclear):
        return None


async def told(slack: Slack, user_id: str) -> Account:
    """The same; raises SlackError also where Slack cannot be asked now."""
    try:
        return await slack.user(user_id)
    except SlackError as error:
        if error.error not in NOBODY:
            raise
    # Apps without a bot user speak under a B… id, which users.info does not know.
    return replace(unknown(user_id), is_app=user_id.startswith("B"))


async def learn_person(db: Db, slack: Clients, team_id: str, user_id: str, now: datetime) -> Account | None:
    """Ask Slack and remember; None where that has to be tried again later."""
    account = await ask(await slack.of(team_id), user_id)
    if account:
        await db.run(lambda tx: people.save(tx, team_id, account, now))
    return account


async def learn_people(db: Db, slack: Clients, team_id: str, user_ids: Iterable[str], now: datetime) -> bool:
    """Learn those that are not known yet, a few at a time. False where that has to be tried again later."""
    wanted = set(user_ids)
    known = await db.run(lambda tx: people.get_many(tx, team_id, wanted))
    missing = sorted(wanted - set(known))
    for start in range(0, len(missing), AT_ONCE):
        some = missing[start : start + AT_ONCE]
        learned = await asyncio.gather(*(learn_person(db, slack, team_id, user, now) for user in some))
        if None in learned:
            return False
    return True
