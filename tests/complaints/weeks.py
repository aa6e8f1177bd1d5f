"""Random weeks of a care team: what may happen in them, and what of it is true whatever the bot makes of it.

What counts is read from Slack's record and from what people did, never from the bot's tables.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.demo.place import ADA, ANA, BOB, BOT, CARE, EXT_ACME, EXT_BLUEBIRD, GITA, GUESTS, LEE, MIA, OMAR, OURS, STAFF
from bot.domain.hours import Schedule, Week
from bot.domain.moments import moment
from bot.domain.nudges import Snooze
from bot.domain.presence import Mode
from bot.sandbox.faults import Fault
from bot.sandbox.saying import message_json
from bot.store import presence_choices, ways_out
from bot.views import living_list as views
from tests.complaints.room import Room
from tests.handlers.office import CARE_FILE, QUESTION

AGENTS = (ANA, LEE, OMAR)
CUSTOMERS = {EXT_ACME: ADA, EXT_BLUEBIRD: BOB, GUESTS: GITA}
CAP = 3
LISBON, NEW_YORK = "Europe/Lisbon", "America/New_York"
OFFICE, MORNING = ((time(9), time(17)),), ((time(9), time(13)),)
# Lee works in the mornings, Omar by the clock of New York, and has a Wednesday off.
FILE = (
    CARE_FILE.replace('country = "PT"\n', "").replace('name = "Care"\n', f'name = "Care"\ncap = {CAP}\n')
    + f"""
[person.{LEE}.hours]
mon-fri = ["09:00-13:00"]

[person.{OMAR}]
days_off = ["2026-03-04"]

[person.{OMAR}.hours]
zone = "America/New_York"
mon-fri = ["09:00-17:00"]
"""
)
WORKS = {
    ANA: Schedule(Week(LISBON, (OFFICE,) * 5 + ((), ()))),
    MIA: Schedule(Week(LISBON, (OFFICE,) * 5 + ((), ()))),
    LEE: Schedule(Week(LISBON, (MORNING,) * 5 + ((), ()))),
    OMAR: Schedule(Week(NEW_YORK, (OFFICE,) * 5 + ((), ())), [date(2026, 3, 4)]),
}
TEAM = WORKS[ANA]
REST = timedelta(minutes=30)  # from one ping to the next
LADDER = timedelta(hours=4)  # of working time at most: twice the target of a later reply


Json = dict[str, Any]


class Act(NamedTuple):
    """What happens after so many minutes; `who` and `which` are numbers that whoever acts takes the rest of."""

    after: int
    verb: str
    who: int
    which: int


VERBS = {
    "ask": 8,
    "more": 3,
    "answer": 7,
    "eyes": 1,
    "check": 1,
    "take_back": 1,
    "claim": 2,
    "snooze": 2,
    "hand_over": 2,
    "no_reply": 1,
    "waiting_on_customer": 1,
    "pause": 2,
    "resume": 1,
    "quiet": 1,
    "loud": 1,
    "status": 1,
    "restart": 1,
    "killed": 2,
    "fault": 2,
    "silence": 1,
}
FAULTS = ("drop_before", "drop_after", "status", "error")
METHODS = ("chat.postMessage", "chat.update", "chat.delete")
acts = st.builds(
    Act,
    after=st.sampled_from((1, 4, 10, 31, 50, 75, 120, 300, 900)),
    verb=st.sampled_from([verb for verb, weight in VERBS.items() for _ in range(weight)]),
    who=st.integers(0, 5),
    which=st.integers(0, 11),
)
weeks = st.lists(acts, min_size=8, max_size=16)


@dataclass(slots=True)
class Talk:
    """A thread: `asked` are the customer's words that nobody has answered yet, the oldest first."""

    channel: str
    root: str
    customer: str
    asked: list[str] = field(default_factory=list)
    quiet_until: datetime | None = None  # it was set aside


