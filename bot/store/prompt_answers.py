"""What somebody makes of their weekly prompt; each gives None, or the sentence that says why it cannot be."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from bot.domain.prompts import Became, Outcome
from bot.store import outbox, prompt_posts, prompt_rows, prompts
from bot.store.digest_tables import occurrences
from bot.store.prompt_rows import Shown
from bot.store.prompt_tables import prompts as table
from bot.store.workspaces import Workspace
from bot.views.prompt_forms import Commitment, Happened
from bot.views.words import prompt_forms as form_words
from bot.views.words import prompts as words

Change = Mapping[str, object] | str  # what to write, or why not

FARTHEST = timedelta(weeks=4)  # to be reminded of something for this week


def another(tx: Connection, workspace: Workspace, prompt_id: int, user: str, now: datetime) -> str | None:
    """*Another*: it counts as shown, so it does not come back this quarter."""

    def change(row: Shown) -> Change:
        teams = workspace.led_by(user)
        if row.became or row.outcome or row.id != prompt_rows.history(tx, workspace.team_id, user)[-1].id or not teams:
            return words.NO_MORE()
        here = (occurrences.c.job == prompt_posts.JOB) & (occurrences.c.whose == user)
        that = (occurrences.c.team_id == workspace.team_id) & here & (occurrences.c.period == row.period)
        at = tx.execute(select(occurrences.c.at).where(that)).scalar() or row.told_at
        if prompts.show(tx, workspace, user, row.period, teams, now, at=at) is None:
            return words.NO_MORE()
        return {"became": Became.ANOTHER}

    return _answer(tx, workspace, prompt_id, user, change, now)


def not_this_week(tx: Connection, workspace: Workspace, prompt_id: int, user: str, now: datetime) -> str | None:
    """*Not this week*: nobody asks again."""

    def change(row: Shown) -> Change:
        return {} if row.became or row.outcome else {"became": Became.PASSED}

    return _answer(tx, workspace, prompt_id, user, change, now)


def take(tx: Connection, workspace: Workspace, wanted: Commitment, user: str, now: datetime) -> str | None:
    """*I'll do this*, or another hour or other words for it. The refusal is about the hour."""

    def change(row: Shown) -> Change:
        when = wanted.remind_at
        if when and when != row.remind_at and not now < when <= now + FARTHEST:
            return form_words.PASSED_ALREADY() if when <= now else form_words.TOO_FAR()
        number = _remind(tx, workspace, row, when, now)
        taken = {"became": Became.TAKEN, "taken_at": row.taken_at or now, "shared": wanted.shared}
        return taken | {"remind_at": when, "reminders": number}

    return _answer(tx, workspace, wanted.prompt_id, user, change, now)


def happened(tx: Connection, workspace: Workspace, what: Happened, user: str, now: datetime) -> str | None:
    """*What happened?*: what came of it, and a note that nobody else sees."""

    def change(row: Shown) -> Change:
        at = None if what.outcome is None else now if what.outcome != row.outcome else row.outcome_at
        return {"outcome": what.outcome, "outcome_at": at, "note": what.note}

    return _answer(tx, workspace, what.prompt_id, user, change, now)


def came_of_it(
    tx: Connection, workspace: Workspace, prompt_id: int, outcome: Outcome, user: str, now: datetime
) -> str | None:
    """*Done*, or *Not yet*."""

    def change(_row: Shown) -> Change:
        return {"outcome": outcome, "outcome_at": now}

    return _answer(tx, workspace, prompt_id, user, change, now)


def mine(tx: Connection, workspace: Workspace, prompt_id: int | None, user: str) -> Shown | str:
    """A prompt that was shown to this person, or the sentence that says that it is not theirs."""
    row = None if prompt_id is None else prompt_rows.find(tx, workspace.team_id, prompt_id)
    if row is None:
        return words.OVER()
    return row if row.whose == user else words.NOT_YOURS()


def _answer(
    tx: Connection,
    workspace: Workspace,
    prompt_id: int,
    user: str,
    change: Callable[[Shown], Change],
    now: datetime,
) -> str | None:
    """Change it while nobody else does, and have all that stands of it say so."""
    theirs = mine(tx, workspace, prompt_id, user)
    row = prompt_rows.find(tx, workspace.team_id, prompt_id, hold=True)
    if isinstance(theirs, str) or row is None:
        return theirs if isinstance(theirs, str) else words.OVER()
    changed = change(row)
    if isinstance(changed, str):
        return changed
    if changed:
        tx.execute(update(table).where(table.c.id == row.id).values(**changed))
    prompt_posts.draw_anew(tx, workspace, user, now)
    return None


def _remind(tx: Connection, workspace: Workspace, row: Shown, when: datetime | None, now: datetime) -> int:
    """Have a reminder come then, and none of those that were to come before; the number of the one that holds."""
    if when == row.remind_at:
        return int(row.reminders)
    outbox.withdraw(tx, row.team_id, prompt_posts.reminder_key(row.id, row.reminders), "another hour was chosen")
    number = int(row.reminders) + 1
    if when:
        payload = prompt_rows.reminder_of(tx, workspace, row).payload()
        key = prompt_posts.reminder_key(row.id, number)
        outbox.put(
            tx, row.team_id, outbox.Saying(key, outbox.POST, row.whose, payload, due_at=when, rank=outbox.PAGE), now
        )
    return number
