"""The steps of the demo about being brought in: a new workspace, and a new channel."""

from typing import Any

from bot.demo.place import BLUEBIRD, BOB, BOT, LEE, OURS
from bot.demo.proof import Act, buttons, expect, is_about, text, texts
from bot.demo.reading import read
from bot.demo.stage import Stage, first_day
from bot.sandbox import empty
from bot.store import setup
from bot.views import channel_questions as question_views
from bot.views import first_run as views
from jobs import first_run

FORMS: tuple[tuple[str, dict[str, Any]], ...] = (
    (views.TEAM_FORM, {}),
    (views.HOURS_FORM, {}),
    (views.CHANNELS_FORM, {views.CHANNELS: [empty.EXT_ACME]}),
)


async def greeted(on: Stage) -> str:
    """A new workspace: its owner is greeted once, says who, when and where, and invites. Then the first nudge comes."""
    async with first_day(on.clock.now()) as stage:
        channel = empty.a_customer_comes(stage.sandbox.world)
        (ts,) = channel.messages
        await _begun(stage)
        (hello,) = stage.dm(empty.OWNER)
        expect(buttons(hello) == [views.START, views.NOT_NOW], "no greeting")
        await stage.press(empty.OWNER, hello, views.START)
        for form, values in FORMS:
            await _sent_off(stage, form, values)
        stage.sandbox.world.invite(empty.OWNER, channel.id, BOT)
        await _begun(stage)
        hello, *rest = stage.dm(empty.OWNER)
        expect("I am in all of its channels" in " ".join(texts(hello)), "the greeting does not follow")
        expect(any(is_about(message, ts) for message in rest), "no first nudge")
        expect(_unsaid(stage, channel.id), "something was said where the customer reads")
        return text(stage, hello)


async def channel_asked(stage: Stage) -> str:
    """Lee brings CareCue into a channel that is shared outside, is asked in private, and answers with a press."""
    world, before = stage.sandbox.world, len(stage.dm(LEE))
    channel = world.create(LEE, "ext-bluebird-orders").id
    world.share(channel, BLUEBIRD)
    world.invite(LEE, channel, BOB)
    world.invite(LEE, channel, BOT)
    await stage.settle()
    (question,) = stage.dm(LEE)[before:]
    asked = read(world, texts(question)[0])
    await stage.press(LEE, question, question_views.ANSWER)
    said = await stage.bot.deps.db.run(setup.export, OURS)
    expect(f'[channel.{channel}]\nkind = "customer"\nteam = "care"' in said, "the setup does not say so")
    expect(_unsaid(stage, channel), "something was said where the customer reads")
    world.leave(BOT, channel)
    await stage.settle()
    return asked


async def _begun(stage: Stage) -> None:
    await stage.settle()
    await first_run.greet(stage.bot.deps)
    await first_run.follow(stage.bot.deps)
    await stage.settle()


async def _sent_off(stage: Stage, form: str, values: Any) -> None:
    (view,) = stage.sandbox.windows.stacks[empty.OWNER]
    expect(view.stated.get("callback_id") == form, f"not the form {form}")
    outcome = await stage.sandbox.submit(empty.OWNER, view.id, values)
    expect(outcome.ok, f"{form}: {outcome.errors}")
    await stage.settle()


def _unsaid(stage: Stage, channel: str) -> bool:
    """Slack's own word that somebody has come is none of CareCue's."""
    posts = stage.sandbox.record.posts(channel=channel, by_bot=True)
    return all(post.message.get("subtype") in ("channel_join", "channel_leave") for post in posts)


STEPS: tuple[tuple[str, Act], ...] = (
    ("setup.first_run", greeted),
    ("setup.channel_asked", channel_asked),
)
