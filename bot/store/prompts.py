"""Weekly prompts as they come: chosen once a week for each who leads, and for the channels of those who do."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert

from bot.domain.people import Person
from bot.domain.prompt_book import Prompt, Signal, book
from bot.domain.prompts import MOST, Chosen, Told, Turn, active, choose
from bot.domain.setup import Team
from bot.domain.signals import Heard, heard
from bot.domain.weekly import Weekly
from bot.store import digest_choices, digest_people, occurrences, outbox, people, prompt_choices
from bot.store.occurrences import Clock, Due
from bot.store.prompt_choices import Choice
from bot.store.prompt_facts import facts
from bot.store.prompt_posts import CHANNEL_JOB, JOB
from bot.store.prompt_rows import Shown, all_of, history, message_of
from bot.store.prompt_tables import prompts
from bot.store.workspaces import Workspace

UTC = "UTC"


def due(tx: Connection, workspace: Workspace, now: datetime) -> Iterator[Due]:
    """The latest prompt of everyone who leads a team and wants one, and of each channel of those who lead."""
    leading = workspace.leading
    choices = prompt_choices.get_many(tx, workspace.team_id, leading)
    for person in people.get_many(tx, workspace.team_id, leading).values():
        if choices[person.user].wanted and workspace.has(person):
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
    for user in sorted(workspace.leading):
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
    outbox.put(
        tx, workspace.team_id, outbox.Saying(one.key, outbox.POST, one.whose, message.payload(), rank=outbox.PAGE), now
    )
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


def _told(row: Shown) -> Told:
    signal = row.reason.get("signal")
    return Told(row.prompt, Signal(signal) if signal else None, date.fromisoformat(row.period))
