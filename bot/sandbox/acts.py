"""Verbs of a person towards the app: press, choose, submit, close, command, shortcut, open its Home."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.api.content import check_blocks
from bot.sandbox.api.views import stated_view
from bot.sandbox.core import Core
from bot.sandbox.delivery import Answer
from bot.sandbox.elements import CHOICES, Placed, chosen, find, missing, placed
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from bot.sandbox.refused import Refused
from bot.sandbox.responses import respond
from bot.sandbox.triggers import Hook
from bot.sandbox.windows import View

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went in the person's eyes. `error`: what Slack's client would say; `errors`: per block of a form."""

    ok: bool
    error: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


class Acts(Core):
    """What is not there to be pressed, or not this person's to press, raises Refused."""

    async def press(
        self,
        user: str,
        channel: str,
        ts: str,
        action_id: str,
        value: Any = None,
        *,
        block_id: str | None = None,
    ) -> Outcome:
        """Press or choose in a message. `value` is an option's value or label, a user, a channel, a date ..."""
        person, message = self._pressable(user, channel, ts)
        one = find(_all_blocks(message), action_id, block_id, value)
        choice = chosen(self.world, one.element, value)
        if choice and one.element["type"] != "overflow":
            kept = {"type": one.element["type"]} | choice
            message.state.setdefault(one.block_id, {})[one.action_id] = kept
        if one.element["type"] == "button" and "url" in one.element and not self.world.app.interactive:
            return Outcome(True)
        at = self.seen_by(self.world.author(message) or self.world.app)
        return await self._interact(payloads.message_press(at, person, message, one, choice))

    async def press_view(
        self, user: str, view_id: str, action_id: str, value: Any = None, *, block_id: str | None = None
    ) -> Outcome:
        """Press or choose in a modal or Home; what stands in an input block is only filled in, unless it dispatches."""
        person, view = self._own_view(user, view_id)
        there = block_id is None or any(block["block_id"] == block_id for block in view.blocks)
        one = find(view.blocks if there else view.former, action_id, block_id, value)
        choice = self._fill(view, one, value)
        if one.block["type"] == "input" and not one.block.get("dispatch_action"):
            return Outcome(True)
        return await self._interact(payloads.view_press(self._beside(view), person, view, one, choice))

    async def submit(self, user: str, view_id: str, values: Mapping[str, Any] | None = None) -> Outcome:
        """`values` fill the form first, by action_id or block_id. Nobody can submit what is incomplete."""
        person, view = self._own_view(user, view_id)
        if view.type != "modal" or not view.stated.get("submit"):
            raise Refused("no_submit_button")
        for name, value in (values or {}).items():
            self._fill(view, self._input(view, name), value)
        if empty := missing(view.blocks, view.values):
            raise Refused("missing_input", blocks=empty)
        _check_lengths(view)
        answer = await self._ask(
            "interactive", payloads.submission(self._beside(view), person, view), takes_answer=True
        )
        return await self._after_submission(view, answer)

    async def close_view(self, user: str, view_id: str, *, all_of_them: bool = False) -> Outcome:
        """Cancel, or the cross at the top; `clear_on_close` takes the whole stack along."""
        person, view = self._own_view(user, view_id)
        if view is not self.windows.top(user):
            raise Refused("not_found")
        if all_of_them or view.stated.get("clear_on_close"):
            closed = self.windows.clear(user)
        else:
            self.windows.close(view)
            closed = [view]
        for one in closed:
            if one.stated.get("notify_on_close"):
                payload = payloads.closing(self._beside(one), person, one, is_cleared=len(closed) > 1 or all_of_them)
                await self._ask("interactive", payload)
        return Outcome(True)

    async def command(self, user: str, channel: str, command: str, text: str = "") -> Outcome:
        """The app's commands are for people of the workspace that installed it, in any place they can see."""
        person, place = self.world.active(user), self.world.channel(channel)
        app = self.world.app_for(person.team_id)
        declared = app.commands.get(command)
        if declared is None or not self.world.same_company(person.team_id, app.team_id):
            raise Refused("unknown_command", command=command)
        if user not in place.members or place.is_archived:
            raise Refused("is_archived" if place.is_archived else "not_in_channel")
        text = self._escaped(text) if declared.get("should_escape") else self._bare(text)
        payload = payloads.command(self.seen_by(app), person, place, command, text)
        answer = await self._ask("slash_commands", payload, takes_answer=True)
        if not answer.ok:
            return Outcome(False, "operation_timeout" if "timeout" in answer.reason else answer.reason)
        if answer.body:
            respond(self, Hook(user, channel, None, self.clock.now(), app=app), answer.body)
        return Outcome(True, body=answer.body)

    async def shortcut(self, user: str, callback_id: str, channel: str = "", ts: str = "") -> Outcome:
        """A global shortcut, or with a message's channel and ts that message's."""
        person = self.world.active(user)
        app = self.world.app_for(person.team_id)
        declared = app.shortcuts.get(callback_id)
        if declared is None or not self.world.same_company(person.team_id, app.team_id):
            raise Refused("unknown_shortcut", callback_id=callback_id)
        if (declared["type"] == "message") != bool(ts):
            raise Refused("wrong_kind_of_shortcut", callback_id=callback_id)
        if not ts:
            return await self._interact(payloads.global_shortcut(self.seen_by(app), person, callback_id))
        if not self.world.sees(user, self.world.channel(channel)):
            raise Refused("channel_not_found")
        message = self.world.message(channel, ts)
        return await self._interact(payloads.message_shortcut(self.seen_by(app), person, callback_id, message))

    async def suggest(self, user: str, view_id: str, action_id: str, typed: str) -> list[Json]:
        """The options that the app offers for an external select of a view while somebody types."""
        person, view = self._own_view(user, view_id)
        container = {"type": "view", "view_id": view.id}
        payload = payloads.suggestion(self._beside(view), person, container, find(view.blocks, action_id, None), typed)
        answer = await self._ask("interactive", payload, takes_answer=True)
        return list((answer.body or {}).get("options") or ()) if answer.ok else []

    def open_home(self, user: str, tab: str = "home") -> View | None:
        """Look at the app's Home (or its messages); the app hears of it and may draw.

        People of another company find it through a channel that they share with the app. Slack tells the app, takes
        the view, and shows them a placeholder (slackapi/bolt-js#1948).
        """
        person = self.world.active(user)
        app = self.world.app_for(person.team_id)
        bot = app.bot_user_id
        rooms = (channel.members for channel in self.world.channels.values() if not channel.is_direct)
        shared = any({user, bot} <= set(members) for members in rooms)
        if not shared and not self.world.same_company(person.team_id, app.team_id):
            raise Refused("not_allowed")
        home = self.windows.homes.get(user)
        direct = self.world.direct(user, bot)
        event: Json = {"type": "app_home_opened", "user": user, "channel": direct.id, "tab": tab}
        if home and tab == "home":
            event["view"] = self.windows.view_json(home)
        self.world.tell("app_home_opened", event | {"event_ts": self.world.new_ts()}, team_id=app.team_id, only=app)
        return home

    def dismiss(self, user: str, channel: str, ts: str) -> None:
        """Close a message that only this person sees."""
        message = self.world.channel(channel).ephemeral.get(ts)
        if message is None or message.ephemeral_to != user:
            raise Refused("message_not_found")
        self.world.remove_ephemeral(message)

    # the steps within

    def _pressable(self, user: str, channel: str, ts: str) -> tuple[Person, Message]:
        person, place = self.world.active(user), self.world.channel(channel)
        if not self.world.sees(user, place):
            raise Refused("channel_not_found")
        message = place.messages.get(ts) or place.ephemeral.get(ts)
        if message is None or message.ephemeral_to not in (None, user):
            raise Refused("message_not_found")
        return person, message

    def _own_view(self, user: str, view_id: str) -> tuple[Person, View]:
        view = self.windows.view(view_id)
        if view.user != user:
            raise Refused("not_found")
        return self.world.active(user), view

    def _beside(self, view: View) -> Core:
        return self.seen_by(view.app or self.world.app)

    def _input(self, view: View, name: str) -> Placed:
        for one in placed(view.blocks):
            if name in (one.action_id, one.block_id) and one.element["type"] in CHOICES:
                return one
        raise Refused("no_such_element", name=name)

    def _fill(self, view: View, one: Placed, value: Any) -> Json:
        choice = chosen(self.world, one.element, value)
        if choice and one.element["type"] != "overflow":
            kept = {"type": one.element["type"]} | choice
            view.values.setdefault(one.block_id, {})[one.action_id] = kept
        return choice

    async def _ask(self, kind: str, payload: Json, *, takes_answer: bool = False) -> Answer:
        if kind == "interactive" and not self.world.app.interactive:
            raise Refused("interactivity_disabled")
        return await self.deliveries.ask(kind, payload, takes_answer=takes_answer)

    async def _interact(self, payload: Json) -> Outcome:
        answer = await self._ask("interactive", payload)
        return Outcome(answer.ok, "" if answer.ok else answer.reason, body=answer.body)

    async def _after_submission(self, view: View, answer: Answer) -> Outcome:
        """Nothing said closes this view. `response_action`: errors, update, push or clear."""
        if not answer.ok:
            return Outcome(False, answer.reason)
        body = answer.body if isinstance(answer.body, dict) else {}
        action = body.get("response_action")
        if action == "errors":
            return self._with_errors(view, body.get("errors") or {})
        if action == "clear":
            self.windows.clear(view.user)
        elif action in ("update", "push"):
            self._redraw(view, action, body.get("view"))
        elif view.id in self.windows.views:
            self.windows.close(view)
        return Outcome(True, body=body or None)

    def _with_errors(self, view: View, errors: Mapping[str, str]) -> Outcome:
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if strays := sorted(set(errors) - inputs):
            raise Refused("errors_for_unknown_blocks", blocks=strays)
        return Outcome(False, "errors", errors)

    def _redraw(self, view: View, action: str, given: Any) -> None:
        stated, problems = stated_view(given)
        check_blocks(self, problems, stated.get("blocks") or [], "invalid_view")
        if action == "push":
            self.windows.push(view.user, stated)
        else:
            self.windows.update(view, stated)

    def _escaped(self, text: str) -> str:
        """`@ann` and `#lobby` as Slack escapes them for commands that ask for it."""
        names = {f"@{person.name}": f"<@{person.id}|{person.name}>" for person in self.world.people.values()}
        names |= {f"<@{person.id}>": f"<@{person.id}|{person.name}>" for person in self.world.people.values()}
        names |= {f"#{channel.name}": f"<#{channel.id}|{channel.name}>" for channel in self.world.channels.values()}
        return re.sub(r"<@\w+>|[@#][\w.\-]+", lambda found: names.get(found.group(), found.group()), text)

    def _bare(self, text: str) -> str:
        names = {person.id: person.name for person in self.world.people.values()}
        return re.sub(r"<@(\w+)>", lambda found: f"@{names.get(found.group(1), found.group(1))}", text)


def _all_blocks(message: Message) -> list[Json]:
    return [*message.blocks, *(block for one in message.attachments for block in one.get("blocks") or ())]


def _check_lengths(view: View) -> None:
    for one in placed(view.blocks):
        if one.element["type"] != "plain_text_input":
            continue
        text = view.values.get(one.block_id, {}).get(one.action_id, {}).get("value") or ""
        least, most = one.element.get("min_length", 0), one.element.get("max_length", 3000)
        if (text and len(text) < least) or len(text) > most:
            raise Refused("bad_length", block=one.block_id)
