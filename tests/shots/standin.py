"""An app that draws one of each, so that the page can be checked without the bot."""

import re
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox

Json = dict[str, Any]

WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri"]
SHORTEST = 10


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def section(text: str, **rest: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **rest}


def context(text: str) -> Json:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def button(text: str, action: str, **rest: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action, **rest}


def options(*texts: str) -> list[Json]:
    return [{"text": plain(text), "value": text.lower()} for text in texts]


def question(block: str, label: str, element: Json, **rest: Any) -> Json:
    return {"type": "input", "block_id": block, "label": plain(label), "element": element, **rest}


def cue(link: str) -> list[Json]:
    sure = {"title": plain("No reply needed?"), "text": plain("Priya will not hear from you."), "confirm": plain("Yes")}
    snoozes = options("1 hour", "This afternoon", "Tomorrow morning")
    return [
        section("*Priya Raman* of *Meridian Foods* has waited *48 min* of 60 in <#CMER>."),
        context(
            "Since <!date^1773043320^{date_short_pretty} at {time}|08:02> · *new here*, so a welcome counts :seedling:"
        ),
        {
            "type": "actions",
            "elements": [
                button("Open thread", "open", url=link),
                button("I'm on it", "claim", style="primary"),
                {"type": "static_select", "action_id": "snooze", "placeholder": plain("Snooze"), "options": snoozes},
                {"type": "users_select", "action_id": "hand", "placeholder": plain("Hand over to…")},
                button("No reply needed", "close", confirm=sure | {"deny": plain("Back")}),
            ],
        },
    ]


def kudos() -> Json:
    behaviours = options("Kindness", "Welcoming", "Responsiveness", "Customer focus", "Optimism", "Solutions")
    story = {
        "type": "plain_text_input",
        "action_id": "story",
        "multiline": True,
        "placeholder": plain("When I was stuck…"),
    }
    return {
        "type": "modal",
        "callback_id": "kudos",
        "title": plain("Give kudos"),
        "submit": plain("Send thanks"),
        "blocks": [
            section("Thanks land best when they name *what somebody did*."),
            question("who", "Who helped?", {"type": "multi_users_select", "action_id": "who"}),
            question("what", "Behaviour", {"type": "static_select", "action_id": "what", "options": behaviours}),
            question("story", "What happened?", story, hint=plain("One true sentence is plenty.")),
            question("when", "When", {"type": "datepicker", "action_id": "when"}, optional=True),
            question(
                "where",
                "Tell",
                {"type": "checkboxes", "action_id": "where", "options": options("The team", "Their manager")},
                optional=True,
            ),
        ],
    }


def week() -> list[Json]:
    def points(*values: int) -> list[Json]:
        return [{"label": day, "value": value} for day, value in zip(WEEKDAYS, values, strict=True)]

    series = [
        {"name": "Within target", "data": points(8, 9, 7, 10, 8)},
        {"name": "Late", "data": points(1, 0, 2, 0, 1)},
    ]
    axis = {"categories": WEEKDAYS, "y_label": "First replies"}
    chart = {"type": "bar", "series": series, "axis_config": axis}
    return [
        {"type": "header", "text": plain("Your week in care")},
        {
            "type": "section",
            "fields": [
                {"type": "mrkdwn", "text": "*Conversations*\n46 (+4)"},
                {"type": "mrkdwn", "text": "*Within target*\n91 %"},
            ],
        },
        {"type": "data_visualization", "title": "First replies by day", "chart": chart},
        context("Only the team as a whole is shown, and only because there are three of you or more."),
    ]


def home(speed: str) -> Json:
    switch = {"type": "radio_buttons", "action_id": "cues", "options": options("On", "Paused")}
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Good morning, Ana :sunflower:")},
            section(
                ":speech_balloon: *Priya Raman* · Meridian Foods\nWaiting for *48 min* of 60 in <#CMER>",
                accessory=button("Open", "open-home", style="primary"),
            ),
            {"type": "divider"},
            section("*Cues*\nCareCue writes to you alone, and never twice about the same thing.", accessory=switch),
            context(f"Cues are {speed}."),
        ],
    }


