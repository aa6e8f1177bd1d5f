"""Weekly prompts as they come: chosen once a week for each who leads, and for the channels of those who do."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select

from bot.domain.conversations import Side
from bot.domain.people import Person, side
from bot.domain.prompt_book import Prompt, Signal, book
from bot.domain.prompts import MOST, Became, Chosen, Outcome, Told, Turn, active, choose
from bot.domain.pulse import About
from bot.domain.setup import Team
from bot.domain.signals import Heard, heard
from bot.domain.weekly import WEEK, Weekly
from bot.store import digest_choices, digest_people, kudos_posts, occurrences, outbox, people, prompt_choices
from bot.store.occurrences import Clock, Due
from bot.store.prompt_choices import Choice
from bot.store.prompt_facts import facts
from bot.store.prompt_tables import prompts
from bot.store.workspaces import Workspace
from bot.views import prompts as views
from bot.views.message import Message
from bot.views.prompts import Before, Page

JOB, CHANNEL_JOB = "prompt", "prompt_channel"
PREFIX = f"{JOB}:"
PREFIXES = (PREFIX, f"{CHANNEL_JOB}:")
REMINDER = "prompt_reminder:"
UTC = "UTC"
BEFORE = 4  # weeks after which nobody asks any more what became of a prompt, nor draws it anew

Shown = Row[Any]


def due(tx: Connection, workspace: Workspace, now: datetime) -> Iterator[Due]:
    """The latest prompt of everyone who leads a team and wants one, and of each channel of those who lead."""
    leading = {user for team in workspace.setup.teams for user in workspace.people(team.managers)}
    choices = prompt_choices.get_many(tx, workspace.team_id, leading)
    for person in people.get_many(tx, workspace.team_id, leading).values():
        if choices[person.user].wanted and _is_ours(workspace, person):
            yield clock(tx, workspace, person, choices[person.user]).due(JOB, person.user, now)
    for channel, team in _channels(workspace).items():
        hour = team.digest or Weekly()
        yield Clock(hour, team.week.zone, team.week.zone).due(CHANNEL_JOB, channel, now)


def clock(tx: Connection, workspace: Workspace, person: Person, choice: Choice) -> Clock:
    """When somebody's prompt comes: at the hour of their other weekly pages, unless they chose another."""
    hour = choice.hour or digest_choices.get(tx, workspace.team_id, person.user).hour
    team = workspace.led_by(person.user)[0]
    return digest_people.clock(person, digest_choices.Choice(hour=hour), team)


def next_due(tx: Connection, workspace: Workspace, now: datetime) -> Iterator[datetime]:
    """When the next ones come."""
    leading = {user for team in workspace.setup.teams for user in workspace.people(team.managers)}
    for user in sorted(leading):
        if at := upcoming(tx, workspace, user, now):
            yield at


def upcoming(tx: Connection, workspace: Workspace, user: str, now: datetime) -> datetime | None:
    """When the next one comes; None for whoever leads no team, or wants none."""
    person = people.get(tx, workspace.team_id, user)
    choice = prompt_choices.get_many(tx, workspace.team_id, [user])[user]
    if person is None or not choice.wanted or not workspace.led_by(user):
        return None
    when = clock(tx, workspace, person, choice)
    return occurrences.upcoming(tx, workspace.team_id, when, JOB, user, now)


def zone_of(tx: Connection, workspace: Workspace, user: str) -> str:
    """The zone by whose clock somebody who leads a team chooses an hour."""
    person, led = people.get(tx, workspace.team_id, user), workspace.led_by(user)
    if person is None or not led:
        return led[0].week.zone if led else UTC
    return digest_people.clock(person, digest_choices.Choice(hour=Weekly()), led[0]).zone


def choose_hour(tx: Connection, workspace: Workspace, user: str, choice: Choice, now: datetime) -> None:
    """From now on: what would have come by now comes no more."""
    prompt_choices.choose(tx, workspace.team_id, user, choice)
    for one in due(tx, workspace, now):
        if one.whose == user:
            occurrences.take(tx, workspace.team_id, one)


def post(tx: Connection, workspace: Workspace, one: Due, now: datetime) -> bool:
    """Have this prompt said, if nobody else has; whether there was one to say."""
    teams = _teams_for(workspace, one)
    if not teams or not occurrences.begin(tx, workspace.team_id, one):
        return False
    row = show(tx, workspace, one.whose, one.period, teams, now, at=one.at)
    if row is None:
        return False
    message = message_of(tx, workspace, row)
    outbox.put(tx, workspace.team_id, outbox.Saying(one.key, outbox.POST, one.whose, message.payload()), now)
    return True


