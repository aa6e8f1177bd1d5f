"""What is said of promises, to whoever made them: always drawn from the table. `promise:12:due` is a key's shape."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from bot.store import outbox, posts, promises
from bot.store.promises import Stored
from bot.store.tables import waits
from bot.store.workspaces import Workspace
from bot.views import promises as views

PREFIX = "promise:"
DUE, SNOOZED = "due", "snoozed-"


def say(tx: Connection, workspace: Workspace, row: Stored, why: str, now: datetime) -> None:
    """The nudge; `why`, of DUE and SNOOZED, makes it once."""
    for owed in promises.tell(tx, workspace, [row], now):
        saying = outbox.Saying(f"{_about(row.id)}:{why}", outbox.POST, row.by, views.nudge(owed).payload())
        outbox.put(tx, workspace.team_id, saying, now)


def redraw(tx: Connection, workspace: Workspace, ids: Sequence[int], now: datetime) -> None:
    """Say what stands of these anew, as they are now."""
    for promise_id in ids:
        standing = posts.standing(tx, workspace.team_id, _about(promise_id))
        row = promises.get(tx, workspace.team_id, promise_id) if standing else None
        for owed in promises.tell(tx, workspace, [row], now) if row else ():
            for post in standing:
                posts.say_anew(tx, post, views.nudge(owed), now)


def still_holds(tx: Connection, row: outbox.Row, now: datetime) -> str | None:
    """Why it is not to be said any more; None if it is."""
    made = promises.get(tx, row.team_id, posts.id_of(row.key))
    if made is None or made.ended_at is not None:
        return "the promise is over"
    if made.snoozed_until and made.snoozed_until > now:
        return "the promise is snoozed"
    return "the customer waits, and that is told instead" if customer_waits(tx, made) else None


def customer_waits(tx: Connection, made: Stored) -> bool:
    """Whether the customer waits for us meanwhile, in the same conversation."""
    here = (waits.c.team_id == made.team_id) & (waits.c.channel == made.channel) & (waits.c.root_ts == made.root_ts)
    return tx.execute(select(waits.c.id).where(here, waits.c.ended_at.is_(None))).first() is not None


def posted(tx: Connection, workspace: Workspace, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """Slack has it. What changed on the way is put right at once."""
    # The promise's row is taken first: whoever ends it meanwhile comes before or after, not in between.
    made = promises.get(tx, row.team_id, posts.id_of(row.key), hold=True)
    if made is not None:
        posts.stand(tx, row, _about(made.id), channel, ts)
        redraw(tx, workspace, [made.id], now)


def _about(promise_id: int) -> str:
    return f"{PREFIX}{promise_id}"
