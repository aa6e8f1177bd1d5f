"""You said, we did: what of a team's asks came to an end in a week, for the team's page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from statistics import median

from sqlalchemy import Connection

from bot.domain.asks import Asked, Kind, Outcome
from bot.domain.weeks import Week
from bot.store import ask_rows, leader_choices, people, prompt_commitments, snags
from bot.store.leading_tables import asks
from bot.store.workspaces import Workspace
from bot.views.said_and_done import FAIR, MOST_OPEN, Done, LeaderTime


def of_week(tx: Connection, workspace: Workspace, team: str, week: Week) -> Done:
    """What the team's page tells of this week, and the snags that are open by now."""
    here = (asks.c.team == team) & (asks.c.answered_at >= week.start) & (asks.c.answered_at < week.end)
    answered = ask_rows.find(tx, workspace.team_id, here)
    closed = [one for one in answered if one.ask.kind is Kind.SNAG]
    return Done(
        snags=tuple(snags.told(tx, workspace, closed)),
        helped=sum(one.ask.kind is Kind.HELP for one in answered),
        boundaries=_boundaries(tx, workspace, team, week),
        times=() if workspace.setup.works_council else tuple(_times(tx, workspace, answered, week)),
        commitments=prompt_commitments.commitments(tx, workspace, team, week),
        open=tuple(snags.open_of(tx, workspace, [team], MOST_OPEN)),
    )


def _boundaries(tx: Connection, workspace: Workspace, team: str, week: Week) -> int:
    """How many were called and stood. A count, and never who."""
    here = (asks.c.team == team) & (asks.c.kind == Kind.BOUNDARY)
    then = (asks.c.opened_at >= week.start) & (asks.c.opened_at < week.end)
    found = ask_rows.find(tx, workspace.team_id, here & then)
    return sum(one.outcome is not Outcome.WITHDRAWN for one in found)


def _times(tx: Connection, workspace: Workspace, answered: Iterable[Asked], week: Week) -> list[LeaderTime]:
    """How soon those leaders answered who want it told, where there was enough to be fair.

    The one exception to *no person's times*: of those who lead, by their own choice.
    """
    took: Mapping[str, list[float]] = defaultdict(list)
    for one in answered:
        if one.ended_user and one.working is not None and one.ended_at and one.ended_at in week:
            took[one.ended_user].append(one.working.total_seconds())
    fair = {user: spans for user, spans in took.items() if len(spans) >= FAIR}
    wanted = sorted(leader_choices.shows_time(tx, workspace.team_id, fair))
    names = people.get_many(tx, workspace.team_id, wanted)
    usual = {user: timedelta(seconds=median(fair[user])) for user in wanted if user in names}
    return [LeaderTime(names[user].name, span, len(fair[user])) for user, span in usual.items()]
