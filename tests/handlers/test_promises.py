"""What an agent promises a customer, through real doors: brought up in private before it is due, quiet once kept."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo import listed
from bot.demo.place import ADA, ANA, EXT_ACME, LEE, MIA
from bot.domain.keeping import Became
from bot.store.promise_tables import promises
from bot.views import promises as views
from bot.views.words import promises as words
from tests.handlers.office import QUESTION, Office, all_text, buttons

Json = dict[str, Any]
WAYS_OUT = [views.OPEN, views.ON_IT, views.DONE]
BY_THREE = "Let me check and get back to you by 3pm."

on_both_databases = pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])


class Promising(Office):
    """Verbs about promises."""

    async def promised(self, text: str = BY_THREE, who: str = ANA) -> str:
        """At ten Ada asks, and is told this at once: the question's ts."""
        ts = await self.say(ADA, EXT_ACME, QUESTION)
        await self.say(who, EXT_ACME, text, ts)
        return ts

    def reminders(self, user: str = ANA) -> list[Json]:
        """The list with a line about a promise, as it reads now; none where it has none."""
        return [message for message in self.dm(user) if _is_about_promise(message)]

    def rung(self, user: str = ANA) -> int:
        """How many times the list has rung."""
        return len(listed.posts(self, user))

    def ended(self) -> list[str | None]:
        """How each promise ended."""
        with self.bot.deps.db.begin() as tx:
            return list(tx.execute(select(promises.c.ended_by).order_by(promises.c.ts)).scalars())

    async def home(self, user: str) -> str:
        """What somebody's Home tab shows."""
        self.sandbox.open_home(user)
        await self.settle()
        return str(self.sandbox.record.views(user)[-1].view)

    async def till(self, hour: int, minute: int = 0, day: int = 2) -> None:
        """Until then, in that week of March."""
        await self.until(datetime(2026, 3, day, hour, minute, tzinfo=UTC))


def _is_about_promise(message: Json) -> bool:
    return any(said in all_text(message) for said in ("expect more", "more is to come"))


@pytest.fixture
async def office(office: Office) -> Promising:
    """The office, whose people promise things."""
    return Promising(office.sandbox, office.clock, office.bot)


@on_both_databases
async def test_a_promise_ends_the_wait_and_is_brought_up_once_before_it_is_due(office: Promising) -> None:
    await office.promised()
    assert [ended for _, ended in office.waits()] == ["answer"]
    await office.till(13, 59)
    assert office.reminders() == []
    await office.till(14, 1)
    (reminder,) = office.reminders()
    assert f"You told *Ada* in <#{EXT_ACME}> to expect more by <!date^" in all_text(reminder)
    assert buttons(reminder) == WAYS_OUT
    await office.till(17, 0, day=4)
    assert (len(office.reminders()), office.rung()) == (1, 1)
    assert [len(office.dm(user)) for user in (LEE, MIA)] == [0, 0]


@on_both_databases
async def test_an_answer_in_substance_keeps_it_and_the_reminder_says_so_by_itself(office: Promising) -> None:
    ts = await office.promised()
    await office.till(14, 30)
    await office.say(ANA, EXT_ACME, "The map loads again, the tiles were missing.", ts)
    assert office.reminders() == []
    assert [buttons(message) for message in office.dm(ANA)] == [[]]
    assert office.ended() == [Became.KEPT]


async def test_who_keeps_a_promise_in_time_hears_nothing_of_it(office: Promising) -> None:
    ts = await office.promised()
    await office.till(12)
    await office.say(ANA, EXT_ACME, "The map loads again, the tiles were missing.", ts)
    await office.till(17, day=4)
    assert office.dm(ANA) == []


async def test_a_colleagues_answer_keeps_it_too(office: Promising) -> None:
    ts = await office.promised()
    await office.say(LEE, EXT_ACME, "The map loads again, the tiles were missing.", ts)
    await office.till(17, day=4)
    assert office.dm(ANA) == []


async def test_without_a_time_it_is_due_after_the_next_reply_target(office: Promising) -> None:
    await office.promised("I'm looking into it.")
    await office.till(11, 29)
    assert office.reminders() == []
    await office.till(11, 31)
    (reminder,) = office.reminders()
    assert f"You told *Ada* in <#{EXT_ACME}> that more is to come." in all_text(reminder)


async def test_thanks_neither_end_it_nor_keep_it(office: Promising) -> None:
    ts = await office.promised()
    await office.say(ADA, EXT_ACME, "Thanks!", ts)
    await office.say(ANA, EXT_ACME, "You're welcome!", ts)
    await office.till(14, 1)
    assert len(office.reminders()) == 1


async def test_a_new_question_is_told_instead(office: Promising) -> None:
    ts = await office.promised()
    await office.till(13, 30)
    await office.say(ADA, EXT_ACME, "And does the print view work?", ts)
    await office.till(14, 30)
    assert office.reminders() == []
    await office.say(ANA, EXT_ACME, "It does, and the map loads again.", ts)
    await office.till(17, day=4)
    assert office.reminders() == []
    assert office.ended() == [Became.KEPT]


