"""No word of anybody's message stays in a table, a log or an error, however Slack wraps it."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from bot.demo.place import ADA, ANA, BOT, EXT_ACME, GITA, LEE
from bot.domain.arrivals import CHANNEL_CHANGES
from bot.sandbox import payloads
from bot.views import menu as menu_views
from handlers import ACTIONS, COMMANDS, FORMS, SHORTCUTS
from tests.canaries.aviary import Aviary
from tests.canaries.messages import NESTED, PROFILE, SENTENCES, SUBTYPES, WORDS
from tests.canaries.planting import HERE as W
from tests.handlers.silences import unheard

Json = dict[str, Any]

QUESTION = "The seat map does not load, what should we do?"


def copy_of(message: Json) -> Json:
    """As it stands within another message."""
    return {key: value for key, value in message.items() if key not in ("channel", "channel_type")} | WORDS


@pytest.mark.parametrize("user", [ADA, ANA])
async def test_whatever_is_said_and_in_whatever_shape(aviary: Aviary, user: str) -> None:
    await aviary.say(ADA, EXT_ACME, QUESTION)
    for subtype in SUBTYPES:
        fields = WORDS | ({"subtype": subtype, "name": W, "old_name": W} if subtype else {})
        await aviary.hears(f"{subtype}", aviary.message(user, **fields))
    for what, sentence in SENTENCES.items():
        message = aviary.message(user, text=sentence, blocks=[])
        await aviary.hears(what, message)
        await aviary.hears(f"{what}, in a thread", aviary.message(user, text=sentence, thread_ts=message["ts"]))
    await aviary.wait(hours=3)
    assert aviary.waits()


async def test_copies_of_messages_in_messages(aviary: Aviary) -> None:
    """Edits, deletions, broadcasts: Slack sends the words of what they are about once more."""
    asked = await aviary.say(ADA, EXT_ACME, QUESTION)
    for subtype in ("message_changed", "message_deleted", "message_replied", "thread_broadcast", "pinned_item", None):
        inside = aviary.message(ADA, thread_ts=asked)
        copies = {name: copy_of(inside) | {name: copy_of(inside)} for name in NESTED}
        event = aviary.message(ADA, **copies, deleted_ts=asked, **({"subtype": subtype} if subtype else {}))
        await aviary.hears(f"{subtype}", event if subtype else event | {"text": W})
        await aviary.hears(f"{subtype}, hidden", aviary.message(ADA, **copies, hidden=True, subtype=subtype))
    tombstone = copy_of(aviary.message(ADA)) | {"subtype": "tombstone", "ts": asked}
    await aviary.hears("tombstone", aviary.message(ADA, subtype="message_changed", message=tombstone))


async def test_of_accounts_nothing_but_their_names(aviary: Aviary) -> None:
    for user in (ADA, ANA, GITA):
        shown: Json = aviary.sandbox.world.shown(aviary.sandbox.world.person(user))
        account = shown | {"profile": {**shown["profile"], **PROFILE}, "what_i_do": W}
        for kind in ("user_change", "team_join", "user_status_changed", "user_profile_changed"):
            if kind in aviary.sandbox.world.app.events:
                await aviary.hears(f"{kind} of {user}", {"type": kind, "user": account, "event_ts": account["updated"]})


async def test_of_channels_nothing_but_their_names(aviary: Aviary) -> None:
    for kind in CHANNEL_CHANGES:
        told = {"id": EXT_ACME, "topic": {"value": W}, "purpose": {"value": W}, "name_normalized": W}
        await aviary.hears(kind, {"type": kind, "channel": told, "topic": W, "purpose": W, "event_ts": "1772445600.1"})


async def test_reactions_of_tomorrow(aviary: Aviary) -> None:
    """An emoji's name is chosen by people too."""
    asked = await aviary.say(ADA, EXT_ACME, QUESTION)
    answer = await aviary.say(ANA, EXT_ACME, "Please reload the page.", asked)
    for user, about in ((ADA, answer), (ADA, asked), (ANA, asked), (LEE, answer)):
        item = {"type": "message", "channel": EXT_ACME, "ts": about, "message": WORDS}
        given = {"type": "reaction_added", "user": user, "reaction": f"{W}", "item": item, "item_user": ANA}
        event = given | {"event_ts": aviary.sandbox.world.new_ts()}
        await aviary.hears(f"reaction of {user}", event)
        await aviary.hears(f"taken back by {user}", event | {"type": "reaction_removed"})


