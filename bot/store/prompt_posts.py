"""Where prompts and their reminders stand in Slack: whatever changes, they say what is true now."""

from datetime import datetime

from sqlalchemy import Connection, select

from bot.domain.prompts import MOST
from bot.store import occurrences, outbox, posts
from bot.store.prompt_rows import BEFORE, find, history, message_of, reminder_of
from bot.store.prompt_tables import prompts
from bot.store.workspaces import Workspace

JOB, CHANNEL_JOB = "prompt", "prompt_channel"
REMINDER = "prompt_reminder:"
PREFIXES = (f"{JOB}:", f"{CHANNEL_JOB}:", REMINDER)


def posted(tx: Connection, workspace: Workspace, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """Slack has one; what has changed on its way is put right."""
    if row.target[0] in "UW":
        theirs = (prompts.c.team_id == row.team_id) & (prompts.c.whose == row.target)
        tx.execute(select(prompts.c.id).where(theirs).with_for_update()).all()
        posts.stand(tx, row, about(row.target), channel, ts)
        draw_anew(tx, workspace, row.target, now, keys={row.key})


def still_holds(tx: Connection, row: outbox.Row) -> str | None:
    """Why one is not to be said any more; None if it is."""
    if not row.key.startswith(REMINDER):
        return occurrences.still_holds(tx, row)
    _, prompt_id, number = row.key.split(":")
    shown = find(tx, row.team_id, int(prompt_id))
    if shown is None or shown.outcome or shown.reminders != int(number):
        return "it is done, or another hour was chosen"
    return None


def draw_anew(tx: Connection, workspace: Workspace, user: str, now: datetime, *, keys: set[str] | None = None) -> None:
    """What stands with somebody, and what is on its way there, says what is true now: the last weeks' at most."""
    rows = history(tx, workspace.team_id, user)[-MOST * BEFORE :]
    latest = {f"{about(user)}:{row.period}": message_of(tx, workspace, row) for row in rows}
    for row in rows:
        for number in range(1, row.reminders + 1):
            latest[reminder_key(row.id, number)] = reminder_of(tx, workspace, row)
    standing = {post.key: post for post in posts.standing(tx, workspace.team_id, about(user))}
    for key, message in latest.items():
        if key in standing and (keys is None or key in keys):
            posts.say_anew(tx, standing[key], message, now)
        elif key not in standing:
            posts.restate(tx, workspace.team_id, key, message)


def about(user: str) -> str:
    """What ties somebody's messages together."""
    return f"{JOB}:{user}"


def reminder_key(prompt_id: int, number: int) -> str:
    """What makes a reminder once; another hour makes another one."""
    return f"{REMINDER}{prompt_id}:{number}"
