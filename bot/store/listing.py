"""Every conversation of a workspace, a page at a time: memory holds one page, however many there are."""

from collections.abc import Iterator

from sqlalchemy import Connection, select, tuple_

from bot.domain.conversations import Conversation
from bot.store.conversations import Place, load
from bot.store.tables import conversations

PAGE = 500


def with_customers(tx: Connection, team_id: str, since_ts: str = "") -> Iterator[Conversation]:
    """Those that a customer takes part in, by time and channel, with their moves but not yet read.

    With `since_ts` only those in which something happened from then on.
    """
    after: Place = ("", "")
    while places := _page(tx, team_id, after, since_ts):
        told = load(tx, team_id, places)
        yield from (told[place] for place in places)
        after = places[-1]


def _page(tx: Connection, team_id: str, after: Place, since_ts: str) -> list[Place]:
    key = tuple_(conversations.c.root_ts, conversations.c.channel)
    here = (conversations.c.team_id == team_id) & conversations.c.customer.is_not(None) & (key > after[::-1])
    if since_ts:
        here &= conversations.c.last_ts >= since_ts
    rows = tx.execute(
        select(conversations.c.channel, conversations.c.root_ts).where(here).order_by(*key.clauses).limit(PAGE)
    )
    return [(row.channel, row.root_ts) for row in rows]
