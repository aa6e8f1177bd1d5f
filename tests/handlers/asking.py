"""Verbs for trying asks: how agents call on those who lead, and how word comes back."""

from typing import Any

from sqlalchemy import select

from bot.demo import listed
from bot.demo.place import ACME, ADA, ANA, CARE, EXT_ACME, HOURS_AND_OWNERS, LEE, MIA, NIA, OMAR
from bot.sandbox.acts import Outcome
from bot.store.leading_tables import asks
from bot.views import ask_forms as forms
from bot.views import asks as views
from tests.handlers.office import Office, all_text, buttons

Json = dict[str, Any]

LINE = "I cannot see why their booking fails, can we look together?"
LED = f"""\
[team.care]
name = "Care"
agents = ["{ANA}", "{LEE}"]
managers = ["{MIA}"]
deputies = ["{OMAR}"]
home = "{CARE}"

[team.leads]
name = "Leads"
agents = ["{MIA}"]
managers = ["{NIA}"]

[team.leads.hours]
zone = "Europe/Lisbon"
mon-fri = ["09:00-17:00"]

{HOURS_AND_OWNERS}"""


class Asking(Office):
    """An office in which Mia leads, Omar is her deputy, and Nia leads Mia."""

    async def typed(self, user: str, text: str, where: str = EXT_ACME) -> str:
        """Somebody types /care; what only they see, or nothing where a form opened."""
        before = len(self.sandbox.record.ephemerals(user))
        outcome = await self.sandbox.command(user, where, "/care", text)
        assert outcome.ok, outcome
        await self.settle()
        return "\n".join(all_text(one.message) for one in self.sandbox.record.ephemerals(user)[before:])

    async def asked_for_help(self, user: str = ANA, line: str = LINE) -> Json:
        """Ana has asked; her own message."""
        await self.typed(user, f"ask {line}")
        return self.dm(user)[-1]

    def form(self, user: str) -> Json:
        """The modal that this person looks at."""
        view = self.sandbox.windows.top(user)
        assert view is not None, "no form is open"
        return self.sandbox.windows.view_json(view)

    async def send_off(self, user: str, **values: str) -> Outcome:
        """The open form, with these fields filled in: line, team, same, outcome."""
        named = {getattr(forms, name.upper()): value for name, value in values.items()}
        outcome = await self.sandbox.submit(user, self.form(user)["id"], named)
        await self.settle()
        return outcome

    async def answers(self, user: str, message: Json, line: str, ask_id: int | None = None, **values: str) -> Outcome:
        """A leader presses *Answer* in their list, beside this ask where there are more, and sends the form off."""
        await self.press(user, message, views.ANSWER, str(ask_id) if ask_id else None)
        return await self.send_off(user, line=line, **values)

    def asks(self) -> list[Any]:
        """As they are stored."""
        with self.bot.deps.db.begin() as tx:
            return list(tx.execute(select(asks).order_by(asks.c.id)))

    def heard(self) -> dict[str, int]:
        """How many times the list of each of those who lead has rung."""
        return {user: len(listed.posts(self, user)) for user in (MIA, OMAR, NIA)}

    def nothing_in_channels(self) -> bool:
        """Whether CareCue has said nothing but in direct messages, and outsiders have seen nothing of it."""
        places = {entry.channel for entry in self.sandbox.record.posts(by_bot=True)}
        direct = {self.sandbox.world.direct(user, self.sandbox.world.app.bot_user_id).id for user in STAFF}
        return places <= direct and self.sandbox.record.ephemerals(ADA) == [] and ACME not in places


STAFF = (ANA, LEE, MIA, OMAR, NIA)

__all__ = ["LED", "LINE", "Asking", "all_text", "buttons"]