async def test_put_off_until_the_customer_waits_for_something_else_it_comes_when_they_no_longer_do(
    office: Promising,
) -> None:
    ts = await office.promised()
    await office.till(14, 1)
    asked = await office.say(ADA, EXT_ACME, "And does the print view work?", ts)
    await office.press(ANA, office.reminders()[0], views.ON_IT, "For 1 hour")
    await office.till(15, 30)
    assert (office.reminders(), office.rung()) == ([], 1)
    office.sandbox.world.delete(ADA, EXT_ACME, asked)
    await office.settle()
    assert (len(office.reminders()), office.rung()) == (1, 2)


async def test_a_new_time_moves_it(office: Promising) -> None:
    ts = await office.promised()
    await office.till(14, 30)
    await office.say(ANA, EXT_ACME, "This takes longer. I'll update you tomorrow at 11.", ts)
    assert office.reminders() == []
    await office.till(9, 59, day=3)
    assert (office.reminders(), office.rung()) == ([], 1)
    await office.till(10, 1, day=3)
    assert (len(office.reminders()), office.rung()) == (1, 2)


async def test_im_on_it_puts_it_off_and_brings_it_up_again(office: Promising) -> None:
    await office.promised()
    await office.till(14, 1)
    (reminder,) = office.reminders()
    await office.press(ANA, reminder, views.ON_IT, "For 1 hour")
    assert "You're on it until" in all_text(office.now_reads(ANA, reminder))
    assert "you're on it until" in await office.command(ANA)
    await office.till(14, 59)
    assert office.rung() == 1
    await office.till(15, 2)
    assert (len(office.reminders()), office.rung()) == (1, 2)


async def test_done_ends_it_though_nothing_was_written(office: Promising) -> None:
    ts = await office.promised()
    await office.till(14, 1)
    await office.say(ADA, EXT_ACME, "By the way, can we pay by card?", ts)
    (reminder,) = office.reminders()
    await office.press(ANA, reminder, views.DONE)
    assert buttons(office.now_reads(ANA, reminder)) == []
    assert office.ended() == [Became.KEPT]
    assert office.waits()[-1][1] is None  # the question is still open


async def test_somebody_elses_promise_is_nobodys_to_settle(office: Promising) -> None:
    await office.promised()
    await office.till(14, 1)
    (reminder,) = office.reminders()
    channel = office.sandbox.world.direct(ANA, reminder["user"]).id
    await office.forged_press(LEE, channel, reminder, views.DONE)
    assert office.ended() == [None]


async def test_a_closed_conversation_owes_nothing(office: Promising) -> None:
    ts = await office.promised()
    await office.till(14, 1)
    office.sandbox.world.react(ANA, EXT_ACME, ts, "white_check_mark")
    await office.settle()
    assert office.reminders() == []
    office.sandbox.world.unreact(ANA, EXT_ACME, ts, "white_check_mark")
    await office.settle()
    assert office.ended() == [None]


async def test_a_promise_taken_back_is_none(office: Promising) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    said = await office.say(ANA, EXT_ACME, BY_THREE, ts)
    office.sandbox.world.delete(ANA, EXT_ACME, said)
    await office.settle()
    await office.till(15)
    assert office.reminders() == []
    assert office.ended() == [Became.NEVER]


async def test_an_answer_that_is_taken_back_has_not_kept_it(office: Promising) -> None:
    ts = await office.promised()
    answer = await office.say(ANA, EXT_ACME, "The map loads again, the tiles were missing.", ts)
    office.sandbox.world.delete(ANA, EXT_ACME, answer)
    await office.settle()
    await office.till(14, 1)
    assert len(office.reminders()) == 1


async def test_what_is_due_at_night_is_brought_up_before_the_team_goes_home(office: Promising) -> None:
    await office.promised("I'll get back to you tonight at 8pm.")
    await office.till(15, 59)
    assert office.reminders() == []
    await office.till(16, 1)
    assert len(office.reminders()) == 1


async def test_what_was_missed_while_the_bot_was_away_is_brought_up_when_the_team_is_back(office: Promising) -> None:
    await office.promised()
    office.clock.advance_to(datetime(2026, 3, 2, 20, tzinfo=UTC))
    await office.settle()
    assert office.reminders() == []
    await office.till(9, 1, day=3)
    assert len(office.reminders()) == 1


async def test_a_customers_promise_is_none_of_ours(office: Promising) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    await office.say(ANA, EXT_ACME, "Could you send us a picture of it?", ts)
    await office.say(ADA, EXT_ACME, "I'll get back to you by 3pm.", ts)
    assert office.ended() == []


async def test_care_lists_what_i_promised_and_by_when(office: Promising) -> None:
    await office.promised()
    told = await office.command(ANA)
    assert words.TITLE() in told
    assert f"*Ada* in <#{EXT_ACME}>: by <!date^" in told
    assert words.TITLE() not in await office.command(LEE)
    await office.till(15, 30)
    assert f"*Ada* in <#{EXT_ACME}>: since <!date^" in await office.command(ANA)


async def test_home_lists_it_until_it_is_kept(office: Promising) -> None:
    ts = await office.promised()
    assert words.TITLE() in await office.home(ANA)
    await office.say(ANA, EXT_ACME, "The map loads again, the tiles were missing.", ts)
    assert words.TITLE() not in await office.home(ANA)


async def test_three_is_three_by_the_clock_of_who_says_it(office: Promising) -> None:
    office.sandbox.world.person(ANA).tz = "Europe/Berlin"
    await office.promised()
    await office.till(12, 59)
    assert office.reminders() == []
    await office.till(13, 5)
    assert len(office.reminders()) == 1
