"""Modals and App Homes: what each person has open."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.elements import initial_state, with_ids
from bot.sandbox.installed import App
from bot.sandbox.record import Record, Shown
from bot.sandbox.refused import Refused
from bot.sandbox.state import State

Json = dict[str, Any]

STACK_MAX = 3
_STATED = (
    "title",
    "submit",
    "close",
    "callback_id",
    "private_metadata",
    "clear_on_close",
    "notify_on_close",
    "external_id",
    "submit_disabled",
)


@dataclass(slots=True)
class View:
    id: str
    type: str
    user: str
    team_id: str
    blocks: list[Json]
    stated: Json = field(default_factory=dict)  # what the app set besides blocks
    values: dict[str, Json] = field(default_factory=dict)
    former: list[Json] = field(default_factory=list)  # what was drawn before, which somebody may be pressing just now
    hash: str = ""
    root_view_id: str = ""
    previous_view_id: str | None = None
    app: App | None = None  # whose view it is, where it is not the first workspace's

    @property
    def external_id(self) -> str:
        return str(self.stated.get("external_id") or "")


class Windows:
    def __init__(self, state: State, record: Record) -> None:
        self._state = state
        self._record = record
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def view(self, view_id: str) -> View:
        """One that is open, or a Home."""
        if view_id not in self.views:
            raise Refused("not_found")
        return self.views[view_id]

    def by_external_id(self, external_id: str) -> View:
        for view in self.views.values():
            if view.external_id == external_id:
                return view
        raise Refused("not_found")

    def top(self, user: str) -> View | None:
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def open(self, user: str, stated: Json, app: App | None = None) -> View:
        """Opens a stack of its own; what was open before closes, as in Slack's client."""
        self._drop(user)
        view = self._make(user, stated, "modal", app)
        self.stacks[user] = [view]
        return self._tell("open", view)

    def push(self, user: str, stated: Json) -> View:
        stack = self.stacks.get(user)
        if not stack:
            raise Refused("not_found")
        if len(stack) >= STACK_MAX:
            raise Refused("push_limit_reached")
        view = self._make(user, stated, "modal", stack[-1].app)
        view.root_view_id, view.previous_view_id = stack[0].id, stack[-1].id
        stack.append(view)
        return self._tell("push", view)

    def update(self, view: View, stated: Json, *, seen: str | None = None) -> View:
        """Choices stay where a block and element of the same ids stay. `seen`: the hash that the app last saw."""
        if seen is not None and seen != view.hash:
            raise Refused("hash_conflict")
        self._check_external_id(stated, view)
        kept = view.values
        view.former = view.blocks
        view.blocks = with_ids(stated["blocks"], self._state)
        view.stated = {key: stated[key] for key in _STATED if key in stated}
        view.values = initial_state(view.blocks)
        for block_id, actions in view.values.items():
            for action_id, choice in actions.items():
                before = kept.get(block_id, {}).get(action_id)
                if before and before["type"] == choice["type"]:
                    actions[action_id] = before
        view.hash = self._hash()
        return self._tell("update", view)

    def publish(self, user: str, stated: Json, *, seen: str | None = None, app: App | None = None) -> View:
        """`seen`: the hash that the app last saw; one of a Home that is not there is as wrong as an old one."""
        home = self.homes.get(user)
        if seen is not None and (home is None or seen != home.hash):
            raise Refused("hash_conflict")
        fresh = self._make(user, stated, "home", app)
        if home:
            del self.views[fresh.id]
            fresh.id, fresh.root_view_id, fresh.former = home.id, home.id, home.blocks
            self.views[home.id] = fresh
        self.homes[user] = fresh
        return self._tell("publish", fresh)

    def close(self, view: View) -> View | None:
        """Close the top one; what stood below it comes back."""
        stack = self.stacks.get(view.user, [])
        if view not in stack:
            raise Refused("not_found")
        stack.remove(view)
        del self.views[view.id]
        self._tell("close", view)
        return stack[-1] if stack else None

    def clear(self, user: str) -> list[View]:
        """Close the whole stack; newest first."""
        closed = list(reversed(self.stacks.get(user, [])))
        self._drop(user)
        if closed:
            self._tell("clear", closed[0])
        return closed

    def view_json(self, view: View) -> Json:
        app = view.app or self._state.app
        nothing: Json = {"title": None, "submit": None, "close": None, "callback_id": "", "private_metadata": ""}
        nothing |= {"clear_on_close": False, "notify_on_close": False, "external_id": ""}
        return {
            "id": view.id,
            "team_id": view.team_id,
            "type": view.type,
            "blocks": view.blocks,
            **nothing,
            **view.stated,
            "state": {"values": view.values},
            "hash": view.hash,
            "root_view_id": view.root_view_id,
            "previous_view_id": view.previous_view_id,
            "app_id": app.app_id,
            "app_installed_team_id": app.team_id,
            "bot_id": app.bot_id,
        }

    def _make(self, user: str, stated: Json, kind: str, app: App | None) -> View:
        if stated.get("type") != kind:
            raise Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] view must be a {kind}"]})
        self._check_external_id(stated, None)
        blocks = with_ids(stated["blocks"], self._state)
        view_id = self._state.new_id("V")
        view = View(view_id, kind, user, self._state.person(user).team_id, blocks, root_view_id=view_id, app=app)
        view.stated = {key: stated[key] for key in _STATED if key in stated}
        view.values, view.hash = initial_state(blocks), self._hash()
        self.views[view_id] = view
        return view

    def _check_external_id(self, stated: Json, own: View | None) -> None:
        external_id = stated.get("external_id")
        if external_id and any(v.external_id == external_id and v is not own for v in self.views.values()):
            raise Refused("duplicate_external_id")

    def _drop(self, user: str) -> None:
        for view in self.stacks.pop(user, []):
            self.views.pop(view.id, None)

    def _hash(self) -> str:
        return f"{self._state.seconds()}.{secrets.token_urlsafe(6)}"

    def _tell(self, what: str, view: View) -> View:
        whole = self.view_json(view)
        self._record.shown.append(Shown(what, view.user, whole, self._state.clock.now()))
        self._state.tell(
            "home" if view.type == "home" else "view", {"type": what, "user": view.user, "view_id": view.id}
        )
        return view
