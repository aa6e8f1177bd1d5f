"""The one way in for commands, shortcuts, buttons and forms: who knocks, may they come in, how they are answered."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.roles import Role, Roles, may
from bot.slack import hooks
from bot.slack.client import Slack
from bot.slack.errors import SlackError
from bot.slack.people import learn_people, learn_person
from bot.store import people, roles
from bot.store.workspaces import Workspace
from bot.views import forms
from bot.views.language import ENGLISH, speak, understood
from bot.views.message import Message
from bot.views.words import common
from bot.views.words import roles as words
from handlers.knocks import failed, knocked

PROMPT = 2.0  # seconds in which an answer goes with the acknowledgement; Slack waits three

Body = Mapping[str, Any]
Listener = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Knock:
    """Someone of ours at a door. `action` is the button or the choice, where there is one."""

    workspace: Workspace
    user: str
    body: Body
    action: Mapping[str, Any]
    roles: Roles = frozenset({Role.COLLEAGUE})

    async def slack(self, deps: Deps) -> Slack:
        """Slack as the workspace has it. Raises SlackError where CareCue is not installed any more."""
        return await deps.slack.of(self.workspace.team_id)

    def workspace_now(self, tx: Connection, deps: Deps) -> Workspace:
        """As it is in this transaction: whoever changes something of the setup writes all of it."""
        return deps.workspaces.get(tx, self.workspace.team_id, deps.now()) or self.workspace


@dataclass(frozen=True, slots=True)
class Turned:
    """What a form turns into when it was sent off."""

    view: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What opens over a form when it was sent off; the form stays beneath."""

    view: Mapping[str, Any]


Wrong = Mapping[str, str]  # what is wrong, beside which field
Command = Callable[[Deps, Knock], Awaitable[Message | None]]  # None where a modal has opened
Action = Callable[[Deps, Knock], Awaitable[str | Message | None]]  # a sentence, or what stands in its place from now on
Event = Callable[[Deps, Knock], Awaitable[None]]
Notice = Callable[[Deps, Body], Awaitable[None]]
Outside = Callable[[Deps, str, str, Body], Awaitable[None]]  # the workspace and the person, who is not of ours
Form = Callable[[Deps, Knock], Awaitable[Wrong | Turned | Pushed | None]]


async def open_form(deps: Deps, knock: Knock, view: dict[str, Any] | str) -> str | None:
    """It opens before whoever knocks; a sentence in its place is handed on for them to read."""
    if isinstance(view, str):
        return view
    await (await knock.slack(deps)).open_view(str(knock.body["trigger_id"]), view)
    return None


def command(deps: Deps, answer: Command, least: Role) -> Listener:
    """A slash command; its answer is seen by whoever typed it, and by nobody else."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        with knocked(answer):
            answering = asyncio.ensure_future(_answer(deps, answer, least, body))
            await asyncio.wait([answering], timeout=PROMPT)
            if not answering.done():
                await ack()
                if message := await answering:
                    await _respond(deps, body, **_payload(message), response_type="ephemeral")
            elif message := answering.result():
                await ack(**_payload(message))
            else:
                await ack()

    return listen


def action(deps: Deps, do: Action, least: Role) -> Listener:
    """A button, menu, link or shortcut; acknowledged at once, and answered only if there is something to say."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        with knocked(do):
            await ack()
            try:
                knock = await _admit(deps, body, least)
                said = common.escape(knock) if isinstance(knock, str) else await do(deps, knock)
            except Exception:  # noqa: BLE001  # the one error door of buttons
                said = common.failed(failed("button"))
            if isinstance(said, Message):
                await _respond(deps, body, **_payload(said), replace_original=True)
            elif isinstance(said, str):
                await _tell(deps, body, said)

    return listen


async def _respond(deps: Deps, body: Body, **said: Any) -> bool:
    """Where whoever knocked is answered by an address; whether they are."""
    url = hooks.slacks(body.get("response_url"), deps.settings.slack_url)
    if url is not None:
        await hooks.answer(url, said)
    return url is not None


async def _tell(deps: Deps, body: Body, sentence: str) -> None:
    """To whoever pressed, and nobody else: below the message, in the place of the form, or over their Home."""
    view = body.get("view") or {}
    if await _respond(deps, body, text=sentence, response_type="ephemeral", replace_original=False):
        return
    shown = forms.told("CareCue", sentence)
    with suppress(SlackError):  # what was pressed is gone meanwhile, or Slack is
        slack = await deps.slack.of(_who(body)[0])
        if view.get("type") == "modal":
            await slack.update_view(str(view.get("id")), shown)
        elif body.get("trigger_id"):
            await slack.open_view(str(body["trigger_id"]), shown)