class Standin:
    """Speaks and listens over Socket Mode, as a real app does."""

    def __init__(self, sandbox: Sandbox, form: Json) -> None:
        """`form`: what `/each` opens."""
        self.form = form
        self.client = AsyncWebClient(sandbox.world.app.bot_token, base_url=f"{sandbox.url}/api/")
        self._app = AsyncApp(client=self.client, signing_secret=sandbox.world.app.signing_secret)
        self._handler = AsyncSocketModeHandler(self._app, sandbox.world.app.app_token)
        for word in ("/care", "/kudos"):
            self._app.command(word)(self._command)
        self._app.shortcut("kudos")(self._ask)
        self._app.view("kudos")(self._thank)
        self._app.action("claim")(self._claim)
        self._app.action("cues")(self._pause)
        self._app.event("app_home_opened")(self._home)
        self._app.action(re.compile("^do-"))(self._tell_action)
        self._app.command("/each")(self._open_each)
        self._app.action("look")(self._look_up)
        self._app.view("each")(_thank_you)
        for action in ("open", "snooze", "hand", "close", "open-home"):
            self._app.action(action)(_acknowledge)

    async def start(self) -> None:
        await self._handler.connect_async()  # type: ignore[no-untyped-call]

    async def stop(self) -> None:
        await self._handler.close_async()  # type: ignore[no-untyped-call]

    async def tell(self, user: str, text: str, blocks: list[Json]) -> None:
        opened = await self.client.conversations_open(users=[user])
        channel: Json = opened["channel"]
        await self.client.chat_postMessage(channel=channel["id"], text=text, blocks=blocks)

    async def _command(self, ack: Any, body: Json, respond: Any) -> None:
        await ack()
        if body["command"] == "/kudos":
            await self.client.views_open(trigger_id=body["trigger_id"], view=kudos())
        else:
            await respond("*1* customer waits for you: <#CMER>, for 48 min.")

    async def _ask(self, ack: Any, body: Json) -> None:
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=kudos())

    async def _thank(self, ack: Any, body: Json, view: Json) -> None:
        values = view["state"]["values"]
        story = values["story"]["story"]["value"]
        if len(story) < SHORTEST:
            await ack(response_action="errors", errors={"story": "A few more words, please."})
            return
        await ack()
        names = " and ".join(f"<@{user}>" for user in values["who"]["who"]["selected_users"])
        text = f":raised_hands: <@{body['user']['id']}> thanks {names}:\n> {story}"
        await self.client.chat_postMessage(channel="CTEAM", text=text)

    async def _claim(self, ack: Any, body: Json, respond: Any) -> None:
        await ack()
        text = ":eyes: You have it. Priya sees that somebody looks."
        await respond(text=text, blocks=[section(text)], replace_original=True)

    async def _pause(self, ack: Any, body: Json) -> None:
        await ack()
        await self.client.views_publish(
            user_id=body["user"]["id"], view=home(body["actions"][0]["selected_option"]["value"])
        )

    async def _tell_action(self, ack: Any, body: Json, say: Any) -> None:
        await ack()
        await say(f"You used `{body['actions'][0]['action_id']}`")

    async def _open_each(self, ack: Any, body: Json) -> None:
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=self.form)

    async def _look_up(self, ack: Any, body: Json) -> None:
        """Redraws the form with what was typed so far."""
        await ack()
        typed = body["view"]["state"]["values"]["plain_text_input"]["do-plain_text_input"]["value"]
        redrawn = self.form | {"blocks": [section(f"looked up {typed}"), *self.form["blocks"]]}
        await self.client.views_update(view_id=body["view"]["id"], view=redrawn)

    async def _home(self, event: Json) -> None:
        if event["tab"] == "home" and not event.get("view"):
            await self.client.views_publish(user_id=event["user"], view=home("on"))


async def _thank_you(ack: Any) -> None:
    view = {"type": "modal", "title": plain("Thank you"), "blocks": [section("That was all.")]}
    await ack(response_action="update", view=view)


async def _acknowledge(ack: Any) -> None:
    await ack()
