"""The pulse: rounds open, take answers and close. Who answers, and what was answered, never stand in one row.

All that an answer changes, it changes in every row of its round alike, under a lock on the round: afterwards no row
shows that it was written with another one, and none which came first. A closed round has a verdict and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, case, delete, insert, or_, select, update

from bot.domain import pulse
from bot.domain.hours import NoWorkingTime
from bot.domain.pulse import ANSWERS, Span, Told, Verdict, by_id
from bot.domain.setup import Team
from bot.store import languages, occurrences, outbox, people, posts
from bot.store.occurrences import Due
from bot.store.pulse_tables import pulse_counts, pulse_people, pulse_rounds
from bot.store.upserts import new
from bot.store.workspaces import Workspace
from bot.views import pulse as views
from bot.views.message import Message
from bot.views.pulse import Press, TeamPulse

JOB = "pulse"
PREFIX = f"{JOB}:"  # begins the key of a question to one person
TOLD = "pulse-told:"  # and that of what came of it

Round = Row[Any]


class Taken(Enum):
    """What became of a press."""

    COUNTED = auto()
    ALREADY = auto()
    OVER = auto()
    NOT_ASKED = auto()


def due(workspace: Workspace, now: datetime) -> Iterator[Due]:
    """The latest round of each team that has one, once its working time has come."""
    for team in workspace.setup.teams:
        latest = pulse.span(team.week.zone, now)
        at = _working(workspace, team, latest.opens) if team.pulse else None
        if at and at <= now:
            yield Due(JOB, team.key, latest.period, at)


def next_due(tx: Connection, workspace: Workspace, now: datetime) -> Iterator[datetime]:
    """When the next rounds open and close."""
    for team in workspace.setup.teams:
        for opens in (pulse.span(team.week.zone, now).opens, pulse.following(team.week.zone, now)):
            at = _working(workspace, team, opens) if team.pulse else None
            if at and at > now:
                yield at
    here = (pulse_rounds.c.team_id == workspace.team_id) & pulse_rounds.c.verdict.is_(None)
    yield from tx.execute(select(pulse_rounds.c.closes_at).where(here)).scalars()


def begin(tx: Connection, workspace: Workspace, one: Due, now: datetime) -> bool:
    """Open this round, if nobody else has; whether anybody is asked. Too few to be told of are not asked at all."""
    team = workspace.setup.team(one.whose)
    if team is None or team.pulse is None or not occurrences.begin(tx, workspace.team_id, one):
        return False
    latest = pulse.span(team.week.zone, one.at)
    if now >= latest.closes:
        return False
    asked = _ask(tx, workspace, team, latest.period)
    if len(asked) < team.pulse:
        here = _in(pulse_people, workspace.team_id, team.key, latest.period)
        tx.execute(delete(pulse_people).where(here))
        return False
    _open(tx, workspace.team_id, team, team.pulse, latest, asked, now)
    return True


def answer(tx: Connection, workspace: Workspace, press: Press, user: str, now: datetime) -> Taken:
    """Count it, once a person; nothing is kept but that they are done, and one more of this step."""
    round_ = _held(tx, workspace.team_id, press.team, press.period)
    if round_ is None or round_.verdict is not None or now >= round_.closes_at:
        return Taken.OVER
    mine = _in(pulse_people, workspace.team_id, press.team, press.period)
    done = tx.execute(select(pulse_people.c.done).where(mine, pulse_people.c.user_id == user)).scalar()
    if done is None:
        return Taken.NOT_ASKED
    if done:
        return Taken.ALREADY
    these = _in(pulse_counts, workspace.team_id, press.team, press.period)
    more = pulse_counts.c.count + case((pulse_counts.c.step == press.step, 1), else_=0)
    tx.execute(update(pulse_counts).where(these).values(count=more))
    tx.execute(update(pulse_people).where(mine).values(done=or_(pulse_people.c.done, pulse_people.c.user_id == user)))
    return Taken.COUNTED


def over(tx: Connection, _every: Mapping[str, Workspace], now: datetime) -> set[str]:
    """The workspaces in which a round is to be closed."""
    return set(tx.execute(select(pulse_rounds.c.team_id).where(_over_by(now))).scalars())


def close_due(tx: Connection, workspace: Workspace, now: datetime) -> int:
    """Close what is over; how many rounds. Whoever does this at the same time closes others."""
    here = (pulse_rounds.c.team_id == workspace.team_id) & _over_by(now)
    found = tx.execute(select(pulse_rounds).where(here).with_for_update(skip_locked=True)).all()
    for round_ in found:
        _close(tx, workspace, round_, now)
    return len(found)


def trend(tx: Connection, team_id: str, team: str) -> tuple[Told, ...]:
    """All that was ever told of a team, oldest first."""
    here = (pulse_rounds.c.team_id == team_id) & (pulse_rounds.c.team == team) & pulse_rounds.c.verdict.is_not(None)
    rows = tx.execute(select(pulse_rounds).where(here).order_by(pulse_rounds.c.period)).all()
    known = ((row, by_id(row.question)) for row in rows)
    return tuple(Told(row.period, question, Verdict(row.verdict)) for row, question in known if question)


def page(tx: Connection, workspace: Workspace, teams: Iterable[Team], now: datetime) -> list[TeamPulse]:
    """What everybody of these teams may read, whoever they are."""
    return [
        TeamPulse(
            name=team.name,
            told=trend(tx, workspace.team_id, team.key),
            floor=team.pulse,
            upcoming=_working(workspace, team, pulse.following(team.week.zone, now)) if team.pulse else None,
        )
        for team in teams
    ]


def still_holds(tx: Connection, row: outbox.Row, now: datetime) -> str | None:
    """Why a question is not to be asked any more; None if it is."""
    _, team, period, _ = row.key.split(":")
    here = _in(pulse_rounds, row.team_id, team, period) & pulse_rounds.c.verdict.is_(None)
    found = tx.execute(select(pulse_rounds.c.closes_at).where(here)).scalar()
    return None if found and now < found else "the round is over"


def posted(tx: Connection, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """Slack has a question. It is remembered where it stands, until the round is over."""
    _, team, period, _ = row.key.split(":")
    round_ = _held(tx, row.team_id, team, period)
    post = posts.stand(tx, row, _about(team, period), channel, ts)
    if round_ is None or round_.verdict is not None:
        posts.say_anew(tx, post, _over(tx, post), now)
        posts.forget(tx, row.team_id, _about(team, period))


def _working(workspace: Workspace, team: Team, at: datetime) -> datetime | None:
    """The first moment from then on at which the team works; None where that does not come."""
    try:
        return workspace.schedule(team.key).next_open(at)
    except NoWorkingTime:
        return None


def _ask(tx: Connection, workspace: Workspace, team: Team, period: str) -> list[str]:
    """Whom this round asks: who leads the team is not asked about it, and nobody is asked by two teams at once."""
    leading = workspace.people(team.managers)
    agents = [user for user in workspace.people(team.agents) if user not in leading]
    ours = [user for user, one in people.get_many(tx, workspace.team_id, agents).items() if workspace.has(one)]
    if not ours:
        return []
    once = new(tx, pulse_people).on_conflict_do_nothing().returning(pulse_people.c.user_id)
    place = {"team_id": workspace.team_id, "period": period, "team": team.key}
    rows = [place | {"user_id": user} for user in sorted(ours)]  # in order, so that two teams cannot lock each other
    return sorted(tx.execute(once, rows).scalars())


def _open(
    tx: Connection, team_id: str, team: Team, floor: int, latest: Span, asked: Iterable[str], now: datetime
) -> None:
    question = pulse.asked_in(latest.period)
    place = {"team_id": team_id, "team": team.key, "period": latest.period}
    fresh = {"question": question.id, "floor": floor, "closes_at": latest.closes}
    tx.execute(insert(pulse_rounds).values(place | fresh))
    tx.execute(insert(pulse_counts), [place | {"step": step} for step in ANSWERS])
    about, sayings = _about(team.key, latest.period), []
    for user in asked:
        with languages.to_person(tx, team_id, user):
            payload = views.question(team.key, latest.period, question, floor, latest.closes).payload()
        sayings.append(outbox.Saying(f"{about}:{user}", outbox.POST, user, payload, rank=outbox.PAGE))
    outbox.put_many(tx, team_id, sayings, now)


def _close(tx: Connection, workspace: Workspace, round_: Round, now: datetime) -> None:
    """What was answered is gone from now on; of enough answers a verdict stays, and everybody hears it."""
    team = workspace.setup.team(round_.team)
    floor = team.pulse if team else None
    verdict = pulse.verdict(_counted(tx, round_), max(floor, round_.floor)) if floor else None
    _retire_questions(tx, round_, now)
    for table in (pulse_counts, pulse_people):
        tx.execute(delete(table).where(_in(table, round_.team_id, round_.team, round_.period)))
    here = _in(pulse_rounds, round_.team_id, round_.team, round_.period)
    if team is None or verdict is None:
        tx.execute(delete(pulse_rounds).where(here))
        return
    tx.execute(update(pulse_rounds).where(here).values(verdict=verdict))
    _tell(tx, workspace, team, round_.period, now)


def _tell(tx: Connection, workspace: Workspace, team: Team, period: str, now: datetime) -> None:
    """In the team's own channel, else to each of the team: the same, at the same time."""
    told, sayings = trend(tx, workspace.team_id, team.key), []
    for one in [team.home] if team.home else sorted(workspace.people(team.people)):
        with languages.to(tx, workspace, one):
            payload = views.told(team.name, told).payload()
        sayings.append(outbox.Saying(f"{TOLD}{team.key}:{period}:{one}", outbox.POST, one, payload, rank=outbox.PAGE))
    outbox.put_many(tx, workspace.team_id, sayings, now)