@dataclass
class Life:
    """A week in the room, and what is known of it."""

    room: Room
    talks: list[Talk] = field(default_factory=list)
    over: set[str] = field(default_factory=set)
    away: dict[str, datetime] = field(default_factory=dict)
    modes: dict[str, Mode] = field(default_factory=dict)
    away_by_status: dict[str, datetime] = field(default_factory=dict)
    pings: int = 0
    kills: int = 0
    shown: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @property
    def now(self) -> datetime:
        return self.room.clock.now()

    async def live(self, acts: list[Act]) -> None:
        """All of it, up to the start of a working block after the end."""
        for act in acts:
            await self.pass_time(timedelta(minutes=act.after))
            await getattr(self, f"_{act.verb}")(act)
            await self.room.settle()
            self.look()
        await self.pass_time(timedelta(days=1))

    async def pass_time(self, span: timedelta) -> None:
        until = self.now + span
        while (block := TEAM.next_open(_next_day(self.now)) + timedelta(minutes=2)) < until:
            await self._pass_to(block)
            self.nobody_is_forgotten()
        await self._pass_to(until)

    async def _pass_to(self, moment: datetime) -> None:
        await self.room.until(moment)
        self.look()

    # what has to be true

    def look(self) -> None:
        """Everything that has rung since the last look."""
        rung = self.room.pings()
        for ping in rung[self.pings :]:
            said = f"{ping.user} at {ping.at:%a %H:%M} UTC: {ping.message['text']}"
            assert WORKS[ping.user].is_open(ping.at), f"outside the hours of {said}"
            assert not self._is_away(ping.user, ping.at), f"away, and yet: {said}"
            assert not (answered := links(ping.message) & self.over), f"answered: {said} {answered}"
            fresh = nudge_ids(ping.message) - self.shown[ping.user]
            assert fresh or "more" in said, f"nothing new: {said}"
            self.shown[ping.user] |= fresh
        self.pings = len(rung)

    def look_back(self) -> None:
        """What shows only over days: the cap, and that nothing was said twice or stood beside the next."""
        days = Counter(
            (ping.user, ping.at.astimezone(ZoneInfo(WORKS[ping.user].week.zone)).date())
            for ping in self.room.pings(*AGENTS)
        )
        assert max(days.values(), default=0) <= CAP, days
        for user in AGENTS:
            apart = [after.at - before.at for before, after in pairwise(self.room.pings(user))]
            assert min(apart, default=REST) >= REST, f"{user}'s pings come {min(apart)} apart"
        keys = [entry.message["metadata"]["event_payload"]["key"] for entry in self.room.near.record.posts(by_bot=True)]
        assert len(keys) == len(set(keys)), f"said twice: {[key for key, count in Counter(keys).items() if count > 1]}"
        for user in STAFF:
            self._one_stands(user)

    def _one_stands(self, user: str) -> None:
        """A minute after a list came, it is the only one; after the process was killed, a minute after the lease."""
        record, channel = self.room.near.record, self.room.near.world.direct(user, BOT).id
        posts = record.posts(channel=channel, by_bot=True)
        gone = {entry.ts: entry.at for entry in record.entries if entry.channel == channel and entry.what == "deleted"}
        for before, after in pairwise(posts):
            assert before.ts in gone, f"two stand: {before.text} and {after.text}"
            assert gone[before.ts] - after.at <= timedelta(minutes=1 + self.kills), f"too late: {before.text}"

    def _is_away(self, user: str, at: datetime) -> bool:
        away = user in self.away_by_status or at < self.away.get(user, at)
        return away or self.modes.get(user, Mode.LOUD) is not Mode.LOUD

    def nobody_is_forgotten(self) -> None:
        """Whoever waited past the ladder by the end of the last block stands somewhere by the start of this one."""
        standing = {ts for message in standing_messages(self.room) for ts in links(message)}
        for talk in self.talks:
            if not talk.asked or (talk.quiet_until and talk.quiet_until > self.now - timedelta(minutes=2)):
                continue
            if TEAM.elapsed(moment(talk.asked[0]), self.now - timedelta(minutes=3)) > LADDER:
                assert talk.asked[0] in standing, f"forgotten: {talk} at {self.now:%a %H:%M}"

    # what people do

    async def _ask(self, act: Act) -> None:
        channel = list(CUSTOMERS)[act.who % 3]
        said = self.room.near.record.posts(channel=channel)
        if said and self.now - said[-1].at < timedelta(minutes=30):
            return await self._more(act)
        ts = self._say(CUSTOMERS[channel], channel, QUESTION)
        self.talks.append(Talk(channel, ts, CUSTOMERS[channel], [ts]))
        return None

    async def _more(self, act: Act) -> None:
        if talk := self._pick(act):
            talk.asked.append(self._say(talk.customer, talk.channel, "And what does it cost?", talk.root))

    async def _answer(self, act: Act) -> None:
        if talk := self._pick(act, waiting=True):
            agent = self._member(act.who, talk.channel)
            self._end(talk)
            self._say(agent, talk.channel, "It is under Billing, at the bottom of the page.", talk.root)

    async def _eyes(self, act: Act) -> None:
        if talk := self._pick(act, waiting=True):
            self._react(talk, act, "eyes")

    async def _check(self, act: Act) -> None:
        if talk := self._pick(act, waiting=True):
            self._react(talk, act, "white_check_mark")
            self._end(talk)

    async def _take_back(self, act: Act) -> None:
        if (talk := self._pick(act, waiting=True)) and talk.asked[-1] != talk.root:
            ts = talk.asked.pop()
            self.over.add(ts)
            self.room.near.world.delete(talk.customer, talk.channel, ts)

    async def _claim(self, act: Act) -> None:
        await self._press(act, ways_out.claim)

    async def _snooze(self, act: Act) -> None:
        choice = list(Snooze)[act.which % 3]
        if talk := await self._press(act, ways_out.snooze, choice=choice):
            talk.quiet_until = self.now + timedelta(days=4)

    async def _hand_over(self, act: Act) -> None:
        await self._press(act, ways_out.hand_over, to=AGENTS[act.which % 3])

    async def _no_reply(self, act: Act) -> None:
        if talk := await self._press(act, ways_out.no_reply):
            self._end(talk)

    async def _waiting_on_customer(self, act: Act) -> None:
        if talk := await self._press(act, ways_out.pause):
            talk.quiet_until = self.now + timedelta(days=5)

    async def _pause(self, act: Act) -> None:
        user, until = AGENTS[act.who % 3], self.now + timedelta(hours=(2, 8, 30, 60)[act.which % 4])
        self.away[user] = until
        await self._tell(presence_choices.pause, user, until)

    async def _resume(self, act: Act) -> None:
        user = AGENTS[act.who % 3]
        self.away.pop(user, None)
        self.modes.pop(user, None)
        await self._tell(presence_choices.resume, user)

    async def _quiet(self, act: Act) -> None:
        await self._prefers(AGENTS[act.who % 3], (Mode.QUIET, Mode.DIGEST_ONLY)[act.which % 2])

    async def _loud(self, act: Act) -> None:
        await self._prefers(AGENTS[act.who % 3], Mode.LOUD)

    async def _status(self, act: Act) -> None:
        """Away by a status without an end, until it is taken off."""
        user = AGENTS[act.who % 3]
        on = self.away_by_status.pop(user, None) is None
        if on:
            self.away_by_status[user] = self.now
        self.room.near.world.change_person(user, status_emoji=":palm_tree:" if on else "")

    # what goes wrong

    async def _restart(self, act: Act) -> None:
        await self.room.restart()

    async def _killed(self, act: Act) -> None:
        """The next message that Slack takes is the last that this process says."""
        self.room.slack.dies = 1
        self.kills = 1

    async def _silence(self, act: Act) -> None:
        """Nobody listens for a while; a customer writes meanwhile, or is answered."""
        hours = (0.2, 3, 9)[act.which % 3]
        await self.room.silence(hours=hours / 2)
        await (self._ask, self._answer)[act.who % 2](act)
        await self.room.silence(hours=hours / 2)
        await self.room.back()

    async def _fault(self, act: Act) -> None:
        self.room.near.faults.add(Fault(FAULTS[act.who % 4], method=METHODS[act.which % 3]))

    # how

    def _say(self, user: str, channel: str, text: str, root: str | None = None) -> str:
        return self.room.near.world.say(user, channel, text, thread_ts=root).ts

    def _react(self, talk: Talk, act: Act, emoji: str) -> None:
        world, agent = self.room.near.world, self._member(act.who, talk.channel)
        given = world.message(talk.channel, talk.asked[-1]).reactions.get(emoji, ())
        if agent not in given:
            world.react(agent, talk.channel, talk.asked[-1], emoji)

    def _end(self, talk: Talk) -> None:
        self.over |= set(talk.asked)
        talk.asked.clear()
        talk.quiet_until = None

    def _pick(self, act: Act, *, waiting: bool = False) -> Talk | None:
        found = [talk for talk in self.talks if talk.asked or not waiting]
        return found[act.which % len(found)] if found else None

    def _member(self, who: int, channel: str) -> str:
        inside = [user for user in AGENTS if user in self.room.near.world.channel(channel).members]
        return inside[who % len(inside)]

    async def _press(self, act: Act, way: Callable[..., str | None], **more: Any) -> Talk | None:
        """Somebody uses a way out of a line of their list; the talk that it is about, if it did anything."""
        user = STAFF[act.who % 4]
        lines = [number for message in self.room.dm(user) for number in sorted(nudge_ids(message))]
        if not lines:
            return None
        number, now = lines[act.which % len(lines)], self.now

        def work(tx: Connection) -> tuple[str | None, str | None]:
            refused = way(tx, self.room.workspace(tx), number, user, now=now, **more)
            source = ways_out.source(tx, OURS, number)
            return refused, source.ts if source else None

        refused, ts = await self.room.bot.deps.db.run(work)
        return next((talk for talk in self.talks if ts in talk.asked), None) if refused is None else None

    async def _prefers(self, user: str, mode: Mode) -> None:
        self.modes[user] = mode
        await self._tell(presence_choices.be, user, mode)

    async def _tell(self, verb: Callable[..., Any], user: str, *given: Any) -> None:
        await self.room.bot.deps.db.run(lambda tx: verb(tx, self.room.workspace(tx), user, *given, self.now))


def links(message: Json) -> set[str]:
    """The messages of customers that a message of CareCue's leads to, by their `ts`."""
    return {f"{digits[:-6]}.{digits[-6:]}" for digits in re.findall(r"/p(\d{16})", str(message.get("blocks")))}


def nudge_ids(message: Json) -> set[int]:
    """The nudges whose ways out a message offers."""
    rows = [block["elements"] for block in message.get("blocks", ()) if block["type"] == "actions"]
    return {int(one["value"]) for row in rows for one in row if one["action_id"] == views.REPLY}


def standing_messages(room: Room) -> Iterator[Json]:
    """All that CareCue said to people, and in the home channel, as it reads now."""
    for user in STAFF:
        yield from room.dm(user)
    yield from (message_json(room.near.world, one) for one in room.near.world.channel(CARE).messages.values())


def _next_day(at: datetime) -> datetime:
    local = at.astimezone(ZoneInfo(LISBON))
    return datetime.combine(local.date() + timedelta(days=1), time(0), ZoneInfo(LISBON)).astimezone(UTC)