async def test_what_is_read_from_slack_after_a_silence(aviary: Aviary) -> None:
    asked = await aviary.say(ADA, EXT_ACME, QUESTION)
    world = aviary.sandbox.world
    async with unheard(aviary, hours=1):
        for number, (what, sentence) in enumerate(SENTENCES.items()):
            user, thread = (ADA, ANA)[number % 2], (None, asked)[number // 2 % 2]
            said = world.say(user, EXT_ACME, aviary.cage.plant(what, sentence), thread_ts=thread)
            said.blocks = aviary.cage.plant(f"{what}: blocks", WORDS["blocks"])
            said.attachments = aviary.cage.plant(f"{what}: attachments", WORDS["attachments"])
    await aviary.settle()
    assert len(aviary.waits()) > 3


async def test_an_agent_opens_every_form_about_a_customers_message(aviary: Aviary) -> None:
    """A shortcut brings the whole message along."""
    for shortcut in SHORTCUTS:
        said = aviary.sandbox.world.say(ADA, EXT_ACME, aviary.cage.plant("text", WORDS["text"]), files=["a.png"])
        said.blocks = aviary.cage.plant("blocks", WORDS["blocks"])
        said.attachments = aviary.cage.plant("attachments", WORDS["attachments"])
        await aviary.settle()
        for action in [id_ for id_ in ACTIONS if id_.startswith("menu")] or [""]:
            await aviary.sandbox.shortcut(ANA, shortcut, EXT_ACME, said.ts)
            await aviary.settle()
            view = aviary.sandbox.record.views(ANA)[-1].view
            if shortcut == menu_views.SHORTCUT and action:
                await aviary.sandbox.press_view(ANA, view["id"], action)
                await aviary.settle()
    assert len(aviary.sandbox.record.views(ANA)) > 4


async def test_a_customer_at_every_door(aviary: Aviary) -> None:
    """They press old buttons, send forms off and type commands, each full of words; all at once."""
    _, nudge = await aviary.asked()
    channel = aviary.sandbox.world.direct(ANA, BOT).id
    knocks = [*pressed(aviary, channel, nudge["ts"]), *sent_off(aviary), *on_a_message(aviary), *typed(aviary)]
    ask = aviary.sandbox.deliveries.ask
    await asyncio.gather(*(ask(kind, body, takes_answer=True) for kind, body in knocks))
    await aviary.settle()


def base(aviary: Aviary, kind: str) -> Json:
    """What every interaction of the customer's has."""
    world = aviary.sandbox.world
    return payloads.base(aviary.sandbox, kind, world.person(ADA), world.app.team_id) | {"trigger_id": "1.2"}


def pressed(aviary: Aviary, channel: str, ts: str) -> Iterator[tuple[str, Json]]:
    """Every button there is, on an old nudge."""
    hook = aviary.sandbox.hooks.issue(ADA, EXT_ACME, aviary.sandbox.world.message(channel, ts))
    words = {"message": WORDS, "state": {"values": {"a": {"b": {"value": W}}}}, "container": {"type": "message"}}
    for action_id in ACTIONS:
        action = {"action_id": action_id, "block_id": "a", "value": W, "text": {"text": W}, "type": "button"}
        planted = aviary.cage.plant(action_id, words | {"actions": [action]})
        yield "interactive", base(aviary, "block_actions") | planted | {"response_url": aviary.sandbox.url + hook}


def sent_off(aviary: Aviary) -> Iterator[tuple[str, Json]]:
    """Every form."""
    state = {"values": {"a": {"b": {"type": "plain_text_input", "value": W}}}}
    for name in (*FORMS, "nobodys"):
        view = {
            "type": "modal",
            "id": "V1",
            "callback_id": name,
            "private_metadata": W,
            "title": {"text": W},
            "hash": W,
        }
        planted = aviary.cage.plant(name, {"view": view | {"state": state, "blocks": WORDS["blocks"]}})
        yield "interactive", base(aviary, "view_submission") | planted
        yield "interactive", base(aviary, "view_closed") | planted


def on_a_message(aviary: Aviary) -> Iterator[tuple[str, Json]]:
    """Every shortcut."""
    for name in (*SHORTCUTS, "nobodys"):
        planted = aviary.cage.plant(name, {"message": WORDS, "callback_id": name, "message_ts": "1.2"})
        yield "interactive", base(aviary, "message_action") | planted


def typed(aviary: Aviary) -> Iterator[tuple[str, Json]]:
    """Every command."""
    world = aviary.sandbox.world
    for name in (*COMMANDS, "/nobodys"):
        words = aviary.cage.plant(name, f"help {W}")
        yield (
            "slash_commands",
            payloads.command(aviary.sandbox, world.person(ADA), world.channel(EXT_ACME), name, words),
        )


async def test_events_that_nobody_asked_for(aviary: Aviary) -> None:
    """Whatever else Slack sends, to whichever part it goes: no log tells of its words."""
    kinds = (
        "app_home_opened",
        "app_mention",
        "file_shared",
        "file_comment_added",
        "channel_topic",
        "link_shared",
        "message_metadata_posted",
        "pin_added",
        "assistant_thread_started",
        "of_tomorrow",
    )
    for kind in kinds:
        event = {"type": kind, "user": ADA, "channel": EXT_ACME, "tab": "home", "event_ts": "1772445600.1"}
        await aviary.hears(kind, event | WORDS | {"view": {"blocks": WORDS["blocks"]}, "item": {"message": WORDS}})


async def test_a_message_that_cannot_be_written(aviary: Aviary) -> None:
    """The log tells which error it was, and nothing of what could not be written."""
    engine = aviary.bot.deps.db.engine
    with engine.begin() as tx:
        tx.execute(text("ALTER TABLE moves RENAME TO moves_elsewhere"))
    planted = aviary.cage.plant("message", aviary.message(ADA, **WORDS))
    world = aviary.sandbox.world
    for number in range(3):
        envelope = {"type": "event_callback", "team_id": world.app.team_id, "event_id": f"Ev{number}", "event": planted}
        aviary.sandbox.deliveries.post(envelope, EXT_ACME)
    await aviary.sandbox.settled()
    with engine.begin() as tx:
        tx.execute(text("ALTER TABLE moves_elsewhere RENAME TO moves"))
    await aviary.wait(minutes=10)
    assert aviary.waits() == [(planted["ts"], None)]