def _retire_questions(tx: Connection, round_: Round, now: datetime) -> None:
    """They all say the same from now on, whether they were answered or not."""
    about = _about(round_.team, round_.period)
    here = _in(pulse_people, round_.team_id, round_.team, round_.period)
    for user in tx.execute(select(pulse_people.c.user_id).where(here)).scalars().all():
        outbox.withdraw(tx, round_.team_id, f"{about}:{user}", "the round is over")
    for post in posts.standing(tx, round_.team_id, about):
        posts.say_anew(tx, post, _over(tx, post), now)
    posts.forget(tx, round_.team_id, about)


def _over_by(now: datetime) -> ColumnElement[bool]:
    return pulse_rounds.c.verdict.is_(None) & (pulse_rounds.c.closes_at <= now)


def _over(tx: Connection, post: posts.Post) -> Message:
    *_, user = post.key.split(":")
    with languages.to_person(tx, post.team_id, user):
        return views.over()


def _counted(tx: Connection, round_: Round) -> dict[int, int]:
    here = _in(pulse_counts, round_.team_id, round_.team, round_.period)
    found = select(*pulse_counts.c["step", "count"]).where(here)
    return {row[0]: row[1] for row in tx.execute(found)}


def _held(tx: Connection, team_id: str, team: str, period: str) -> Round | None:
    """A round that nobody else answers or closes until this transaction ends."""
    return tx.execute(select(pulse_rounds).where(_in(pulse_rounds, team_id, team, period)).with_for_update()).first()


def _in(table: Table, team_id: str, team: str, period: str) -> ColumnElement[bool]:
    return (table.c.team_id == team_id) & (table.c.team == team) & (table.c.period == period)


def _about(team: str, period: str) -> str:
    return f"{PREFIX}{team}:{period}"
