"""Prompts that somebody was shown: as rows, and for people's eyes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.domain.prompt_book import Prompt, Signal, book
from bot.domain.prompts import MOST, Became, Outcome, Turn
from bot.domain.pulse import About
from bot.domain.signals import Heard
from bot.domain.weekly import WEEK
from bot.store import languages
from bot.store.prompt_tables import prompts
from bot.store.workspaces import Workspace
from bot.views import prompts as views
from bot.views.message import Message
from bot.views.prompts import Before, Page

BEFORE = 4  # weeks after which nobody asks any more what became of a prompt

Shown = Row[Any]


def find(tx: Connection, team_id: str, prompt_id: int, *, hold: bool = False) -> Shown | None:
    """One that was shown; with `hold` nobody else changes what this person was shown until the transaction ends."""
    here = (prompts.c.team_id == team_id) & (prompts.c.id == prompt_id)
    row = tx.execute(select(prompts).where(here)).first()
    if row is None or not hold:
        return row
    theirs = (prompts.c.team_id == team_id) & (prompts.c.whose == row.whose)
    held = tx.execute(select(prompts).where(theirs).order_by(prompts.c.id).with_for_update()).all()
    return next((one for one in held if one.id == prompt_id), None)


def history(tx: Connection, team_id: str, whose: str) -> list[Shown]:
    """All that somebody was shown, oldest first."""
    here = (prompts.c.team_id == team_id) & (prompts.c.whose == whose)
    return list(tx.execute(select(prompts).where(here).order_by(prompts.c.period, prompts.c.number)))


def all_of(workspace: Workspace) -> tuple[Prompt, ...]:
    """Every prompt there is, retired ones too."""
    return (*book(), *workspace.setup.prompts.own)


def current(tx: Connection, workspace: Workspace, user: str, now: datetime) -> Page | None:
    """This week's prompt of whoever leads a team; None before the first, and once it is over a week old."""
    before = history(tx, workspace.team_id, user) if workspace.led_by(user) else []
    return page_of(tx, workspace, before[-1]) if before and now - before[-1].told_at <= WEEK else None


def message_of(tx: Connection, workspace: Workspace, row: Shown) -> Message:
    """The week's message as it reads by now."""
    with languages.to(tx, workspace, row.whose):
        of = page_of(tx, workspace, row)
        return views.page(of) if row.whose[0] in "UW" else views.for_leaders(of)


def reminder_of(tx: Connection, workspace: Workspace, row: Shown) -> Message:
    """What reminds of it."""
    with languages.to(tx, workspace, row.whose):
        return views.reminder(page_of(tx, workspace, row))


def page_of(tx: Connection, workspace: Workspace, row: Shown) -> Page:
    """What was shown, for people's eyes."""
    before = history(tx, workspace.team_id, row.whose)
    several = len(workspace.led_by(row.whose)) > 1
    team = workspace.setup.team(row.reason.get("team"))
    left = any(one.period > row.period for one in before)
    return Page(
        id=row.id,
        prompt=_prompt(workspace, row.prompt),
        reason=_reason(row.reason),
        team=team.name if team and several else None,
        became=Became(row.became) if row.became else None,
        remind_at=row.remind_at,
        shared=row.shared,
        outcome=Outcome(row.outcome) if row.outcome else None,
        note=row.note,
        others=0 if left else MOST - 1 - row.number,
        before=_before(workspace, row, before),
    )


def _reason(data: dict[str, Any]) -> Heard | Turn:
    if "signal" not in data:
        return Turn(data["weeks"], data["quiet"])
    told = About(data["about"]) if data["about"] else None
    return Heard(Signal(data["signal"]), data["count"], data["beside"], told, data["team"])


def _prompt(workspace: Workspace, prompt_id: str) -> Prompt:
    """One that was taken out of the setup meanwhile has lost its words."""
    found = next((one for one in all_of(workspace) if one.id == prompt_id), None)
    return found or views.gone(prompt_id)


def _before(workspace: Workspace, row: Shown, history: Sequence[Shown]) -> Before | None:
    """What was chosen the last time, if that was not long ago. It is asked about once."""
    last = max((one.period for one in history if one.period < row.period), default=None)
    taken = [one for one in history if one.period == last and one.became == Became.TAKEN]
    if last is None or not taken:
        return None
    weeks = (date.fromisoformat(row.period) - date.fromisoformat(last)).days // 7
    outcome = Outcome(taken[-1].outcome) if taken[-1].outcome else None
    before = Before(taken[-1].id, _prompt(workspace, taken[-1].prompt).act, weeks == 1, outcome)
    return before if weeks <= BEFORE else None
