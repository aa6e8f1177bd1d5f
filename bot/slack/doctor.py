"""What stands between CareCue and its work, each line ok or what to do about it."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.gaps import PATIENCE
from bot.domain.retention import Retention
from bot.domain.setup import Setup
from bot.slack.client import Identity, Slack
from bot.slack.errors import RateLimited, SlackError, Unclear
from bot.slack.manifest import NAME, Doors
from bot.slack.scopes import needed
from bot.store import calendars, gaps, listening, old_conversations, retention, uninstalls
from bot.store.db import Db, away
from bot.store.workspaces import Workspaces

SKEW = timedelta(seconds=60)  # Slack's signatures are good for five minutes
SHOWN = 10
OVERDUE = timedelta(days=3)  # nights in which what is old may not have gone yet
FIRST_DAY = (
    "In none yet, as is right on the first day. Start CareCue with `carecue run`: it then asks the workspace's owner"
    " in Slack (or whom CARECUE_INSTALLER names) who looks after whom, and says where to invite it."
)

AtHead = Callable[[Connection], bool]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's."""

    name: str
    ok: bool
    sentence: str


async def checks(
    db: Db, slack: Slack | None, app_token: str | None, doors: Doors, at_head: AtHead, now: Callable[[], datetime]
) -> list[Check]:
    """In the order in which to mend them. `slack` is None without a bot token, `app_token` without Socket Mode.

    `at_head` says whether a database has the newest tables.
    """
    store = await of_store(db, at_head)
    if slack is None:
        return [*store, Check("bot token", False, "Set SLACK_BOT_TOKEN to the app's Bot User OAuth Token (xoxb-…).")]
    try:
        identity = await slack.identity()
    except SlackError as error:
        return [*store, Check("bot token", False, _token_trouble(error, "SLACK_BOT_TOKEN")), *await of_ended(db, store)]
    here = identity.installation
    found = [
        *store,
        Check("bot token", True, f"{NAME} is installed in {here.name} ({here.team_id})."),
        of_scopes(identity, doors),
        *([await of_app_token(slack, app_token)] if app_token else []),
        of_clock(identity, now()),
    ]
    if not all(check.ok for check in store):
        return found  # what stands in the tables cannot be read
    return [*found, *await of_place(db, slack, here.team_id, now())]


async def of_place(db: Db, slack: Slack, team_id: str, now: datetime) -> list[Check]:
    """Of one workspace."""
    there = [await _channels(db, slack, team_id, now), *await _listening(db, team_id, now)]
    return [*there, *await _holidays(db, team_id, now), *await _kept(db, team_id, now)]


async def of_store(db: Db, at_head: AtHead) -> list[Check]:
    """Whether the database answers, and knows the tables of this release."""
    try:
        await db.run(lambda tx: tx.execute(text("SELECT 1")))
    except SQLAlchemyError as error:
        return [Check("database", False, away(error))]
    newest = await db.run(at_head)
    sentence = "The tables are the newest." if newest else "The tables are not this release's: run `carecue migrate`."
    return [Check("database", True, "The database answers."), Check("migrations", newest, sentence)]


def _token_trouble(error: SlackError, setting: str) -> str:
    return refusal(error, f"copy it anew from the app's settings into {setting}")


def refusal(error: SlackError, how: str) -> str:
    """Why a token is not good, and `how` to mend it."""
    if isinstance(error, RateLimited | Unclear):
        return f"Slack cannot be reached ({error}): look at the network, or try again later."
    return f"Slack refuses the token ({error.error}): {how}."


def of_scopes(identity: Identity, doors: Doors) -> Check:
    """Whether a token may do all that is needed."""
    missing = sorted(set(needed(doors.events)) - identity.scopes)
    if not missing:
        return Check("scopes", True, "All scopes are granted.")
    names = ", ".join(missing)
    how = "paste the output of `carecue manifest` into the app's manifest, then install the app again"
    return Check("scopes", False, f"Not granted: {names}. To grant, {how}.")


def of_way_in(app_token: str | None, signing_secret: str | None) -> list[Check]:
    """Whether Slack can reach us at all; where it can there is nothing to say."""
    if app_token or signing_secret:
        return []
    how = "set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP mode"
    return [Check("way in", False, f"Slack has no way to tell of anything: {how}.")]


async def of_app_token(slack: Slack, app_token: str) -> Check:
    """Whether Socket Mode opens."""
    try:
        await slack.open_socket(app_token)
    except SlackError as error:
        if error.needed:
            return Check("app token", False, f"The app token lacks the scope {error.needed}: make one that has it.")
        return Check("app token", False, _token_trouble(error, "SLACK_APP_TOKEN"))
    return Check("app token", True, "Socket Mode opens.")


