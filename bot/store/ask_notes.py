"""What is said of asks: a line in the lists of those who lead, and messages of their own to the agent.

A key in the outbox tells what such a message is, and for whom: `ask:12:by` is the agent's own, `ask:12:heard-1:U1` the
first answer. Both are always drawn from the tables, so that everything says the same.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, update

from bot.domain.asks import Asked, told
from bot.store import ask_rows, languages, living_lists, outbox, posts
from bot.store.leading_tables import asks
from bot.store.living_lists import News
from bot.store.workspaces import Workspace
from bot.views import asks as views
from bot.views.asks import Told
from bot.views.message import Message

PREFIX = "ask:"
BY, HEARD = "by", "heard-"


def to_leaders(tx: Connection, workspace: Workspace, asked: Asked, users: Collection[str], now: datetime) -> None:
    """It has come to these people, or comes back to them."""
    if users:
        tx.execute(update(asks).where(asks.c.id == asked.id).values(nudged_at=now))
        living_lists.note(tx, workspace.team_id, users, News.RING, now)


def to_agent(tx: Connection, workspace: Workspace, asked: Asked, now: datetime) -> None:
    """The agent's own, once."""
    _say(tx, workspace, asked, {_key(asked, BY): asked.ask.by}, now)


def answer(tx: Connection, workspace: Workspace, asked: Asked, readers: Iterable[str], now: datetime) -> None:
    """The answer, to everyone whose ask it was."""
    keys = {_key(asked, f"{HEARD}{asked.answers}", user): user for user in readers}
    _say(tx, workspace, asked, keys, now)


def redraw(tx: Connection, workspace: Workspace, asked: Asked, now: datetime, by: str = "") -> None:
    """Bring up to date what stands, in lists too, and the agent's own where it is still on its way.

    What `by` has done, their own list says at once.
    """
    standing = posts.standing(tx, workspace.team_id, _about(asked.id))
    seen = ask_rows.tell(tx, workspace, asked, now)
    own = _key(asked, BY)
    for post in standing:
        posts.say_anew(tx, post, _draw(tx, workspace, seen, post.key) if post.key == own else None, now)
    if own not in {post.key for post in standing}:
        posts.restate(tx, workspace.team_id, own, _draw(tx, workspace, seen, own))
    readers = {*told(asked, ask_rows.leaders(tx, workspace, asked.ask)), *filter(None, (asked.owner, asked.ended_user))}
    at_once = readers & {by} if asked.open else readers
    living_lists.note(tx, workspace.team_id, at_once, News.DONE, now)
    living_lists.note(tx, workspace.team_id, readers - at_once, News.CHANGED, now)


def still_holds(tx: Connection, row: outbox.Row, _now: datetime) -> str | None:
    """Why it is not to be said any more; None if it is."""
    asked = ask_rows.get(tx, row.team_id, posts.id_of(row.key))
    what = row.key.split(":")[2]
    if asked is None:
        return "there is no such ask"
    if what == BY:
        return None
    if what.startswith(HEARD):
        return None if what == f"{HEARD}{asked.answers}" else "a later answer has come"
    return "it stands in a list"


def posted(tx: Connection, workspace: Workspace, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """Slack has it. What changed on the way is put right at once; an answer stays as it was given."""
    # The ask's row is taken first: whoever answers meanwhile comes before or after, not in between.
    asked = ask_rows.held(tx, row.team_id, posts.id_of(row.key))
    if asked is None or row.key != _key(asked, BY):
        return
    post = posts.stand(tx, row, _about(asked.id), channel, ts)
    posts.say_anew(tx, post, _draw(tx, workspace, ask_rows.tell(tx, workspace, asked, now), row.key), now)


def _say(tx: Connection, workspace: Workspace, asked: Asked, to: dict[str, str], now: datetime) -> None:
    told = ask_rows.tell(tx, workspace, asked, now)
    drawn = {key: _draw(tx, workspace, told, key).payload() for key in to}
    sayings = [outbox.Saying(key, outbox.POST, to[key], payload) for key, payload in drawn.items()]
    outbox.put_many(tx, workspace.team_id, sayings, now)


def _draw(tx: Connection, workspace: Workspace, told: Told, key: str) -> Message:
    match key.split(":")[2:]:
        case ["by"]:
            with languages.to_person(tx, workspace.team_id, told.ask.by):
                return views.to_agent(told)
        case [what, reader] if what.startswith(HEARD):
            with languages.to_person(tx, workspace.team_id, reader):
                return views.heard(told, reader)
    raise ValueError(f"no key of an ask: {key}")


def _key(asked: Asked, *what: str) -> str:
    return ":".join((_about(asked.id), *what))


def _about(ask_id: int) -> str:
    return f"{PREFIX}{ask_id}"
