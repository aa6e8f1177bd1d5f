"""What is this channel? Asked once of whoever brought CareCue there, and answered into the setup."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, select, update

from bot.domain.channel_questions import Answer, Look, team_of
from bot.domain.setup import Channel, Setup
from bot.domain.setup_edits import put_channel
from bot.store import channels as known
from bot.store import languages, outbox, people
from bot.store import setup as setups
from bot.store.first_run_tables import channel_questions, first_runs
from bot.store.standing import is_here
from bot.store.tables import channels
from bot.store.upserts import new
from bot.store.workspaces import Workspace, Workspaces
from bot.views import channel_questions as views
from bot.views.channel_questions import Question
from bot.views.message import Message, one_line
from bot.views.words import channel_questions as words

PREFIX = "channel_question:"
WORTH_ASKING = timedelta(days=2)  # who brought CareCue longer ago has got used to it

Refusal = str


def came(tx: Connection, team_id: str, channel: str, user: str | None, now: datetime) -> None:
    """CareCue was brought into a channel. The first time counts."""
    row = {"team_id": team_id, "channel": channel, "user_id": user, "came_at": now}
    tx.execute(new(tx, channel_questions).values(row).on_conflict_do_nothing())


def unasked(tx: Connection, now: datetime) -> list[tuple[str, str]]:
    """(team_id, channel) of those that Slack has described by now."""
    same = (channels.c.team_id == channel_questions.c.team_id) & (channels.c.channel == channel_questions.c.channel)
    here = channels.c.is_member & ~channels.c.is_archived & ~channels.c.is_stale
    rows = select(*channel_questions.c["team_id", "channel"]).join_from(channel_questions, channels, same)
    due = channel_questions.c.asked_at.is_(None) & (channel_questions.c.came_at > now - WORTH_ASKING)
    return [
        (row.team_id, row.channel)
        for row in tx.execute(rows.where(due, here, is_here(channels)).order_by(*channel_questions.c[:2]))
    ]


def whom(tx: Connection, workspace: Workspace, channel: str) -> list[str]:
    """Who may be asked, if it is worth asking: whoever brought CareCue, then who set it up in this workspace."""
    if is_said(workspace, channel):
        return []
    asked = select(channel_questions.c.user_id).where(_of(workspace.team_id, channel))
    installer = select(first_runs.c.user_id).where(first_runs.c.team_id == workspace.team_id)
    return [user for user in (tx.execute(asked).scalar(), tx.execute(installer).scalar()) if user]


def is_said(workspace: Workspace, channel: str) -> bool:
    """Whether the setup says what it is, by itself or by a rule."""
    return workspace.setup.channel(channel) is not None


def done(tx: Connection, team_id: str, channel: str, now: datetime) -> bool:
    """Nobody need ask any more; False where that was so already."""
    first = update(channel_questions).where(_of(team_id, channel), channel_questions.c.asked_at.is_(None))
    return tx.execute(first.values(asked_at=now).returning(channel_questions.c.channel)).first() is not None


def ask(tx: Connection, workspace: Workspace, channel: str, look: Look, now: datetime) -> bool:
    """Put the question to the first who is one of ours; False where it was put already, or there is nobody."""
    may = whom(tx, workspace, channel)
    met = people.get_many(tx, workspace.team_id, may)
    user = next((one for one in may if one in met and workspace.has(met[one])), None)
    if not done(tx, workspace.team_id, channel, now) or user is None:
        return False
    tx.execute(update(channel_questions).where(_of(workspace.team_id, channel)).values(user_id=user))
    teams = [team.key for team in workspace.teams_of(user)]
    likely, found = team_of(workspace.setup, teams), known.get(tx, workspace.team_id, channel)
    question = Question(channel, look, workspace.setup.teams, likely, bool(found and found.invited_by == user))
    with languages.to_person(tx, workspace.team_id, user):
        payload = views.draw(question).payload()
    return outbox.put(tx, workspace.team_id, outbox.Saying(f"{PREFIX}{channel}", outbox.POST, user, payload), now)


def still_holds(tx: Connection, workspaces: Workspaces, row: outbox.Row, now: datetime) -> str | None:
    """Why it is not to be asked any more; None if it is."""
    channel, workspace = row.key.removeprefix(PREFIX), workspaces.get(tx, row.team_id, now)
    found = known.get(tx, row.team_id, channel)
    if workspace is None or found is None or not found.is_member or found.is_archived:
        return "CareCue is not in the channel any more"
    return "somebody has said what it is" if is_said(workspace, channel) else None


def answer(
    tx: Connection, workspace: Workspace, channel: str, by: str, given: Answer, now: datetime
) -> Message | Refusal:
    """Write it into the setup, where nobody has said it before; what stands in the question's place, or why not.

    Who presses twice has said it once.
    """
    row = tx.execute(select(channel_questions).where(_of(workspace.team_id, channel)).with_for_update()).first()
    if row is None or row.user_id != by:
        return words.NOT_YOURS()
    wanted = _with(workspace.setup, channel, given)
    if wrong := next(setups.wrong(workspace.setup, wanted), None):
        return words.cannot_be(wrong.sentence)

    def edit(setup: Setup) -> Setup:
        return setup if setup.channel(channel) else _with(setup, channel, given)

    if not setups.edit(tx, workspace.team_id, edit, now, by) and wanted != workspace.setup:
        return one_line(words.said_already(channel))
    tx.execute(update(channel_questions).where(_of(workspace.team_id, channel)).values(answered_at=now))
    team = wanted.team_for(channel) if given.kind == "customer" else None
    return views.answered(channel, given, team)


def _with(setup: Setup, channel: str, given: Answer) -> Setup:
    team = given.team if setup.team(given.team) and given.kind == "customer" else None
    relays = given.relays if given.kind == "customer" else ()
    return put_channel(setup, Channel(channel, given.kind, team, relays=relays))


def _of(team_id: str, channel: str) -> ColumnElement[bool]:
    return (channel_questions.c.team_id == team_id) & (channel_questions.c.channel == channel)
