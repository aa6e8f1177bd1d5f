"""Verbs for trying kudos: what people type and press there, and what they and others then see."""

import json
from typing import Any

from sqlalchemy import delete

from bot.demo.place import ANA, BOT, GENERAL, OURS
from bot.sandbox import payloads
from bot.sandbox.acts import Outcome
from bot.store.tables import people
from bot.views import kudos_answers as answers
from bot.views import kudos_form as forms
from tests.handlers.office import CARE_FILE, Office

Json = dict[str, Any]

FOR = "for staying with the Acme family until their booking worked"


class Thanking(Office):
    """An office with a kudos channel."""

    async def prepare(self) -> None:
        """Say in the setup which is the kudos channel, and invite CareCue there."""
        await self.set_up_kudos()
        self.sandbox.world.invite(ANA, GENERAL, BOT)
        await self.settle()

    async def unmet(self) -> str:
        """A colleague called ike, whom CareCue has not heard of; Ana it knows."""
        await self.kudos(ANA, "help")
        person = self.sandbox.world.add_person(team_id=OURS, name="ike")
        await self.settle()
        with self.bot.deps.db.begin() as tx:
            tx.execute(delete(people).where(people.c.user_id == person.id))
        return person.id

    async def set_up_kudos(self, **values: Any) -> None:
        """The setup, with these values in its table of kudos."""
        table = {"channel": GENERAL} | values
        lines = [f"{name} = {json.dumps(value)}" for name, value in table.items() if value is not None]
        await self.set_up("\n".join([CARE_FILE, "[kudos]", *lines]))

    async def kudos(self, user: str, text: str = "", where: str = GENERAL) -> Json:
        """Somebody types /kudos; the answer that only they see, or nothing where a form opened."""
        before = len(self.sandbox.record.ephemerals(user))
        outcome = await self.sandbox.command(user, where, answers.COMMAND, text)
        assert outcome.ok, outcome
        await self.settle()
        said = self.sandbox.record.ephemerals(user)[before:]
        assert len(said) <= 1
        return said[0].message | {"channel": where} if said else {}

    async def click(self, user: str, message: Json, action_id: str) -> Json:
        """A button of an answer that only this person sees; what that says by now, or what came after."""
        before = len(self.sandbox.record.ephemerals(user))
        outcome = await self.sandbox.press(user, message["channel"], message["ts"], action_id)
        assert outcome.ok, outcome
        await self.settle()
        if said := self.sandbox.record.ephemerals(user)[before:]:
            return said[-1].message | {"channel": message["channel"]}
        now = self.sandbox.world.channel(message["channel"]).ephemeral[message["ts"]]
        return message | {"text": now.text, "blocks": now.blocks}

    def form(self, user: str) -> Json:
        """The modal that this person looks at."""
        view = self.sandbox.windows.top(user)
        assert view is not None, "no form is open"
        return self.sandbox.windows.view_json(view)

    async def send_off(self, user: str, **values: Any) -> Outcome:
        """The open form, with these fields filled in: receivers, reason, behaviours, where, choice, keep_thanks."""
        named = {getattr(forms, name.upper()): value for name, value in values.items()}
        outcome = await self.sandbox.submit(user, self.form(user)["id"], named)
        await self.settle()
        return outcome

    async def choose(self, user: str, announce: str, *, keep_thanks: bool = False) -> None:
        """Somebody says once what they want to happen with kudos for them."""
        await self.kudos(user, "settings")
        boxes = [forms.KEEP_THANKS] if keep_thanks else []
        assert (await self.send_off(user, choice=announce, keep_thanks=boxes)).ok
        await self.sandbox.close_view(user, self.form(user)["id"])

    async def home(self, user: str) -> Json:
        """Somebody opens CareCue's Home tab; what it shows."""
        self.sandbox.open_home(user)
        await self.settle()
        return self.sandbox.record.views(user)[-1].view

    def notes(self, user: str) -> list[Json]:
        """CareCue's direct messages to someone, as they stand there now."""
        return self.dm(user)

    def announcements(self, channel: str = GENERAL) -> list[Json]:
        """What CareCue says in a channel by now."""
        messages = self.sandbox.world.channel(channel).messages.values()
        return [
            {"text": one.text, "blocks": one.blocks, "ts": one.ts}
            for one in messages
            if one.user == BOT and not one.subtype
        ]

    async def forged(self, user: str, text: str) -> Json:
        """/kudos by someone whom no Slack would let use it: the answer."""
        world = self.sandbox.world
        payload = payloads.command(self.sandbox, world.person(user), world.channel(GENERAL), answers.COMMAND, text)
        answer = await self.sandbox.deliveries.ask("slash_commands", payload, takes_answer=True)
        await self.settle()
        return dict(answer.body)


def filled(view: Json, name: str) -> Any:
    """What stands in a field of a form before anybody touches it."""
    (state,) = view["state"]["values"][name].values()
    return next((value for key, value in state.items() if key != "type"), None)