def of_clock(identity: Identity, now: datetime) -> Check:
    """Whether this machine's time is Slack's."""
    if identity.server_time is None:
        return Check("clock", True, "Slack did not tell its time.")
    off = now - identity.server_time
    seconds = round(abs(off).total_seconds())
    if abs(off) <= SKEW:
        return Check("clock", True, f"The clock is within {max(seconds, 1)} s of Slack's.")
    which = "ahead of" if off > timedelta() else "behind"
    return Check("clock", False, f"The clock is {seconds} s {which} Slack's: set it by NTP, or signatures will fail.")


async def _channels(db: Db, slack: Slack, team_id: str, now: datetime) -> Check:
    try:
        joined = {channel.channel for channel in await slack.joined()}
    except SlackError as error:
        return Check("channels", False, f"The channels cannot be read ({error}).")
    workspace = await db.run(lambda tx: Workspaces().get(tx, team_id, now))
    setup = workspace.setup if workspace else Setup()
    missing = sorted(_wanted(setup) - joined)
    if missing:
        names = ", ".join(missing[:SHOWN]) + (f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else "")
        return Check("channels", False, f"Not in {names}: type `/invite @{NAME}` there.")
    if not joined and not setup.teams:
        return Check("channels", True, FIRST_DAY)
    if not joined:
        return Check("channels", False, f"In no channel yet: type `/invite @{NAME}` where customers write.")
    return Check("channels", True, f"In {len(joined)} channel{'s' if len(joined) > 1 else ''}.")


async def _listening(db: Db, team_id: str, now: datetime) -> list[Check]:
    """Where nobody has ever listened there is nothing to say."""
    heard_until, left = await db.run(lambda tx: (listening.heard_until(tx, team_id), gaps.left(tx, team_id)))
    if heard_until is None:
        return []
    if now - heard_until > PATIENCE:
        sentence = f"Nobody has listened to Slack since {heard_until:%Y-%m-%d %H:%M} UTC: start CareCue."
        return [Check("listening", False, sentence)]
    there = f" What was missed in {left} channel{'s' if left > 1 else ''} is still being read." if left else ""
    return [Check("listening", True, f"Somebody listens to Slack.{there}")]


async def of_ended(db: Db, store: list[Check]) -> list[Check]:
    """What becomes of all that is kept of workspaces that CareCue was taken out of."""
    if not all(check.ok for check in store):
        return []
    return [
        Check(
            "uninstalled",
            False,
            f"CareCue was taken out of {one.name} on {one.at:%Y-%m-%d}. All that is kept of it is deleted after "
            f"{one.goes_at:%Y-%m-%d %H:%M} UTC; install it again before then, and nothing is lost.",
        )
        for one in await db.read(uninstalls.all_of_them)
    ]


async def _holidays(db: Db, team_id: str, now: datetime) -> list[Check]:
    """What the setup names may be known no longer after an upgrade; where all is known there is nothing to say."""
    workspace = await db.read(lambda tx: Workspaces().get(tx, team_id, now))
    wrong = list(calendars.findings(workspace.setup)) if workspace else []
    if not wrong:
        return []
    sentence = f"{'; '.join(map(str, wrong))}. Until then its country's holidays count, or none."
    return [Check("holidays", False, f"To mend in `/care setup`: {sentence}")]


async def _kept(db: Db, team_id: str, now: datetime) -> list[Check]:
    """For how long; and whether what is older has gone."""
    workspace = await db.read(lambda tx: Workspaces().get(tx, team_id, now))
    if workspace is None:
        return []
    due = retention.figures_name_nobody_before(workspace.setup.retention, now - OVERDUE)
    old = await db.read(old_conversations.find, team_id, due, 1, None) if due else ()
    if old:
        sentence = f"Conversations from before {due:%Y-%m-%d} should have gone: let `carecue run`, or a `worker`, run."
        return [Check("retention", False, sentence)]
    return [Check("retention", True, f"Kept: {_how_long(workspace.setup.retention)}")]


def _how_long(kept: Retention) -> str:
    kinds = ((name, days) for name, days in asdict(kept).items() if name != "grace")
    each = ", ".join(f"{name} {'for good' if days is None else f'{days} days'}" for name, days in kinds)
    return f"{each}; after an uninstall all of it {kept.grace} days."


def _wanted(setup: Setup) -> set[str]:
    """The channels that the setup speaks of, and in which there is something to do."""
    homes = {team.home for team in setup.teams if team.home}
    return homes | {channel.id for channel in setup.channels if channel.kind != "ignored"}
