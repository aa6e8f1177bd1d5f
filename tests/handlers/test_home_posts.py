"""A burst for one home channel is one post, in which each customer has a line that follows what becomes of them."""

from datetime import timedelta

from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, EXT_BLUEBIRD, GITA, GUESTS, LEE, OMAR
from bot.views import nudges as views
from bot.views.home_posts import MOST_LINES, HomeLine, draw
from bot.views.nudges import Waiting
from jobs import nudges
from tests.handlers.office import Json, Office, on_both_databases


async def burst(office: Office) -> list[str]:
    """Three customers wait in three channels, and a night has passed over them at once."""
    asked = [
        await office.say(ADA, EXT_ACME, "The seat map does not load, what should we do?"),
        await office.say(BOB, EXT_BLUEBIRD, "Does the oven come today?"),
        await office.say(GITA, GUESTS, "Where do I get my badge?"),
    ]
    office.clock.advance(timedelta(hours=2))
    await office.settle()
    return asked


def now_reads(office: Office, ts: str) -> Json:
    """The post as it stands by now."""
    return office.sandbox.record.of(CARE, ts)[-1].message


def claims(message: Json) -> list[str]:
    return [block["accessory"]["value"] for block in message["blocks"] if "accessory" in block]


@on_both_databases
async def test_three_at_once_are_one_post_with_a_line_each(office: Office) -> None:
    asked = await burst(office)
    (post,) = office.home_posts()
    assert "3 customers have been waiting" in post["text"]
    assert len(claims(post)) == 3
    assert all(ts.replace(".", "") in str(post) for ts in asked)


@on_both_databases
async def test_each_line_follows_its_customer(office: Office) -> None:
    first, second, third = await burst(office)
    (post,) = office.home_posts()
    await office.sandbox.press(LEE, CARE, post["ts"], views.CLAIM, claims(post)[1])
    await office.settle()
    assert f"<@{LEE}> is on it." in str(now_reads(office, post["ts"]))
    assert office.owner(second) == LEE
    await office.say(ANA, EXT_ACME, "Please reload the page.", first)
    left = now_reads(office, post["ts"])
    assert "2 customers have been waiting" in left["text"]
    assert len(claims(left)) == 2
    await office.say(LEE, EXT_BLUEBIRD, "Yes, at four.", second)
    await office.say(OMAR, GUESTS, "At the front desk.", third)
    over = now_reads(office, post["ts"])
    assert claims(over) == []
    assert "answered" in str(over)
    assert len(office.sandbox.record.posts(channel=CARE, by_bot=True)) == 1


async def test_what_ended_while_it_was_being_sent_is_told_at_once(office: Office) -> None:
    """Answered between the decision and the post: the line is over, and if all are, nothing is posted."""
    first = await office.say(ADA, EXT_ACME, "The seat map does not load, what should we do?")
    second = await office.say(BOB, EXT_BLUEBIRD, "Does the oven come today?")
    office.clock.advance(timedelta(hours=2))
    await office.sandbox.settled()
    await nudges.sweep(office.bot.deps)
    office.sandbox.world.say(ANA, EXT_ACME, "Please reload the page.", thread_ts=first)
    await office.sandbox.settled()
    await office.settle()
    (post,) = office.home_posts()
    assert len(claims(now_reads(office, post["ts"]))) == 1
    assert (second, None) in office.waits()


def test_ten_have_a_line_and_the_others_are_counted() -> None:
    one = Waiting("C1", "Ada", "https://x.slack.com/p1", timedelta(hours=2), timedelta(hours=1))
    drawn = draw([HomeLine(number, one) for number in range(13)]).payload()
    assert len(claims(drawn)) == MOST_LINES
    assert "and 3 more" in str(drawn["blocks"][-1])
