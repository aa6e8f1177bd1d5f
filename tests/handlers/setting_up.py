"""Verbs for trying the set-up in Slack: what admins and managers press, fill in and save, and what then holds."""

from typing import Any

from bot.demo.place import EXT_ACME, NIA, OURS
from bot.domain.setup import Setup
from bot.sandbox.acts import Outcome
from bot.store import setup, setup_history
from bot.store.setup_history import Change
from bot.views import setup_effect, setup_forms
from bot.views.setup_team_fields import named
from tests.handlers.office import Office, all_text

Json = dict[str, Any]


class SettingUp(Office):
    """An office of which Nia, who is in no team, is the admin."""

    async def begins(self, user: str = NIA, *pages: str) -> Json:
        """Somebody types /care setup, and goes on to these pages; what they look at then."""
        outcome = await self.sandbox.command(user, EXT_ACME if user != NIA else "C0GENERAL", "/care", "setup")
        assert outcome.ok, outcome
        await self.settle()
        for page in pages:
            await self.presses(setup_forms.GO, page, user)
        return self.looks_at(user)

    async def opens(self, form: str, user: str = NIA) -> Json:
        """The button that opens a form: "channel:C0ACME", "kudos:"; the form."""
        await self.presses(setup_forms.OPEN, form, user)
        return self.looks_at(user)

    async def presses(self, action_id: str, value: Any = None, user: str = NIA) -> None:
        """A button or menu of what somebody looks at."""
        await self.sandbox.press_view(user, self.looks_at(user)["id"], action_id, value)
        await self.settle()

    async def sends(self, by: str = NIA, **values: Any) -> Outcome:
        """The open form is sent off with these fields, named as the keys of the file are; a . is a __."""
        named_values = {named(key.replace("__", ".")): value for key, value in values.items()}
        outcome = await self.sandbox.submit(by, self.looks_at(by)["id"], named_values)
        await self.settle()
        return outcome

    async def saves(self, user: str = NIA) -> Outcome:
        """*Save* under what the change does."""
        view = self.looks_at(user)
        assert view["callback_id"] == setup_effect.FORM, all_text(view | {"text": ""})
        outcome = await self.sandbox.submit(user, view["id"])
        await self.settle()
        return outcome

    async def sets_up(self, form: str, **values: Any) -> str:
        """All of it: the form opened on its page, filled in, and saved; what the effect had said."""
        await self.opens(form)
        outcome = await self.sends(**values)
        assert outcome.ok, outcome
        effect = self.reads()
        await self.saves()
        await self.closes()
        return effect

    async def closes(self, user: str = NIA) -> None:
        """The modal at the top."""
        await self.sandbox.close_view(user, self.looks_at(user)["id"])

    async def home(self, user: str) -> Json:
        """Somebody opens CareCue's Home tab; what it shows."""
        self.sandbox.open_home(user)
        await self.settle()
        return self.sandbox.record.views(user)[-1].view

    def looks_at(self, user: str = NIA) -> Json:
        """The modal that this person sees."""
        view = self.sandbox.windows.top(user)
        assert view is not None, "no modal is open"
        return self.sandbox.windows.view_json(view)

    def reads(self, user: str = NIA) -> str:
        """All that it says."""
        return all_text(self.looks_at(user) | {"text": ""})

    def error(self, outcome: Outcome, key: str) -> str:
        """What is said beside a field."""
        return outcome.errors[named(key)]

    def setup(self) -> Setup:
        """As it is now."""
        with self.bot.deps.db.begin() as tx:
            workspace = self.bot.deps.workspaces.get(tx, OURS, self.clock.now())
        assert workspace
        return workspace.setup

    def exported(self) -> str:
        """The file that says the same."""
        with self.bot.deps.db.begin() as tx:
            return setup.export(tx, OURS)

    def history(self) -> list[Change]:
        """The latest change first."""
        with self.bot.deps.db.begin() as tx:
            return setup_history.latest(tx, OURS, 100)
