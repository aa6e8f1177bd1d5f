"""The thanks that a team's page tells as stories: which may be told, which were, and how the page follows them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.domain.digest import Tale, chosen
from bot.domain.kudos import nameless
from bot.domain.setup import Team
from bot.domain.weeks import Week
from bot.store import channels, languages, occurrences, people
from bot.store.digest_tables import digest_stories
from bot.store.digest_tables import occurrences as occurrences_table
from bot.store.kudos_stories import Kudos, Links, get_many
from bot.store.kudos_tables import kudos
from bot.store.workspaces import Workspace
from bot.views import digest as views
from bot.views.kudos import Story
from bot.views.language import speaking

REMEMBERED = 40  # stories of the pages before, a dozen weeks of them: by these people take turns


def pick(tx: Connection, workspace: Workspace, team: Team, week: Week) -> list[Story]:
    """Two or three of those that the team has heard of in this week."""
    tellable = {one.id: one for one in _given_in(tx, workspace, week) if _told_to(tx, workspace, team, one)}
    tales = chosen(map(_tale, sorted(tellable.values(), key=lambda one: one.id)), _before(tx, workspace, team, week))
    links = Links(tx, workspace, [tellable[tale.id].source for tale in tales], ())
    return [_story(tellable[tale.id], links) for tale in tales]


def remember(tx: Connection, team_id: str, team: str, period: str, stories: Sequence[Story]) -> None:
    """The page of that week tells these."""
    if stories:
        rows = [{"team_id": team_id, "team": team, "period": period, "kudos_id": story.id} for story in stories]
        tx.execute(insert(digest_stories), rows)


def names(tx: Connection, team_id: str, stories: Iterable[Story]) -> dict[str, str]:
    """How the people of these stories are called."""
    users = {user for story in stories for user in (story.giver, *story.receivers)}
    return {user: person.name for user, person in people.get_many(tx, team_id, users).items()}


def retell(tx: Connection, workspace: Workspace, one: Kudos, now: datetime) -> None:
    """These kudos have changed: so do the pages that tell of them."""
    pages = select(occurrences_table).join_from(
        occurrences_table,
        digest_stories,
        (digest_stories.c.team_id == occurrences_table.c.team_id)
        & (digest_stories.c.team == occurrences_table.c.whose)
        & (digest_stories.c.period == occurrences_table.c.period),
    )
    here = (digest_stories.c.team_id == workspace.team_id) & (digest_stories.c.kudos_id == one.id)
    told = here & (occurrences_table.c.job == "digest") & occurrences_table.c.payload.is_not(None)
    for page in tx.execute(pages.where(told).with_for_update(of=occurrences_table)).all():
        story = _story(one, Links(tx, workspace, [one.source], ())) if one.named else None
        called = names(tx, workspace.team_id, [story] if story else [])
        with speaking(languages.of_team(workspace, workspace.setup.team(page.whose))):
            payload = views.retold(page.payload, one.id, story, called)
        if payload != page.payload:
            occurrences.redraw(tx, page, payload, now)


def _given_in(tx: Connection, workspace: Workspace, week: Week) -> list[Kudos]:
    here = (kudos.c.team_id == workspace.team_id) & kudos.c.announce_in.is_not(None) & kudos.c.taken_back_at.is_(None)
    given = select(kudos.c.id).where(here, kudos.c.created_at >= week.start, kudos.c.created_at < week.end)
    return list(get_many(tx, workspace.team_id, list(tx.execute(given).scalars())).values())


def _told_to(tx: Connection, workspace: Workspace, team: Team, one: Kudos) -> bool:
    """Whether one of the team may be named, and the team has heard of it: at home, or where everybody can read."""
    if not set(one.named).intersection(workspace.people(team.people)):
        return False
    if one.announce_in == team.home:
        return True
    known = channels.get(tx, workspace.team_id, one.announce_in) if one.announce_in else None
    return one.announce_in == workspace.setup.kudos.channel and known is not None and not known.is_private


def _before(tx: Connection, workspace: Workspace, team: Team, week: Week) -> list[Tale]:
    here = (digest_stories.c.team_id == workspace.team_id) & (digest_stories.c.team == team.key)
    told = select(digest_stories.c.kudos_id).where(here, digest_stories.c.period < week.period)
    ids = tx.execute(told.order_by(digest_stories.c.period.desc()).limit(REMEMBERED)).scalars().all()
    return [_tale(one) for one in get_many(tx, workspace.team_id, ids).values()]


def _tale(one: Kudos) -> Tale:
    return Tale(one.id, one.giver, one.named, one.behaviours)


def _story(one: Kudos, links: Links) -> Story:
    """With those who may be named; where somebody is left out, nobody is named in the reason either."""
    story = one.story(links.to(one.source))
    whole = len(one.named) == len(one.receivers)
    return replace(story, receivers=one.named, reason=one.reason if whole else nameless(one.reason))
