"""Verbs for trying boundary calls: how agents call, what they then have in hand, and what others are told."""

from typing import Any

from sqlalchemy import select

from bot.demo.place import ADA, ANA, EXT_ACME
from bot.domain.boundary import Case
from bot.sandbox.acts import Outcome
from bot.store.leading_tables import boundaries
from bot.views import boundary as views
from bot.views import menu
from bot.views.words import boundary as words
from tests.handlers.asking import LED, Asking

Json = dict[str, Any]

INSULT = "You are a bunch of idiots and I will find out where you live"
FACTS = "He insulted me twice after I had told him the date."
LINE = "They were right to stop here."


class Calling(Asking):
    """An office in which Mia leads, Omar is her deputy, and Nia leads Mia."""

    async def insulted(self, text: str = INSULT) -> tuple[str, Json]:
        """Ada has written, and Ana has been nudged to answer."""
        return await self.asked(text)

    async def calls(self, ts: str, case: str, line: str = FACTS, user: str = ANA, where: str = EXT_ACME) -> Outcome:
        """A call from the menu of a message."""
        await self.sandbox.shortcut(user, menu.SHORTCUT, where, ts)
        await self.settle()
        await self.sandbox.press_view(user, self.form(user)["id"], menu.BOUNDARY)
        await self.settle()
        return await self.sends(user, case, line)

    async def sends(self, user: str, case: str, line: str = FACTS, **more: str) -> Outcome:
        """The open form for calling is sent off."""
        values = {views.CASE: case, views.LINE: line} | {
            getattr(views, name.upper()): one for name, one in more.items()
        }
        outcome = await self.sandbox.submit(user, self.form(user)["id"], values)
        await self.settle()
        return outcome

    def hand(self, user: str = ANA) -> Json:
        """What somebody has in hand after their latest call."""
        heads = tuple(words.called(case) for case in Case)
        return [message for message in self.dm(user) if message["text"] in (*heads, words.TAKEN_BACK())][-1]

    def stored(self) -> list[Any]:
        """Calls as they are stored."""
        with self.bot.deps.db.begin() as tx:
            return list(tx.execute(select(boundaries).order_by(boundaries.c.ask_id)))


__all__ = ["ADA", "FACTS", "INSULT", "LED", "LINE", "Calling"]