def event(deps: Deps, do: Event, outside: Outside) -> Listener:
    """Something that Slack tells of one of ours, or of somebody `outside`, whom nothing of ours may reach."""

    async def listen(body: dict[str, Any]) -> None:
        if deps.settings.dry_run:
            return  # nobody is answered who has not asked
        with knocked(do):
            try:
                told = {**body, "user_id": body["event"].get("user")}
                knock = await _admit(deps, told, Role.COLLEAGUE)
                if isinstance(knock, Knock):
                    await do(deps, knock)
                else:
                    await outside(deps, *_who(told), told)
            except Exception:  # noqa: BLE001  # the one error door of events
                failed("event")

    return listen


def notice(deps: Deps, hear: Notice) -> Listener:
    """Something that Slack tells of CareCue itself: nobody knocks."""

    async def listen(body: dict[str, Any]) -> None:
        with knocked(hear):
            try:
                await hear(deps, body)
            except Exception:  # noqa: BLE001  # the one error door of notices
                failed("notice")

    return listen


def form(deps: Deps, take: Form, field: str, least: Role) -> Listener:
    """A modal's submission. A failure, and a refusal at the door, is shown beside `field`; what was typed stays.

    Without a `field` there is nothing to type: it is shown in the place of the modal.
    """

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        with knocked(take):
            try:
                knock = await _admit(deps, body, least)
                said = _beside(field, knock) if isinstance(knock, str) else await take(deps, knock)
            except Exception:  # noqa: BLE001  # the one error door of forms
                said = _beside(field, common.failed(failed("form")))
            if isinstance(said, Turned):
                await ack(response_action="update", view=dict(said.view))
            elif isinstance(said, Pushed):
                await ack(response_action="push", view=dict(said.view))
            elif said:
                await ack(response_action="errors", errors=dict(said))
            else:
                await ack()

    return listen


def _beside(field: str, sentence: str) -> Wrong | Turned:
    return {field: sentence} if field else Turned(forms.told("CareCue", sentence))


async def _answer(deps: Deps, answer: Command, least: Role, body: Body) -> Message | None:
    try:
        knock = await _admit(deps, body, least)
        return Message(common.escape(knock)) if isinstance(knock, str) else await answer(deps, knock)
    except Exception:  # noqa: BLE001  # the one error door of commands
        return Message(common.failed(failed("command")))


def _payload(message: Message) -> dict[str, Any]:
    payload = message.payload()
    return {"text": payload["text"], "blocks": payload["blocks"]}


async def _admit(deps: Deps, body: Body, least: Role) -> Knock | str:
    """Whoever knocks, if they are ours and their role is enough; else the plain sentence that turns them away.

    A quiet start turns everybody away.
    """
    speak(ENGLISH)
    team_id, user = _who(body)
    workspace = await deps.db.run(deps.workspaces.get, team_id, deps.now())
    if workspace is None:
        return common.OUTSIDERS()
    person = await deps.db.run(people.get, team_id, user)
    known = person or await learn_person(deps.db, deps.slack, team_id, user, deps.now())
    if known is None:
        return common.SETTING_UP()
    speak(understood(known.locale, workspace.setup.language))
    if not workspace.has(known):
        return common.OUTSIDERS()
    if deps.settings.dry_run:
        return common.QUIET()
    theirs = await deps.db.run(roles.of, workspace, known)
    if not may(theirs, least):
        return await refusal(deps, workspace, user, least)
    actions = body.get("actions") or [{}]
    return Knock(workspace, user, body, actions[0], theirs)


async def refusal(deps: Deps, workspace: Workspace, user: str, least: Role) -> str:
    """What somebody of ours is told, as plain text, where at least so much is needed."""
    helpers = await deps.db.run(roles.helpers, workspace, user, least)
    await learn_people(deps.db, deps.slack, workspace.team_id, helpers, deps.now())
    known = await deps.db.run(people.get_many, workspace.team_id, helpers)
    here = [known[one].name for one in helpers if one in known and workspace.has(known[one])]
    return words.not_for_you(least, here[:1])


def _who(body: Body) -> tuple[str, str]:
    """The workspace that CareCue is asked in, and who asks. In a form `team` is the person's own."""
    user = body.get("user")
    if not isinstance(user, Mapping):
        return str(body.get("team_id") or ""), str(body.get("user_id") or "")
    installed = str((body.get("view") or {}).get("app_installed_team_id") or "")
    if installed.startswith("E"):  # of an organization as a whole, which says nothing of where
        installed = ""
    team = installed or (body.get("team") or {}).get("id") or user.get("team_id")
    return str(team or ""), str(user.get("id") or "")
