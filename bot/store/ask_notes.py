"""What is said of asks, to whom: always drawn from the tables, so that everything says the same.

A key in the outbox tells what something is, and for whom: `ask:12:by` is the agent's own, `ask:12:1:U9` the leader's
ladder's step 1 to U9, `ask:12:snoozed-1772445600:U9` what comes after a snooze, `ask:12:heard-1:U1` the first answer.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.asks import Asked
from bot.store import ask_rows, outbox, posts
from bot.store.workspaces import Workspace
from bot.views import asks as views
from bot.views.asks import Told
from bot.views.message import Message

PREFIX = "ask:"
BY, HEARD, SNOOZED = "by", "heard-", "snoozed-"


def to_leaders(
    tx: Connection, workspace: Workspace, asked: Asked, steps: Sequence[tuple[str, str]], now: datetime
) -> None:
    """Steps of the ladder, each to a person: `("1", "U9")`."""
    keys = {_key(asked, what, user): user for what, user in steps}
    _say(tx, workspace, asked, keys, now)


def to_agent(tx: Connection, workspace: Workspace, asked: Asked, now: datetime) -> None:
    """The agent's own, once."""
    _say(tx, workspace, asked, {_key(asked, BY): asked.ask.by}, now)


def answer(tx: Connection, workspace: Workspace, asked: Asked, readers: Iterable[str], now: datetime) -> None:
    """The answer, to everyone whose ask it was."""
    keys = {_key(asked, f"{HEARD}{asked.answers}", user): user for user in readers}
    _say(tx, workspace, asked, keys, now)


def redraw(tx: Connection, workspace: Workspace, asked: Asked, now: datetime) -> None:
    """Bring up to date what stands, and the agent's own where it is still on its way."""
    standing = posts.standing(tx, workspace.team_id, _about(asked.id))
    told = ask_rows.tell(tx, workspace, asked, now)
    for post in standing:
        posts.say_anew(tx, post, _draw(told, post.key), now)
    own = _key(asked, BY)
    if own not in {post.key for post in standing}:
        posts.restate(tx, workspace.team_id, own, _draw(told, own))


def still_holds(tx: Connection, row: outbox.Row, now: datetime) -> str | None:
    """Why it is not to be said any more; None if it is."""
    asked = ask_rows.get(tx, row.team_id, posts.id_of(row.key))
    what = row.key.split(":")[2]
    if asked is None:
        return "there is no such ask"
    if what == BY:
        return None
    if what.startswith(HEARD):
        return None if what == f"{HEARD}{asked.answers}" else "a later answer has come"
    if not asked.open:
        return "the ask has its answer"
    return "the ask is snoozed" if asked.snoozed_until and asked.snoozed_until > now else None


def posted(tx: Connection, workspace: Workspace, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """Slack has it. What changed on the way is put right at once; an answer stays as it was given."""
    # The ask's row is taken first: whoever answers meanwhile comes before or after, not in between.
    asked = ask_rows.held(tx, row.team_id, posts.id_of(row.key))
    if asked is None or row.key.split(":")[2].startswith(HEARD):
        return
    post = posts.stand(tx, row, _about(asked.id), channel, ts)
    posts.say_anew(tx, post, _draw(ask_rows.tell(tx, workspace, asked, now), row.key), now)


def _say(tx: Connection, workspace: Workspace, asked: Asked, to: dict[str, str], now: datetime) -> None:
    told = ask_rows.tell(tx, workspace, asked, now)
    sayings = [outbox.Saying(key, outbox.POST, user, _draw(told, key).payload()) for key, user in to.items()]
    outbox.put_many(tx, workspace.team_id, sayings, now)


def _draw(told: Told, key: str) -> Message:
    match key.split(":")[2:]:
        case ["by"]:
            return views.to_agent(told)
        case [what, reader] if what.startswith(HEARD):
            return views.heard(told, reader)
        case [what, reader] if what.startswith(SNOOZED):
            return views.to_leader(told, 1, reader)
        case [step, reader]:
            return views.to_leader(told, int(step), reader)
    raise ValueError(f"no key of an ask: {key}")


def _key(asked: Asked, *what: str) -> str:
    return ":".join((_about(asked.id), *what))


def _about(ask_id: int) -> str:
    return f"{PREFIX}{ask_id}"