def show(
    tx: Connection,
    workspace: Workspace,
    whose: str,
    period: str,
    teams: Sequence[Team],
    now: datetime,
    *,
    at: datetime,
) -> Shown | None:
    """Choose the next one of this week for somebody, and write it down; None where there is none left."""
    before = history(tx, workspace.team_id, whose)
    number = sum(row.period == period for row in before)
    signals = heard(*(facts(tx, workspace, team, at, now) for team in teams)) if whose[0] in "UW" else ()
    found = choose(
        prompts_for(workspace, teams),
        signals,
        [_told(row) for row in before],
        date.fromisoformat(period),
        whose,
        {one.id: one.dimension for one in all_of(workspace)},
    )
    if found is None or number >= MOST:
        return None
    return _write(tx, workspace.team_id, whose, period, number, found, teams, now)


def prompts_for(workspace: Workspace, teams: Sequence[Team]) -> tuple[Prompt, ...]:
    """Those that may come to who leads these teams."""
    setup = workspace.setup.prompts
    return active(book(), setup.own, setup.retired, {team.key: team.retired_prompts for team in teams})


def all_of(workspace: Workspace) -> tuple[Prompt, ...]:
    """Every prompt there is, retired ones too."""
    return (*book(), *workspace.setup.prompts.own)


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


def current(tx: Connection, workspace: Workspace, user: str, now: datetime) -> Page | None:
    """This week's prompt of whoever leads a team; None before the first, and once it is over a week old."""
    before = history(tx, workspace.team_id, user) if workspace.led_by(user) else []
    return page_of(tx, workspace, before[-1]) if before and now - before[-1].told_at <= WEEK else None


def message_of(tx: Connection, workspace: Workspace, row: Shown) -> Message:
    """The week's message as it reads by now."""
    of = page_of(tx, workspace, row)
    return views.page(of) if row.whose[0] in "UW" else views.for_leaders(of)


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


def posted(tx: Connection, workspace: Workspace, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """Slack has one; what has changed on its way is put right."""
    if row.target[0] in "UW":
        tx.execute(select(prompts.c.id).where(_of(row.team_id, row.target)).with_for_update()).all()
        kudos_posts.stand(tx, row, about(row.target), channel, ts)
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
    latest = {f"{PREFIX}{user}:{row.period}": message_of(tx, workspace, row) for row in rows}
    for row in rows:
        for number in range(1, row.reminders + 1):
            latest[reminder_key(row.id, number)] = views.reminder(page_of(tx, workspace, row))
    standing = {post.key: post for post in kudos_posts.standing(tx, workspace.team_id, about(user))}
    for key, message in latest.items():
        if key in standing and (keys is None or key in keys):
            kudos_posts.say_anew(tx, standing[key], message, now)
        elif key not in standing:
            kudos_posts.restate(tx, workspace.team_id, key, message)


def about(user: str) -> str:
    """What ties somebody's messages together."""
    return f"{PREFIX}{user}"


def reminder_key(prompt_id: int, number: int) -> str:
    """What makes a reminder once; another hour makes another one."""
    return f"{REMINDER}{prompt_id}:{number}"


def _is_ours(workspace: Workspace, person: Person) -> bool:
    return not person.is_gone and side(person, workspace.team_id, workspace.enterprise_id) is Side.OURS


def _channels(workspace: Workspace) -> dict[str, Team]:
    """Each channel of those who lead, with the first team that names it."""
    named = reversed(workspace.setup.teams)
    return {team.managers_channel: team for team in named if team.managers_channel}


def _teams_for(workspace: Workspace, one: Due) -> tuple[Team, ...]:
    if one.job == JOB:
        return workspace.led_by(one.whose)
    return tuple(team for team in workspace.setup.teams if team.managers_channel == one.whose)


def _write(
    tx: Connection,
    team_id: str,
    whose: str,
    period: str,
    number: int,
    found: Chosen,
    teams: Sequence[Team],
    now: datetime,
) -> Shown:
    team = found.reason.team if isinstance(found.reason, Heard) else None
    values = {
        "team_id": team_id,
        "whose": whose,
        "period": period,
        "number": number,
        "prompt": found.prompt.id,
        "team": team or (teams[0].key if len(teams) == 1 else None),
        "reason": _reason_data(found.reason),
        "told_at": now,
    }
    return tx.execute(insert(prompts).values(values).returning(*prompts.c)).one()


def _reason_data(reason: Heard | Turn) -> dict[str, Any]:
    if isinstance(reason, Turn):
        return {"weeks": reason.weeks, "quiet": reason.quiet}
    figures = {"signal": reason.signal, "count": reason.count, "beside": reason.beside}
    return figures | {"about": reason.about, "team": reason.team}


def _reason(data: dict[str, Any]) -> Heard | Turn:
    if "signal" not in data:
        return Turn(data["weeks"], data["quiet"])
    told = About(data["about"]) if data["about"] else None
    return Heard(Signal(data["signal"]), data["count"], data["beside"], told, data["team"])


def _told(row: Shown) -> Told:
    signal = row.reason.get("signal")
    return Told(row.prompt, Signal(signal) if signal else None, date.fromisoformat(row.period))


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


def _of(team_id: str, whose: str) -> ColumnElement[bool]:
    return (prompts.c.team_id == team_id) & (prompts.c.whose == whose)
