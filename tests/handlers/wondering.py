"""Verbs for asking why: what people are told of a conversation, and what they say of how it was read."""

from typing import Any

from bot.demo.place import ANA, EXT_ACME
from bot.sandbox.acts import Outcome
from bot.views import menu
from bot.views import why as views
from bot.views.why import Verb
from bot.views.words import why as words
from tests.handlers.office import Office, all_text

Json = dict[str, Any]

LABELS = {
    Verb.NEEDED: words.NEEDED(),
    Verb.NOT_NEEDED: words.NOT_NEEDED(),
    Verb.SPLIT: words.SPLIT(),
    Verb.NOT_CUSTOMER: words.NOT_CUSTOMER(),
    Verb.CUSTOMER: words.CUSTOMER(),
}


def link(ts: str, where: str = EXT_ACME, thread: str = "") -> str:
    """As somebody copies it from the message."""
    below = f"?thread_ts={thread}&cid={where}" if thread else ""
    return f"https://linden.slack.com/archives/{where}/p{ts.replace('.', '')}{below}"


class Wondering(Office):
    """An office in which people ask why."""

    async def why(self, ts: str, user: str = ANA, where: str = EXT_ACME) -> str:
        """Somebody asks with a link; all that they read."""
        return await self.command(user, f"why {link(ts, where)}")

    def answer(self, user: str = ANA) -> Json:
        """What they were told last, as it reads now."""
        told = self.sandbox.record.ephemerals(user)[-1]
        now = self.sandbox.world.channel(told.channel).ephemeral[told.ts]
        return {"ts": now.ts, "text": now.text, "blocks": now.blocks}

    async def says(self, verb: Verb, ts: str, user: str = ANA, where: str = EXT_ACME) -> str:
        """A correction of a message, in the answer that this person has before them; what they read then."""
        shown, block = self.answer(user), f"why.{ts}"
        (beside,) = [one["accessory"] for one in shown["blocks"] if one.get("block_id") == block]
        label = LABELS[verb] if beside["type"] == "overflow" else None
        outcome = await self.sandbox.press(user, where, shown["ts"], beside["action_id"], label, block_id=block)
        assert outcome.ok, outcome
        await self.settle()
        return all_text(self.answer(user))

    async def joins(self, root_ts: str, user: str = ANA, where: str = EXT_ACME) -> str:
        """*One conversation with…*, and another one of the channel."""
        shown = self.answer(user)
        (select,) = [one["elements"][0] for one in shown["blocks"] if one["type"] == "actions"]
        (value,) = [one["value"] for one in select["options"] if one["value"].split(":")[2] == root_ts]
        assert (await self.sandbox.press(user, where, shown["ts"], views.JOIN, value)).ok
        await self.settle()
        return all_text(self.answer(user))

    async def from_menu(self, ts: str, user: str = ANA, where: str = EXT_ACME) -> Json:
        """*Why?* in the menu of a message; the form that this person then looks at."""
        await self.sandbox.shortcut(user, menu.SHORTCUT, where, ts)
        await self.settle()
        await self.sandbox.press_view(user, self.form(user)["id"], menu.WHY)
        await self.settle()
        return self.form(user)

    async def says_in_form(self, verb: Verb, ts: str, user: str = ANA) -> Outcome:
        """The same, in the form."""
        outcome = await self.sandbox.press_view(
            user, self.form(user)["id"], views.CORRECT, LABELS[verb], block_id=f"why.{ts}"
        )
        await self.settle()
        return outcome

    def form(self, user: str = ANA) -> Json:
        """The modal that this person looks at."""
        view = self.sandbox.windows.top(user)
        assert view is not None, "no form is open"
        return self.sandbox.windows.view_json(view)

    def open_waits(self) -> list[str]:
        """Where those that are open begin."""
        return [from_ts for from_ts, ended_by in self.waits() if ended_by is None]
